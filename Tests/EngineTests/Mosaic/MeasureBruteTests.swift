import Foundation
import Mosaic
import Testing

/// A fixed sequence of numbers, so that a failure comes again.
struct TableDice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(sides))
    }
}

@Suite("The measures against their definitions on small random tables")
struct MeasureBruteTests {
    @Test("every measure of 300 tables is what the definition gives")
    func definitions() throws {
        var dice = TableDice(4)
        for _ in 0..<300 {
            let size = 2 + dice.roll(14)
            let rows = (0..<size).map { _ in (0..<4).map { "\(dice.roll($0 == 3 ? 5 : 3))" } }
            let table = try Microdata(names: ["a", "b", "c", "s"], rows: rows)
            let found = try Mosaic.measure(table, quasi: ["a", "b", "c"], sensitive: ["s"])
            let crowds = Dictionary(grouping: rows) { Array($0[0..<3]) }.values
            #expect(found.k == crowds.map(\.count).min())
            #expect(found.lDistinct == crowds.map { Set($0.map { $0[3] }).count }.min())
            let values = Set(rows.map { $0[3] }).sorted { Int($0)! < Int($1)! }
            var (ordered, equal, beta, delta) = (0.0, 0.0, 0.0, 0.0)
            for crowd in crowds {
                var (cumulated, sum, half) = (0.0, 0.0, 0.0)
                for value in values {
                    let p = Double(rows.filter { $0[3] == value }.count) / Double(size)
                    let q = Double(crowd.filter { $0[3] == value }.count) / Double(crowd.count)
                    cumulated += q - p
                    sum += abs(cumulated)
                    half += abs(q - p) / 2
                    beta = max(beta, (q - p) / p)
                    if q > 0 { delta = max(delta, abs(log(q / p))) }
                }
                ordered = max(ordered, values.count > 1 ? sum / Double(values.count - 1) : 0)
                equal = max(equal, half)
            }
            #expect(abs((found.tOrdered ?? -1) - ordered) < 1e-9)
            #expect(abs((found.tEqual ?? -1) - equal) < 1e-9)
            #expect(abs((found.beta ?? -1) - beta) < 1e-9)
            #expect(abs((found.delta ?? -1) - delta) < 1e-9)
        }
    }

    @Test("minimal uniques of 200 tables, up to six columns and beyond", arguments: [4, 7])
    func minimalUniques(width: Int) throws {
        var dice = TableDice(7)
        let names = (0..<width).map { "c\($0)" }
        for _ in 0..<(width > 4 ? 40 : 200) {
            let rows = (0..<(3 + dice.roll(10))).map { _ in (0..<width).map { "\(dice.roll($0 + 2))" } }
            let found = try Mosaic.specialUniques(Microdata(names: names, rows: rows), quasi: names)
            for (index, row) in rows.enumerated() {
                func isUnique(_ set: Int) -> Bool {
                    rows.filter { other in (0..<width).allSatisfy { set & (1 << $0) == 0 || other[$0] == row[$0] } }.count == 1
                }
                var score = 0.0
                for set in 1..<(1 << width) where isUnique(set) {
                    let isMinimal = (0..<width).allSatisfy { set & (1 << $0) == 0 || !isUnique(set & ~(1 << $0)) }
                    if isMinimal { score += (1...max(width - set.nonzeroBitCount, 1)).reduce(1.0) { $0 * Double($1) } }
                }
                #expect(found.scores[index] == score)
            }
        }
    }

    @Test("crowds with missing values as wildcards are those of all pairs")
    func wildcards() throws {
        var dice = TableDice(9)
        for _ in 0..<200 {
            let rows: [[String?]] = (0..<(2 + dice.roll(9))).map { _ in
                (0..<3).map { _ in dice.roll(4) == 0 ? nil : "\(dice.roll(2))" }
            }
            let found = try Mosaic.measure(Microdata(names: ["a", "b", "c"], rows: rows), quasi: ["a", "b", "c"], missing: .wildcard)
            let crowds = rows.map { row in
                rows.filter { other in (0..<3).allSatisfy { row[$0] == nil || other[$0] == nil || row[$0] == other[$0] } }.count
            }
            #expect(found.k == crowds.min())
            #expect(found.uniques == crowds.filter { $0 == 1 }.count)
        }
    }
}
