/// One table that is out, laid out so that a group of subjects is found in it at once.
struct PublishedTable {
    let name: String
    /// The dimensions by number, as the table has them.
    let dimensions: [Int]
    /// For each dimension its labels by number, in the table's order; -1 is "all".
    let labels: [[Int]]
    /// For each dimension the place of each label.
    private let places: [[Int32]]
    let shape: [CellTable.Dimension]
    /// For each dimension and label, the labels that it is the sum of.
    let children: [[[Int]]]
    /// For each dimension the labels that are parts of all, whether a total is printed or not.
    let tops: [[Int]]
    /// For each dimension and label, itself and all groups around it.
    private let chains: [[Set<Int>]]
    /// No label but the total is a group of others.
    private let isFlat: [Bool]
    private let strides: [Int]
    /// The cell at each crossing, -1 where none stands; or sparse, where most are empty.
    private let dense: [Int32]
    private let sparse: [Int: Int32]
    private let values: [Int64]
    private let atMost: [Int: Int64]
    /// Crossings whose row was left out although somebody is there: the total says so.
    private let omitted: Set<Int>
    /// Cells of the finest labels that are hidden.
    private let hiddenPlaces: [[Int]]
    let cells: Int
    let scale: Int64
    let holdsCounts: Bool

    static let all = -1
    private static let hiddenMark = Int64.min

    init(_ table: CellTable, dimensions: [Int], labels: [[Int]]) {
        name = table.name
        shape = table.dimensions
        self.dimensions = dimensions
        self.labels = labels
        scale = table.scale
        holdsCounts = table.holdsCounts
        cells = table.cells.count
        places = labels.map { own in
            var places = [Int32](repeating: -1, count: (own.max() ?? -1) + 1)
            for (place, label) in own.enumerated() where label >= 0 { places[label] = Int32(place) }
            return places
        }
        children = table.dimensions.map { dimension in
            var below = [[Int]](repeating: [], count: dimension.labels.count)
            for (label, parent) in dimension.parents.enumerated() { if let parent { below[parent].append(label) } }
            return below
        }
        tops = table.dimensions.map { dimension in
            dimension.labels.indices.filter {
                $0 != dimension.total && (dimension.parents[$0] == nil || dimension.parents[$0] == dimension.total)
            }
        }
        isFlat = table.dimensions.map { dimension in dimension.parents.allSatisfy { $0 == nil || $0 == dimension.total } }
        chains = table.dimensions.map { dimension in
            dimension.labels.indices.map { label in
                var chain: Set<Int> = [label]
                var next = dimension.parents[label]
                while let parent = next, chain.insert(parent).inserted { next = dimension.parents[parent] }
                return chain
            }
        }
        var strides: [Int] = []
        var size = 1
        for dimension in table.dimensions {
            strides.append(size)
            size = min(size.multipliedReportingOverflow(by: max(dimension.labels.count, 1)).partialValue, 1 << 40)
        }
        self.strides = strides
        let isDense = size <= 4 * table.cells.count + 1_024
        var dense = [Int32](repeating: -1, count: isDense ? size : 0)
        var sparse: [Int: Int32] = [:]
        var values: [Int64] = []
        values.reserveCapacity(table.cells.count)
        var atMost: [Int: Int64] = [:]
        var hiddenPlaces: [[Int]] = []
        let children = children
        for (index, cell) in table.cells.enumerated() {
            var crossing = 0
            for (place, stride) in zip(cell.place, strides) { crossing += place * stride }
            if isDense { dense[crossing] = Int32(index) } else { sparse[crossing] = Int32(index) }
            values.append(cell.value ?? Self.hiddenMark)
            guard cell.value == nil else { continue }
            atMost[index] = cell.atMost
            if zip(children, cell.place).allSatisfy({ $0[$1].isEmpty }) { hiddenPlaces.append(cell.place) }
        }
        var omitted: Set<Int> = []
        if table.cells.count < size {
            for cell in table.cells {
                let places = Self.omitted(under: cell, children, strides, values, holdsCounts: table.holdsCounts) { crossing in
                    isDense ? Int(dense[crossing]) : Int(sparse[crossing] ?? -1)
                }
                for place in places where omitted.insert(zip(place, strides).reduce(0) { $0 + $1.0 * $1.1 }).inserted {
                    hiddenPlaces.append(place)
                }
            }
        }
        self.omitted = omitted
        self.dense = dense
        self.sparse = sparse
        self.values = values
        self.atMost = atMost
        self.hiddenPlaces = hiddenPlaces
    }

