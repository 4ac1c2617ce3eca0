/// The little XML that office files need: names of their vocabularies, escaping, and a reader that knows no entities but the five.
enum XML {
    static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// Characters that XML 1.0 can not hold are left out.
    static func escape(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "&": safe += "&amp;"
            case "\"": safe += "&quot;"
            case "\t", "\n", "\r": safe.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}

/// Reads tags and texts one after another; prefixes of names are left out. A document type is refused: office files have none.
struct XMLReader {
    enum Event: Equatable {
        case start(String, [String: String])
        case end(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var at = 0
    /// The end of a tag that closed itself.
    private var closing: String?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws(Sheet.Unreadable) -> Event? {
        if let name = closing {
            closing = nil
            return .end(name)
        }
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else {
                let end = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                defer { at = end }
                return .text(try Self.unescaped(bytes[at..<end]))
            }
            if has("<!--") {
                at = try place(after: "-->")
            } else if has("<![CDATA[") {
                let start = at + 9
                at = try place(after: "]]>")
                return .text(String(decoding: bytes[start..<(at - 3)], as: UTF8.self))
            } else if has("<?") {
                at = try place(after: "?>")
            } else if has("<!") {
                throw .broken
            } else {
                return try tag()
            }
        }
        return nil
    }

    private mutating func tag() throws(Sheet.Unreadable) -> Event {
        at += 1
        let isEnd = at < bytes.count && bytes[at] == UInt8(ascii: "/")
        if isEnd { at += 1 }
        let name = Self.local(word())
        guard !name.isEmpty else { throw .broken }
        var attributes: [String: String] = [:]
        while true {
            skipBlanks()
            guard at < bytes.count else { throw .broken }
            switch bytes[at] {
            case UInt8(ascii: ">"):
                at += 1
                return isEnd ? .end(name) : .start(name, attributes)
            case UInt8(ascii: "/"):
                guard !isEnd, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: ">") else { throw .broken }
                at += 2
                closing = name
                return .start(name, attributes)
            default:
                let key = Self.local(word())
                skipBlanks()
                guard !key.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: "=") else { throw .broken }
                at += 1
                skipBlanks()
                guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
                    let end = bytes[(at + 1)...].firstIndex(of: bytes[at])
                else { throw .broken }
                attributes[key] = try Self.unescaped(bytes[(at + 1)..<end])
                at = end + 1
            }
        }
    }

    private mutating func word() -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, !Self.enders.contains(bytes[at]) { at += 1 }
        return bytes[start..<at]
    }

    private mutating func skipBlanks() { while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 } }

    private static let enders: Set<UInt8> = Set(" \t\r\n/>=".utf8)

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        let start = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
        return String(decoding: name[start...], as: UTF8.self)
    }

    private func has(_ mark: StaticString) -> Bool { mark.withUTF8Buffer { bytes[at...].starts(with: $0) } }

    private func place(after mark: String) throws(Sheet.Unreadable) -> Int {
        let mark = Array(mark.utf8)
        var place = at
        while place + mark.count <= bytes.count {
            if bytes[place..<(place + mark.count)].elementsEqual(mark) { return place + mark.count }
            place += 1
        }
        throw .broken
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) throws(Sheet.Unreadable) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        var rest = bytes
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += String(decoding: rest[..<mark], as: UTF8.self)
            guard let end = rest[mark...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw .broken }
            let name = String(decoding: rest[(mark + 1)..<end], as: UTF8.self)
            switch name {
            case "lt": text += "<"
            case "gt": text += ">"
            case "amp": text += "&"
            case "quot": text += "\""
            case "apos": text += "'"
            case _ where name.hasPrefix("#"):
                let digits = name.dropFirst()
                let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
                guard let scalar = value.flatMap({ Unicode.Scalar($0) }) else { throw .broken }
                text.unicodeScalars.append(scalar)
            default: throw .broken
            }
            rest = rest[(end + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }
}
