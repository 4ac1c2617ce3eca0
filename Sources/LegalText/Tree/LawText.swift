/// A law as a tree of provisions over its own bytes: every provision has a range, a parent and an address.
public struct LawText: Sendable {
    /// What could not be placed, or stands oddly: shown, never mended silently.
    public struct Note: Hashable, Sendable, Codable {
        public enum Kind: String, Codable, Sendable {
            case repeatedNumber, skippedNumber, numberGoesBack, unclosedTitle, unreadableDate
        }

        public let kind: Kind
        /// Line of the text, from 1.
        public let line: Int
        public let text: String
    }

    /// The text read, as UTF-8.
    public let bytes: [UInt8]
    /// In order of the text; a parent stands before its children.
    public let provisions: [Provision]
    /// The articles (or 一、 clauses of a document without articles) by their place in ``provisions``.
    public let articles: [Int]
    /// What stands before the first provision: title, history lines, introduction.
    public let preamble: Range<Int>
    public let notes: [Note]

    /// Reads any text in one pass; what has no recognisable place stays a paragraph. Never refuses.
    public static func read(_ source: String) -> LawText {
        read(bytes: Array(source.utf8))
    }

    /// The same from bytes of UTF-8.
    public static func read(bytes: [UInt8]) -> LawText {
        var reader = LawTextReader()
        let preamble = bytes.withUnsafeBufferPointer { reader.read($0) }
        return LawText(
            bytes: bytes,
            provisions: reader.provisions,
            articles: reader.articles,
            preamble: 0..<preamble,
            notes: reader.notes
        )
    }

    /// The text of a range, without blanks and line ends around it.
    public func text(_ range: Range<Int>) -> String {
        bytes.withUnsafeBufferPointer { bytes in
            let start = bytes.pastSpace(range.lowerBound, range.upperBound)
            let end = bytes.backOverBlanks(range.upperBound, downTo: start)
            return start < end ? bytes.string(start..<end) : ""
        }
    }

    /// A provision's words without its number, those of the provisions in it included.
    public func words(of provision: Int) -> String {
        text(provisions[provision].start..<provisions[provision].range.upperBound)
    }

    /// A provision's number as printed: 第二十八条, （一）; empty for a paragraph.
    public func number(of provision: Int) -> String {
        text(provisions[provision].range.lowerBound..<provisions[provision].start)
    }

    /// The number of an article.
    public func articleNumber(of provision: Int) -> ArticleNumber {
        ArticleNumber(provisions[provision].ordinal, provisions[provision].suffix ?? 0)
    }

    /// Stable address: `art-28-1`, `art-5-p-2-item-1`, `part-1-ch-2`; the second of one number adds `.2`.
    ///
    /// Articles count through the whole law, so their address names no chapter.
    public func anchor(of provision: Int) -> String {
        let here = provisions[provision]
        var own = "\(here.kind.sign)-\(here.ordinal)"
        if let suffix = here.suffix { own += "-\(suffix)" }
        if here.times > 1 { own += ".\(here.times)" }
        guard here.kind != .article, here.kind != .clause, let parent = here.parent else { return own }
        return anchor(of: parent) + "-" + own
    }

    /// The provisions directly in one, in order; of the whole text where it is nil.
    public func children(of provision: Int?) -> [Int] {
        provisions.indices.filter { provisions[$0].parent == provision }
    }

    /// The article that holds a byte, by its place in ``provisions``; nil in preamble, headings and annexes.
    public func article(at offset: Int) -> Int? {
        var (low, high) = (0, articles.count)
        while low < high {
            let middle = (low + high) / 2
            if provisions[articles[middle]].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, provisions[articles[low - 1]].range.contains(offset) else { return nil }
        return articles[low - 1]
    }

    /// The first article of a number, by its place in ``provisions``; where the text has no 条, its 一、 clause of that number.
    public func article(_ number: ArticleNumber) -> Int? {
        articles.first { articleNumber(of: $0) == number && provisions[$0].kind == .article }
            ?? (articles.contains { provisions[$0].kind == .article } ? nil : articles.first { articleNumber(of: $0) == number })
    }

    /// The headings above a provision, outermost first.
    public func headings(of provision: Int) -> [String] {
        var found: [String] = []
        var above = provisions[provision].parent
        while let index = above {
            let heading = provisions[index]
            if heading.kind.depth < Provision.Kind.article.depth {
                let end = bytes[heading.range.lowerBound...].firstIndex(of: 0x0A) ?? heading.range.upperBound
                found.append(text(heading.range.lowerBound..<end))
            }
            above = heading.parent
        }
        return found.reversed()
    }

    /// The line of a byte, from 1. Linear: for the few places that are shown.
    public func line(at offset: Int) -> Int {
        1 + bytes[..<offset].count { $0 == 0x0A }
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// The byte after blanks and line ends, not past an end.
    func pastSpace(_ at: Int, _ end: Int) -> Int {
        var at = at
        while at < end {
            let next = self[at] == 0x0A ? at + 1 : pastBlanks(at)
            if next == at { break }
            at = next
        }
        return Swift.min(at, end)
    }
}
