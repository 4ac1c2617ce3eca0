/// Two versions of one table: who is in both, who came since, who is gone.
///
/// Forward, cross and backward correspondence (Fung, Wang, Fu, Pei: Anonymity for continuous data publishing, EDBT 2008), for classes
/// of equal quasi-identifiers: of a class with n1 and n2 rows of a sensitive value, min(n1, n2) can be in both, n2 - n1 came since.
extension Attack {
    /// Tables are versions of one if at least nine rows of ten come again.
    private static let versionShare = 0.9

    mutating func compareVersions(_ release: EarlierRelease, _ number: Int, _ translations: Translations) {
        let told = sensitive.filter { release.table[$0] != nil }
        guard !told.isEmpty else { return }
        let version = versions[told] ?? VersionIndex(ownQuasi + told, new, crowds)
        versions[told] = version
        let earlier = (ownQuasi + told).compactMap { release.table[$0] }
        let maps = zip(earlier, version.columns).map { translations.way(number, $0, to: $1).codes }
        let now = version.now
        var then = [Int](repeating: 0, count: now.count)
        let index = indexes[ownQuasi] ?? SharedIndex(ownQuasi, new, crowds, k: k)
        indexes[ownQuasi] = index
        let (quasiCodes, quasiMaps) = (earlier.prefix(ownQuasi.count).map(\.codes), Array(maps.prefix(ownQuasi.count)))
        let earlierCodes = earlier.map(\.codes)
        var thenOfClass = [Int](repeating: 0, count: crowds.classes.count)
        var goneOfClass = [Int](repeating: 0, count: crowds.classes.count)
        for row in 0..<release.table.rows {
            guard let group = index.tuples.find(quasiCodes, quasiMaps, row: row) else { continue }
            let member = Int(index.first[Int(group)])
            thenOfClass[member] += 1
            if let tuple = version.tuples.find(earlierCodes, maps, row: row) { then[Int(tuple)] += 1 } else { goneOfClass[member] += 1 }
        }
        let common = zip(now, then).reduce(0) { $0 + min($1.0, $1.1) }
        let isGrown = Double(common) >= Self.versionShare * Double(release.table.rows)
        let isShrunk = Double(common) >= Self.versionShare * Double(new.rows)
        guard common > 0, isGrown || isShrunk else { return }
        let example = version.example
        var parts = [UInt8](repeating: 0, count: now.count)
        var (came, stayed) = (Exposed(), Exposed())
        var gone = ReleaseCheck.Counts()
        let toldCodes = told.compactMap { new.columns[$0]?.data.codes }
        for group in 0..<crowds.classes.count where thenOfClass[group] > 0 {
            let tuplesHere = version.byClass[version.starts[group]..<version.starts[group + 1]].map(Int.init)
            let new = tuplesHere.filter { now[$0] > then[$0] }
            let both = tuplesHere.filter { min(now[$0], then[$0]) > 0 }
            let newRows = new.reduce(0) { $0 + now[$1] - then[$1] }
            let bothRows = both.reduce(0) { $0 + min(now[$1], then[$1]) }
            let goneRows = goneOfClass[group] + tuplesHere.reduce(0) { $0 + max(0, then[$1] - now[$1]) }
            if isGrown, newRows > 0 {
                let newBits = bits(new, example, toldCodes, size: newRows)
                let bothBits = bits(both, example, toldCodes, size: bothRows)
                for tuple in new where newBits > 0 {
                    parts[tuple] |= newBits
                    came.add(now[tuple] - then[tuple], newBits)
                }
                for tuple in both where bothBits > 0 {
                    parts[tuple] |= bothBits << 4
                    stayed.add(min(now[tuple], then[tuple]), bothBits)
                }
            }
            if isShrunk, goneRows > 0, goneRows < k {
                gone.belowK += goneRows
                if goneRows == 1 {
                    gone.unique += 1
                    gone.certain += 1
                } else if goneOfClass[group] == 0 {
                    let left = tuplesHere.filter { then[$0] > now[$0] }
                    if bits(left, example, toldCodes, size: goneRows) & 4 != 0 { gone.certain += goneRows }
                }
            }
        }
        // The rows of a tuple are alike: its first min(n1, n2) rows stand for those in both, the others for those that came.
        var met = [Int](repeating: 0, count: now.count)
        for (row, tuple) in version.of.enumerated().lazy.map({ ($0.offset, Int($0.element)) }) where parts[tuple] != 0 {
            flags[row] |= met[tuple] < min(now[tuple], then[tuple]) ? parts[tuple] >> 4 : parts[tuple] & 15
            met[tuple] += 1
        }
        came.join(stayed)
        add(.difference, with: [release.name], by: ownQuasi, came.counts, columns: came.counts.certain > 0 ? told : [])
        add(.withdrawn, with: [release.name], by: ownQuasi, gone, columns: gone.certain > 0 ? told : [])
        withdrawn.unique = max(withdrawn.unique, gone.unique)
        withdrawn.belowK = max(withdrawn.belowK, gone.belowK)
        withdrawn.certain = max(withdrawn.certain, gone.certain)
    }

    private struct Exposed {
        var counts = ReleaseCheck.Counts()

        mutating func add(_ rows: Int, _ bits: UInt8) {
            if bits & 1 != 0 { counts.unique += rows }
            if bits & 2 != 0 { counts.belowK += rows }
            if bits & 4 != 0 { counts.certain += rows }
        }

        mutating func join(_ other: Exposed) {
            counts.unique += other.counts.unique
            counts.belowK += other.counts.belowK
            counts.certain += other.counts.certain
        }
    }

    /// What a part of so many rows gives away: 1 alone, 2 below k, 4 all of one sensitive value.
    private func bits(_ tuples: [Int], _ example: [Int], _ codes: [[UInt32]], size: Int) -> UInt8 {
        guard let first = tuples.first else { return 0 }
        let isOne = codes.contains { column in tuples.allSatisfy { column[example[$0]] == column[example[first]] } }
        return (size == 1 ? 1 : 0) | (size < k ? 2 : 0) | (isOne ? 4 : 0)
    }
}

/// The rows of the new table by quasi-identifiers and sensitive values together.
struct VersionIndex {
    let columns: [AlignedTable.Column]
    let tuples: TupleIndex
    /// The tuple of each row; how many rows each tuple has, and one of them.
    let of: [UInt32]
    let now: [Int]
    let example: [Int]
    /// The tuples of each class.
    let starts: [Int]
    let byClass: [UInt32]

    init(_ names: [String], _ new: AlignedTable, _ crowds: Crowds) {
        columns = names.compactMap { new.columns[$0] }
        let codes = columns.map(\.data.codes)
        var tuples = TupleIndex(width: names.count)
        of = (0..<new.rows).map { tuples.index(codes, row: $0) }
        var now = [Int](repeating: 0, count: tuples.count)
        var example = now
        for (row, tuple) in of.enumerated() {
            now[Int(tuple)] += 1
            example[Int(tuple)] = row
        }
        var starts = [Int](repeating: 0, count: crowds.classes.count + 1)
        for row in example { starts[Int(crowds.classes.of[row]) + 1] += 1 }
        for group in 0..<crowds.classes.count { starts[group + 1] += starts[group] }
        var next = starts
        var byClass = [UInt32](repeating: 0, count: tuples.count)
        for (tuple, row) in example.enumerated() {
            let group = Int(crowds.classes.of[row])
            byClass[next[group]] = UInt32(tuple)
            next[group] += 1
        }
        self.tuples = tuples
        self.now = now
        self.example = example
        self.starts = starts
        self.byClass = byClass
    }
}
