/// What lies around a new table among all that is out: the groups whose numbers are unknown, and the sums that tie them.
///
/// Only sums that hold an unknown are followed, so tables that have nothing to do with the new one cost nothing.
struct Neighbourhood {
    enum Known {
        case number(Int64, table: Int)
        case nobody
        /// Hidden by a table that has it, or printed by none.
        case unknown(isHidden: Bool, atMost: Int64?)
    }

    private let published: PublishedCells
    /// Nil to ask what the old tables tell by themselves.
    private let new: Int?
    /// Old tables that speak of the same subjects at the same time: they contradict the new one nowhere.
    private let scope: Set<Int>
    private let scale: Int64
    /// For each dimension that tables divide into different spans, the smallest spans, as labels from here on.
    private(set) var segments: [Int: [LabelRange]] = [:]
    private var spans: [Int: [Int: LabelRange]] = [:]
    static let firstSegment = 1 << 31

    private var ways: [Int: Set<Set<Int>>] = [:]
    private var wholes: [[Int]: Bool] = [:]
    private var cache: [Group: Known] = [:]
    private var covering: [SIMD8<UInt32>: [Int]] = [:]
    private var seen: Set<RelationKey> = []
    private(set) var unknowns: [Group] = []
    private(set) var numberOf: [Group: Int] = [:]
    private(set) var solver = Propagation()
    private(set) var isCut = false
    private static let most = 50_000

    private struct RelationKey: Hashable {
        let whole: Group
        let dimension: Int
        /// The parts, mixed into one word.
        let parts: UInt64
    }

    init(_ published: PublishedCells, new: Int?, scope: Set<Int>, scale: Int64) {
        self.published = published
        self.new = new
        self.scope = scope
        self.scale = scale
        findSegments()
        findWays()
    }

    private var all: [Int] { (new.map { [$0] } ?? []) + scope.sorted() }

    private func contains(_ table: Int) -> Bool { table == new || scope.contains(table) }

    /// How the tables divide each dimension that they share.
    private mutating func findWays() {
        for table in all {
            for (index, dimension) in published.tables[table].dimensions.enumerated() {
                let own = published.tables[table]
                ways[dimension, default: []].insert(Set(own.tops[index].map { own.labels[index][$0] }))
            }
        }
    }

    /// Whether the labels of a table are all there are: it prints their total, or no other table has more.
    private mutating func isWhole(_ table: Int, _ index: Int) -> Bool {
        let own = published.tables[table]
        if own.shape[index].total != nil { return true }
        if let known = wholes[[table, index]] { return known }
        let labels = Set(own.tops[index].map { own.labels[index][$0] })
        let ends = spans[own.dimensions[index]].map { spans in Self.ends(labels, spans) }
        let isWhole =
            labels.count > 1
            && !(ways[own.dimensions[index]] ?? []).contains { other in
                if let ends, let spans = spans[own.dimensions[index]] {
                    let theirs = Self.ends(other, spans)
                    return theirs.from < ends.from || theirs.to > ends.to
                }
                return !other.isSubset(of: labels) && !other.isDisjoint(with: labels)
            }
        wholes[[table, index]] = isWhole
        return isWhole
    }

    private static func ends(_ labels: Set<Int>, _ spans: [Int: LabelRange]) -> (from: Double, to: Double) {
        let own = labels.compactMap { spans[$0] }
        return (own.map(\.from).min() ?? 0, own.map(\.to).max() ?? 0)
    }

    /// Where two tables divide ages or amounts differently, the smallest spans between any two bounds are groups too.
    private mutating func findSegments() {
        for dimension in Set(all.flatMap { published.tables[$0].dimensions }).sorted() {
            var labels: [Int: LabelRange] = [:]
            var ways: Set<[LabelRange]> = []
            for table in published.tables(withDimension: dimension) where contains(table) {
                guard let index = published.tables[table].dimensions.firstIndex(of: dimension) else { continue }
                let own = published.tables[table].labels[index].filter { $0 != PublishedTable.all }
                guard let ranges = LabelRange.all(own.map { published.labelNames[dimension][$0] }) else { continue }
                for (label, range) in zip(own, ranges) { labels[label] = range }
                ways.insert(ranges.sorted { ($0.from, $0.to) < ($1.from, $1.to) })
            }
            guard ways.count > 1 else { continue }
            let bounds = Set(labels.values.flatMap { [$0.from, $0.to] }).sorted()
            segments[dimension] = zip(bounds, bounds.dropFirst()).map { LabelRange(from: $0, to: $1) }
            spans[dimension] = labels
        }
    }

    /// The tables that have all dimensions and labels of a group, the new one last: it is named only where the old ones do not do.
    private mutating func tables(covering group: Group) -> [Int] {
        let dimensions = group.dimensions
        let having: [Int]
        if let known = covering[dimensions] {
            having = known
        } else {
            let numbers = group.conditions.map(\.dimension)
            let rarest = numbers.map { published.tables(withDimension: $0) }.min { $0.count < $1.count }
            having = (rarest ?? Array(published.tables.indices)).filter { table in
                contains(table) && numbers.allSatisfy(published.tables[table].dimensions.contains)
            }.sorted { ($0 == new ? 1 : 0, $0) < ($1 == new ? 1 : 0, $1) }
            covering[dimensions] = having
        }
        return having.filter { table in
            (0..<group.count).allSatisfy { number in
                let condition = group[number]
                if condition.label >= Self.firstSegment { return true }
                guard let index = published.tables[table].dimensions.firstIndex(of: condition.dimension) else { return false }
                return published.tables[table].place(index, condition.label) != nil
            }
        }
    }

