import Foundation

/// One line of an export: JSON with a single depth of rows, whose bytes are `{"base64":"…"}`.
enum JSONLine: Equatable {
    case value(SQL.Value)
    case text(String)
    case list([JSONLine])
    case object([String: JSONLine])

    static func object(_ cells: some Sequence<(String, SQL.Value)>) -> String {
        "{" + cells.map { quoted($0) + ":" + written($1) }.joined(separator: ",") + "}"
    }

    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case ..<0x20: bytes += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func written(_ value: SQL.Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let truth): truth ? "true" : "false"
        case .int(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): quoted(text)
        case .bytes(let bytes): "{\"base64\":\"" + Data(bytes).base64EncodedString() + "\"}"
        }
    }

    /// - Throws: `StorageError` of kind `.other` for anything but one JSON value of at most four levels.
    static func parse(_ line: String) throws -> JSONLine {
        var line = line
        return try line.withUTF8 { bytes in
            var reader = Reader(bytes: bytes)
            let value = try reader.value(depth: 4)
            reader.skipSpace()
            guard reader.place == bytes.count else { throw reader.fault }
            return value
        }
    }

    /// The value for a column.
    func sqlValue() throws -> SQL.Value {
        switch self {
        case .value(let value): return value
        case .text(let text): return .text(text)
        case .object(let object):
            guard object.count == 1, case .text(let text)? = object["base64"], let data = Data(base64Encoded: text) else {
                throw StorageError(.other, "a column can not hold an object")
            }
            return .bytes(Array(data))
        case .list: throw StorageError(.other, "a column can not hold a list")
        }
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        var place = 0

        var fault: StorageError { StorageError(.other, "no JSON at byte \(place)") }

        mutating func value(depth: Int) throws -> JSONLine {
            skipSpace()
            guard depth > 0, place < bytes.count else { throw fault }
            switch bytes[place] {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try list(depth: depth)
            case UInt8(ascii: "\""): return .text(try text())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            default: return try number()
            }
        }

        mutating func skipSpace() {
            while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
        }

        private mutating func object(depth: Int) throws -> JSONLine {
            var object: [String: JSONLine] = [:]
            place += 1
            if take("}") { return .object(object) }
            repeat {
                skipSpace()
                let name = try text()
                guard take(":"), object[name] == nil else { throw fault }
                object[name] = try value(depth: depth - 1)
            } while take(",")
            guard take("}") else { throw fault }
            return .object(object)
        }

        private mutating func list(depth: Int) throws -> JSONLine {
            var list: [JSONLine] = []
            place += 1
            if take("]") { return .list(list) }
            repeat { list.append(try value(depth: depth - 1)) } while take(",")
            guard take("]") else { throw fault }
            return .list(list)
        }

        private mutating func take(_ mark: Unicode.Scalar) -> Bool {
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
            place += 1
            return true
        }

        private mutating func word(_ word: StaticString, _ value: SQL.Value) throws -> JSONLine {
            let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
            guard bytes[place...].starts(with: letters) else { throw fault }
            place += letters.count
            return .value(value)
        }

        private mutating func number() throws -> JSONLine {
            let start = place
            while place < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[place]) { place += 1 }
            let text = String(decoding: bytes[start..<place], as: UTF8.self)
            if let number = Int(text) { return .value(.int(number)) }
            guard let number = Double(text), number.isFinite else { throw fault }
            return .value(.real(number))
        }

        private mutating func text() throws -> String {
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw fault }
            place += 1
            var read: [UInt8] = []
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: read, as: UTF8.self)
                case UInt8(ascii: "\\"): try read.append(contentsOf: escaped())
                case ..<0x20: throw fault
                default: read.append(byte)
                }
            }
            throw fault
        }

        private mutating func escaped() throws -> [UInt8] {
            guard place < bytes.count else { throw fault }
            let letter = bytes[place]
            place += 1
            switch letter {
            case UInt8(ascii: "n"): return [0x0A]
            case UInt8(ascii: "t"): return [0x09]
            case UInt8(ascii: "r"): return [0x0D]
            case UInt8(ascii: "b"): return [0x08]
            case UInt8(ascii: "f"): return [0x0C]
            case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
            default: throw fault
            }
        }

        private mutating func scalar() throws -> Unicode.Scalar {
            var code = try unit()
            if (0xD800..<0xDC00).contains(code), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
                bytes[place + 1] == UInt8(ascii: "u")
            {
                place += 2
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw fault }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault }
            return scalar
        }

        private mutating func unit() throws -> UInt32 {
            guard place + 4 <= bytes.count else { throw fault }
            let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
            guard let unit = UInt32(digits, radix: 16), digits.utf8.count == 4 else { throw fault }
            place += 4
            return unit
        }
    }
}
