/// What to print of tables of counts or amounts, what to hide, and what a reader can still work out.
public struct CountsReport: Sendable, Encodable {
    public enum Status: String, Sendable, Encodable {
        case published
        /// Hidden because it tells too much.
        case primary
        /// Hidden because it would give a primary cell away.
        case secondary
    }

    /// What a reader can work out, in the values of the table.
    public struct Range: Sendable, Encodable, Equatable {
        public let least: Double
        /// Infinite where no total bounds the cell.
        public let most: Double

        public init(least: Double, most: Double) {
            self.least = least
            self.most = most
        }

        public func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(least)
            try list.encode(most)
        }
    }

    public struct Cell: Sendable, Encodable {
        /// The name of its table.
        public let table: String
        /// The label of each dimension; of "all" the table's own word.
        public let at: [String: String]
        public let value: Double
        public let status: Status
        /// The rules that the cell breaks: minimum, dominance, p, pq.
        public let rules: [String]
        /// Of hidden cells.
        public let interval: Range?
        /// What the interval must cover at least; of primary cells.
        public let required: Range?
        /// Whether it does; of primary cells.
        public let isProtected: Bool?

        private enum CodingKeys: String, CodingKey {
            case table, at, value, status, rules, interval, required
            case isProtected = "protected"
        }
    }

    public struct Table: Sendable {
        public let name: String
        public let cells: [Cell]
    }

    public let tables: [Table]
    /// How many; a cell that tables share is one.
    public let cells: Int
    public let primary: Int
    public let secondary: Int
    /// Sensitive cells, and sums of hidden cells, that a reader can still work out too narrowly.
    public let unprotected: Int
    public let safe: Bool
    /// The share of all cells that is hidden only to protect others.
    public let loss: Double
    public let sentence: Sentence

    private enum CodingKeys: String, CodingKey {
        case tables, cells, count, primary, secondary, unprotected, safe, loss, sentence
    }

    /// A list of all cells, each with its table.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(tables.map(\.name), forKey: .tables)
        try values.encode(tables.flatMap(\.cells), forKey: .cells)
        try values.encode(cells, forKey: .count)
        try values.encode(primary, forKey: .primary)
        try values.encode(secondary, forKey: .secondary)
        try values.encode(unprotected, forKey: .unprotected)
        try values.encode(safe, forKey: .safe)
        try values.encode(loss, forKey: .loss)
        try values.encode(sentence, forKey: .sentence)
    }
}

extension Mosaic {
    /// Hides what tells too much in tables that may share cells, and measures what a reader can still work out.
    ///
    /// The reader is taken to know every printed cell, that totals are the sums of their parts, that no count is below zero or broken,
    /// and that no amount is below zero unless the tables have such amounts.
    /// - Throws: `MosaicRefused` for cells without a value, totals that are not the sum of their parts, tables that contradict each other.
    public static func protect(_ tables: [CellTable], rules: SensitivityRules) throws(MosaicRefused) -> CountsReport {
        let system = try CellSystem(tables, rules)
        var suppression = Suppression(system, rules)
        suppression.run()
        let intervals = suppression.intervals()
        let entries = suppression.system.entries
        let scale = Double(system.scale)
        func range(_ interval: Attacker.Interval) -> CountsReport.Range {
            .init(
                least: interval.least.map { Double($0) / scale } ?? -.infinity,
                most: interval.most.map { Double($0) / scale } ?? .infinity
            )
        }
        var unprotected: Set<Int> = []
        for (index, entry) in entries.enumerated() {
            guard let need = entry.need else { continue }
            let isMet = intervals[index].map { need.isMet(by: $0, value: entry.value) } ?? false
            if !isMet { unprotected.insert(index) }
        }
        let shown = zip(tables, system.places).map { table, places in
            CountsReport.Table(
                name: table.name,
                cells: zip(table.cells, places).map { cell, index in
                    let entry = entries[index]
                    var at: [String: String] = [:]
                    for (dimension, label) in zip(table.dimensions, cell.place) { at[dimension.name] = dimension.labels[label] }
                    return CountsReport.Cell(
                        table: table.name,
                        at: at,
                        value: Double(entry.value) / scale,
                        status: !suppression.hidden[index] ? .published : entry.need != nil ? .primary : .secondary,
                        rules: entry.need?.rules ?? [],
                        interval: intervals[index].map(range),
                        required: entry.need.map {
                            range(.init(least: entry.value - $0.below, most: entry.value + $0.above))
                        },
                        isProtected: entry.need.map { _ in !unprotected.contains(index) }
                    )
                }
            )
        }
        let printed = entries.indices.filter { !entries[$0].isGroup }
        let primary = printed.filter { entries[$0].need != nil }.count
        let secondary = printed.filter { suppression.hidden[$0] && entries[$0].need == nil }.count
        return CountsReport(
            tables: shown,
            cells: printed.count,
            primary: primary,
            secondary: secondary,
            unprotected: unprotected.count,
            safe: unprotected.isEmpty,
            loss: printed.isEmpty ? 0 : Double(secondary) / Double(printed.count),
            sentence: CountsWording.summary(cells: printed.count, primary, secondary, unprotected: unprotected.count)
        )
    }
}

enum CountsWording {
    static func summary(cells: Int, _ primary: Int, _ secondary: Int, unprotected: Int) -> Sentence {
        guard primary > 0 else {
            return Sentence(zh: "\(cells) 个单元格都可以公开。", en: "all \(cells) cells can be published")
        }
        let hides = Sentence(
            zh: "\(cells) 个单元格中 \(primary) 个须隐去，另有 \(secondary) 个须一并隐去以防推算",
            en: "of \(cells) cells \(primary) must be hidden, and \(secondary) more so that they can not be worked out"
        )
        return unprotected == 0
            ? Sentence(zh: hides.zh + "；此后推算不出。", en: hides.en + "; then they are safe")
            : Sentence(
                zh: hides.zh + "；仍有 \(unprotected) 处可以推算得过准，须合并类别。",
                en: hides.en + "; \(unprotected) can still be worked out too closely: merge categories"
            )
    }
}
