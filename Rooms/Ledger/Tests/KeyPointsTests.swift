import Foundation
import LegalText
import Testing
import WorkCalendar

@testable import Core

@Suite("Key points")
struct KeyPointsTests {
    // Number, lead, units beside it, roles, due. The columns are the point.
    // swift-format-ignore
    static let notice: [(String, String?, [String], [String], String?)] = [
        ("1",  nil,       [],                                  ["drafting"],  nil),
        ("2",  nil,       ["promotion", "training"],           [],            nil),
        ("3",  nil,       ["law", "office"],                   [],            "2022-12-31"),
        ("4",  "office",  ["law", "service", "personnel"],     [],            nil),
        ("5",  nil,       [],                                  ["drafting"],  nil),
        ("6",  "service", ["office", "protection", "promotion", "examination", "preliminary", "review", "automation", "trademark"], [], nil),
        ("7",  nil,       ["office", "law"],                   ["producing"], nil),
        ("8",  nil,       ["office"],                          ["producing"], nil),
        ("9",  nil,       ["service", "office", "automation", "trademark", "publishing"], [], "2022-12-31"),
        ("10", nil,       ["office"],                          ["producing"], nil),
        ("11", "office",  [],                                  ["concerned"], nil),
        ("12", "office",  [],                                  [],            nil),
        ("closing-1", nil, [],                                 ["everyone"],  "2022-06-02"),
        ("closing-2", nil, [],                                 ["everyone"],  "2023-01-05"),
    ]

    @Test(
        "of the office for 2022 are twelve tasks and two duties, in either language",
        arguments: [("2022-key-points.en.txt", DocumentText.Language.en), ("key-points.zh.txt", .zh)]
    )
    func notice(name: String, language: DocumentText.Language) throws {
        let tasks = try Self.read(Self.fixture(name)).tasks
        func called(_ code: String) throws -> String {
            let unit = try #require(UnitNames.reference.all.first { $0.code == code })
            return language == .zh ? unit.zh : unit.en
        }
        #expect(tasks.map(\.number) == Self.notice.map(\.0))
        for (task, row) in zip(tasks, Self.notice) {
            #expect(task.lead == (try row.1.map(called)), "task \(row.0)")
            #expect(task.units == (try row.2.map(called)), "task \(row.0)")
            #expect(task.roles == (try row.3.map(called)), "task \(row.0)")
            #expect(task.due?.description == row.4, "task \(row.0)")
            #expect(task.flags == [], "task \(row.0)")
        }
        #expect(tasks.map(\.kind) == Array(repeating: .task, count: 12) + [.contact, .report])
        #expect(Set(tasks.compactMap(\.heading)).count == 4)
        #expect(tasks[2].heading == tasks[5].heading)
    }

