import Mosaic
import Testing

/// What a reader can work out, by trying every table of whole numbers.
private struct AllTables {
    struct Cell {
        let key: [String: String]
        let value: Int
        let isHidden: Bool
    }

    /// For each table its cells; totals are conditions left out.
    let tables: [[Cell]]
    let most: Int
    private(set) var seen: [[String: String]: (least: Int, most: Int)] = [:]

    init(_ report: CountsReport, most: Int) {
        self.most = most
        tables = report.tables.map { table in
            table.cells.map { cell in
                Cell(key: cell.at.filter { $0.value != "合计" }, value: Int(cell.value), isHidden: cell.status != .published)
            }
        }
        var agreed: [[String: String]: Int] = [:]
        for cell in tables.joined() where !cell.isHidden { agreed[cell.key] = cell.value }
        choose(table: 0, agreed)
    }

    /// Fills the inner cells of one table after the other; every total must come out as printed, or as another table has it.
    private mutating func choose(table: Int, _ agreed: [[String: String]: Int]) {
        guard table < tables.count else {
            for cell in tables.joined() where cell.isHidden {
                guard let value = agreed[cell.key] else { continue }
                let range = seen[cell.key] ?? (value, value)
                seen[cell.key] = (min(range.least, value), max(range.most, value))
            }
            return
        }
        let width = tables[table].map(\.key.count).max() ?? 0
        let inner = tables[table].filter { $0.key.count == width }
        let totals = tables[table].filter { $0.key.count < width }
        fill(inner, 0, totals, [:], agreed, table)
    }

    private mutating func fill(
        _ inner: [Cell],
        _ next: Int,
        _ totals: [Cell],
        _ sums: [[String: String]: Int],
        _ agreed: [[String: String]: Int],
        _ table: Int
    ) {
        guard next < inner.count else {
            var more = agreed
            for total in totals {
                let sum = sums[total.key] ?? 0
                if let known = more[total.key], known != sum { return }
                more[total.key] = sum
            }
            return choose(table: table + 1, more)
        }
        let cell = inner[next]
        let around = totals.filter { total in total.key.allSatisfy { cell.key[$0.key] == $0.value } }
        let choices = agreed[cell.key].map { $0...$0 } ?? 0...most
        for value in choices {
            var more = sums
            var fits = true
            for total in around {
                more[total.key, default: 0] += value
                if let known = agreed[total.key], known < more[total.key] ?? 0 { fits = false }
            }
            guard fits else { break }
            var known = agreed
            known[cell.key] = value
            fill(inner, next + 1, totals, more, known, table)
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

    private func check(_ tables: [([String], [[String]])], most: Int) throws -> (isSafe: Bool, isExact: Bool) {
        let read = try tables.map { names, rows in
            try CellTable(Microdata(names: names + ["n"], rows: rows), name: "t", dimensions: names, value: "n", countsOnly: true)
        }
        let report = try Mosaic.protect(read, rules: SensitivityRules(minimum: 3))
        let brute = AllTables(report, most: most)
        var isExact = true
        for cell in report.tables.flatMap(\.cells) where cell.status != .published {
            let range = try #require(brute.seen[cell.at.filter { $0.value != "合计" }])
            let interval = try #require(cell.interval)
            let isOpen = interval.most == .infinity || interval.most > Double(most)
            // What is told possible is possible.
            #expect(Double(range.least) <= interval.least)
            #expect(isOpen || Double(range.most) >= interval.most)
            if Double(range.least) != interval.least || (!isOpen && range.most < most && Double(range.most) != interval.most) { isExact = false }
            if cell.isProtected == true {
                #expect(range.least < Int(cell.value))
                #expect(range.most >= 3)
            }
        }
        return (report.safe, isExact)
    }

    @Test("two dimensions: of 600 tables none is called safer than it is, and the intervals are exact")
    func flat() throws {
        var dice = TableDice(2022)
        var (exact, safe) = (0, 0)
        for _ in 0..<600 {
            let sizes = [2 + dice.roll(2), 2 + dice.roll(2)]
            let rows = table(&dice, ["a", "b"], sizes) { dice, _ in dice.roll(5) }
            let found = try check([(["a", "b"], rows)], most: 9)
            exact += found.isExact ? 1 : 0
            safe += found.isSafe ? 1 : 0
        }
        #expect(exact == 600)
        #expect(safe > 500)
    }

    @Test("three dimensions: the reader knows that counts are whole")
    func deep() throws {
        var dice = TableDice(7)
        var exact = 0
        for _ in 0..<150 {
            let rows = table(&dice, ["a", "b", "c"], [2, 2, 2]) { dice, _ in dice.roll(6) }
            exact += try check([(["a", "b", "c"], rows)], most: 7).isExact ? 1 : 0
        }
        #expect(exact == 150)
    }

    @Test("linked tables: a margin that both print protects neither")
    func linked() throws {
        var dice = TableDice(99)
        var exact = 0
        for _ in 0..<200 {
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
            exact += try check([(["a", "b"], first), (["a", "c"], second)], most: 8).isExact ? 1 : 0
        }
        #expect(exact == 200)
    }
}
