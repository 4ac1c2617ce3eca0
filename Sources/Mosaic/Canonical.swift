/// One spelling for values that people write in several ways, so that tables match as their readers would match them.
enum Canonical {
    /// Without outer blanks, full-width forms folded, ASCII letters small, numbers in one spelling, missing values empty.
    static func text(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3000, 0xA0: scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            default: scalars.append(scalar)
            }
        }
        var bytes = Array(String(scalars).utf8)
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        if let start = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) { bytes.removeFirst(start) }
        for place in bytes.indices where bytes[place] >= 0x41 && bytes[place] <= 0x5A { bytes[place] += 0x20 }
        let folded = String(decoding: bytes, as: UTF8.self)
        if Microdata.Column.missingMarks.contains(folded) { return "" }
        guard let number = bytes.withUnsafeBufferPointer({ PlainNumber.parse($0) }) else { return folded }
        return number.isCanonical ? folded : PlainNumber.spelling(number.value)
    }
}

extension PlainNumber {
    static func spelling(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
        return "\(value)"
    }
}

/// The new table with one code for each canonical value, and the way from a value to its code.
struct AlignedTable {
    struct Column {
        let data: Microdata.Column
        let index: [String: UInt32]
        /// A change of this column that an attacker can apply to the earlier table as well (bands, prefixes, rounding).
        let view: Recoding?
        let ranges: [ValueRange]
    }

    private(set) var rows: Int
    private(set) var columns: [String: Column] = [:]
    private(set) var names: [String]

    init(_ table: Microdata) {
        rows = table.rows
        names = table.columns.map(\.name)
        for column in table.columns { columns[column.name] = Self.align(column, view: nil) }
    }

    mutating func replace(_ column: Microdata.Column, view: Recoding?) { columns[column.name] = Self.align(column, view: view) }

    mutating func drop(_ name: String) {
        names.removeAll { $0 == name }
        columns[name] = nil
    }

    /// Codes keep their meaning.
    mutating func keep(_ keeps: [Bool]) {
        let kept = keeps.indices.filter { keeps[$0] }
        for (name, column) in columns {
            let codes = kept.map { column.data.codes[$0] }
            columns[name] = Column(data: column.data.with(codes: codes), index: column.index, view: column.view, ranges: column.ranges)
        }
        rows = kept.count
    }

    private static func align(_ column: Microdata.Column, view: Recoding?) -> Column {
        var index: [String: UInt32] = [:]
        index.reserveCapacity(column.values.count)
        var values = Microdata.Values()
        var recode = [UInt32](repeating: 0, count: column.values.count)
        for code in 0..<column.values.count {
            let text = UInt32(code) == column.missing ? "" : Canonical.text(column.values[code])
            if let known = index[text] {
                recode[code] = known
            } else {
                recode[code] = UInt32(values.count)
                index[text] = UInt32(values.count)
                values.append(Array(text.utf8))
            }
        }
        let isSame = values.count == column.values.count
        let data = Microdata.Column(
            name: column.name,
            codes: isSame ? column.codes : column.codes.map { recode[Int($0)] },
            values: values,
            missing: index[""],
            numbers: nil
        )
        return Column(data: data, index: index, view: view, ranges: ValueRange.all(values))
    }
}

/// What a value of a generalised column covers.
enum ValueRange: Hashable {
    case exact
    case any
    case numbers(Double, Double)
    case prefix(String)

    /// Empty if every value stands for itself. Ranges count only where they are most of the column: 010-12345 is a telephone number.
    static func all(_ values: Microdata.Values) -> [ValueRange] {
        guard values.count <= 100_000 else { return [] }
        var ranges: [ValueRange] = []
        var (numbers, other, found) = (0, 0, false)
        for code in 0..<values.count {
            let range = of(values[code])
            ranges.append(range)
            switch range {
            case .exact: other += PlainRange.number(values[code]) == nil ? 1 : 0
            case .numbers: (numbers, found) = (numbers + 1, true)
            default: found = true
            }
        }
        guard found else { return [] }
        if numbers <= other { ranges = ranges.map { if case .numbers = $0 { .exact } else { $0 } } }
        return ranges.allSatisfy { $0 == .exact } ? [] : ranges
    }

    static func of(_ text: String) -> ValueRange {
        if text.isEmpty || text == "*" { return .any }
        if text.hasSuffix("*") {
            let kept = text.prefix { $0 != "*" }
            return kept.isEmpty ? .any : .prefix(String(kept))
        }
        if let range = PlainRange.parse(text) { return .numbers(range.0, range.1) }
        return .exact
    }

    func meets(_ other: ValueRange, _ mine: String, _ theirs: String) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any): return true
        case (.exact, .exact): return mine == theirs
        case (.numbers(let low, let high), .numbers(let from, let to)): return low <= to && from <= high
        case (.numbers(let low, let high), .exact): return PlainRange.number(theirs).map { $0 >= low && $0 <= high } ?? (mine == theirs)
        case (.exact, .numbers(let low, let high)): return PlainRange.number(mine).map { $0 >= low && $0 <= high } ?? (mine == theirs)
        case (.prefix(let start), .exact): return theirs.hasPrefix(start)
        case (.exact, .prefix(let start)): return mine.hasPrefix(start)
        case (.prefix(let one), .prefix(let two)): return one.hasPrefix(two) || two.hasPrefix(one)
        case (.prefix, .numbers), (.numbers, .prefix): return true
        }
    }
}

/// Ranges as tables write them: 20-29, 20~29, [1, 83[, >=65, 65+, <20.
enum PlainRange {
    static func number(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { PlainNumber.parse($0)?.value } }

    static func parse(_ text: String) -> (Double, Double)? {
        guard let first = text.unicodeScalars.first, "[(]<>≤≥0123456789".unicodeScalars.contains(first) else { return nil }
        if text.hasPrefix(">=") || text.hasPrefix("≥") { return tail(text, text.hasPrefix("≥") ? 1 : 2).map { ($0, .infinity) } }
        if text.hasPrefix("<=") || text.hasPrefix("≤") { return tail(text, text.hasPrefix("≤") ? 1 : 2).map { (-.infinity, $0) } }
        if text.hasPrefix(">") { return tail(text, 1).map { ($0.nextUp, .infinity) } }
        if text.hasPrefix("<") { return tail(text, 1).map { (-.infinity, $0.nextDown) } }
        if text.hasSuffix("+") { return number(String(text.dropLast())).map { ($0, .infinity) } }
        let opens = "[(]".contains(text.first ?? " ")
        let body = opens ? String(text.dropFirst().dropLast()) : text
        let marks: [Character] = opens ? [",", ";"] : ["-", "~", "–", "—"]
        guard let cut = body.dropFirst().firstIndex(where: marks.contains) else { return nil }
        guard let low = number(String(body[..<cut])), let high = number(String(body[body.index(after: cut)...])), low <= high else {
            return nil
        }
        // "[1, 83[" leaves out 83; "(1, 83]" leaves out 1.
        let isOpenLow = opens && (text.first == "(" || text.first == "]")
        let isOpenHigh = opens && (text.last == ")" || text.last == "[")
        return (isOpenLow ? low.nextUp : low, isOpenHigh ? high.nextDown : high)
    }

    private static func tail(_ text: String, _ count: Int) -> Double? { number(String(text.dropFirst(count)).trimmed) }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
