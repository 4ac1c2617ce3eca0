/// How the rows of a file become cells.
public struct CellReading: Sendable {
    public enum Rows: Sendable, Hashable {
        /// A row is a cell with its value; totals are rows of their own.
        case cells
        /// A row is one subject, or one amount of a subject; all totals are counted.
        case records
    }

    public var rows: Rows
    /// The column that names the subject of a record; without it each record is another subject.
    public var subject: String?
    /// The column that says how many subjects stand behind a cell.
    public var subjects: String?
    /// The columns that hold the largest contributions to a cell.
    public var largest: [String]
    /// The label of a dimension that means "all", where it is none of the usual words.
    public var totals: [String: String]
    /// For a dimension, the larger group that each label is part of.
    public var groups: [String: [String: String]]

    public init(
        rows: Rows = .cells,
        subject: String? = nil,
        subjects: String? = nil,
        largest: [String] = [],
        totals: [String: String] = [:],
        groups: [String: [String: String]] = [:]
    ) {
        self.rows = rows
        self.subject = subject
        self.subjects = subjects
        self.largest = largest
        self.totals = totals
        self.groups = groups
    }
}

extension CellTable {
    /// - Parameters:
    ///   - value: the column of counts or amounts; nil for records that are only counted.
    ///   - countsOnly: the values are numbers of subjects.
    /// - Throws: `MosaicRefused` for columns that the table lacks, values that are no numbers, cells named twice.
    public init(
        _ table: Microdata,
        name: String,
        dimensions: [String],
        value: String?,
        reading: CellReading = CellReading(),
        countsOnly: Bool
    ) throws(MosaicRefused) {
        guard !dimensions.isEmpty else { throw MosaicRefused(zh: "请指明各维度列。", en: "Name the dimensions.") }
        guard Set(dimensions).count <= Group.most else {
            throw MosaicRefused(zh: "维度最多 \(Group.most) 个。", en: "A table has at most \(Group.most) dimensions.")
        }
        guard table.rows > 0 else { throw MosaicRefused(zh: "表中没有数据行。", en: "The table has no rows.") }
        let columns = try table.columns(dimensions)
        let valueColumn = try value.map { (name) throws(MosaicRefused) in try CellNumbers(table.columns([name])[0]) }
        switch reading.rows {
        case .cells:
            guard let valueColumn else { throw MosaicRefused(zh: "请指明数值列。", en: "Name the column of values.") }
            let largest = try CellNumbers.all(try table.columns(reading.largest))
            let subjects = try reading.subjects.map { (name) throws(MosaicRefused) in try CellNumbers(table.columns([name])[0]) }
            try self.init(
                cells: (name, columns, [valueColumn] + largest),
                subjects: subjects,
                reading: reading,
                countsOnly: countsOnly
            )
        case .records:
            let subject = try reading.subject.map { (name) throws(MosaicRefused) in try table.columns([name])[0] }
            try self.init(records: (name, columns, valueColumn), subject: subject, rows: table.rows, reading: reading)
        }
    }

    private init(
        cells: (name: String, columns: [Microdata.Column], numbers: [CellNumbers]),
        subjects: CellNumbers?,
        reading: CellReading,
        countsOnly: Bool
    ) throws(MosaicRefused) {
        let found = cells.columns.map { LabelColumn($0, reading, addsTotal: false) }
        let scale = cells.numbers.map(\.scale).max() ?? 1
        let values = cells.numbers[0]
        guard !countsOnly || values.scale == 1 else {
            throw MosaicRefused(zh: "“\(values.name)”列有小数，不是人数或件数。", en: "The column “\(values.name)” has decimals: these are no counts.")
        }
        var seen: Set<[Int]> = []
        var read: [Cell] = []
        for row in 0..<cells.columns[0].codes.count {
            let place = found.map { $0.label(row) }
            guard seen.insert(place).inserted else {
                let words = zip(found, place).map { "\($0.dimension.name)=\($0.dimension.labels[$1])" }.joined(separator: ", ")
                throw MosaicRefused(
                    zh: "单元格（\(words)）出现了两次：请列全维度，或说明每行是一条记录。",
                    en: "The cell (\(words)) stands twice: name every dimension, or say that rows are records."
                )
            }
            let value = values.value(row, scale)
            guard !countsOnly || (value ?? 0) >= 0 else {
                throw MosaicRefused(zh: "“\(values.name)”列有负数，不是人数或件数。", en: "The column “\(values.name)” has a count below zero.")
            }
            var contributions: [Contribution] = []
            for (rank, column) in cells.numbers.dropFirst().enumerated() {
                // No two cells can be told to share a subject from this.
                let subject = row * cells.numbers.count + rank
                if let amount = column.value(row, scale) { contributions.append(.init(subject: subject, amount: amount)) }
            }
            contributions.sort { $0.amount > $1.amount }
            let count = subjects?.value(row, 1).map(Int.init)
            read.append(
                Cell(place: place, value: value, atMost: values.bound(row, scale), subjects: count, contributions: contributions)
            )
        }
        self.init(name: cells.name, dimensions: found.map(\.dimension), cells: read, scale: scale, holdsCounts: countsOnly)
    }

