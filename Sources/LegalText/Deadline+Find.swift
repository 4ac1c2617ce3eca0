import WorkCalendar

extension Deadline {
    /// The time limits of a text, in order, none overlapping. `year` completes what names no year (年底前,
    /// "before January 5"): the year the document speaks about, normally that of its issue. One pass; the length of the
    /// text does not matter.
    public static func find(in text: String, year: Int) -> [Deadline] {
        let bytes = Array(text.utf8)
        var found: [Deadline] = []
        var at = 0
        while at < bytes.count {
            let rows = rowsByFirstByte[Int(bytes[at])]
            guard !rows.isEmpty, isStart(bytes, at), let best = longest(rows, bytes, at) else {
                at += 1
                continue
            }
            found.append(
                Deadline(
                    meaning: meaning(best.row.recipe, best.found, year),
                    printed: trimmed(bytes, at..<best.found.end),
                    place: at..<best.found.end
                )
            )
            at = max(best.found.end, at + 1)
        }
        return found
    }

    /// A word starts where no letter stands before it, a number where no figure does.
    private static func isStart(_ bytes: [UInt8], _ at: Int) -> Bool {
        guard at > 0 else { return true }
        if isLatin(bytes[at]) { return !isLatin(bytes[at - 1]) }
        if isFigure(bytes[at]) { return !isFigure(bytes[at - 1]) && bytes[at - 1] != 0x2E }
        return ChineseNumeral.read(bytes, at: at) == nil || at < 3 || ChineseNumeral.read(bytes, at: at - 3) == nil
    }

    private static func isFigure(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func longest(_ rows: [Int], _ bytes: [UInt8], _ at: Int) -> (row: Row, found: Pattern.Found)? {
        var best: (row: Row, found: Pattern.Found)?
        for index in rows {
            guard let found = table[index].pattern.read(bytes, at: at) else { continue }
            guard found.end > best?.found.end ?? at else { continue }
            best = (table[index], found)
        }
        return best
    }

    private static func meaning(_ recipe: Row.Recipe, _ found: Pattern.Found, _ context: Int) -> Meaning {
        let year = found.year ?? context
        return switch recipe {
        case .endOfYear(let shift): day(year + shift, 12, 31)
        case .firstHalf: day(year, 6, 30)
        case .endOfMonth: day(year, found.month, WrittenDate.days(in: found.month, of: year))
        case .quarter: (1...4).contains(found.count) ? quarterEnd(year, found.count) : .unreadable
        case .day: day(year, found.month, found.day)
        case .term(let measure): .term(found.count, measure, from: found.start)
        case .word(let word): .word(word)
        }
    }

    private static func quarterEnd(_ year: Int, _ quarter: Int) -> Meaning {
        day(year, quarter * 3, WrittenDate.days(in: quarter * 3, of: year))
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Meaning {
        switch WrittenDate.of(year, month, day) {
        case .day(let day): .day(day)
        case .unreadable: .unreadable
        }
    }

    /// Which rows can begin with a byte: most bytes of a text begin none.
    private static let rowsByFirstByte: [[Int]] = (0...255).map { byte in
        table.indices.filter { table[$0].pattern.canBegin(with: UInt8(byte)) }
    }
}

extension Pattern {
    /// Whether a text that begins with this byte can be read.
    func canBegin(with byte: UInt8) -> Bool {
        for piece in pieces {
            switch piece {
            case .word(let words): return words.contains { $0[0] == lowered(byte) }
            case .maybe(let words): if words.contains(where: { $0[0] == lowered(byte) }) { return true }
            case .number, .maybeNumber:
                // Arabic, full-width and Chinese figures; English number words stand after "within".
                return byte >= 0x30 && byte <= 0x39 || byte == 0xEF || (0xE2...0xE9).contains(byte)
            case .start: return Self.startsBegin(with: lowered(byte))
            case .blanks, .month, .reach: return true
            }
        }
        return true
    }
}
