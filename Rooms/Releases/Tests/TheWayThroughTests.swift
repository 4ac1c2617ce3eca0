import Core
import MerkleLog
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

/// What every test of the gate begins with: a text and the five persons.
struct Gate {
    let house: House
    let lin, chen, zhao, wang: Actor

    init(_ database: any Database) async throws {
        house = try await TestHouse.on(database)
        lin = try await house.people.actor("lin")
        chen = try await house.people.actor("chen")
        zhao = try await house.people.actor("zhao")
        wang = try await house.people.actor("wang")
    }

    static func fields(_ body: String = "第一条 外观设计专利的保护期限为十五年。\n第二条 本办法自公布之日起施行。") -> Document.Fields {
        var fields = Document.Fields(unit: People.office)
        fields.title = "外观设计办法"
        fields.documentNumber = "国知办函办字〔2022〕1号"
        fields.body = body
        return fields
    }

    func draft(_ body: String? = nil) async throws -> Document {
        try await house.documents.add(body.map { Self.fields($0) } ?? Self.fields(), by: lin)
    }

    func reviewed() async throws -> Review {
        let review = try await house.reviews.submit(try await draft().key, by: lin)
        try await house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: chen)
        try await house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: zhao)
        return review
    }

    func released() async throws -> String {
        let review = try await reviewed()
        return try await house.releases.release(
            review: review.key,
            seeing: review.hash,
            attribute: .proactive,
            reason: "条例第十九条",
            method: .internet,
            by: wang
        )
    }
}

@Suite("The way through the gate")
struct TheWayThroughTests {
    static let schema = HouseSchema.all

    @Test("has sound procedures")
    func lifecycles() {
        #expect(Review.lifecycle.flaws == [])
        #expect(Release.lifecycle.flaws == [])
        #expect(LedgerTask.lifecycle.flaws == [])
    }

