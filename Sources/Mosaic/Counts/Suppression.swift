import Foundation

/// Which cells to hide: those that tell too much, and the fewest and smallest others that keep them from being worked out.
struct Suppression {
    private(set) var system: CellSystem
    private let rules: SensitivityRules
    private(set) var hidden: [Bool]
    /// How many primary times secondary cells are tried for being hidden in vain.
    private static let trials = 40_000

    init(_ system: CellSystem, _ rules: SensitivityRules) {
        self.system = system
        self.rules = rules
        hidden = system.entries.map { $0.need != nil }
    }

    /// Hides until every sensitive cell is uncertain enough, or nothing is left to hide.
    mutating func run() {
        repeat { protect() } while addGroups()
        tidy()
    }

    /// The intervals of all hidden cells.
    func intervals() -> [Int: Attacker.Interval] {
        let attacker = Attacker(system: system, hidden: hidden)
        var found: [Int: Attacker.Interval] = [:]
        for component in attacker.components() {
            found.merge(attacker.intervals(component, wanted: component)) { first, _ in first }
        }
        return found
    }

    /// For each sensitive cell and side, a possible other table is found that changes the cheapest cells; those are hidden.
    private mutating func protect() {
        let count = system.entries.count
        // Two columns a cell: what is added and what is taken away, since the price is for either.
        let rows = system.equations.map { equation in
            zip(equation.cells, equation.factors).flatMap { cell, factor in
                [(column: cell, factor: Double(factor)), (column: count + cell, factor: -Double(factor))]
            }
        }
        let program = LinearProgram(columns: 2 * count, rows: rows, isWhole: system.holdsCounts)
        for cell in 0..<count { release(program, cell, zeros: false) }
        for cell in sensitive() {
            guard let need = system.entries[cell].need else { continue }
            for change in [need.above, -min(need.below, system.isSigned ? need.below : system.entries[cell].value)] where change != 0 {
                if self.change(program, cell, by: change) { continue }
                // Zeros are printed unless nothing else helps: that there is nobody is often known.
                for zero in 0..<count where isPlainZero(zero) { release(program, zero, zeros: true) }
                _ = self.change(program, cell, by: change)
                for zero in 0..<count where isPlainZero(zero) { release(program, zero, zeros: false) }
            }
        }
    }

    /// The hardest to protect first.
    private func sensitive() -> [Int] {
        system.entries.indices.filter { system.entries[$0].need != nil }.sorted { left, right in
            let (one, two) = (system.entries[left].need?.above ?? 0, system.entries[right].need?.above ?? 0)
            return one == two ? left < right : one > two
        }
    }

    private func isPlainZero(_ cell: Int) -> Bool { system.entries[cell].value == 0 && !hidden[cell] }

    private func release(_ program: borrowing LinearProgram, _ cell: Int, zeros: Bool) {
        let count = system.entries.count
        let entry = system.entries[cell]
        let isFixed = isPlainZero(cell) && !entry.isGroup && !zeros
        program.bound(cell, 0, isFixed ? 0 : .infinity)
        program.bound(count + cell, 0, isFixed ? 0 : system.isSigned ? .infinity : Double(entry.value))
        let price = hidden[cell] || entry.isGroup ? 0 : Self.price(entry.value, system.scale)
        program.price(cell, price)
        program.price(count + cell, price)
    }

    /// Small cells are cheaper to lose, but the loss grows slowly.
    private static func price(_ value: Int64, _ scale: Int64) -> Double { log(2 + Double(abs(value)) / Double(scale)) }

    private mutating func change(_ program: borrowing LinearProgram, _ cell: Int, by change: Int64) -> Bool {
        let count = system.entries.count
        program.bound(cell, Double(max(change, 0)), Double(max(change, 0)))
        program.bound(count + cell, Double(max(-change, 0)), Double(max(-change, 0)))
        defer { release(program, cell, zeros: false) }
        guard case .optimum(_, let real) = program.solve(most: false) else { return false }
        var solution = (0..<count).map { real[$0] - real[count + $0] }
        if system.holdsCounts, solution.contains(where: { abs($0 - $0.rounded()) > 1e-6 }) {
            guard let whole = program.solveWhole() else { return false }
            solution = (0..<count).map { whole[$0] - whole[count + $0] }
        }
        let noise = system.holdsCounts ? 0.5 : 1e-9 * Double(abs(change))
        for other in 0..<count where !hidden[other] && abs(solution[other]) > noise {
            hidden[other] = true
            release(program, other, zeros: false)
        }
        return true
    }

    /// What is printed of a total leaves the sum of its hidden parts, and that sum may itself tell too much.
    private mutating func addGroups() -> Bool {
        // Of counts the interval says it all: two hidden ones of a total of two can not reach three.
        guard !system.holdsCounts else { return false }
        var added = false
        for equation in system.equations where !system.entries[equation.cells[0]].isGroup && !hidden[equation.cells[0]] {
            let parts = equation.cells.dropFirst().filter { hidden[$0] }
            let isKnown = system.uses[parts.first ?? equation.cells[0]].contains { other in
                system.equations[other].cells.dropFirst().elementsEqual(parts)
            }
            guard parts.count > 1, !isKnown, system.addGroup(parts, rules) else { continue }
            hidden.append(true)
            added = true
        }
        return added
    }

    /// A cell hidden for one sensitive cell may be spared by what was hidden later for another: the dearest are printed again where that is safe.
    private mutating func tidy() {
        let primary = system.entries.indices.filter { system.entries[$0].need != nil }
        let extra = system.entries.indices.filter { hidden[$0] && system.entries[$0].need == nil }
        guard primary.count * extra.count <= Self.trials else { return }
        var met = unmet(primary)
        for cell in extra.sorted(by: { (system.entries[$1].value, $0) < (system.entries[$0].value, $1) }) {
            hidden[cell] = false
            let now = unmet(primary)
            if now.isSubset(of: met) && !opensGroup(cell) { met = now } else { hidden[cell] = true }
        }
    }

    /// The sensitive cells that are not uncertain enough.
    private func unmet(_ primary: [Int]) -> Set<Int> {
        let attacker = Attacker(system: system, hidden: hidden)
        let wanted = Set(primary)
        var found: Set<Int> = []
        for component in attacker.components() {
            for (cell, interval) in attacker.intervals(component, wanted: component.filter(wanted.contains)) {
                guard let need = system.entries[cell].need else { continue }
                if !need.isMet(by: interval, value: system.entries[cell].value) { found.insert(cell) }
            }
        }
        return found
    }

    /// Printing the cell would leave hidden parts whose sum tells too much.
    private func opensGroup(_ cell: Int) -> Bool {
        guard !system.holdsCounts else { return false }
        for use in system.uses[cell]
        where !system.entries[system.equations[use].cells[0]].isGroup && !hidden[system.equations[use].cells[0]] {
            let parts = system.equations[use].cells.dropFirst().filter { hidden[$0] }
            var trial = system
            if parts.count > 1, trial.addGroup(parts, rules) { return true }
        }
        return false
    }
}
