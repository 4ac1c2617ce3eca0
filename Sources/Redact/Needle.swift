/// A text that is to be withheld, as it is looked for.
struct Needle: Sendable {
    /// How much of layout is set aside in looking for it.
    enum Way: Sendable {
        /// Only the width of letters. For a few digits or letters, which occur everywhere by chance.
        case exact
        /// Spacing too, within a line.
        case line
        /// Spacing, breaks of lines, strokes in numbers, case.
        case loose
    }

    let text: String
    let way: Way
    let folded: Folded
    /// Letter by letter, for what folding takes apart at its edges.
    let literal: Folded
    let article: String

    init?(_ withheld: Withheld) {
        guard let text = withheld.text, !Folded(text).scalars.isEmpty else { return nil }
        let loose = Folded(text)
        let isPlain = loose.scalars.allSatisfy(\.isASCII)
        way = loose.scalars.count < 5 && isPlain ? .exact : loose.scalars.count < 4 ? .line : .loose
        self.text = text
        folded = Haystack.fold(text, way)
        literal = Haystack.fold(text, .exact)
        article = withheld.article
    }
}

/// A text in which needles are looked for.
struct Haystack {
    private let exact: Folded
    private let lines: Folded
    private let loose: Folded
    /// Words of a page: a break of a line is a matter of layout even for short texts.
    private let isPage: Bool

    init(_ text: String, isPage: Bool = false) {
        exact = Self.fold(text, .exact)
        lines = isPage ? Folded("") : Self.fold(text, .line)
        loose = Self.fold(text, .loose)
        self.isPage = isPage
    }

    static func fold(_ text: String, _ way: Needle.Way) -> Folded {
        switch way {
        case .exact: Folded(text, exactly: true)
        case .line: Folded(text, keepsLines: true)
        case .loose: Folded(text)
        }
    }

    /// In scalars of the text.
    func ranges(of needle: Needle) -> [Range<Int>] {
        let literal = exact.ranges(of: needle.literal)
        return needle.way == .exact ? literal : folded(needle.way).ranges(of: needle.folded) + literal
    }

    func contains(_ needle: Needle) -> Bool {
        exact.contains(needle.literal) || needle.way != .exact && folded(needle.way).contains(needle.folded)
    }

    private func folded(_ way: Needle.Way) -> Folded {
        switch way {
        case .exact: exact
        case .line: isPage ? loose : lines
        case .loose: loose
        }
    }

    /// All places of all needles, those that touch joined, with the article of the first.
    func places(of needles: [Needle]) -> [(range: Range<Int>, article: String)] {
        let all = needles.flatMap { needle in ranges(of: needle).map { (range: $0, article: needle.article) } }
        var joined: [(range: Range<Int>, article: String)] = []
        for each in all.sorted(by: { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }) {
            if let last = joined.last, each.range.lowerBound < last.range.upperBound {
                joined[joined.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, each.range.upperBound)
            } else {
                joined.append(each)
            }
        }
        return joined
    }
}
