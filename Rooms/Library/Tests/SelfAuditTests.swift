import Core
import Foundation
import LegalText
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The office's look at itself")
struct SelfAuditTests {
    private static let calendar = WorkCalendar(notices: [
        HolidayNotice(year: 2022, knownFrom: Day(2021, 12, 1), daysOff: [Day(2022, 6, 3): "端午节"], workedWeekends: [:])
    ])

    private static func paper(_ number: String?, _ written: Day? = nil, public published: Day? = nil) -> SelfAudit.Paper {
        SelfAudit.Paper(
            document: number ?? "none",
            title: "文件",
            unit: "office",
            documentNumber: number,
            writtenOn: written,
            publishedOn: published
        )
    }

    @Test("finds the gaps of each series, and what is there and not public")
    func gaps() {
        let day = Day(2022, 5, 30)
        let series = SelfAudit.series(of: [
            Self.paper("国知办发办字〔2022〕2号", public: day), Self.paper("国知办发办字[2022]3号"), Self.paper("国知办发办字〔2022〕7号", public: day),
            Self.paper("国知发规字〔2021〕1号", public: day), Self.paper("没有文号"), Self.paper(nil),
        ])
        #expect(series.map(\.agency) == ["国知办发办字", "国知发规字"])
        #expect(series[0].missing.map { [$0.first, $0.last] } == [[1, 1], [4, 6]])
        #expect(series[0].notPublic == [3])
        #expect(series[0].last == 7)
        #expect(series[1].missing.isEmpty && series[1].notPublic.isEmpty)
    }

    // Twenty working days after 2022-05-26, without 端午节 on 2022-06-03: 2022-06-24.
    @Test(
        "finds what became public later than twenty working days, and what still is not",
        arguments: [
            (Day(2022, 6, 24), Day(2022, 8, 1), false), (Day(2022, 6, 27), Day(2022, 8, 1), true), (nil, Day(2022, 6, 24), false),
            (nil, Day(2022, 6, 25), true),
        ] as [(Day?, Day, Bool)]
    )
    func late(published: Day?, today: Day, isLate: Bool) {
        let late = SelfAudit.late([Self.paper("号", Day(2022, 5, 26), public: published)], on: today, calendar: Self.calendar)
        #expect(late.map(\.due) == (isLate ? [Day(2022, 6, 24)] : []))
    }

    @Test("says where a notice of holidays is missing, and nothing of a document without a day")
    func provisional() {
        let late = SelfAudit.late(
            [Self.paper("甲", Day(2019, 1, 2)), Self.paper("乙")],
            on: Day(2022, 5, 30),
            calendar: Self.calendar
        )
        #expect(late.map(\.isProvisional) == [true])
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("sees the wording of two sources, not their punctuation", arguments: [
        ("第一条 甲。\n第二条 乙丙丁。", "第一条　甲；\n第二条 乙、丙、丁", 0),
        ("第一条 甲。\n第二条 應當登記。", "第一条 甲。\n第二条 应当登记。", 0),
        ("第一条 专利权的期限为十年。\n第二条 应当登记。", "第一条 专利权的期限为二十年。\n第二条 应当登记。", 1),
        ("第一条 应当登记并且公告。", "第一条 应当登记并且公告。\n第二条 本法自公布之日起施行。", 1),
        ("没有条文的通知。", "没有条文的通告。", 1),
        ("", "", 0),
    ])
    func wording(ours: String, theirs: String, count: Int) {
        #expect(SecondSource.differences(ours: ours, theirs: theirs).count == count)
    }

    @Test("shows what differs word by word")
    func words() throws {
        let found = SecondSource.differences(ours: "第一条 专利权的期限为十年，自申请日起计算。", theirs: "第一条 专利权的期限为二十年;自申请日起计算。")
        #expect(found.first?.ours == "第一条")
        #expect(found.first?.runs.map(\.text).joined().contains("二") == true)
        #expect(found.first?.runs.contains { $0.text.contains("申请日") } == false)
    }

    @Test("stands on a page of the desk, and nowhere else", arguments: Engine.available)
    func page(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database, at: "2022-08-01T02:00:00.000Z")
            var old = Gate.fields("第一条 旧规。\n第二条 本办法有效期至2022年6月30日。")
            (old.title, old.documentNumber, old.kind) = ("旧办法", "国知办函办字〔2022〕3号", .normativeDocument)
            old.writtenOn = Day(2022, 5, 26)
            _ = try await gate.release(try await gate.house.documents.add(old, by: gate.lin))
            var new = Gate.fields("第一条 依照《旧办法》和《未公开的通知》（国知办函办字〔2022〕9号）办理。")
            (new.title, new.documentNumber, new.kind) = ("新办法", "国知办函办字〔2022〕5号", .normativeDocument)
            new.writtenOn = Day(2022, 7, 29)
            _ = try await gate.release(try await gate.house.documents.add(new, by: gate.lin))
            try await gate.house.library.rebuild()
            let audit = try await gate.house.library.audit(on: Day(2022, 8, 1), calendar: gate.house.calendar)
            #expect(audit.series.first?.missing.map { [$0.first, $0.last] } == [[1, 2], [4, 4]])
            #expect(audit.late.map(\.title) == ["旧办法"])
            #expect(audit.citedNotPublic.map(\.title) == ["新办法"])
            #expect(audit.citesLapsed.map(\.target) == ["旧办法"])
            #expect(audit.citesLapsed.map(\.status) == [.expired])
            let visitor = Visitor(gate.house)
            #expect(try await visitor.get("/zh/office/norms/audit").status == 303)
            try await visitor.signIn("wang")
            for language in ["zh", "en"] {
                let page = try await visitor.get("/\(language)/office/norms/audit")
                #expect(page.status == 200)
                #expect(page.body.contains("国知办函办字〔2022〕1–5号"))
                #expect(page.body.contains("1–2、4"))
                #expect(page.body.contains("2022-06-24"))
                #expect(!page.body.contains("{{"))
            }
        }
    }
}
