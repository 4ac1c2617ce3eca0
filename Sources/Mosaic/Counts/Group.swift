/// Some of the subjects: those that meet every condition. At most eight conditions, held in place, so that millions cost little.
struct Group: Hashable {
    struct Condition: Hashable {
        let dimension: Int
        let label: Int
    }

    /// Sorted; a dimension in the upper half, a label in the lower; free places are all ones.
    private var words: SIMD8<UInt64>
    private(set) var count: Int

    static let most = 8
    private static let free = UInt64.max

    init(_ conditions: [Condition]) {
        words = SIMD8(repeating: Self.free)
        count = 0
        for condition in conditions { insert(condition.dimension, condition.label) }
    }

    var isEmpty: Bool { count == 0 }

    var conditions: [Condition] { (0..<count).map { self[$0] } }

    subscript(place: Int) -> Condition {
        Condition(dimension: Int(words[place] >> 32), label: Int(words[place] & 0xFFFF_FFFF))
    }

    func label(_ dimension: Int) -> Int? {
        for place in 0..<count where Int(words[place] >> 32) == dimension { return Int(words[place] & 0xFFFF_FFFF) }
        return nil
    }

    /// The same with another label in a dimension, or with none for `PublishedTable.all`.
    func with(_ dimension: Int, _ label: Int) -> Group {
        var changed = self
        for place in 0..<count where Int(words[place] >> 32) == dimension {
            guard label == PublishedTable.all else {
                changed.words[place] = UInt64(dimension) << 32 | UInt64(label)
                return changed
            }
            for later in place..<(count - 1) { changed.words[later] = changed.words[later + 1] }
            changed.words[count - 1] = Self.free
            changed.count -= 1
            return changed
        }
        if label != PublishedTable.all { changed.insert(dimension, label) }
        return changed
    }

    /// The dimensions that the conditions speak of.
    var dimensions: SIMD8<UInt32> {
        SIMD8<UInt32>(truncatingIfNeeded: words &>> 32)
    }

    private mutating func insert(_ dimension: Int, _ label: Int) {
        let word = UInt64(dimension) << 32 | UInt64(label)
        var place = count
        while place > 0, words[place - 1] > word {
            words[place] = words[place - 1]
            place -= 1
        }
        words[place] = word
        count += 1
    }

    func hash(into hasher: inout Hasher) {
        // One mixed word is cheaper to hash than eight.
        var mixed: UInt64 = 0
        for place in 0..<count { mixed = ColumnBuilder.mix(mixed ^ words[place]) }
        hasher.combine(mixed)
    }
}
