/// Linking by what is no quasi-identifier (a case number, an exact amount), where the earlier table adds quasi-identifiers that the new one lacks.
extension Attack {
    mutating func extend(_ release: EarlierRelease, _ number: Int, _ translations: Translations) {
        let added = quasi.filter { new.columns[$0] == nil && release.table[$0] != nil }
        guard !added.isEmpty else { return }
        let shared = new.names.filter { release.table[$0] != nil }
        let keys = shared.filter { name in quasi.contains(name) || isKeyLike(name) }
        // First by identifiers alone, then by everything that both tables have.
        var tried: Set<[String]> = []
        for by in [keys, shared] where !by.isEmpty && by.contains(where: { !quasi.contains($0) }) && tried.insert(by).inserted {
            extend(release, number, by: by, added: added, translations)
        }
    }

    private func isKeyLike(_ name: String) -> Bool {
        guard let column = new.columns[name]?.data else { return false }
        return column.values.count * 2 > new.rows
    }

    private mutating func extend(
        _ release: EarlierRelease,
        _ number: Int,
        by: [String],
        added: [String],
        _ translations: Translations
    ) {
        let columns = by.compactMap { new.columns[$0] }
        let earlier = by.compactMap { release.table[$0] }
        var tuples = TupleIndex(width: by.count)
        let codes = columns.map(\.data.codes)
        let groups = (0..<new.rows).map { tuples.index(codes, row: $0) }
        let maps = zip(earlier, columns).map { translations.way(number, $0, to: $1).codes }
        let extra = Classes(added.compactMap { release.table[$0] }, rows: release.table.rows)
        // A group's signature stands for the set of added values that its rows may have.
        var signature = [UInt64](repeating: 0, count: tuples.count)
        var seen: Set<UInt64> = []
        for row in 0..<release.table.rows {
            guard let group = tuples.find(earlier.map(\.codes), maps, row: row) else { continue }
            let value = UInt64(extra.of[row])
            if seen.insert(UInt64(group) << 32 | value).inserted {
                signature[Int(group)] &+= ColumnBuilder.mix(value &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number + 1)) | 1
            }
        }
        var table = KeyTable(expecting: 1024)
        var codesOfSignature = KeyTable(expecting: 1024)
        let before = refined ?? crowds.classes.of
        var isLinked = [Bool](repeating: false, count: new.rows)
        let own = (0..<new.rows).map { row -> UInt32 in
            let mark = signature[Int(groups[row])]
            isLinked[row] = mark != 0
            return table.index(of: UInt64(crowds.classes.of[row]) << 32 | UInt64(codesOfSignature.index(of: mark)))
        }
        let outcome = assess(own, count: table.count, isLinked)
        add(.linkage, with: [release.name], by: by, outcome.counts, columns: outcome.columns)
        var both = KeyTable(expecting: 1024)
        let joined = (0..<new.rows).map { both.index(of: UInt64(before[$0]) << 32 | UInt64(own[$0])) }
        if refined != nil { _ = assess(joined, count: both.count, isLinked) }
        refined = joined
    }

    /// Flags the linked rows by the parts they fall in.
    private mutating func assess(_ parts: [UInt32], count: Int, _ isLinked: [Bool]) -> (counts: ReleaseCheck.Counts, columns: [String]) {
        var sizes = [Int](repeating: 0, count: count)
        for part in parts { sizes[Int(part)] += 1 }
        var counts = ReleaseCheck.Counts()
        var columns: [String] = []
        var certain = [Bool](repeating: false, count: new.rows)
        for name in sensitive {
            guard let column = new.columns[name]?.data else { continue }
            var value = [UInt32](repeating: .max, count: count)
            var isMixed = [Bool](repeating: false, count: count)
            for row in 0..<new.rows {
                let part = Int(parts[row])
                if value[part] == .max { value[part] = column.codes[row] } else if value[part] != column.codes[row] { isMixed[part] = true }
            }
            var any = false
            for row in 0..<new.rows where isLinked[row] && !isMixed[Int(parts[row])] && column.codes[row] != column.missing {
                certain[row] = true
                any = true
            }
            if any { columns.append(name) }
        }
        for row in 0..<new.rows where isLinked[row] {
            let size = sizes[Int(parts[row])]
            if size == 1 { counts.unique += 1 }
            if size < k { counts.belowK += 1 }
            if certain[row] { counts.certain += 1 }
            flags[row] |= (size == 1 ? 1 : 0) | (size < k ? 2 : 0) | (certain[row] ? 4 : 0)
        }
        return (counts, columns)
    }
}
