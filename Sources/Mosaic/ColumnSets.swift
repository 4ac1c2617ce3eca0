/// How well each set of columns tells the rows apart.
public struct ColumnSet: Sendable, Codable, Equatable {
    public let columns: [String]
    /// Distinct combinations over rows (Motwani, Xu: Efficient algorithms for masking and finding quasi-identifiers, 2007).
    public let distinction: Double
    /// The share of pairs of rows that differ (same).
    public let separation: Double
    /// Rows that no other row equals.
    public let uniques: Int
}

extension Mosaic {
    /// Distinction and separation of every set of the columns, smaller sets first. Refuses more than 20 columns: there are 2^n sets.
    public static func columnSets(_ table: Microdata, quasi: [String]) throws(MosaicRefused) -> [ColumnSet] {
        let columns = try table.columns(quasi)
        guard columns.count <= 20 else {
            throw MosaicRefused(zh: "列数超过 20，子集过多。", en: "More than 20 columns have too many subsets.")
        }
        let lattice = ColumnLattice(columns, rows: table.rows)
        let weights = lattice.weights
        // Equal rows are apart in no set.
        let always = weights.reduce(0.0) { $0 + Double($1) * (Double($1) - 1) / 2 }
        let pairs = Double(table.rows) * (Double(table.rows) - 1) / 2
        let hasEqualRows = always > 0
        var sets: [ColumnSet] = []
        var uniques: [UInt64: Int] = [:]
        lattice.walkPartitions(longest: columns.count) { set, partition, alone in
            var together = always
            for part in 0..<partition.parts {
                let run = partition.entries[Int(partition.starts[part])..<Int(partition.starts[part + 1])]
                guard hasEqualRows else {
                    together += Double(run.count) * Double(run.count - 1) / 2
                    continue
                }
                var (sum, own) = (0.0, 0.0)
                for entry in run {
                    let weight = Double(weights[Int(entry)])
                    sum += weight
                    own += weight * (weight - 1) / 2
                }
                together += sum * (sum - 1) / 2 - own
            }
            let single = hasEqualRows ? alone.lazy.filter { weights[Int($0)] == 1 }.count : alone.count
            let known = uniques[set & (set - 1)] ?? 0
            uniques[set] = known + single
            sets.append(
                ColumnSet(
                    columns: lattice.columns(of: set).map { columns[$0].name },
                    distinction: Double(partition.parts + partition.stripped) / Double(table.rows),
                    separation: pairs > 0 ? 1 - together / pairs : 1,
                    uniques: known + single
                )
            )
        }
        return sets.sorted {
            ($0.columns.count, $0.columns.joined(separator: "\n")) < ($1.columns.count, $1.columns.joined(separator: "\n"))
        }
    }
}
