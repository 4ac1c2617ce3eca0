import Foundation

/// An object of a PDF.
package indirect enum PDFValue {
    case null
    case bool(Bool)
    case number(Double)
    case name(String)
    case string(String)
    case reference(String)
    case array([PDFValue])
    case dictionary([String: PDFValue])

    /// From qpdf's JSON, version 2: `u:text`, `b:hex`, `/Name`, `5 0 R`.
    init(_ json: Any) {
        switch json {
        case let text as String:
            if text.hasPrefix("u:") {
                self = .string(String(text.dropFirst(2)))
            } else if text.hasPrefix("b:") {
                self = .string(Self.binary(text.dropFirst(2)))
            } else if text.hasPrefix("/") {
                self = .name(String(text.dropFirst()))
            } else if text.hasPrefix("n:/") {
                self = .name(String(text.dropFirst(3)))
            } else if text.hasSuffix(" R") {
                self = .reference(text)
            } else {
                self = .string(text)
            }
        case let list as [Any]: self = .array(list.map(PDFValue.init))
        case let table as [String: Any]: self = .dictionary(Self.table(table))
        // A number that is 0 or 1 would pass for a truth value too: its own type decides.
        case let number as NSNumber: self = String(cString: number.objCType) == "c" ? .bool(number.boolValue) : .number(number.doubleValue)
        default: self = .null
        }
    }

    /// Keys without their stroke.
    static func table(_ json: [String: Any]) -> [String: PDFValue] {
        var table: [String: PDFValue] = [:]
        for (key, value) in json { table[key.hasPrefix("/") ? String(key.dropFirst()) : key] = PDFValue(value) }
        return table
    }

    package var number: Double? { if case .number(let value) = self { value } else { nil } }
    package var name: String? { if case .name(let value) = self { value } else { nil } }
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var array: [PDFValue]? { if case .array(let value) = self { value } else { nil } }
    package var dictionary: [String: PDFValue]? { if case .dictionary(let value) = self { value } else { nil } }
    package var isTrue: Bool { if case .bool(let value) = self { value } else { false } }

    /// A string that is no Unicode to qpdf: often GB18030, sometimes only bytes.
    private static func binary(_ hex: Substring) -> String {
        var (bytes, rest) = ([UInt8](), hex)
        while rest.count >= 2 {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        do { return try Encoding.decode(bytes) } catch { return "" }
    }
}
