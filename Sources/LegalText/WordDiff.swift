/// What was struck and what was added between two wordings; punctuation and blanks make no difference.
public struct WordDiff: Hashable, Sendable {
    public struct Run: Hashable, Sendable {
        public enum Kind: String, Codable, Sendable { case same, removed, added }

        public let kind: Kind
        public let text: String
    }

    public let runs: [Run]

    /// Compares by characters: the shortest script that turns one into the other (Myers), in whole runs.
    public init(from older: String, to newer: String) {
        let (old, new) = (Array(older), Array(newer))
        var head = 0
        while head < old.count, head < new.count, Self.agree(old[head], new[head]) { head += 1 }
        var tail = 0
        while tail < old.count - head, tail < new.count - head, Self.agree(old[old.count - 1 - tail], new[new.count - 1 - tail]) {
            tail += 1
        }
        var runs: [Run] = []
        Self.add(.same, new[..<head], to: &runs)
        let (one, other) = (Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)]))
        for step in Self.script(one, other) {
            switch step {
            case .same(let place): Self.add(.same, other[place..<(place + 1)], to: &runs)
            case .removed(let place): Self.add(.removed, one[place..<(place + 1)], to: &runs)
            case .added(let place): Self.add(.added, other[place..<(place + 1)], to: &runs)
            }
        }
        Self.add(.same, new[(new.count - tail)...], to: &runs)
        self.runs = runs.map(Self.quiet)
    }

    private enum Step {
        case same(Int)
        case removed(Int)
        case added(Int)
    }

    private static func agree(_ one: Character, _ other: Character) -> Bool {
        one == other || sign(one) == sign(other)
    }

    private static func sign(_ character: Character) -> UInt32 {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        let folded = TitleKey.folded(scalar.value) ?? 0
        // All punctuation is one.
        return PlainSigns.counts(folded) ? folded : 1
    }

    /// Punctuation alone is no change.
    private static func quiet(_ run: Run) -> Run {
        run.kind != .same && PlainSigns.of(run.text).isEmpty ? Run(kind: .same, text: run.kind == .added ? run.text : "") : run
    }

    private static func add(_ kind: Run.Kind, _ characters: ArraySlice<Character>, to runs: inout [Run]) {
        guard !characters.isEmpty else { return }
        if let last = runs.last, last.kind == kind {
            runs[runs.count - 1] = Run(kind: kind, text: last.text + String(characters))
        } else {
            runs.append(Run(kind: kind, text: String(characters)))
        }
    }

    /// Myers' greedy script; beyond 2,000 differences all is struck and all added, which is true as well.
    private static func script(_ old: [Character], _ new: [Character]) -> [Step] {
        let (n, m) = (old.count, new.count)
        if n == 0 { return new.indices.map { .added($0) } }
        if m == 0 { return old.indices.map { .removed($0) } }
        let limit = min(n + m, 2000)
        var best = [Int](repeating: 0, count: 2 * limit + 3)
        var trace: [[Int]] = []
        let middle = limit + 1
        for depth in 0...limit {
            trace.append(best)
            for diagonal in stride(from: -depth, through: depth, by: 2) {
                let goesDown = diagonal == -depth || diagonal != depth && best[middle + diagonal - 1] < best[middle + diagonal + 1]
                var x = goesDown ? best[middle + diagonal + 1] : best[middle + diagonal - 1] + 1
                var y = x - diagonal
                while x < n, y < m, agree(old[x], new[y]) { (x, y) = (x + 1, y + 1) }
                best[middle + diagonal] = x
                if x >= n, y >= m { return back(trace, depth, middle, n, m) }
            }
        }
        return old.indices.map { .removed($0) } + new.indices.map { .added($0) }
    }

    private static func back(_ trace: [[Int]], _ depth: Int, _ middle: Int, _ n: Int, _ m: Int) -> [Step] {
        var steps: [Step] = []
        var (x, y) = (n, m)
        for level in stride(from: depth, through: 0, by: -1) {
            let best = trace[level]
            let diagonal = x - y
            let goesDown = diagonal == -level || diagonal != level && best[middle + diagonal - 1] < best[middle + diagonal + 1]
            let before = goesDown ? diagonal + 1 : diagonal - 1
            let fromX = level == 0 ? 0 : best[middle + before]
            let fromY = level == 0 ? 0 : fromX - before
            while x > fromX, y > fromY {
                (x, y) = (x - 1, y - 1)
                steps.append(.same(y))
            }
            if level > 0 { steps.append(goesDown ? .added(fromY) : .removed(fromX)) }
            (x, y) = (fromX, fromY)
        }
        return steps.reversed()
    }
}
