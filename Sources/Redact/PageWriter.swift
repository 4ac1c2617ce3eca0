import Extract
import Foundation

/// A PDF built anew: each page a picture, and behind it the text that is kept, invisible, so that it can be searched and read aloud.
struct PageWriter {
    /// Text at its place, in points from the top left.
    struct Run {
        let text: String
        let box: PageBox
        let size: Double
    }

    /// A page as a picture.
    enum Picture {
        /// Grey or coloured.
        case jpeg([UInt8])
        /// Sixteen shades, two places a byte, for pages of text: a third of the size, and sharp.
        case grey([UInt8])
    }

    private var out = Array("%PDF-1.7\n".utf8)
    private var places: [Int: Int] = [:]
    private var pages: [Int] = []
    /// The first objects are the catalog, the list of pages, and the font in three pieces.
    private var next = 6

    /// Sizes in points; `pixels` of the picture.
    mutating func add(width: Double, height: Double, picture: Picture, pixels: (width: Int, height: Int), _ runs: [Run]) {
        let (page, content, image) = (next, next + 1, next + 2)
        next += 3
        pages.append(page)
        let size = "\(Self.number(width)) \(Self.number(height))"
        object(
            page,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(size)]/Contents \(content) 0 R"
                + "/Resources<</XObject<</I \(image) 0 R>>/Font<</F 3 0 R>>>>>>"
        )
        var program = "q \(Self.number(width)) 0 0 \(Self.number(height)) 0 0 cm /I Do Q\nBT 3 Tr\n"
        for run in runs where !run.text.isEmpty {
            let units = run.text.utf16.map { Self.hex($0) }.joined()
            // Every letter of the font is one em wide; the line is drawn together to its width on the page.
            let natural = Double(run.text.utf16.count) * run.size
            let stretch = natural > 0 ? run.box.width / natural * 100 : 100
            program += "/F \(Self.number(run.size)) Tf \(Self.number(max(1, stretch))) Tz 1 0 0 1 \(Self.number(run.box.left)) "
            program += "\(Self.number(height - run.box.bottom + 0.2 * run.size)) Tm <\(units)> Tj\n"
        }
        stream(content, "", Array((program + "ET").utf8), isPacked: true)
        let facts = "/Type/XObject/Subtype/Image/Width \(pixels.width)/Height \(pixels.height)"
        switch picture {
        case .jpeg(let bytes):
            let space = Self.isGrey(bytes) ? "DeviceGray" : "DeviceRGB"
            stream(image, "\(facts)/ColorSpace/\(space)/BitsPerComponent 8/Filter/DCTDecode", bytes, isPacked: false)
        case .grey(let bytes): stream(image, "\(facts)/ColorSpace/DeviceGray/BitsPerComponent 4", bytes, isPacked: true)
        }
    }

    /// Whether the head of a JPEG counts one colour.
    private static func isGrey(_ bytes: [UInt8]) -> Bool {
        var place = 2
        while place + 9 < bytes.count, bytes[place] == 0xFF {
            let mark = bytes[place + 1]
            if (0xC0...0xCF).contains(mark), mark != 0xC4, mark != 0xC8, mark != 0xCC { return bytes[place + 9] == 1 }
            place += 2 + (Int(bytes[place + 2]) << 8 | Int(bytes[place + 3]))
        }
        return false
    }

    func finished() -> [UInt8] {
        var file = self
        file.object(1, "<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>")
        file.object(2, "<</Type/Pages/Count \(pages.count)/Kids[\(pages.map { "\($0) 0 R" }.joined(separator: " "))]>>")
        file.object(
            3,
            "<</Type/Font/Subtype/Type0/BaseFont/KeptText/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>"
        )
        file.object(
            4,
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/KeptText/CIDToGIDMap/Identity/DW 1000"
                + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor"
                + "/FontName/KeptText/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 800/StemV 80>>>>"
        )
        file.stream(5, "", Array(Self.map.utf8), isPacked: true)
        let start = file.out.count
        file.out += Array("xref\n0 \(next)\n0000000000 65535 f \n".utf8)
        for number in 1..<next {
            let digits = String(file.places[number] ?? 0)
            file.out += Array("\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n".utf8)
        }
        return file.out + Array("trailer\n<</Size \(next)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    }

    private mutating func object(_ number: Int, _ body: String) {
        places[number] = out.count
        out += Array("\(number) 0 obj\n\(body)\nendobj\n".utf8)
    }

    private mutating func stream(_ number: Int, _ dictionary: String, _ bytes: [UInt8], isPacked: Bool) {
        places[number] = out.count
        let packed = isPacked ? Inflate.fold(bytes) : bytes
        out += Array("\(number) 0 obj\n<<\(dictionary)\(isPacked ? "/Filter/FlateDecode" : "")/Length \(packed.count)>>\nstream\n".utf8)
        out += packed
        out += Array("\nendstream\nendobj\n".utf8)
    }

    static func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func number(_ value: Double) -> String {
        let whole = (value * 100).rounded() / 100
        return whole == whole.rounded() && abs(whole) < 1e9 ? String(Int(whole)) : String(whole)
    }

    /// Codes are UTF-16 themselves.
    private static let map = """
        /CIDInit /ProcSet findresource begin 12 dict begin begincmap
        /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
        /CMapName /KeptText def /CMapType 2 def
        1 begincodespacerange <0000> <FFFF> endcodespacerange
        \((0..<3).map { block in
            let rows = (0..<100).compactMap { row -> String? in
                let high = block * 100 + row
                guard high < 256, !(0xD8...0xDF).contains(high) else { return nil }
                let digits = String(high, radix: 16, uppercase: true)
                let two = digits.count == 1 ? "0" + digits : digits
                return "<\(two)00> <\(two)FF> <\(two)00>"
            }
            return "\(rows.count) beginbfrange\n\(rows.joined(separator: "\n"))\nendbfrange"
        }.joined(separator: "\n"))
        endcmap CMapName currentdict /CMap defineresource pop end end
        """
}
