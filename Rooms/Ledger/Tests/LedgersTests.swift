import Core
import Foundation
import LegalText
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The ledger of 2022")
struct LedgersTests {
    private func take(_ house: House) async throws -> [Ledgers.Entry] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Tests/Fixtures/2022-key-points.en.txt")
        let text = DocumentText.read(try String(contentsOf: file, encoding: .utf8))
        let points = KeyPoints.read(text, issued: Day(2022, 5, 26), calendar: house.calendar, units: .reference)
        let lin = try await house.people.actor("lin")
        try await house.ledgers.take(points, year: 2022, document: "d1", issued: Day(2022, 5, 26), by: lin)
        return try await house.ledgers.entries(year: 2022, for: .desk)
    }

    @Test("holds the notice's twelve tasks and two duties, with their units", arguments: Engine.available)
    func tasks(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let entries = try await take(house)
            #expect(entries.map(\.task.number) == (1...12).map(String.init) + ["closing-1", "closing-2"])
            #expect(entries[12].task.due == Day(2022, 6, 2))
            #expect(entries[13].task.due == Day(2023, 1, 5))
            #expect(entries[5].units.count == 8)
            // A role is no unit: it stays named until somebody says who it is in this document.
            #expect(entries[4].task.roles == "Policy drafting department")
            #expect(entries[2].task.isOverdue(on: Day(2023, 1, 1)))
            #expect(!entries[2].task.isOverdue(on: Day(2022, 12, 31)))
            await #expect(throws: Refusal.alreadyDone) { try await take(house) }
        }
    }

    @Test("is corrected by hand, worked on, and proved by evidence", arguments: Engine.available)
    func work(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let task = try await take(house)[2].task
            let (lin, chen) = (try await house.people.actor("lin"), try await house.people.actor("chen"))
            try await house.ledgers.correct(
                task.key,
                version: 0,
                title: "集中公开规范性文件",
                lead: People.office,
                units: [],
                due: Day(2022, 11, 30),
                by: lin
            )
            await #expect(throws: Refusal.stale) {
                try await house.ledgers.correct(task.key, version: 0, title: "x", lead: nil, units: [], due: nil, by: lin)
            }
            await #expect(throws: Refusal.self) {
                try await house.ledgers.correct(task.key, version: 1, title: "x", lead: "no-such-unit", units: [], due: nil, by: lin)
            }
            await #expect(throws: Refusal.self) { try await house.ledgers.take(.finish, on: task.key, by: lin) }
            await #expect(throws: Refusal.self) { try await house.ledgers.attach(release: "none", note: "x", to: task.key, by: chen) }
            try await house.ledgers.attach(release: nil, note: "会议纪要", to: task.key, by: chen)
            try await house.ledgers.take(.finish, on: task.key, by: chen)
            let entry = try await house.ledgers.entry(task.key)
            #expect(entry.task.state == .done)
            #expect(entry.task.lead == People.office)
            #expect(entry.evidence.map(\.note) == ["会议纪要"])
            #expect(try await house.ledgers.entries(year: 2022, unit: People.office, for: .desk).contains { $0.task.key == task.key })
        }
    }
}
