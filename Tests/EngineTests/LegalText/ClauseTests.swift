import LegalText
import Testing
import WorkCalendar

@Suite("A clause on the force of a law")
struct ClauseTests {
    private func clauses(_ text: String, title: String? = nil) -> [Clause] {
        LawReading.read(text, title: title).clauses
    }

    @Test(
        "repeals the titles it names and no other",
        arguments: [
            (
                "第二十八条 本条例自2022年3月1日起施行。《中华人民共和国公司登记管理条例》、《企业法人法定代表人登记管理规定》同时废止。",
                ["中华人民共和国公司登记管理条例", "企业法人法定代表人登记管理规定"]
            ),
            ("第一条 废止《北京市信息化促进条例》（2007年9月14日通过）。", ["北京市信息化促进条例"]),
            ("第三条 根据《中华人民共和国立法法》，《某市供水办法》同时废止。", ["某市供水办法"]),
            (
                "第三条 2006年1月26日海关总署令第145号公布、根据2014年3月13日海关总署令第218号修改的《海关听证办法》同时废止。",
                ["海关听证办法"]
            ),
            ("第三条 根据1997年《关于修改〈统计条例〉的决定》第一次修正的《统计条例》同时废止。", ["统计条例"]),
            ("第三条 制定机关应当及时修改或者废止《某市供水办法》。", []),
            ("第三条 伪造、变造、失效的《采矿许可证》无效。", []),
            ("第三条 《采矿许可证》有效期满的，《采矿许可证》自行废止。", []),
        ]
    )
    func repealsWhole(text: String, titles: [String]) {
        #expect(clauses(text).filter { $0.kind == .repeal }.compactMap(\.target?.title) == titles)
    }

    @Test("keeps the number of the order, its day and who issued it with the title")
    func orderNumber() throws {
        let text = "第五十二条 2006年1月27日以交通部令2006年第3号发布的《农村公路建设管理办法》同时废止。"
        let clause = try #require(clauses(text).first)
        #expect(clauses(text).count == 1)
        #expect(clause.target?.title == "农村公路建设管理办法")
        #expect(clause.target?.documentNumber == "交通部令2006年第3号")
        #expect(clause.target?.dated == Day("2006-01-27"))
    }

    @Test("repeals articles alone where it names articles or a subject")
    func repealsPartly() throws {
        let byArticle = try #require(clauses("第九条 《某办法》第三条、第五条同时废止。").first)
        #expect(byArticle.kind == .repealPartly)
        #expect(byArticle.references.compactMap(\.article?.printed) == ["第三条", "第五条"])
        let bySubject = try #require(clauses("第九条 国务院发布的《反倾销和反补贴条例》中关于反倾销的规定同时废止。").first)
        #expect(bySubject.kind == .repealPartly)
        #expect(bySubject.references.isEmpty)
    }

    @Test("may say that the text itself was repealed by another")
    func reversed() throws {
        let clause = try #require(clauses("本办法已由《供水条例》废止。", title: "供水办法").first)
        #expect(clause.kind == .repealedBy)
        #expect(clause.target?.title == "供水条例")
        let partly = try #require(clauses("（该章已于2003年7月8日由《种质资源管理办法》废止。", title: "种子办法").first)
        #expect(partly.kind == .repealedPartlyBy)
    }

    @Test("repeals the older text of its own title, not itself")
    func ownOlderText() throws {
        let text = "第十条 本办法自2020年5月1日起施行。2001年2月26日发布的《消毒管理办法》同时废止。"
        let clause = try #require(clauses(text, title: "消毒管理办法").first { $0.kind != .commence })
        #expect(clause.kind == .repealOlder)
        #expect(clause.target?.dated == Day("2001-02-26"))
    }

