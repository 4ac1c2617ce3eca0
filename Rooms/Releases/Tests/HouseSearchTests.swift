import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The house's search")
struct HouseSearchTests {
    /// A house that searches with an index of its own and follows the changes, as one that is served does.
    private static func served(_ engine: Engine, _ test: (Gate, PublicIndex) async throws -> Void) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            try await FreshDatabase.inFolder { folder in
                var gate = try await Gate(database)
                let index = try PublicIndex(gate.house.releases, folder: folder)
                gate.house.index = index
                let house = gate.house
                let following = Task { try await house.followChanges() }
                do {
                    try await wait { index.isReady }
                    try await test(gate, index)
                } catch {
                    following.cancel()
                    throw error
                }
                following.cancel()
                _ = await following.result
            }
        }
    }

    /// Waits until it is so; how soon is measured elsewhere, on a machine that does nothing besides.
    private static func wait(_ isSo: () async throws -> Bool) async throws {
        let start = ContinuousClock.now
        while try await !isSo() {
            try #require(start.duration(to: .now) < .seconds(200))
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Releases the text of ``Gate/fields(_:)`` under a title and a number of its own.
    private static func release(_ number: Int, _ gate: Gate) async throws -> String {
        var fields = Gate.fields()
        (fields.title, fields.documentNumber) = ("外观设计办法之\(number)", "国知办函办字〔2022〕\(100 + number)号")
        return try await gate.release(try await gate.house.documents.add(fields, by: gate.lin))
    }

    @Test("finds a release that it follows by itself, and after its withdrawal it is gone", arguments: Engine.available)
    func soon(engine: Engine) async throws {
        try await Self.served(engine) { gate, index in
            let today = gate.house.world.now().beijingDay
            let key = try await Self.release(1, gate)
            try await Self.wait { try await index.search("保护期限", at: today).total == 1 }
            try await Self.wait { try await index.isUpToDate() }
            #expect(try await gate.house.search("保护期限").results.map(\.release) == [key])
            try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
            try await Self.wait { try await index.search("保护期限", at: today).total == 0 }
            try await Self.wait { try await index.isUpToDate() }
            #expect(index.count == 0)
        }
    }

    @Test("on its page and for software never shows or counts what was withdrawn", arguments: Engine.available)
    func withdrawn(engine: Engine) async throws {
        try await Self.served(engine) { gate, _ in
            let visitor = Visitor(gate.house)
            let question = "q=%E4%BF%9D%E6%8A%A4%E6%9C%9F%E9%99%90"
            for number in 1...4 {
                let key = try await Self.release(number, gate)
                #expect(try await visitor.get("/zh/search?\(question)").body.contains("外观设计专利的"))
                #expect(try await visitor.get("/api/v1/search?\(question)").body.contains("\"total\":1"))
                try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
                #expect(!(try await visitor.get("/zh/search?\(question)").body.contains("外观设计专利的")))
                #expect(try await visitor.get("/api/v1/search?\(question)").body.contains("\"total\":0"))
            }
        }
    }

    @Test("is the database's own while the index does not know all", arguments: Engine.available)
    func fallback(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            try await FreshDatabase.inFolder { folder in
                var gate = try await Gate(database)
                let index = try PublicIndex(gate.house.releases, folder: folder)
                gate.house.index = index
                #expect(!(try await index.isUpToDate()))
                _ = try await gate.released()
                #expect(try await gate.house.search("保护期限").total == 1)
                try await index.follow()
                #expect(try await index.isUpToDate())
                _ = try await Self.release(2, gate)
                #expect(!(try await index.isUpToDate()))
                #expect(try await gate.house.search("保护期限").total == 2)
            }
        }
    }
}
