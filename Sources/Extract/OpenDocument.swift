/// Texts, sheets and slides in the open document format.
extension Walk {
    func openDocument(_ archive: ZipArchive, at path: String, depth: Int) throws {
        if let manifest = archive.entries.first(where: { $0.name == "META-INF/manifest.xml" }) {
            let xml = String(decoding: try read(manifest, of: archive), as: UTF8.self)
            if xml.contains("encryption-data") { throw Extract.Refused.encrypted }
        }
        var hidden: Set<String> = []
        for name in ["styles.xml", "content.xml"] {
            guard let entry = archive.entries.first(where: { $0.name == name }) else { continue }
            hidden.formUnion(try Self.hiddenNames(try read(entry, of: archive)))
        }
        for entry in archive.entries {
            let name = entry.name
            let inner = "\(path)/\(name)"
            if !entry.isListed { try add(inner, "", .hidden, name) }
            try attempt(inner) {
                if name == "mimetype" || name.hasPrefix("META-INF/") || name.hasPrefix("Configurations2/") || name.hasSuffix("manifest.rdf")
                {
                    return
                }
                let bytes = try read(entry, of: archive)
                if name.hasSuffix("content.xml") || name.hasSuffix("styles.xml") {
                    let place = name == "content.xml" ? "" : name.replacing(".xml", with: "") + " "
                    try openText(bytes, at: path, place, hidden: hidden)
                } else if name.hasSuffix("meta.xml") {
                    try properties(bytes, at: path)
                } else if name.hasPrefix("Basic/") || name.hasPrefix("Scripts/") {
                    try allText(bytes, at: path, name, .script)
                } else if name.hasSuffix(".xml") {
                    if !name.hasSuffix("settings.xml") { try allText(bytes, at: path, name, .hidden) }
                } else {
                    if !name.hasPrefix("Pictures/") && !name.hasPrefix("Thumbnails/") && !name.hasPrefix("ObjectReplacements/") {
                        try add(inner, "", name.hasPrefix("Versions/") ? .earlierRevision : .attachment, name)
                    }
                    try openInside(bytes, at: inner, depth: depth + 1)
                }
            }
        }
    }

    /// Styles that do not display their text, their rows, columns or sheet.
    private static func hiddenNames(_ xml: [UInt8]) throws -> Set<String> {
        var reader = try XMLReader(xml)
        var (style, hidden) = ("", Set<String>())
        while let event = try reader.next() {
            guard event == .start else { continue }
            if reader.name == "style" { style = reader.attribute("style:name") ?? "" }
            if reader.name == "text-properties", reader.attribute("display") == "none" { hidden.insert(style) }
            if reader.name == "table-properties", reader.attribute("display") == "false" { hidden.insert(style) }
        }
        return hidden
    }

    private func openText(_ xml: [UInt8], at path: String, _ prefix: String, hidden: Set<String>) throws {
        var reader = try XMLReader(xml)
        // Each open element with what it makes of the text below it.
        var open: [(name: String, kind: Part.Kind?)] = []
        var (number, sheet, row) = (0, "", 0)
        var texts: [[(Part.Kind, String)]] = []
        func note(_ text: String, _ kind: Part.Kind) {
            guard !texts.isEmpty else { return }
            let last = texts.count - 1
            if let at = texts[last].firstIndex(where: { $0.0 == kind }) {
                texts[last][at].1 += text
            } else {
                texts[last].append((kind, text))
            }
        }
        while let event = try reader.next() {
            let kind = open.last { $0.kind != nil }?.kind ?? .visible
            switch event {
            case .start:
                open.append((reader.name, Self.kind(of: reader, hidden: hidden)))
                switch reader.name {
                case "p", "h":
                    number += 1
                    texts.append([])
                case "table":
                    (sheet, row) = (reader.attribute("table:name") ?? "", 0)
                    try add(path, prefix + "sheet", Self.kind(of: reader, hidden: hidden) ?? .visible, sheet)
                case "table-row": row += 1
                case "tab": note("\t", kind)
                case "line-break": note("\n", kind)
                case "s": note(" ", kind)
                case "a": try add(path, prefix + "link", .link, reader.attribute("href") ?? "")
                case "bookmark", "bookmark-start": try add(path, prefix + "bookmark", .property, reader.attribute("name") ?? "")
                case "table-cell":
                    try add(path, prefix + "\(sheet) row \(row) formula", .hidden, reader.attribute("formula") ?? "")
                case "hidden-text", "conditional-text", "hidden-paragraph", "placeholder", "user-field-decl", "variable-set":
                    for name in ["string-value", "string-value-if-true", "string-value-if-false", "condition", "description"] {
                        try add(path, prefix + "field", .hidden, reader.attribute(name) ?? "")
                    }
                default: break
                }
            case .text:
                if texts.isEmpty {
                    let element = open.last?.name ?? ""
                    let said: Part.Kind =
                        ["creator", "date", "desc", "title"].contains(element) ? .property : kind == .visible ? .hidden : kind
                    try add(path, prefix + element, said, reader.text)
                } else {
                    note(reader.text, kind)
                }
            case .comment: try add(path, prefix + "XML comment", .hidden, reader.text)
            case .end:
                if reader.name == "p" || reader.name == "h", let done = texts.popLast() {
                    let place = sheet.isEmpty || row == 0 ? "\(prefix)paragraph \(number)" : "\(prefix)\(sheet) row \(row)"
                    for (kind, text) in done { try add(path, place, kind, text) }
                }
                if reader.name == "table" { sheet = "" }
                if let last = open.lastIndex(where: { $0.name == reader.name }) { open.removeSubrange(last...) }
            }
        }
    }

    private static func kind(of reader: XMLReader, hidden: Set<String>) -> Part.Kind? {
        switch reader.name {
        case "tracked-changes": return .deleted
        case "insertion", "format-change": return .property
        case "annotation": return .comment
        case "notes": return .comment
        case "hidden-text", "hidden-paragraph", "script": return .hidden
        default:
            if let visibility = reader.attribute("table:visibility"), visibility != "visible" { return .hidden }
            if let style = reader.attribute("style-name"), hidden.contains(style) { return .hidden }
            return nil
        }
    }
}
