/// Counts the matches of a segment by cover: from this come totals and facets.
struct Tally: ~Copyable {
    private(set) var total = 0
    private let covers: UnsafeMutablePointer<UInt32>?
    private let size: Int

    init(_ segment: Segment, byCover: Bool) {
        size = segment.gates.count
        guard byCover else {
            covers = nil
            return
        }
        let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: max(size, 1))
        counts.initialize(repeating: 0, count: size)
        covers = counts
    }

    deinit {
        covers?.deallocate()
    }

    @inline(__always)
    mutating func add(_ passage: UInt32, _ segment: Segment) {
        total += 1
        guard let covers else { return }
        covers[segment.cover(of: Int(passage))] += 1
    }

    /// The covers that were met, with how many matches each has.
    func each(_ body: (_ cover: Int, _ count: Int) -> Void) {
        guard let covers else { return }
        for cover in 0..<size where covers[cover] > 0 { body(cover, Int(covers[cover])) }
    }
}
