/// Tables laid over each other: cells that several share are one, totals are the sums of their parts.
struct CellSystem {
    /// A total and its parts; the factors sum to zero with the values.
    struct Equation {
        var cells: [Int]
        var factors: [Int64]
    }

    struct Entry {
        let key: CellKey
        var value: Int64
        var need: SensitivityRules.Need?
        var subjects: Int?
        var contributions: [CellTable.Contribution]
        /// A sum of hidden cells that a reader can work out; no table prints it.
        var isGroup = false
    }

    private(set) var entries: [Entry] = []
    private(set) var equations: [Equation] = []
    /// The equations of each entry.
    private(set) var uses: [[Int]] = []
    /// For each table, the entry of each cell.
    private(set) var places: [[Int]] = []
    let holdsCounts: Bool
    let scale: Int64
    /// An amount can be below zero, so nothing bounds the parts of a total.
    let isSigned: Bool

    /// - Throws: `MosaicRefused` if cells are hidden, a total is not the sum of its parts, or tables differ about a cell.
    init(_ tables: [CellTable], _ rules: SensitivityRules) throws(MosaicRefused) {
        holdsCounts = tables.allSatisfy(\.holdsCounts)
        guard holdsCounts || !tables.contains(where: \.holdsCounts) else {
            throw MosaicRefused(zh: "计数表与数额表不能一并处理。", en: "Counts and amounts can not be handled together.")
        }
        let scale = tables.map(\.scale).max() ?? 1
        self.scale = scale
        isSigned = tables.contains { $0.cells.contains { ($0.value ?? 0) < 0 } }
        var found: [CellKey: Entry] = [:]
        for table in tables {
            for cell in table.cells {
                let key = table.key(cell)
                guard let plain = cell.value else {
                    throw MosaicRefused(
                        zh: "《\(table.name)》的单元格（\(key.sentence.zh)）没有数值。",
                        en: "The cell (\(key.sentence.en)) of «\(table.name)» has no value."
                    )
                }
                let value = plain * (scale / table.scale)
                if let known = found[key] {
                    // Rounded amounts may differ in the last place.
                    guard abs(known.value - value) <= (holdsCounts ? 0 : scale / table.scale) else {
                        throw MosaicRefused(
                            zh: "各表的单元格（\(key.sentence.zh)）数值不一致。",
                            en: "The tables differ about the cell (\(key.sentence.en))."
                        )
                    }
                    if !known.contributions.isEmpty || cell.contributions.isEmpty { continue }
                }
                let contributions = cell.contributions.map {
                    CellTable.Contribution(subject: $0.subject, amount: $0.amount * (scale / table.scale))
                }
                found[key] = Entry(key: key, value: value, subjects: cell.subjects, contributions: contributions)
            }
        }
        // The order of the rows must not matter to what is hidden.
        entries = found.values.sorted { $0.key < $1.key }
        uses = [[Int]](repeating: [], count: entries.count)
        var index: [CellKey: Int] = [:]
        for (place, entry) in entries.enumerated() { index[entry.key] = place }
        for table in tables {
            let own = table.cells.map { index[table.key($0)] ?? 0 }
            places.append(own)
            try add(table, own)
        }
        for place in entries.indices { entries[place].need = need(entries[place], rules) }
    }

    private func need(_ entry: Entry, _ rules: SensitivityRules) -> SensitivityRules.Need? {
        holdsCounts
            ? rules.need(count: entry.value)
            : rules.need(amount: entry.value, subjects: entry.subjects, largest: entry.contributions.map(\.amount))
    }

    private mutating func add(_ table: CellTable, _ own: [Int]) throws(MosaicRefused) {
        for (index, dimension) in table.dimensions.enumerated() {
            var parts: [[Int]: [Int]] = [:]
            var wholes: [[Int]: Int] = [:]
            for (place, cell) in table.cells.enumerated() {
                wholes[cell.place] = own[place]
                guard let parent = dimension.parents[cell.place[index]] else { continue }
                var above = cell.place
                above[index] = parent
                parts[above, default: []].append(own[place])
            }
            for (above, below) in parts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                guard let whole = wholes[above] else { continue }
                try add(whole, below.sorted(), in: table)
            }
        }
    }

    private mutating func add(_ whole: Int, _ parts: [Int], in table: CellTable) throws(MosaicRefused) {
        let sum = parts.reduce(0) { $0 + entries[$1].value }
        let slack = holdsCounts ? 0 : Int64(parts.count + 1) * (scale / table.scale)
        guard abs(sum - entries[whole].value) <= slack else {
            let key = entries[whole].key.sentence
            throw MosaicRefused(
                zh: "《\(table.name)》的合计（\(key.zh)）与各部分之和不等。",
                en: "In «\(table.name)» the total (\(key.en)) is not the sum of its parts."
            )
        }
        let equation = Equation(cells: [whole] + parts, factors: [-1] + parts.map { _ in 1 })
        // Linked tables may both print a total and its parts.
        if !uses[whole].contains(where: { equations[$0].cells == equation.cells }) { append(equation) }
    }

    private mutating func append(_ equation: Equation) {
        for cell in equation.cells { uses[cell].append(equations.count) }
        equations.append(equation)
    }

    /// The sum of the hidden cells of an equation, if that sum itself is sensitive: whoever subtracts what is printed knows it.
    ///
    /// - Parameter hidden: the hidden cells of the equation that stand on one side.
    mutating func addGroup(_ hidden: [Int], _ rules: SensitivityRules) -> Bool {
        let value = hidden.reduce(0) { $0 + entries[$1].value }
        var amounts: [Int: Int64] = [:]
        for cell in hidden { for one in entries[cell].contributions { amounts[one.subject, default: 0] += one.amount } }
        let contributions = amounts.map { CellTable.Contribution(subject: $0, amount: $1) }.sorted {
            ($1.amount, $0.subject) < ($0.amount, $1.subject)
        }
        let told = hidden.compactMap { entries[$0].subjects }
        let isComplete = hidden.allSatisfy { entries[$0].subjects == entries[$0].contributions.count }
        var group = Entry(
            key: CellKey(hidden.flatMap { entries[$0].key.conditions }),
            value: value,
            subjects: isComplete ? contributions.count : told.count == hidden.count ? told.reduce(0, +) : nil,
            contributions: contributions,
            isGroup: true
        )
        group.need = need(group, rules)
        guard group.need != nil else { return false }
        entries.append(group)
        uses.append([])
        append(Equation(cells: [entries.count - 1] + hidden, factors: [-1] + hidden.map { _ in 1 }))
        return true
    }
}
