/// Subtracts what is printed from what is printed, as a reader would.
struct Difference {
    private let published: PublishedCells
    private let table: CellTable
    private let new: Int
    private let earlier: Int
    private let minimum: Int64
    /// The old tables that contradict the new one nowhere.
    private let scope: Set<Int>
    private let scale: Int64
    private var changed: [DifferenceReport.Changed] = []
    private var limits: [Sentence] = []
    private var around: Neighbourhood
    private var groups: [Group] = []
    private var settled: [Int: Elimination.Settled] = [:]
    private var alone: Set<Group> = []

    init(_ table: CellTable, _ out: PublishedCells, minimum: Int) {
        var published = out
        let earlier = out.tables.count
        self.earlier = earlier
        new = published.add(table)
        self.table = table
        let own = published.tables[new]
        // The new table first is read alone: which groups it speaks of.
        groups = table.cells.map { cell in
            Group(
                zip(cell.place, own.labels.indices).compactMap { place, index in
                    let label = own.labels[index][place]
                    return label == PublishedTable.all ? nil : .init(dimension: own.dimensions[index], label: label)
                }
            )
        }
        let related = Set((0..<earlier).filter { published.tables[$0].holdsCounts == table.holdsCounts })
        let scale = related.map { published.tables[$0].scale }.reduce(table.scale, max)
        self.scale = scale
        self.minimum = Int64(minimum) * scale
        self.published = published
        var scope = related
        var conflicts: [DifferenceReport.Changed] = []
        for old in related.sorted() {
            let found = Self.conflicts(table, groups, published.tables[old], scale)
            if found.isEmpty { continue }
            scope.remove(old)
            for (cell, before) in found
            where abs(before - (cell.value ?? 0) * (scale / table.scale)) < Int64(minimum) * scale && table.holdsCounts {
                conflicts.append(
                    Self.change(table, cell, before: before, scale, published.tables[old].name)
                )
            }
        }
        changed = conflicts
        self.scope = scope
        around = Neighbourhood(published, new: new, scope: scope, scale: scale)
    }

    mutating func report() -> DifferenceReport {
        around.explore(from: news())
        if around.isCut {
            limits.append(Sentence(zh: "相关的未知数过多，未能全部推算。", en: "too many related unknowns: not all could be examined"))
        }
        let answer = Elimination.settle(around.solver.open)
        settled = around.solver.settled.merging(answer.settled) { first, _ in first }
        if answer.contradicts || around.solver.contradicts {
            limits.append(
                Sentence(
                    zh: "已公布的各表互相矛盾（如不同时点的数），推算只作参考。",
                    en: "what is out contradicts itself, as numbers of two days do: take what was worked out with care"
                )
            )
        }
        alone = settledAlone()
        var disclosed: [DifferenceReport.Disclosed] = []
        var seen: Set<Group> = []
        for (cell, group) in zip(table.cells, groups) where cell.value == nil {
            seen.insert(group)
            if let found = disclosure(of: group, at: at(cell), in: new) { disclosed.append(found) }
        }
        var others = around.unknowns.enumerated().filter { number, group in
            guard settled[number] != nil, !seen.contains(group), case .unknown(isHidden: true, _) = around.known(group) else {
                return false
            }
            return true
        }.map(\.element)
        others.removeAll { group in around.numberOf[group].flatMap { settled[$0] }.map { !$0.sources.contains(new) } ?? true }
        // What the old tables give away by themselves is no news.
        let before = settledBefore(others)
        others.removeAll(where: before.contains)
        for group in others {
            guard let hider = hider(of: group), let found = disclosure(of: group, at: words(group), in: hider) else { continue }
            disclosed.append(found)
        }
        var narrow: [DifferenceReport.Narrow] = []
        for found in intervals() {
            if found.least == found.most {
                disclosed.append(certain(found))
            } else {
                narrow.append(self.narrow(found))
            }
        }
        let small = self.small()
        let named = Set(disclosed.flatMap(\.with) + narrow.flatMap(\.with) + small.flatMap(\.with) + changed.flatMap(\.with))
        var names: [String] = []
        for old in published.tables.prefix(earlier) where named.contains(old.name) && !names.contains(old.name) { names.append(old.name) }
        let isSafe = disclosed.isEmpty && narrow.isEmpty && small.isEmpty && changed.isEmpty && limits.isEmpty
        return DifferenceReport(
            cells: table.cells.count,
            hidden: table.cells.filter { $0.value == nil }.count,
            published: published.count - table.cells.count,
            disclosed: disclosed,
            narrow: narrow,
            small: small,
            changed: changed,
            with: names,
            safe: isSafe,
            sentence: DifferenceWording.summary(disclosed.count, narrow.count, small.count, changed.count, names),
            limits: limits
        )
    }

