import Testing
import WorkCalendar

// The columns are the point.
// swift-format-ignore
private let vectors: [(String, Int, String)] = [
    ("2022-01-24",  5, "2022-01-29"), ("2022-01-24",  7, "2022-02-07"), ("2022-01-24", 20, "2022-02-24"),
    ("2022-04-28",  5, "2022-05-09"), ("2022-04-28", 15, "2022-05-23"), ("2022-04-28", 40, "2022-06-28"),
    ("2022-05-26",  5, "2022-06-02"), ("2022-05-26",  7, "2022-06-07"), ("2022-05-26", 20, "2022-06-24"),
    ("2022-09-30",  5, "2022-10-12"), ("2022-09-30", 20, "2022-11-02"), ("2022-09-30", 40, "2022-11-30"),
    ("2022-12-30", 15, "2023-01-28"), ("2022-12-30", 20, "2023-02-02"), ("2022-12-30", 40, "2023-03-02"),
    ("2024-02-08",  5, "2024-02-21"), ("2024-02-08", 20, "2024-03-13"), ("2024-02-08", 40, "2024-04-11"),
    ("2025-01-26",  5, "2025-02-08"), ("2025-01-26", 15, "2025-02-21"), ("2025-01-26", 20, "2025-02-28"),
    ("2025-09-28",  5, "2025-10-11"), ("2025-09-28", 20, "2025-10-31"), ("2025-09-28", 40, "2025-11-28"),
    ("2026-02-13",  5, "2026-02-27"), ("2026-02-13", 20, "2026-03-19"), ("2026-02-13", 40, "2026-04-17"),
]

@Suite("The working calendar")
struct WorkCalendarTests {
    let calendar: WorkCalendar

    init() throws {
        calendar = WorkCalendar(notices: try HolidayNotice.read(Fixture.text("cn-workdays.csv")))
    }

    @Test("ends a term on the right day, the day of receipt not counted", arguments: vectors)
    func terms(start: String, count: Int, end: String) throws {
        let due = try calendar.due(after: try #require(Day(start)), workingDays: count)
        #expect(due.due == Day(end))
    }

    @Test(
        "counts the working days of each year",
        arguments: [
            (2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248),
            (2026, 248),
        ]
    )
    func years(year: Int, count: Int) {
        #expect(calendar.workingDays(after: Day(year - 1, 12, 31), through: Day(year, 12, 31)) == count)
    }

    @Test("says which days were skipped, and why")
    func reasons() throws {
        let due = try calendar.due(after: Day(2022, 5, 26), workingDays: 5)
        #expect(
            due.skipped.map { "\($0.date) \($0.why.en)" } == ["2022-05-28 weekend", "2022-05-29 weekend"]
        )
        let spring = try calendar.due(after: Day(2022, 1, 29), workingDays: 2)
        #expect(spring.due == Day(2022, 2, 7))
        #expect(spring.skipped.map(\.date) == (31...37).map { Day(2022, 1, $0) })
    }

    @Test("leaves out the days on which the clock stood still")
    func suspension() throws {
        let due = try calendar.due(
            after: Day(2022, 3, 1),
            workingDays: 20,
            excluding: [Day(2022, 3, 11)...Day(2022, 3, 24)]
        )
        #expect(due.due == Day(2022, 4, 13))
    }

