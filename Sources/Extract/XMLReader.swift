/// XML read piece by piece from bytes: no entities but the five and numbers, nothing fetched, nothing nested beyond limits.
package struct XMLReader {
    package enum Event: Equatable {
        case start
        case end
        case text
        case comment
    }

    /// The element's name without its prefix.
    package private(set) var name = ""
    package private(set) var text = ""
    /// Open elements above the current one.
    package private(set) var depth = 0
    private let bytes: [UInt8]
    private var place = 0
    private var attributes = 0..<0
    private var endsAtOnce = false

    package init(_ bytes: [UInt8]) throws {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            self.bytes = Array(try Encoding.decode(bytes).utf8)
        } else {
            self.bytes = bytes
        }
    }

    /// - Returns: nil at the end.
    /// - Throws: `Refused.broken`, or `.bomb` when elements nest deeper than 1,000.
    package mutating func next() throws -> Event? {
        if endsAtOnce {
            endsAtOnce = false
            return .end
        }
        while place < bytes.count {
            if bytes[place] != UInt8(ascii: "<") { return textEvent() }
            if matches("<!--") {
                let end = find("-->", from: place + 4) ?? bytes.count
                text = String(decoding: bytes[(place + 4)..<end], as: UTF8.self)
                place = min(end + 3, bytes.count)
                return .comment
            }
            if matches("<![CDATA[") {
                let end = find("]]>", from: place + 9) ?? bytes.count
                text = String(decoding: bytes[(place + 9)..<end], as: UTF8.self)
                place = min(end + 3, bytes.count)
                return .text
            }
            if matches("<?") {
                place = (find("?>", from: place) ?? bytes.count) + 2
                continue
            }
            if matches("<!") {
                skipDeclaration()
                continue
            }
            return try tagEvent()
        }
        return nil
    }

    /// An attribute by its full name, or by its name without prefix.
    package func attribute(_ wanted: String) -> String? {
        let all = allAttributes()
        return all.first { $0.0 == wanted }?.1 ?? all.first { $0.0.hasSuffix(":" + wanted) }?.1
    }

    package func allAttributes() -> [(String, String)] {
        var found: [(String, String)] = []
        var at = attributes.lowerBound
        let end = attributes.upperBound
        while at < end {
            while at < end, Self.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "/") { at += 1 }
            let start = at
            while at < end, bytes[at] != UInt8(ascii: "="), !Self.isSpace(bytes[at]) { at += 1 }
            let key = String(decoding: bytes[start..<at], as: UTF8.self)
            while at < end, Self.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "=") { at += 1 }
            guard at < end, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { break }
            let quote = bytes[at]
            let from = at + 1
            at = from
            while at < end, bytes[at] != quote { at += 1 }
            found.append((key, Self.unescape(bytes[from..<at])))
            at += 1
        }
        return found
    }

    private mutating func textEvent() -> Event {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        text = Self.unescape(bytes[start..<place])
        return .text
    }

    private mutating func tagEvent() throws -> Event {
        let closes = matches("</")
        place += closes ? 2 : 1
        let start = place
        while place < bytes.count, !Self.isSpace(bytes[place]), bytes[place] != UInt8(ascii: ">"), bytes[place] != UInt8(ascii: "/") {
            place += 1
        }
        var local = start..<place
        if let colon = bytes[local].firstIndex(of: UInt8(ascii: ":")) { local = (colon + 1)..<place }
        name = String(decoding: bytes[local], as: UTF8.self)
        let from = place
        var quote: UInt8 = 0
        while place < bytes.count, quote != 0 || bytes[place] != UInt8(ascii: ">") {
            let byte = bytes[place]
            if quote != 0 { if byte == quote { quote = 0 } } else if byte == 0x22 || byte == 0x27 { quote = byte }
            place += 1
        }
        guard place < bytes.count else { throw Extract.Refused.broken }
        attributes = from..<place
        endsAtOnce = !closes && bytes[place - 1] == UInt8(ascii: "/")
        place += 1
        if closes {
            depth -= 1
            return .end
        }
        if !endsAtOnce { depth += 1 }
        if depth > 1000 { throw Extract.Refused.bomb }
        return .start
    }

    /// A document type, with whatever it declares inside: not read, so nothing in it can expand.
    private mutating func skipDeclaration() {
        var inner = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "[") { inner += 1 }
            if bytes[place] == UInt8(ascii: "]") { inner -= 1 }
            place += 1
            if inner <= 0, bytes[place - 1] == UInt8(ascii: ">") { return }
        }
    }

    private func matches(_ mark: StaticString) -> Bool {
        guard place + mark.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == mark.utf8Start[$0] }
    }

    private func find(_ mark: StaticString, from: Int) -> Int? {
        let count = mark.utf8CodeUnitCount
        guard from + count <= bytes.count else { return nil }
        return (from...(bytes.count - count)).first { at in (0..<count).allSatisfy { bytes[at + $0] == mark.utf8Start[$0] } }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var (out, at) = ([UInt8](), bytes.startIndex)
        while at < bytes.endIndex {
            guard bytes[at] == UInt8(ascii: "&"), let end = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            let entity = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
            if let scalar = scalar(entity) { out += Array(String(scalar).utf8) } else { out += bytes[at...end] }
            at = end + 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return "\u{A0}"
        default:
            guard entity.hasPrefix("#") else { return nil }
            let digits = entity.dropFirst()
            let number = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init)
        }
    }
}
