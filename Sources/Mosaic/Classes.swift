/// The rows of a table grouped by equal codes in some columns, numbered in order of first appearance.
struct Classes {
    /// The class of each row.
    let of: [UInt32]
    /// How many rows each class has.
    let sizes: [UInt32]

    var count: Int { sizes.count }

    init(_ columns: [Microdata.Column], rows: Int) {
        var codes = columns.map { (codes: $0.codes, count: max($0.values.count, 1)) }
        guard !codes.isEmpty else {
            of = [UInt32](repeating: 0, count: rows)
            sizes = rows == 0 ? [] : [UInt32(rows)]
            return
        }
        while true {
            var taken = 0
            var bits = 0
            while taken < codes.count, bits + Self.width(codes[taken].count) <= 64 {
                bits += Self.width(codes[taken].count)
                taken += 1
            }
            let grouped = Self.group(Array(codes[..<taken]), bits: bits, rows: rows)
            if taken == codes.count {
                (of, sizes) = grouped
                return
            }
            codes.replaceSubrange(..<taken, with: [(grouped.0, max(grouped.1.count, 1))])
        }
    }

    /// One row of each class, the first.
    func representatives() -> [UInt32] {
        var first = [UInt32](repeating: .max, count: count)
        for (row, group) in of.enumerated() where first[Int(group)] == .max { first[Int(group)] = UInt32(row) }
        return first
    }

    /// The rows in order of their classes, and where each class begins (one more at the end).
    func ordered() -> (rows: [UInt32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for index in 0..<count { starts[index + 1] = starts[index] + Int(sizes[index]) }
        var next = starts
        let rows = [UInt32](unsafeUninitializedCapacity: of.count) { buffer, filled in
            for row in 0..<of.count {
                let group = Int(of[row])
                buffer[next[group]] = UInt32(truncatingIfNeeded: row)
                next[group] += 1
            }
            filled = of.count
        }
        return (rows, starts)
    }

    private static func width(_ count: Int) -> Int { count <= 1 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount }

    /// Packs the codes of a row into one key; a key of up to 22 bits is an index, a longer one is hashed.
    private static func group(_ columns: [(codes: [UInt32], count: Int)], bits: Int, rows: Int) -> ([UInt32], [UInt32]) {
        let keys = [UInt64](unsafeUninitializedCapacity: rows) { buffer, filled in
            for (index, column) in columns.enumerated() {
                let shift = UInt64(width(column.count))
                column.codes.withUnsafeBufferPointer { codes in
                    if index == 0 {
                        for row in 0..<rows { buffer[row] = UInt64(codes[row]) }
                    } else {
                        for row in 0..<rows { buffer[row] = buffer[row] &<< shift | UInt64(codes[row]) }
                    }
                }
            }
            filled = rows
        }
        var sizes: [UInt32] = []
        var indexed = [UInt32](repeating: 0, count: bits <= 22 ? 1 << bits : 0)
        var table = KeyTable(expecting: bits <= 22 ? 0 : 1024)
        let of = [UInt32](unsafeUninitializedCapacity: rows) { buffer, filled in
            for row in 0..<rows {
                let group: UInt32
                if bits <= 22 {
                    let known = indexed[Int(keys[row])]
                    group = known == 0 ? UInt32(sizes.count) : known - 1
                    if known == 0 { indexed[Int(keys[row])] = group + 1 }
                } else {
                    group = table.index(of: keys[row])
                }
                if group == sizes.count { sizes.append(1) } else { sizes[Int(group)] += 1 }
                buffer[row] = group
            }
            filled = rows
        }
        return (of, sizes)
    }
}

/// Numbers 64-bit keys in order of first appearance, by open addressing.
struct KeyTable {
    private(set) var keys: [UInt64] = []
    private var slots: [UInt32]
    private var mask: Int

    init(expecting count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        mask = size - 1
    }

    var count: Int { keys.count }

    /// The number of the key, a new one if it was not seen.
    @inline(__always)
    mutating func index(of key: UInt64) -> UInt32 {
        var slot = Int(truncatingIfNeeded: ColumnBuilder.mix(key)) & mask
        while slots[slot] != 0 {
            if keys[Int(slots[slot]) - 1] == key { return slots[slot] - 1 }
            slot = (slot + 1) & mask
        }
        keys.append(key)
        slots[slot] = UInt32(keys.count)
        if keys.count * 2 > mask { grow() }
        return UInt32(keys.count - 1)
    }

    /// The number of the key if it was seen.
    @inline(__always)
    func find(_ key: UInt64) -> UInt32? {
        var slot = Int(truncatingIfNeeded: ColumnBuilder.mix(key)) & mask
        while slots[slot] != 0 {
            if keys[Int(slots[slot]) - 1] == key { return slots[slot] - 1 }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func grow() {
        let size = (mask + 1) * 4
        mask = size - 1
        slots = [UInt32](repeating: 0, count: size)
        for (index, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: ColumnBuilder.mix(key)) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }
}
