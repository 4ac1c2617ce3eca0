import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

/// Two searches answer every question alike: the node's index, and the database's own.
@Suite("The two searches")
struct SearchOracleTests {
    private struct Draws {
        var state: UInt64

        mutating func below(_ size: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % size
        }

        mutating func text(_ size: Int) -> String {
            String((0..<size).map { _ in Self.characters[min(below(12), below(12))] })
        }

        private static let characters = Array("专利法实施细则条例信息公")
    }

    private static let mornings = ["2022-05-30", "2022-05-31", "2022-06-02", "2022-06-07", "2022-06-10"]

    /// Releases, revises and withdraws documents at random on five days.
    private static func fill(_ database: any Database, _ draws: inout Draws) async throws {
        var documents: [(document: Document, title: String, release: String)] = []
        for (place, morning) in mornings.enumerated() {
            let gate = try await Gate(database, at: "\(morning)T02:00:00.000Z")
            for number in 1...4 {
                let body = ["一", "二", "三"].map { "第\($0)条 \(draws.text(10 + draws.below(20)))，\(draws.text(6))。" }.joined(separator: "\n")
                var fields = Gate.fields(body)
                let step = draws.below(4)
                if step == 0, let last = documents.indices.last {
                    let chosen = draws.below(last + 1)
                    fields.title = documents[chosen].title
                    fields.documentNumber = documents[chosen].document.content.documentNumber
                    let document = documents[chosen].document
                    let changed = try await gate.house.reviews.revise(document.key, version: document.version, fields, by: gate.lin)
                    documents[chosen] = (changed, fields.title, try await gate.release(changed))
                } else {
                    fields.title = "\(draws.text(5))办法之\(place)\(number)"
                    fields.documentNumber = "国知办函办字〔\(2019 + draws.below(4))〕\(place * 10 + number)号"
                    fields.kind = [.notice, .normativeDocument, .rule][draws.below(3)]
                    fields.writtenOn = Day(2019 + draws.below(4), 3, 4)
                    let document = try await gate.house.documents.add(fields, by: gate.lin)
                    documents.append((document, fields.title, try await gate.release(document)))
                }
                if step == 3, documents.count > 2 {
                    let gone = documents.remove(at: draws.below(documents.count))
                    try await gate.house.releases.withdraw(gone.release, reason: "内容有误", by: gate.wang)
                }
            }
        }
    }

    @Test("find and count the same on random documents, questions, days, filters and visibilities", arguments: Engine.available)
    func alike(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            try await FreshDatabase.inFolder { folder in
                var draws = Draws(state: 11)
                try await Self.fill(database, &draws)
                let releases = try await Gate(database, at: "2022-06-10T09:00:00.000Z").house.releases
                let index = try PublicIndex(releases, folder: folder)
                try await index.follow()
                let before = try await Self.compare(releases, index, &draws)
                #expect(before > 300)
                // What is not to be disclosed is found by neither.
                try await database.write { try $0.run("UPDATE release SET attribute = 'onApplication' WHERE leaf % 3 = 0") }
                try await index.rebuild()
                let after = try await Self.compare(releases, index, &draws)
                #expect(after > 100)
            }
        }
    }

    /// - Returns: How many hits there were in all.
    private static func compare(_ releases: Releases, _ index: PublicIndex, _ draws: inout Draws) async throws -> Int {
        var hits = 0
        for number in 0..<80 {
            let question = number % 3 == 0 ? "\(draws.text(2)) \(draws.text(1 + draws.below(2)))" : draws.text(1 + draws.below(3))
            let day = Day(2022, 5, 29).adding(draws.below(14))
            var filter = Releases.Filter()
            if draws.below(3) == 0 { filter.kind = [.notice, .normativeDocument, .rule][draws.below(3)] }
            if draws.below(3) == 0 { filter.year = 2019 + draws.below(4) }
            let expected = try await releases.search(question, at: day, filter: filter, limit: 1000, countsFacets: true)
            let found = try await index.search(question, at: day, filter: filter, limit: 1000, countsFacets: true)
            let names = { (findings: Findings) in findings.results.map { "\($0.release) \($0.article)" }.sorted() }
            #expect(found.total == expected.total, "\(question) \(day)")
            #expect(names(found) == names(expected), "\(question) \(day)")
            for facet in Findings.Facet.allCases {
                #expect(found.facets[facet] == expected.facets[facet], "\(question) \(day) \(facet)")
            }
            hits += expected.total
        }
        return hits
    }
}
