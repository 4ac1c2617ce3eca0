import Foundation

/// Archives, and office files that are archives.
extension Walk {
    func zip(_ bytes: [UInt8], at path: String, depth: Int) throws {
        let archive = try ZipArchive(bytes)
        try add(path, "", .comment, archive.comment)
        let names = Set(archive.entries.map(\.name))
        if names.contains("[Content_Types].xml") { return try office(archive, at: path, depth: depth) }
        if names.contains("content.xml") || names.contains("mimetype") && names.contains("META-INF/manifest.xml") {
            return try openDocument(archive, at: path, depth: depth)
        }
        if names.contains("OFD.xml") { return try fixedDocument(archive, at: path, depth: depth) }
        for entry in archive.entries {
            let inner = "\(path)/\(entry.name)"
            try add(inner, "", entry.isListed ? .attachment : .hidden, entry.name)
            try attempt(inner) { try openInside(try read(entry, of: archive), at: inner, depth: depth + 1) }
        }
    }

    func read(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws -> [UInt8] {
        let read = try archive.read(entry, most: try room())
        spend(read.count)
        return read
    }

    func gzip(_ bytes: [UInt8], at path: String, depth: Int) throws {
        let inner = try Inflate.unfold(bytes, .gzip, most: try room())
        spend(inner.count)
        let name = path.hasSuffix(".gz") ? String(path.split(separator: "/").last ?? "file").dropLast(3) : "file"
        try openInside(inner, at: "\(path)/\(name)", depth: depth + 1)
    }

    func tar(_ bytes: [UInt8], at path: String, depth: Int) throws {
        var place = 0
        while place + 512 <= bytes.count, bytes[place] != 0 {
            let name = String(decoding: bytes[place..<(place + 100)].prefix { $0 != 0 }, as: UTF8.self)
            let digits = String(decoding: bytes[(place + 124)..<(place + 136)].prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
            guard let size = Int(digits, radix: 8), size >= 0, place + 512 + size <= bytes.count else { throw Extract.Refused.broken }
            _ = try room()
            spend(size)
            let kind = bytes[place + 156]
            if size > 0, kind == 0 || kind == UInt8(ascii: "0") {
                try add("\(path)/\(name)", "", .attachment, name)
                try openInside(Array(bytes[(place + 512)..<(place + 512 + size)]), at: "\(path)/\(name)", depth: depth + 1)
            }
            place += 512 + (size + 511) / 512 * 512
        }
    }

    /// DOCX, XLSX and PPTX: every file in the package is read by what it is, or named as unread.
    func office(_ archive: ZipArchive, at path: String, depth: Int) throws {
        let styles = try hiddenStyles(archive, "word/styles.xml")
        if archive.entries.contains(where: { $0.name == "xl/workbook.xml" }) { try workbook(archive, at: path) }
        for entry in archive.entries {
            let name = entry.name
            let inner = "\(path)/\(name)"
            if !entry.isListed { try add(inner, "", .hidden, name) }
            try attempt(inner) {
                if name.hasSuffix(".rels") { return try relations(try read(entry, of: archive), at: path) }
                let isXML = name.hasSuffix(".xml") || name.hasSuffix(".vml")
                guard isXML else { return try inside(entry, of: archive, at: path, depth: depth) }
                if Self.silent.contains(where: name.contains) || name.hasPrefix("xl/") && Self.workbookFiles.contains(where: name.contains)
                {
                    return
                }
                let xml = try read(entry, of: archive)
                let stem = String(name.split(separator: "/").last?.dropLast(4) ?? "")
                if name.hasPrefix("docProps/") {
                    try properties(xml, at: path)
                } else if name.hasPrefix("word/") && !name.contains("/charts/") && !name.hasSuffix("settings.xml") {
                    let place = name == "word/document.xml" ? "" : stem + " "
                    let kind: Part.Kind = stem.hasPrefix("comments") ? .comment : name.contains("/glossary/") ? .hidden : .visible
                    try paragraphs(xml, at: path, place, kind, hidden: styles)
                } else if name.hasPrefix("ppt/slides/") || name.hasPrefix("ppt/notesSlides/") || name.hasPrefix("ppt/slide") {
                    let hidden = String(decoding: xml.prefix(4096), as: UTF8.self).contains(" show=\"0\"")
                    let kind: Part.Kind = name.contains("notes") ? .comment : hidden ? .hidden : .visible
                    try paragraphs(xml, at: path, stem + " ", kind, hidden: [])
                } else if name.contains("/drawings/drawing") || name.contains("/diagrams/") {
                    try paragraphs(xml, at: path, stem + " ", .visible, hidden: [])
                } else {
                    let kind: Part.Kind = name.contains("omment") ? .comment : name.contains("/charts/") ? .visible : .hidden
                    try allText(xml, at: path, name, kind)
                }
            }
        }
    }

    private func inside(_ entry: ZipArchive.Entry, of archive: ZipArchive, at path: String, depth: Int) throws {
        let inner = "\(path)/\(entry.name)"
        if entry.name.contains("printerSettings") || entry.name.hasSuffix("/") { return }
        let bytes = try read(entry, of: archive)
        if entry.name.contains("/embeddings/") || entry.name.contains("/activeX/") { try add(inner, "", .attachment, entry.name) }
        try openInside(bytes, at: inner, depth: depth + 1)
    }

    /// Looks and names of fonts: words of the program, not of the office.
    private static let silent = [
        "[Content_Types]", "theme/", "word/styles", "word/fontTable", "word/webSettings", "word/numbering", "stylesWithEffects",
        "tableStyles", "presProps", "viewProps",
    ]
    private static let workbookFiles = ["xl/workbook.xml", "xl/sharedStrings.xml", "worksheets/sheet", "xl/styles.xml", "calcChain"]

    /// Where the file points to.
    func relations(_ xml: [UInt8], at path: String) throws {
        var reader = try XMLReader(xml)
        while let event = try reader.next() {
            guard event == .start, reader.name == "Relationship", reader.attribute("TargetMode") == "External" else { continue }
            try add(path, "link", .link, reader.attribute("Target") ?? "")
        }
    }

    /// Authors, titles and whatever an office has written into the properties.
    func properties(_ xml: [UInt8], at path: String) throws {
        var reader = try XMLReader(xml)
        var (name, custom) = ("", "")
        while let event = try reader.next() {
            switch event {
            case .start:
                name = reader.name
                if let given = reader.attribute("name") { custom = given }
            case .text, .comment:
                let label = custom.isEmpty ? name : custom
                try add(path, "property \(label)", .property, reader.text)
            case .end: if reader.name == "property" || reader.name == "user-defined" { custom = "" }
            }
        }
    }

    /// XML of no kind known here: all its text, and its attributes that are words.
    func allText(_ xml: [UInt8], at path: String, _ place: String, _ kind: Part.Kind) throws {
        var reader = try XMLReader(xml)
        var lines: [String] = []
        while let event = try reader.next() {
            switch event {
            case .start:
                for (name, value) in reader.allAttributes() where !name.hasPrefix("xmlns") && Self.isWord(value) { lines.append(value) }
            case .text, .comment:
                let text = reader.text.trimmingCharacters(in: .whitespacesAndNewlines)
                if !text.isEmpty { lines.append(text) }
            case .end: break
            }
        }
        try add(path, place, kind, lines.joined(separator: "\n"))
    }

    private static func isWord(_ value: String) -> Bool {
        !value.hasPrefix("http://schemas.") && (value.utf8.contains { $0 > 127 } || value.utf8.count >= 6)
    }
}
