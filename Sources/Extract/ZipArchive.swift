import CZlib

/// The files of a ZIP archive: those its directory lists, and those it hides between them.
package struct ZipArchive {
    package struct Entry {
        package let name: String
        package let isListed: Bool
        let packed: Range<Int>
        let method: Int
        let isEncrypted: Bool
    }

    package private(set) var entries: [Entry] = []
    package private(set) var comment = ""
    private let bytes: [UInt8]

    /// - Throws: `Refused`: broken, or a bomb by its own claims.
    package init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        guard let end = ZipDirectory.end(of: bytes) else { throw Extract.Refused.broken }
        let count = number(end + 10, 2)
        let size = number(end + 12, 4)
        var place = number(end + 16, 4)
        // Something may stand before the archive (a program, a picture): all offsets are then shifted by as much.
        let shift = end - size - place
        guard count < 5000, shift >= 0 else { throw Extract.Refused.bomb }
        place += shift
        comment = Self.text(bytes[min(end + 22, bytes.count)..<min(end + 22 + number(end + 20, 2), bytes.count)])
        var known: Set<Int> = []
        for _ in 0..<count {
            guard place + 46 <= bytes.count, number(place, 4) == 0x0201_4B50 else { throw Extract.Refused.broken }
            let (nameSize, extra, commentSize) = (number(place + 28, 2), number(place + 30, 2), number(place + 32, 2))
            guard place + 46 + nameSize + extra + commentSize <= bytes.count else { throw Extract.Refused.broken }
            let name = Self.text(bytes[(place + 46)..<(place + 46 + nameSize)])
            let start = number(place + 42, 4) + shift
            known.insert(start)
            try add(name, at: start, size: number(place + 20, 4), method: number(place + 10, 2), flags: number(place + 8, 2), listed: true)
            place += 46 + nameSize + extra + commentSize
        }
        try addUnlisted(known)
        // A bomb of the flat kind lets many entries share the same packed bytes.
        var last = 0
        for entry in entries.sorted(by: { $0.packed.lowerBound < $1.packed.lowerBound }) where !entry.packed.isEmpty {
            guard entry.packed.lowerBound >= last else { throw Extract.Refused.bomb }
            last = entry.packed.upperBound
        }
    }

    /// - Throws: `Refused.bomb` when it unfolds to more than `most` bytes, `.encrypted`, `.broken`.
    package func read(_ entry: Entry, most: Int) throws -> [UInt8] {
        if entry.isEncrypted { throw Extract.Refused.encrypted }
        let packed = bytes[entry.packed]
        switch entry.method {
        case 0:
            guard packed.count <= most else { throw Extract.Refused.bomb }
            return Array(packed)
        case 8: return try Inflate.unfold(packed, .raw, most: most)
        default: throw Extract.Refused.unknownFormat
        }
    }

    private mutating func add(_ name: String, at start: Int, size: Int, method: Int, flags: Int, listed: Bool) throws {
        guard start >= 0, start + 30 <= bytes.count, number(start, 4) == 0x0403_4B50 else { throw Extract.Refused.broken }
        let data = start + 30 + number(start + 26, 2) + number(start + 28, 2)
        guard data + size <= bytes.count else { throw Extract.Refused.broken }
        guard !name.hasSuffix("/") || size > 0 else { return }
        entries.append(
            Entry(name: name, isListed: listed, packed: data..<(data + size), method: method, isEncrypted: flags & 1 == 1)
        )
    }

    /// What an unpacker does not show: local files that the directory leaves out.
    private mutating func addUnlisted(_ known: Set<Int>) throws {
        let spans = entries.map(\.packed).sorted { $0.lowerBound < $1.lowerBound }
        var (place, span) = (0, 0)
        while place + 30 <= bytes.count {
            while span < spans.count, spans[span].upperBound <= place { span += 1 }
            if span < spans.count, spans[span].contains(place) {
                place = spans[span].upperBound
                continue
            }
            guard bytes[place] == 0x50, number(place, 4) == 0x0403_4B50 else {
                place += 1
                continue
            }
            let size = number(place + 18, 4)
            let data = place + 30 + number(place + 26, 2) + number(place + 28, 2)
            if !known.contains(place), size > 0, data + size <= bytes.count, entries.count < 5000 {
                let name = Self.text(bytes[(place + 30)..<(place + 30 + number(place + 26, 2))])
                try add(name, at: place, size: size, method: number(place + 8, 2), flags: number(place + 6, 2), listed: false)
                place = data + size
            } else {
                place += 30
            }
        }
    }

    /// Names are UTF-8, or what Chinese Windows wrote.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        do { return try Encoding.decode(Array(bytes)) } catch { return String(decoding: bytes, as: UTF8.self) }
    }

    private func number(_ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