    mutating func known(_ group: Group) -> Known {
        if let known = cache[group] { return known }
        let found = look(for: group)
        cache[group] = found
        return found
    }

    private mutating func look(for group: Group) -> Known {
        guard !(0..<group.count).contains(where: { group[$0].label >= Self.firstSegment }) else {
            return .unknown(isHidden: false, atMost: nil)
        }
        var (isHidden, isNobody) = (false, false)
        var atMost: Int64?
        let tables = tables(covering: group)
        for table in tables {
            guard let places = published.tables[table].places(of: group) else { continue }
            let factor = scale / published.tables[table].scale
            switch published.tables[table].content(places) {
            case .number(let value): return .number(value * factor, table: table)
            case .hidden(let bound):
                isHidden = true
                if let bound { atMost = min(atMost ?? .max, bound * factor) }
            case .nobody: isNobody = true
            case .unlisted: break
            }
        }
        if !isHidden, isNobody { return .nobody }
        for table in tables {
            // A total that no table prints is as good as printed where all its parts are.
            guard let places = published.tables[table].places(of: group) else { continue }
            guard places.indices.allSatisfy({ places[$0] != nil || isWhole(table, $0) }) else { continue }
            guard let sum = published.tables[table].sum(places) else { continue }
            return .number(sum * (scale / published.tables[table].scale), table: table)
        }
        return .unknown(isHidden: isHidden, atMost: atMost)
    }

    /// Follows the sums from some groups until only known numbers are met.
    mutating func explore(from groups: [Group]) {
        var next = 0
        for group in groups {
            if case .unknown = known(group) { _ = number(of: group) } else { follow(group) }
        }
        while next < unknowns.count {
            guard unknowns.count < Self.most else {
                isCut = true
                return
            }
            // What is settled already is as good as printed: nothing need be followed beyond it.
            if !solver.isSettled(next) { follow(unknowns[next]) }
            next += 1
        }
    }

    private mutating func number(of group: Group) -> Int {
        if let known = numberOf[group] { return known }
        numberOf[group] = unknowns.count
        unknowns.append(group)
        return unknowns.count - 1
    }

    private mutating func follow(_ group: Group) {
        for table in tables(covering: group) {
            let own = published.tables[table]
            for (index, dimension) in own.dimensions.enumerated() {
                let label = group.label(dimension)
                if let label, label >= Self.firstSegment {
                    for (span, range) in spans[dimension] ?? [:] where range.contains(segment(dimension, label)) {
                        if own.place(index, span) != nil {
                            relate(group.with(dimension, span), dimension, parts(of: range, dimension), table)
                        }
                    }
                    continue
                }
                if let range = label.flatMap({ spans[dimension]?[$0] }) {
                    relate(group, dimension, parts(of: range, dimension), table)
                }
                guard let place = label.flatMap({ own.place(index, $0) }) else {
                    if isWhole(table, index) { relate(group, dimension, own.tops[index].map { own.labels[index][$0] }, table) }
                    continue
                }
                let below = own.children[index][place]
                if !below.isEmpty { relate(group, dimension, below.map { own.labels[index][$0] }, table) }
                let parent = own.shape[index].parents[place] ?? own.shape[index].total
                if parent == own.shape[index].total, !isWhole(table, index) { continue }
                let siblings = parent == own.shape[index].total ? own.tops[index] : own.children[index][parent ?? 0]
                let above = parent.map { own.labels[index][$0] } ?? PublishedTable.all
                relate(group.with(dimension, above), dimension, siblings.map { own.labels[index][$0] }, table)
            }
        }
    }

    private func segment(_ dimension: Int, _ label: Int) -> LabelRange { segments[dimension]![label - Self.firstSegment] }

    private func parts(of range: LabelRange, _ dimension: Int) -> [Int] {
        (segments[dimension] ?? []).indices.filter { range.contains(segments[dimension]![$0]) }.map { $0 + Self.firstSegment }
    }

    /// Notes that a group is the sum of its parts, once.
    private mutating func relate(_ whole: Group, _ dimension: Int, _ parts: [Int], _ table: Int) {
        let key = RelationKey(whole: whole, dimension: dimension, parts: parts.reduce(0) { ColumnBuilder.mix($0 ^ UInt64($1)) })
        guard seen.insert(key).inserted else { return }
        var terms: [(Group, Int64)] = []
        var result: Int64 = 0
        var sources: Set<Int> = [table]
        for place in -1..<parts.count {
            let group = place < 0 ? whole : whole.with(dimension, parts[place])
            let factor: Int64 = place < 0 ? -1 : 1
            switch known(group) {
            case .number(let value, let table):
                result -= factor * value
                sources.insert(table)
            case .nobody: break
            case .unknown: terms.append((group, factor))
            }
        }
        guard !terms.isEmpty else { return }
        var sum = Elimination.Sum(terms: [:], result: result, sources: sources)
        for (group, factor) in terms { sum.terms[number(of: group)] = factor }
        solver.add(sum)
    }

    /// The spans of a dimension that lie within another and are labels of tables.
    func nested(_ condition: Group.Condition) -> [(label: Int, rest: LabelRange)] {
        guard let own = spans[condition.dimension]?[condition.label] else { return [] }
        var found: [(Int, LabelRange)] = []
        for (label, range) in spans[condition.dimension] ?? [:] where range != own && own.contains(range) {
            if range.from == own.from { found.append((label, LabelRange(from: range.to, to: own.to))) }
            if range.to == own.to { found.append((label, LabelRange(from: own.from, to: range.from))) }
        }
        return found.sorted { $0.0 < $1.0 }
    }
}