    @Test("keep title, text, parenthesis and time limit as printed")
    func asPrinted() throws {
        let tasks = try Self.read(Self.fixture("2022-key-points.en.txt")).tasks
        #expect(tasks[2].heading == "Improve the quality of policy disclosure")
        #expect(tasks[11].title == "Seriously implement the work")
        #expect(tasks[11].responsibility == "(Office responsible)")
        #expect(tasks[11].text.hasSuffix("made public and subject to social supervision."))
        #expect(
            tasks.map(\.dueText) == [
                "timely", "promptly", "by the end of 2022", nil, "promptly", nil, nil, nil, "Before the end of 2022",
                nil, "promptly", "annual", "within 5 working days from the date of issuance", "before January 5, 2023",
            ]
        )
        #expect(
            tasks[13].text == "submit a summary of the 2022 government affairs disclosure work before January 5, 2023"
        )
    }

    @Test("are written as rows with every key, null where nothing is known")
    func json() throws {
        let points = try Self.read(Self.fixture("2022-key-points.en.txt"))
        let whole = try JSONSerialization.jsonObject(with: JSONEncoder().encode(points)) as? [String: Any]
        let rows = try #require(whole?["tasks"] as? [[String: Any]])
        #expect(rows.count == 14)
        let required: Set = ["number", "heading", "title", "text", "lead", "units", "due", "dueText", "kind"]
        for row in rows { #expect(required.isSubset(of: row.keys)) }
        #expect(rows[0]["lead"] is NSNull)
        #expect(rows[3]["lead"] as? String == "Office")
        #expect(rows[2]["due"] as? String == "2022-12-31")
        #expect(rows[12]["kind"] as? String == "contact")
    }

    @Test("without numbers are counted by us and say so")
    func unnumbered() throws {
        let tasks = try Self.read(
            """
            关于工作要点的通知
            做好信息公开工作，制定本要点。
            加强信息公开。按月更新。（办公室负责）
            加强政策解读。（办公室牵头，条法司按职责分工负责）
            """
        ).tasks
        #expect(tasks.map(\.number) == ["1", "2"])
        #expect(tasks.map(\.flags) == [[.unnumbered], [.unnumbered]])
        #expect(tasks.map(\.lead) == ["办公室", "办公室"])
    }

    @Test("with a number twice and one left out keep all tasks and flag both")
    func oddNumbers() throws {
        let tasks = try Self.read(
            "一、总体\n（一）甲事。（办公室负责）\n（二）乙事。（办公室负责）\n（二）丙事。（条法司负责）\n（五）丁事。（人事司负责）"
        ).tasks
        #expect(tasks.map(\.number) == ["1", "2", "2", "5"])
        #expect(
            tasks.map(\.flags) == [[], [], [.duplicateNumber("2")], [.missingNumber("3"), .missingNumber("4")]]
        )
        #expect(Set(tasks.map(\.anchor)).count == 4)
    }

    @Test("counted anew under each heading are told apart by it")
    func countedAnew() throws {
        let tasks = try Self.read(
            "一、甲\n（一）子事。（办公室负责）\n（二）丑事。（办公室负责）\n二、乙\n（一）寅事。（办公室负责）"
        ).tasks
        #expect(tasks.map(\.number) == ["1.1", "1.2", "2.1"])
        #expect(tasks.allSatisfy { $0.flags.isEmpty })
    }

    @Test("flag a unit that the table does not know, and a task that names none")
    func unknownUnit() throws {
        let tasks = try Self.read(
            """
            1. Work
            (1) Do this. (The Space Department takes the lead, and the Office and the Moon and Mars Office are responsible according to the division of responsibilities)
            (2) Do that.
            """
        ).tasks
        #expect(tasks[0].lead == "Space Department")
        #expect(tasks[0].units == ["Office", "Moon and Mars Office"])
        #expect(tasks[0].flags == [.unknownUnit("Space Department"), .unknownUnit("Moon and Mars Office")])
        #expect(tasks[1].flags == [.noResponsible])
    }

    @Test("with a date that does not exist have no due day and say which")
    func impossibleDate() throws {
        let tasks = try Self.read("一、总体\n（一）甲事，2022年2月30日前完成。（办公室负责）").tasks
        #expect(tasks[0].due == nil)
        #expect(tasks[0].dueText == "2022年2月30日前")
        #expect(tasks[0].flags == [.unreadableDate("2022年2月30日前")])
    }

    @Test("take a responsibility that stands on a line of its own")
    func ownLine() throws {
        let tasks = try Self.read("一、总体\n（一）甲事\n年底前办成甲事。\n（条法司、办公室负责）\n（二）乙事。（办公室负责）").tasks
        #expect(tasks.map(\.number) == ["1", "2"])
        #expect(tasks[0].text == "甲事\n年底前办成甲事。")
        #expect(tasks[0].units == ["条法司", "办公室"])
        #expect(tasks[0].due?.description == "2022-12-31")
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("know a unit by any of its names", arguments: [
        ("the Office", "office"), ("offices", "office"), ("ＯＦＦＩＣＥ", "office"), ("办公室", "office"),
        ("Legal Affairs Department", "law"), ("treaty and law departments", "law"), ("条法司", "law"),
        ("relevant departments and units", "concerned"), ("the policy drafting department", "drafting"),
    ])
    func names(spelled: String, code: String) {
        #expect(UnitNames.reference.named(spelled)?.code == code)
    }

    @Test("give no two units one name")
    func noNameTwice() {
        let names = UnitNames.reference.all.flatMap { unit in
            Set(([unit.zh, unit.en] + unit.aliases).map { UnitNames.folded($0) })
        }
        #expect(Set(names).count == names.count)
    }

    @Test("are read from any text, however damaged, without failing")
    func mutated() throws {
        var state: UInt64 = 11
        func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
        for name in ["2022-key-points.en.txt", "key-points.zh.txt"] {
            let source = Array(try Self.fixture(name).unicodeScalars)
            for _ in 0..<30 {
                var scalars = source
                for _ in 0..<(1 + roll(30)) {
                    let at = roll(scalars.count)
                    switch roll(4) {
                    case 0: scalars[at] = "（().，、\n一1牵"[roll(10)]
                    case 1: scalars.remove(at: at)
                    case 2: scalars.insert("\n", at: at)
                    default: scalars.removeSubrange(at..<min(scalars.count, at + roll(80)))
                    }
                }
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                let tasks = try Self.read(String(text)).tasks
                #expect(tasks.allSatisfy { !$0.number.isEmpty })
            }
        }
    }

    @Test(
        "are read in time proportional to the text",
        .timeLimit(.minutes(2)),
        arguments: ["（办公室负责）", "（一）甲\n", "(1) a and b, and ", "请报送总结，5日内", "字\n", "(", "submit, and "]
    )
    func long(piece: String) throws {
        let text = "一、总体\n（一）甲事。\n" + String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(try !Self.read(text).tasks.isEmpty)
    }

    private static func read(_ text: String) throws -> KeyPoints {
        let calendar = try Self.calendar()
        let issued = try #require(Day("2022-05-26"))
        return KeyPoints.read(DocumentText.read(text), issued: issued, calendar: calendar, units: .reference)
    }

    /// Enough of 2022: the Dragon Boat Festival on 3 June.
    private static func calendar() throws -> WorkCalendar {
        WorkCalendar(notices: try HolidayNotice.read(fixture("cn-workdays.csv")))
    }

    private static func fixture(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "../../../Tests/Fixtures/\(name)"), encoding: .utf8)
    }
}

