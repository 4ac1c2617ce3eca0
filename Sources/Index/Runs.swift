/// Cuts text into runs of one kind, folded, with their places: what every part of the search reads text by.
///
/// Punctuation and white space part runs, and so does the change from Chinese to Latin letters. The buffers are used
/// again for each run, so a reader of a million passages allocates nothing.
struct Runs: ~Copyable {
    /// The longest word, in scalars; a longer one is cut, in texts and questions alike.
    static let longestWord = 64

    /// The folded scalars of the run, and where each begins in the text, in bytes. `starts[count]` is the end.
    private(set) var scalars: UnsafeMutablePointer<UInt32>
    private(set) var starts: UnsafeMutablePointer<Int32>
    private(set) var count = 0
    private(set) var isDense = false
    /// Whether any dense character since `restart` is compared as another one: if not, bytes may be compared instead.
    private(set) var isFolded = false

    private var capacity = 256
    private var place = 0
    private let folding = Folding.shared

    init() {
        scalars = .allocate(capacity: capacity)
        starts = .allocate(capacity: capacity + 1)
    }

    deinit {
        scalars.deallocate()
        starts.deallocate()
    }

    /// Begins at the start of a text.
    mutating func restart() {
        place = 0
        count = 0
        isFolded = false
    }

    /// The next run of the text, or false at its end. The same text must be given each time.
    mutating func next(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = place
        var found = 0
        var kind = Folding.Kind.gap.rawValue
        var changed: UInt32 = 0
        while place < text.count {
            let start = place
            let scalar = Self.scalar(in: text, at: &place)
            let cell = folding.cell(of: scalar)
            let next = cell >> 24
            // Of the kinds only dense has the second bit.
            changed |= (cell ^ scalar) & 0x1FFFFF & (0 &- next >> 1)
            if next == Folding.Kind.gap.rawValue {
                if found == 0 { continue }
                starts[found] = Int32(truncatingIfNeeded: start)
                break
            }
            if found == 0 {
                kind = next
            } else if next != kind || (kind == Folding.Kind.word.rawValue && found == Self.longestWord) {
                starts[found] = Int32(truncatingIfNeeded: start)
                place = start
                break
            }
            if found == capacity { grow() }
            scalars[found] = cell & 0x1FFFFF
            starts[found] = Int32(truncatingIfNeeded: start)
            found += 1
            starts[found] = Int32(truncatingIfNeeded: place)
        }
        self.place = place
        count = found
        isFolded = isFolded || changed != 0
        isDense = kind == Folding.Kind.dense.rawValue
        return found > 0
    }

    /// The scalar at a place of UTF-8, which moves on; a broken byte is U+FFFD, which parts words.
    @inline(__always)
    private static func scalar(in text: UnsafeBufferPointer<UInt8>, at place: inout Int) -> UInt32 {
        let lead = UInt32(text[place])
        if lead < 0x80 {
            place += 1
            return lead
        }
        if lead >= 0xE0, lead < 0xF0, place + 2 < text.count {
            let second = UInt32(text[place + 1])
            let third = UInt32(text[place + 2])
            if second & 0xC0 == 0x80, third & 0xC0 == 0x80 {
                place += 3
                return (lead & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
            }
        }
        let more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
        guard lead >= 0xC2, lead < 0xF5, place + more < text.count else {
            place += 1
            return 0xFFFD
        }
        var value = lead & (0x3F >> UInt32(more))
        for offset in 1...more {
            let byte = UInt32(text[place + offset])
            guard byte & 0xC0 == 0x80 else {
                place += 1
                return 0xFFFD
            }
            value = value << 6 | byte & 0x3F
        }
        place += more + 1
        return value
    }

    private mutating func grow() {
        let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        wider.update(from: scalars, count: capacity)
        scalars.deallocate()
        scalars = wider
        let longer = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2 + 1)
        longer.update(from: starts, count: capacity + 1)
        starts.deallocate()
        starts = longer
        capacity *= 2
    }
}

/// One run as a value, for questions.
struct Run: Sendable, Hashable {
    let scalars: [UInt32]
    let isDense: Bool

    /// The runs of a text.
    static func all(in text: String) -> [Run] {
        var text = text
        return text.withUTF8 { bytes in
            var runs = Runs()
            var found: [Run] = []
            while runs.next(in: bytes) {
                let scalars = Array(UnsafeBufferPointer(start: runs.scalars, count: runs.count))
                found.append(Run(scalars: scalars, isDense: runs.isDense))
            }
            return found
        }
    }

    /// Folded, as text.
    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
        return String(view)
    }
}
