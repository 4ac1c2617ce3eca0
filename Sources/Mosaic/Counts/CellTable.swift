/// A table of counts or amounts: cells at crossings of dimensions, with their totals.
public struct CellTable: Sendable {
    public let name: String
    public let dimensions: [Dimension]
    public let cells: [Cell]
    /// Units of one: values are held as whole numbers of units, so a table with two decimals has 100.
    public let scale: Int64
    /// The values are numbers of subjects, not amounts that subjects contribute.
    public let holdsCounts: Bool

    /// One way of dividing the subjects: its labels, and which label a label is part of.
    public struct Dimension: Sendable, Hashable {
        public let name: String
        public let labels: [String]
        /// The label that stands for all; nil if the table has none.
        public let total: Int?
        /// The next larger group of each label; nil for the total, and for a label that no label of the table holds.
        public let parents: [Int?]

        /// - Parameter parents: the larger group of a label, by name; a label without one is part of the total.
        init(name: String, labels: [String], total: Int?, parents: [String: String]) {
            self.name = name
            self.labels = labels
            self.total = total
            let places = Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            self.parents = labels.enumerated().map { index, label in
                if index == total { return nil }
                var seen: Set<String> = [label]
                var above = parents[label]
                // A group that the table does not print is passed over.
                while let name = above, seen.insert(name).inserted {
                    if let place = places[name] { return place }
                    above = parents[name]
                }
                return total
            }
        }
    }

    public struct Cell: Sendable {
        /// The label of each dimension, as its place among the labels.
        public let place: [Int]
        /// In units; nil if the table hides it.
        public let value: Int64?
        /// What a mark such as "<5" says of a hidden value, in units.
        public let atMost: Int64?
        /// How many subjects stand behind the cell; nil if not told.
        public let subjects: Int?
        /// The largest first; for amounts only.
        public let contributions: [Contribution]
    }

    /// What one subject adds to a cell.
    public struct Contribution: Sendable, Hashable {
        public let subject: Int
        /// In units.
        public let amount: Int64
    }

    init(name: String, dimensions: [Dimension], cells: [Cell], scale: Int64, holdsCounts: Bool) {
        self.name = name
        self.dimensions = dimensions
        self.cells = cells
        self.scale = scale
        self.holdsCounts = holdsCounts
    }

    /// The cell's conditions without those that mean "all": two tables that share a margin name it alike.
    func key(_ cell: Cell) -> CellKey {
        var conditions: [CellKey.Condition] = []
        for (index, dimension) in dimensions.enumerated() where cell.place[index] != dimension.total {
            conditions.append(.init(dimension: dimension.name, label: dimension.labels[cell.place[index]]))
        }
        return CellKey(conditions)
    }
}

/// The group of subjects that a cell speaks of.
public struct CellKey: Sendable, Hashable, Comparable, Codable {
    public struct Condition: Sendable, Hashable, Comparable, Codable {
        public let dimension: String
        public let label: String

        public static func < (left: Self, right: Self) -> Bool { (left.dimension, left.label) < (right.dimension, right.label) }
    }

    public let conditions: [Condition]

    init(_ conditions: [Condition]) { self.conditions = conditions.sorted() }

    public static func < (left: Self, right: Self) -> Bool {
        left.conditions.lexicographicallyPrecedes(right.conditions)
    }

    /// "city = X, sex = f"; the whole is "total".
    public var sentence: Sentence {
        guard !conditions.isEmpty else { return Sentence(zh: "合计", en: "total") }
        return Sentence(
            zh: conditions.map { "\($0.dimension)=\($0.label)" }.joined(separator: "、"),
            en: conditions.map { "\($0.dimension) = \($0.label)" }.joined(separator: ", ")
        )
    }
}
