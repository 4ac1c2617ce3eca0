import Foundation

/// PDF: pages, layers that are off, text beyond the paper, annotations, bookmarks, forms, attachments, pictures, earlier states.
extension Walk {
    func pdf(_ bytes: [UInt8], at path: String, depth: Int) throws {
        guard depth <= 12 else { throw Extract.Refused.bomb }
        let file = try PDFFile(bytes)
        let first = parts.count
        try attempt(path) { try pages(of: file, at: path) }
        try strings(of: file, at: path)
        try streams(of: file, at: path, depth: depth)
        try attempt(path) { try pictures(of: file, at: path) }
        let now = Set(parts[first...].flatMap { $0.text.split(whereSeparator: \.isNewline).map(String.init) })
        try earlier(bytes, than: now, at: path, depth: depth)
    }

    private func pages(of file: PDFFile, at path: String) throws {
        let shown = try file.text("file.pdf")
        for start in stride(from: 1, through: file.pages.count, by: 8) {
            let end = min(start + 7, file.pages.count)
            var traced: [TracedPage] = []
            try attempt(path, "drawing of page \(start) to \(end)") { traced = try file.trace(from: start, to: end) }
            for number in start...end {
                let place = "page \(number)"
                let text = number <= shown.count ? shown[number - 1] : ""
                guard number - start < traced.count else {
                    try add(path, place, .visible, text)
                    continue
                }
                try sights(of: traced[number - start], text, at: path, place)
            }
        }
        try layers(of: file, shown, at: path)
    }

    /// What is seen on a page, then what is not, by the reason why.
    private func sights(of page: TracedPage, _ text: String, at path: String, _ place: String) throws {
        let unseen = Set(page.letters.lazy.filter { $0.text.contains { !$0.isWhitespace } }.map(\.sight)).subtracting([.shown])
        // Outside the paper pdftotext reads nothing; all else it takes for text like any other.
        let isPlain = unseen.subtracting([.outside]).isEmpty
        try add(path, place, .visible, isPlain ? text : page.text { $0 == .shown })
        for sight in unseen.sorted(by: { $0.rawValue < $1.rawValue }) {
            // The text layer of a scan repeats what the picture shows.
            try add(path, "\(place) · \(sight.rawValue)", sight == .layer ? .visible : .hidden, page.text { $0 == sight })
        }
    }

    /// The same with every layer on: what then appears besides was hidden.
    private func layers(of file: PDFFile, _ shown: [String], at path: String) throws {
        guard let catalog = file.catalog, var words = file.json[catalog.id] as? [String: Any], words["/OCProperties"] != nil else { return }
        words["/OCProperties"] = nil
        try file.write([catalog.id: words], as: "wide.pdf")
        for (number, text) in try file.text("wide.pdf").enumerated() {
            let known = Set((number < shown.count ? shown[number] : "").split(whereSeparator: \.isWhitespace))
            let more = text.split(whereSeparator: \.isNewline).filter { line in
                !line.split(whereSeparator: \.isWhitespace).allSatisfy(known.contains)
            }
            try add(path, "page \(number + 1) · hidden layer", .hidden, more.joined(separator: "\n"))
        }
        file.bench.remove("wide.pdf")
    }

