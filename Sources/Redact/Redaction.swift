import Extract
import Foundation

/// Makes the rendition of a file that may be handed out: built anew without what is withheld, then searched for it.
public enum Redaction {
    public struct Rendition: Sendable {
        public let bytes: [UInt8]
        /// At how many places something is withheld.
        public let withheld: Int
        /// How the file was built, in words.
        public let how: String
        public let checks: [Check]
    }

    public struct Check: Codable, Hashable, Sendable {
        public let name: String
        /// How much was looked at, in words.
        public let looked: String
        /// How many withheld texts were found; of a file that is written always 0.
        public let found: Int
    }

    /// Why there is no rendition.
    public enum Fault: Error, Equatable, Sendable {
        case unreadable(Extract.Refused)
        /// The file can become one of these kinds only, by the end of the name.
        case kinds([String])
        /// A withheld text, by its number from 1, is still found, by the check named.
        case stillThere(number: Int, check: String)
    }

    /// Pages of a PDF that are recognised at most in proving it.
    public static let mostRecognised = 60

    /// - Parameters:
    ///   - name: of the file that came in; its end tells CSV from text.
    ///   - outName: of the file to be written; its end decides the kind.
    /// - Throws: `Fault`. Nothing is given out that was not proven.
    public static func rendition(
        of bytes: [UInt8],
        name: String,
        as outName: String,
        withholding withheld: [Withheld],
        fixedWidth: Bool = false
    ) async throws(Fault) -> Rendition {
        guard !bytes.isEmpty else { throw .unreadable(.empty) }
        guard bytes.count <= Extract.mostBytesInReview else { throw .unreadable(.tooLargeToReview) }
        let task: Result<Rendition, Fault>
        do {
            task = try await Reader.work {
                do { return .success(try make(bytes, name, outName, withheld, fixedWidth)) } catch let fault as Fault {
                    return .failure(fault)
                }
            }
        } catch { throw .unreadable(error) }
        return try task.get()
    }

    private static func make(
        _ bytes: [UInt8],
        _ name: String,
        _ outName: String,
        _ withheld: [Withheld],
        _ fixedWidth: Bool
    ) throws -> Rendition {
        let blackout = Blackout(needles: withheld.compactMap(Needle.init), isFixedWidth: fixedWidth)
        let drawn = withheld.filter { $0.box != nil }
        let end = ending(outName)
        let kind = try kind(of: bytes, name)
        guard kind.ends.contains(end) else { throw Fault.kinds(kind.ends) }
        let rendition: Rendition
        switch (kind, end) {
        case (.picture, _): rendition = try picture(bytes, blackout, drawn, end, outName)
        case (.page, "pdf"): rendition = try page(bytes, blackout, drawn, outName)
        case (.word, "docx"): rendition = try word(bytes, blackout, outName)
        case (.workbook, "csv"):
            rendition = try table(try cells(bytes), "the cells that are shown, sheet after sheet, as CSV", blackout, outName)
        case (.table, _): rendition = try table(try Encoding.decode(bytes), "CSV, cell by cell", blackout, outName)
        default: rendition = try text(bytes, kind, blackout, outName)
        }
        return rendition
    }

    private enum Kind {
        case text
        case table
        case word
        case workbook
        case page
        case picture
        case other

        var ends: [String] {
            switch self {
            case .text, .other: ["txt"]
            case .table: ["csv", "tsv", "txt"]
            case .word: ["docx", "txt"]
            case .workbook: ["csv", "txt"]
            case .page: ["pdf", "txt"]
            case .picture: ["png", "jpg", "jpeg"]
            }
        }
    }

    private static func ending(_ name: String) -> String {
        let file = name.split(separator: "/").last ?? ""
        return file.contains(".") ? String(file.split(separator: ".").last ?? "").lowercased() : "txt"
    }

