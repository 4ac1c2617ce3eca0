/// Numbers tuples of codes in order of first appearance, whatever their length.
struct TupleIndex {
    private var tables: [KeyTable]
    private(set) var count = 0

    init(width: Int) { tables = (0..<max(width, 1)).map { _ in KeyTable(expecting: 64) } }

    @inline(__always)
    mutating func index(_ columns: [[UInt32]], row: Int) -> UInt32 {
        var id: UInt32 = 0
        for place in columns.indices { id = tables[place].index(of: UInt64(id) << 32 | UInt64(columns[place][row])) }
        count = columns.isEmpty ? 1 : tables[columns.count - 1].count
        return id
    }

    /// Nil if the tuple was never numbered. `translations` lead from the codes of another table; `.max` is a value unknown here.
    @inline(__always)
    func find(_ columns: [[UInt32]], _ translations: [[UInt32]], row: Int) -> UInt32? {
        var id: UInt32 = 0
        for place in columns.indices {
            let code = translations[place][Int(columns[place][row])]
            if code == .max { return nil }
            guard let next = tables[place].find(UInt64(id) << 32 | UInt64(code)) else { return nil }
            id = next
        }
        return columns.isEmpty && count == 0 ? nil : id
    }
}