    /// The finest cells that are missing under a total which its printed parts do not reach.
    private static func omitted(
        under cell: CellTable.Cell,
        _ children: [[[Int]]],
        _ strides: [Int],
        _ values: [Int64],
        holdsCounts: Bool,
        at: (Int) -> Int
    ) -> [[Int]] {
        guard let whole = cell.value else { return [] }
        var found: [[Int]] = []
        for (index, below) in children.enumerated() where !below[cell.place[index]].isEmpty {
            var rest = whole
            var missing: [[Int]] = []
            for part in below[cell.place[index]] {
                var place = cell.place
                place[index] = part
                let number = at(zip(place, strides).reduce(0) { $0 + $1.0 * $1.1 })
                if number < 0 {
                    missing.append(place)
                } else if values[number] == hiddenMark {
                    missing = []
                    rest = 0
                    break
                } else {
                    rest -= values[number]
                }
            }
            // Rounded amounts miss their total by a little.
            guard !missing.isEmpty, abs(rest) > (holdsCounts ? 0 : Int64(below[cell.place[index]].count)) else { continue }
            found += missing.filter { place in zip(children, place).allSatisfy { $0[$1].isEmpty } }
        }
        return found
    }

    enum Content {
        case number(Int64)
        case hidden(atMost: Int64?)
        /// The table has the labels, but no cell there: nobody.
        case nobody
        /// The table does not print such a group.
        case unlisted
    }

    /// The label's place in the table's dimension, nil if it has no such label.
    func place(_ dimension: Int, _ label: Int) -> Int? {
        guard label < places[dimension].count, places[dimension][label] >= 0 else { return nil }
        return Int(places[dimension][label])
    }

    /// The places of a group in every dimension; nil where the group says nothing of it.
    func places(of group: Group) -> [Int?]? {
        var found = [Int?](repeating: nil, count: dimensions.count)
        for number in 0..<group.count {
            let condition = group[number]
            guard let index = dimensions.firstIndex(of: condition.dimension), let place = place(index, condition.label) else { return nil }
            found[index] = place
        }
        return found
    }

    func content(_ wanted: [Int?]) -> Content {
        var crossing = 0
        var isFinest = true
        for (index, place) in wanted.enumerated() {
            guard let place = place ?? shape[index].total else { return .unlisted }
            crossing += place * strides[index]
            isFinest = isFinest && children[index][place].isEmpty
        }
        let cell = dense.isEmpty ? Int(sparse[crossing] ?? -1) : Int(dense[crossing])
        guard cell >= 0 else {
            if omitted.contains(crossing) { return .hidden(atMost: nil) }
            return isFinest ? .nobody : .unlisted
        }
        return values[cell] == Self.hiddenMark ? .hidden(atMost: atMost[cell]) : .number(values[cell])
    }

    /// The sum of the finest cells under a group, nil if one of them is hidden.
    func sum(_ wanted: [Int?]) -> Int64? {
        for place in hiddenPlaces where isUnder(place, wanted) { return nil }
        let leaves = wanted.enumerated().map { index, place in
            shape[index].labels.indices.filter { leaf in
                children[index][leaf].isEmpty && (place.map { chains[index][leaf].contains($0) } ?? true)
            }
        }
        return total(leaves, 0, 0)
    }

    private func total(_ leaves: [[Int]], _ index: Int, _ crossing: Int) -> Int64 {
        guard index < leaves.count else {
            let cell = dense.isEmpty ? Int(sparse[crossing] ?? -1) : Int(dense[crossing])
            return cell < 0 ? 0 : values[cell]
        }
        var sum: Int64 = 0
        for leaf in leaves[index] { sum += total(leaves, index + 1, crossing + leaf * strides[index]) }
        return sum
    }

    private func isUnder(_ place: [Int], _ wanted: [Int?]) -> Bool {
        for (index, label) in wanted.enumerated() {
            guard let label, place[index] != label else { continue }
            if isFlat[index] || !chains[index][place[index]].contains(label) { return false }
        }
        return true
    }
}
