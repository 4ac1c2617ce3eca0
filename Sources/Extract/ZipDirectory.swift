/// The list of files in a ZIP archive, read from its end: what it claims to hold, before anybody unfolds it.
struct ZipDirectory {
    private(set) var names: Set<String> = []
    private(set) var unfolded = 0
    private let packed: Int

    init(_ bytes: [UInt8]) throws(Extract.Refused) {
        packed = bytes.count
        guard let end = Self.end(of: bytes) else { throw .broken }
        let count = Self.number(bytes, end + 10, 2)
        var place = Self.number(bytes, end + 16, 4)
        guard count < 5000 else { throw .bomb }
        for _ in 0..<count {
            guard place + 46 <= bytes.count, Self.number(bytes, place, 4) == 0x0201_4B50 else { throw .broken }
            if Self.number(bytes, place + 8, 2) & 1 == 1 { throw .encrypted }
            unfolded += Self.number(bytes, place + 24, 4)
            let (name, extra, comment) = (
                Self.number(bytes, place + 28, 2), Self.number(bytes, place + 30, 2), Self.number(bytes, place + 32, 2)
            )
            guard place + 46 + name <= bytes.count else { throw .broken }
            names.insert(String(decoding: bytes[(place + 46)..<(place + 46 + name)], as: UTF8.self))
            place += 46 + name + extra + comment
        }
    }

    /// Refuses what unfolds to more than 200 MB, or to more than 200 times its size.
    func check() throws(Extract.Refused) {
        if unfolded > 200 << 20 || (unfolded > 10 << 20 && unfolded / max(packed, 1) > 200) { throw .bomb }
        if names.contains(where: { $0.hasPrefix("/") || $0.split(separator: "/").contains("..") }) { throw .broken }
    }

    static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let last = bytes.count - 22
        return (max(0, last - 65_535)...last).reversed().first { number(bytes, $0, 4) == 0x0605_4B50 }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
