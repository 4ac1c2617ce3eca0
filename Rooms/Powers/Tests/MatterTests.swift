import Core
import LegalText
import Testing
import WorkCalendar

@Suite("A power or a service guide")
struct MatterTests {
    static func basis(_ kind: Content.Kind = .law, quote: String = "国务院专利行政部门负责管理全国的专利工作。") -> Basis {
        Basis(
            release: "r1",
            title: "中华人民共和国专利法",
            kind: kind,
            versionDay: Day(2020, 10, 17),
            article: "第三条",
            anchor: "art-3",
            quote: quote
        )
    }

    static func power(_ type: PowerType? = .licence, _ bases: [Basis] = [basis()]) -> MatterText {
        var text = MatterText(name: "专利代理机构执业许可", unit: "promotion", type: type, bases: bases)
        for field in MatterField.of(.power) { text[field] = "一" }
        return text
    }

    @Test("has a sound procedure, and tables in the order of their cases")
    func tables() {
        #expect(Matter.lifecycle.flaws == [])
        #expect(PowerType.rules.map(\.type) == PowerType.allCases)
        #expect(PowerType.allCases.count == 10)
        #expect(MatterField.rows.map(\.field) == MatterField.allCases)
        #expect(BasisStanding.rows.map(\.status) == BasisStanding.Status.allCases)
    }

    @Test("is not signed without each element, its type and a basis, and says which article asks for it")
    func missing() throws {
        try Self.power().check(as: .power)
        var text = Self.power(nil, [])
        text[.accountability] = "  "
        let faults = text.missing(as: .power)
        #expect(Set(faults.keys) == ["type", "accountability", "bases"])
        #expect(faults["accountability"]?.zh == "请填写“追责情形”（《政府信息公开条例》第二十条）。")
        #expect(faults["bases"]?.zh.contains("《优化营商环境条例》第三十五条") == true)
        let guide = MatterText(name: "外观设计专利申请", unit: "preliminary", bases: [Self.basis()])
        #expect(Set(guide.missing(as: .guide).keys) == Set(MatterField.of(.guide).map(\.rawValue)))
    }

    @Test(
        "may be established only by the kinds of document that the law names",
        arguments: [
            (PowerType.licence, Content.Kind.law, true), (.licence, .regulation, true), (.licence, .rule, false),
            (.licence, .normativeDocument, false), (.penalty, .rule, true), (.penalty, .normativeDocument, false),
            (.compulsion, .regulation, true), (.compulsion, .rule, false), (.other, .normativeDocument, true),
        ]
    )
    func levels(type: PowerType, kind: Content.Kind, isGood: Bool) throws {
        let text = Self.power(type, [Self.basis(kind)])
        if isGood { return try text.check(as: .power) }
        let refusal = #expect(throws: Refusal.self) { try text.check(as: .power) }
        #expect(refusal?.text.zh.contains(type.rule.level.citation.zh) == true)
    }

    @Test(
        "rests on a text that is in force, and on no other",
        arguments: [
            (BasisStanding.Status.inForce, true, true), (.notYetInForce, false, false), (.amended, false, false), (.expired, false, false),
            (.repealed, false, false), (.unpublished, false, false), (.noEvidence, false, true),
        ]
    )
    func standings(status: BasisStanding.Status, isTaken: Bool, isTakenWhenConfirmed: Bool) throws {
        let standing = BasisStanding(status, Text("证据", "evidence"))
        for (isConfirmed, isGood) in [(false, isTaken), (true, isTakenWhenConfirmed)] {
            if isGood {
                try standing.check("甲办法", for: .penalty, isConfirmed: isConfirmed)
            } else {
                #expect(throws: Refusal.self) { try standing.check("甲办法", for: .penalty, isConfirmed: isConfirmed) }
            }
        }
    }

    @Test("is refused a lapsed basis with the article of its type")
    func refusalArticle() {
        let standing = BasisStanding(.repealed, Text("来源注明“已废止”", "its source says so"))
        for (type, article) in [(PowerType.licence, "《行政许可法》第四条"), (.penalty, "《行政处罚法》第三十八条"), (.compulsion, "《行政强制法》第四条")] {
            let refusal = #expect(throws: Refusal.self) { try standing.check("甲办法", for: type, isConfirmed: true) }
            #expect(refusal?.text.zh == "《甲办法》废止，不得作为依据：来源注明“已废止”（\(article)）。")
        }
    }

    @Test(
        "names its bases as tables write them",
        arguments: [
            ("《专利法》第三条", ["专利法 第三条"]),
            ("《中华人民共和国专利法》（2020-10-17）第四十五条、第四十六条第一款", ["中华人民共和国专利法 第四十五条", "中华人民共和国专利法 第四十六条"]),
            ("1.《专利法》第三条：国务院专利行政部门负责……第九条不算\n2.《专利代理条例》第8条、第九条", ["专利法 第三条", "专利代理条例 第八条", "专利代理条例 第九条"]),
            ("《商标法》第十条之一第二款第（三）项和第十一条", ["商标法 第十条之一", "商标法 第十一条"]),
            ("《商标法》（2019年修正）第六十八条第二款", ["商标法 第六十八条"]),
        ]
    )
    func names(cell: String, expected: [String]) throws {
        #expect(try BasisName.read(cell).map { "\($0.title) \($0.article)" } == expected)
    }

    @Test("names no basis without a title and an article", arguments: ["", "专利法第三条", "《专利法", "《专利法》", "《专利法》有关规定", "无"])
    func noName(cell: String) { #expect(throws: Refusal.self) { try BasisName.read(cell) } }
}

@Suite("A basis beside a newer text")
struct BasisFlagTests {
    private let words = "国务院专利行政部门负责管理全国的专利工作；统一受理和审查专利申请，依法授予专利权。"

    private func fate(_ newer: String) -> [BasisFlag.Kind] {
        let other = OtherText(versionDay: Day(2027, 1, 1), begins: Day(2027, 1, 1), articles: Article.read(newer))
        let standing = BasisStanding(.amended, Text("新文本", "newer"))
        return MatterTests.basis(quote: words).flags(standing, current: other, coming: nil).map(\.kind)
    }

    @Test("is the same where only punctuation and blanks differ")
    func same() { #expect(fate("第三条 国务院专利行政部门，负责管理全国的专利工作;统一受理 和审查专利申请，依法授予专利权。") == [.newer]) }

    @Test("has changed where a word differs")
    func changed() { #expect(fate("第三条 国务院知识产权行政部门负责管理全国的专利工作。") == [.changed]) }

    @Test("has drifted where the same words bear another number")
    func drifted() { #expect(fate("第三条 国家鼓励创新。\n第四条 \(words)") == [.drifted]) }

    @Test("is gone where the newer text has no such article")
    func gone() { #expect(fate("第一条 为了创新。\n第二条 自公布之日起施行。") == [.gone]) }

    @Test("is announced before a newer text takes effect, and stands until then")
    func coming() {
        let other = OtherText(versionDay: Day(2026, 6, 26), begins: Day(2027, 1, 1), articles: Article.read("第三条 另行规定。"))
        let standing = BasisStanding(.inForce, Text("有效", "in force"))
        let flags = MatterTests.basis(quote: words).flags(standing, current: nil, coming: other)
        #expect(flags.map(\.kind) == [.coming])
        #expect(flags.first?.zh == "新文本将自2027-01-01起施行，第三条文字将变")
        #expect(MatterTests.basis().flags(standing, current: nil, coming: nil) == [])
    }
}
