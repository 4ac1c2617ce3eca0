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

    @Test("shows kind, severity, reason and basis in the page's language, and takes the decision", arguments: Engine.available)
    func findings(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft("联系人：王芳，手机13751089600。")
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("zhao")
            let english = try await visitor.get("/en/office/reviews/\(review.key)").body
            for words in ["Mobile number", "Serious", "Personal Information Protection Law, art. 25", "Name of a person"] {
                #expect(english.contains(words))
            }
            let page = "/zh/office/reviews/\(review.key)"
            let chinese = try await visitor.get(page).body
            for words in ["手机号码", "重要", "《个人信息保护法》第二十五条", "十一位移动电话号段"] { #expect(chinese.contains(words)) }
            let phone = try #require(try await gate.house.reviews.findings(of: review).first { $0.finding.rule == .mobile }).finding
            let form = ["place": "\(phone.range.lowerBound)", "rule": "mobile", "decision": "waive", "remember": "yes"]
            let refused = try await visitor.post("\(page)/decide", from: page, form)
            #expect(refused.status == 422)
            let taken = try await visitor.post("\(page)/decide", from: page, form.merging(["reason": "值班电话"]) { $1 })
            #expect(taken.status == 303)
            let list = try await visitor.get("/en/office/waivers").body
            #expect(list.contains("Mobile number") && list.contains("值班电话") && list.contains("Notice"))
            let waiver = try #require(try await gate.house.waivers.all().first)
            _ = try await visitor.post("/en/office/waivers/\(waiver.key)/end", from: "/en/office/waivers", [:])
            #expect(try await gate.house.waivers.all().map { $0.endedAt == nil } == [false])
        }
    }
}