    /// The groups of the new table that the old ones do not settle by printing them: only these can change what is known.
    private mutating func news() -> [Group] {
        var old = Neighbourhood(published, new: nil, scope: scope, scale: scale)
        return groups.filter { if case .unknown = old.known($0) { true } else { false } }
            + zip(groups, table.cells).filter { $0.1.value == nil }.map(\.0)
    }

    /// What the new table gives away by itself: no old one is named for that.
    private func settledAlone() -> Set<Group> {
        let hidden = zip(groups, table.cells).filter { $0.1.value == nil }.map(\.0)
        var alone = Neighbourhood(published, new: new, scope: [], scale: scale)
        alone.explore(from: hidden)
        let settled = alone.solver.settled.merging(Elimination.settle(alone.solver.open).settled) { first, _ in first }
        return Set(
            hidden.filter { group in
                if case .number = alone.known(group) { return true }
                return alone.numberOf[group].map { settled[$0] != nil } ?? false
            }
        )
    }

    private func settledBefore(_ groups: [Group]) -> Set<Group> {
        var old = Neighbourhood(published, new: nil, scope: scope, scale: scale)
        old.explore(from: groups)
        let settled = old.solver.settled.merging(Elimination.settle(old.solver.open).settled) { first, _ in first }
        return Set(groups.filter { group in old.numberOf[group].map { settled[$0] != nil } ?? false })
    }

    /// The cells that both tables print, but differently.
    private static func conflicts(
        _ table: CellTable,
        _ groups: [Group],
        _ old: PublishedTable,
        _ scale: Int64
    ) -> [(CellTable.Cell, Int64)] {
        var found: [(CellTable.Cell, Int64)] = []
        let slack = table.holdsCounts ? 0 : scale / min(table.scale, old.scale)
        for (cell, group) in zip(table.cells, groups) {
            guard let value = cell.value, let places = old.places(of: group) else { continue }
            guard case .number(let before) = old.content(places) else { continue }
            if abs(before * (scale / old.scale) - value * (scale / table.scale)) > slack {
                found.append((cell, before * (scale / old.scale)))
            }
        }
        return found
    }

    private static func change(
        _ table: CellTable,
        _ cell: CellTable.Cell,
        before: Int64,
        _ scale: Int64,
        _ name: String
    ) -> DifferenceReport.Changed {
        let value = (cell.value ?? 0) * (scale / table.scale)
        let key = table.key(cell).sentence
        let (now, then) = (number(value, scale), number(before, scale))
        var at: [String: String] = [:]
        for (dimension, label) in zip(table.dimensions, cell.place) { at[dimension.name] = dimension.labels[label] }
        return .init(
            at: at,
            value: now,
            before: then,
            with: [name],
            sentence: Sentence(
                zh: "（\(key.zh)）在《\(name)》中为 \(PlainNumber.spelling(then))，现为 \(PlainNumber.spelling(now))：相差者可被辨认。",
                en:
                    "(\(key.en)) was \(PlainNumber.spelling(then)) in «\(name)» and is \(PlainNumber.spelling(now)): the few between can be told"
            )
        )
    }

    private mutating func disclosure(of group: Group, at: [String: String], in hider: Int) -> DifferenceReport.Disclosed? {
        var value: Double?
        let sources: Set<Int>
        switch around.known(group) {
        case .number(let number, let table): (value, sources) = (Self.number(number, scale), [table])
        case .nobody: return nil
        case .unknown:
            guard let number = around.numberOf[group], let found = settled[number] else { return nil }
            (value, sources) = (found.value.map { Self.number($0, scale) }, found.sources)
        }
        let already = !sources.contains(new)
        let with = alone.contains(group) ? [] : names(sources)
        return .init(
            at: at,
            table: published.tables[hider].name,
            value: value,
            with: with,
            already: already && hider != new,
            sentence: DifferenceWording.disclosed(key(group).sentence, published.tables[hider].name, value, with)
        )
    }

    private func certain(_ found: Bounds) -> DifferenceReport.Disclosed {
        let value = Self.number(found.least, scale)
        let with = names(found.sources.subtracting([new]))
        return .init(
            at: words(found.group),
            table: published.tables[found.hider].name,
            value: value,
            with: with,
            already: !found.sources.contains(new),
            sentence: DifferenceWording.disclosed(key(found.group).sentence, published.tables[found.hider].name, value, with)
        )
    }

