/// For each class of equal quasi-identifiers, the rows among which it hides.
struct Crowds {
    let classes: Classes
    /// How many rows each class hides among, its own included.
    let sizes: [Int]
    /// Of each class the classes that its rows may be taken for; nil if each hides only in itself.
    let alike: [[UInt32]]?

    init(_ columns: [Microdata.Column], rows: Int, missing: Mosaic.Missing) {
        classes = Classes(columns, rows: rows)
        guard missing == .wildcard, columns.contains(where: { $0.missing != nil }) else {
            alike = nil
            sizes = classes.sizes.map(Int.init)
            return
        }
        let found = Self.alike(classes, columns)
        alike = found
        let own = classes.sizes
        sizes = found.map { $0.reduce(0) { $0 + Int(own[Int($1)]) } }
    }

    func diversity(of column: Microdata.Column) -> Diversity {
        var diversity = Diversity(column, rows: classes.of.count)
        var counts = [UInt32](repeating: 0, count: column.values.count)
        var starts = [Int](repeating: 0, count: classes.count + 1)
        for index in 0..<classes.count { starts[index + 1] = starts[index] + Int(classes.sizes[index]) }
        var next = starts
        let codes = [UInt32](unsafeUninitializedCapacity: classes.of.count) { buffer, filled in
            for row in 0..<classes.of.count {
                let group = Int(classes.of[row])
                buffer[next[group]] = column.codes[row]
                next[group] += 1
            }
            filled = classes.of.count
        }
        var seen: [UInt32] = []
        for group in 0..<classes.count {
            seen.removeAll(keepingCapacity: true)
            if let alike {
                for other in alike[group] { Self.count(codes[starts[Int(other)]..<starts[Int(other) + 1]], &counts, &seen) }
            } else {
                Self.count(codes[starts[group]..<starts[group + 1]], &counts, &seen)
            }
            diversity.add(seen[...], counts: counts, size: sizes[group])
            for code in seen { counts[Int(code)] = 0 }
        }
        return diversity
    }

    @inline(__always)
    private static func count(_ codes: ArraySlice<UInt32>, _ counts: inout [UInt32], _ seen: inout [UInt32]) {
        for code in codes {
            if counts[Int(code)] == 0 { seen.append(code) }
            counts[Int(code)] += 1
        }
    }

    /// Two classes are alike if they agree wherever neither has a missing value.
    private static func alike(_ classes: Classes, _ columns: [Microdata.Column]) -> [[UInt32]] {
        let rows = classes.representatives()
        var masks: [UInt64: [UInt32]] = [:]
        for (group, row) in rows.enumerated() {
            var mask: UInt64 = 0
            for (index, column) in columns.enumerated() where column.codes[Int(row)] == column.missing { mask |= 1 << UInt64(index) }
            masks[mask, default: []].append(UInt32(group))
        }
        var found = [[UInt32]](repeating: [], count: classes.count)
        let ordered = masks.sorted { $0.key < $1.key }
        for (mine, own) in ordered {
            for (theirs, others) in ordered {
                let kept = columns.indices.filter { (mine | theirs) & (1 << UInt64($0)) == 0 }.map { columns[$0] }
                var index: [[UInt32]: [UInt32]] = [:]
                for other in others { index[kept.map { $0.codes[Int(rows[Int(other)])] }, default: []].append(other) }
                for group in own { found[Int(group)] += index[kept.map { $0.codes[Int(rows[Int(group)])] }] ?? [] }
            }
        }
        return found
    }
}