    private static func kind(of bytes: [UInt8], _ name: String) throws -> Kind {
        switch try Shape(of: bytes, name: name) {
        case .text: return ["csv", "tsv"].contains(ending(name)) ? .table : .text
        case .pdf: return .page
        case .picture: return .picture
        case .zip:
            let names = Set(try ZipArchive(bytes).entries.map(\.name))
            return names.contains("word/document.xml") ? .word : names.contains("xl/workbook.xml") ? .workbook : .other
        case .icon: throw Extract.Refused.unknownFormat
        default: return .other
        }
    }

    // MARK: Kinds

    private static func text(_ bytes: [UInt8], _ kind: Kind, _ blackout: Blackout, _ outName: String) throws -> Rendition {
        let shown: String
        if kind == .text {
            shown = try Encoding.decode(bytes)
        } else {
            let parts = try Extract.parts(in: bytes, name: "", effort: Extract.Effort(recognises: false))
            shown = parts.filter { $0.file.isEmpty && $0.kind == .visible }.map(\.text).joined(separator: "\n")
        }
        guard shown.contains(where: { !$0.isWhitespace }) else { throw Extract.Refused.empty }
        let (kept, count) = blackout.apply(to: shown)
        let out = Array(kept.utf8)
        var proof = Proof(blackout.needles)
        proof.fileName(outName)
        proof.text(kept, byLines: false)
        proof.bytes(out, isPlain: true)
        return try proven(out, count, kind == .text ? "text" : "the text that is shown, as plain text", proof)
    }

    private static func table(_ original: String, _ how: String, _ blackout: Blackout, _ outName: String) throws -> Rendition {
        let table = TableRendition(original, blackout)
        let out = Array(table.text.utf8)
        var proof = Proof(blackout.needles)
        proof.fileName(outName)
        proof.text(table.text, byLines: true)
        proof.bytes(out, isPlain: true)
        return try proven(out, table.count, how, proof)
    }

    private static func word(_ bytes: [UInt8], _ blackout: Blackout, _ outName: String) throws -> Rendition {
        let word = try WordRendition(bytes, blackout)
        let out = try word.build()
        var proof = Proof(blackout.needles, furniture: WordRendition.furniture)
        proof.fileName(outName)
        try proof.extraction(out, isPage: false)
        proof.bytes(out)
        let archive = try ZipArchive(out)
        proof.streams(try archive.entries.map { try archive.read($0, most: 256 << 20) }, isXML: true)
        let pictures = word.droppedPictures == 0 ? "" : "; \(word.droppedPictures) pictures are left out"
        return try proven(out, word.count, "DOCX built anew from the text and the looks that are shown\(pictures)", proof)
    }

    private static func page(_ bytes: [UInt8], _ blackout: Blackout, _ drawn: [Withheld], _ outName: String) throws -> Rendition {
        let pages = try PageRendition(bytes, blackout, drawn: drawn)
        let out = try pages.build()
        var proof = Proof(blackout.needles, furniture: PageWriter().finished())
        proof.fileName(outName)
        try proof.extraction(out, isPage: true)
        proof.bytes(out)
        let file = try PDFFile(out)
        // The pictures of the pages are packed as photographs: recognition looks at them.
        let packed = file.streams.keys.filter { file.streams[$0]?.dictionary["Subtype"]?.name != "Image" }
        proof.streams(try packed.sorted().map { try file.content($0) }, isXML: false)
        let looked = pages.doubtful.sorted().prefix(mostRecognised)
        let read = blackout.needles.isEmpty ? [] : try looked.map { try recognise(page: $0, of: file, strips: pages.strips(on: $0)) }
        proof.recognition(
            read,
            looked: "\(read.count) of \(file.pages.count) pages: those with pictures, and the lines about what is withheld on others"
        )
        return try proven(out, pages.count, "PDF of page pictures with black burnt in, and behind them only the text that is kept", proof)
    }

