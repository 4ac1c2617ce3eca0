/// Decides for a segment which passages exist for a reader: one rule for hits, counts and suggestions alike.
struct Admission: ~Copyable {
    private let cells: UnsafePointer<UInt32>
    private let gates: UnsafePointer<Gate>
    private let first: Int32
    private let last: Int32
    /// For each of the 256 classes whether it may be seen.
    private let visible: UnsafeMutablePointer<Bool>
    /// A bit for each passage that is gone or excluded.
    private let barred: UnsafeMutablePointer<UInt64>?
    /// For each cover whether the filters let it pass.
    private let allowed: UnsafeMutablePointer<Bool>?

    /// - Parameter excluded: passages that the question rules out, ascending.
    init(_ part: LivePart, _ query: Query, excluded: [UInt32] = []) {
        let segment = part.segment
        cells = segment.coverCells
        gates = segment.gates.baseAddress.unsafelyUnwrapped
        first = query.at.map(Int32.init(clamping:)) ?? .max
        last = query.at.map(Int32.init(clamping:)) ?? .min
        visible = .allocate(capacity: 256)
        visible.initialize(repeating: false, count: 256)
        for kind in query.visible { visible[Int(kind)] = true }
        if part.deletions != nil || !excluded.isEmpty {
            let words = part.deletions?.words ?? []
            let size = (segment.count + 63) / 64
            let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
            for place in 0..<size { bits[place] = place < words.count ? words[place] : 0 }
            for passage in excluded { bits[Int(passage >> 6)] |= 1 << UInt64(passage & 63) }
            barred = bits
        } else {
            barred = nil
        }
        allowed = query.filters.isEmpty ? nil : Self.allowed(segment, query.filters)
    }

    deinit {
        visible.deallocate()
        barred?.deallocate()
        allowed?.deallocate()
    }

    @inline(__always)
    func admits(_ passage: UInt32) -> Bool {
        let cover = CoverCell.cover(cells[Int(passage)])
        guard admits(cover: cover) else { return false }
        guard let barred else { return true }
        return barred[Int(passage >> 6)] >> UInt64(passage & 63) & 1 == 0
    }

    @inline(__always)
    func admits(cover: Int) -> Bool {
        let gate = gates[cover]
        guard gate.from <= first, last < gate.to, visible[Int(gate.visibility & 0xFF)] else { return false }
        return allowed?[cover] ?? true
    }

    /// A passage has one of the values wanted of every facet named.
    private static func allowed(_ segment: Segment, _ filters: [String: Set<String>]) -> UnsafeMutablePointer<Bool> {
        let wanted = Array(filters)
        let groups = segment.facets.map { facet in
            wanted.firstIndex { $0.key == facet.name && $0.value.contains(facet.value) }
        }
        let allowed = UnsafeMutablePointer<Bool>.allocate(capacity: max(segment.gates.count, 1))
        for cover in segment.gates.indices {
            var met: Set<Int> = []
            for facet in segment.sheet(cover).facets {
                if let group = groups[facet] { met.insert(group) }
            }
            allowed[cover] = met.count == wanted.count
        }
        return allowed
    }
}
