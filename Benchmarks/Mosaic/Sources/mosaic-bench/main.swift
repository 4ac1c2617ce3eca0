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

/// Tables over every choice of `width` of 8 dimensions with 10 labels, all totals printed, counts below 3 and some others hidden.
struct Catalogue {
    private var records: [[Int]] = []
    private var state: UInt64 = 4

    init(people: Int) {
        for _ in 0..<people { records.append((0..<8).map { _ in min(roll(11), roll(14)) % 10 }) }
    }

    private mutating func roll(_ sides: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % sides)
    }

    func table(_ dimensions: [Int], hidesOne oneIn: Int) throws -> CellTable {
        var counts = [Int](repeating: 0, count: dimensions.reduce(1) { size, _ in size * 11 })
        let strides = dimensions.indices.map { index in (0..<index).reduce(1) { stride, _ in stride * 11 } }
        for record in records {
            for mask in 0..<(1 << dimensions.count) {
                var crossing = 0
                for (index, dimension) in dimensions.enumerated() {
                    crossing += (mask >> index & 1 == 1 ? 10 : record[dimension]) * strides[index]
                }
                counts[crossing] += 1
            }
        }
        let columns = dimensions.enumerated().map { index, dimension in
            Microdata.Column(
                name: "d\(dimension)",
                cells: counts.indices.map { crossing in
                    let label = crossing / strides[index] % 11
                    return label == 10 ? "合计" : "label \(label)"
                }
            )
        }
        let values = counts.enumerated().map { crossing, count in
            (count > 0 && count < 3) || (crossing &* 2_654_435_761) % oneIn == 0 ? "*" : "\(count)"
        }
        let data = try Microdata(columns: columns + [Microdata.Column(name: "n", cells: values)])
        let names = dimensions.map { "d\($0)" }
        return try CellTable(data, name: names.joined(separator: "×"), dimensions: names, value: "n", countsOnly: true)
    }
}

func choices(_ width: Int, of all: Range<Int>) -> [[Int]] {
    guard width > 0 else { return [[]] }
    return all.flatMap { first in choices(width - 1, of: (first + 1)..<all.upperBound).map { [first] + $0 } }
}

switch arguments.first {
case "counts":
    try counts([30, 30])
    try counts([9, 9, 9])
    try counts([50, 60])
    try counts([100, 100])
case "difference":
    let catalogue = Catalogue(people: 200_000)
    let tables = try choices(4, of: 0..<8).map { try catalogue.table($0, hidesOne: 40) }
    var out = PublishedCells()
    lap("index of \(tables.reduce(0) { $0 + $1.cells.count }) cells in \(tables.count) tables") {
        for table in tables { out.add(table) }
    }
    let new = try catalogue.table([0, 1, 2], hidesOne: 8)
    for _ in 0..<3 {
        let found = try lap("difference of \(new.cells.count) cells") { try Mosaic.difference(new, against: out) }
        print("  hidden \(found.hidden) disclosed \(found.disclosed.count) narrow \(found.narrow.count) small \(found.small.count)")
        print("  limits \(found.limits.map(\.en))")
    }
default:
    print("mosaic-bench counts | difference")
}
