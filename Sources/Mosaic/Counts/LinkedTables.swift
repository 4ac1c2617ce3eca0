extension Mosaic {
    /// The tables of a catalogue that speak of the same cells, and so must be protected together.
    ///
    /// The total of all alone ties no tables together: every table has one.
    /// - Returns: the places of the tables, group by group in the order of the catalogue; a table that shares nothing is a group of one.
    public static func linked(_ tables: [CellTable]) -> [[Int]] {
        var parent = Array(tables.indices)
        func root(_ table: Int) -> Int {
            var root = table
            while parent[root] != root { root = parent[root] }
            return root
        }
        var holders: [CellKey: Int] = [:]
        for (index, table) in tables.enumerated() {
            for cell in table.cells {
                let key = table.key(cell)
                guard !key.conditions.isEmpty else { continue }
                if let other = holders[key] {
                    let (one, two) = (root(other), root(index))
                    // The smaller place leads, so the order is the catalogue's.
                    parent[max(one, two)] = min(one, two)
                } else {
                    holders[key] = index
                }
            }
        }
        var groups: [Int: [Int]] = [:]
        for index in tables.indices { groups[root(index), default: []].append(index) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
