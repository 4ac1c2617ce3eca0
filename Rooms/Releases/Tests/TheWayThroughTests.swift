import Core
import MerkleLog
import Records
import Storage
import TestSupport
import Testing
import Web

/// What every test of the gate begins with: a text and the five persons.
struct Gate {
    var house: House
    let lin, chen, zhao, wang: Actor

    init(_ database: any Database, at moment: String = "2022-05-30T02:00:00.000Z") async throws {
        try await self.init(database, try await TestHouse.on(database, at: moment))
    }

    init(_ database: any Database, _ house: House) async throws {
        self.house = house
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

    /// The assessment without which no personal information is published.
    func assess(_ review: Review) async throws {
        try await house.assessments.assess(review.key, purpose: "便于咨询", impact: "轻微", measures: "只公开办公电话", by: zhao)
    }

    func released() async throws -> String { try await release(try await reviewed()) }

    /// Takes a document through the gate.
    func release(_ document: Document) async throws -> String {
        let review = try await house.reviews.submit(document.key, by: lin)
        try await house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: chen)
        try await house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: zhao)
        return try await release(review)
    }

    private func release(_ review: Review) async throws -> String {
        try await house.releases.release(
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
            _ = try await gate.house.reviews.revise(review.document, version: 1, fields, by: gate.lin)
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

    @Test("releases a changed text anew, and the same text not twice", arguments: Engine.available)
    func again(engine: Engine) async throws {
        try await FreshDatabase.each(engine, Self.schema) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let first = try await gate.release(document)
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.reviews.submit(document.key, by: gate.lin) }
            let changed = try await gate.house.reviews.revise(document.key, version: 1, Gate.fields("第一条 改过的内容。"), by: gate.lin)
            let second = try await gate.release(changed)
            #expect(try await gate.house.log.size() == 2)
            #expect(try await gate.house.releases.search("改过的内容").total == 1)
            // The older text keeps its address, but lists and search show the newer one.
            #expect(try await gate.house.releases.search("保护期限").total == 0)
            #expect(try await gate.house.releases.release(first).release.supersededBy == second)
            #expect(try await gate.house.releases.releases(Releases.Filter()).releases.map(\.key) == [second])
            // If the newer text is withdrawn, the older one is the newest again.
            try await gate.house.releases.withdraw(second, reason: "内容有误", by: gate.wang)
            #expect(try await gate.house.releases.releases(Releases.Filter()).releases.map(\.key) == [first])
            #expect(try await gate.house.releases.search("保护期限").total == 1)
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
