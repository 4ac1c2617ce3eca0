import Core
import Testing

@Suite("A quotation")
struct QuotationTests {
    private static let article = "第四十二条　发明专利权的期限为二十年，实用新型专利权的期限为十年，外观设计专利权的期限为十五年，均自申请日起计算。"

    private static func quotation(_ text: String) throws -> Quotation { try #require(Quotation(text)) }

    private static func pieces(_ texts: [String]) -> [Quotation.Piece] { texts.map { Quotation.Piece($0) } }

    // The columns are the point.
    // swift-format-ignore
    @Test("stands word for word whatever the punctuation, the width or the script", arguments: [
        ("外观设计专利权的期限为十五年",             "外观设计专利权的期限为十五年",     true),
        ("外观设计专利权的期限为十五年，",           "外观设计专利权的期限为十五年",     true),
        ("外观设计专利权的期限为十五年 均自申请日起计算", "外观设计专利权的期限为十五年，均自申请日起计算", false),
        ("第四十二条 发明专利权的期限",              "第四十二条　发明专利权的期限",     false),
        ("外觀設計專利權的期限",                     "外观设计专利权的期限",             false),
        ("期限为\n二十年",                           "期限为二十年",                     false),
    ])
    func stands(quoted: String, printed: String, isExact: Bool) throws {
        let place = try #require(try Self.quotation(quoted).place(in: Self.pieces([Self.article])))
        #expect(place.pieces == 0...0)
        #expect(place.printed == printed)
        #expect(place.isExact == isExact)
    }

    @Test(
        "does not stand where a word, a figure or an order differs",
        arguments: [
            ("外观设计专利权的期限为十年", "外观设计专利权的期限为十五年。"), ("应当在5日内答复", "应当在15日内答复"), ("在15日内答", "在1日内答5日"),
            ("is nothing", "this nothing"), ("the act is now here", "the act is nowhere"), ("期限二十年为", "期限为二十年"),
        ]
    )
    func differs(quoted: String, text: String) throws {
        #expect(try Self.quotation(quoted).place(in: Self.pieces([text])) == nil)
    }

    @Test("may go over the boundary of articles")
    func over() throws {
        let pieces = Self.pieces(["第一条 甲应当登记。", "第二条 乙应当公告。", "第三条 丙。"])
        let place = try #require(try Self.quotation("应当登记。第二条 乙应当公告").place(in: pieces))
        #expect(place.pieces == 0...1)
        #expect(try Self.quotation("公告。第三条 丙").place(in: pieces)?.pieces == 1...2)
    }

    @Test("of fewer than four characters is none", arguments: ["", "。，！", "专利权", "a b", "\u{0}"])
    func tooShort(text: String) {
        #expect(Quotation(text) == nil)
    }

    @Test("that is wrong is set beside the nearest sentence")
    func nearest() throws {
        let pieces = Self.pieces(["第一条 为了保护专利权人的合法权益，制定本法。", "第二条 发明创造是指发明。外观设计专利权的期限为十五年。其他。"])
        let near = try #require(try Self.quotation("外观设计专利权的期限为十年").nearest(in: pieces))
        #expect(near.piece == 1)
        #expect(near.text == "外观设计专利权的期限为十五年。")
        #expect(near.likeness > 0.8 && near.likeness < 1)
        #expect(try Self.quotation("海上航行通告由主管机关发布").nearest(in: pieces) == nil)
    }
}
