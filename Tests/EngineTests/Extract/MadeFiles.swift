import Extract
import Foundation

/// Files that the tests make themselves, byte by byte.
enum Made {
    static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    /// An archive without packing, unless files come packed already. An unlisted file stands between the others, but not in the directory.
    static func zip(_ files: [(String, [UInt8])], unlisted: Set<String> = [], encrypted: Bool = false, unfolded: Int? = nil) -> [UInt8] {
        var (out, directory, count): ([UInt8], [UInt8], Int) = ([], [], 0)
        let flags = 0x800 | (encrypted ? 1 : 0)
        for (name, bytes) in files {
            let start = out.count
            let facts =
                little(20, 2) + little(flags, 2) + little(unfolded == nil ? 0 : 8, 2) + little(0, 4) + little(Int(crc(bytes)), 4)
                + little(bytes.count, 4) + little(unfolded ?? bytes.count, 4)
                + little(name.utf8.count, 2) + little(0, 2)
            out += [0x50, 0x4B, 3, 4] + facts + Array(name.utf8) + bytes
            if unlisted.contains(name) { continue }
            count += 1
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + facts + little(0, 10) + little(start, 4) + Array(name.utf8)
        }
        return out + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2) + little(directory.count, 4)
            + little(out.count, 4) + little(0, 2)
    }

    static func zip(_ files: [(String, String)]) -> [UInt8] { zip(files.map { ($0.0, Array($0.1.utf8)) }) }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }

    /// Packed as archives pack.
    static func deflated(_ bytes: [UInt8]) -> [UInt8] { Inflate.fold(bytes, .raw) }

    static let fontFile = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

    static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    /// A Word file whose body is given, with more files beside it.
    static func docx(_ body: String, _ more: [(String, [UInt8])] = []) -> [UInt8] {
        let types =
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' "
            + "ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' "
            + "ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"
        let relations =
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' "
            + "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>"
        let files: [(String, String)] = [
            ("[Content_Types].xml", types), ("_rels/.rels", relations),
            ("word/document.xml", "<?xml version='1.0'?><w:document xmlns:w='\(word)'><w:body>\(body)</w:body></w:document>"),
        ]
        return zip(files.map { ($0.0, Array($0.1.utf8)) } + more)
    }

    /// A paragraph of one run, with run properties.
    static func paragraph(_ text: String, _ properties: String = "") -> String {
        "<w:p><w:r><w:rPr>\(properties)</w:rPr><w:t xml:space='preserve'>\(text)</w:t></w:r></w:p>"
    }

    /// A PDF of the given objects; the first is the catalog. Later states are appended as a program would.
    static func pdf(_ objects: [String], then: [[Int: String]] = []) -> [UInt8] {
        var out = Array("%PDF-1.7\n".utf8)
        func section(_ numbered: [(Int, String)], previous: Int?) -> Int {
            var places: [(Int, Int)] = []
            for (number, body) in numbered {
                places.append((number, out.count))
                out += Array("\(number) 0 obj\n\(body)\nendobj\n".utf8)
            }
            let start = out.count
            out += Array("xref\n\(previous == nil ? "0 1\n0000000000 65535 f \n" : "")".utf8)
            for (number, place) in places {
                let digits = String(place)
                out += Array("\(number) 1\n\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n".utf8)
            }
            let before = previous.map { "/Prev \($0)" } ?? ""
            let size = objects.count + 1
            out += Array("trailer\n<</Size \(size)/Root 1 0 R\(before)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
            return start
        }
        var last = section(objects.enumerated().map { ($0.offset + 1, $0.element) }, previous: nil)
        for state in then { last = section(state.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, previous: last) }
        return out
    }

    static func stream(_ content: String, _ dictionary: String = "") -> String {
        "<<\(dictionary)/Length \(content.utf8.count)>>\nstream\n\(content)\nendstream"
    }

    /// Text shown at a place with the Chinese font that every reader knows, by its name /F.
    static func show(_ text: String, at x: Int, _ y: Int, size: Int = 20) -> String {
        let hex = text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "BT /F \(size) Tf 1 0 0 1 \(x) \(y) Tm <\(hex.joined())> Tj ET\n"
    }

    static let font =
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
        + "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
        + "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
        + "/Descent -120/CapHeight 880/StemV 93>>>>]>>"

    /// A page of 400 by 300 points with the content given; object 3 is the page, 4 its content, 5 the font.
    static func page(_ content: String, page: String = "", catalog: String = "", more: [String] = [], then: [[Int: String]] = []) -> [UInt8]
    {
        pdf(
            [
                "<</Type/Catalog/Pages 2 0 R\(catalog)>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>\(page.isEmpty ? ">>" : page)>>",
                stream(content), font,
            ] + more,
            then: then
        )
    }
}
