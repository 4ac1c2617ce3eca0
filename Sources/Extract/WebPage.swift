import Foundation

/// Web pages: what is shown, and the comments, hidden elements, attributes, scripts and embedded files beside it.
extension Walk {
    func webPage(_ bytes: [UInt8], at path: String, depth: Int) throws {
        var page = WebPage(bytes)
        page.read()
        for (kind, place, text) in page.found { try add(path, place, kind, text) }
        for (number, link) in page.data.prefix(500).enumerated() {
            guard let comma = link.firstIndex(of: ",") else { continue }
            let body = link[link.index(after: comma)...]
            let content = link[..<comma].contains(";base64") ? MailWord.base64(MailWord.percent(body)) : MailWord.percent(body)
            spend(content.count)
            _ = try room()
            try openInside(content, at: "\(path)/data\(number + 1)", depth: depth + 1)
        }
    }

    /// Rich text: what is shown by pandoc, and whatever words its groups hold beside that.
    func richText(_ bytes: [UInt8], at path: String, depth: Int) throws {
        var groups = RichText(bytes)
        groups.read()
        try add(path, "", .visible, groups.shown)
        try add(path, "groups not shown", .hidden, groups.hidden)
        for (number, object) in groups.objects.prefix(100).enumerated() {
            try add("\(path)/object\(number + 1)", "", .attachment, "object \(number + 1)")
            // An object begins with a name and a length in OLE 1.0; the file itself starts at a mark known here.
            let marks: [[UInt8]] = [
                [0xD0, 0xCF, 0x11, 0xE0], [0x50, 0x4B, 3, 4], Array("%PDF-".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF],
            ]
            guard let start = object.indices.prefix(4096).first(where: { at in marks.contains { object[at...].starts(with: $0) } }) else {
                continue
            }
            try openInside(Array(object[start...]), at: "\(path)/object\(number + 1)", depth: depth + 1)
        }
    }
}

/// A reader of tags that never fails, as browsers do not.
private struct WebPage {
    private(set) var found: [(Part.Kind, String, String)] = []
    private(set) var data: [String] = []
    private let bytes: [UInt8]
    private var place = 0
    private var shown = ""
    private var hiddenText = ""
    /// Open elements, and whether each hides what is in it.
    private var open: [(name: String, hides: Bool)] = []
    private var hiding = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else {
                text()
                continue
            }
            if starts("<!--") {
                let end = index(of: "-->", from: place + 4) ?? bytes.count
                found.append((.hidden, "comment", String(decoding: bytes[(place + 4)..<end], as: UTF8.self)))
                place = min(end + 3, bytes.count)
            } else if starts("<!") || starts("<?") {
                place = (bytes[place...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
            } else {
                tag()
            }
        }
        found.append((.visible, "", shown))
        found.append((.hidden, "hidden elements", hiddenText))
    }

    private mutating func text() {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        write(HTMLEntity.decode(XMLReader.unescape(bytes[start..<place])))
    }

    private mutating func write(_ text: String) {
        if hiding > 0 { hiddenText += text } else { shown += text }
    }

