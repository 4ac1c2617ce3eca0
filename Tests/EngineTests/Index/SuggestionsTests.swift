import Foundation
import Testing

@testable import Index

@Suite("Who types is helped")
struct SuggestionsTests {
    private static let passages = [
        Passage(
            key: "1",
            title: "中华人民共和国专利法",
            number: "主席令第二十七号",
            head: "第二条",
            text: "发明创造是指发明、实用新型和外观设计。",
            from: 1000,
            facets: ["kind": ["law"]]
        ),
        Passage(
            key: "2",
            title: "专利代理条例",
            number: "国务院令第706号",
            head: "第一条",
            text: "为了规范专利代理行为，保障委托人的合法权益。",
            from: 2000,
            to: 9000
        ),
        Passage(key: "3", title: "关于优化营商环境的意见", number: "国发〔2019〕5号", text: "各地区、各部门应当公开办事指南。", from: 3000),
        Passage(key: "4", title: "专利内部处理办法", number: "国发〔2020〕6号", text: "内部掌握，不予公开的秘密汇编。", visibility: 9),
        Passage(key: "5", title: "Access to Information Act", text: "Every person has a right of access to patents and disclosure."),
    ]

    private func reader(_ folder: Folder) throws -> IndexReader {
        let writer = try IndexWriter(folder.path)
        for passage in Self.passages { try writer.add(passage) }
        try writer.commit()
        return try IndexReader(folder.path)
    }

    @Test(
        "by titles and numbers that hold on the day and may be read",
        arguments: [
            ("专利", 5000, [0], ["专利代理条例", "中华人民共和国专利法"]),
            ("专利", 9000, [0], ["中华人民共和国专利法"]),
            ("专利", 500, [0], []),
            ("专利", 9000, [0, 9], ["专利内部处理办法", "中华人民共和国专利法"]),
            ("專利代", 5000, [0], ["专利代理条例"]),
            ("国发2019年第5号", 5000, [0], ["关于优化营商环境的意见"]),
            ("acc inf", 5000, [0], ["Access to Information Act"]),
            ("秘密", 5000, [0], []),
        ] as [(String, Int, Set<UInt8>, [String])]
    )
    func suggestions(typed: String, day: Int, visible: Set<UInt8>, titles: [String]) throws {
        let folder = try Folder()
        let found = try reader(folder).suggestions(for: Query(typed, at: day, visible: visible))
        #expect(found.map(\.title) == titles)
    }

    @Test("and no more by what was removed")
    func removed() throws {
        let folder = try Folder()
        let reader = try reader(folder)
        let writer = try IndexWriter(folder.path)
        writer.remove("2")
        try writer.commit()
        try reader.refresh()
        #expect(reader.suggestions(for: Query("专利代理")) == [])
        #expect(reader.didYouMean(Query("专力代理")) == nil)
    }

    @Test(
        "by what was meant, if it finds something for this reader",
        arguments: [
            ("专力代理", "专利代理"), ("专利代", nil), ("实用型新", "实用新型"), ("外观的设计", "外观设计"), ("办指南", "办事指南"),
            ("discolsure", "disclosure"), ("acess patents", "access patents"), ("秘蜜汇编", nil), ("龘龘龘", nil), ("zzzzzz", nil),
        ] as [(String, String?)]
    )
    func meant(asked: String, meant: String?) throws {
        let folder = try Folder()
        #expect(try reader(folder).didYouMean(Query(asked)) == meant)
    }

    @Test(
        "by a document number in any spelling",
        arguments: [
            "国发〔2019〕5号", "国发[2019]5号", "国发（2019）5号", "国发【2019】第5号", "国发2019年5号", "国发 2019 5", "国发〔２０１９〕５号", "國發〔2019〕5號",
            "国发〔2019〕05号", "[2019]5", "(2019) 5 号", "〔2019〕 第5号", "2019年第5号", "国发 (2019) 5 号", "国发 〔 2019 〕 5号", "国发2019年第5号",
            "文号:国发〔2019〕5号", "国发〔二〇一九〕5号",
        ]
    )
    func numbers(spelling: String) throws {
        let folder = try Folder()
        #expect(try reader(folder).search(Query(spelling, mode: .all)).hits.map(\.passage.key) == ["3"])
    }

    @Test(
        "by the number of an order in figures or characters",
        arguments: [("国务院令第706号", "2"), ("国务院令706号", "2"), ("国务院令第七百零六号", "2"), ("国务院令第七〇六号", "2"), ("主席令第27号", "1")]
    )
    func orders(spelling: String, key: String) throws {
        let folder = try Folder()
        #expect(try reader(folder).search(Query(spelling, mode: .all)).hits.map(\.passage.key) == [key])
    }

    @Test("by parts of a question when nothing holds all of it")
    func widened() throws {
        let folder = try Folder()
        let answer = try reader(folder).search(Query("专利代理行为应当怎么规范？"))
        #expect(answer.isAny)
        #expect(answer.hits.first?.passage.key == "2")
    }
}

@Suite("An excerpt")
struct ExcerptTests {
    private func marked(_ excerpt: Excerpt) -> String {
        excerpt.pieces.map { $0.isMarked ? "[\($0.text)]" : $0.text }.joined()
    }

    @Test(
        "marks what was asked for",
        arguments: [
            ("公民可以申请专利，也可以放弃專利權。", "专利", "公民可以申请[专利]，也可以放弃[專利]權。"),
            ("依照国发〔2019〕5号，第5条", "国发[2019]5号", "依照[国发〔2019〕5号]，第5条"),
            ("Patents and a patented thing.", "patent", "[Patents] and a [patented] thing."),
            ("Patents and a patent.", "\"patent\"", "Patents and a [patent]."),
            ("一行\n二行", "二", "一行 [二]行"),
            ("没有", "专利", "没有"),
            ("", "专利", ""),
        ]
    )
    func marks(text: String, asked: String, expected: String) {
        #expect(marked(Excerpt(of: text, for: asked)) == expected)
    }

    @Test("of a long text stands around the finds, begins with a sentence and says where it was cut")
    func cuts() {
        let text = String(repeating: "前文很长。", count: 100) + "这里规定专利申请的期限。" + String(repeating: "后文也长。", count: 100)
        let excerpt = marked(Excerpt(of: text, for: "专利 期限", length: 20))
        #expect(excerpt == "…这里规定[专利]申请的[期限]。后文也长。后文也…")
    }

    @Test("of any of the parts marks the parts together")
    func any() {
        #expect(marked(Excerpt(of: "申请专利权的人", for: "专利权怎么申请", isAny: true)) == "[申请专利权]的人")
    }
}
