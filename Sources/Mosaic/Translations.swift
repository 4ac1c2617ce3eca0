/// The way from the codes of earlier tables to those of the new one; kept, so that a cure that changes one column asks anew for one.
final class Translations {
    private struct Key: Hashable {
        let release: Int
        let column: String
        let version: Int
    }

    struct Way {
        /// `.max` for a value that the new table lacks.
        let codes: [UInt32]
        let texts: [String]
        let ranges: [ValueRange]
    }

    private var known: [Key: Way] = [:]
    private var versions: [String: Int] = [:]

    /// The new table's column has changed.
    func renew(_ column: String) { versions[column, default: 0] += 1 }

    func forget(_ column: String) { known = known.filter { $0.key.column != column || $0.key.version == 0 } }

    func restore(_ column: String) { versions[column] = 0 }

    func way(_ release: Int, _ earlier: Microdata.Column, to column: AlignedTable.Column) -> Way {
        let key = Key(release: release, column: earlier.name, version: versions[earlier.name] ?? 0)
        if let way = known[key] { return way }
        var codes: [UInt32] = []
        codes.reserveCapacity(earlier.values.count)
        var texts = Microdata.Values()
        var strings: [String] = []
        let mayRange = !column.ranges.isEmpty || earlier.values.count <= 2_000
        for code in 0..<earlier.values.count {
            var text = UInt32(code) == earlier.missing ? "" : Canonical.text(earlier.values[code])
            if let view = column.view { text = view.apply(text) }
            codes.append(column.index[text] ?? .max)
            if mayRange {
                texts.append(Array(text.utf8))
                strings.append(text)
            }
        }
        let ranges = mayRange ? ValueRange.all(texts) : []
        let isRanged = !ranges.isEmpty || !column.ranges.isEmpty
        let way = Way(codes: codes, texts: isRanged ? strings : [], ranges: ranges)
        known[key] = way
        return way
    }
}

/// The classes of the new table grouped by the quasi-identifiers that it shares with an earlier one.
struct SharedIndex {
    let names: [String]
    let columns: [AlignedTable.Column]
    var tuples: TupleIndex
    /// The classes of each group.
    let starts: [Int]
    let members: [UInt32]
    /// A class of each group.
    let first: [UInt32]
    /// Rows of each group that are alone, or in a crowd below k.
    let unique: [Int]
    let below: [Int]
    let representatives: [UInt32]

    var count: Int { first.count }

    init(_ names: [String], _ new: AlignedTable, _ crowds: Crowds, k: Int) {
        self.names = names
        columns = names.compactMap { new.columns[$0] }
        representatives = crowds.classes.representatives()
        var index = TupleIndex(width: names.count)
        let codes = columns.map(\.data.codes)
        let groups = representatives.map { index.index(codes, row: Int($0)) }
        var sizes = [Int](repeating: 0, count: index.count)
        for group in groups { sizes[Int(group)] += 1 }
        var starts = [0]
        for size in sizes { starts.append(starts[starts.count - 1] + size) }
        var next = starts
        var members = [UInt32](repeating: 0, count: groups.count)
        var unique = [Int](repeating: 0, count: index.count)
        var below = unique
        for (group, place) in groups.enumerated() {
            members[next[Int(place)]] = UInt32(group)
            next[Int(place)] += 1
            let rows = Int(crowds.classes.sizes[group])
            if crowds.sizes[group] == 1 { unique[Int(place)] += rows }
            if crowds.sizes[group] < k { below[Int(place)] += rows }
        }
        first = (0..<index.count).map { members[starts[$0]] }
        tuples = index
        self.starts = starts
        self.members = members
        self.unique = unique
        self.below = below
    }
}
