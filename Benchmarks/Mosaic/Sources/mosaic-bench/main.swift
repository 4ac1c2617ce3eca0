import Foundation
import Mosaic

/// Times one piece of work, and says what it took.
func lap<T>(_ name: String, _ work: () throws -> T) rethrows -> T {
    let start = ContinuousClock.now
    let result = try work()
    print("\(name): \(ContinuousClock.now - start)")
    return result
}

/// A table of `labels` labels in each dimension with all totals; most cells are small.
func cells(_ labels: [Int], seed: UInt64) throws -> Microdata {
    var state = seed
    func roll(_ sides: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % sides)
    }
    var sums: [[Int]: Int] = [:]
    func visit(_ place: [Int]) {
        guard place.count == labels.count else {
            for label in 0..<labels[place.count] { visit(place + [label]) }
            return
        }
        let value = roll(10) == 0 ? roll(4) : roll(200)
        for mask in 0..<(1 << place.count) {
            sums[place.enumerated().map { mask >> $0.offset & 1 == 1 ? -1 : $0.element }, default: 0] += value
        }
    }
    visit([])
    let rows = sums.map { place, value in place.map { $0 < 0 ? "合计" : "label \($0)" } + ["\(value)"] }
    return try Microdata(names: labels.indices.map { "d\($0)" } + ["n"], rows: rows)
}

let arguments = CommandLine.arguments.dropFirst()
func counts(_ labels: [Int]) throws {
    let names = labels.indices.map { "d\($0)" }
    let data = try cells(labels, seed: 1)
    let table = try CellTable(data, name: "t", dimensions: names, value: "n", countsOnly: true)
    let report = try lap("\(labels) \(table.cells.count) cells") { try Mosaic.protect([table], rules: SensitivityRules(minimum: 3)) }
    print("  primary \(report.primary) secondary \(report.secondary) unprotected \(report.unprotected)")
}

switch arguments.first {
case "counts":
    try counts([30, 30])
    try counts([9, 9, 9])
    try counts([50, 60])
    try counts([100, 100])
default:
    print("mosaic-bench counts")
}
