import Extract

/// A text each of whose scalars knows the letter or word on the page that it came from.
struct OwnedText {
    private(set) var scalars: [Unicode.Scalar] = []
    /// -1 for what only separates.
    private(set) var owners: [Int] = []

    mutating func add(_ text: String, of owner: Int) {
        for scalar in text.unicodeScalars {
            scalars.append(scalar)
            owners.append(owner)
        }
    }

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// What stands at the places of the needles, by owners, in order.
    func places(of needles: [Needle]) -> [(owners: [Int], article: String)] {
        Haystack(text, isPage: true).places(of: needles).map { place in
            var seen: Set<Int> = []
            return (owners: owners[place.range].filter { $0 >= 0 && seen.insert($0).inserted }, article: place.article)
        }
    }

    /// The same in a text that optical recognition may have misread by a letter in six.
    func nearPlaces(of needles: [Needle]) -> [(owners: [Int], article: String)] {
        let (folded, exact) = (Folded(text), places(of: needles))
        var known = Set(exact.flatMap(\.owners))
        let near = needles.filter { $0.folded.scalars.count >= 6 }.flatMap { needle in
            folded.nearRanges(of: needle.folded, errors: needle.folded.scalars.count / 6).map { (range: $0, article: needle.article) }
        }
        return exact
            + near.compactMap { place in
                let owners = owners[place.range].filter { $0 >= 0 }
                guard known.isDisjoint(with: owners) else { return nil }
                known.formUnion(owners)
                var seen: Set<Int> = []
                return (owners: owners.filter { seen.insert($0).inserted }, article: place.article)
            }
    }
}

extension Folded {
    /// Places of a text with at most some letters wrong, missing or too many (Sellers 1980).
    func nearRanges(of other: Self, errors: Int) -> [Range<Int>] {
        let wanted = other.scalars.map(Self.alike)
        guard !wanted.isEmpty, !scalars.isEmpty else { return [] }
        var costs = Array(0...wanted.count)
        var starts = [Int](repeating: 0, count: wanted.count + 1)
        var found: [Range<Int>] = []
        for (at, scalar) in scalars.enumerated() {
            let scalar = Self.alike(scalar)
            var (corner, cornerStart) = (0, at)
            (costs[0], starts[0]) = (0, at + 1)
            for row in 1...wanted.count {
                let (old, oldStart) = (costs[row], starts[row])
                var (best, start) = (corner + (wanted[row - 1] == scalar ? 0 : 1), cornerStart)
                if old + 1 < best { (best, start) = (old + 1, oldStart) }
                if costs[row - 1] + 1 < best { (best, start) = (costs[row - 1] + 1, starts[row - 1]) }
                (corner, cornerStart) = (old, oldStart)
                (costs[row], starts[row]) = (best, start)
            }
            if costs[wanted.count] <= errors, starts[wanted.count] <= at {
                let range = places[starts[wanted.count]]..<(places[at] + 1)
                if let last = found.last, last.overlaps(range) {
                    found[found.count - 1] = last.lowerBound..<range.upperBound
                } else {
                    found.append(range)
                }
            }
        }
        return found
    }

    /// Letters that recognition takes for one another.
    private static func alike(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "o", "〇", "○": "0"
        case "l", "i", "|", "!": "1"
        case "z": "2"
        case "s": "5"
        case "b": "8"
        default: scalar
        }
    }
}
