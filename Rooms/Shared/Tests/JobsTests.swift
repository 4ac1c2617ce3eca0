import Core
import LegalText
import Records
import Storage
import Synchronization
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A job")
struct JobsTests {
    private struct Failed: Error {}

    @Test("is done once, however often it is put", arguments: Engine.available)
    func once(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let jobs = try await TestHouse.on(database).jobs
            for _ in 1...3 { try await jobs.put("letter", key: "letter 1", payload: "a") }
            let done = Mutex<[String]>([])
            let count = try await jobs.work(["letter": { payload in done.withLock { $0.append(payload) } }])
            #expect(count == 1)
            #expect(done.withLock { $0 } == ["a"])
            let again = try await jobs.work([:])
            #expect(again == 0)
        }
    }

    @Test(
        "comes again later when it fails, is given up after six attempts, and is tried again by the administrator",
        arguments: Engine.available
    )
    func failing(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let admin = try await house.people.actor("admin")
            try await house.jobs.put("letter", key: "letter 1", payload: "a")
            for attempt in 1...6 {
                let count = try await house.jobs.work(["letter": { _ in throw Failed() }])
                #expect(count == 1, "attempt \(attempt)")
                let early = try await house.jobs.work(["letter": { _ in throw Failed() }])
                #expect(early == 0, "it waits before attempt \(attempt + 1)")
                try await database.write { try $0.run("UPDATE job SET due = '2022-01-01T00:00:00.000Z' WHERE state = 'waiting'") }
            }
            let dead = try await house.jobs.open(for: admin)
            #expect(dead.map(\.state) == [.dead])
            #expect(dead.map(\.error) == ["Failed()"])
            let lin = try await house.people.actor("lin")
            await #expect(throws: Refusal.self) { try await house.jobs.tryAgain(1, by: lin) }
            try await house.jobs.tryAgain(1, by: admin)
            await #expect(throws: Refusal.outOfTurn) { try await house.jobs.tryAgain(1, by: admin) }
            let count = try await house.jobs.work(["letter": { _ in }])
            #expect(count == 1)
            #expect(try await house.jobs.open(for: admin) == [])
        }
    }

    @Test("pauses 10, 40, 160, 640 and 2560 seconds between its attempts")
    func pauses() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            try await house.jobs.put("letter", key: "letter 1", payload: "a")
            var waits: [Int] = []
            for _ in 1...5 {
                let before = house.world.now()
                _ = try await house.jobs.work(["letter": { _ in throw Failed() }])
                let due = try await database.read { try $0.scalar(Moment.self, "SELECT due FROM job") }
                waits.append(((due?.milliseconds ?? 0) - before.milliseconds) / 1000)
                try await database.write { try $0.run("UPDATE job SET due = '2022-01-01T00:00:00.000Z'") }
            }
            #expect(waits == [10, 40, 160, 640, 2560])
        }
    }
}
