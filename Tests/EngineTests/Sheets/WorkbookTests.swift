import Extract
import Foundation
import Sheets
import Testing

@Suite("A workbook that comes in as a table")
struct WorkbookTests {
    /// A workbook of sheets as (title, state, XML within the worksheet), and more files.
    private static func book(
        _ sheets: [(title: String, state: String, xml: String)],
        _ more: [(String, String)] = [],
        settings: String = ""
    ) -> [UInt8] {
        var zip = ZipWriter()
        func add(_ name: String, _ text: String) { zip.add(name, Array(text.utf8)) }
        var (list, relations) = ("", "")
        for (place, sheet) in sheets.enumerated() {
            list += "<sheet name='\(sheet.title)' sheetId='\(place + 1)' state='\(sheet.state)' r:id='r\(place)'/>"
            relations += "<Relationship Id='r\(place)' Target='worksheets/sheet\(place + 1).xml'/>"
            add("xl/worksheets/sheet\(place + 1).xml", "<worksheet>\(sheet.xml)</worksheet>")
        }
        add("xl/workbook.xml", "<workbook>\(settings)<sheets>\(list)</sheets></workbook>")
        add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>")
        add("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>")
        for (name, text) in more { add(name, text) }
        return zip.finished()
    }

    private static func rows(_ rows: [[String]]) -> String {
        let xml = rows.map { row in "<row>" + row.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "</row>" }
        return "<sheetData>\(xml.joined())</sheetData>"
    }

    private static func csv(_ bytes: [UInt8]) throws -> String { String(decoding: try TableReader.readHere(bytes).csv, as: UTF8.self) }

