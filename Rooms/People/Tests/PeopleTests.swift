import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("Signing in")
struct PeopleTests {
    @Test("takes the right password, and only that", arguments: Engine.available)
    func passwords(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            let token = try await people.signIn("lin", password: TestHouse.password)
            #expect(try await people.session(token)?.actor.roles == [.drafter])
            #expect(try await people.session(token + "x") == nil)
            await #expect(throws: Refusal.self) { try await people.signIn("lin", password: "wrong") }
            await #expect(throws: Refusal.self) { try await people.signIn("nobody", password: TestHouse.password) }
            try await people.signOut(token)
            #expect(try await people.session(token) == nil)
        }
    }

    @Test("rests a login for a quarter of an hour after five failures", arguments: Engine.available)
    func lockout(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            for _ in 1...5 { await #expect(throws: Refusal.self) { try await people.signIn("chen", password: "wrong") } }
            let refusal = await #expect(throws: Refusal.self) { try await people.signIn("chen", password: TestHouse.password) }
            guard case .tooOften(let seconds) = refusal else {
                Issue.record("the login did not rest: \(String(describing: refusal))")
                return
            }
            #expect((890...900).contains(seconds))
        }
    }

    @Test("gives a delegate the role between its two days", arguments: Engine.available)
    func delegation(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            let chen = try await people.actor("chen")
            try await people.delegate(.unitHead, to: "lin", since: Day(2022, 5, 1), until: Day(2022, 5, 29), by: chen)
            #expect(try await people.actor("lin").roles == [.drafter])
            try await people.delegate(.unitHead, to: "lin", since: Day(2022, 5, 30), until: Day(2022, 6, 2), by: chen)
            #expect(try await people.actor("lin").roles == [.drafter, .unitHead])
            await #expect(throws: Refusal.self) {
                try await people.delegate(.leader, to: "lin", since: Day(2022, 5, 1), until: Day(2022, 5, 2), by: chen)
            }
        }
    }
}
