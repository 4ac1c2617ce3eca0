/// Which article of a newer text an older one lives on in: by its words first, then by its place.
public struct Lineage: Sendable {
    /// One article through two texts; a side is nil where it was added or struck.
    public struct Pair: Hashable, Sendable {
        public enum Change: String, Codable, Sendable {
            case same, changed, renumbered, renumberedAndChanged, added, removed
        }

        /// By the articles' places in ``LawText/articles``.
        public let older: Int?
        public let newer: Int?
        public let change: Change
        /// How alike their words are, 0 to 1.
        public let likeness: Double
    }

    /// In the newer text's order; what was struck stands where it stood.
    public let pairs: [Pair]

    /// Compares two texts. Linear but for articles whose words changed: those are matched within a window of their place,
    /// and by rare word pairs elsewhere.
    public init(from older: LawText, to newer: LawText) {
        let (old, new) = (older.articles.map { Words(older, $0) }, newer.articles.map { Words(newer, $0) })
        var match = Match(old: old, new: new)
        match.same()
        match.alike()
        pairs = match.pairs(older, newer)
    }

    /// The article of the newer text that an older one lives on in, and how it changed; nil where it was struck.
    public func newer(of older: Int) -> Pair? { pairs.first { $0.older == older } }

    /// How alike two texts are, 0 to 1, without punctuation and blanks.
    public static func likeness(_ one: String, _ other: String) -> Double {
        Words.likeness(Words(one), Words(other))
    }
}

/// An article's characters without punctuation and blanks, and its pairs of neighbours.
private struct Words {
    let signs: [UInt32]
    /// Sorted, each once.
    let pairs: [UInt64]
    let hash: Int

    init(_ law: LawText, _ provision: Int) {
        self.init(law.words(of: provision))
    }

    init(_ text: String) {
        signs = PlainSigns.of(text)
        var pairs: [UInt64] = []
        pairs.reserveCapacity(signs.count)
        for place in signs.indices.dropLast() { pairs.append(UInt64(signs[place]) << 32 | UInt64(signs[place + 1])) }
        if signs.count == 1 { pairs.append(UInt64(signs[0])) }
        pairs.sort()
        var unique: [UInt64] = []
        unique.reserveCapacity(pairs.count)
        for pair in pairs where unique.last != pair { unique.append(pair) }
        self.pairs = unique
        hash = signs.hashValue
    }

    static func likeness(_ one: Words, _ other: Words) -> Double {
        if one.signs == other.signs { return 1 }
        guard !one.pairs.isEmpty, !other.pairs.isEmpty else { return 0 }
        var (first, second, common) = (0, 0, 0)
        while first < one.pairs.count, second < other.pairs.count {
            if one.pairs[first] == other.pairs[second] {
                (first, second, common) = (first + 1, second + 1, common + 1)
            } else if one.pairs[first] < other.pairs[second] {
                first += 1
            } else {
                second += 1
            }
        }
        return 2 * Double(common) / Double(one.pairs.count + other.pairs.count)
    }
}

/// Characters as texts are compared: no blanks, no punctuation, full-width letters as plain ones.
enum PlainSigns {
    static func of(_ text: String) -> [UInt32] {
        var signs: [UInt32] = []
        signs.reserveCapacity(text.utf8.count / 3)
        for scalar in text.unicodeScalars {
            let value = TitleKey.folded(scalar.value) ?? 0
            if counts(value) { signs.append(value) }
        }
        return signs
    }

    /// A letter, digit or Chinese character.
    static func counts(_ value: UInt32) -> Bool {
        value >= 0x30 && value <= 0x39 || value >= 0x61 && value <= 0x7A || value >= 0xC0 && value < 0x2000
            || value >= 0x3400 && value <= 0x9FFF || value == 0x3007 || value >= 0x2_0000
    }
}

private struct Match {
    let old: [Words]
    let new: [Words]
    var toNew: [Int?]
    var toOld: [Int?]

    init(old: [Words], new: [Words]) {
        (self.old, self.new) = (old, new)
        toNew = Array(repeating: nil, count: old.count)
        toOld = Array(repeating: nil, count: new.count)
    }

    private mutating func tie(_ one: Int, _ other: Int) {
        toNew[one] = other
        toOld[other] = one
    }

    /// Articles of the same words; of several such the ones in the same order.
    mutating func same() {
        var places: [[UInt32]: [Int]] = [:]
        for (place, words) in new.enumerated().reversed() { places[words.signs, default: []].append(place) }
        for (place, words) in old.enumerated() {
            guard let next = places[words.signs]?.popLast() else { continue }
            tie(place, next)
        }
    }

    /// Articles of like words: the likest pair first, near its place before far.
    mutating func alike() {
        var candidates: [(one: Int, other: Int, likeness: Double, distance: Int)] = []
        let free = new.indices.filter { toOld[$0] == nil }
        guard !free.isEmpty else { return }
        var rare: [UInt64: [Int]] = [:]
        for place in free { for pair in new[place].pairs { rare[pair, default: []].append(place) } }
        for one in old.indices where toNew[one] == nil {
            var votes: [Int: Int] = [:]
            for pair in old[one].pairs {
                guard let places = rare[pair], places.count <= 40 else { continue }
                for place in places { votes[place, default: 0] += 1 }
            }
            let expected = expectedPlace(of: one)
            let best = votes.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.prefix(8).map(\.key)
            let near = free.filter { abs($0 - expected) <= 3 }
            for other in Set(best + near) {
                let likeness = Words.likeness(old[one], new[other])
                if likeness >= 0.35 { candidates.append((one, other, likeness, abs(other - expected))) }
            }
        }
        candidates.sort { one, other in
            one.likeness != other.likeness ? one.likeness > other.likeness : (one.distance, one.one) < (other.distance, other.one)
        }
        for candidate in candidates where toNew[candidate.one] == nil && toOld[candidate.other] == nil {
            tie(candidate.one, candidate.other)
        }
    }

    /// Where an article would stand if it followed the one before it.
    private func expectedPlace(of place: Int) -> Int {
        var before = place - 1
        while before >= 0 {
            if let known = toNew[before] { return known + place - before }
            before -= 1
        }
        return place
    }

    func pairs(_ older: LawText, _ newer: LawText) -> [Lineage.Pair] {
        var pairs: [Lineage.Pair] = []
        var told = 0
        func tellRemoved(before place: Int) {
            while told < place {
                if toNew[told] == nil { pairs.append(.init(older: told, newer: nil, change: .removed, likeness: 0)) }
                told += 1
            }
        }
        for place in new.indices {
            guard let from = toOld[place] else {
                pairs.append(.init(older: nil, newer: place, change: .added, likeness: 0))
                continue
            }
            if from >= told { tellRemoved(before: from) }
            let isSame = old[from].signs == new[place].signs
            let keeps = older.articleNumber(of: older.articles[from]) == newer.articleNumber(of: newer.articles[place])
            pairs.append(
                .init(
                    older: from,
                    newer: place,
                    change: keeps ? (isSame ? .same : .changed) : isSame ? .renumbered : .renumberedAndChanged,
                    likeness: isSame ? 1 : Words.likeness(old[from], new[place])
                )
            )
        }
        tellRemoved(before: old.count)
        return pairs
    }
}
