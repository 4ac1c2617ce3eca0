import Core
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("A review")
struct ReviewsTests {
    @Test("takes no signature for other bytes than those that are reviewed", arguments: Engine.available)
    func staleHash(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.house.reviews.submit(try await gate.draft().key, by: gate.lin)
            await #expect(throws: Refusal.stale) {
                try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: String(repeating: "0", count: 64), by: gate.chen)
            }
        }
    }

    @Test("asks three different persons, even where one holds every role", arguments: Engine.available)
    func fourEyes(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
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

    @Test("does not let serious findings pass undecided", arguments: Engine.available)
    func findings(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft("联系人张三，身份证号11010519491231002X。")
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            }
            let found = try await gate.house.reviews.findings(of: review)
            #expect(found.map(\.finding.printed) == ["张三", "11010519491231002X"])
            for finding in found.map(\.finding) {
                try await gate.decide(finding, .accept, reason: "公告内容", on: review)
            }
            try await gate.assess(review)
            try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            #expect(try await gate.house.reviews.review(review.key).review.state == .atLeader)
        }
    }

    @Test("remembers a waiver for the content type, and for no other, until it is ended", arguments: Engine.available)
    func waivers(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            func review(_ body: String, _ kind: Content.Kind) async throws -> Review {
                var fields = Gate.fields(body)
                (fields.kind, fields.title) = (kind, body)
                let document = try await gate.house.documents.add(fields, another: true, by: gate.lin)
                let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
                try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
                return review
            }
            func open(_ review: Review) async throws -> [String] {
                try await gate.house.reviews.findings(of: review).filter(\.isOpen).map(\.finding.rule.rawValue)
            }
            let first = try await review("发明人：王芳。", .other)
            let name = try #require(try await gate.house.reviews.findings(of: first).first).finding
            await #expect(throws: Refusal.self) {
                try await gate.decide(name, .accept, reason: "公报依法刊登发明人", remembering: true, on: first)
            }
            try await gate.decide(name, .waive, reason: "公报依法刊登发明人", remembering: true, on: first)
            // The title repeats the text, so the name stands there twice; the waiver holds for both.
            #expect(try await open(first) == [])
            #expect(try await open(try await review("发明人：李建国，手机13751089600。", .other)) == ["mobile", "mobile"])
            #expect(try await open(try await review("发明人：赵志远。", .notice)) == ["person", "person"])
            let waiver = try #require(try await gate.house.waivers.all().first)
            #expect(waiver.reason == "公报依法刊登发明人")
            #expect(waiver.kind == .other)
            await #expect(throws: Refusal.self) { try await gate.house.waivers.end(waiver.key, by: gate.lin) }
            try await gate.house.waivers.end(waiver.key, by: gate.zhao)
            #expect(try await open(try await review("发明人：孙丽华。", .other)) == ["person", "person"])
            #expect(try await gate.house.waivers.all().map { $0.endedBy } == [gate.zhao.person])
            await #expect(throws: Refusal.self) { try await gate.house.waivers.end(waiver.key, by: gate.zhao) }
        }
    }
}

extension Gate {
    func decide(_ finding: Finding, _ decision: Reviews.Decision, reason: String, remembering: Bool = false, on review: Review) async throws
    {
        try await house.reviews.decide(
            finding.range.lowerBound,
            finding.rule.rawValue,
            decision,
            reason: reason,
            remembering: remembering,
            on: review.key,
            by: zhao
        )
    }
}