    private init(
        records: (name: String, columns: [Microdata.Column], value: CellNumbers?),
        subject: Microdata.Column?,
        rows: Int,
        reading: CellReading
    ) throws(MosaicRefused) {
        let found = records.columns.map { LabelColumn($0, reading, addsTotal: true) }
        let scale = records.value?.scale ?? 1
        for label in found where label.holdsTotal {
            throw MosaicRefused(
                zh: "“\(label.dimension.name)”列已有合计行：这是单元格表，不是记录表。",
                en: "The column “\(label.dimension.name)” has a total: rows are cells, not records."
            )
        }
        var sums: [[Int]: [Int: Int64]] = [:]
        for row in 0..<rows {
            var amount: Int64 = 1
            if let value = records.value {
                guard let number = value.value(row, scale) else {
                    throw MosaicRefused(zh: "第 \(row + 1) 条记录没有数值。", en: "Record \(row + 1) has no value.")
                }
                amount = number
            }
            let who = subject.map { Int($0.codes[row]) } ?? row
            for place in Self.crossings(found.map { $0.chain(row) }) {
                if records.value == nil {
                    sums[place, default: [:]][who] = 1
                } else {
                    sums[place, default: [:]][who, default: 0] += amount
                }
            }
        }
        let holdsCounts = records.value == nil
        let cells = sums.map { place, amounts in
            Cell(
                place: place,
                value: amounts.values.reduce(0, +),
                atMost: nil,
                subjects: amounts.count,
                contributions: holdsCounts
                    ? []
                    : amounts.map { Contribution(subject: $0, amount: $1) }.sorted { ($1.amount, $0.subject) < ($0.amount, $1.subject) }
            )
        }
        let ordered = cells.sorted { $0.place.lexicographicallyPrecedes($1.place) }
        self.init(name: records.name, dimensions: found.map(\.dimension), cells: ordered, scale: scale, holdsCounts: holdsCounts)
    }

    /// Every way of taking one of each.
    private static func crossings(_ chains: [[Int]]) -> [[Int]] {
        chains.reduce([[]]) { places, chain in places.flatMap { place in chain.map { place + [$0] } } }
    }
}

/// A column of labels: which mean "all", which are groups of others.
private struct LabelColumn {
    let dimension: CellTable.Dimension
    /// The label of each code.
    private let labels: [Int]
    private let codes: [UInt32]
    let holdsTotal: Bool

    init(_ column: Microdata.Column, _ reading: CellReading, addsTotal: Bool) {
        let named = reading.totals[column.name]
        var names: [String] = []
        var places: [String: Int] = [:]
        var labels: [Int] = []
        func place(_ name: String) -> Int {
            if let place = places[name] { return place }
            names.append(name)
            places[name] = names.count - 1
            return names.count - 1
        }
        var total: Int?
        for code in 0..<column.values.count {
            let name = column.values[code].withoutEdges
            let label: Int
            if named.map({ $0 == name }) ?? TotalLabel.stands(for: name) {
                // Two spellings of "all" are one label.
                label = total ?? place(name)
                total = label
            } else {
                label = place(name)
            }
            labels.append(label)
        }
        holdsTotal = addsTotal && total != nil
        let groups = reading.groups[column.name] ?? [:]
        if addsTotal {
            total = total ?? place(named ?? "合计")
            for name in groups.values.sorted() where !TotalLabel.stands(for: name) { _ = place(name) }
        }
        dimension = CellTable.Dimension(name: column.name, labels: names, total: total, parents: groups)
        self.labels = labels
        codes = column.codes
    }

    func label(_ row: Int) -> Int { labels[Int(codes[row])] }

    /// The label of the row and every larger group around it.
    func chain(_ row: Int) -> [Int] {
        var chain = [label(row)]
        while let last = chain.last, let parent = dimension.parents[last], !chain.contains(parent) { chain.append(parent) }
        return chain
    }
}

/// A column of cell values, as whole numbers of units.
struct CellNumbers {
    let name: String
    /// Units of one that this column needs.
    let scale: Int64
    private let values: [CellValue]
    private let codes: [UInt32]

    init(_ column: Microdata.Column) throws(MosaicRefused) {
        name = column.name
        var decimals = 0
        var values: [CellValue] = []
        for code in 0..<column.values.count {
            let value = CellValue(column.values[code])
            if case .number(_, let more) = value { decimals = max(decimals, more) }
            if value == .unreadable {
                throw MosaicRefused(
                    zh: "“\(column.name)”列中的“\(column.values[code])”不是数值。",
                    en: "“\(column.values[code])” in the column “\(column.name)” is no number."
                )
            }
            values.append(value)
        }
        guard decimals <= 6 else {
            throw MosaicRefused(zh: "“\(column.name)”列的小数超过六位。", en: "The column “\(column.name)” has more than six decimals.")
        }
        self.values = values
        codes = column.codes
        scale = CellValue.power(decimals)
    }

    static func all(_ columns: [Microdata.Column]) throws(MosaicRefused) -> [CellNumbers] {
        var numbers: [CellNumbers] = []
        for column in columns { numbers.append(try CellNumbers(column)) }
        return numbers
    }

    func value(_ row: Int, _ scale: Int64) -> Int64? {
        guard case .number(let digits, let decimals) = values[Int(codes[row])] else { return nil }
        return digits * (scale / CellValue.power(decimals))
    }

    func bound(_ row: Int, _ scale: Int64) -> Int64? {
        guard case .hidden(let bound) = values[Int(codes[row])] else { return nil }
        return bound.map { $0 * scale }
    }
}
