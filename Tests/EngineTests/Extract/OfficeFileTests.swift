import Extract
import Foundation
import Testing

/// The texts of a kind in a file.
func texts(_ bytes: [UInt8], _ name: String, _ kind: Part.Kind) async throws -> [String] {
    try await Extract.everything(in: bytes, name: name).filter { $0.kind == kind }.map(\.text)
}

@Suite("Out of an office file comes")
struct OfficeFileTests {
    @Test("what is shown in a Word file, what was deleted, what is hidden, and what was said about it, each as such")
    func word() async throws {
        let body =
            Made.paragraph("公开的内容") + Made.paragraph("隐藏的内容", "<w:vanish/>") + Made.paragraph("显示的内容", "<w:vanish w:val='0'/>")
            + "<w:p><w:r><w:t>前</w:t></w:r><w:del w:author='王五'><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:r><w:t>后</w:t></w:r></w:p>"
            + "<w:p><w:pPr><w:pStyle w:val='Secret'/></w:pPr><w:r><w:t>样式隐藏</w:t></w:r></w:p>"
        let styles =
            "<w:styles xmlns:w='\(Made.word)'><w:style w:styleId='Base'><w:rPr><w:vanish/></w:rPr></w:style>"
            + "<w:style w:styleId='Secret'><w:basedOn w:val='Base'/></w:style></w:styles>"
        let bytes = Made.docx(
            body,
            [
                ("word/styles.xml", Array(styles.utf8)),
                (
                    "word/comments.xml",
                    Array("<w:comments><w:comment w:id='0' w:author='李四'>\(Made.paragraph("这里不能公开"))</w:comment></w:comments>".utf8)
                ),
                ("word/header1.xml", Array("<w:hdr>\(Made.paragraph("内部资料"))</w:hdr>".utf8)),
                ("word/footnotes.xml", Array("<w:footnotes>\(Made.paragraph("脚注文字"))</w:footnotes>".utf8)),
                ("docProps/core.xml", Array("<cp:coreProperties><dc:creator>赵六</dc:creator></cp:coreProperties>".utf8)),
                ("docProps/custom.xml", Array("<Properties><property name='密级'><vt:lpwstr>机密</vt:lpwstr></property></Properties>".utf8)),
            ]
        )
        let parts = try await Extract.everything(in: bytes, name: "a.docx")
        func of(_ kind: Part.Kind) -> [String] { parts.filter { $0.kind == kind }.map(\.text) }
        #expect(of(.visible) == ["公开的内容", "显示的内容", "前后", "内部资料", "脚注文字"])
        #expect(of(.hidden) == ["隐藏的内容", "样式隐藏"])
        #expect(of(.deleted) == ["删去的话"])
        #expect(of(.comment) == ["这里不能公开"])
        #expect(Set(of(.property)) == ["王五", "李四", "赵六", "机密"])
        #expect(parts.first { $0.text == "前后" }?.place == "paragraph 4")
        #expect(parts.first { $0.text == "机密" }?.place == "property 密级")
    }

