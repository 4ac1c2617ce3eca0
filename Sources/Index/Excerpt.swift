/// A part of a text around what was asked for, which is marked.
public struct Excerpt: Sendable, Hashable {
    public struct Piece: Sendable, Hashable {
        public let text: String
        public let isMarked: Bool
    }

    /// In their order; joined they are a stretch of the text, white space made single blanks, "…" where it was cut.
    public let pieces: [Piece]

    public var text: String { pieces.map(\.text).joined() }

    /// - Parameters:
    ///   - isAny: whether parts of the question were enough, as the answer says.
    ///   - length: about so many characters.
    public init(of text: String, for question: String, isAny: Bool = false, length: Int = 120) {
        let asked = Question(question)
        let terms = isAny ? asked.parts : asked.groups.flatMap(\.alternatives)
        var text = text
        pieces = text.withUTF8 { bytes in
            let marks = Marks(in: bytes, of: terms)
            let stretch = marks.bestStretch(of: bytes, size: max(length, 1) * 3)
            return Self.cut(bytes, stretch, marks.spans)
        }
    }

    private static func cut(_ bytes: UnsafeBufferPointer<UInt8>, _ stretch: Range<Int>, _ spans: [Range<Int>]) -> [Piece] {
        var pieces: [Piece] = []
        func add(_ part: Range<Int>, isMarked: Bool) {
            guard !part.isEmpty else { return }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[part]), as: UTF8.self)
            let single = text.split(omittingEmptySubsequences: false) { $0.isWhitespace }
                .reduce(into: "") { $0 += $0.isEmpty || $1.isEmpty || $0.hasSuffix(" ") ? String($1) : " " + $1 }
            let isOpen = text.first?.isWhitespace ?? false
            let isEnded = text.last?.isWhitespace ?? false
            pieces.append(Piece(text: (isOpen ? " " : "") + single + (isEnded && !single.isEmpty ? " " : ""), isMarked: isMarked))
        }
        if stretch.lowerBound > 0 { pieces.append(Piece(text: "…", isMarked: false)) }
        var place = stretch.lowerBound
        for span in spans where span.upperBound > place && span.lowerBound < stretch.upperBound {
            let part = span.clamped(to: place..<stretch.upperBound)
            add(place..<part.lowerBound, isMarked: false)
            add(part, isMarked: true)
            place = part.upperBound
        }
        add(place..<stretch.upperBound, isMarked: false)
        if stretch.upperBound < bytes.count { pieces.append(Piece(text: "…", isMarked: false)) }
        return pieces
    }
}

/// Where in a text the terms of a question stand.
private struct Marks {
    /// Ascending, not touching each other.
    private(set) var spans: [Range<Int>] = []
    /// Each find with the number of its term.
    private var finds: [(span: Range<Int>, term: Int)] = []

    /// A longer text is marked in its beginning alone.
    private static let mostBytes = 1 << 20

    init(in bytes: UnsafeBufferPointer<UInt8>, of terms: [Question.Term]) {
        let looked = UnsafeBufferPointer(rebasing: bytes.prefix(Self.mostBytes))
        var former: [(run: Run, starts: [Int])] = []
        let longest = terms.map(\.runs.count).max() ?? 0
        var runs = Runs()
        while longest > 0, runs.next(in: looked) {
            let scalars = Array(UnsafeBufferPointer(start: runs.scalars, count: runs.count))
            let starts = UnsafeBufferPointer(start: runs.starts, count: runs.count + 1).map(Int.init)
            former.append((Run(scalars: scalars, isDense: runs.isDense), starts))
            if former.count > longest { former.removeFirst() }
            for (number, term) in terms.enumerated() { find(term, number, former.suffix(term.runs.count)) }
        }
        finds.sort { ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound) }
        for (span, _) in finds {
            if let last = spans.last, span.lowerBound <= last.upperBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                spans.append(span)
            }
        }
    }

    /// Notes where the term ends in the last of these runs.
    private mutating func find(_ term: Question.Term, _ number: Int, _ runs: ArraySlice<(run: Run, starts: [Int])>) {
        guard runs.count == term.runs.count, let (last, lastStarts) = runs.last, let first = runs.first else { return }
        if term.runs.count == 1 {
            let sought = term.runs[0]
            guard sought.isDense == last.isDense else { return }
            if !sought.isDense {
                if Self.equal(sought, last, term) { finds.append((lastStarts[0]..<lastStarts[last.scalars.count], number)) }
                return
            }
            var place = 0
            while place + sought.scalars.count <= last.scalars.count {
                if last.scalars[place..<(place + sought.scalars.count)].elementsEqual(sought.scalars) {
                    finds.append((lastStarts[place]..<lastStarts[place + sought.scalars.count], number))
                }
                place += 1
            }
            return
        }
        for (index, (run, _)) in runs.enumerated() {
            let sought = term.runs[index]
            let fits =
                if index == 0 && sought.isDense {
                    run.isDense && run.scalars.suffix(sought.scalars.count) == sought.scalars[...]
                } else if index == runs.count - 1 && sought.isDense {
                    run.isDense && run.scalars.prefix(sought.scalars.count) == sought.scalars[...]
                } else { Self.equal(sought, run, term) }
            guard fits else { return }
        }
        let begin = term.runs[0].isDense ? first.run.scalars.count - term.runs[0].scalars.count : 0
        let end = last.isDense ? term.runs[term.runs.count - 1].scalars.count : last.scalars.count
        finds.append((first.starts[begin]..<lastStarts[end], number))
    }

    private static func equal(_ sought: Run, _ run: Run, _ term: Question.Term) -> Bool {
        guard sought.isDense == run.isDense else { return false }
        if sought.isDense || term.isExact || sought == run { return sought == run }
        return sought.scalars[0] == run.scalars[0] && TokenKey.word(sought.scalars) == TokenKey.word(run.scalars)
    }

    /// The stretch with the most different terms, the first of them; it begins with a sentence where one begins near.
    func bestStretch(of bytes: UnsafeBufferPointer<UInt8>, size: Int) -> Range<Int> {
        var best = (start: 0, terms: 0)
        for (index, (span, _)) in finds.enumerated() {
            var met: Set<Int> = []
            var next = index
            while next < finds.count, finds[next].span.upperBound <= span.lowerBound + size * 3 / 4 {
                met.insert(finds[next].term)
                next += 1
            }
            if met.count > best.terms { best = (span.lowerBound, met.count) }
            if index > 2000 { break }
        }
        guard bytes.count > size else { return 0..<bytes.count }
        var from = max(0, min(best.start - size / 4, bytes.count - size))
        // 。 is E3 80 82, ； is EF BC 9B.
        for place in stride(from: best.start - 1, through: max(from, 2), by: -1) {
            let ends = (bytes[place - 2], bytes[place - 1], bytes[place])
            guard ends == (0xE3, 0x80, 0x82) || ends == (0xEF, 0xBC, 0x9B) || bytes[place] == 0x0A else { continue }
            from = place + 1
            break
        }
        var end = min(from + size, bytes.count)
        while from < bytes.count, bytes[from] & 0xC0 == 0x80 { from += 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return from..<max(from, end)
    }
}
