/// Every table of counts or amounts that is out about one kind of subjects, indexed by dimension.
///
/// Funded agents and complaints are two kinds: tables about them go into two indexes.
public struct PublishedCells: Sendable {
    private(set) var tables: [PublishedTable] = []
    private var dimensions: [String: Int] = [:]
    private(set) var dimensionNames: [String] = []
    private var labels: [[String: Int]] = []
    private(set) var labelNames: [[String]] = []
    /// For each dimension, the tables that have it.
    private var users: [[Int]] = []

    public init() {}

    public init(_ tables: [CellTable]) { for table in tables { add(table) } }

    /// How many cells are out.
    public var count: Int { tables.reduce(0) { $0 + $1.cells } }

    /// A table once out is never taken away: what was read stays known.
    @discardableResult
    public mutating func add(_ table: CellTable) -> Int {
        var numbers: [Int] = []
        var numbered: [[Int]] = []
        for dimension in table.dimensions {
            let number = number(of: dimension.name)
            numbers.append(number)
            var own: [Int] = []
            for (place, label) in dimension.labels.enumerated() {
                own.append(place == dimension.total ? PublishedTable.all : self.label(number, label))
            }
            users[number].append(tables.count)
            numbered.append(own)
        }
        tables.append(PublishedTable(table, dimensions: numbers, labels: numbered))
        return tables.count - 1
    }

    func tables(withDimension dimension: Int) -> [Int] { users[dimension] }

    private mutating func number(of dimension: String) -> Int {
        if let known = dimensions[dimension] { return known }
        dimensions[dimension] = dimensionNames.count
        dimensionNames.append(dimension)
        labels.append([:])
        labelNames.append([])
        users.append([])
        return dimensionNames.count - 1
    }

    private mutating func label(_ dimension: Int, _ name: String) -> Int {
        // Two tables mean the same by "A 组" and "Ａ组".
        let spelling = Canonical.text(name)
        if let known = labels[dimension][spelling] { return known }
        labels[dimension][spelling] = labelNames[dimension].count
        labelNames[dimension].append(name)
        return labelNames[dimension].count - 1
    }
}
