import CZlib

/// The files of a ZIP archive, unfolded one by one within limits.
struct Archive {
    private let bytes: [UInt8]
    private var entries: [String: (offset: Int, packed: Int, unfolded: Int, method: Int)] = [:]

    init(_ bytes: [UInt8]) throws(Sheet.Unreadable) {
        self.bytes = bytes
        guard bytes.count >= 22 else { throw .broken }
        let last = bytes.count - 22
        guard let end = (max(0, last - 65_535)...last).reversed().first(where: { Self.number(bytes, $0, 4) == 0x0605_4B50 }) else {
            throw .broken
        }
        let count = Self.number(bytes, end + 10, 2)
        var place = Self.number(bytes, end + 16, 4)
        guard count < 5000 else { throw .tooLarge }
        for _ in 0..<count {
            guard place + 46 <= bytes.count, Self.number(bytes, place, 4) == 0x0201_4B50 else { throw .broken }
            if Self.number(bytes, place + 8, 2) & 1 == 1 { throw .encrypted }
            let length = Self.number(bytes, place + 28, 2)
            guard place + 46 + length <= bytes.count else { throw .broken }
            let name = String(decoding: bytes[(place + 46)..<(place + 46 + length)], as: UTF8.self)
            entries[name] = (
                Self.number(bytes, place + 42, 4), Self.number(bytes, place + 20, 4), Self.number(bytes, place + 24, 4),
                Self.number(bytes, place + 10, 2)
            )
            place += 46 + length + Self.number(bytes, place + 30, 2) + Self.number(bytes, place + 32, 2)
        }
    }

    func holds(_ name: String) -> Bool { entries[name] != nil }

    /// A file's bytes. What it claims to unfold to is checked before, and held to while it unfolds.
    func file(_ name: String) throws(Sheet.Unreadable) -> [UInt8] {
        guard let entry = entries[name] else { throw .broken }
        guard entry.unfolded <= Sheet.mostUnfolded else { throw .tooLarge }
        guard entry.offset + 30 <= bytes.count, Self.number(bytes, entry.offset, 4) == 0x0403_4B50 else { throw .broken }
        let start = entry.offset + 30 + Self.number(bytes, entry.offset + 26, 2) + Self.number(bytes, entry.offset + 28, 2)
        guard start + entry.packed <= bytes.count else { throw .broken }
        switch entry.method {
        case 0: return Array(bytes[start..<(start + entry.packed)])
        case 8: return try unfold(start..<(start + entry.packed), to: entry.unfolded)
        default: throw .broken
        }
    }

    private func unfold(_ range: Range<Int>, to size: Int) throws(Sheet.Unreadable) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .broken }
        defer { inflateEnd(&stream) }
        var (input, output) = (Array(bytes[range]), [UInt8](repeating: 0, count: max(size, 1)))
        let status = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { into in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = into.baseAddress
                stream.avail_out = UInt32(into.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, Int(stream.total_out) == size else { throw .broken }
        return Array(output.prefix(size))
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}

/// Writes a ZIP archive; the same files give the same bytes.
struct ArchiveWriter {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ text: String) {
        let (plain, path) = (Array(text.utf8), Array(name.utf8))
        let packed = Self.packed(plain)
        let check = plain.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
        // Version 2.0, names in UTF-8, deflated, the first day that the format knows.
        let head = Self.numbers([
            (20, 2), (0x0800, 2), (8, 2), (0, 2), (0x21, 2), (check, 4), (packed.count, 4), (plain.count, 4), (path.count, 2), (0, 2),
        ])
        directory +=
            Self.numbers([(0x0201_4B50, 4), (20, 2)]) + head + Self.numbers([(0, 2), (0, 2), (0, 2), (0, 4), (body.count, 4)]) + path
        body += Self.numbers([(0x0403_4B50, 4)]) + head + path + packed
        count += 1
    }

    var bytes: [UInt8] {
        body + directory
            + Self.numbers([(0x0605_4B50, 4), (0, 2), (0, 2), (count, 2), (count, 2), (directory.count, 4), (body.count, 4), (0, 2)])
    }

    private static func numbers(_ numbers: [(value: Int, width: Int)]) -> [UInt8] {
        numbers.flatMap { number in (0..<number.width).map { UInt8(truncatingIfNeeded: number.value >> (8 * $0)) } }
    }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            preconditionFailure("no memory for zlib")
        }
        defer { deflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count)))))
        let written = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { into in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = into.baseAddress
                stream.avail_out = UInt32(into.count)
                deflate(&stream, Z_FINISH)
                return Int(stream.total_out)
            }
        }
        return Array(output.prefix(written))
    }
}
