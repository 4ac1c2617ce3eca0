extension Furniture {
    /// The furniture among the lines of a page, each with its reason. The body lies between the first and the last line
    /// that has structure or is long prose: head rules act above it, foot rules below. The first foot line that no
    /// document text follows takes all the rest of the page with it.
    static func find(in lines: [Line]) -> [Int: Reason] {
        var found: [Int: Reason] = [:]
        let first = lines.firstIndex { isStructure($0) } ?? lines.firstIndex { isProse($0) } ?? lines.count
        let last = lines.lastIndex { isStructure($0) || isProse($0) } ?? -1
        for (index, line) in lines.enumerated() where index < first || index > last {
            let zones: [Row.Zone] = index > last ? [.foot, .either] : [.head, .either]
            guard let row = table.first(where: { zones.contains($0.zone) && $0.fits(line) }) else { continue }
            found[index] = row.reason
            // A label alone ("Release Time:") takes the date below it along.
            if row.reason == .dateline, index + 1 < lines.count, WrittenDate(lines[index + 1].text) != nil,
                line.text.hasSuffix(":") || line.text.hasSuffix("：")
            {
                found[index + 1] = .dateline
            }
        }
        if let foot = found.keys.filter({ $0 > last }).min() {
            for index in foot..<lines.count where found[index] == nil { found[index] = .foot }
        }
        for index in summaries(in: lines, before: first) where found[index] == nil { found[index] = .summary }
        return found
    }

    /// Runs of neighbouring lines with one reason, as page and tests list them.
    static func listed(_ found: [Int: Reason], _ lines: [Line]) -> [Furniture] {
        var list: [Furniture] = []
        for index in found.keys.sorted() {
            guard let reason = found[index] else { continue }
            let line = lines[index]
            if let last = list.last, last.reason == reason, found[index - 1] != nil {
                list[list.count - 1] = Furniture(lines: last.lines.lowerBound...line.lastNumber, reason: reason)
            } else {
                list.append(Furniture(lines: line.number...line.lastNumber, reason: reason))
            }
        }
        return list
    }

    private static func isStructure(_ line: Line) -> Bool {
        guard let mark = line.mark else { return false }
        // "13 / F" and "1. Home" in a foot are no structure; a long line or a head of a law is.
        return mark.kind != .dotted || line.bytes.count >= 30
    }

    /// A sentence of some length that no rule of the foot explains.
    private static func isProse(_ line: Line) -> Bool {
        line.endsSentence && line.bytes.count >= 40 && !table.contains { $0.zone != .head && $0.fits(line) }
    }

    /// Paragraphs above the structure whose word triples stand again, six of ten or more, in the text below.
    private static func summaries(in lines: [Line], before first: Int) -> [Int] {
        let candidates = (0..<min(first, lines.count, 15)).filter {
            lines[$0].bytes.count >= 200 && lines[$0].mark == nil
        }
        guard let lowest = candidates.first else { return [] }
        let rest = lines[(lowest + 1)...].map { Shingles.of($0.bytes) }
        return candidates.filter { candidate in
            let own = Set(Shingles.of(lines[candidate].bytes))
            guard own.count >= 20 else { return false }
            var missing = own
            for shingles in rest[(candidate - lowest)...] { missing.subtract(shingles) }
            return (own.count - missing.count) * 10 >= own.count * 6
        }
    }
}

/// The runs of three words (or three Chinese characters) of a text, as hashes: equal runs, equal hashes.
enum Shingles {
    static func of(_ bytes: [UInt8]) -> [UInt64] {
        var words: [UInt64] = []
        var word: UInt64 = 0
        for byte in bytes {
            if byte >= 0x80 {
                // Each lead byte begins a character; the following bytes complete it.
                if byte >= 0xC0 {
                    if word != 0 { words.append(word) }
                    word = seed
                }
                word = (word ^ UInt64(byte)) &* prime
            } else if isLatin(byte) || byte >= 0x30 && byte <= 0x39 {
                word = ((word == 0 ? seed : word) ^ UInt64(lowered(byte))) &* prime
            } else if word != 0 {
                words.append(word)
                word = 0
            }
        }
        if word != 0 { words.append(word) }
        guard words.count >= 3 else { return [] }
        return (2..<words.count).map { (words[$0 - 2] &* prime ^ words[$0 - 1]) &* prime ^ words[$0] }
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3
}
