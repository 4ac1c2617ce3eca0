import Extract
import Foundation
import Redact
import Testing

/// Damaged files of every kind that is read in this process. `GONGKAI_FUZZ_SECONDS` lets it run longer than a moment.
@Suite("Whatever the bytes")
struct FuzzTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static var seconds: Double { Double(ProcessInfo.processInfo.environment["GONGKAI_FUZZ_SECONDS"] ?? "") ?? 2 }

    private static let mail = """
        From: =?gb2312?B?1cXI/Q==?= <a@b.cn>\r\nSubject: x\r\nDate: y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r
        Content-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p title=3D"a">=E5=85=AC</p>\r\n--B\r
        Content-Disposition: attachment; filename*0*=utf-8''%E9; filename*1=x.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n5YWs5byA\r\n--B--\r\n
        """
    private static let rich =
        "{\\rtf1\\ansi\\ansicpg936{\\*\\generator x;}\\uc1\\u20844?\\'b9\\'ab{\\v hid}{\\object{\\*\\objdata d0cf11e0a1b11ae1}}\\bin3 abc\\par}"
    private static let page =
        "<html><head><title>t</title></head><body><!-- c --><p style='display:none;color:#fff' data-x=1>a&#x4e2d;&nbsp;</p>"
        + "<img src='data:text/plain;base64,5YWs'><textarea>b</textarea><script>x</script></body></html>"
    private static let book = [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name='a' state='hidden' r:id='r1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>"),
        ("xl/sharedStrings.xml", "<sst><si><t>甲</t></si></sst>"),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy'/></numFmts><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>"
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><cols><col min='1' max='2' hidden='1'/></cols><sheetData><row r='1' hidden='1'><c r='A1' t='s'><v>0</v></c>"
                + "<c r='AB99' s='0'><f>\"x\"</f><v>1.5E+17</v></c></row></sheetData></worksheet>"
        ),
    ]
    private static let trace = """
        <page mediabox="0 0 400 300"><fill_text colorspace="DeviceGray" color="0" transform="1 0 0 -1 0 300"><span font="a" wmode="0" trm="20 0 0 20">
        <g unicode="公" glyph="1" x="20" y="250" adv="1"/><g unicode="█" x="20" y="250" adv="1"/></span></fill_text><begin_group blendmode="Multiply" alpha="0.5"/>
        <fill_path colorspace="DeviceRGB" color="0 0 1" transform="1 0 0 -1 0 300"><moveto x="15" y="195"/><lineto x="125" y="195"/><curveto x1="1" y1="2" x2="3"
        y2="4" x3="5" y3="6"/><closepath/></fill_path><end_group/><clip_path transform="1 0 0 1 0 0"><moveto x="1" y="1"/><lineto x="9" y="9"/></clip_path>
        <stroke_path linewidth="2" transform="1 0 0 -1 0 300"><moveto x="15" y="245"/><lineto x="110" y="260"/></stroke_path><pop_clip/>
        <fill_image alpha="1" transform="60 0 0 30 195 175" width="2" height="2"/></page>
        """

    private static func seeds() -> [(String, [UInt8])] {
        let word = Made.docx(
            "<w:p><w:pPr><w:pStyle w:val='a'/><w:sectPr><w:headerReference r:id='r1'/></w:sectPr></w:pPr><w:r><w:rPr><w:color w:val='FFFFFF'/>"
                + "<w:highlight w:val='black'/></w:rPr><w:t>甲乙13812345678</w:t><w:tab/></w:r><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>"
                + "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill='000000'/></w:tcPr><w:p><w:r><w:t>丁</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            [
                (
                    "word/styles.xml",
                    Array("<w:styles><w:style w:styleId='a'><w:basedOn w:val='a'/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>".utf8)
                )
            ]
        )
        let fixed = Made.zip([
            ("OFD.xml", "<ofd:OFD/>"),
            (
                "Doc_0/Pages/Page_0/Content.xml",
                "<ofd:Page><ofd:TextObject Boundary='1 2 3 4' Visible='false'><ofd:TextCode>甲</ofd:TextCode></ofd:TextObject></ofd:Page>"
            ),
        ])
        let open = Made.zip([
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            (
                "content.xml",
                "<office:body><text:p text:style-name='T1'>甲<text:s/><office:annotation><text:p>乙</text:p></office:annotation></text:p></office:body>"
            ),
        ])
        var compound = [UInt8](repeating: 0, count: 4096)
        compound.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        compound[30] = 9
        for place in 76..<512 { compound[place] = 0xFF }
        compound.replaceSubrange(76..<80, with: [0, 0, 0, 0])
        compound.replaceSubrange(48..<52, with: [1, 0, 0, 0])
        compound.replaceSubrange(
            512..<528,
            with: [0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF]
        )
        for (at, place) in [1024, 1152].enumerated() {
            compound.replaceSubrange(place..<(place + 4), with: [0x57, 0, 0x64, 0])
            compound[place + 64] = 6
            compound[place + 66] = at == 0 ? 5 : 2
            compound.replaceSubrange((place + 116)..<(place + 122), with: [2, 0, 0, 0, 200, 0])
        }
        return [
            ("a.docx", word), ("a.xlsx", Made.zip(book)), ("a.ofd", fixed), ("a.odt", open), ("a.eml", Array(mail.utf8)),
            ("a.rtf", Array(rich.utf8)),
            ("a.html", Array(page.utf8)), ("a.doc", compound), ("a.zip", Made.zip([("b.zip", Made.zip([("c.txt", "甲")]))])),
            ("a.csv", Array("甲,\"乙\"\"\n丙\",=1\r\n;丁\t".utf8)), ("a.trace", Array(trace.utf8)),
        ]
    }

    private static func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &dice) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &dice)
            switch Int.random(in: 0..<7, using: &dice) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &dice)
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &dice)))
            case 3:
                let end = min(bytes.count, at + Int.random(in: 1...60, using: &dice))
                bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &dice))
            case 4: bytes.replaceSubrange(at..<min(bytes.count, at + 4), with: [0xFF, 0xFF, 0xFF, 0x7F].prefix(min(4, bytes.count - at)))
            case 5: bytes.removeLast(Int.random(in: 0..<max(1, bytes.count / 3), using: &dice))
            default:
                bytes.insert(
                    contentsOf: Array(
                        ["<", ">", "\"", "9999999999999999999999", "-1", "&#x110000;", "NaN", "1e400"].randomElement(using: &dice)!.utf8
                    ),
                    at: at
                )
            }
        }
        return bytes
    }

    @Test("files are read or refused, and the program goes on")
    func files() throws {
        let end = Date().addingTimeInterval(Self.seconds)
        var (dice, rounds) = (Dice(state: UInt64(Self.seconds)), 0)
        let seeds = Self.seeds()
        while Date() < end {
            for (name, seed) in seeds {
                let bytes = Self.damaged(seed, &dice)
                rounds += 1
                // An image or a PDF that arises by chance is the business of other programs.
                do {
                    if name == "a.trace" {
                        _ = try TracedPage.read(bytes).map { $0.text { _ in true } }
                    } else {
                        _ = try Extract.parts(in: bytes, name: name, effort: Extract.Effort(recognises: false))
                    }
                } catch is Extract.Refused {}
            }
        }
        #expect(rounds >= seeds.count)
        print("fuzz: \(rounds) files")
    }

    @Test("renditions are made or refused, never with what is withheld")
    func renditions() async throws {
        let end = Date().addingTimeInterval(Self.seconds)
        var (dice, made) = (Dice(state: 7), 0)
        let seeds = Self.seeds().filter { ["a.docx", "a.csv", "a.html", "a.eml", "a.xlsx"].contains($0.0) }
        repeat {
            for (name, seed) in seeds {
                let out = name == "a.docx" || name == "a.csv" ? name : "a.txt"
                let withheld = ["甲", "13812345678", "乙丙"].map { Withheld(text: $0, reason: "", article: "") }
                do {
                    let rendition = try await Redaction.rendition(of: Self.damaged(seed, &dice), name: name, as: out, withholding: withheld)
                    made += 1
                    #expect(!String(decoding: rendition.bytes, as: UTF8.self).contains("甲"))
                } catch { _ = error.en }
            }
        } while Date() < end || made == 0
        #expect(made > 0)
        print("fuzz: \(made) renditions")
    }

    @Test("packed streams of a PDF are unpacked or given up")
    func filters() throws {
        var dice = Dice(state: 3)
        for _ in 0..<Int(1000 * Self.seconds) {
            let bytes = (0..<Int.random(in: 0...300, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
            let folded = Bool.random(using: &dice) ? Inflate.fold(bytes) : bytes
            let names = ["FlateDecode", "LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode"]
            let numbers = ["Predictor", "Colors", "BitsPerComponent", "Columns", "EarlyChange"].reduce(into: [String: Double]()) {
                $0[$1] = [-1, 0, 1, 2, 12, 15, 1e18, .nan, .infinity].randomElement(using: &dice)
            }
            do {
                _ = try PDFFilter.decode(Self.damaged(folded, &dice), names.randomElement(using: &dice) ?? "", numbers, most: 1 << 20)
            } catch is Extract.Refused {}
        }
    }
}