    /// Every string of every object, used or not: annotations, bookmarks, forms, programs, properties.
    private func strings(of file: PDFFile, at path: String) throws {
        var pageOf: [String: Int] = [:]
        for (number, page) in file.pages.enumerated() {
            pageOf[page.id] = number + 1
            for each in file.list(page.dictionary["Annots"]) { if case .reference(let id) = each { pageOf[id] = number + 1 } }
        }
        let all = file.objects.merging(file.streams.mapValues { .dictionary($0.dictionary) }) { one, _ in one }
        for (id, value) in all.sorted(by: {
            $0.key.utf8.count == $1.key.utf8.count ? $0.key < $1.key : $0.key.utf8.count < $1.key.utf8.count
        }) {
            var waiting: [(String, PDFValue)] = [("", value)]
            var steps = 0
            while let (key, value) = waiting.popLast(), steps < 100_000 {
                steps += 1
                switch value {
                case .dictionary(let table): for (key, each) in table.sorted(by: { $0.key > $1.key }) { waiting.append((key, each)) }
                case .array(let list): for each in list.reversed() { waiting.append((key, each)) }
                case .string(let text):
                    guard !Self.routine.contains(key), !text.unicodeScalars.contains(where: { $0.value < 9 }) else { continue }
                    let near = pageOf[id].map { "page \($0) · " } ?? ""
                    try add(path, "\(near)\(Self.places[key] ?? key)", Self.kinds[key] ?? .property, text)
                default: break
                }
            }
        }
    }

    private static let routine: Set<String> = [
        "ID", "O", "U", "OE", "UE", "Perms", "DA", "CheckSum", "Lang", "IDTree", "Registry", "Ordering", "Panose", "Style", "Lookup", "OPM",
    ]

    // The columns are the point.
    // swift-format-ignore
    private static let kinds: [String: Part.Kind] = [
        "Contents": .comment, "RC": .comment, "Subj": .comment, "OverlayText": .comment,
        "V": .visible,        "DV": .hidden,  "TU": .property,  "Opt": .hidden,
        "URI": .link,         "JS": .script,  "ActualText": .hidden, "Alt": .property,
        "F": .attachment,     "UF": .attachment,
    ]

    // The columns are the point.
    // swift-format-ignore
    private static let places: [String: String] = [
        "Contents": "annotation",  "RC": "annotation",     "Subj": "annotation", "OverlayText": "redaction mark",
        "Title": "title or bookmark", "Author": "author",  "T": "author or field", "V": "form field",
        "URI": "link",             "JS": "script",         "F": "file name",     "UF": "file name",
    ]

    private func streams(of file: PDFFile, at path: String, depth: Int) throws {
        // Names stand in the file specifications that point to the streams.
        var names: [String: String] = [:]
        for value in file.objects.values {
            guard let table = value.dictionary, let embedded = file.resolve(table["EF"]).dictionary else { continue }
            let name = file.resolve(table["UF"]).string ?? file.resolve(table["F"]).string ?? "attachment"
            for each in embedded.values { if case .reference(let id) = each { names[id] = name } }
        }
        for (id, stream) in file.streams.sorted(by: { $0.key < $1.key }) {
            let type = stream.dictionary["Type"]?.name
            let subtype = stream.dictionary["Subtype"]?.name
            try attempt(path, "object \(id)") {
                if type == "EmbeddedFile" || names[id] != nil {
                    let inner = "\(path)/\(names[id] ?? "attachment \(id)")"
                    let bytes = try file.content(id, most: try room())
                    spend(bytes.count)
                    try add(inner, "", .attachment, names[id] ?? id)
                    try openInside(bytes, at: inner, depth: depth + 1)
                } else if type == "Metadata" || subtype == "XML" {
                    try allText(try file.content(id, most: 16 << 20), at: path, "XMP metadata", .property)
                } else if subtype == nil, type == nil, stream.dictionary["Length1"] == nil, stream.dictionary["FunctionType"] == nil {
                    let head = try file.content(id, most: 64 << 20)
                    if head.starts(with: "<?xml".utf8) || head.starts(with: "<xdp".utf8) || head.starts(with: "<template".utf8) {
                        try allText(head, at: path, "form", .hidden)
                    }
                    let comments = Self.comments(head)
                    if !comments.isEmpty { try add(path, "object \(id) comments", .hidden, comments) }
                }
            }
        }
    }

