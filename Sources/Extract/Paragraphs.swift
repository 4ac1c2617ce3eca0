/// Paragraphs of Word and of slides: what is shown, what tracked changes deleted, what is formatted away.
extension Walk {
    /// Names of styles that hide their text.
    func hiddenStyles(_ archive: ZipArchive, _ name: String) throws -> Set<String> {
        guard let entry = archive.entries.first(where: { $0.name == name }) else { return [] }
        var reader = try XMLReader(try read(entry, of: archive))
        var (style, hidden, bases) = ("", Set<String>(), [(String, String)]())
        while let event = try reader.next() {
            guard event == .start else { continue }
            switch reader.name {
            case "style": style = reader.attribute("styleId") ?? ""
            case "basedOn": bases.append((style, reader.attribute("val") ?? ""))
            case "vanish" where Self.isOn(reader): hidden.insert(style)
            default: break
            }
        }
        for _ in 0..<10 { for (style, base) in bases where hidden.contains(base) { hidden.insert(style) } }
        hidden.remove("")
        return hidden
    }

    func paragraphs(_ xml: [UInt8], at path: String, _ prefix: String, _ base: Part.Kind, hidden styles: Set<String>) throws {
        var reader = try XMLReader(xml)
        var page = WordPage(base: base, styles: styles)
        var authors: Set<String> = []
        while let event = try reader.next() {
            switch event {
            case .start:
                page.start(reader)
                for rule in Self.attributes where rule.element == reader.name {
                    if let value = reader.attribute(rule.attribute), !value.isEmpty, !value.hasPrefix("_") {
                        try add(path, prefix + rule.place, rule.kind, value)
                    }
                }
                if let author = reader.attribute("w:author"), authors.insert(author).inserted {
                    try add(path, prefix + "author", .property, author)
                }
            case .text: page.text(reader.text)
            case .comment: try add(path, prefix + "XML comment", .hidden, reader.text)
            case .end:
                guard let done = page.end(reader) else { continue }
                for piece in done.pieces {
                    let why = piece.why.isEmpty ? "" : " · \(piece.why)"
                    try add(path, "\(prefix)paragraph \(done.number)\(why)", piece.kind, piece.text)
                }
            }
        }
        for piece in page.stray { try add(path, prefix + "stray", piece.kind, piece.text) }
    }

    static func isOn(_ reader: XMLReader) -> Bool { !["0", "false", "off"].contains(reader.attribute("val") ?? "1") }

    // The columns are the point.
    // swift-format-ignore
    private static let attributes: [(element: String, attribute: String, place: String, kind: Part.Kind)] = [
        ("textpath",      "string",  "word art",         .visible),
        ("docPr",         "descr",   "picture text",     .property),
        ("docPr",         "title",   "picture title",    .property),
        ("cNvPr",         "descr",   "picture text",     .property),
        ("cNvPr",         "title",   "picture title",    .property),
        ("bookmarkStart", "w:name",  "bookmark",         .property),
        ("hyperlink",     "tooltip", "link tip",         .property),
        ("hlinkClick",    "tooltip", "link tip",         .property),
        ("alias",         "w:val",   "content control",  .property),
        ("tag",           "w:val",   "content control",  .property),
        ("default",       "w:val",   "form default",     .property),
        ("helpText",      "w:val",   "form help",        .property),
        ("statusText",    "w:val",   "form help",        .property),
        ("listEntry",     "w:val",   "form list",        .hidden),
    ]
}

/// Where the reading of one Word file stands.
private struct WordPage {
    struct Piece {
        let kind: Part.Kind
        /// Why it is not shown.
        let why: String
        var text: String
    }

    private struct Paragraph {
        var number: Int
        var pieces: [Piece] = []
        var styleHides = false
        var runHides = ""
        var shade = ""
        var run = WordGround()
        var hasDarkShape = false

        mutating func append(_ text: String, _ kind: Part.Kind, _ why: String) {
            if let place = pieces.firstIndex(where: { $0.kind == kind && $0.why == why }) {
                pieces[place].text += text
            } else {
                pieces.append(Piece(kind: kind, why: why, text: text))
            }
        }
    }

    private let base: Part.Kind
    private let styles: Set<String>
    private var names: [String] = []
    private var open: [Paragraph] = []
    private var outside = Paragraph(number: 0)
    private var count = 0
    private var deleted = 0
    /// The shading of each table cell that is open.
    private var cells: [String] = []

    init(base: Part.Kind, styles: Set<String>) { (self.base, self.styles) = (base, styles) }

