import Mosaic
import Testing

/// Whether a sum of atoms is a combination of printed sums, by elimination over fractions of whole numbers.
private struct RowSpace {
    private var rows: [[Int]] = []

    mutating func add(_ row: [Int]) {
        let rest = reduce(row)
        if rest.contains(where: { $0 != 0 }) { rows.append(rest) }
    }

    func holds(_ row: [Int]) -> Bool { reduce(row).allSatisfy { $0 == 0 } }

    private func reduce(_ row: [Int]) -> [Int] {
        var rest = row
        for known in rows {
            guard let pivot = known.firstIndex(where: { $0 != 0 }), rest[pivot] != 0 else { continue }
            let (own, other) = (rest[pivot], known[pivot])
            for place in rest.indices { rest[place] = rest[place] * other - known[place] * own }
            let divisor = rest.reduce(0) { gcd($0, abs($1)) }
            if divisor > 1 { rest = rest.map { $0 / divisor } }
        }
        return rest
    }

    private func gcd(_ one: Int, _ two: Int) -> Int { two == 0 ? one : gcd(two, one % two) }
}

@Suite("Differencing against brute force on small random publications")
struct DifferenceBruteTests {
    /// Tables that are printed of one small population.
    private struct Publication {
        let sizes: [Int]
        let counts: [Int]
        /// For each dimension its ways of dividing, each a label for every atom of the dimension.
        let ways: [[[String]]]

        init(_ dice: inout TableDice) {
            sizes = [2 + dice.roll(2), 2, 2 + dice.roll(3)]
            counts = (0..<sizes.reduce(1, *)).map { _ in dice.roll(7) }
            let ages =
                sizes[2] == 4
                ? [["0-9", "10-19", "20-29", "30-39"], ["0-19", "0-19", "20-39", "20-39"], ["0-9", "10-29", "10-29", "30-39"]]
                : [(0..<sizes[2]).map { "C\($0)" }]
            ways = [[(0..<sizes[0]).map { "A\($0)" }], [["B0", "B1"]], ages]
        }

        func place(_ atom: Int) -> [Int] { [atom / (sizes[1] * sizes[2]), atom / sizes[2] % sizes[1], atom % sizes[2]] }

        /// The rows of a table, and the atoms of each.
        func table(_ dice: inout TableDice, hides: Int) -> (names: [String], rows: [[String]], atoms: [[Int]], truth: [Int]) {
            var used = [0, 1, 2].filter { _ in dice.roll(3) > 0 }
            if used.isEmpty { used = [dice.roll(3)] }
            let way = used.map { ways[$0][dice.roll(ways[$0].count)] }
            let hasTotal = used.map { _ in dice.roll(2) == 0 }
            var sums: [[String]: [Int]] = [:]
            for atom in counts.indices {
                let place = place(atom)
                let labels = zip(used, way).map { $1[place[$0]] }
                for mask in 0..<(1 << used.count) {
                    let chosen = labels.indices.filter { mask >> $0 & 1 == 1 }
                    guard chosen.allSatisfy({ hasTotal[$0] }) else { continue }
                    let key = labels.indices.map { chosen.contains($0) ? "合计" : labels[$0] }
                    sums[key, default: [Int](repeating: 0, count: counts.count)][atom] = 1
                }
            }
            let ordered = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            let truth = ordered.map { zip($0.value, counts).reduce(0) { $0 + $1.0 * $1.1 } }
            let rows = zip(ordered, truth).map { row, value in row.key + [dice.roll(100) < hides ? "*" : "\(value)"] }
            return (used.map { "d\($0)" }, rows, ordered.map(\.value), truth)
        }
    }

    @Test("of 1,000 publications every hidden number in the row space is found, with its value")
    func rowSpace() throws {
        var dice = TableDice(31)
        var (disclosed, kept) = (0, 0)
        for _ in 0..<1_000 {
            let publication = Publication(&dice)
            var space = RowSpace()
            var old: [CellTable] = []
            for index in 0..<(1 + dice.roll(4)) {
                let table = publication.table(&dice, hides: 30)
                old.append(
                    try CellTable(
                        Microdata(names: table.names + ["n"], rows: table.rows),
                        name: "old\(index)",
                        dimensions: table.names,
                        value: "n",
                        countsOnly: true
                    )
                )
                for (row, atoms) in zip(table.rows, table.atoms) where row.last != "*" { space.add(atoms) }
            }
            let table = publication.table(&dice, hides: 40)
            for (row, atoms) in zip(table.rows, table.atoms) where row.last != "*" { space.add(atoms) }
            let new = try CellTable(
                Microdata(names: table.names + ["n"], rows: table.rows),
                name: "new",
                dimensions: table.names,
                value: "n",
                countsOnly: true
            )
            let found = try Mosaic.difference(new, against: PublishedCells(old), minimum: 3)
            #expect(found.changed.isEmpty)
            #expect(found.limits.isEmpty)
            for (index, row) in table.rows.enumerated() where row.last == "*" {
                let at = Dictionary(uniqueKeysWithValues: zip(table.names, row).filter { $0.1 != "合计" })
                let told = found.disclosed.first { $0.table == "new" && $0.at.filter { $0.value != "合计" } == at }
                if space.holds(table.atoms[index]) {
                    #expect(told != nil, "\(publication.counts) \(row)")
                    disclosed += 1
                } else {
                    kept += 1
                }
                if let value = told?.value { #expect(value == Double(table.truth[index])) }
                if let narrow = found.narrow.first(where: { $0.table == "new" && $0.at.filter { $0.value != "合计" } == at }) {
                    #expect(narrow.interval.least <= Double(table.truth[index]))
                    #expect(narrow.interval.most >= Double(table.truth[index]))
                }
            }
        }
        #expect(disclosed > 500)
        #expect(kept > 300)
    }
}
