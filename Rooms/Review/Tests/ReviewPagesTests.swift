import Core
import HTTPTypes
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("The page of a review")
struct ReviewPagesTests {
    @Test("refuses an attribute that does not exist, and keeps the reason typed", arguments: Engine.available)
    func attribute(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("wang")
            let page = "/zh/office/reviews/\(review.key)"
            let answer = try await visitor.post(
                "\(page)/release",
                from: page,
                ["hash": review.hash, "attribute": "everything", "reason": "我的理由"]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("value=\"我的理由\""))
            #expect(try await gate.house.log.size() == 0)
        }
    }

    @Test("keeps the way to the disclosure method, and releases nothing against it", arguments: Engine.available)
    func method(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("wang")
            let page = "/zh/office/reviews/\(review.key)/method"
            _ = try await visitor.post(page, from: page, ["madeOrHeldByUs": "yes", "stateSecret": "yes"])
            let shown = try await visitor.get(page).body
            #expect(shown.contains("<strong>不予公开</strong>"))
            #expect(shown.contains("《政府信息公开条例》第十四条"))
            func release() async throws {
                _ = try await gate.house.releases.release(
                    review: review.key,
                    seeing: review.hash,
                    attribute: .proactive,
                    reason: "条例第十九条",
                    method: .internet,
                    by: gate.wang
                )
            }
            await #expect(throws: Refusal.self) { try await release() }
            #expect(try await gate.house.log.size() == 0)
            await #expect(throws: Refusal.self) { try await gate.house.releases.choose([:], for: review.key, by: gate.lin) }
            let free = DisclosureMethodTests.free
            try await gate.house.releases.choose(free, for: review.key, by: gate.wang)
            try await release()
            #expect(try await gate.house.releases.choice(for: review.key)?.outcome.method == .internet)
        }
    }

    @Test("stores no reason that bears a secrecy mark", arguments: Engine.available)
    func marks(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.sendBack, on: review.key, seeing: review.hash, reason: "秘密★5年", by: gate.wang)
            }
            await #expect(throws: Refusal.self) {
                try await gate.house.releases.release(
                    review: review.key,
                    seeing: review.hash,
                    attribute: .proactive,
                    reason: "绝密★",
                    method: .internet,
                    by: gate.wang
                )
            }
            #expect(try await gate.house.incidents.open().count == 2)
            #expect(try await gate.house.log.size() == 0)
        }
    }

    @Test("shows a finding in the document number, too", arguments: Engine.available)
    func everywhere(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            var fields = Gate.fields()
            fields.topic = "联系人身份证11010519491231002X"
            let document = try await gate.house.documents.add(fields, by: gate.lin)
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            let found = try await gate.house.reviews.findings(of: review).map(\.finding.printed)
            #expect(found == ["11010519491231002X"])
        }
    }
}
