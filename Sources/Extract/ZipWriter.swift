import CZlib

/// An archive built anew, without times, owners or comments.
package struct ZipWriter {
    private var out: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    package init() {}

    package mutating func add(_ name: String, _ bytes: [UInt8]) {
        let packed = Inflate.fold(bytes, .raw)
        let sum = Int(crc32(0, bytes, UInt32(bytes.count)))
        // The first of January 1980, the earliest day that the format knows.
        let facts =
            Self.little(20, 2) + Self.little(0x800, 2) + Self.little(8, 2) + Self.little(0, 2) + Self.little(0x21, 2) + Self.little(sum, 4)
            + Self.little(packed.count, 4) + Self.little(bytes.count, 4) + Self.little(name.utf8.count, 2) + Self.little(0, 2)
        directory += [0x50, 0x4B, 1, 2] + Self.little(20, 2) + facts + Self.little(0, 10) + Self.little(out.count, 4) + Array(name.utf8)
        out += [0x50, 0x4B, 3, 4] + facts + Array(name.utf8) + packed
        count += 1
    }

    package func finished() -> [UInt8] {
        let ends = Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2)
        return out + directory + [0x50, 0x4B, 5, 6] + ends + Self.little(directory.count, 4) + Self.little(out.count, 4) + Self.little(0, 2)
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
}
