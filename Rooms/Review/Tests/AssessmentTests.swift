import Core
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The assessments beside a review")
struct AssessmentTests {
    private func accepted(_ gate: Gate) async throws -> Review {
        let document = try await gate.draft("第一条 联系人手机13912345678，办理备案。")
        let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
        try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
        for found in try await gate.house.reviews.findings(of: review).filter(\.isOpen).map(\.finding) {
            try await gate.house.reviews.decide(
                found.range.lowerBound,
                found.rule.rawValue,
                .accept,
                reason: "公开的联系电话",
                on: review.key,
                by: gate.zhao
            )
        }
        return review
    }

    @Test("of personal information is made before it is published, and kept three years", arguments: Engine.available)
    func personal(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await accepted(gate)
            let sign = { try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao) }
            await #expect(throws: Refusal.self) { try await sign() }
            let assess = { (purpose: String, actor: Actor) in
                try await gate.house.assessments.assess(review.key, purpose: purpose, impact: "轻微", measures: "只公开办公电话", by: actor)
            }
            await #expect(throws: Refusal.self) { try await assess(" ", gate.zhao) }
            await #expect(throws: Refusal.self) { try await assess("便于咨询", gate.lin) }
            try await assess("便于咨询", gate.zhao)
            try await sign()
            await #expect(throws: Refusal.outOfTurn) { try await assess("改过", gate.zhao) }
            let kept = try await gate.house.assessments.assessments(for: gate.wang)
            #expect(kept.map(\.assessment.keepUntil) == [Day(2025, 5, 30)])
            #expect(kept.map(\.title) == ["外观设计办法"])
            try await gate.house.assessments.forget(on: Day(2025, 5, 30))
            #expect(try await gate.house.assessments.assessment(of: review.key) != nil)
            try await gate.house.assessments.forget(on: Day(2025, 5, 31))
            #expect(try await gate.house.assessments.assessment(of: review.key) == nil)
        }
    }

    @Test("of what was refused comes back on its day, on the desk of those who decide", arguments: Engine.available)
    func again(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            let set = { (day: Day, actor: Actor) in
                try await gate.house.assessments.set(day, reason: "过程性信息", for: review.key, by: actor)
            }
            await #expect(throws: Refusal.self) { try await set(Day(2022, 5, 30), gate.zhao) }
            await #expect(throws: Refusal.self) { try await set(Day(2022, 11, 30), gate.lin) }
            try await set(Day(2022, 5, 31), gate.zhao)
            #expect(try await gate.house.assessments.reassessments(by: Day(2022, 5, 30), for: gate.zhao).isEmpty)
            #expect(try await gate.house.assessments.reassessments(by: Day(2022, 5, 31), for: gate.zhao).map(\.review) == [review.key])
            try await gate.house.assessments.conclude("仍不公开", for: review.key, by: gate.zhao)
            #expect(try await gate.house.assessments.reassessments(by: Day(2030, 1, 1), for: gate.zhao).isEmpty)
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.assessments.conclude("再次", for: review.key, by: gate.zhao) }
            try await set(Day(2022, 12, 30), gate.wang)
            #expect(try await gate.house.assessments.reassessment(of: review.key)?.doneAt == nil)
        }
    }

    @Test("are written on one page, which keeps what was typed", arguments: ["zh", "en"])
    func page(language: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await accepted(gate)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("zhao")
            #expect(try await visitor.get("/\(language)/office/reviews/\(review.key)").body.contains("/assessment\""))
            let page = "/\(language)/office/reviews/\(review.key)/assessment"
            let refused = try await visitor.post(page, from: page, ["purpose": "便于咨询", "impact": "", "measures": "办公电话"])
            #expect(refused.status == 422)
            #expect(refused.body.contains("便于咨询"))
            let saved = try await visitor.post(page, from: page, ["purpose": "便于咨询", "impact": "轻微", "measures": "办公电话"])
            #expect(saved.status == 303)
            #expect(try await visitor.get(page).body.contains("2025-05-30"))
            let day = try await visitor.post(
                "\(page.replacing("assessment", with: "reassessment"))",
                from: page,
                ["due": "2022-12-01", "reason": "过程"]
            )
            #expect(day.status == 303)
            let list = try await visitor.get("/\(language)/office/assessments").body
            #expect(list.contains("2022-12-01"))
            #expect(list.contains("2025-05-30"))
        }
    }
}
