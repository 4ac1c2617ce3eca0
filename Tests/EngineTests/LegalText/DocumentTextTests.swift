import LegalText
import Testing
import WorkCalendar

@Suite("A document read from text")
struct DocumentTextTests {
    @Test("of the office's English notice says what it is, and where it says so")
    func english() throws {
        let document = DocumentText.read(try LegalTextFixture.text("2022-key-points.en.txt"))
        #expect(document.language == .en)
        #expect(
            document.title?.value
                == "Notice from the Office of the State Intellectual Property Office on Issuing the Key Points of Government Affairs Disclosure in 2022"
        )
        #expect(document.title?.line == 5)
        #expect(document.documentNumber?.value.normalised == "Guozhiban Hanbanzi [2022] No. 495")
        #expect(document.documentNumber?.line == 9)
        #expect(document.issuer?.value == "State Intellectual Property Office")
        #expect(document.written?.value == .day(try #require(Day("2022-05-26"))))
        #expect(document.written?.line == 14)
        #expect(document.published?.value == .day(try #require(Day("2022-05-30"))))
        #expect(document.published?.line == 7)
        #expect(
            document.addressees?.value == [
                "All departments of the Office", "all departments of the Patent Office", "the Trademark Office",
                "other units directly under the Office",
            ]
        )
    }

    @Test("leaves the furniture of its page out, and lists it")
    func furniture() throws {
        let document = DocumentText.read(try LegalTextFixture.text("2022-key-points.en.txt"))
        let out = document.furniture.flatMap { Array($0.lines) }
        #expect(out == Array(1...4) + [6, 7, 8] + Array(34...50))
        #expect(document.furniture.first { $0.lines.contains(8) }?.reason == .summary)
        #expect(document.furniture.first { $0.lines.contains(50) }?.reason == .copyright)
        #expect(document.blocks.map(\.lines.lowerBound) == [5] + Array(9...33))
    }

    @Test("has four headings and twelve clauses, each with its address")
    func structure() throws {
        for name in ["2022-key-points.en.txt", "key-points.zh.txt"] {
            let blocks = DocumentText.read(try LegalTextFixture.text(name)).blocks
            #expect(blocks.filter { $0.kind == .heading(level: 1) }.map(\.anchor) == (1...4).map { "s-\($0)" })
            #expect(blocks.filter { $0.kind == .clause }.map(\.anchor) == (1...12).map { "clause-\($0)" })
            #expect(blocks.filter { $0.kind == .clause }.map(\.ordinal) == Array(1...12))
            #expect(Set(blocks.map(\.anchor)).count == blocks.count)
        }
    }

    @Test("of a Chinese notice says what it is")
    func chinese() throws {
        let document = DocumentText.read(try LegalTextFixture.text("key-points.zh.txt"))
        #expect(document.language == .zh)
        #expect(document.title?.value == "国家知识产权局办公室关于印发2022年政务公开工作要点的通知")
        #expect(document.documentNumber?.value.normalised == "国知办函办字〔2022〕495号")
        #expect(document.issuer?.value == "国家知识产权局办公室")
        #expect(document.written?.value == .day(try #require(Day("2022-05-26"))))
        #expect(document.published?.value == .day(try #require(Day("2022-05-30"))))
        #expect(document.addressees?.value == ["局机关各部门", "专利局各部门", "商标局", "局其他直属单位"])
        #expect(document.furniture.flatMap { Array($0.lines) } == [1, 2, 4, 5, 6, 32, 33, 34, 35, 36])
    }

    @Test("keeps every line that is no furniture, once")
    func nothingLost() throws {
        for name in ["2022-key-points.en.txt", "key-points.zh.txt"] {
            let source = try LegalTextFixture.text(name)
            let document = DocumentText.read(source)
            let count = source.split(separator: "\n").count
            let seen = document.blocks.flatMap { Array($0.lines) } + document.furniture.flatMap { Array($0.lines) }
            #expect(seen.sorted() == Array(1...count))
        }
    }

    @Test("keeps words that only look like furniture when they stand in the body")
    func bodyWords() {
        let text = """
            关于网站建设的通知
            一、总体要求
            （一）规范页脚。页脚应当标明主办单位、版权所有、ICP备案编号和联系电话等内容，便于公众使用。
            相关链接
            （二）规范分享。网页应当提供打印、关闭、分享到等按钮，提供扫一扫功能，方便公众使用网站。
            """
        let document = DocumentText.read(text)
        #expect(document.furniture == [])
        #expect(document.blocks.count == 5)
    }

    @Test("of a law has chapters, articles, their paragraphs and items")
    func law() {
        let blocks = DocumentText.read(
            """
            第一章 总则
            第一条 为了规范公开，制定本办法。
            本办法所称公开，是指主动公开。
            第二条 有下列情形的：
            （一）甲；
            1.子目；
            第二条之一 插入的一条。
            Chapter II General
            Article 5 The office answers.
            """
        ).blocks
        #expect(
            blocks.map(\.kind) == [
                .chapter, .article, .paragraph, .article, .item, .subitem, .article, .chapter, .article,
            ]
        )
        #expect(
            blocks.map(\.anchor) == [
                "ch-1", "art-1", "art-1-p-2", "art-2", "art-2-item-1", "art-2-item-1-1", "art-2-1", "ch-2", "art-5",
            ]
        )
        #expect(blocks.map(\.number)[3] == "第二条")
        #expect(blocks[8].text == "The office answers.")
    }

    @Test(
        "broken at the width of a page is put together again",
        arguments: ["2022-key-points.en.txt", "key-points.zh.txt"]
    )
    func wrapped(name: String) throws {
        let whole = DocumentText.read(try LegalTextFixture.text(name))
        let body = try LegalTextFixture.text(name).split(separator: "\n").enumerated()
            .filter { line in !whole.furniture.contains { $0.lines.contains(line.offset + 1) } }
        let broken = body.map { Self.wrap(String($0.element), at: 76) }.joined(separator: "\n")
        let read = DocumentText.read(broken)
        let clauses = read.blocks.filter { $0.kind == .clause }
        #expect(broken.split(separator: "\n").count > body.count + 15)
        #expect(clauses.map(\.text) == whole.blocks.filter { $0.kind == .clause }.map(\.text))
        #expect(read.blocks.last?.text == whole.blocks.last?.text)
        #expect(clauses[0].lines.count > 1)
        #expect(read.documentNumber?.value == whole.documentNumber?.value)
        #expect(read.written?.value == whole.written?.value)
    }

    /// Breaks a line where a page of so many columns would: at blanks, or after any Chinese character.
    private static func wrap(_ line: String, at width: Int) -> String {
        var (rows, row, columns) = ([String](), "", 0)
        for word in line.contains(where: { $0 > "\u{4E00}" && $0 < "\u{9FFF}" }) ? line.map(String.init) : words(line) {
            let wide = word.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
            if columns + wide > width {
                rows.append(row)
                (row, columns) = ("", 0)
            }
            row += word
            columns += wide
        }
        return (rows + [row]).joined(separator: "\n")
    }

    private static func words(_ line: String) -> [String] {
        line.split(separator: " ").map { $0 + " " }
    }

    @Test("with a date that does not exist says so and guesses nothing")
    func impossibleDate() {
        let document = DocumentText.read("关于某事的通知\n各单位：\n请照办。\n办公室\n2022年2月30日")
        #expect(document.written?.value == .unreadable)
        #expect(document.written?.printed == "2022年2月30日")
        #expect(document.issuer?.value == "办公室")
    }

    @Test("of nothing is an empty document", arguments: ["", "\n\n", " \u{3000}\t\r\n"])
    func empty(text: String) {
        let document = DocumentText.read(text)
        #expect(document.blocks == [])
        #expect(document.title == nil)
    }

    @Test("never fails, whatever is done to the bytes")
    func mutated() throws {
        var dice = LegalTextDice(7)
        for name in ["2022-key-points.en.txt", "key-points.zh.txt"] {
            let source = Array(try LegalTextFixture.text(name).utf8)
            for _ in 0..<40 {
                var bytes = source
                for _ in 0..<Int.random(in: 1...40, using: &dice) {
                    let at = Int.random(in: 0..<bytes.count, using: &dice)
                    switch Int.random(in: 0..<4, using: &dice) {
                    case 0: bytes[at] = UInt8.random(in: 0...255, using: &dice)
                    case 1: bytes.remove(at: at)
                    case 2: bytes.insert(0x0A, at: at)
                    default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...200, using: &dice)))
                    }
                }
                let text = String(decoding: bytes, as: UTF8.self)
                let document = DocumentText.read(text)
                let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 1
                #expect(document.blocks.allSatisfy { $0.lines.upperBound <= lines })
                #expect(Set(document.blocks.map(\.anchor)).count == document.blocks.count)
                _ = Article.read(text)
                _ = Deadline.find(in: text, year: 2022)
            }
        }
    }

    @Test(
        "takes time in proportion to its length",
        .timeLimit(.minutes(2)),
        arguments: ["一", "(", "（一）", "第一条", "within 5 ", "before ", "年底前，", "a, and ", "1.", " ", "第", "及时。\n", "短行\n"]
    )
    func long(piece: String) {
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(DocumentText.read(text).blocks.count <= 500_000)
        #expect(Article.read(text).count <= 500_000)
        #expect(Deadline.find(in: text, year: 2022).count <= 500_000)
    }

    @Test("of one line of five million bytes is read all the same", .timeLimit(.minutes(2)))
    func oneLine() throws {
        let line = try LegalTextFixture.text("key-points.zh.txt").split(separator: "\n").joined(separator: " ")
        let text = String(repeating: line, count: 5_000_000 / line.utf8.count + 1)
        #expect(DocumentText.read(text).blocks.map(\.lines) == [1...1])
    }
}
