/// All attacks on one new table by all earlier ones.
struct Attack {
    let new: AlignedTable
    let quasi: [String]
    let sensitive: [String]
    let k: Int
    /// The quasi-identifiers that the new table has.
    let ownQuasi: [String]
    let crowds: Crowds
    let order: (rows: [UInt32], starts: [Int])
    var entries: [SensitiveEntries]

    /// Of each row: 1 alone, 2 in a crowd below k, 4 a sensitive value certain.
    var flags: [UInt8]
    /// Classes that some earlier release has a row for.
    var isMatched: [Bool]
    var findings: [ReleaseCheck.Finding] = []
    var withdrawn = ReleaseCheck.Counts()
    var limits: Set<Sentence> = []
    var indexes: [[String]: SharedIndex] = [:]
    var versions: [[String]: VersionIndex] = [:]
    var refined: [UInt32]?
    /// By the places of `order`, in which the rows of a class stand together.
    var marks: [UInt32]
    /// Earlier releases that narrow candidates without deciding alone.
    var narrowing: [String] = []
    /// Rows certain by one release alone, by the places of `order`.
    var isCertainAlone: [Bool]

    init(_ new: AlignedTable, quasi: [String], sensitive: [String], k: Int) {
        self.new = new
        self.quasi = quasi
        self.k = k
        let own = quasi.filter { new.columns[$0] != nil }
        ownQuasi = own
        // A column of one value tells nothing new.
        self.sensitive = sensitive.filter { name in
            guard let column = new.columns[name]?.data else { return false }
            return column.values.count - (column.missing == nil ? 0 : 1) > 1
        }
        crowds = Crowds(own.compactMap { new.columns[$0]?.data }, rows: new.rows, missing: .wildcard)
        order = crowds.classes.ordered()
        flags = [UInt8](repeating: 0, count: new.rows)
        isMatched = [Bool](repeating: false, count: crowds.classes.count)
        marks = [UInt32](repeating: 0, count: new.rows)
        isCertainAlone = [Bool](repeating: false, count: new.rows)
        entries = []
        for name in self.sensitive {
            if let column = new.columns[name]?.data { entries.append(SensitiveEntries(column, crowds: crowds, order: order)) }
        }
    }

    mutating func run(_ earlier: [EarlierRelease], _ translations: Translations) -> ReleaseCheck.Counts {
        for (number, release) in earlier.enumerated() {
            let shared = ownQuasi.filter { release.table[$0] != nil }
            if !shared.isEmpty { link(release, number, shared, translations) }
            extend(release, number, translations)
            if !shared.isEmpty, shared.count == ownQuasi.count { compareVersions(release, number, translations) }
        }
        conclude(earlier)
        var counts = withdrawn
        for flag in flags {
            if flag & 1 != 0 { counts.unique += 1 }
            if flag & 2 != 0 { counts.belowK += 1 }
            if flag & 4 != 0 { counts.certain += 1 }
        }
        return counts
    }

    /// What the table discloses with no other table.
    func alone() -> ReleaseCheck.Counts {
        var counts = ReleaseCheck.Counts()
        for group in 0..<crowds.classes.count {
            let rows = Int(crowds.classes.sizes[group])
            if crowds.sizes[group] == 1 { counts.unique += rows }
            if crowds.sizes[group] < k { counts.belowK += rows }
            if entries.contains(where: { $0.isHomogeneous(group) }) { counts.certain += rows }
        }
        return counts
    }

    /// Rows of matched classes, and what all releases together leave of the candidates.
    private mutating func conclude(_ earlier: [EarlierRelease]) {
        for at in isCertainAlone.indices where isCertainAlone[at] { flags[Int(order.rows[at])] |= 4 }
        var together = 0
        var columns: Set<String> = []
        for group in 0..<crowds.classes.count where isMatched[group] {
            let places = order.starts[group]..<order.starts[group + 1]
            let size = crowds.sizes[group]
            if size < k { for at in places { flags[Int(order.rows[at])] |= size == 1 ? 3 : 2 } }
            for place in entries.indices {
                let isHomogeneous = entries[place].isHomogeneous(group)
                let decided = isHomogeneous ? [] : entries[place].decided(group)
                guard isHomogeneous || !decided.isEmpty else { continue }
                for at in places where isHomogeneous || decided.contains(Int(entries[place].ofPlace[at])) {
                    flags[Int(order.rows[at])] |= 4
                    if !isHomogeneous, !isCertainAlone[at] {
                        together += 1
                        isCertainAlone[at] = true
                        columns.insert(sensitive[place])
                    }
                }
            }
        }
        guard together > 0 else { return }
        let names = earlier.map(\.name).filter(narrowing.contains)
        add(.intersection, with: names, by: ownQuasi, .init(certain: together), columns: sensitive.filter(columns.contains))
    }

