import Glibc

extension Question.Term {
    /// The tokens that every passage with the term holds, each once; none for one character alone.
    var keys: [UInt64] {
        var keys: [UInt64] = []
        for (place, run) in runs.enumerated() {
            guard run.isDense else {
                keys.append(TokenKey.word(run.scalars))
                continue
            }
            for next in run.scalars.indices.dropFirst() {
                keys.append(TokenKey.pair(run.scalars[next - 1], run.scalars[next]))
            }
            // A run that another one follows ends where the text's run ends.
            if place + 1 < runs.count, let last = run.scalars.last { keys.append(TokenKey.single(last)) }
        }
        var met: Set<UInt64> = []
        return keys.filter { met.insert($0).inserted }
    }

    /// The character that the term is, if it is but one.
    var character: UInt32? {
        guard runs.count == 1, runs[0].isDense, runs[0].scalars.count == 1 else { return nil }
        return runs[0].scalars[0]
    }

    /// Whether a passage may hold all tokens of the term and yet not the term.
    var needsCheck: Bool {
        if field != nil || runs.count > 1 { return true }
        return runs[0].isDense ? runs[0].scalars.count > 2 : isExact
    }
}

/// Tells whether a text holds a term, by the runs of both.
struct TermMatcher: ~Copyable {
    private let term: Question.Term
    /// For each run that is a word what it must equal.
    private let words: [UInt64]
    /// The term's characters as they stand in a text that is not folded; empty unless the term is one dense run.
    private let needle: [UInt8]
    private var runs = Runs()

    init(_ term: Question.Term) {
        self.term = term
        words = term.runs.map { run in
            guard !run.isDense else { return 0 }
            return term.isExact ? run.scalars.withUnsafeBufferPointer(TokenKey.surface) : TokenKey.word(run.scalars)
        }
        needle = term.runs.count == 1 && term.runs[0].isDense ? Array(term.runs[0].text.utf8) : []
    }

    /// - Parameter isPlain: whether the text's characters are compared as they are.
    mutating func holds(_ text: UnsafeBufferPointer<UInt8>, isPlain: Bool) -> Bool {
        guard isPlain, needle.count >= 8 else { return walk(text) }
        return needle.withUnsafeBytes { Self.find($0, in: text) }
    }

    /// Whether the bytes, eight at least, stand in the text.
    private static func find(_ needle: UnsafeRawBufferPointer, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= needle.count, let start = UnsafeRawPointer(text.baseAddress), let sought = needle.baseAddress else {
            return false
        }
        let head = needle.loadUnaligned(as: UInt64.self)
        var place = 0
        let end = text.count - needle.count
        while place <= end {
            if start.loadUnaligned(fromByteOffset: place, as: UInt64.self) == head,
                memcmp(start + place, sought, needle.count) == 0
            {
                return true
            }
            place += 1
        }
        return false
    }

    /// A bit for each number of the term's runs that stand one after another up to the text's last run.
    private mutating func walk(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let size = term.runs.count
        var matched: UInt64 = 0
        runs.restart()
        while runs.next(in: text) {
            var next: UInt64 = 0
            if size == 1 {
                if stands(0, .anywhere) { return true }
                continue
            }
            if stands(0, .atEnd) { next |= 2 }
            while matched != 0 {
                let count = matched.trailingZeroBitCount
                matched &= matched &- 1
                if count == size - 1 {
                    if stands(count, .atStart) { return true }
                } else if stands(count, .whole) {
                    next |= 1 << UInt64(count + 1)
                }
            }
            matched = next
        }
        return false
    }

    private enum Place {
        case anywhere
        case atStart
        case atEnd
        case whole
    }

    /// Whether a run of the term stands at a place of the text's run. Words stand whole.
    private func stands(_ index: Int, _ place: Place) -> Bool {
        let run = term.runs[index]
        guard run.isDense == runs.isDense else { return false }
        let scalars = UnsafeBufferPointer(start: runs.scalars, count: runs.count)
        guard run.isDense else {
            // A stem keeps the first letter: most words need no stem to be told apart.
            guard scalars[0] == run.scalars[0] else { return false }
            return (term.isExact ? TokenKey.surface(scalars) : TokenKey.word(scalars)) == words[index]
        }
        let spare = scalars.count - run.scalars.count
        guard spare >= 0 else { return false }
        switch place {
        case .whole: return spare == 0 && scalars.elementsEqual(run.scalars)
        case .atStart: return scalars.prefix(run.scalars.count).elementsEqual(run.scalars)
        case .atEnd: return scalars.suffix(run.scalars.count).elementsEqual(run.scalars)
        case .anywhere: return (0...spare).contains { scalars[$0..<($0 + run.scalars.count)].elementsEqual(run.scalars) }
        }
    }
}

/// Looks in the passages of a segment whether they hold a term, where tokens alone do not tell.
final class TermCheck {
    private let segment: Segment
    private let field: Field?
    private var matcher: TermMatcher
    /// For each cover: 0 not looked at, 1 holds the term in title or number, 2 does not.
    private let covers: UnsafeMutablePointer<UInt8>

    init(_ term: Question.Term, _ segment: Segment) {
        self.segment = segment
        field = term.field
        matcher = TermMatcher(term)
        // From the system as zeroed pages: only those looked at cost anything.
        covers = calloc(max(segment.gates.count, 1), 1).assumingMemoryBound(to: UInt8.self)
    }

    deinit {
        free(covers)
    }

    func holds(_ passage: UInt32) -> Bool {
        let cell = segment.coverCells[Int(passage)]
        if field != .title && field != .number {
            let record = segment.record(Int(passage))
            let isPlain = cell & CoverCell.plain != 0
            if field != .head && matcher.holds(record.text, isPlain: isPlain) { return true }
            if field != .text && matcher.holds(record.head, isPlain: isPlain) { return true }
            if field != nil { return false }
        }
        let cover = CoverCell.cover(cell)
        if covers[cover] == 0 {
            let sheet = segment.sheet(cover)
            let isThere =
                (field != .number && matcher.holds(sheet.title, isPlain: false))
                || (field != .title && matcher.holds(sheet.number, isPlain: false))
            covers[cover] = isThere ? 1 : 2
        }
        return covers[cover] == 1
    }
}