    @Test("repeals a list under a colon, with 《》 or without")
    func lists() {
        let plain = """
            现对以下规范性文件宣布失效：
            1.大学生创业基金管理办法（试行）
            发文单位：市科委
            文号：沪科合〔2005〕第11号
            2.关于进一步加大创业扶持力度的试行意见
            特此通知。
            """
        let found = clauses(plain)
        #expect(found.compactMap(\.target?.title) == ["大学生创业基金管理办法（试行）", "关于进一步加大创业扶持力度的试行意见"])
        #expect(found.first?.target?.documentNumber == "沪科合〔2005〕11号")
        let titled = "下列规章予以废止：\n一、《船闸管理办法》\n二、《港口统计规则》\n本决定自公布之日起施行。"
        #expect(clauses(titled).filter { $0.kind == .repeal }.compactMap(\.target?.title) == ["船闸管理办法", "港口统计规则"])
    }

    @Test(
        "says when the text commences",
        arguments: [
            ("第九条 本办法自2020年1月1日起施行。", Clause.Effective.day(Day(2020, 1, 1))),
            ("第九条 本办法自二〇二〇年一月一日起施行。", .day(Day(2020, 1, 1))),
            ("第九条 本办法自公布之日起施行。", .onPromulgation),
            ("第九条 本办法自发布之日起三十日后施行。", .afterPromulgation(.days(30))),
            ("第九条 本办法自公布之日起六个月后施行。", .afterPromulgation(.months(6))),
        ]
    )
    func commences(text: String, effective: Clause.Effective) throws {
        let clause = try #require(clauses(text).first)
        #expect(clause.kind == .commence)
        #expect(clause.effective == effective)
    }

    @Test("does not take another text's commencement for its own")
    func othersCommencement() {
        #expect(clauses("第一条 自《专利法》自1985年4月1日起施行以来，成绩显著。", title: "通知").filter { $0.kind == .commence }.isEmpty)
    }

    @Test(
        "says when the text expires",
        arguments: [
            ("第九条 本办法自2018年6月1日起施行，有效期至2023年5月31日。", Clause.Effective.day(Day(2023, 6, 1)), nil),
            ("第九条 本办法自2018年6月1日起施行，有效期五年。", .withText, Clause.Span.years(5)),
            ("第九条 本办法自印发之日起试行一年。", .withText, .years(1)),
            ("第九条 本规定有效期为3年。", .withText, .years(3)),
            ("第九条 本办法自2018年1月1日起施行，至2020年12月31日止。", .day(Day(2021, 1, 1)), nil),
            ("第九条 本通知有效期自2018年1月1日至2020年12月31日。", .day(Day(2021, 1, 1)), nil),
            ("第九条 本办法执行至2020年12月31日，到期自动失效。", .withText, nil),
        ]
    )
    func expires(text: String, effective: Clause.Effective, term: Clause.Span?) {
        let clause = clauses(text).first { $0.kind == .expire }
        if text.contains("到期") { return #expect(clause == nil) }
        #expect(clause?.effective == effective)
        #expect(clause?.term == term)
    }

    @Test("takes no term of a licence for its own")
    func licenceTerm() {
        #expect(clauses("第二十条 卫生许可证由卫生部门按照本办法第十六条发放，有效期四年，每年复核一次。").isEmpty)
    }

    @Test("changes the laws that a deciding text names")
    func amends() {
        let text = "会议决定对《中华人民共和国环境保护税法》作如下修改：\n增加一条，作为第二十七条。"
        let found = clauses(text, title: "全国人民代表大会常务委员会关于修改《中华人民共和国环境保护税法》的决定")
        #expect(found.filter { $0.kind == .amend }.compactMap(\.target?.title) == ["中华人民共和国环境保护税法"])
        #expect(clauses("一、将第三百条修改为：略", title: "中华人民共和国刑法修正案（九）").compactMap(\.target?.title) == ["中华人民共和国刑法"])
    }

    @Test("sets other texts aside where they disagree")
    func overrides() {
        #expect(clauses("第九条 以前的规定与本办法不一致的，以本办法为准。").map(\.kind) == [.override])
    }
}