    @Test("the attachment of an attachment, under its path")
    func attachments() async throws {
        let inner = Made.docx(Made.paragraph("机密★5年"))
        let middle = Made.docx(Made.paragraph("附件一"), [("word/embeddings/附件二.docx", inner)])
        let outer = Made.zip([("通知.txt", Array("通知".utf8)), ("附件一.docx", middle)])
        let parts = try await Extract.everything(in: outer, name: "a.zip")
        #expect(parts.contains(Part(file: "a.zip/通知.txt", place: "", kind: .visible, text: "通知")))
        #expect(
            parts.contains(
                Part(file: "a.zip/附件一.docx/word/embeddings/附件二.docx", place: "paragraph 1", kind: .visible, text: "机密★5年")
            )
        )
    }

    @Test("each cell of a workbook by its name; hidden rows, columns and sheets, caches, unused strings and names as hidden")
    func workbook() async throws {
        let book = """
            <workbook><sheets><sheet name='名单' sheetId='1' r:id='r1'/><sheet name='底稿' sheetId='2' state='veryHidden' r:id='r2'/></sheets>
            <definedNames><definedName name='低保户'>名单!$A$1</definedName></definedNames></workbook>
            """
        let relations = """
            <Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>
            <Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/></Relationships>
            """
        let first = """
            <worksheet><cols><col min='3' max='3' hidden='1'/></cols><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>
            <c r='B1'><v>1.10101198003074E+17</v></c><c r='C1' t='inlineStr'><is><t>隐藏列</t></is></c></row>
            <row r='2' hidden='1'><c r='A2' t='s'><v>1</v></c><c r='B2' s='1'><v>29221</v></c></row></sheetData></worksheet>
            """
        let second = "<worksheet><sheetData><row><c t='str'><f>IF(A1=\"王五\",1,2)</f><v>底稿内容</v></c></row></sheetData></worksheet>"
        let strings = "<sst><si><t>张三</t></si><si><r><t>李</t></r><r><t>四</t></r></si><si><t>无人引用</t></si></sst>"
        let cache = "<pivotCacheDefinition><sharedItems><s v='缓存里的姓名'/></sharedItems></pivotCacheDefinition>"
        let files: [(String, String)] = [
            ("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations),
            ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", first), ("xl/worksheets/sheet2.xml", second),
            ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
            ("xl/pivotCache/pivotCacheDefinition1.xml", cache),
            ("xl/comments1.xml", "<comments><comment ref='A1'><text><t>批注</t></text></comment></comments>"),
        ]
        let bytes = Made.zip(files)
        let parts = try await Extract.everything(in: bytes, name: "a.xlsx")
        func at(_ place: String) -> String? { parts.first { $0.place == place }.map { "\($0.kind) \($0.text)" } }
        #expect(at("sheet 1 · A1") == "visible 张三")
        #expect(at("sheet 1 · B1") == "visible 110101198003074000")
        #expect(at("sheet 1 · hidden column C · C1") == "hidden 隐藏列")
        #expect(at("sheet 1 · hidden row 2 · A2") == "hidden 李四")
        #expect(at("sheet 1 · hidden row 2 · B2") == "hidden 1980-01-01")
        #expect(at("sheet 2 · hidden sheet · A1") == "hidden 底稿内容")
        #expect(at("sheet 2 · hidden sheet · A1 · formula") == "hidden IF(A1=\"王五\",1,2)")
        #expect(at("shared string 3") == "hidden 无人引用")
        #expect(parts.contains { $0.kind == .hidden && $0.text.contains("缓存里的姓名") })
        #expect(parts.contains { $0.kind == .comment && $0.text.contains("批注") })
        #expect(parts.contains { $0.kind == .property && $0.text == "低保户" })
    }

    @Test("the notes of a slide as comment, a hidden slide as hidden")
    func slides() async throws {
        let bytes = Made.zip([
            ("[Content_Types].xml", "<Types/>"),
            ("ppt/slides/slide1.xml", "<p:sld><a:p><a:r><a:t>标题</a:t></a:r></a:p></p:sld>"),
            ("ppt/slides/slide2.xml", "<p:sld show=\"0\"><a:p><a:r><a:t>不放映</a:t></a:r></a:p></p:sld>"),
            ("ppt/notesSlides/notesSlide1.xml", "<p:notes><a:p><a:r><a:t>讲稿备注</a:t></a:r></a:p></p:notes>"),
        ])
        #expect(try await texts(bytes, "a.pptx", .visible) == ["标题"])
        #expect(try await texts(bytes, "a.pptx", .hidden) == ["不放映"])
        #expect(try await texts(bytes, "a.pptx", .comment) == ["讲稿备注"])
    }

    @Test("the tracked deletions, notes and hidden styles of an open document")
    func openDocument() async throws {
        let content =
            "<office:document-content><office:automatic-styles><style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
            + "</office:automatic-styles><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion>"
            + "<office:change-info><dc:creator>王五</dc:creator></office:change-info><text:p>删去的段</text:p></text:deletion></text:changed-region>"
            + "</text:tracked-changes><text:p>正文<text:span text:style-name='T1'>看不见</text:span><office:annotation><text:p>批注</text:p>"
            + "</office:annotation></text:p></office:text></office:body></office:document-content>"
        let bytes = Made.zip([
            ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content),
            ("meta.xml", "<office:meta><meta:initial-creator>赵六</meta:initial-creator></office:meta>"),
        ])
        #expect(try await texts(bytes, "a.odt", .visible) == ["正文"])
        #expect(try await texts(bytes, "a.odt", .hidden) == ["看不见"])
        #expect(try await texts(bytes, "a.odt", .deleted) == ["删去的段"])
        #expect(try await texts(bytes, "a.odt", .comment) == ["批注"])
        #expect(try await texts(bytes, "a.odt", .property) == ["王五", "赵六"])
    }

    @Test("the pages, annotations and attachments of an OFD file, and what is set invisible")
    func fixed() async throws {
        let page =
            "<ofd:Page><ofd:Content><ofd:Layer><ofd:TextObject Boundary='10 10 50 5'><ofd:TextCode>关于</ofd:TextCode></ofd:TextObject>"
            + "<ofd:TextObject Boundary='60 10 50 5'><ofd:TextCode>公开</ofd:TextCode></ofd:TextObject><ofd:TextObject Boundary='10 20 50 5' "
            + "Visible='false'><ofd:TextCode>秘密事项</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        let bytes = Made.zip([
            ("OFD.xml", "<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Author>李四</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>"),
            ("Doc_0/Pages/Page_0/Content.xml", page),
            ("Doc_0/Annots/Page_0/Annotation.xml", "<ofd:PageAnnot><ofd:Annot><ofd:TextCode>注释</ofd:TextCode></ofd:Annot></ofd:PageAnnot>"),
            ("Doc_0/Attachs/附件.txt", "附件的正文"),
        ])
        let parts = try await Extract.everything(in: bytes, name: "a.ofd")
        #expect(parts.contains(Part(file: "a.ofd", place: "page 1", kind: .visible, text: "关于公开")))
        #expect(parts.contains(Part(file: "a.ofd", place: "page 1", kind: .hidden, text: "秘密事项")))
        #expect(parts.contains { $0.kind == .comment && $0.text == "注释" })
        #expect(parts.contains { $0.kind == .property && $0.text == "李四" })
        #expect(parts.contains(Part(file: "a.ofd/Doc_0/Attachs/附件.txt", place: "", kind: .visible, text: "附件的正文")))
    }
}
