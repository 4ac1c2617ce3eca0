import LegalText
import Testing
import WorkCalendar

@Suite("A deadline in a text")
struct DeadlineTests {
    static func day(_ text: String) throws -> Deadline.Meaning { .day(try #require(Day(text))) }

    // The columns are the point.
    // swift-format-ignore
    @Test("is a day, whichever way it is written", arguments: [
        ("will be completed by the end of 2022.",         "by the end of 2022",          "2022-12-31"),
        ("Before the end of 2022, the website must",      "Before the end of 2022",      "2022-12-31"),
        ("by the end of the year",                        "by the end of the year",      "2022-12-31"),
        ("by the end of February 2024,",                  "by the end of February 2024", "2024-02-29"),
        ("submit it before January 5, 2023.",             "before January 5, 2023",      "2023-01-05"),
        ("no later than 5 January 2023",                  "no later than 5 January 2023", "2023-01-05"),
        ("in the first half of 2023",                     "first half of 2023",          "2023-06-30"),
        ("动态更新，2022年底前完成。",                    "2022年底前",                  "2022-12-31"),
        ("年底前完成",                                    "年底前",                      "2022-12-31"),
        ("明年底前完成",                                  "明年底前",                    "2023-12-31"),
        ("并于2023年1月5日前报送",                        "2023年1月5日前",              "2023-01-05"),
        ("二〇二三年一月五日之前",                        "二〇二三年一月五日之前",      "2023-01-05"),
        ("9月30日前",                                     "9月30日前",                   "2022-09-30"),
        ("2024年2月底前",                                 "2024年2月底前",               "2024-02-29"),
        ("上半年完成",                                    "上半年",                      "2022-06-30"),
        ("第三季度末前",                                  "第三季度末前",                "2022-09-30"),
    ])
    func days(text: String, printed: String, day: String) throws {
        let found = Deadline.find(in: text, year: 2022)
        #expect(found.map(\.printed) == [printed])
        #expect(found.map(\.meaning) == [try Self.day(day)])
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("is a term that runs from an event", arguments: [
        ("within 5 working days from the date of issuance of this", 5, Deadline.Measure.workingDays, Deadline.Start.issue),
        ("within five business days after receipt",                 5, .workingDays, .receipt),
        ("within 30 days",                                         30, .days,        .unstated),
        ("请自印发之日起5个工作日内报送",                           5, .workingDays, .issue),
        ("自本要点印发之日起十五个工作日内",                       15, .workingDays, .issue),
        ("自收到申请之日起20个工作日内予以答复",                   20, .workingDays, .receipt),
        ("自公布之日起30日内",                                     30, .days,        .issue),
        ("应当在30日内答复",                                       30, .days,        .unstated),
        ("自发布之日起３个月内",                                    3, .months,      .issue),
    ])
    func terms(text: String, count: Int, measure: Deadline.Measure, start: Deadline.Start) {
        #expect(Deadline.find(in: text, year: 2022).map(\.meaning) == [.term(count, measure, from: start)])
    }

    @Test("stays a word where the text sets no day")
    func words() {
        let found = Deadline.find(in: "每年公布一次，及时更新。The annual report must be timely.", year: 2022)
        #expect(found.map(\.printed) == ["每年", "及时", "annual", "timely"])
        #expect(found.map(\.meaning) == [.word(.yearly), .word(.promptly), .word(.yearly), .word(.promptly)])
    }

    @Test(
        "is not guessed where the calendar has no such day",
        arguments: [
            "before February 30, 2023", "2023年2月30日前", "2023年2月29日前", "13月5日前", "2022年13月底前", "by April 31, 2023",
        ]
    )
    func unreadable(text: String) {
        #expect(Deadline.find(in: text, year: 2022).map(\.meaning) == [.unreadable])
        #expect(Deadline.find(in: text, year: 2022).map(\.printed) == [text])
    }

    @Test(
        "is not seen in words that set none",
        arguments: ["自2022年7月1日起施行", "2022年政务公开工作", "以前的规定", "He stood by the door", "第30日报", "mayby 5"]
    )
    func none(text: String) {
        #expect(Deadline.find(in: text, year: 2022) == [])
    }

    @Test("in working days from issue passes over the Dragon Boat holiday")
    func workingDays() throws {
        let calendar = try LegalTextCalendar.of2022()
        let issued = try #require(Day("2022-05-26"))
        let term = try #require(Deadline.find(in: "within 5 working days from the date of issuance", year: 2022).first)
        #expect(try term.due(issued: issued, calendar: calendar)?.description == "2022-06-02")
        let longer = try #require(Deadline.find(in: "自印发之日起6个工作日内", year: 2022).first)
        #expect(try longer.due(issued: issued, calendar: calendar)?.description == "2022-06-06")
        let month = try #require(Deadline.find(in: "自印发之日起1个月内", year: 2022).first)
        #expect(try month.due(issued: try #require(Day("2022-01-31")), calendar: calendar)?.description == "2022-02-28")
    }
}
