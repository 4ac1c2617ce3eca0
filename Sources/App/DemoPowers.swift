import Core
import Foundation
import Records
import Sheets
import Web

/// The office's real powers and service guides, taken in as tables, submitted and signed by the units that exercise them.
struct DemoPowers {
    let house: House

    // A drafter and a head in each unit that has powers.
    // The columns are the point.
    // swift-format-ignore
    private static let persons: [(login: String, name: Text, unit: String, role: Role)] = [
        ("gao",   Text("高远", "Gao Yuan"),    "promotion",   .drafter), ("meng",  Text("孟和", "Meng He"),     "promotion",   .unitHead),
        ("song",  Text("宋雅", "Song Ya"),     "protection",  .drafter), ("luo",   Text("罗平", "Luo Ping"),    "protection",  .unitHead),
        ("tian",  Text("田野", "Tian Ye"),     "preliminary", .drafter), ("peng",  Text("彭程", "Peng Cheng"),  "preliminary", .unitHead),
        ("jiang", Text("江宁", "Jiang Ning"),  "examination", .drafter), ("yao",   Text("姚远", "Yao Yuan"),    "examination", .unitHead),
        ("tang",  Text("唐宁", "Tang Ning"),   "review",      .drafter), ("fu",    Text("傅立", "Fu Li"),       "review",      .unitHead),
        ("wei",   Text("魏然", "Wei Ran"),     "trademark",   .drafter), ("shen",  Text("沈清", "Shen Qing"),   "trademark",   .unitHead),
        ("cheng", Text("程方", "Cheng Fang"),  "law",         .drafter), ("ding",  Text("丁一", "Ding Yi"),     "law",         .unitHead),
    ]

    /// Loads both lists, once; rows whose law is not published here are left out, and said.
    func publish(password: String) async throws {
        guard try await house.matters.entries(for: .desk).isEmpty else { return }
        for person in Self.persons {
            do { _ = try await house.people.actor(person.login) } catch Refusal.notFound {
                try await house.people.add(person.login, name: person.name, unit: person.unit, roles: [person.role], password: password)
            }
        }
        let officer = try await house.people.actor("admin")
        for file in ["demo-powers", "demo-guides"] {
            let sheet = try Sheet.read(Array(try ComesWith.text(file, "csv").utf8))
            // The regulations have no note of their status in the collection; the unit's head answers for them.
            let result = try await house.matters.load(sheet.rows, isConfirmed: true, by: officer)
            if let first = result.refused.first {
                let count = result.refused.count
                FileHandle.standardError.write(Data("gongkai: \(file): \(count) rows left out; row \(first.line): \(first.en)\n".utf8))
            }
        }
        for entry in try await house.matters.entries(for: .desk) {
            let pair = Self.persons.filter { $0.unit == entry.matter.unit }
            for person in pair {
                let step = person.role == .drafter ? Matter.Step.submit : .sign
                try await house.matters.take(step, on: entry.matter.key, by: try await house.people.actor(person.login))
            }
        }
        house.forgetPages()
    }
}