    private mutating func tag() {
        let closes = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "/")
        let start = place + (closes ? 2 : 1)
        guard start < bytes.count, bytes[start] | 0x20 >= 97, bytes[start] | 0x20 <= 122 else {
            write("<")
            place += 1
            return
        }
        var end = start
        var quote: UInt8 = 0
        while end < bytes.count, quote != 0 || bytes[end] != UInt8(ascii: ">") {
            if quote != 0 { if bytes[end] == quote { quote = 0 } } else if bytes[end] == 0x22 || bytes[end] == 0x27 { quote = bytes[end] }
            end += 1
        }
        let inner = bytes[start..<end]
        let nameEnd = inner.firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: "/") } ?? end
        let name = String(decoding: bytes[start..<nameEnd], as: UTF8.self).lowercased()
        place = min(end + 1, bytes.count)
        if Self.blocks.contains(name) { write("\n") }
        if closes {
            guard let last = open.lastIndex(where: { $0.name == name }) else { return }
            hiding -= open[last...].count { $0.hides }
            open.removeSubrange(last...)
            return
        }
        let attributes = Self.attributes(bytes[nameEnd..<end])
        take(name, attributes)
        if ["script", "style", "textarea", "title", "xmp", "noembed"].contains(name) { return rawText(name) }
        guard !Self.empty.contains(name), bytes[end - 1] != UInt8(ascii: "/"), open.count < 2000 else { return }
        let hides = Self.hides(name, attributes)
        if hides { hiding += 1 }
        open.append((name, hides))
    }

    private mutating func rawText(_ name: String) {
        let end = index(of: "</\(name)", from: place) ?? bytes.count
        let text = String(decoding: bytes[place..<end], as: UTF8.self)
        found.append((name == "title" ? .property : name == "textarea" ? .visible : .script, name, text))
        place = (end < bytes.count ? bytes[end...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1 : bytes.count - 1) + 1
    }

    private mutating func take(_ name: String, _ attributes: [(String, String)]) {
        for (key, value) in attributes where !value.isEmpty {
            if value.hasPrefix("data:") {
                data.append(value)
                continue
            }
            switch key {
            case "href", "src", "action", "cite", "poster", "srcset": found.append((.link, name, value))
            case "alt", "title", "content", "placeholder", "label", "summary", "aria-label", "aria-description":
                found.append((.property, "\(name) \(key)", value))
            case "value":
                found.append(
                    (attributes.contains { $0.0 == "type" && $0.1.lowercased() == "hidden" } ? .hidden : .visible, "\(name) value", value)
                )
            case _ where key.hasPrefix("data-"): found.append((.hidden, "\(name) \(key)", value))
            case _ where key.hasPrefix("on"): found.append((.script, "\(name) \(key)", value))
            case "style":
                if value.contains("content") { found.append((.hidden, "\(name) style", value)) }
                var rest = value[...]
                while let at = rest.range(of: "url(data:") {
                    let link = rest[at.lowerBound...].dropFirst(4).prefix { $0 != ")" }
                    data.append(link.trimmingCharacters(in: CharacterSet(charactersIn: "'\"")))
                    rest = rest[at.upperBound...]
                }
            default: if value.utf8.contains(where: { $0 > 127 }) { found.append((.property, "\(name) \(key)", value)) }
            }
        }
    }

    private static func hides(_ name: String, _ attributes: [(String, String)]) -> Bool {
        if ["template", "noscript", "noframes", "datalist"].contains(name) { return true }
        for (key, value) in attributes {
            if key == "hidden" || key == "aria-hidden" && value == "true" { return true }
            guard key == "style" else { continue }
            let style = value.lowercased().filter { !$0.isWhitespace }
            let tricks = [
                "display:none", "visibility:hidden", "visibility:collapse", "font-size:0", "opacity:0;", "color:transparent", "left:-9",
                "top:-9",
                "text-indent:-9", "clip:rect(0",
            ]
            if tricks.contains(where: style.contains) || style.hasSuffix("opacity:0") { return true }
            if ["color:#fff;", "color:#ffffff;", "color:white;"].contains(where: {
                (style + ";").contains(";" + $0) || (style + ";").hasPrefix($0)
            }) {
                return true
            }
        }
        return false
    }

    private static func attributes(_ bytes: ArraySlice<UInt8>) -> [(String, String)] {
        var (found, at): ([(String, String)], Int) = ([], bytes.startIndex)
        let end = bytes.endIndex
        while at < end, found.count < 200 {
            while at < end, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "/") { at += 1 }
            let start = at
            while at < end, bytes[at] > 0x20, bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: "/") { at += 1 }
            guard at > start else {
                at += 1
                continue
            }
            let key = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
            while at < end, bytes[at] <= 0x20 { at += 1 }
            guard at < end, bytes[at] == UInt8(ascii: "=") else {
                found.append((key, ""))
                continue
            }
            at += 1
            while at < end, bytes[at] <= 0x20 { at += 1 }
            guard at < end else { break }
            let quote: UInt8? = bytes[at] == 0x22 || bytes[at] == 0x27 ? bytes[at] : nil
            if quote != nil { at += 1 }
            let from = at
            while at < end, quote.map({ bytes[at] != $0 }) ?? (bytes[at] > 0x20) { at += 1 }
            found.append((key, HTMLEntity.decode(XMLReader.unescape(bytes[from..<at]))))
            if quote != nil { at += 1 }
        }
        return found
    }

    private func starts(_ mark: String) -> Bool { bytes[place...].starts(with: mark.utf8) }

    private func index(of mark: String, from: Int) -> Int? {
        let mark = Array(mark.utf8)
        guard from <= bytes.count - mark.count else { return nil }
        return (from...(bytes.count - mark.count)).first { at in
            mark.indices.allSatisfy { (65...90).contains(bytes[at + $0]) ? bytes[at + $0] | 0x20 == mark[$0] : bytes[at + $0] == mark[$0] }
        }
    }

    private static let blocks: Set<String> = [
        "p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
        "footer", "blockquote", "pre", "dt", "dd", "option", "hr", "body", "caption", "figcaption",
    ]
    private static let empty: Set<String> = [
        "br", "img", "input", "meta", "link", "hr", "area", "base", "col", "embed", "source", "track", "wbr",
    ]
}

/// The named entities that stand in the way of finding a word or a number.
enum HTMLEntity {
    static func decode(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var text = text
        for (name, character) in table { text = text.replacing(name, with: character) }
        return text
    }

