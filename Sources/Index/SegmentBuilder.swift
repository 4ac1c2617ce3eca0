/// Collects passages in memory until they are written as one segment.
struct SegmentBuilder: ~Copyable {
    /// Passages collected, with those that a later one of the same key replaced.
    var count: Int { coverCells.count }
    private(set) var deleted: Set<UInt32> = []
    private(set) var removed: Set<String> = []
    private(set) var places: [String: UInt32] = [:]

    var vocabulary = Vocabulary()
    var covers = CoverTable()
    var coverCells = Store<UInt32>()
    var texts = Store<UInt8>(capacity: 1 << 16)
    var textStarts = Store<UInt32>()
    var keyOrder = Store<UInt64>()
    /// For each passage where its postings begin among `terms` and `impacts`.
    var postingStarts = Store<UInt32>()
    var terms = Store<UInt32>(capacity: 1 << 12)
    var impacts = Store<UInt8>(capacity: 1 << 12)

    private var runs = Runs()
    private var tokens = Store<UInt32>(capacity: 1 << 10)
    private var sums = Store<Float>(capacity: 1 << 10)

    /// Postings and bytes of text that one segment in memory holds at most: some 400 MB with all that goes with them.
    private static let mostPostings = 20_000_000
    private static let mostBytes = 128 << 20

    var isFull: Bool { terms.count >= Self.mostPostings || texts.count >= Self.mostBytes }
    var isEmpty: Bool { count == 0 && removed.isEmpty }

    /// Takes a passage, in place of one of the same key.
    mutating func add(_ passage: Passage) throws {
        let place = UInt32(count)
        if let former = places.updateValue(place, forKey: passage.key) { deleted.insert(former) }
        removed.insert(passage.key)
        let size = passage.key.utf8.count + passage.head.utf8.count + passage.text.utf8.count
        guard texts.count + size + 32 < Int(UInt32.max) else { throw IndexError.tooLarge }

        tokens.removeAll()
        collect(passage.title)
        let titleEnd = tokens.count
        collect(passage.number)
        let numberEnd = tokens.count
        collect(passage.head)
        var isPlain = !runs.isFolded
        let headEnd = tokens.count
        collect(passage.text)
        isPlain = isPlain && !runs.isFolded
        weigh([(titleEnd, .title), (numberEnd, .number), (headEnd, .head)])

        coverCells.append(covers.place(of: Cover(passage)) | (isPlain ? CoverCell.plain : 0))
        keyOrder.append(UInt64(Segment.hash(of: passage.key)) << 32 | UInt64(place))
        textStarts.append(UInt32(texts.count))
        texts.append(varint: passage.key.utf8.count)
        texts.append(varint: passage.head.utf8.count)
        texts.append(text: passage.key)
        texts.append(text: passage.head)
        texts.append(text: passage.text)
    }

    /// Takes out a passage, here and in the segments before.
    mutating func remove(_ key: String) {
        if let former = places.removeValue(forKey: key) { deleted.insert(former) }
        removed.insert(key)
    }

    private mutating func collect(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            runs.restart()
            while runs.next(in: bytes) {
                let scalars = runs.scalars
                let last = runs.count - 1
                guard runs.isDense else {
                    tokens.append(vocabulary.word(UnsafeBufferPointer(start: scalars, count: last + 1)))
                    continue
                }
                for place in 0..<last { tokens.append(vocabulary.term(TokenKey.pair(scalars[place], scalars[place + 1]))) }
                tokens.append(vocabulary.term(TokenKey.single(scalars[last])))
            }
        }
    }

    /// Turns the tokens of a passage into postings.
    private mutating func weigh(_ fields: [(end: Int, field: Field)]) {
        let start = terms.count
        postingStarts.append(UInt32(start))
        sums.removeAll()
        var place = 0
        for (end, field) in fields {
            while place < end {
                count(tokens[place], field.weight, start)
                place += 1
            }
        }
        let weight = Impact.textWeight(tokens: tokens.count - place)
        while place < tokens.count {
            count(tokens[place], weight, start)
            place += 1
        }
        for index in 0..<sums.count { impacts.append(Impact.quantised(sums[index])) }
    }

    @inline(__always)
    private mutating func count(_ term: UInt32, _ weight: Float, _ start: Int) {
        let known = vocabulary.meet(term, passage: UInt32(count), at: UInt32(sums.count))
        if let known {
            sums[Int(known)] += weight
        } else {
            terms.append(term)
            sums.append(weight)
        }
    }
}

/// The tokens of a segment while it is built: each key has a number.
struct Vocabulary: ~Copyable {
    /// When a term was met last, and in how many passages so far.
    private struct State {
        var passage: UInt32
        var place: UInt32
        var passages: UInt32
    }

    private(set) var keys = Store<UInt64>(capacity: 1 << 12)
    private var states = Store<State>(capacity: 1 << 12)
    private var slots = SlotTable(bits: 13)
    private var wordSlots = SlotTable(bits: 10)
    /// The words as written (folded), for suggestions.
    private(set) var words: [String] = []

    @inline(__always)
    mutating func term(_ key: UInt64) -> UInt32 {
        let (found, slot) = slots.find(key)
        if found != 0 { return found - 1 }
        keys.append(key)
        states.append(State(passage: .max, place: 0, passages: 0))
        slots.fill(slot, key, UInt32(keys.count))
        return UInt32(keys.count - 1)
    }

    /// The term of a word; its stem is found once.
    mutating func word(_ scalars: UnsafeBufferPointer<UInt32>) -> UInt32 {
        let surface = TokenKey.surface(scalars)
        let (found, slot) = wordSlots.find(surface)
        if found != 0 { return found - 1 }
        let term = term(TokenKey.word(scalars))
        wordSlots.fill(slot, surface, term + 1)
        words.append(Run(scalars: Array(scalars), isDense: false).text)
        return term
    }

    func passages(of term: Int) -> Int { Int(states[term].passages) }

    /// Notes that a passage holds a term: where it was met in it before, or nil when it is met first, `at` that place.
    @inline(__always)
    mutating func meet(_ term: UInt32, passage: UInt32, at place: UInt32) -> UInt32? {
        let state = states.pointer + Int(term)
        if state.pointee.passage == passage { return state.pointee.place }
        state.pointee.passage = passage
        state.pointee.place = place
        state.pointee.passages += 1
        return nil
    }
}

/// Numbers by key, in open addressing.
private struct SlotTable: ~Copyable {
    private struct Slot {
        var key: UInt64
        var number: UInt32
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    private var count = 0

    init(bits: Int) {
        mask = 1 << bits - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(key: 0, number: 0), count: mask + 1)
    }

    deinit {
        slots.deallocate()
    }

    /// The number of a key, zero where there is none, and its slot.
    @inline(__always)
    func find(_ key: UInt64) -> (number: UInt32, slot: Int) {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[place].number != 0 {
            if slots[place].key == key { return (slots[place].number, place) }
            place = (place + 1) & mask
        }
        return (0, place)
    }

    @inline(__always)
    mutating func fill(_ slot: Int, _ key: UInt64, _ number: UInt32) {
        slots[slot] = Slot(key: key, number: number)
        count += 1
        if count * 2 > mask { grow() }
    }

    private mutating func grow() {
        let former = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(key: 0, number: 0), count: mask + 1)
        for slot in former where slot.number != 0 { slots[find(slot.key).slot] = slot }
        former.deallocate()
    }
}
