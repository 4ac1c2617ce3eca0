/// Rows that are unique already by a few of their quasi-identifiers (SUDA2: Manning, Haglin, Keane, Data Mining and Knowledge Discovery 2008).
///
/// A minimal sample unique of s of n columns scores (n - s)! (Elliot et al. 2005; the original scores of sdcMicro's suda2).
public struct SpecialUniques: Sendable {
    public struct Summary: Sendable, Codable, Equatable {
        /// Of the scores of all rows.
        public let sum: Double
        /// Rows with at least one minimal sample unique.
        public let rows: Int
    }

    /// The score of each row.
    public let scores: [Double]
    /// How many minimal sample uniques have 1, 2, ... columns.
    public let sizes: [Int]
    /// The share of the whole score in which each column takes part.
    public let contributions: [Double]

    public var summary: Summary { Summary(sum: scores.reduce(0, +), rows: scores.lazy.filter { $0 > 0 }.count) }

    /// - Parameter longest: larger uniques are not looked for; nil for all.
    init(_ columns: [Microdata.Column], rows: Int, longest: Int? = nil) {
        let count = columns.count
        let lattice = ColumnLattice(columns, rows: rows)
        var factorials = [1.0]
        for number in 1...max(count, 1) { factorials.append(factorials[number - 1] * Double(number)) }
        var found = MinimalUniques(rows: lattice.representatives.count, columns: count)
        var scores = [Double](repeating: 0, count: rows)
        var sizes = [Int](repeating: 0, count: count)
        var contributions = [Double](repeating: 0, count: count)
        lattice.walk(longest: longest ?? count) { set, alone in
            let size = set.nonzeroBitCount
            let score = factorials[count - size]
            var new = 0
            for entry in alone where lattice.weights[Int(entry)] == 1 && found.add(set, to: Int(entry)) {
                scores[Int(lattice.representatives[Int(entry)])] += score
                new += 1
            }
            sizes[size - 1] += new
            for column in lattice.columns(of: set) { contributions[column] += score * Double(new) }
        }
        let total = scores.reduce(0, +)
        self.scores = scores
        self.sizes = sizes
        self.contributions = contributions.map { total > 0 ? $0 / total : 0 }
    }
}

extension Mosaic {
    /// The special uniques of a table by the columns named.
    public static func specialUniques(
        _ table: Microdata,
        quasi: [String],
        longest: Int? = nil
    ) throws(MosaicRefused) -> SpecialUniques {
        SpecialUniques(try table.columns(quasi), rows: table.rows, longest: longest)
    }
}

/// The minimal column sets found for each row: up to six columns one bit for each set, else linked lists in three arrays.
private struct MinimalUniques {
    private var bits: [UInt64]
    /// Of each set the bits of the sets inside it.
    private var inside: [UInt64] = []
    private var first: [Int32]
    private var next: [Int32] = []
    private var sets: [UInt64] = []

    init(rows: Int, columns: Int) {
        let isSmall = columns <= 6
        bits = [UInt64](repeating: 0, count: isSmall ? rows : 0)
        first = [Int32](repeating: -1, count: isSmall ? 0 : rows)
        guard isSmall else { return }
        inside = (0..<UInt64(1) << UInt64(columns)).map { set in
            (0...set).reduce(UInt64(0)) { $1 & ~set == 0 ? $0 | 1 << $1 : $0 }
        }
    }

    /// False if a smaller set inside this one is already unique for the row.
    @inline(__always)
    mutating func add(_ set: UInt64, to row: Int) -> Bool {
        if !bits.isEmpty {
            if bits[row] & inside[Int(set)] != 0 { return false }
            bits[row] |= 1 << set
            return true
        }
        var entry = first[row]
        while entry >= 0 {
            if sets[Int(entry)] & ~set == 0 { return false }
            entry = next[Int(entry)]
        }
        next.append(first[row])
        sets.append(set)
        first[row] = Int32(sets.count - 1)
        return true
    }
}
