/// How closely a reader can bound what stays unknown, since no group is smaller than none.
extension Difference {
    struct Bounds {
        let group: Group
        let hider: Int
        let least: Int64
        let most: Int64
        let sources: Set<Int>
    }

    /// A component of more unknowns is not bounded.
    private static let mostColumns = 3_000

    /// Hidden cells that are not settled, but bounded closely, since no group is smaller than none.
    mutating func intervals() -> [Bounds] {
        let isSigned = table.cells.contains { ($0.value ?? 0) < 0 }
        guard !isSigned else { return [] }
        let open = around.solver.open.compactMap { sum -> Elimination.Sum? in
            var left = sum
            for number in sum.terms.keys {
                guard let found = settled[number] else { continue }
                guard let value = found.value else { return nil }
                left.result -= (left.terms.removeValue(forKey: number) ?? 0) * value
                left.sources.formUnion(found.sources)
            }
            return left.terms.isEmpty ? nil : left
        }
        var found: [Bounds] = []
        for component in Elimination.components(open) {
            let numbers = Set(component.flatMap(\.terms.keys)).sorted()
            let wanted = numbers.filter { number in hider(of: around.unknowns[number]) != nil && settled[number] == nil }
            guard !wanted.isEmpty else { continue }
            guard numbers.count <= Self.mostColumns else {
                limits.append(
                    Sentence(
                        zh: "有一组 \(numbers.count) 个相互关联的未知数，只做了精确推算，未做区间推算。",
                        en: "\(numbers.count) unknowns hang together: they were solved exactly, but not bounded"
                    )
                )
                continue
            }
            found += bounds(component, numbers, wanted)
        }
        return found
    }

    private mutating func bounds(_ component: [Elimination.Sum], _ numbers: [Int], _ wanted: [Int]) -> [Bounds] {
        var column: [Int: Int] = [:]
        for (index, number) in numbers.enumerated() { column[number] = index }
        let unit = Double(scale)
        let program = LinearProgram(
            columns: numbers.count,
            rows: component.map { sum in sum.terms.sorted { $0.key < $1.key }.map { (column[$0.key] ?? 0, Double($0.value)) } },
            results: component.map { Double($0.result) / unit },
            isWhole: table.holdsCounts
        )
        for (index, number) in numbers.enumerated() {
            var most = Double.infinity
            if case .unknown(_, let bound?) = around.known(around.unknowns[number]) { most = Double(bound) / unit }
            program.bound(index, 0, most)
        }
        let sources = component.reduce(into: Set<Int>()) { $0.formUnion($1.sources) }
        var found: [Bounds] = []
        var shown: [Int: (least: Double, most: Double)] = [:]
        for number in wanted {
            guard let index = column[number], let hider = hider(of: around.unknowns[number]) else { continue }
            // Other solutions already show that it can be wide apart.
            if let shown = shown[index], isWide(shown.least, shown.most) { continue }
            program.price(index, 1)
            defer { program.price(index, 0) }
            let least = program.solve(most: false)
            if case .infeasible = least {
                limits.append(
                    Sentence(
                        zh: "有关各表的数值互相矛盾，未做区间推算。",
                        en: "the tables around contradict each other: nothing was bounded"
                    )
                )
                return []
            }
            guard case .optimum(let low, let first) = least, case .optimum(let high, let second) = program.solve(most: true) else {
                continue
            }
            for solution in [first, second] {
                for (place, value) in solution.enumerated() {
                    let range = shown[place] ?? (value, value)
                    shown[place] = (min(range.least, value), max(range.most, value))
                }
            }
            let noise = 1e-6 * max(1, high)
            let (from, to) = table.holdsCounts ? ((low - noise).rounded(.up), (high + noise).rounded(.down)) : (low, high)
            guard !isWide(from, to) else { continue }
            found.append(
                Bounds(
                    group: around.unknowns[number],
                    hider: hider,
                    least: Int64((from * unit).rounded()),
                    most: Int64((to * unit).rounded()),
                    sources: sources
                )
            )
        }
        return found
    }

    /// Not below the minimum for certain, and of more than two numbers; an amount is as good as known to within a tenth.
    private func isWide(_ from: Double, _ to: Double) -> Bool {
        let noise = 1e-6 * max(1, to)
        guard table.holdsCounts else { return to - from >= 0.1 * max(to, 0) + noise }
        return to >= Double(minimum / scale) - noise && to - from >= 2 - noise
    }
}
