import Core
import Testing

@Suite("A recipient's watermark")
struct WatermarkTests {
    static let zhang = Watermark(code: 0x9E37_79B9_7F4A_7C15)
    static let li = Watermark(code: 0xD1B5_4A32_D192_ED03)
    static let article = "第一条 为了保护专利权人的合法权益，鼓励发明创造，推动发明创造的应用，提高创新能力，促进科学技术进步和经济社会发展，制定本法。本法所称的发明创造是指发明、实用新型和外观设计。"

    @Test("is not seen: without its signs the text is the same, and no line can break at them")
    func unseen() {
        let marked = Self.zhang.marked(Self.article)
        #expect(Watermark.cleaned(marked) == Self.article)
        #expect(marked.unicodeScalars.count == Self.article.unicodeScalars.count + 78)
        #expect(Self.zhang.marked("第12条 ok!") == "第\u{200D}12\u{200C}条\u{200C} ok\u{200D}!")
    }

    @Test("tells whose copy it was, from the whole and from an excerpt")
    func told() {
        let copy = Self.zhang.marked(Self.article)
        #expect(MarkedText(copy).agreement(with: Self.zhang) == 47)
        #expect(MarkedText(copy).agreement(with: Self.li) == 0)
        let excerpt = String(String.UnicodeScalarView(copy.unicodeScalars.dropFirst(31).prefix(80)))
        #expect(MarkedText(excerpt).agreement(with: Self.zhang) >= MarkedText.enough)
        #expect(MarkedText(excerpt).agreement(with: Self.li) == 0)
    }

    @Test("survives that a sentence was cut out, and shows both where two copies were mixed")
    func edited() {
        let long = Self.article + Self.article
        let copy = Self.zhang.marked(long)
        let cut = copy.replacing(Self.zhang.marked("鼓励发明创造"), with: "")
        #expect(MarkedText(cut).agreement(with: Self.zhang) >= MarkedText.enough)
        let mixed = MarkedText(Self.zhang.marked(Self.article) + Self.li.marked(Self.article))
        #expect(mixed.agreement(with: Self.zhang) >= 47)
        #expect(mixed.agreement(with: Self.li) >= 47)
    }

    @Test("goes round: a long text bears every run of it")
    func round() {
        let long = String(repeating: Self.article, count: 3)
        #expect(MarkedText(Self.li.marked(long)).agreement(with: Self.li) == 64)
    }

    @Test("marks of HTML only what is read")
    func html() {
        let html = "<p id=\"a1\"><a class=\"place\" href=\"#a1\">第一条</a>甲&amp;乙</p>"
        let marked = Self.zhang.marked(html, isHTML: true)
        #expect(Watermark.cleaned(marked) == html)
        #expect(marked.utf8.starts(with: "<p id=\"a1\"><a class=\"place\" href=\"#a1\">第".utf8))
        #expect(marked.contains("&amp;"))
    }

    @Test("is not found in a text without it")
    func unmarked() {
        #expect(!MarkedText(Self.article).isMarked)
        #expect(MarkedText("\u{200D}\u{200C}").agreement(with: Self.zhang) == 0)
    }
}
