import Core
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("A document on its way")
struct DocumentsTests {
    @Test("tells the second of two officers, and keeps every version", arguments: Engine.available)
    func twoOfficers(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            _ = try await gate.house.reviews.revise(document.key, version: 1, Gate.fields("甲"), by: gate.lin)
            await #expect(throws: Refusal.stale) {
                try await gate.house.reviews.revise(document.key, version: 1, Gate.fields("乙"), by: gate.lin)
            }
            #expect(try await gate.house.documents.document(document.key).body == "甲")
            #expect(try await gate.house.documents.same(as: Gate.fields())?.key == document.key)
        }
    }

    @Test("stores nothing of a text with a secrecy mark, and starts the 24 hours", arguments: Engine.available)
    func secrecy(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            await #expect(throws: Refusal.self) { try await gate.draft("机密★10年\n本文件涉及某某事项ZQXW。") }
            #expect(try await gate.house.documents.newest(unit: nil).isEmpty)
            let incident = try #require(try await gate.house.incidents.open().first)
            #expect(incident.reportBy.milliseconds - incident.at.milliseconds == 86_400_000)
            let kept = try await database.read { db in
                try HouseSchema.tables.contains { table in
                    try db.rows(SQL(trusted: "SELECT * FROM \(table)")).contains { "\($0.values)".contains("ZQXW") }
                }
            }
            #expect(!kept)
        }
    }
}
