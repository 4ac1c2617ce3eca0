/// One way of writing something, as a row of pieces to be met one after another in a text.
struct Pattern: Sendable {
    enum Piece: Sendable {
        /// One of these words, tried in order.
        case word([[UInt8]])
        case maybe([[UInt8]])
        /// Blanks, or none.
        case blanks
        case number(Slot)
        case maybeNumber(Slot)
        /// An English month.
        case month
        /// A word that says what a term runs from.
        case start
        /// Anything of one sentence limb, up to so many bytes, then the word.
        case reach(Int, [UInt8])
    }

    enum Slot { case year, month, day, count }

    struct Found {
        var year: Int?
        var month = 0
        var day = 0
        var count = 0
        var start = Deadline.Start.unstated
        var end = 0
    }

    let pieces: [Piece]

    /// What the pattern reads at a byte, or nil where it does not stand there.
    func read(_ bytes: [UInt8], at start: Int) -> Found? {
        var cursor = Cursor(bytes, at: start)
        var found = Found()
        for piece in pieces {
            switch piece {
            case .word(let words): guard cursor.takeOne(of: words) != nil else { return nil }
            case .maybe(let words): _ = cursor.takeOne(of: words)
            case .blanks: cursor.takeBlanks()
            case .number(let slot): guard take(slot, &cursor, &found) else { return nil }
            case .maybeNumber(let slot):
                let before = cursor
                if !take(slot, &cursor, &found) { cursor = before }
            case .month:
                guard let month = cursor.takeMonth() else { return nil }
                found.month = month
            case .start:
                guard let index = cursor.takeOne(of: Self.startWords) else { return nil }
                found.start = Self.starts[index].start
            case .reach(let limit, let word):
                guard reach(word, within: limit, &cursor) else { return nil }
            }
        }
        if cursor.at < bytes.count, cursor.at > start, isLatin(bytes[cursor.at - 1]), isLatin(bytes[cursor.at]) {
            return nil
        }
        found.end = cursor.at
        return found
    }

    private func take(_ slot: Slot, _ cursor: inout Cursor, _ found: inout Found) -> Bool {
        let before = cursor.at
        let figure = cursor.takeNumber() ?? (slot == .count ? cursor.takeEnglishCount() : nil)
        guard let value = figure else { return false }
        switch slot {
        case .year:
            guard (1949...2999).contains(value) else {
                cursor.at = before
                return false
            }
            found.year = value
        case .month: found.month = value
        case .day: found.day = value
        case .count: found.count = value
        }
        return slot != .count || value > 0 && value <= 3650
    }

    private func reach(_ word: [UInt8], within limit: Int, _ cursor: inout Cursor) -> Bool {
        let last = min(cursor.bytes.count, cursor.at + limit)
        while cursor.at < last {
            if cursor.take(word) { return true }
            if cursor.takeOne(of: Self.stops) != nil { return false }
            cursor.at += 1
        }
        return false
    }

    /// Whether one of the words a term runs from begins with a byte.
    static func startsBegin(with byte: UInt8) -> Bool {
        starts.contains { $0.word[0] == byte }
    }

    private static let stops = ["，", "。", "；", "：", ",", ".", ";", "\n"].map { Array($0.utf8) }
    private static let starts: [(word: [UInt8], start: Deadline.Start)] =
        ["issuance", "issue", "issuing", "publication", "promulgation", "printing", "印发", "发布", "公布", "下发", "发文"]
        .map { (Array($0.utf8), .issue) }
        + ["receipt", "receiving", "acceptance", "收到", "受理", "接到"].map { (Array($0.utf8), .receipt) }
}

extension Pattern {
    private static let startWords = starts.map(\.word)
}

extension Cursor {
    /// Reads a small English number word (five working days).
    mutating func takeEnglishCount() -> Int? {
        takeOne(of: englishCounts.map(\.word)).map { englishCounts[$0].value }
    }
}

private let englishCounts: [(word: [UInt8], value: Int)] = [
    ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
    ("nine", 9), ("ten", 10), ("fifteen", 15), ("twenty", 20), ("thirty", 30),
].map { (Array($0.0.utf8), $0.1) }
