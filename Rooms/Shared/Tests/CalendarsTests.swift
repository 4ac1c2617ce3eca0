import Core
import LegalText
import Records
import Storage
import Synchronization
import TestSupport
import Testing
import Web
import WorkCalendar

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
