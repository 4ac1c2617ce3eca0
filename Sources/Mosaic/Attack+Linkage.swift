/// Matching the rows of the new table with those of an earlier one by the quasi-identifiers that both have.
extension Attack {
    mutating func link(_ release: EarlierRelease, _ number: Int, _ shared: [String], _ translations: Translations) {
        let index = indexes[shared] ?? SharedIndex(shared, new, crowds, k: k)
        indexes[shared] = index
        let columns = shared.compactMap { release.table[$0] }
        let ways = zip(columns, index.columns).map { translations.way(number, $0, to: $1) }
        let isRanged = zip(ways, index.columns).contains { !$0.ranges.isEmpty || !$1.ranges.isEmpty }
        var touched = Touched(count: index.count)
        if isRanged {
            let met = RangeMatch(columns, ways, index).find()
            if met.isCut {
                limits.insert(
                    Sentence(
                        zh: "与《\(release.name)》的区间值过多，仅按相同值比对。",
                        en: "The ranges in «\(release.name)» were too many and are compared as text."
                    )
                )
            }
            if !met.isCut { return apply(met, release, number, index, translations) }
        }
        let codes = columns.map(\.codes)
        let maps = ways.map(\.codes)
        for row in 0..<release.table.rows {
            if let group = index.tuples.find(codes, maps, row: row) { touched.add(row, to: Int(group)) }
        }
        var outcome = Outcome(columns: sensitive.count)
        for group in touched.groups {
            matchRows(of: group, index, &outcome)
        }
        narrow(release, number, index, translations, &outcome) { place, visit in
            for group in touched.groups {
                visit(group)
                touched.forEach(group) { place($0) }
            }
        }
        finish(outcome, release, number, shared)
    }

    /// What one release does.
    struct Outcome {
        var counts = ReleaseCheck.Counts()
        /// For each sensitive column, the classes and entries decided by this release alone.
        var decided: [[(group: Int, entry: Int)]]
        var homogeneous: [Int] = []
        var isPartial = false

        init(columns: Int) { decided = [[(group: Int, entry: Int)]](repeating: [], count: columns) }
    }

    private mutating func matchRows(of group: Int, _ index: SharedIndex, _ outcome: inout Outcome) {
        outcome.counts.unique += index.unique[group]
        outcome.counts.belowK += index.below[group]
        for member in index.members[index.starts[group]..<index.starts[group + 1]] {
            isMatched[Int(member)] = true
            if entries.contains(where: { $0.isHomogeneous(Int(member)) }) { outcome.homogeneous.append(Int(member)) }
        }
    }

    /// Walks groups, each followed by the rows of the earlier table that match it, for every sensitive column that both tables have.
    private mutating func narrow(
        _ release: EarlierRelease,
        _ number: Int,
        _ index: SharedIndex,
        _ translations: Translations,
        _ outcome: inout Outcome,
        _ walk: ((Int) -> Void, (Int) -> Void) -> Void
    ) {
        for (place, name) in sensitive.enumerated() {
            guard let earlier = release.table[name], let column = new.columns[name] else { continue }
            let way = translations.way(number, earlier, to: column)
            var stamps = [UInt32](repeating: 0, count: column.data.values.count)
            var stamp: UInt32 = 0
            var groups: [(group: Int, rows: [UInt32])] = []
            walk({ groups[groups.count - 1].rows.append(UInt32($0)) }, { groups.append(($0, [])) })
            let salt = ColumnBuilder.mix(UInt64(number + 1)) | 1
            for (group, rows) in groups {
                stamp += 1
                for row in rows {
                    let code = way.codes[Int(earlier.codes[Int(row)])]
                    if code != .max { stamps[Int(code)] = stamp }
                }
                for member in index.members[index.starts[group]..<index.starts[group + 1]] where entries[place].count(Int(member)) > 1 {
                    let (isPartial, only) = entries[place].narrow(Int(member), stamps, stamp, salt: salt)
                    outcome.isPartial = outcome.isPartial || isPartial
                    if let only { outcome.decided[place].append((Int(member), only)) }
                }
            }
        }
    }

    private mutating func finish(_ outcome: Outcome, _ release: EarlierRelease, _ number: Int, _ shared: [String]) {
        var outcome = outcome
        if outcome.isPartial { narrowing.append(release.name) }
        var isTold = [Bool](repeating: false, count: entries.count)
        var certain = 0
        let mark = UInt32(number + 1)
        for group in outcome.homogeneous {
            for place in entries.indices where !isTold[place] && entries[place].isHomogeneous(group) { isTold[place] = true }
            certain += order.starts[group + 1] - order.starts[group]
            for at in order.starts[group]..<order.starts[group + 1] { marks[at] = mark }
        }
        var crossed = 0
        for place in entries.indices where !outcome.decided[place].isEmpty {
            isTold[place] = true
            for (group, entry) in outcome.decided[place] {
                for at in order.starts[group]..<order.starts[group + 1]
                where Int(entries[place].ofPlace[at]) == entry && marks[at] != mark {
                    isCertainAlone[at] = true
                    marks[at] = mark
                    crossed += 1
                }
            }
        }
        outcome.counts.certain = certain + crossed
        add(
            crossed > 0 && outcome.counts.unique == 0 && certain == 0 ? .intersection : .linkage,
            with: [release.name],
            by: shared,
            outcome.counts,
            columns: sensitive.indices.filter { isTold[$0] }.map { sensitive[$0] }
        )
    }