    /// Comments in a page's program; a font's character map has its own, which say nothing.
    private static func comments(_ bytes: [UInt8]) -> String {
        guard bytes.starts(with: "%".utf8), !bytes.starts(with: "%!".utf8), bytes.count < 1 << 20 else { return "" }
        return MailWord.text(bytes, nil).split(whereSeparator: \.isNewline).filter { $0.hasPrefix("%") }.joined(separator: "\n")
    }

    private func pictures(of file: PDFFile, at path: String) throws {
        // Photographs keep their own metadata.
        for (id, stream) in file.streams where stream.dictionary["Subtype"]?.name == "Image" && file.filters(id) == ["DCTDecode"] {
            try attempt(path, "object \(id)") { try pictureProperties(try file.raw(id), at: path, "object \(id) · ") }
        }
        guard effort.recognises, file.streams.values.contains(where: { $0.dictionary["Subtype"]?.name == "Image" }) else { return }
        for start in stride(from: 1, through: file.pages.count, by: 8) {
            let end = min(start + 7, file.pages.count)
            try attempt(path, "pictures of page \(start) to \(end)") {
                try file.bench.run(
                    ["pdfimages", "-png", "-p", "-f", "\(start)", "-l", "\(end)", "file.pdf", "picture"],
                    PDFFile.limits,
                    fine: [0]
                )
            }
            var counts: [Int: Int] = [:]
            for name in file.bench.names where name.hasPrefix("picture-") {
                let page = Int(name.dropFirst(8).prefix { $0 != "-" }) ?? start
                counts[page, default: 0] += 1
                let place = "page \(page) · picture \(counts[page] ?? 1)"
                try attempt(path, place) { try recognise(try file.bench.take(name), at: path, place + " · ") }
                file.bench.remove(name)
            }
            // A page made of many strips is read as a whole as well.
            for (page, count) in counts.sorted(by: { $0.key < $1.key }) where count > 3 {
                try attempt(path, "page \(page)") {
                    try file.bench.run(
                        ["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", "-f", "\(page)", "-l", "\(page)", "file.pdf", "whole"],
                        PDFFile.limits
                    )
                    try recognise(try file.bench.take("whole.png"), at: path, "page \(page) · whole · ")
                }
            }
        }
    }

    /// Each state of the file that was saved before the last and is still in it.
    private func earlier(_ bytes: [UInt8], than now: Set<String>, at path: String, depth: Int) throws {
        let mark = Array("%%EOF".utf8)
        var ends: [Int] = []
        var place = 0
        while let next = bytes[place...].firstIndex(of: UInt8(ascii: "%")) {
            if bytes[next...].starts(with: mark) { ends.append(next + mark.count) }
            place = next + 1
        }
        // The first mark of a file made for the web is not the end of a state.
        let head = bytes.prefix(1024)
        if head.indices.contains(where: { head[$0...].starts(with: "/Linearized".utf8) }), !ends.isEmpty { ends.removeFirst() }
        var known = now
        for (number, end) in ends.dropLast().enumerated().reversed().prefix(8) {
            try attempt(path, "revision \(number + 1)") {
                let older = Walk(effort: effort, after: self)
                do { try older.pdf(Array(bytes[..<end]), at: path, depth: depth + 1) } catch Extract.Refused.broken { return }
                for part in older.parts {
                    let lines = part.text.split(whereSeparator: \.isNewline).map(String.init).filter { !known.contains($0) }
                    known.formUnion(lines)
                    try add(part.file, "revision \(number + 1) · \(part.place)", .earlierRevision, lines.joined(separator: "\n"))
                }
            }
        }
    }
}

extension PDFFile {
    /// The text of each page.
    package func text(_ name: String) throws -> [String] {
        let text = try bench.run(["pdftotext", "-enc", "UTF-8", "-q", name, "-"], Workbench.Limits(time: 60, output: 64 << 20))
        guard let text = String(validating: text, as: UTF8.self) else { throw Extract.Refused.notText }
        return text.split(separator: "\u{C}", omittingEmptySubsequences: false).map(String.init)
    }
}
