/// OFD, the fixed-layout format of Chinese offices: pages, annotations, attachments, what is set invisible.
extension Walk {
    func fixedDocument(_ archive: ZipArchive, at path: String, depth: Int) throws {
        // Of a document with versions, only the current pages are shown.
        let pages = archive.entries.map(\.name).filter { $0.hasSuffix("Content.xml") }.sorted { Self.natural($0, $1) }
        var numbers: [String: Int] = [:]
        for (index, page) in pages.filter({ !$0.contains("Tpls") }).enumerated() { numbers[page] = index + 1 }
        for entry in archive.entries {
            let name = entry.name
            let inner = "\(path)/\(name)"
            if !entry.isListed { try add(inner, "", .hidden, name) }
            try attempt(inner) {
                let bytes = try read(entry, of: archive)
                if let number = numbers[name] {
                    try fixedPage(bytes, at: path, "page \(number)", .visible)
                } else if name.hasSuffix("Content.xml") {
                    try fixedPage(bytes, at: path, name, .visible)
                } else if name.lowercased().contains("annot"), name.hasSuffix(".xml") {
                    try fixedPage(bytes, at: path, "annotation", .comment)
                } else if name.hasSuffix(".xml") {
                    if name.hasSuffix("PublicRes.xml") || name.hasSuffix("DocumentRes.xml") || name.contains("/Signs/") { return }
                    try allText(bytes, at: path, name, .property)
                } else if name.lowercased().contains("attach") {
                    try add(inner, "", .attachment, name)
                    try openInside(bytes, at: inner, depth: depth + 1)
                } else if !name.hasSuffix(".esl"), !name.hasSuffix(".dat") {
                    try openInside(bytes, at: inner, depth: depth + 1)
                }
            }
        }
    }

    private static func natural(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count ? one < other : one.utf8.count < other.utf8.count
    }

    private func fixedPage(_ xml: [UInt8], at path: String, _ place: String, _ base: Part.Kind) throws {
        var reader = try XMLReader(xml)
        var (element, line, lastY) = ("", "", "")
        var invisible: [Int] = []
        var texts: [Part.Kind: [String]] = [:]
        func flush() {
            if !line.isEmpty { texts[invisible.isEmpty ? base : .hidden, default: []].append(line) }
            line = ""
        }
        while let event = try reader.next() {
            switch event {
            case .start:
                element = reader.name
                if element == "TextObject" {
                    let y = reader.attribute("Boundary")?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                    if y != lastY { flush() }
                    lastY = y
                }
                if reader.attribute("Visible") == "false" {
                    flush()
                    invisible.append(reader.depth)
                }
                for name in ["Remark", "Creator", "URI", "Subject"] {
                    if let said = reader.attribute(name) { texts[.property, default: []].append(said) }
                }
            case .text:
                let said = reader.text.trimmingPrefix(while: \.isNewline)
                if element == "TextCode" {
                    line += said
                } else if said.contains(where: { !$0.isWhitespace }) && !["CGTransform", "Glyphs", "AbbreviatedData"].contains(element) {
                    texts[base == .visible ? .hidden : base, default: []].append(String(said))
                }
            case .comment: texts[.hidden, default: []].append(reader.text)
            case .end:
                element = ""
                if let last = invisible.last, reader.depth < last {
                    flush()
                    invisible.removeLast()
                }
            }
        }
        flush()
        for (kind, lines) in texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try add(path, place, kind, lines.joined(separator: "\n"))
        }
    }
}