    private func narrow(_ found: Bounds) -> DifferenceReport.Narrow {
        let range = CountsReport.Range(least: Self.number(found.least, scale), most: Self.number(found.most, scale))
        let with = names(found.sources.subtracting([new]))
        let name = published.tables[found.hider].name
        return .init(
            at: words(found.group),
            table: name,
            interval: range,
            with: with,
            sentence: DifferenceWording.narrow(key(found.group).sentence, name, range, with)
        )
    }

    // MARK: bounds

    private struct Bounds {
        let group: Group
        let hider: Int
        let least: Int64
        let most: Int64
        let sources: Set<Int>
    }

    /// A component of more unknowns is not bounded.
    private static let mostColumns = 3_000

    /// Hidden cells that are not settled, but bounded closely, since no group is smaller than none.
    private mutating func intervals() -> [Bounds] {
        let isSigned = table.cells.contains { ($0.value ?? 0) < 0 }
        guard !isSigned else { return [] }
        let open = around.solver.open.compactMap { sum -> Elimination.Sum? in
            var left = sum
            for number in sum.terms.keys {
                guard let found = settled[number] else { continue }
                guard let value = found.value else { return nil }
                left.result -= (left.terms.removeValue(forKey: number) ?? 0) * value
                left.sources.formUnion(found.sources)
            }
            return left.terms.isEmpty ? nil : left
        }
        var found: [Bounds] = []
        for component in Elimination.components(open) {
            let numbers = Set(component.flatMap(\.terms.keys)).sorted()
            let wanted = numbers.filter { number in hider(of: around.unknowns[number]) != nil && settled[number] == nil }
            guard !wanted.isEmpty else { continue }
            guard numbers.count <= Self.mostColumns else {
                limits.append(
                    Sentence(
                        zh: "有一组 \(numbers.count) 个相互关联的未知数，只做了精确推算，未做区间推算。",
                        en: "\(numbers.count) unknowns hang together: they were solved exactly, but not bounded"
                    )
                )
                continue
            }
            found += bounds(component, numbers, wanted)
        }
        return found
    }

    private mutating func bounds(_ component: [Elimination.Sum], _ numbers: [Int], _ wanted: [Int]) -> [Bounds] {
        var column: [Int: Int] = [:]
        for (index, number) in numbers.enumerated() { column[number] = index }
        let unit = Double(scale)
        let program = LinearProgram(
            columns: numbers.count,
            rows: component.map { sum in sum.terms.sorted { $0.key < $1.key }.map { (column[$0.key] ?? 0, Double($0.value)) } },
            results: component.map { Double($0.result) / unit },
            isWhole: table.holdsCounts
        )
        for (index, number) in numbers.enumerated() {
            var most = Double.infinity
            if case .unknown(_, let bound?) = around.known(around.unknowns[number]) { most = Double(bound) / unit }
            program.bound(index, 0, most)
        }
        let sources = component.reduce(into: Set<Int>()) { $0.formUnion($1.sources) }
        var found: [Bounds] = []
        var shown: [Int: (least: Double, most: Double)] = [:]
        for number in wanted {
            guard let index = column[number], let hider = hider(of: around.unknowns[number]) else { continue }
            // Other solutions already show that it can be wide apart.
            if let shown = shown[index], isWide(shown.least, shown.most) { continue }
            program.price(index, 1)
            defer { program.price(index, 0) }
            let least = program.solve(most: false)
            if case .infeasible = least {
                limits.append(
                    Sentence(
                        zh: "有关各表的数值互相矛盾，未做区间推算。",
                        en: "the tables around contradict each other: nothing was bounded"
                    )
                )
                return []
            }
            guard case .optimum(let low, let first) = least, case .optimum(let high, let second) = program.solve(most: true) else {
                continue
            }
            for solution in [first, second] {
                for (place, value) in solution.enumerated() {
                    let range = shown[place] ?? (value, value)
                    shown[place] = (min(range.least, value), max(range.most, value))
                }
            }
            let noise = 1e-6 * max(1, high)
            let (from, to) = table.holdsCounts ? ((low - noise).rounded(.up), (high + noise).rounded(.down)) : (low, high)
            guard !isWide(from, to) else { continue }
            found.append(
                Bounds(
                    group: around.unknowns[number],
                    hider: hider,
                    least: Int64((from * unit).rounded()),
                    most: Int64((to * unit).rounded()),
                    sources: sources
                )
            )
        }
        return found
    }