    /// - Parameter strips: where to look, in points; nil for the whole page.
    private static func recognise(page: Int, of file: PDFFile, strips: [PageBox]?) throws -> String {
        try file.bench.run(
            ["mutool", "draw", "-q", "-i", "-N", "-r", "200", "-c", "gray", "-F", "pgm", "-o", "proof.pgm", "file.pdf", "\(page)"],
            Workbench.Limits(time: 30, file: 256 << 20),
            fine: [0, 1]
        )
        defer { file.bench.remove("proof.pgm") }
        if let strips {
            let painted = try GreyPicture(try file.bench.take("proof.pgm"))
            try file.bench.put(painted.bands(about: strips, scale: 200 / 72), as: "proof.pgm")
        }
        return try Recognition.lines(in: "proof.pgm", on: file.bench).map(\.text).joined(separator: "\n")
    }

    private static func picture(
        _ bytes: [UInt8],
        _ blackout: Blackout,
        _ drawn: [Withheld],
        _ end: String,
        _ outName: String
    ) throws -> Rendition {
        let picture = try PictureRendition(bytes, blackout, drawn: drawn, isJPEG: end != "png")
        var proof = Proof(blackout.needles)
        proof.fileName(outName)
        try proof.extraction(picture.bytes, isPage: true)
        proof.bytes(picture.bytes)
        let bench = try Workbench()
        try bench.put(picture.bytes, as: "proof")
        let read = try Recognition.lines(in: "proof", on: bench).map(\.text).joined(separator: "\n")
        proof.recognition([read], looked: "1 picture")
        return try proven(picture.bytes, picture.count, "picture written anew from its colours, with black burnt in", proof)
    }

    private static func proven(_ bytes: [UInt8], _ count: Int, _ how: String, _ proof: Proof) throws -> Rendition {
        for check in proof.checks { if let number = check.found.first { throw Fault.stillThere(number: number, check: check.name) } }
        return Rendition(
            bytes: bytes,
            withheld: count,
            how: how,
            checks: proof.checks.map { Check(name: $0.name, looked: $0.looked, found: $0.found.count) }
        )
    }

    /// The cells that a workbook shows, as CSV.
    private static func cells(_ bytes: [UInt8]) throws -> String {
        let parts = try Extract.parts(in: bytes, name: "", effort: Extract.Effort(recognises: false))
        var sheets: [(name: Substring, rows: [Int: [Int: String]])] = []
        for part in parts where part.kind == .visible && part.file.isEmpty {
            let pieces = part.place.split(separator: " · ")
            guard pieces.count == 2, let cell = pieces.last else { continue }
            let column = cell.utf8.prefix { (65...90).contains($0) }.prefix(3).reduce(0) { $0 * 26 + Int($1) - 64 }
            guard column > 0, let row = Int(cell.drop { $0.isLetter }) else { continue }
            if sheets.last?.name != pieces[0] { sheets.append((pieces[0], [:])) }
            sheets[sheets.count - 1].rows[row, default: [:]][column] = part.text
        }
        return sheets.map { sheet in
            let wide = min(16_384, sheet.rows.values.flatMap(\.keys).max() ?? 0)
            return sheet.rows.keys.sorted().map { row in
                (1...max(1, wide)).map { "\"" + (sheet.rows[row]?[$0] ?? "").replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

extension Redaction.Fault {
    public var zh: String {
        switch self {
        case .unreadable(let refused): refused.zh
        case .kinds(let ends): "这种文件只能制作成：\(ends.joined(separator: "、"))。请更改输出文件的扩展名。"
        case .stillThere(let number, let check): "第\(number)项不予公开的内容在制成的文件里仍能查到（\(check)），没有写出任何文件。"
        }
    }

    public var en: String {
        switch self {
        case .unreadable(let refused): refused.en
        case .kinds(let ends):
            "Such a file can become \(ends.joined(separator: ", ")) only. Give the file to be written one of these endings."
        case .stillThere(let number, let check):
            "Withheld text \(number) is still found in the file that was built (\(check)); nothing was written."
        }
    }
}
