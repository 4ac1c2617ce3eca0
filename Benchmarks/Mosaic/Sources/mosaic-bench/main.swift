import Foundation
import Mosaic

/// Does one piece of work, and says what CPU time and what time it took.
func lap<T>(_ name: String, _ work: () throws -> T) rethrows -> T {
    let (start, used) = (ContinuousClock.now, clock())
    let result = try work()
    let seconds = Double(clock() - used) / Double(CLOCKS_PER_SEC)
    print("\(name): CPU \(String(format: "%.3f", seconds)) s, \(ContinuousClock.now - start)")
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

/// Rows like those of a census extract: five columns that outsiders may know, and a salary class.
struct Extract {
    static let names = ["age", "education", "occupation", "race", "sex", "salary"]
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func roll(_ sides: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % sides)
    }

    mutating func row() -> [String] {
        let age = 17 + min(roll(74), roll(74))
        return [
            "\(age)", "education \(min(roll(16), roll(16)))", "occupation \(roll(14))", "race \(min(roll(5), roll(5)))",
            roll(2) == 0 ? "Female" : "Male", roll(4) == 0 ? ">50K" : "<=50K",
        ]
    }

    static func write(_ rows: Int, to file: String, seed: UInt64, columns: [Int]) throws {
        var extract = Extract(seed: seed)
        var text = columns.map { names[$0] }.joined(separator: ",") + "\n"
        for _ in 0..<rows {
            let row = extract.row()
            text += columns.map { row[$0] }.joined(separator: ",") + "\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
}

/// The greatest resident memory so far.
func peak() -> String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }.map(String.init) ?? ""
}

let quasi = Array(Extract.names.prefix(5))

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
case "data":
    let words = Array(arguments.dropFirst())
    try Extract.write(Int(words[1]) ?? 1_000_000, to: words[0], seed: 1, columns: Array(0..<6))
case "releases":
    let folder = Array(arguments)[1]
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for index in 0..<200 {
        let kept = (0..<5).filter { (index * 7 + $0 * 3) % 5 < 2 + index % 3 }
        try Extract.write(5_000, to: "\(folder)/\(index).csv", seed: UInt64(index + 1), columns: kept + [5])
    }
case "measure":
    let table = try lap("read") { try CSV.read(file: Array(arguments)[1]) }
    let measures = try lap("measure") { try Mosaic.measure(table, quasi: quasi, sensitive: ["salary"]) }
    print("rows \(measures.rows) classes \(measures.classes) k \(measures.k) t \(measures.t ?? 0)  \(peak())")
case "sets":
    let table = try CSV.read(file: Array(arguments)[1])
    let sets = try lap("every column set") { try Mosaic.columnSets(table, quasi: Extract.names) }
    print("\(sets.count) sets  \(peak())")
case "suda":
    let table = try CSV.read(file: Array(arguments)[1])
    print(try lap("special uniques") { try Mosaic.specialUniques(table, quasi: Extract.names).summary })
case "check":
    let words = Array(arguments)
    let table = try lap("read") { try CSV.read(file: words[1]) }
    let files = try FileManager.default.contentsOfDirectory(atPath: words[2]).sorted()
    let earlier = try lap("read \(files.count) releases") {
        try files.map { EarlierRelease(name: $0, table: try CSV.read(file: words[2] + "/" + $0)) }
    }
    let check = try lap("check") { try Mosaic.check(table, against: earlier, quasi: quasi, sensitive: ["salary"], k: 5, cures: false) }
    print("unique \(check.unique) belowK \(check.belowK) certain \(check.certain) with \(check.with.count)  \(peak())")
default:
    print("mosaic-bench counts | difference | data FILE ROWS | releases FOLDER | measure FILE | sets FILE | suda FILE | check FILE FOLDER")
}
