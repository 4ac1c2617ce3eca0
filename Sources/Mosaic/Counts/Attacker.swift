/// What a reader of the printed cells can work out about the hidden ones: the least and the most each may be.
struct Attacker {
    /// In units; nil where nothing bounds the value.
    struct Interval: Equatable {
        var least: Int64?
        var most: Int64?
    }

    let system: CellSystem
    let hidden: [Bool]

    /// The hidden cells that equations tie together, smallest index first.
    func components() -> [[Int]] {
        var group = [Int](repeating: -1, count: hidden.count)
        var found: [[Int]] = []
        for start in hidden.indices where hidden[start] && group[start] < 0 {
            group[start] = found.count
            var reached = [start]
            var next = 0
            while next < reached.count {
                for equation in system.uses[reached[next]] {
                    for cell in system.equations[equation].cells where hidden[cell] && group[cell] < 0 {
                        group[cell] = found.count
                        reached.append(cell)
                    }
                }
                next += 1
            }
            found.append(reached.sorted())
        }
        return found
    }

    /// The intervals of the wanted cells of one component.
    ///
    /// For counts each bound is reached by a table of whole numbers that was checked against every printed total,
    /// so an interval is never told wider than it is.
    func intervals(_ component: [Int], wanted: [Int]) -> [Int: Interval] {
        var column: [Int: Int] = [:]
        for (index, cell) in component.enumerated() { column[cell] = index }
        let touched = Set(component.flatMap { system.uses[$0] }).sorted()
        let rows = touched.map { equation in
            zip(system.equations[equation].cells, system.equations[equation].factors).compactMap { cell, factor in
                column[cell].map { (column: $0, factor: Double(factor)) }
            }
        }
        let program = LinearProgram(columns: component.count, rows: rows, isWhole: system.holdsCounts)
        // The columns are deviations from the truth; the printed cells deviate by nothing.
        for (index, cell) in component.enumerated() {
            program.bound(index, system.isSigned ? -.infinity : -Double(system.entries[cell].value), .infinity)
        }
        var found: [Int: Interval] = [:]
        for cell in wanted {
            guard let index = column[cell] else { continue }
            program.price(index, 1)
            let value = system.entries[cell].value
            let most = deviation(program, index, component, rows, most: true)
            let least = deviation(program, index, component, rows, most: false)
            program.price(index, 0)
            found[cell] = Interval(least: least.map { value + $0 }, most: most.map { value + $0 })
        }
        return found
    }

    /// How far the column can go; nil if nothing stops it.
    private func deviation(
        _ program: borrowing LinearProgram,
        _ index: Int,
        _ component: [Int],
        _ rows: [[(column: Int, factor: Double)]],
        most: Bool
    ) -> Int64? {
        switch program.solve(most: most) {
        case .unbounded: return nil
        case .infeasible, .unknown:
            // The truth is always possible; more is not claimed.
            return 0
        case .optimum(let bound, let solution):
            if !system.holdsCounts {
                // Rounded towards the truth, and by more than the solver's error.
                let slack = 1e-7 * max(1, abs(bound))
                return most
                    ? Int64((bound - slack).rounded(.up)).clampedToZero(most) : Int64((bound + slack).rounded(.down)).clampedToZero(most)
            }
            if let proven = proven(solution, component, rows) { return proven[index] }
            guard let whole = program.solveWhole(), let proven = proven(whole, component, rows) else { return 0 }
            return proven[index]
        }
    }

    /// The deviations as whole numbers, if they are whole and every row balances.
    private func proven(_ solution: [Double], _ component: [Int], _ rows: [[(column: Int, factor: Double)]]) -> [Int64]? {
        var whole: [Int64] = []
        for (index, number) in solution.enumerated() {
            guard abs(number) < 1e15, abs(number - number.rounded()) < 1e-5 else { return nil }
            let rounded = Int64(number.rounded())
            guard system.entries[component[index]].value + rounded >= 0 else { return nil }
            whole.append(rounded)
        }
        for row in rows {
            guard row.reduce(Int64(0), { $0 + whole[$1.column] * Int64($1.factor) }) == 0 else { return nil }
        }
        return whole
    }
}

extension Int64 {
    /// A bound of the wrong sign is the solver's noise about zero.
    fileprivate func clampedToZero(_ most: Bool) -> Int64 { most ? Swift.max(self, 0) : Swift.min(self, 0) }
}

extension SensitivityRules.Need {
    /// Whether the reader is left as uncertain as the rule demands.
    func isMet(by interval: Attacker.Interval, value: Int64) -> Bool {
        (interval.least.map { $0 <= value - below } ?? true) && (interval.most.map { $0 >= value + above } ?? true)
    }
}
