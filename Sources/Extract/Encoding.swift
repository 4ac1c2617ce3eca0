import Glibc

/// Text as Unicode, whichever of the encodings of Chinese papers it came in.
package enum Encoding {
    /// UTF-8 with or without its mark, UTF-16 with its mark, otherwise GB18030.
    package static func decode(_ bytes: [UInt8]) throws(Extract.Refused) -> String {
        let text: String?
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = String(validating: bytes.dropFirst(3), as: UTF8.self)
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            text = utf16(bytes)
        } else {
            text = String(validating: bytes, as: UTF8.self) ?? gb18030(bytes)
        }
        guard let text, !text.utf8.contains(0) else { throw .notText }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    private static func utf16(_ bytes: [UInt8]) -> String? {
        guard bytes.count % 2 == 0 else { return nil }
        let littleEndian = bytes[0] == 0xFF
        let units = stride(from: 2, to: bytes.count, by: 2).map { place in
            littleEndian
                ? UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
        }
        return String(validating: units, as: UTF16.self)
    }

    private static func gb18030(_ bytes: [UInt8]) -> String? { convert(bytes, from: "GB18030") }

    /// The bytes of a text in the encoding of older Chinese papers; nil when it has no such bytes.
    package static func gb18030(of text: String) -> [UInt8]? { recode(Array(text.utf8), from: "UTF-8", to: "GB18030") }

    /// - Returns: nil when the system does not know the encoding, or the bytes are not in it.
    package static func convert(_ bytes: [UInt8], from charset: String) -> String? {
        recode(bytes, from: charset, to: "UTF-8").flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func recode(_ bytes: [UInt8], from charset: String, to wanted: String) -> [UInt8]? {
        guard let converter = iconv_open(wanted, charset), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        let size = output.count
        let left: Int = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { into in
                var (source, target) = (from.baseAddress, into.baseAddress)
                var (sourceLeft, targetLeft) = (from.count, into.count)
                let status = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                return status == -1 || sourceLeft > 0 ? -1 : targetLeft
            }
        }
        guard left >= 0 else { return nil }
        return output.prefix(size - left).map { UInt8(bitPattern: $0) }
    }
}
