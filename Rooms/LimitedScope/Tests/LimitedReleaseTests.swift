import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

/// A reviewed document whose questions ended in limited scope, signed until 30 June 2022.
struct LimitedGate {
    let gate: Gate
    let key: String
    let admin: Actor
    var limited: LimitedReleases { gate.house.limited }

    init(_ database: any Database) async throws {
        gate = try await Gate(database)
        admin = try await gate.house.people.actor("admin")
        let review = try await Self.reviewed(gate)
        key = try await gate.house.limited.release(
            review: review.key,
            seeing: review.hash,
            reason: "只涉及特定企业",
            until: Day(2022, 6, 30),
            by: gate.wang
        )
    }

    static func reviewed(_ gate: Gate) async throws -> Review {
        let review = try await gate.reviewed()
        let answers = DisclosureMethodTests.free.merging([.publicInterest: .no, .onlySpecificPersons: .yes]) { $1 }
        try await gate.house.releases.choose(answers, for: review.key, by: gate.wang)
        return review
    }

    /// A link given to 张三.
    func link() async throws -> String {
        let given = try await limited.give(key, to: "张三", "zhang@example.com", .link, by: admin)
        return try #require(given.token)
    }
}

@Suite("A limited release")
struct LimitedReleaseTests {
    private func withLimited(_ engine: Engine, _ test: (LimitedGate, any Database) async throws -> Void) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { try await test(try await LimitedGate($0), $0) }
    }

    @Test("has a sound procedure")
    func lifecycle() { #expect(LimitedRelease.lifecycle.flaws == []) }

    @Test("is signed only where the questions end in limited scope, and never for a day that is gone", arguments: Engine.available)
    func method(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            let sign = { (day: Day) in
                try await gate.house.limited.release(review: review.key, seeing: review.hash, reason: "理由", until: day, by: gate.wang)
            }
            await #expect(throws: Refusal.self) { try await sign(Day(2022, 6, 30)) }
            let answers = DisclosureMethodTests.free.merging([.scopePrescribed: .yes]) { $1 }
            try await gate.house.releases.choose(answers, for: review.key, by: gate.wang)
            await #expect(throws: Refusal.self) { try await sign(Day(2022, 5, 29)) }
            // The internet is closed to it.
            await #expect(throws: Refusal.self) {
                try await gate.house.releases.release(
                    review: review.key,
                    seeing: review.hash,
                    attribute: .proactive,
                    reason: "理由",
                    method: .internet,
                    by: gate.wang
                )
            }
            _ = try await sign(Day(2022, 6, 30))
            #expect(try await gate.house.reviews.review(review.key).review.state == .released)
        }
    }

    @Test("opens once by its link; looking does not use the link up", arguments: Engine.available)
    func once(engine: Engine) async throws {
        try await withLimited(engine) { gate, _ in
            let token = try await gate.link()
            #expect(try await gate.limited.opens(token))
            #expect(try await gate.limited.opens(token))
            let opened = try await gate.limited.open(token)
            #expect(try await !gate.limited.opens(token))
            await #expect(throws: Refusal.notFound) { try await gate.limited.open(token) }
            let copy = try await gate.limited.read(opened.key, session: opened.session)
            #expect(copy.content.body.hasPrefix("第一条 外观设计专利"))
            #expect(copy.recipient.name == "张三")
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(opened.key, session: token) }
            let receipts = try await gate.limited.recipients(of: gate.key)
            #expect(receipts.map(\.recipient.state) == [.opened])
            #expect(receipts.map(\.readings.count) == [1])
            let steps = try await gate.limited.steps(of: gate.key)
            #expect(steps.map(\.step) == ["releaseLimited", "give", "open"])
            #expect(steps.last?.role == "recipient")
        }
    }

    @Test("keeps no token, no session, no name and no address that can be read", arguments: Engine.available)
    func kept(engine: Engine) async throws {
        try await withLimited(engine) { gate, database in
            let token = try await gate.link()
            struct Row: Decodable {
                let sealed, token: String
            }
            let row = try #require(try await database.read { try $0.first(Row.self, "SELECT sealed, token FROM limited_recipient") })
            #expect(row.token != token)
            #expect(!row.sealed.contains("zhang"))
            _ = try await gate.limited.open(token)
            let log = try await database.read { try $0.all(String.self, "SELECT detail FROM step_log") }.joined(separator: " ")
            #expect(!log.contains(token))
            #expect(!log.contains("张三"))
        }
    }

    @Test("is over after its last day, for link and session alike", arguments: Engine.available)
    func expiry(engine: Engine) async throws {
        try await withLimited(engine) { gate, database in
            let (first, second) = (try await gate.link(), try await gate.link())
            let opened = try await gate.limited.open(first)
            try await database.write { try $0.run("UPDATE limited_release SET expires_on = '2022-05-30'") }
            _ = try await gate.limited.read(opened.key, session: opened.session)
            try await database.write { try $0.run("UPDATE limited_release SET expires_on = '2022-05-29'") }
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(opened.key, session: opened.session) }
            await #expect(throws: Refusal.notFound) { try await gate.limited.open(second) }
            await #expect(throws: Refusal.outOfTurn) { try await gate.limited.renew(gate.key, 2, by: gate.admin) }
        }
    }

    @Test("is recalled from one, from all, and ends with the withdrawal", arguments: Engine.available)
    func recall(engine: Engine) async throws {
        try await withLimited(engine) { gate, _ in
            let tokens = [try await gate.link(), try await gate.link(), try await gate.link()]
            let one = try await gate.limited.open(tokens[0])
            let two = try await gate.limited.open(tokens[1])
            await #expect(throws: Refusal.self) { try await gate.limited.recall(gate.key, 1, by: gate.gate.lin) }
            try await gate.limited.recall(gate.key, 1, by: gate.admin)
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(gate.key, session: one.session) }
            _ = try await gate.limited.read(gate.key, session: two.session)
            try await gate.limited.recall(gate.key, nil, by: gate.admin)
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(gate.key, session: two.session) }
            #expect(try await !gate.limited.opens(tokens[2]))
            let renewed = try await gate.limited.renew(gate.key, 2, by: gate.admin)
            let again = try await gate.limited.open(renewed)
            try await gate.limited.withdraw(gate.key, reason: "情况变化", by: gate.gate.wang)
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(gate.key, session: again.session) }
            await #expect(throws: Refusal.outOfTurn) {
                try await gate.limited.give(gate.key, to: "李四", "li@example.com", .link, by: gate.admin)
            }
        }
    }

    @Test("is read by a person who signs in, if it was given to them", arguments: Engine.available)
    func signIn(engine: Engine) async throws {
        try await withLimited(engine) { gate, _ in
            let he = try await gate.gate.house.people.actor("he")
            await #expect(throws: Refusal.notFound) { try await gate.limited.read(gate.key, as: he) }
            await #expect(throws: Refusal.self) { try await gate.limited.give(gate.key, to: "何静", "nobody", .signIn, by: gate.admin) }
            #expect(try await gate.limited.give(gate.key, to: "何静", "he", .signIn, by: gate.admin).token == nil)
            #expect(try await gate.limited.given(to: he).map(\.key) == [gate.key])
            #expect(try await gate.limited.read(gate.key, as: he).recipient.number == 1)
            #expect(try await gate.limited.recipients(of: gate.key).map(\.recipient.state) == [.opened])
        }
    }

    @Test("tells from a text that came back whose copy it was, and writes the look-up down", arguments: Engine.available)
    func trace(engine: Engine) async throws {
        try await withLimited(engine) { gate, _ in
            _ = try await gate.link()
            let opened = try await gate.limited.open(try await gate.link())
            let copy = try await gate.limited.read(gate.key, session: opened.session)
            let leaked = copy.recipient.mark.marked(copy.content.body + copy.content.body)
            let sources = try await gate.limited.sources(of: leaked, by: gate.gate.zhao)
            #expect(sources.map(\.recipient.number) == [2])
            #expect(try await gate.limited.steps(of: gate.key).last?.step == "trace")
            #expect(try await gate.limited.sources(of: copy.content.body, by: gate.gate.zhao).isEmpty)
            await #expect(throws: Refusal.self) { try await gate.limited.sources(of: leaked, by: gate.gate.lin) }
        }
    }

    @Test("is under the log's verification without a leaf of its own", arguments: Engine.available)
    func verified(engine: Engine) async throws {
        try await withLimited(engine) { gate, database in
            #expect(try await gate.gate.house.log.size() == 0)
            #expect(try await gate.gate.house.log.verify().faults == [])
            try await database.write { try $0.run("UPDATE limited_release SET json = replace(json, '十五', '十六')") }
            #expect(try await gate.gate.house.log.verify().faults == ["the limited release \(gate.key) was changed"])
        }
    }
}
