/// A table of one record a row, each column as short codes into the list of its values.
public struct Microdata: Sendable {
    public let rows: Int
    public let columns: [Column]

    /// Refuses columns of unequal length and names that occur twice.
    public init(columns: [Column]) throws(MosaicRefused) {
        rows = columns.first?.codes.count ?? 0
        self.columns = columns
        guard columns.allSatisfy({ $0.codes.count == rows }) else {
            throw MosaicRefused(zh: "各列的行数不一致。", en: "The columns differ in length.")
        }
        var seen: Set<String> = []
        for column in columns where !seen.insert(column.name).inserted {
            throw MosaicRefused(zh: "列名“\(column.name)”出现了两次。", en: "The column name “\(column.name)” occurs twice.")
        }
    }

    /// A table from rows of text, for small tables and tests; nil is a missing value.
    public init(names: [String], rows: [[String?]]) throws(MosaicRefused) {
        var columns: [Column] = []
        for (place, name) in names.enumerated() {
            var cells: [String] = []
            for row in rows {
                guard row.count == names.count else {
                    throw MosaicRefused(zh: "各行的列数不一致。", en: "The rows differ in length.")
                }
                cells.append(row[place] ?? "")
            }
            columns.append(Column(name: name, cells: cells))
        }
        try self.init(columns: columns)
    }

    public subscript(name: String) -> Column? { columns.first { $0.name == name } }

    /// The columns of these names in this order. Refuses a name that the table lacks, and says which it has.
    public func columns(_ names: [String]) throws(MosaicRefused) -> [Column] {
        var found: [Column] = []
        for name in names {
            guard let column = self[name] else {
                let known = columns.map(\.name).joined(separator: ", ")
                throw MosaicRefused(
                    zh: "表中没有“\(name)”列；现有的列：\(known)。",
                    en: "The table has no column “\(name)”; it has: \(known)."
                )
            }
            if !found.contains(where: { $0.name == name }) { found.append(column) }
        }
        return found
    }

    /// The table with some rows left out; codes keep their meaning.
    public func keeping(_ keeps: [Bool]) -> Microdata {
        let kept = columns.map { column in
            var codes: [UInt32] = []
            codes.reserveCapacity(rows)
            for row in 0..<rows where keeps[row] { codes.append(column.codes[row]) }
            return column.with(codes: codes)
        }
        return Microdata(unchecked: kept, rows: kept.first?.codes.count ?? 0)
    }

    func dropping(_ name: String) -> Microdata {
        Microdata(unchecked: columns.filter { $0.name != name }, rows: rows)
    }

    func replacing(_ column: Column) -> Microdata {
        Microdata(unchecked: columns.map { $0.name == column.name ? column : $0 }, rows: rows)
    }

    private init(unchecked columns: [Column], rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

extension Microdata {
    /// One column: a code for each row, a value for each code.
    public struct Column: Sendable {
        public let name: String
        public let codes: [UInt32]
        public let values: Values
        /// The code of the missing value, if a row has it; every spelling of "missing" is one value.
        public let missing: UInt32?
        /// The number of each code, NaN for the missing value; nil if any value is not a plain number.
        public let numbers: [Double]?

        public var isNumeric: Bool { numbers != nil }

        public func text(_ row: Int) -> String { values[Int(codes[row])] }

        func with(codes: [UInt32]) -> Column {
            Column(name: name, codes: codes, values: values, missing: missing, numbers: numbers)
        }

        init(name: String, codes: [UInt32], values: Values, missing: UInt32?, numbers: [Double]?) {
            self.name = name
            self.codes = codes
            self.values = values
            self.missing = missing
            self.numbers = numbers
        }

        public init(name: String, cells: [String]) {
            var known: [String: UInt32] = [:]
            var values = Values()
            var codes: [UInt32] = []
            codes.reserveCapacity(cells.count)
            for cell in cells {
                if let code = known[cell] {
                    codes.append(code)
                } else {
                    let code = UInt32(values.count)
                    values.append(Array(cell.utf8))
                    known[cell] = code
                    codes.append(code)
                }
            }
            self = Column(name: name, raw: codes, values: values)
        }
    }

    /// Distinct texts, packed end to end.
    public struct Values: Sendable {
        private(set) var bytes: [UInt8] = []
        private(set) var ends: [Int] = []

        init() {}

        init(bytes: [UInt8], ends: [Int]) {
            self.bytes = bytes
            self.ends = ends
        }

        public var count: Int { ends.count }

        public subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

        func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

        mutating func append(_ value: [UInt8]) {
            bytes.append(contentsOf: value)
            ends.append(bytes.count)
        }
    }
}