    /// A target stands in one of the earlier classes that its ranges meet, or in a row with a missing value.
    private mutating func apply(
        _ met: RangeMatch.Met,
        _ release: EarlierRelease,
        _ number: Int,
        _ index: SharedIndex,
        _ translations: Translations
    ) {
        var outcome = Outcome(columns: sensitive.count)
        for group in met.plain.indices where !met.plain[group].isEmpty || !met.open[group].isEmpty { matchRows(of: group, index, &outcome) }
        narrow(release, number, index, translations, &outcome) { place, visit in
            for group in met.plain.indices {
                let open = met.open[group]
                if met.plain[group].isEmpty, !open.isEmpty {
                    visit(group)
                    for group in open { for row in met.rows[Int(group)] { place(Int(row)) } }
                }
                for plain in met.plain[group] {
                    visit(group)
                    for group in open + [plain] { for row in met.rows[Int(group)] { place(Int(row)) } }
                }
            }
        }
        finish(outcome, release, number, index.names)
    }
}

/// The rows of an earlier table under the group of the new table that each matches.
private struct Touched {
    private(set) var groups: [Int] = []
    private var head: [Int32]
    private var next: [Int32] = []
    private var rows: [UInt32] = []

    init(count: Int) { head = [Int32](repeating: -1, count: count) }

    @inline(__always)
    mutating func add(_ row: Int, to group: Int) {
        if head[group] < 0 { groups.append(group) }
        next.append(head[group])
        rows.append(UInt32(row))
        head[group] = Int32(rows.count - 1)
    }

    func forEach(_ group: Int, _ visit: (Int) -> Void) {
        var place = head[group]
        while place >= 0 {
            visit(Int(rows[Int(place)]))
            place = next[Int(place)]
        }
    }
}

/// Matching where values are ranges, prefixes or missing: two rows match if all their values can be the same.
struct RangeMatch {
    struct Met {
        /// Of each group of the new table the earlier classes that meet it, without and with missing values.
        var plain: [[UInt32]]
        var open: [[UInt32]]
        /// The rows of each earlier class.
        var rows: [[UInt32]]
        var isCut = false
    }

    private let columns: [Microdata.Column]
    private let ways: [Translations.Way]
    private let index: SharedIndex
    private static let mostPairs = 400_000_000

    init(_ columns: [Microdata.Column], _ ways: [Translations.Way], _ index: SharedIndex) {
        self.columns = columns
        self.ways = ways
        self.index = index
    }

    func find() -> Met {
        let rows = columns.first?.codes.count ?? 0
        let classes = Classes(columns, rows: rows)
        let representatives = classes.representatives()
        var met = Met(
            plain: [[UInt32]](repeating: [], count: index.count),
            open: [[UInt32]](repeating: [], count: index.count),
            rows: [[UInt32]](repeating: [], count: classes.count)
        )
        for (row, group) in classes.of.enumerated() { met.rows[Int(group)].append(UInt32(row)) }
        // Start from the column in which the new table has most values.
        let widest = columns.indices.max { index.columns[$0].data.values.count < index.columns[$1].data.values.count } ?? 0
        var buckets = [[UInt32]](repeating: [], count: index.columns[widest].data.values.count)
        let codes = index.columns.map { column in index.first.map { column.data.codes[Int(index.representatives[Int($0)])] } }
        for group in 0..<index.count { buckets[Int(codes[widest][group])].append(UInt32(group)) }
        var meets: [[[Bool]?]] = columns.map { [[Bool]?](repeating: nil, count: $0.values.count) }
        var pairs = 0
        for earlier in 0..<classes.count {
            let row = Int(representatives[earlier])
            for place in columns.indices where meets[place][Int(columns[place].codes[row])] == nil {
                meets[place][Int(columns[place].codes[row])] = line(place, Int(columns[place].codes[row]))
            }
            let tests = columns.indices.map { meets[$0][Int(columns[$0].codes[row])] ?? [] }
            let isOpen = columns.contains { $0.codes[row] == $0.missing }
            for code in buckets.indices where tests[widest][code] {
                pairs += buckets[code].count
                if pairs > Self.mostPairs {
                    met.isCut = true
                    return met
                }
                for group in buckets[code] where columns.indices.allSatisfy({ tests[$0][Int(codes[$0][Int(group)])] }) {
                    if isOpen { met.open[Int(group)].append(UInt32(earlier)) } else { met.plain[Int(group)].append(UInt32(earlier)) }
                }
            }
        }
        return met
    }

    /// Which values of the new column a value of the earlier one meets.
    private func line(_ place: Int, _ code: Int) -> [Bool] {
        let column = index.columns[place]
        let way = ways[place]
        let count = column.data.values.count
        guard !way.texts.isEmpty else { return (0..<count).map { way.codes[code] == UInt32($0) } }
        let mine = way.ranges.isEmpty ? ValueRange.exact : way.ranges[code]
        return (0..<count).map { other in
            let theirs = column.ranges.isEmpty ? ValueRange.exact : column.ranges[other]
            if mine == .exact, theirs == .exact { return way.codes[code] == UInt32(other) }
            return mine.meets(theirs, way.texts[code], column.data.values[other])
        }
    }
}
