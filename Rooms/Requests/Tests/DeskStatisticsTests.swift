import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("Statistics of the desk")
struct DeskStatisticsTests {
    private static let calendar = WorkCalendar(notices: [
        HolidayNotice(year: 2022, knownFrom: Day(2021, 12, 1), daysOff: [Day(2022, 6, 3): "端午节"], workedWeekends: [:])
    ])

    @Test(
        "cut time into steps that begin where people expect",
        arguments: [
            (.day, "2022-06-02"), (.week, "2022-05-30"), (.month, "2022-06-01"), (.quarter, "2022-04-01"), (.year, "2022-01-01"),
        ] as [(DeskStatistics.Step, String)]
    )
    func steps(step: DeskStatistics.Step, start: String) {
        #expect(step.start(of: Day(2022, 6, 2)).description == start)
    }

    @Test("count by step, channel, outcome and unit, with the median of working days")
    func counts() throws {
        func closing(
            _ day: Int,
            _ month: Int,
            _ closed: Int,
            _ outcome: Outcome,
            late: Bool = false,
            count: Int = 1
        ) -> DeskStatistics.Closing {
            .init(
                arrived: Day(2022, 5, day),
                closedOn: Day(2022, month, closed),
                outcome: outcome,
                unit: outcome == .partial ? "a" : "b",
                isAnswered: outcome != .other,
                isLate: late,
                count: count
            )
        }
        let all = try DeskStatistics(
            .month,
            from: Day(2022, 5, 10),
            through: Day(2022, 6, 30),
            arrivals: [
                .init(arrived: Day(2022, 5, 9), channel: .web, count: 100), .init(arrived: Day(2022, 5, 10), channel: .web, count: 3),
                .init(arrived: Day(2022, 6, 1), channel: .post, count: 2),
            ],
            closings: [
                // Four, five, and five working days: the third of June is a holiday.
                closing(10, 5, 16, .disclosed), closing(10, 5, 17, .partial, late: true), closing(30, 6, 7, .disclosed),
                closing(30, 6, 8, .processInfo), closing(30, 6, 8, .other, count: 4),
            ],
            calendar: Self.calendar
        )
        #expect(all.buckets.map(\.from) == [Day(2022, 5, 1), Day(2022, 6, 1)])
        #expect(all.buckets.map(\.received) == [3, 2])
        #expect(all.buckets.map(\.answered) == [2, 2])
        #expect(all.buckets.map(\.otherwise) == [0, 4])
        #expect(all.buckets.map(\.late) == [1, 0])
        #expect(all.buckets.map(\.median) == [4.5, 5.5])
        #expect(all.total.median == 5)
        #expect(all.channels.map(\.name) == ["post", "web"])
        #expect(all.channels.map(\.count) == [2, 3])
        #expect(all.units.map(\.unit) == ["a", "b"])
        #expect(all.units.map(\.answered) == [1, 3])
        #expect(all.csv.contains("2022-05-01,3,2,0,1,4.5\n"))
    }

    @Test("refuse a span turned round, and one with too many steps")
    func spans() {
        #expect(throws: Refusal.self) { try DeskStatistics.check(.day, from: Day(2022, 2, 1), through: Day(2022, 1, 1)) }
        #expect(throws: Refusal.self) { try DeskStatistics.check(.day, from: Day(2020, 1, 1), through: Day(2022, 1, 1)) }
        #expect(throws: Never.self) { try DeskStatistics.check(.week, from: Day(2020, 1, 1), through: Day(2022, 1, 1)) }
    }

    @Test("stand on a page and in a file, a unit's people seeing their own", arguments: Engine.available)
    func pages(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            for _ in 1...3 {
                let number = try await desk.filed()
                try await desk.take(.answerAtOnce, number, by: desk.head) { ($0.outcome, $0.body) = (.disclosed, "见附件。") }
            }
            _ = try await desk.filed()
            let all = try await desk.house.requests.statistics(
                .year,
                from: Day(2022, 1, 1),
                through: Day(2022, 12, 31),
                unit: nil,
                calendar: desk.house.calendar
            )
            #expect(all.buckets.map(\.received) == [4])
            #expect(all.buckets.map(\.answered) == [3])
            #expect(all.buckets.map(\.median) == [0])
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let page = try await visitor.get("/zh/office/statistics?by=week&from=2022-05-01&to=2022-05-31").body
            #expect(page.contains("2022-05-30：收到4，答复3"))
            let turned = try await visitor.get("/en/office/statistics?by=day&from=2022-05-31&to=2022-05-01")
            #expect(turned.status == 422)
            #expect(turned.body.contains("The end lies before the beginning."))
            let file = try await visitor.get("/zh/office/statistics.csv?by=month").body
            #expect(file.contains("2022-05-01,4,3,0,0,0.0"))
            let lin = Visitor(desk.house)
            try await lin.signIn("lin")
            #expect(try await lin.get("/zh/office/statistics.csv?by=month&unit=").body.contains("2022-05-01,0,0,0,0,"))
        }
    }
}