    @Test("gives its first shown sheet, and tells what it left aside")
    func shown() throws {
        let read = try TableReader.readHere(
            Self.book([
                ("草稿", "hidden", Self.rows([["机密", "x"]])), ("名单", "visible", Self.rows([["city", "n"], ["a,b", "1"], ["c\"d", "2"]])),
                ("说明", "visible", Self.rows([["note"]])),
            ])
        )
        #expect(String(decoding: read.csv, as: UTF8.self) == "city,n\r\n\"a,b\",1\r\n\"c\"\"d\",2\r\n")
        #expect(
            read.notes.map(\.en) == [
                "The hidden sheet “草稿” was left aside.", "Only the first sheet “名单” is taken; “说明” was left aside.",
            ]
        )
        #expect(read.aside.contains("机密"))
    }

    @Test("shows days, results of formulas, truth and rounded numbers as a spreadsheet does")
    func values() throws {
        let head =
            "<row r='1'><c r='A1' t='str'><v>d</v></c><c r='B1' t='str'><v>f</v></c><c r='C1' t='str'><v>b</v></c><c r='D1' t='str'><v>x</v></c></row>"
        let body =
            "<row r='3'><c r='A3' s='1'><v>45000.5</v></c><c r='B3'><f>1+1</f><v>2</v></c><c r='C3' t='b'><v>1</v></c><c r='D3'><v>0.30000000000000004</v></c></row>"
        let read = try TableReader.readHere(Self.book([("s", "visible", "<sheetData>\(head)\(body)</sheetData>")]))
        #expect(String(decoding: read.csv, as: UTF8.self) == "d,f,b,x\r\n2023-03-15 12:00:00,2,TRUE,0.3\r\n")
        #expect(read.notes.map(\.en) == ["1 blank rows were left out.", "1 cells are formulas; their last results are taken."])
    }

    @Test(
        "is refused with a sentence that names the place",
        arguments: [
            (
                "<sheetData><row r='1'><c t='str'><v>a</v></c></row><row r='2' hidden='1'><c t='str'><v>x</v></c></row></sheetData>",
                "Row 2 is hidden, perhaps by a filter. Show it, or delete it."
            ),
            (
                "<cols><col min='2' max='2' hidden='1'/></cols><sheetData><row r='1'><c t='str'><v>a</v></c><c r='B1' t='str'><v>b</v></c></row></sheetData>",
                "Column B is hidden. Show it, or delete it."
            ),
            (
                "<sheetData><row r='1'><c t='str'><v>a</v></c></row><row r='2'><c r='A2'><f>B9</f></c></row></sheetData>",
                "The formula in A2 has no stored result. Calculate and save the workbook again."
            ),
            (
                "<sheetData><row r='1'><c t='str'><v>a</v></c></row><row r='2'><c r='A2' t='e'><v>#REF!</v></c></row></sheetData>",
                "The cell A2 holds the error #REF!. Correct it."
            ),
            (
                "<sheetData><row r='1'><c t='str'><v>a</v></c></row><row r='2'><c r='A2'><v>1.10101199003074E+17</v></c></row></sheetData>",
                "The cell A2 is a number of more than 15 digits: the workbook has lost the last ones. Enter it as text."
            ),
            (
                "<sheetData><row r='1'><c t='str'><v>a</v></c></row><row r='2'><c r='A2' t='str'><v>x</v></c></row></sheetData><mergeCells><mergeCell ref='A1:A2'/></mergeCells>",
                "The cells A1:A2 are merged. Undo that, fill each cell, and delete a title above the names."
            ),
            (
                "<sheetData><row r='1'><c t='str'><v>title</v></c></row><row r='2'><c t='str'><v>a</v></c><c r='B2' t='str'><v>b</v></c></row></sheetData>",
                "Row 2 has 2 cells where row 1 has 1 names. If row 1 is a title, delete it."
            ),
            ("<sheetData><row r='1'/><row r='2'/></sheetData>", "The table has no rows."),
            ("<sheetData><row r='1'><c t='str'><v>a</v></c></row><row", "The file is damaged and can not be read. Export it anew."),
        ]
    )
    func refused(xml: String, sentence: String) {
        let refused = #expect(throws: TableRefused.self) { try TableReader.readHere(Self.book([("s", "visible", xml)])) }
        #expect(refused?.note.en == sentence)
    }

    @Test("with macros, embedded files, a password or another format inside is refused")
    func machinery() throws {
        let sheet = [(title: "s", state: "visible", xml: Self.rows([["a"], ["1"]]))]
        func sentence(_ bytes: [UInt8]) -> String? { #expect(throws: TableRefused.self) { try TableReader.readHere(bytes) }?.note.en }
        #expect(sentence(Self.book(sheet, [("xl/vbaProject.bin", "x")])) == "The workbook holds macros. Save it as XLSX without them.")
        #expect(
            sentence(Self.book(sheet, [("xl/embeddings/a.docx", "x")])) == "Other files are embedded in the workbook. Take them out first."
        )
        #expect(sentence([0xD0, 0xCF, 0x11, 0xE0, 0]) == "The file has a password, or is an old XLS or DOC. Save it as XLSX or DOCX.")
        #expect(sentence(Array("%PDF-1.7".utf8)) == "This is no table. Upload CSV or XLSX.")
        #expect(sentence([]) == "The file is empty.")
        #expect(sentence(Made.zip([("a.txt", "x")])) == "This kind of file is not known. Use CSV, XLSX or DOCX.")
    }

    @Test("of a hundred thousand empty rows holds the two that are not empty")
    func emptyRows() throws {
        var xml = "<sheetData><row r='1'><c t='str'><v>a</v></c></row>"
        for row in 2...100_000 { xml += "<row r='\(row)' s='1'/>" }
        xml += "<row r='100001'><c r='A100001' t='str'><v>x</v></c></row></sheetData>"
        let bytes = Self.book([("s", "visible", xml)])
        #expect(try Self.csv(bytes) == "a\r\nx\r\n")
    }

    @Test("that unfolds to more than it may is a bomb, and refused before it is unfolded in full")
    func bomb() throws {
        var zip = ZipWriter()
        zip.add("xl/workbook.xml", [UInt8](repeating: 0x20, count: 101 << 20))
        #expect(throws: TableRefused("文件过大。请拆分后再上传。", "The file is too large. Split it.")) { try TableReader.readHere(zip.finished()) }
    }

    /// The program that stands beside the tests.
    private static var program: String? {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
        let folder = bundle.range(of: "/gongkaiPackageTests.xctest").map { String(bundle[..<$0.lowerBound]) } ?? ""
        return FileManager.default.isExecutableFile(atPath: "\(folder)/gongkai") ? "\(folder)/gongkai" : nil
    }

    @Test("is read the same in a process of its own, and refused with the same words", .enabled(if: Self.program != nil))
    func apart() async throws {
        let bytes = Self.book([("h", "hidden", Self.rows([["秘密★1年"]])), ("s", "visible", Self.rows([["a", "b"], ["1", "2"]]))])
        let read = try await TableReader.read(bytes, program: Self.program)
        #expect(read == (try TableReader.readHere(bytes)))
        let hidden = Self.book([("s", "visible", "<sheetData><row r='1' hidden='1'><c t='str'><v>a</v></c></row></sheetData>")])
        await #expect(
            throws: TableRefused("第1行是隐藏的（也可能是筛选所致）。请取消隐藏，或者删去后再上传。", "Row 1 is hidden, perhaps by a filter. Show it, or delete it.")
        ) {
            try await TableReader.read(hidden, program: Self.program)
        }
    }

    @Test("cut short or changed is refused or read, and never fails")
    func damaged() {
        let whole = Self.book([("s", "visible", Self.rows([["a", "b"], ["1", "2"]]))])
        for length in stride(from: 5, to: whole.count - 1, by: 31) {
            #expect(throws: TableRefused.self) { try TableReader.readHere(Array(whole.prefix(length))) }
        }
        for place in stride(from: 4, to: whole.count, by: 7) {
            var bytes = whole
            bytes[place] ^= 0x5A
            do { _ = try TableReader.readHere(bytes) } catch {}
        }
    }
}
