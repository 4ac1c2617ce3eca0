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

@Suite("The audit")
struct AuditTests {
    @Test("says who opened a draft, to the administrator only", arguments: Engine.available)
    func seen(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("chen")
            #expect(try await visitor.get("/zh/office/documents/\(document.key)").status == 200)
            #expect(try await visitor.get("/zh/office/audit").status == 403)
            let admin = try await gate.house.people.actor("admin")
            let lines = try await gate.house.audit.entries(of: "document/\(document.key)", for: admin)
            #expect(lines.map(\.step) == ["see"])
            #expect(lines.map(\.person) == [gate.chen.person])
            let reader = Visitor(gate.house)
            try await reader.signIn("admin")
            let page = try await reader.get("/zh/office/audit?subject=document/\(document.key)")
            #expect(page.body.contains("查看"))
            #expect(page.body.contains(document.key))
        }
    }

    @Test("and the step log are anchored once a day, and no line can be changed behind it", arguments: Engine.available)
    func anchored(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.draft()
            try await gate.house.audit.write(.see, on: "document/x", by: gate.chen)
            _ = try await gate.house.work()
            _ = try await gate.house.work()
            #expect(try await gate.house.log.size() == 1)
            let leaf = try await gate.house.log.leaf(0)
            #expect(leaf.contains("\"kind\":\"anchor\""))
            #expect(leaf.contains("2022-05-29"))
            #expect(try await gate.house.log.verify().faults == [])
            try await database.write { try $0.run("DELETE FROM audit") }
            #expect(
                try await gate.house.log.verify().faults == ["line 1 of the audit is not the one that was anchored on 2022-05-29"]
            )
        }
    }
}

@Suite("A holiday notice that is loaded")
struct CalendarsTests {
    @Test("moves the open terms that it touches, and says which", arguments: Engine.available)
    func moved(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let (lin, admin) = (try await house.people.actor("lin"), try await house.people.actor("admin"))
            let points = KeyPoints.read(
                .read("2022年要点\n一、工作\n（一）报送联络员。请于印发之日起5个工作日内报送联络员名单。（办公室负责）\n"),
                issued: Day(2022, 5, 26),
                calendar: house.calendar,
                units: .reference
            )
            try await house.ledgers.take(points, year: 2022, document: "d", issued: Day(2022, 5, 26), by: lin)
            let before = try await house.ledgers.entries(year: 2022, for: .desk).map(\.task.due)
            #expect(before == [Day(2022, 6, 2)])
            let amended = HolidayNotice(
                year: 2022,
                knownFrom: Day(2022, 5, 27),
                daysOff: [Day(2022, 5, 30): "停工", Day(2022, 6, 3): "端午节"],
                workedWeekends: [:]
            )
            await #expect(throws: Refusal.self) { try await house.calendars.add([amended], by: lin) }
            try await house.calendars.add([amended], by: admin)
            await #expect(throws: Refusal.alreadyDone) { try await house.calendars.add([amended], by: admin) }
            try await house.loadCalendar()
            let moved = try await house.ledgers.derive(with: house.calendar, by: admin)
            #expect(moved.map(\.from) == [Day(2022, 6, 2)])
            #expect(moved.map(\.to) == [Day(2022, 6, 6)])
            #expect(try await house.ledgers.derive(with: house.calendar, by: admin) == [])
        }
    }
}
