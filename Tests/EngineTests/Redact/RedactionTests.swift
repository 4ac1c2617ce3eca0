import Extract
import Foundation
import Redact
import Testing

/// A rendition with the strings withheld under article 15.
func withholding(
    _ strings: [String],
    _ bytes: [UInt8],
    _ name: String,
    article: String = "条例第十五条",
    fixedWidth: Bool = false
) async throws -> Redaction.Rendition {
    try await Redaction.rendition(
        of: bytes,
        name: name,
        as: name,
        withholding: strings.map { Withheld(text: $0, reason: "", article: article) },
        fixedWidth: fixedWidth
    )
}

@Suite("A rendition")
struct RedactionTests {
    @Test("of a text has ▇ and the article where something is withheld, however it is spaced or wide, and the rest as it was")
    func text() async throws {
        let made = try await withholding(["张三", "13812345678"], Array("张三（张 三），电话138-1234-5678、１３８ 1234 5678。\n张\n三、其他".utf8), "a.txt")
        let label = "（条例第十五条）"
        #expect(
            String(decoding: made.bytes, as: UTF8.self)
                == "▇▇\(label)（▇▇▇\(label)），电话▇▇▇▇▇▇▇▇▇▇▇▇▇\(label)、▇▇▇▇▇▇▇▇▇▇▇▇▇\(label)。\n张\n三、其他"
        )
        #expect(made.withheld == 4)
        let fixed = try await withholding(["张三"], Array("张三到".utf8), "a.txt", article: "", fixedWidth: true)
        #expect(String(decoding: fixed.bytes, as: UTF8.self) == "▇▇▇▇▇到")
    }

    @Test("of a table keeps rows, columns and its delimiter, and can not calculate")
    func table() async throws {
        let made = try await withholding(["李四"], Array("姓名;说明;值\n李四;\"a;\"\"b\"\"\n李四的话\";=1+1\n王五;;-5\n".utf8), "a.csv", article: "")
        #expect(String(decoding: made.bytes, as: UTF8.self) == "姓名;说明;值\n▇▇;\"a;\"\"b\"\"\n▇▇的话\";'=1+1\n王五;;-5\n")
    }

    @Test("of a Word file holds what is shown, without what was deleted, hidden, said or noted in properties")
    func word() async throws {
        let body =
            "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>关于张</w:t></w:r><w:r><w:t>三的决定</w:t></w:r></w:p>"
            + "<w:p><w:ins w:author='王五'><w:r><w:t>补充</w:t></w:r></w:ins><w:del w:author='王五'><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
            + Made.paragraph("隐藏", "<w:vanish/>") + Made.paragraph("黑底", "<w:highlight w:val='black'/>")
            + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>张三</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            + "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"
        let bytes = Made.docx(
            body,
            [
                (
                    "word/comments.xml",
                    Array("<w:comments><w:comment w:author='李四'>\(Made.paragraph("批注张三"))</w:comment></w:comments>".utf8)
                ),
                ("docProps/core.xml", Array("<cp:coreProperties><dc:creator>张三</dc:creator></cp:coreProperties>".utf8)),
            ]
        )
        let made = try await withholding(["张三"], bytes, "a.docx")
        let parts = try await Extract.everything(in: made.bytes, name: "a.docx")
        #expect(parts.allSatisfy { $0.kind == .visible })
        #expect(parts.map(\.text) == ["关于▇▇（条例第十五条）的决定", "补充", "甲", "▇▇（条例第十五条）"])
        #expect(made.withheld == 2)
        // What other programs read of it.
        #expect(try await Extract.text(from: made.bytes).text.contains("关于▇▇（条例第十五条）的决定"))
        let document = try #require(try ZipArchive(made.bytes).entries.first { $0.name == "word/document.xml" })
        let xml = String(decoding: try ZipArchive(made.bytes).read(document, most: 1 << 20), as: UTF8.self)
        #expect(xml.contains("<w:jc w:val=\"center\"/>") && xml.contains("<w:b/>") && xml.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
    }

    @Test("of a PDF is pictures with black in them and the kept text behind; covered, hidden and earlier text is gone")
    func page() async throws {
        let first = Made.show("旧的姓名张三", at: 20, 250)
        let later =
            Made.show("关于张三的决定", at: 20, 250) + Made.show("公开的第二行", at: 20, 200) + Made.show("遮住的话", at: 20, 150)
            + "0 g 15 145 90 26 re f\n"
        let bytes = Made.page(
            first,
            catalog: "/Outlines 6 0 R",
            more: ["<</First 7 0 R/Last 7 0 R/Count 1>>", "<</Title(secret)/Parent 6 0 R/Dest[3 0 R/Fit]>>"],
            then: [[4: Made.stream(later)]]
        )
        let made = try await withholding(["张三"], bytes, "a.pdf")
        let parts = try await Extract.everything(in: made.bytes, name: "a.pdf", effort: Extract.Effort(recognises: false))
        #expect(parts.allSatisfy { $0.place.hasPrefix("page 1 · text layer") })
        let text = parts.map(\.text).joined(separator: "\n") + (try PDFFile(made.bytes).text("file.pdf").joined())
        #expect(text.contains("关于") && text.contains("的决定") && text.contains("▇▇（条例第十五条）") && text.contains("公开的第二行"))
        for gone in ["张三", "遮住", "secret", "旧的"] { #expect(!text.contains(gone)) }
        #expect(made.withheld == 1)
        #expect(made.checks.map(\.name) == ["file name", "extraction", "bytes", "unpacked streams", "recognition"])
        #expect(try await BadRedactions.find(in: made.bytes, name: "a.pdf") == [])
    }

    @Test("of a scanned page and of a picture is black where recognition reads what is withheld, and says nothing of its camera")
    func picture() async throws {
        let bench = try Workbench()
        try bench.run([
            "gm", "convert", "-size", "1000x300", "xc:white", "-fill", "black", "-font", Made.fontFile, "-pointsize", "48", "-draw",
            "text 30,80 'Phone 13812345678'", "-draw", "text 30,220 'Open 62220255'", "a.jpg",
        ])
        try bench.run(["exiftool", "-q", "-overwrite_original", "-Artist=Li Si", "-GPSLatitude=39.9", "a.jpg"])
        let photo = try bench.take("a.jpg")
        let made = try await withholding(["13812345678"], photo, "a.jpg")
        let parts = try await Extract.everything(in: made.bytes, name: "a.jpg")
        #expect(parts.contains { $0.text.contains("62220255") })
        #expect(!parts.contains { $0.text.contains("13812345678") || $0.text.contains("Li Si") || $0.place.contains("GPS") })
        #expect(made.withheld == 1)
        let hex = photo.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + ">"
        let scan = Made.page(
            "q 400 0 0 120 0 150 cm /I Do Q\n",
            page: "/XObject<</I 6 0 R>>>>",
            more: [
                Made.stream(
                    hex,
                    "/Type/XObject/Subtype/Image/Width 1000/Height 300/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter[/ASCIIHexDecode/DCTDecode]"
                )
            ]
        )
        let page = try await withholding(["13812345678"], scan, "a.pdf")
        #expect(page.withheld == 1)
        let read = try await Extract.everything(in: page.bytes, name: "a.pdf")
        #expect(read.contains { $0.kind == .image && $0.text.contains("62220255") })
        #expect(!read.contains { $0.text.contains("13812345678") })
    }

    @Test("is not made when the name of the file says what is withheld, or the kind can not be made")
    func refused() async {
        await #expect(throws: Redaction.Fault.stillThere(number: 1, check: "file name")) {
            try await withholding(["张三"], Array("张三".utf8), "张三.txt")
        }
        await #expect(throws: Redaction.Fault.kinds(["txt"])) {
            try await Redaction.rendition(of: Array("甲".utf8), name: "a.txt", as: "a.docx", withholding: [])
        }
        await #expect(throws: Redaction.Fault.unreadable(.broken)) { try await withholding(["张三"], Array("%PDF-1.7\n".utf8), "a.pdf") }
    }

    /// A generator that gives the same numbers each time.
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test("holds none of random texts withheld from random texts, and all that stands around them", arguments: ["txt", "csv", "docx"])
    func random(kind: String) async throws {
        var dice = Dice(state: 42)
        let letters = Array("甲乙丙丁戊己庚辛abcdeABC0123456789１２３　 -·，。：")
        for _ in 0..<60 {
            let lines = (0..<Int.random(in: 1...6, using: &dice)).map { _ in
                String((0..<Int.random(in: 4...30, using: &dice)).map { _ in letters.randomElement(using: &dice) ?? "甲" })
            }.filter { $0.contains { $0.isLetter || $0.isNumber } }
            guard !lines.isEmpty else { continue }
            let withheld = (0..<3).compactMap { _ -> String? in
                guard let line = lines.randomElement(using: &dice) else { return nil }
                let start = Int.random(in: 0..<line.count, using: &dice)
                let text = String(Array(line)[start..<min(line.count, start + Int.random(in: 2...8, using: &dice))]).trimmingCharacters(
                    in: .whitespaces
                )
                return text.contains { $0.isLetter || $0.isNumber } && text.count > 1 && !text.contains(",") ? text : nil
            }
            let original = lines.joined(separator: "\n")
            let bytes = kind == "docx" ? Made.docx(lines.map { Made.paragraph($0) }.joined()) : Array(original.utf8)
            let made = try await withholding(withheld, bytes, "a.\(kind)", article: "")
            let read =
                kind == "docx"
                ? try await Extract.everything(in: made.bytes, name: "").map(\.text).joined(separator: "\n")
                : String(decoding: made.bytes, as: UTF8.self)
            for each in withheld { #expect(!read.contains(each), "\(each) in \(read)") }
            // Letter by letter, the rendition is the original with ▇ in some places, and each withheld text is whole under them.
            guard kind == "txt" else { continue }
            #expect(read.count == original.count)
            #expect(zip(read, original).allSatisfy { $0 == $1 || $0 == "▇" })
            let marks = Array(read).indices.filter { Array(read)[$0] == "▇" }.count
            #expect(made.withheld == 0 ? marks == 0 : marks <= withheld.reduce(0) { $0 + $1.count } * 8)
        }
    }
}
