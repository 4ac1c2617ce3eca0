/// Groups that no table prints and that are left over between two printed numbers.
extension Difference {
    mutating func small() -> [DifferenceReport.Small] {
        guard table.holdsCounts else { return [] }
        var found: [DifferenceReport.Small] = []
        for (number, group) in around.unknowns.enumerated() {
            guard let answer = settled[number], let value = answer.value, value > 0, value < minimum else { continue }
            guard case .unknown(isHidden: false, _) = around.known(group), answer.sources.contains(new) else { continue }
            found.append(small(key(group).sentence, value, answer.sources))
        }
        for sum in around.solver.open where sum.sources.contains(new) {
            // Several hidden parts of a printed total that are few together.
            guard sum.terms.count > 1, sum.result > 0, sum.result < minimum, sum.terms.values.allSatisfy({ $0 == 1 }) else { continue }
            let parts = sum.terms.keys.sorted().map { key(around.unknowns[$0]).sentence }
            let group = Sentence(zh: parts.map(\.zh).joined(separator: " + "), en: parts.map(\.en).joined(separator: " + "))
            found.append(small(group, sum.result, sum.sources))
        }
        for (group, cell) in zip(groups, table.cells) where cell.value != nil {
            for condition in group.conditions { found += overlaps(group, condition) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.group.en).inserted }
    }

    /// Two printed numbers of which one group holds the other but for a few ages or amounts.
    private mutating func overlaps(_ group: Group, _ condition: Group.Condition) -> [DifferenceReport.Small] {
        var found: [DifferenceReport.Small] = []
        for (label, rest) in around.nested(condition) {
            guard case .number(let whole, _) = around.known(group) else { continue }
            guard case .number(let part, let table) = around.known(group.with(condition.dimension, label)), table != new else { continue }
            guard whole - part > 0, whole - part < minimum else { continue }
            let others = group.conditions.filter { $0 != condition }
            let named = key(Group(others)).conditions + [.init(dimension: published.dimensionNames[condition.dimension], label: rest.name)]
            found.append(small(CellKey(named).sentence, whole - part, [new, table]))
        }
        return found
    }

    private func small(_ group: Sentence, _ value: Int64, _ sources: Set<Int>) -> DifferenceReport.Small {
        let with = names(sources.subtracting([new]))
        let number = Self.number(value, scale)
        return .init(group: group, value: number, with: with, sentence: DifferenceWording.small(group, number, with))
    }
}
