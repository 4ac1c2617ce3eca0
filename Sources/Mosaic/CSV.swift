import Foundation

/// Tables of text: read whatever their delimiter and encoding, refused with the line that is wrong.
public enum CSV {
    /// - Throws: `MosaicRefused` for a file that can not be read or is not a table.
    public static func read(file path: String) throws(MosaicRefused) -> Microdata {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw MosaicRefused(zh: "无法读取文件“\(path)”。", en: "The file “\(path)” can not be read.")
        }
        let read: Result<Microdata, MosaicRefused> = data.withUnsafeBytes { raw in
            do throws(MosaicRefused) {
                return .success(try Self.read(raw.bindMemory(to: UInt8.self)))
            } catch {
                return .failure(error)
            }
        }
        return try read.get()
    }

    public static func read(_ bytes: [UInt8]) throws(MosaicRefused) -> Microdata {
        try bytes.withUnsafeBufferPointer { (buffer) throws(MosaicRefused) -> Microdata in try read(buffer) }
    }

    public static func read(_ text: String) throws(MosaicRefused) -> Microdata { try read(Array(text.utf8)) }

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(MosaicRefused) -> Microdata {
        switch CSVEncoding.of(bytes) {
        case .utf8(let skipped): return try parse(UnsafeBufferPointer(rebasing: bytes[skipped...]))
        case .other(let converted):
            return try converted.withUnsafeBufferPointer { (buffer) throws(MosaicRefused) -> Microdata in try parse(buffer) }
        case .unknown:
            throw MosaicRefused(
                zh: "文件不是 UTF-8、UTF-16 或 GB18030 编码的文本。",
                en: "The file is not text in UTF-8, UTF-16 or GB18030."
            )
        }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(MosaicRefused) -> Microdata {
        if let place = bytes.firstIndex(of: 0) {
            let line = bytes[..<place].lazy.filter { $0 == 0x0A }.count + 1
            throw MosaicRefused(zh: "第 \(line) 行含有空字符，不是文本表格。", en: "Line \(line) holds a NUL character: this is not a table of text.")
        }
        var bytes = bytes
        var delimiter: UInt8?
        // Spreadsheets may say the delimiter in a first line of its own.
        if bytes.count > 5, bytes.starts(with: "sep=".utf8), bytes[5] == 0x0A || bytes[5] == 0x0D {
            delimiter = bytes[4]
            bytes = UnsafeBufferPointer(rebasing: bytes[5...])
        }
        var parser = CSVParser(bytes, delimiter: delimiter ?? CSVParser.delimiter(of: bytes))
        let header = try parser.header()
        return try parser.rows(under: header)
    }
}

/// What the bytes of a table are written in.
enum CSVEncoding {
    /// UTF-8 after so many bytes of mark.
    case utf8(Int)
    case other([UInt8])
    case unknown

    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVEncoding {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return isUTF8(UnsafeBufferPointer(rebasing: bytes[3...])) ? .utf8(3) : .unknown
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return convert(bytes, from: "UTF-16").map { .other($0) } ?? .unknown
        }
        if isUTF8(bytes) { return .utf8(0) }
        return convert(bytes, from: "GB18030").map { .other($0) } ?? .unknown
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var place = 0
        while place < bytes.count {
            if place + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                place += 8
                continue
            }
            let lead = bytes[place]
            if lead < 0x80 {
                place += 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard lead >= 0xC2, lead <= 0xF4, place + length <= bytes.count else { return false }
            let second = bytes[place + 1]
            switch lead {
            case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F: return false
            default: break
            }
            for offset in 1..<length where bytes[place + offset] & 0xC0 != 0x80 { return false }
            place += length
        }
        return true
    }

    private static func convert(_ bytes: UnsafeBufferPointer<UInt8>, from encoding: String) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        let size = output.count
        let left: Int = output.withUnsafeMutableBufferPointer { into in
            bytes.withMemoryRebound(to: CChar.self) { from in
                var (source, target) = (UnsafeMutablePointer(mutating: from.baseAddress), into.baseAddress)
                var (sourceLeft, targetLeft) = (from.count, into.count)
                let status = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                return status == -1 || sourceLeft > 0 ? -1 : targetLeft
            }
        }
        guard left >= 0 else { return nil }
        return output.prefix(size - left).map { UInt8(bitPattern: $0) }
    }
}
