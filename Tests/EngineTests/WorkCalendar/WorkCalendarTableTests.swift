import Testing
import WorkCalendar

// The columns are the point.
// swift-format-ignore
private let vectors: [(received: String, due: [String])] = [
    // day of receipt  + 5 working days  + 7           + 15          + 20          + 40
    ("2022-01-24",    ["2022-01-29", "2022-02-07", "2022-02-17", "2022-02-24", "2022-03-24"]),
    ("2022-04-28",    ["2022-05-09", "2022-05-11", "2022-05-23", "2022-05-30", "2022-06-28"]),
    ("2022-05-26",    ["2022-06-02", "2022-06-07", "2022-06-17", "2022-06-24", "2022-07-22"]),
    ("2022-09-30",    ["2022-10-12", "2022-10-14", "2022-10-26", "2022-11-02", "2022-11-30"]),
    ("2022-12-30",    ["2023-01-09", "2023-01-11", "2023-01-28", "2023-02-02", "2023-03-02"]),
    ("2024-02-08",    ["2024-02-21", "2024-02-23", "2024-03-06", "2024-03-13", "2024-04-11"]),
    ("2025-01-26",    ["2025-02-08", "2025-02-11", "2025-02-21", "2025-02-28", "2025-03-28"]),
    ("2025-09-28",    ["2025-10-11", "2025-10-14", "2025-10-24", "2025-10-31", "2025-11-28"]),
    ("2026-02-13",    ["2026-02-27", "2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"]),
]

@Suite("The working calendar, at its edges")
struct WorkCalendarEdgeTests {
    private func calendar(_ file: String) throws -> WorkCalendar {
        WorkCalendar(notices: try HolidayNotice.read(file))
    }

    private func loaded() throws -> WorkCalendar { try calendar(Fixture.text("cn-workdays.csv")) }

    @Test("ends terms of 5, 7, 15, 20 and 40 working days as reckoned by hand", arguments: vectors)
    func everyVector(received: String, due: [String]) throws {
        let calendar = try loaded()
        let start = try #require(Day(received))
        let found = try [5, 7, 15, 20, 40].map { try calendar.due(after: start, workingDays: $0).due.description }
        #expect(found == due)
    }

    @Test("reads the same notices from a file with Windows line ends and a byte order mark")
    func windowsFile() throws {
        let file = try Fixture.text("cn-workdays.csv")
        let windows = "\u{feff}" + file.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
        #expect(try HolidayNotice.read(windows) == HolidayNotice.read(file))
        #expect(try HolidayNotice.read(file).map(\.year) == Array(2018...2026))
    }

    @Test(
        "refuses a file without a day in it, or without its first line",
        arguments: [
            "", "date,is_workday,holiday_name\n", "nothing of the kind", "2022-01-01,0,元旦\n",
        ]
    )
    func emptyFiles(file: String) {
        #expect(throws: HolidayNotice.Fault.self) { try HolidayNotice.read(file) }
    }

    @Test("names the line on which a file is wrong")
    func lineOfFault() {
        let file = "date,is_workday,holiday_name\r\n2022-01-01,0,元旦\r\n2022-01-02,maybe,\r\n"
        #expect { try HolidayNotice.read(file) } throws: { ($0 as? HolidayNotice.Fault)?.line == 3 }
    }

    @Test("refuses a weekday off or a weekend worked for no holiday", arguments: ["2022-01-04", "2022-01-29"])
    func namelessDay(date: String) throws {
        let file = try Fixture.text("cn-workdays.csv").split(separator: "\n")
        let worked = try #require(Day(date)).isWeekend ? "1" : "0"
        let nameless = file.map { $0.hasPrefix(date) ? "\(date),\(worked)," : String($0) }.joined(separator: "\n")
        #expect(throws: HolidayNotice.Fault.self) { try HolidayNotice.read(nameless) }
    }

    @Test("says of each skipped day whether it was a weekend or which holiday it was")
    func reasons() throws {
        let due = try loaded().due(after: Day(2022, 4, 28), workingDays: 2)
        #expect(due.due == Day(2022, 5, 5))
        // The columns are the point.
        // swift-format-ignore
        #expect(due.skipped.map { "\($0.date) \($0.why.zh)" } == [
            "2022-04-30 周休息日", "2022-05-01 周休息日", "2022-05-02 劳动节放假", "2022-05-03 劳动节放假",
            "2022-05-04 劳动节放假",
        ])
    }

    @Test("counts no make-up weekend where the office does not count them")
    func withoutMakeupDays() throws {
        let notices = try HolidayNotice.read(Fixture.text("cn-workdays.csv"))
        let calendar = WorkCalendar(notices: notices, countsMakeupDays: false)
        #expect(try calendar.due(after: Day(2022, 1, 24), workingDays: 5).due == Day(2022, 2, 7))
    }

    @Test("moves a term of no days to the first working day, as the Civil Code, art. 203, does")
    func noDays() throws {
        #expect(try loaded().due(after: Day(2022, 10, 1), workingDays: 0).due == Day(2022, 10, 8))
        #expect(try loaded().due(after: Day(2022, 5, 26), workingDays: 0).due == Day(2022, 5, 26))
    }

    @Test("needs the notices of the days it counts, and not that of the day of receipt")
    func receivedBeforeTheFirstYear() throws {
        #expect(try loaded().due(after: Day(2017, 12, 31), workingDays: 1).due == Day(2018, 1, 2))
    }

    @Test("refuses an absurd term at once, whatever a document says", .timeLimit(.minutes(1)))
    func absurdTerm() throws {
        let calendar = try loaded()
        #expect(throws: WorkCalendar.MissingNotice(year: 2027)) {
            try calendar.due(after: Day(2022, 5, 26), workingDays: 9_999_999_999)
        }
    }
}
