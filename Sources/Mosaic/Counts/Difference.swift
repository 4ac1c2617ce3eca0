/// Subtracts what is printed from what is printed, as a reader would.
struct Difference {
    let published: PublishedCells
    let table: CellTable
    let new: Int
    let earlier: Int
    let minimum: Int64
    /// The old tables that contradict the new one nowhere.
    let scope: Set<Int>
    let scale: Int64
    private(set) var changed: [DifferenceReport.Changed] = []
    var limits: [Sentence] = []
    var around: Neighbourhood
    /// What the old tables tell by themselves.
    var before: Neighbourhood
    var groups: [Group] = []
    var settled: [Int: Elimination.Settled] = [:]
    var alone: Set<Group> = []

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
        before = Neighbourhood(published, new: nil, scope: scope, scale: scale)
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
        disclosed += printed()
        var others = around.unknowns.enumerated().filter { number, group in
            guard settled[number] != nil, !seen.contains(group), case .unknown(isHidden: true, _) = around.known(group) else {
                return false
            }
            return true
        }.map(\.element)
        others.removeAll { group in around.numberOf[group].flatMap { settled[$0] }.map { !$0.sources.contains(new) } ?? true }
        // What the old tables give away by themselves is no news.
        let known = settledBefore(others)
        others.removeAll(where: known.contains)
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
    mutating func news() -> [Group] {
        groups.filter { if case .unknown = before.known($0) { true } else { false } }
            + zip(groups, table.cells).filter { $0.1.value == nil }.map(\.0)
    }

    /// What an earlier table hides and the new one simply prints.
    mutating func printed() -> [DifferenceReport.Disclosed] {
        var candidates: [(cell: CellTable.Cell, group: Group, hider: Int)] = []
        for (cell, group) in zip(table.cells, groups) where cell.value != nil {
            guard case .unknown(isHidden: true, _) = before.known(group) else { continue }
            let hider = scope.sorted().first { index in
                guard let places = published.tables[index].places(of: group) else { return false }
                if case .hidden = published.tables[index].content(places) { return true }
                return false
            }
            if let hider { candidates.append((cell, group, hider)) }
        }
        let known = settledBefore(candidates.map(\.group))
        return candidates.filter { !known.contains($0.group) }.map { cell, group, hider in
            let value = cell.value.map { Self.number($0 * (scale / table.scale), scale) }
            let name = published.tables[hider].name
            return .init(
                at: at(cell),
                table: name,
                value: value,
                with: [name],
                already: false,
                sentence: DifferenceWording.disclosed(key(group).sentence, name, value, [name])
            )
        }
    }

    /// What the new table gives away by itself: no old one is named for that.
    func settledAlone() -> Set<Group> {
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

    mutating func settledBefore(_ groups: [Group]) -> Set<Group> {
        before.explore(from: groups)
        let settled = before.solver.settled.merging(Elimination.settle(before.solver.open).settled) { first, _ in first }
        return Set(groups.filter { group in before.numberOf[group].map { settled[$0] != nil } ?? false })
    }

    /// The cells that both tables print, but differently.
    static func conflicts(
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

    static func change(
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

    mutating func disclosure(of group: Group, at: [String: String], in hider: Int) -> DifferenceReport.Disclosed? {
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

    func certain(_ found: Bounds) -> DifferenceReport.Disclosed {
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

    func narrow(_ found: Bounds) -> DifferenceReport.Narrow {
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

    static func number(_ value: Int64, _ scale: Int64) -> Double { Double(value) / Double(scale) }

    func at(_ cell: CellTable.Cell) -> [String: String] {
        var at: [String: String] = [:]
        for (dimension, label) in zip(table.dimensions, cell.place) { at[dimension.name] = dimension.labels[label] }
        return at
    }

    func key(_ group: Group) -> CellKey {
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

    func words(_ group: Group) -> [String: String] {
        Dictionary(key(group).conditions.map { ($0.dimension, $0.label) }, uniquingKeysWith: { first, _ in first })
    }

    func names(_ sources: Set<Int>) -> [String] { sources.filter { $0 != new }.sorted().map { published.tables[$0].name } }

    /// The table that has the group and hides it, the new one first.
    mutating func hider(of group: Group) -> Int? {
        guard case .unknown(isHidden: true, _) = around.known(group) else { return nil }
        return ([new] + Array(0..<earlier)).first { index in
            guard let places = published.tables[index].places(of: group) else { return false }
            if case .hidden = published.tables[index].content(places) { return true }
            return false
        }
    }
}