extension String {
    fileprivate subscript(_ place: Int) -> Unicode.Scalar {
        let scalars = Array(unicodeScalars)
        return scalars[place % scalars.count]
    }

    @Test("read responsibility from labels, from 由…牵头, and a closing duty that begins with 请")
    func labels() {
        let text = """
            2025年政务公开工作要点
            一、重点
            （一）公开名单。年底前公开名单。（牵头单位：办公室；配合单位：条法司、人事司）
            （二）集中公开文件。（责任单位：条法司、办公室）
            （三）做好解读。（由办公室牵头，条法司配合）
            请各部门、各单位于印发之日起5个工作日内报送联络员名单。
            """
        let calendar = WorkCalendar(notices: [HolidayNotice(year: 2025, knownFrom: Day(2024, 11, 12), daysOff: [:], workedWeekends: [:])])
        let tasks = KeyPoints.read(DocumentText.read(text), issued: Day(2025, 3, 1), calendar: calendar, units: .reference).tasks
        #expect(tasks.map(\.number) == ["1", "2", "3", "closing-1"])
        #expect(tasks.map(\.lead) == ["办公室", nil, "办公室", nil])
        #expect(tasks.map(\.units) == [["条法司", "人事司"], ["条法司", "办公室"], ["条法司"], []])
        #expect(tasks[3].roles == ["各部门、各单位"])
        #expect(tasks[3].due == Day(2025, 3, 7))
        #expect(tasks.allSatisfy { $0.flags.isEmpty })
    }
}
