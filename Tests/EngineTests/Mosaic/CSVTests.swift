import Mosaic
import Testing

@Suite("A table of text")
struct CSVTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("is read whatever its delimiter, mark and line ends", arguments: [
        "name,city\n甲,北京\n乙,\"上海,浦东\"\n",
        "name;city\n甲;北京\n乙;上海,浦东",
        "name\tcity\r\n甲\t北京\r\n乙\t上海,浦东\r\n",
        "\u{FEFF}name,city\r甲,北京\r\r乙,\"上海,浦东\"\r",
        "\n\nname , city\n甲,北京\n\n乙,\"上海,浦东\"\n\n",
    ])
    func delimiters(text: String) throws {
        let table = try CSV.read(text)
        #expect(table.rows == 2)
        #expect(table.columns.map(\.name) == ["name", "city"])
        #expect(table["city"]?.text(1) == "上海,浦东")
    }

    @Test("keeps newlines and doubled quotes inside quotation marks")
    func quotes() throws {
        let table = try CSV.read("a,b\n\"one\ntwo\",\"say \"\"yes\"\"\"\n\"\",3\n")
        #expect(table["a"]?.text(0) == "one\ntwo")
        #expect(table["b"]?.text(0) == "say \"yes\"")
        #expect(table["a"]?.missing == 1)
    }

    @Test("is read from GB18030 and UTF-16")
    func encodings() throws {
        let gb: [UInt8] = [0xB3, 0xC7, 0xCA, 0xD0, 0x0A, 0xB1, 0xB1, 0xBE, 0xA9, 0x0A]
        #expect(try CSV.read(gb)["城市"]?.text(0) == "北京")
        let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x17, 0x53, 0x0A, 0x00]
        #expect(try CSV.read(utf16)["a"]?.text(0) == "北")
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("is refused with the line that is wrong", arguments: [
        ("",                       "文件是空的。",                          "The file is empty."),
        ("a,b\n1,2\n3\n",          "第 3 行有 1 列，而表头有 2 列。",       "Line 3 has 1 fields where the header has 2."),
        ("a,b\n\"x\ny\",2\n1,2,3", "第 4 行有 3 列，而表头有 2 列。",       "Line 4 has 3 fields where the header has 2."),
        ("a,b\n1,\"2\n",           "第 2 行的引号没有闭合。",               "The quotation mark in line 2 is never closed."),
        ("a,b\n\"1\"x,2\n",        "第 2 行：引号之后还有文字。",           "Line 2: there is text after a closing quotation mark."),
        ("a,a\n1,2\n",             "列名“a”出现了两次。",                   "The column name “a” occurs twice."),
        ("a,\n1,2\n",              "第 2 列没有列名。",                     "Column 2 has no name."),
        ("a\n1\u{0}\n",            "第 2 行含有空字符，不是文本表格。",     "Line 2 holds a NUL character: this is not a table of text."),
    ])
    func refusals(text: String, zh: String, en: String) {
        #expect(throws: MosaicRefused(zh: zh, en: en)) { try CSV.read(text) }
    }

    @Test("is refused when its bytes are no text")
    func noText() {
        #expect(throws: MosaicRefused.self) { try CSV.read([0xFF, 0xFF, 0x0A]) }
        #expect(throws: MosaicRefused.self) { try CSV.read(file: "/nowhere/at/all.csv") }
    }

    @Test("knows numbers from codes, and one number written twice")
    func numbers() throws {
        let table = try CSV.read("score,area,card,x\n76.0,007,110101199001011234,a\n76,012,110101199001011235,NA\n-1.5e1,100,1,\n")
        #expect(table["score"]?.numbers == [76, -15])
        #expect(table["score"]?.codes == [0, 0, 1])
        #expect(table["area"]?.isNumeric == false)
        #expect(table["card"]?.values.count == 3)
        #expect(table["card"]?.isNumeric == false)
        #expect(table["x"]?.codes == [0, 1, 1])
    }

    @Test("holds columns of one value, of nothing, and of a hundred thousand values")
    func extremes() throws {
        let table = try CSV.read("one,none,many\n" + (0..<100_000).map { "x,,\($0)v" }.joined(separator: "\n"))
        #expect(table.rows == 100_000)
        #expect(table.columns.map(\.values.count) == [1, 1, 100_000])
        #expect(table["many"]?.text(99_999) == "99999v")
        #expect(table["none"]?.isNumeric == false)
    }

    @Test("is written with formulas made harmless, and read back")
    func writing() throws {
        let table = try CSV.read("a,b\n=1+1,-5\n@x,\"q\"\"\"\n＝HYPERLINK(),\" +2\"\n")
        let text = String(decoding: CSV.write(table).dropFirst(3), as: UTF8.self)
        #expect(text == "a,b\r\n'=1+1,-5\r\n'@x,\"q\"\"\"\r\n'＝HYPERLINK(), +2\r\n")
        #expect(try CSV.read(CSV.write(table))["b"]?.text(1) == "q\"")
    }
}