    /// Not below the minimum for certain, and of more than two numbers; an amount is as good as known to within a tenth.
    private func isWide(_ from: Double, _ to: Double) -> Bool {
        let noise = 1e-6 * max(1, to)
        guard table.holdsCounts else { return to - from >= 0.1 * max(to, 0) + noise }
        return to >= Double(minimum / scale) - noise && to - from >= 2 - noise
    }

    // MARK: small groups

    private mutating func small() -> [DifferenceReport.Small] {
        guard table.holdsCounts else { return [] }
        var found: [DifferenceReport.Small] = []
        for (number, group) in around.unknowns.enumerated() {
            guard let answer = settled[number], let value = answer.value, value > 0, value < minimum else { continue }
            guard case .unknown(isHidden: false, _) = around.known(group), answer.sources.contains(new) else { continue }
            found.append(small(key(group).sentence, value, answer.sources))
        }
        for sum in around.solver.open where sum.sources.contains(new) {
            // Several hidden parts of a printed total that are few together.
            guard sum.terms.count > 1, sum.result > 0, sum.result < minimum, sum.terms.values.allSatisfy({ $0 == 1 }) else { continue }
            let parts = sum.terms.keys.sorted().map { key(around.unknowns[$0]).sentence }
            let group = Sentence(zh: parts.map(\.zh).joined(separator: " + "), en: parts.map(\.en).joined(separator: " + "))
            found.append(small(group, sum.result, sum.sources))
        }
        for (group, cell) in zip(groups, table.cells) where cell.value != nil {
            for condition in group.conditions { found += overlaps(group, condition) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.group.en).inserted }
    }

    /// Two printed numbers of which one group holds the other but for a few ages or amounts.
    private mutating func overlaps(_ group: Group, _ condition: Group.Condition) -> [DifferenceReport.Small] {
        var found: [DifferenceReport.Small] = []
        for (label, rest) in around.nested(condition) {
            guard case .number(let whole, _) = around.known(group) else { continue }
            guard case .number(let part, let table) = around.known(group.with(condition.dimension, label)), table != new else { continue }
            guard whole - part > 0, whole - part < minimum else { continue }
            let others = group.conditions.filter { $0 != condition }
            let named = key(Group(others)).conditions + [.init(dimension: published.dimensionNames[condition.dimension], label: rest.name)]
            found.append(small(CellKey(named).sentence, whole - part, [new, table]))
        }
        return found
    }

    private func small(_ group: Sentence, _ value: Int64, _ sources: Set<Int>) -> DifferenceReport.Small {
        let with = names(sources.subtracting([new]))
        let number = Self.number(value, scale)
        return .init(group: group, value: number, with: with, sentence: DifferenceWording.small(group, number, with))
    }

    // MARK: names

    private static func number(_ value: Int64, _ scale: Int64) -> Double { Double(value) / Double(scale) }

    private func at(_ cell: CellTable.Cell) -> [String: String] {
        var at: [String: String] = [:]
        for (dimension, label) in zip(table.dimensions, cell.place) { at[dimension.name] = dimension.labels[label] }
        return at
    }

    private func key(_ group: Group) -> CellKey {
        CellKey(
            group.conditions.map { condition in
                let names = published.labelNames[condition.dimension]
                let label =
                    condition.label < Neighbourhood.firstSegment
                    ? names[condition.label]
                    : around.segments[condition.dimension]?[condition.label - Neighbourhood.firstSegment].name ?? ""
                return .init(dimension: published.dimensionNames[condition.dimension], label: label)
            }
        )
    }

    private func words(_ group: Group) -> [String: String] {
        Dictionary(key(group).conditions.map { ($0.dimension, $0.label) }, uniquingKeysWith: { first, _ in first })
    }

    private func names(_ sources: Set<Int>) -> [String] { sources.filter { $0 != new }.sorted().map { published.tables[$0].name } }

    /// The table that has the group and hides it, the new one first.
    private mutating func hider(of group: Group) -> Int? {
        guard case .unknown(isHidden: true, _) = around.known(group) else { return nil }
        return ([new] + Array(0..<earlier)).first { index in
            guard let places = published.tables[index].places(of: group) else { return false }
            if case .hidden = published.tables[index].content(places) { return true }
            return false
        }
    }
}