    @Test("makes a reviewed text public, findable, and provable", arguments: Engine.available)
    func whole(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let key = try await gate.released()
            let found = try await gate.house.releases.search("保护期限")
            #expect(found.results.map(\.article) == ["第一条"])
            #expect(try await gate.house.releases.search("观").total == 1)
            #expect(try await gate.house.releases.release(key).release.leaf == 0)
            let proof = try await gate.house.log.inclusionProof(of: 0)
            #expect(proof.size == 1)
            #expect(try await gate.house.log.verify().faults == [])
        }
    }

    @Test("leaves a tombstone, a reason and a second leaf after a withdrawal", arguments: Engine.available)
    func withdrawal(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let key = try await gate.released()
            let before = try SignedHead(note: try await gate.house.log.head())
            await #expect(throws: Refusal.self) { try await gate.house.releases.withdraw(key, reason: " ", by: gate.wang) }
            await #expect(throws: Refusal.self) { try await gate.house.releases.withdraw(key, reason: "错误", by: gate.lin) }
            try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
            #expect(try await gate.house.releases.search("保护期限").total == 0)
            #expect(try await gate.house.log.verify(against: before).faults == [])
            let release = try await gate.house.releases.release(key).release
            #expect(release.withdrawnReason == "内容有误")
            #expect(release.withdrawalLeaf == 1)
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.releases.withdraw(key, reason: "再次", by: gate.wang) }
        }
    }

    @Test("voids the signatures when one byte changes", arguments: Engine.available)
    func oneByte(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            var fields = Gate.fields()
            fields.body += "。"
            _ = try await gate.house.documents.revise(review.document, version: 1, fields, by: gate.lin)
            #expect(try await gate.house.reviews.review(review.key).review.state == .void)
            await #expect(throws: Refusal.outOfTurn) {
                try await gate.house.releases.release(
                    review: review.key,
                    seeing: review.hash,
                    attribute: .proactive,
                    reason: "理由",
                    method: .internet,
                    by: gate.wang
                )
            }
            #expect(try await gate.house.log.size() == 0)
        }
    }

    @Test("takes no signature for other bytes than those that are reviewed", arguments: Engine.available)
    func staleHash(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let review = try await gate.house.reviews.submit(try await gate.draft().key, by: gate.lin)
            await #expect(throws: Refusal.stale) {
                try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: String(repeating: "0", count: 64), by: gate.chen)
            }
        }
    }

    @Test("asks three different persons, even where one holds every role", arguments: Engine.available)
    func fourEyes(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let all = Actor(person: gate.lin.person, name: gate.lin.name, unit: gate.lin.unit, roles: Set(Role.allCases))
            let review = try await gate.house.reviews.submit(try await gate.draft().key, by: all)
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: all)
            }
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            let chen = Actor(person: gate.chen.person, name: gate.chen.name, unit: gate.chen.unit, roles: Set(Role.allCases))
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: chen)
            }
        }
    }

    @Test("stores nothing of a text with a secrecy mark, and starts the 24 hours", arguments: Engine.available)
    func secrecy(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
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

    @Test("tells the second of two officers, and keeps every version", arguments: Engine.available)
    func twoOfficers(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            _ = try await gate.house.documents.revise(document.key, version: 1, Gate.fields("甲"), by: gate.lin)
            await #expect(throws: Refusal.stale) {
                try await gate.house.documents.revise(document.key, version: 1, Gate.fields("乙"), by: gate.lin)
            }
            #expect(try await gate.house.documents.document(document.key).body == "甲")
            #expect(try await gate.house.documents.same(as: Gate.fields())?.key == document.key)
        }
    }

    @Test("does not let serious findings pass undecided", arguments: Engine.available)
    func findings(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft("联系人张三，身份证号11010519491231002X。")
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            }
            let finding = try #require(try await gate.house.reviews.findings(of: review).first).finding
            try await gate.house.reviews.decide(
                finding.range.lowerBound,
                finding.rule.rawValue,
                .waive,
                reason: "公告内容",
                on: review.key,
                by: gate.zhao
            )
            try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            #expect(try await gate.house.reviews.review(review.key).review.state == .atLeader)
        }
    }

    @Test("sees when somebody edits behind its back", arguments: Engine.available)
    func tampering(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            _ = try await gate.released()
            try await database.write { try $0.run("UPDATE content SET json = replace(json, '十五', '十六')") }
            #expect(try await gate.house.log.verify().faults.count == 1)
            try await database.write { try $0.run("UPDATE log_leaf SET data = replace(data, 'release', 'batch')") }
            #expect(try await gate.house.log.verify().faults.count == 2)
            try await database.write { try $0.run("UPDATE step_log SET detail = 'other' WHERE number = 1") }
            #expect(try await gate.house.log.verify().faults.contains { $0.hasPrefix("line 1 ") })
        }
    }

    @Test("releases a batch under one signature, and goes on where it stopped", arguments: Engine.available)
    func batch(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let works = (1...5).map { number in
                Content(kind: .law, language: .zh, title: "法律\(number)", unit: People.office, column: "laws", body: "第一条 内容\(number)。")
            }
            let manifest = Hash(of: works.map(\.hash.hex).joined(separator: "\n"))
            let releases = gate.house.releases
            await #expect(throws: Refusal.self) {
                try await releases.open(title: "法律", manifest: manifest, works: 5, reviewer: gate.lin, leader: gate.wang)
            }
            let batch = try await releases.open(title: "法律", manifest: manifest, works: 5, reviewer: gate.zhao, leader: gate.wang)
            try await releases.put(Array(works.prefix(3)), in: batch)
            let again = try await releases.open(title: "法律", manifest: manifest, works: 5, reviewer: gate.zhao, leader: gate.wang)
            #expect(again.done == 3)
            try await releases.put(works, in: again)
            #expect(try await gate.house.log.size() == 6)
            #expect(try await releases.search("内容").total == 5)
            #expect(try await gate.house.log.verify().faults == [])
        }
    }
}