    private static let table: [(String, String)] = [
        ("&ensp;", " "), ("&emsp;", " "), ("&thinsp;", " "), ("&zwnj;", "\u{200C}"), ("&zwj;", "\u{200D}"), ("&shy;", "\u{AD}"),
        ("&middot;", "·"), ("&mdash;", "—"), ("&ndash;", "–"), ("&star;", "☆"), ("&starf;", "★"), ("&hellip;", "…"), ("&ldquo;", "“"),
        ("&rdquo;", "”"), ("&commat;", "@"), ("&period;", "."), ("&num;", "#"), ("&copy;", "©"),
    ]
}

/// Rich text: control words, groups, and text in the code page or as Unicode.
private struct RichText {
    private(set) var shown = ""
    private(set) var hidden = ""
    private(set) var objects: [[UInt8]] = []
    private let bytes: [UInt8]
    private var pending: [UInt8] = []

    private struct Group {
        var hides = false
        var isObject = false
        var isData = false
        /// How many characters stand in for one \u.
        var skip = 1
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() {
        var (groups, place, skip) = ([Group()], 0, 0)
        var hex: [UInt8] = []
        while place < bytes.count, let group = groups.last {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "{"):
                flush(group)
                if groups.count < 2000 { groups.append(group) }
            case UInt8(ascii: "}"):
                flush(group)
                if group.isObject, !hex.isEmpty {
                    objects.append(Self.fromHex(hex))
                    hex = []
                }
                if groups.count > 1 { groups.removeLast() }
            case UInt8(ascii: "\\"):
                guard place < bytes.count else { return }
                let next = bytes[place]
                if next == UInt8(ascii: "'") {
                    if place + 2 < bytes.count,
                        let value = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
                    {
                        if skip > 0 { skip -= 1 } else { pending.append(value) }
                    }
                    place = min(place + 3, bytes.count)
                } else if next | 0x20 >= 97, next | 0x20 <= 122 {
                    var end = place
                    while end < bytes.count, bytes[end] | 0x20 >= 97, bytes[end] | 0x20 <= 122 { end += 1 }
                    let word = String(decoding: bytes[place..<end], as: UTF8.self)
                    let start = end
                    while end < bytes.count, bytes[end] == UInt8(ascii: "-") && end == start || (48...57).contains(bytes[end]) { end += 1 }
                    let number = Int(String(decoding: bytes[start..<end].prefix(9), as: UTF8.self))
                    place = end < bytes.count && bytes[end] == 0x20 ? end + 1 : end
                    if word == "bin", let number, number > 0 {
                        place = min(place + number, bytes.count)
                        continue
                    }
                    if word == "u", let number {
                        flush(group)
                        let unit = UInt16(truncatingIfNeeded: number)
                        // Halves of a pair beyond the basic plane are rare; each half alone is no character.
                        if let scalar = Unicode.Scalar(unit) { write(String(scalar), group) }
                        skip = group.skip
                        continue
                    }
                    flush(group)
                    control(word, number, &groups[groups.count - 1])
                } else {
                    if next == UInt8(ascii: "*") { groups[groups.count - 1].hides = true }
                    if next == UInt8(ascii: "~") { pending.append(0x20) }
                    if next == UInt8(ascii: "{") || next == UInt8(ascii: "}") || next == UInt8(ascii: "\\") { pending.append(next) }
                    place += 1
                }
            case 0x0A, 0x0D: break
            default:
                if group.isObject {
                    hex.append(byte)
                } else if group.isData {
                    continue
                } else if skip > 0 {
                    skip -= 1
                } else {
                    pending.append(byte)
                }
            }
        }
        if let last = groups.last { flush(last) }
    }

    private mutating func control(_ word: String, _ number: Int?, _ group: inout Group) {
        switch word {
        case "par", "line", "row", "sect", "page": write("\n", group)
        case "tab", "cell": write("\t", group)
        case "v", "deleted": group.hides = number != 0
        case "plain": break
        case "uc": group.skip = number ?? 1
        case "objdata": group.isObject = true
        case "pict", "themedata", "colorschememapping", "datastore", "blipuid": group.isData = true
        case "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "latentstyles", "generator":
            group.isData = true
        case "info", "title", "author", "annotation", "atnid", "atnauthor", "comment", "company", "keywords", "subject", "operator",
            "doccomm":
            if !group.hides { write("\n", group) }
            group.hides = true
        default: break
        }
    }

    private mutating func flush(_ group: Group) {
        guard !pending.isEmpty else { return }
        write(MailWord.text(pending, nil), group)
        pending = []
    }

    private mutating func write(_ text: String, _ group: Group) {
        if group.hides { hidden += text } else if !group.isData { shown += text }
    }

    private static func fromHex(_ digits: [UInt8]) -> [UInt8] {
        var (out, half): ([UInt8], UInt8?) = ([], nil)
        for digit in digits {
            guard let value = UInt8(String(UnicodeScalar(digit)), radix: 16) else { continue }
            if let high = half {
                out.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        return out
    }
}
