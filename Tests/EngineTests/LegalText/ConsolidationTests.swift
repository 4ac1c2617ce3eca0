import LegalText
import Testing

@Suite("An amending decision applied to a text")
struct ConsolidationTests {
    static let base = """
        第一章 总则
        第一条 为了节约用水，制定本办法。
        第二条 单位应当节水。
        个人应当节水。
        第三条 有下列行为之一的，处罚款：
        （一）漏水；
        （二）偷水。
        第二章 附则
        第四条 由水务局解释。
        第五条 本办法自公布之日起施行。
        """

    private func text(_ decision: String) -> String { Consolidation(base: Self.base, decision: decision).text }

    @Test("replaces an article, a paragraph, an item, and words in them")
    func replaces() {
        #expect(text("一、将第一条修改为：“为了保护水源，制定本办法。”").contains("第一条　为了保护水源，制定本办法。\n第二条"))
        #expect(text("一、将第二条第二款修改为：“居民应当节水。”").contains("单位应当节水。\n居民应当节水。"))
        #expect(text("一、第三条第二项修改为：“（二）盗用水；”").contains("（一）漏水；\n（二）盗用水；"))
        #expect(text("一、将第四条中的“水务局”修改为“水利局”。").contains("由水利局解释"))
        #expect(text("一、在第二条第一款中的“单位”后增加“和个体工商户”。").contains("单位和个体工商户应当节水"))
        #expect(text("一、删去第三条中的“，处罚款”。").contains("有下列行为之一的："))
    }

    @Test("inserts articles and paragraphs, and puts the articles in order")
    func inserts() {
        let consolidation = Consolidation(
            base: Self.base,
            decision: """
                一、增加一条，作为第二条：“水资源属于国家所有。”
                二、将第二条改为第三条，增加一款，作为第三款：“鼓励再生水。”
                三、删去第四条。
                条文顺序作相应调整。
                """
        )
        let law = LawText.read(consolidation.text)
        #expect(law.articles.map { law.number(of: $0) } == ["第一条", "第二条", "第三条", "第四条", "第五条"])
        #expect(law.words(of: law.articles[1]) == "水资源属于国家所有。")
        #expect(law.words(of: law.articles[2]) == "单位应当节水。\n个人应当节水。\n鼓励再生水。")
        #expect(law.words(of: law.articles[4]) == "本办法自公布之日起施行。")
        #expect(consolidation.outcomes.allSatisfy { $0.isApplied })
    }

    @Test("gives an article between two its own suffix, and moves no number")
    func suffix() {
        let law = LawText.read(text("一、在第二条后增加一条，作为第二条之一：“学校应当宣传节水。”"))
        #expect(law.articles.map { law.number(of: $0) } == ["第一条", "第二条", "第二条之一", "第三条", "第四条", "第五条"])
    }

    @Test("merges articles into one")
    func merges() {
        let law = LawText.read(text("一、将第二条和第三条合并，作为第二条，修改为：“人人节水。”\n条文顺序作相应调整。"))
        #expect(law.words(of: law.articles[1]) == "人人节水。")
        #expect(law.articles.count == 4)
    }

    @Test(
        "shows what can not be applied, and leaves the text as it was",
        arguments: [
            ("一、将第九条修改为：“略。”", "the text has no 第九条"),
            ("一、将第二条第五款修改为：“略。”", "the text has no 第二条第五款"),
            ("一、将第四条中的“环保局”修改为“环境局”。", "the words “环保局” do not stand there"),
            ("一、增加一章，作为第三章：“监督。”", "a chapter or section is not inserted"),
        ]
    )
    func notApplied(decision: String, reason: String) {
        let consolidation = Consolidation(base: Self.base, decision: decision)
        #expect(consolidation.outcomes.map(\.isApplied) == [false])
        #expect(consolidation.outcomes.first?.reason == reason)
        #expect(consolidation.text.filter { !$0.isWhitespace } == Self.base.filter { !$0.isWhitespace })
    }

    @Test("says where the numbers that the decision names do not come out")
    func numbers() {
        let consolidation = Consolidation(base: Self.base, decision: "一、将第二条改为第四条。\n条文顺序作相应调整。")
        #expect(consolidation.outcomes.contains { !$0.isApplied && $0.reason?.contains("do not come out") == true })
    }

    @Test("shows where an article is still named by the number it had")
    func crossReferences() {
        let base = "第一条 总则。\n第二条 不按照本办法第一条、第三条取水的，处罚款。\n第三条 取水应当申请。"
        let found = Consolidation(base: base, decision: "一、增加一条，作为第二条：“水归国家。”\n条文顺序作相应调整。").crossReferences
        #expect(found.map(\.article) == ["第三条"])
        #expect(found.map(\.was) == ["第三条"])
        #expect(found.map(\.now) == ["第四条"])
    }
}