    mutating func add(
        _ attack: ReleaseCheck.Attack,
        with names: [String],
        by: [String],
        _ counts: ReleaseCheck.Counts,
        columns: [String]
    ) {
        guard !counts.isSafe else { return }
        let sentence = Wording.finding(attack, with: names, by: by, counts, columns: columns, rows: new.rows, k: k)
        findings.append(
            .init(
                with: names,
                attack: attack,
                by: by,
                unique: counts.unique,
                belowK: counts.belowK,
                certain: counts.certain,
                columns: columns,
                sentence: sentence
            )
        )
    }
}

/// The values of a sensitive column that each crowd holds, and which of them the earlier releases leave possible.
struct SensitiveEntries {
    let starts: [Int]
    let codes: [UInt32]
    /// The entry of each row, by the places of the order.
    let ofPlace: [UInt32]
    private let missing: UInt32?
    /// Of an entry in a crowd of at most 64 values: the values of the crowd that are wherever this one is.
    private var alive: [UInt64]
    /// Of an entry in a larger crowd: equal for values that are in the same releases. Fewer values share it than are wherever this one is,
    /// so that a value may be called certain too often, never too seldom.
    private var signature: [UInt64]
    private(set) var isNarrowed: [Bool]

    init(_ column: Microdata.Column, crowds: Crowds, order: (rows: [UInt32], starts: [Int])) {
        var starts = [0]
        var codes: [UInt32] = []
        var ofPlace = [UInt32](repeating: 0, count: order.rows.count)
        var place = [UInt32](repeating: .max, count: column.values.count)
        for group in 0..<crowds.classes.count {
            let first = codes.count
            crowds.forEachAlike(group) { other in
                for at in order.starts[other]..<order.starts[other + 1] {
                    let code = Int(column.codes[Int(order.rows[at])])
                    if place[code] == .max {
                        place[code] = UInt32(codes.count)
                        codes.append(UInt32(code))
                    }
                    if other == group { ofPlace[at] = place[code] }
                }
            }
            for code in codes[first...] { place[Int(code)] = .max }
            starts.append(codes.count)
        }
        self.starts = starts
        self.codes = codes
        self.ofPlace = ofPlace
        missing = column.missing
        alive = [UInt64](repeating: .max, count: codes.count)
        signature = [UInt64](repeating: 0, count: codes.count)
        isNarrowed = [Bool](repeating: false, count: crowds.classes.count)
    }

    func count(_ group: Int) -> Int { starts[group + 1] - starts[group] }

    func isHomogeneous(_ group: Int) -> Bool { count(group) == 1 && codes[starts[group]] != missing }

    /// Takes in that a release holds, for the persons of this crowd, the values marked in `stamps`. The only one left, if one is.
    @inline(__always)
    mutating func narrow(_ group: Int, _ stamps: [UInt32], _ stamp: UInt32, salt: UInt64) -> (isPartial: Bool, only: Int?) {
        let range = starts[group]..<starts[group + 1]
        var mask: UInt64 = 0
        var members = 0
        var last = 0
        for entry in range where stamps[Int(codes[entry])] == stamp {
            members += 1
            last = entry
            if range.count <= 64 { mask |= 1 << UInt64(entry - range.lowerBound) }
        }
        guard members > 0, members < range.count else { return (false, nil) }
        isNarrowed[group] = true
        for entry in range where stamps[Int(codes[entry])] == stamp {
            if range.count <= 64 { alive[entry] &= mask } else { signature[entry] &+= salt }
        }
        return (true, members == 1 && codes[last] != missing ? last : nil)
    }

    /// Entries of a crowd of which one value alone is left.
    func decided(_ group: Int) -> Set<Int> {
        guard isNarrowed[group] else { return [] }
        let range = starts[group]..<starts[group + 1]
        var found: Set<Int> = []
        if range.count <= 64 {
            let whole: UInt64 = range.count == 64 ? .max : (1 << UInt64(range.count)) - 1
            for entry in range where (alive[entry] & whole).nonzeroBitCount == 1 { found.insert(entry) }
        } else {
            var seen: [UInt64: Int] = [:]
            for entry in range { seen[signature[entry], default: 0] += 1 }
            for entry in range where seen[signature[entry]] == 1 && signature[entry] != 0 { found.insert(entry) }
        }
        if let missing { found = found.filter { codes[$0] != missing } }
        return found
    }
}

extension Crowds {
    func forEachAlike(_ group: Int, _ visit: (Int) -> Void) {
        guard let alike else { return visit(group) }
        for other in alike[group] { visit(Int(other)) }
    }
}