    var stray: [Piece] { outside.pieces + open.flatMap(\.pieces) }

    mutating func start(_ reader: XMLReader) {
        let parent = names.last
        names.append(reader.name)
        switch reader.name {
        case "p":
            count += 1
            open.append(Paragraph(number: count))
        case "r":
            change {
                $0.runHides = ""
                $0.run = WordGround()
            }
        case "tc": cells.append("")
        case "del", "moveFrom": deleted += 1
        case "pStyle": if styles.contains(reader.attribute("val") ?? "") { change { $0.styleHides = true } }
        case "rStyle": if inRun(parent), styles.contains(reader.attribute("val") ?? "") { change { $0.runHides = "hidden text" } }
        case "vanish", "webHidden", "specVanish": if inRun(parent), Walk.isOn(reader) { change { $0.runHides = "hidden text" } }
        case "color": if inRun(parent) { change { $0.run.color = reader.attribute("val")?.uppercased() ?? "" } }
        case "highlight": if inRun(parent) { change { $0.run.highlight = reader.attribute("val") ?? "" } }
        case "shd":
            let fill = reader.attribute("val") == "solid" ? reader.attribute("w:color") ?? "000000" : reader.attribute("fill") ?? ""
            let shade = fill == "auto" && reader.attribute("val") == "solid" ? "000000" : fill.uppercased()
            if inRun(parent) { change { $0.run.shade = shade } }
            if parent == "pPr" { change { $0.shade = shade } }
            if parent == "tcPr", !cells.isEmpty { cells[cells.count - 1] = shade }
        case "sz":
            if inRun(parent), let size = reader.attribute("val").flatMap({ Int($0) }), size <= 2 {
                change { $0.runHides = "too small to read" }
            }
        case "srgbClr", "prstClr", "sysClr":
            let isFill = parent == "solidFill" && names.dropLast(2).last == "spPr" && !names.contains("pic")
            let value = reader.attribute("val") ?? ""
            if isFill, WordGround.isDark(value == "windowText" ? "000000" : value) { change { $0.hasDarkShape = true } }
        case "rect", "roundrect", "shape":
            if let fill = reader.attribute("fillcolor"), WordGround.isDark(fill) { change { $0.hasDarkShape = true } }
        case "tab": if parent == "r" { text("\t", always: true) }
        case "br", "cr": text("\n", always: true)
        case "noBreakHyphen": text("-", always: true)
        default: break
        }
    }

    mutating func text(_ text: String, always: Bool = false) {
        let element = names.last ?? ""
        switch element {
        case "instrText", "delInstrText", "fldSimple": change { $0.append(text, .hidden, "field code") }
        case "delText": change { $0.append(text, .deleted, "tracked deletion") }
        case _ where element == "t" || always:
            if deleted > 0 { return change { $0.append(text, .deleted, "tracked deletion") } }
            let why = unseen
            let kind = why.isEmpty ? base : .hidden
            change { $0.append(text, kind, why) }
        // Text where Word has none to show: somebody put it there.
        default:
            if text.contains(where: { !$0.isWhitespace }), !Self.furniture.contains(element) {
                change { $0.append(text + "\n", .hidden, "stray text") }
            }
        }
    }

    mutating func end(_ reader: XMLReader) -> (number: Int, pieces: [Piece])? {
        if let last = names.lastIndex(of: reader.name) { names.removeSubrange(last...) }
        switch reader.name {
        case "del", "moveFrom": deleted = max(0, deleted - 1)
        case "tc": _ = cells.popLast()
        case "p":
            guard let done = open.popLast() else { return nil }
            let shown = done.pieces.filter { $0.kind == .visible }.map { Piece(kind: .hidden, why: "beside a dark shape", text: $0.text) }
            return (done.number, done.pieces + (done.hasDarkShape ? shown : []))
        default: break
        }
        return nil
    }

    private static let furniture: Set<String> = ["posOffset", "pctWidth", "pctHeight", "align", "sizeRelH", "sizeRelV"]

    private var unseen: String {
        guard let paragraph = open.last else { return "" }
        if paragraph.styleHides { return "hidden text" }
        return paragraph.runHides.isEmpty
            ? paragraph.run.hides(paragraph: paragraph.shade, cell: cells.last ?? "") ?? "" : paragraph.runHides
    }

    private func inRun(_ parent: String?) -> Bool {
        parent == "rPr" && names.count >= 3 && names[names.count - 3] == "r"
    }

    private mutating func change(_ task: (inout Paragraph) -> Void) {
        if open.isEmpty { task(&outside) } else { task(&open[open.count - 1]) }
    }
}
