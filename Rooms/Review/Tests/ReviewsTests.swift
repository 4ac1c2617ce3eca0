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
}
