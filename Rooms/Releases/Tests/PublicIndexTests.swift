import Core
import Foundation
import Index
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A node's search index")
struct PublicIndexTests {
    private final class Folder {
        let path = NSTemporaryDirectory() + "gongkai-index-\(UUID().uuidString)"

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("finds what is released and nothing that was withdrawn, at once", arguments: Engine.available)
    func follows(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let folder = Folder()
            let index = try PublicIndex(gate.house.releases, folder: folder.path)
            try await index.follow()
            let today = gate.house.world.now().beijingDay
            #expect(try await index.search("保护期限", at: today).total == 0)
            let key = try await gate.released()
            try await index.follow()
            let found = try await index.search("保护期限", at: today)
            #expect(found.results.map(\.article) == ["第一条"])
            #expect(found.total == 1)
            #expect(try await index.search("国知办函办字[2022]第1号", at: today).results.map(\.release) == [key])
            #expect(index.suggestions("外观", at: today).map(\.title) == ["外观设计办法"])
            #expect(try await index.search("保护期限", at: today.adding(-1)).total == 0)
            try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
            // Even before the index knows, nothing of it is shown.
            #expect(try await index.search("保护期限", at: today).results.isEmpty)
            try await index.follow()
            #expect(try await index.search("保护期限", at: today).total == 0)
            #expect(index.suggestions("外观", at: today) == [])
            #expect(index.count == 0)
        }
    }

    @Test("of another node, opened later, or made anew holds the same", arguments: Engine.available)
    func nodes(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let (one, other) = (Folder(), Folder())
            let first = try PublicIndex(gate.house.releases, folder: one.path)
            try await first.follow()
            _ = try await gate.released()
            try await first.follow()
            let second = try PublicIndex(gate.house.releases, folder: other.path)
            #expect(!second.isReady)
            try await second.follow()
            #expect(second.isReady)
            let today = gate.house.world.now().beijingDay
            for index in [first, second] {
                #expect(index.count == 2)
                #expect(try await index.search("公布之日", at: today).results.map(\.article) == ["第二条"])
            }
            #expect(try await second.rebuild() == 2)
            #expect(try await second.search("公布之日", at: today).total == 1)
        }
    }

    @Test("that is damaged is made anew", arguments: Engine.available)
    func damaged(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.released()
            let folder = Folder()
            do {
                let index = try PublicIndex(gate.house.releases, folder: folder.path)
                try await index.follow()
            }
            let manager = FileManager.default
            for name in try manager.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".segment") {
                var bytes = try #require(manager.contents(atPath: "\(folder.path)/\(name)"))
                bytes[3] ^= 1
                try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            }
            #expect(throws: IndexError.self) { try IndexReader(folder.path) }
            let index = try PublicIndex(gate.house.releases, folder: folder.path)
            try await index.follow()
            #expect(try await index.search("保护期限", at: gate.house.world.now().beijingDay).total == 1)
        }
    }

    @Test("shows the newest text of a document, and an older one again when the newer is withdrawn", arguments: Engine.available)
    func newest(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let folder = Folder()
            let index = try PublicIndex(gate.house.releases, folder: folder.path)
            let document = try await gate.draft()
            _ = try await gate.release(document)
            try await index.follow()
            let today = gate.house.world.now().beijingDay
            let changed = try await gate.house.reviews.revise(document.key, version: 1, Gate.fields("第一条 改过的内容。"), by: gate.lin)
            let later = try await gate.release(changed)
            try await index.follow()
            #expect(try await index.search("改过的内容", at: today).total == 1)
            #expect(try await index.search("保护期限", at: today).total == 0)
            try await gate.house.releases.withdraw(later, reason: "内容有误", by: gate.wang)
            try await index.follow()
            #expect(try await index.search("改过的内容", at: today).total == 0)
            #expect(try await index.search("保护期限", at: today).total == 1)
        }
    }

    @Test("finds what the database's own search finds", arguments: Engine.available)
    func oracle(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let folder = Folder()
            let index = try PublicIndex(gate.house.releases, folder: folder.path)
            var state: UInt64 = 5
            func draw(_ size: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % size
            }
            let characters = Array("专利法实施细则条例信息公")
            func text(_ size: Int) -> String { String((0..<size).map { _ in characters[min(draw(12), draw(12))] }) }
            var keys: [String] = []
            for work in 1...6 {
                let body = (1...6).map { "第\(["一", "二", "三", "四", "五", "六"][$0 - 1])条 \(text(12 + draw(20)))，\(text(8))。" }
                var fields = Gate.fields(body.joined(separator: "\n"))
                fields.title += "之\(work)"
                fields.documentNumber = "国知办函办字〔2022〕\(work)号"
                keys.append(try await gate.release(try await gate.house.documents.add(fields, by: gate.lin)))
            }
            try await gate.house.releases.withdraw(keys[2], reason: "内容有误", by: gate.wang)
            try await index.follow()
            let today = gate.house.world.now().beijingDay
            var hits = 0
            for number in 0..<60 {
                let question = number % 3 == 0 ? "\(text(2)) \(text(1 + draw(2)))" : text(1 + draw(4))
                let expected = try await gate.house.releases.search(question, limit: 1000)
                let found = try await index.search(question, at: today, limit: 1000)
                hits += expected.total
                #expect(found.total == expected.total, "\(question)")
                let names = { (results: [Releases.Found]) in Set(results.map { "\($0.release) \($0.article)" }) }
                #expect(names(found.results) == names(expected.results), "\(question)")
            }
            #expect(hits > 100)
        }
    }
}