    @Test("refuses a term past the last loaded year, and names the missing notice")
    func missing() {
        #expect(throws: WorkCalendar.MissingNotice(year: 2027)) {
            try calendar.due(after: Day(2026, 12, 25), workingDays: 20)
        }
        #expect(calendar.provisionalDue(after: Day(2026, 12, 25), workingDays: 20).isProvisional)
    }

    @Test("knows in 2019 only what had been announced by then")
    func amendedIn2019() throws {
        let first = HolidayNotice(
            year: 2019,
            knownFrom: Day(2018, 12, 6),
            daysOff: [Day(2019, 5, 1): "劳动节"],
            workedWeekends: [:]
        )
        let amended = HolidayNotice(
            year: 2019,
            knownFrom: Day(2019, 3, 22),
            daysOff: [Day(2019, 5, 1): "劳动节", Day(2019, 5, 2): "劳动节", Day(2019, 5, 3): "劳动节"],
            workedWeekends: [Day(2019, 4, 28): "劳动节", Day(2019, 5, 5): "劳动节"]
        )
        let calendar = WorkCalendar(notices: [amended, first])
        let before = try calendar.asKnown(on: Day(2019, 3, 21)).due(after: Day(2019, 4, 26), workingDays: 5)
        let after = try calendar.asKnown(on: Day(2019, 3, 22)).due(after: Day(2019, 4, 26), workingDays: 5)
        #expect(before.due == Day(2019, 5, 6))
        #expect(after.due == Day(2019, 5, 6))
        #expect(try calendar.asKnown(on: Day(2019, 3, 21)).due(after: Day(2019, 4, 30), workingDays: 1).due == Day(2019, 5, 2))
        #expect(try calendar.due(after: Day(2019, 4, 30), workingDays: 1).due == Day(2019, 5, 5))
    }

    @Test("knows from 27 January 2020 that the holiday was prolonged")
    func amendedIn2020() throws {
        let off = { (days: ClosedRange<Int>) in
            Dictionary(uniqueKeysWithValues: days.map { (Day(2020, 1, $0), "春节") }.filter { !$0.0.isWeekend })
        }
        let first = HolidayNotice(
            year: 2020,
            knownFrom: Day(2019, 11, 21),
            daysOff: off(24...30),
            workedWeekends: [Day(2020, 1, 19): "春节", Day(2020, 2, 1): "春节"]
        )
        let amended = HolidayNotice(
            year: 2020,
            knownFrom: Day(2020, 1, 27),
            daysOff: off(24...33),
            workedWeekends: [Day(2020, 1, 19): "春节"]
        )
        let calendar = WorkCalendar(notices: [first, amended])
        #expect(try calendar.asKnown(on: Day(2020, 1, 26)).due(after: Day(2020, 1, 23), workingDays: 1).due == Day(2020, 1, 31))
        #expect(try calendar.due(after: Day(2020, 1, 23), workingDays: 1).due == Day(2020, 2, 3))
    }

    @Test("holds to three rules for every start and length", arguments: 0..<200)
    func properties(seed: Int) throws {
        let start = Day(2018, 1, 1).adding(seed * 14 % 2900)
        let count = 1 + seed % 40
        let due = try calendar.due(after: start, workingDays: count)
        #expect(calendar.isWorked(due.due))
        #expect(calendar.workingDays(after: start, through: due.due) == count)
        #expect(try calendar.due(after: start, workingDays: count + 1).due > due.due)
    }

    @Test(
        "refuses a calendar file with a bad row",
        arguments: ["2022-02-30,1,", "2022-01-01,2,", "2022-01-01", "2022-01-02,0,\n2022-01-01,0,", "2022-01-01,0,元旦"]
    )
    func badFiles(rows: String) {
        #expect(throws: HolidayNotice.Fault.self) { try HolidayNotice.read("date,is_workday,holiday_name\n" + rows) }
    }
}

@Suite("A day")
struct DayTests {
    @Test("reads exactly YYYY-MM-DD", arguments: ["2022-02-30", "2022-13-01", "22-01-01", "2022-1-1", "2022-01-01 ", "", "2023-02-29"])
    func refused(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("writes what it reads, for every day of four centuries")
    func roundTrip() {
        for ordinal in stride(from: Day(1800, 1, 1).ordinal, to: Day(2200, 1, 1).ordinal, by: 3) {
            let day = Day(ordinal: ordinal)
            #expect(Day(day.description) == day)
        }
        #expect(Day(1970, 1, 1).ordinal == 0)
        #expect(Day(2022, 5, 26).weekday == 4)
        #expect(Day(2024, 2, 29).description == "2024-02-29")
    }
}
