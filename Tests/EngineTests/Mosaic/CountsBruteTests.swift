import Mosaic
import Testing

/// What a reader can work out, by trying every table of whole numbers.
private struct AllTables {
    private struct Total {
        var parts: [Int]
        let key: [String: String]
        /// Nil if hidden.
        let value: Int?
    }

    private var keys: [[String: String]] = []
    private var choices: [ClosedRange<Int>] = []
    private var totals: [Total] = []
    private var uses: [[Int]] = []
    private var left: [Int] = []
    private var chosen: [Int] = []
    private(set) var seen: [[String: String]: (least: Int, most: Int)] = [:]
    /// False if so much is hidden that trying takes too long.
    private(set) var isComplete = true

    /// - Parameter most: above what any single cell can be, where no printed total bounds it.
    init(_ report: CountsReport, most: Int) {
        for table in report.tables {
            let width = table.cells[0].at.count
            func key(_ cell: CountsReport.Cell) -> [String: String] { cell.at.filter { $0.value != "合计" } }
            let start = keys.count
            for cell in table.cells where key(cell).count == width {
                keys.append(key(cell))
                choices.append(cell.status == .published ? Int(cell.value)...Int(cell.value) : 0...most)
            }
            for cell in table.cells where key(cell).count < width {
                let parts = (start..<keys.count).filter { part in key(cell).allSatisfy { keys[part][$0.key] == $0.value } }
                totals.append(Total(parts: parts, key: key(cell), value: cell.status == .published ? Int(cell.value) : nil))
            }
        }
        uses = keys.indices.map { cell in totals.indices.filter { totals[$0].parts.contains(cell) && totals[$0].value != nil } }
        left = totals.map { $0.value ?? 0 }
        let open = keys.indices.filter { choices[$0].count > 1 && uses[$0].isEmpty }
        isComplete = open.count < 3
        guard isComplete else { return }
        chosen = [Int](repeating: 0, count: keys.count)
        fill(0)
    }

    private mutating func fill(_ cell: Int) {
        guard cell < keys.count else { return note() }
        var (least, most) = (choices[cell].lowerBound, choices[cell].upperBound)
        for total in uses[cell] {
            most = min(most, left[total])
            if totals[total].parts.last == cell { least = max(least, left[total]) }
        }
        guard least <= most else { return }
        for value in least...most {
            chosen[cell] = value
            for total in uses[cell] { left[total] -= value }
            fill(cell + 1)
            for total in uses[cell] { left[total] += value }
        }
    }

    private mutating func note() {
        var found: [[String: String]: Int] = [:]
        for total in totals where total.value == nil {
            let sum = total.parts.reduce(0) { $0 + chosen[$1] }
            // A hidden total that two tables share is the same in both.
            if let other = found[total.key], other != sum { return }
            found[total.key] = sum
        }
        for (cell, key) in keys.enumerated() { found[key] = chosen[cell] }
        for (key, value) in found {
            let range = seen[key] ?? (value, value)
            seen[key] = (min(range.least, value), max(range.most, value))
        }
    }
}

@Suite("Suppression against brute force on small random tables")
struct CountsBruteTests {
    /// A table with all its totals; `shared` are the sums over the first dimension that it must keep.
    private func table(_ dice: inout TableDice, _ names: [String], _ sizes: [Int], values: (inout TableDice, [Int]) -> Int) -> [[String]] {
        var sums: [[String]: Int] = [:]
        func visit(_ place: [Int]) {
            guard place.count == sizes.count else {
                for label in 0..<sizes[place.count] { visit(place + [label]) }
                return
            }
            let value = values(&dice, place)
            for mask in 0..<(1 << place.count) {
                let key = place.enumerated().map { mask >> $0.offset & 1 == 1 ? "合计" : "\(names[$0.offset])\($0.element)" }
                sums[key, default: 0] += value
            }
        }
        visit([])
        return sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { $0.key + ["\($0.value)"] }
    }

    private struct Tally {
        var (tried, exact, safe) = (0, 0, 0)
    }

    private func check(_ tables: [([String], [[String]])], _ tally: inout Tally) throws {
        let read = try tables.map { names, rows in
            try CellTable(Microdata(names: names + ["n"], rows: rows), name: "t", dimensions: names, value: "n", countsOnly: true)
        }
        let report = try Mosaic.protect(read, rules: SensitivityRules(minimum: 3))
        let whole = report.tables.flatMap(\.cells).map(\.value).max() ?? 0
        let most = 2 * Int(whole) + 4
        let brute = AllTables(report, most: most)
        guard brute.isComplete else { return }
        tally.tried += 1
        tally.safe += report.safe ? 1 : 0
        var isExact = true
        for cell in report.tables.flatMap(\.cells) where cell.status != .published {
            let range = try #require(brute.seen[cell.at.filter { $0.value != "合计" }])
            let interval = try #require(cell.interval)
            // What is told possible is possible.
            #expect(Double(range.least) <= interval.least)
            #expect(interval.most == .infinity ? range.most >= most : Double(range.most) >= interval.most)
            if Double(range.least) < interval.least || (Double(range.most) > interval.most) { isExact = false }
            if cell.isProtected == true {
                #expect(range.least < Int(cell.value))
                #expect(range.most >= 3)
            }
        }
        tally.exact += isExact ? 1 : 0
    }

    @Test("two dimensions: of 2,000 tables none is called safer than it is, and the intervals are exact")
    func flat() throws {
        var dice = TableDice(2022)
        var tally = Tally()
        for _ in 0..<2_000 {
            let sizes = [2 + dice.roll(2), 2 + dice.roll(2)]
            let rows = table(&dice, ["a", "b"], sizes) { dice, _ in dice.roll(5) }
            try check([(["a", "b"], rows)], &tally)
        }
        #expect(tally.tried > 1_500)
        #expect(tally.exact == tally.tried)
        #expect(tally.safe > 1_500)
    }

    @Test("three dimensions: the reader knows that counts are whole")
    func deep() throws {
        var dice = TableDice(7)
        var tally = Tally()
        for _ in 0..<500 {
            let rows = table(&dice, ["a", "b", "c"], [2, 2, 2 + dice.roll(2)]) { dice, _ in dice.roll(4) }
            try check([(["a", "b", "c"], rows)], &tally)
        }
        #expect(tally.tried > 300)
        #expect(tally.exact == tally.tried)
    }

    @Test("linked tables: a margin that both print protects neither")
    func linked() throws {
        var dice = TableDice(99)
        var tally = Tally()
        for _ in 0..<1_000 {
            var margins = [0, 0]
            let first = table(&dice, ["a", "b"], [2, 2]) { dice, place in
                let value = dice.roll(5)
                margins[place[0]] += value
                return value
            }
            var left = margins
            let second = table(&dice, ["a", "c"], [2, 2]) { dice, place in
                let value = place[1] == 1 ? left[place[0]] : dice.roll(left[place[0]] + 1)
                left[place[0]] -= value
                return value
            }
            try check([(["a", "b"], first), (["a", "c"], second)], &tally)
        }
        #expect(tally.tried > 600)
        #expect(tally.exact == tally.tried)
    }
}
