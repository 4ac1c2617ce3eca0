/// A procedure as a table: which step leads from which states to which, who may take it, apart from whom, by what law.
public struct Lifecycle<State, Step>: Sendable
where State: CaseIterable & Hashable & Sendable, Step: CaseIterable & Hashable & Sendable {
    public let start: State
    public let rows: [Row]

    public struct Row: Sendable {
        public let step: Step
        public let from: Set<State>
        public let to: State
        public let by: Role
        /// Steps of the same matter that the same person must not have taken: four eyes, as a column.
        public let apartFrom: Set<Step>
        public let law: Law

        public init(_ step: Step, from: Set<State>, to: State, by: Role, apartFrom: Set<Step> = [], _ law: Law) {
            (self.step, self.from, self.to, self.by) = (step, from, to, by)
            (self.apartFrom, self.law) = (apartFrom, law)
        }
    }

    /// A step that was taken, and by whom.
    public struct Taken: Hashable, Sendable {
        public let step: Step
        public let person: String

        public init(_ step: Step, by person: String) {
            (self.step, self.person) = (step, person)
        }
    }

    public init(start: State, _ rows: [Row]) {
        self.start = start
        self.rows = rows
    }

    /// The row by which `actor` takes `step` from `state`, or a refusal.
    public func row(_ step: Step, from state: State, by actor: Actor, taken: [Taken]) throws(Refusal) -> Row {
        let open = rows.filter { $0.step == step && $0.from.contains(state) }
        guard !open.isEmpty else { throw .outOfTurn }
        guard let row = open.first(where: { actor.roles.contains($0.by) }) else {
            let needed = open[0].by.text
            throw .forbidden(because: Text("此步骤由\(needed.zh)办理。", "This step is the \(needed.en.lowercased())'s."))
        }
        if taken.contains(where: { row.apartFrom.contains($0.step) && $0.person == actor.person }) {
            throw .forbidden(
                because: Text(
                    "您已办理过前一环节，不得由同一人办理本环节（\(row.law.citation.zh)）。",
                    "You took an earlier step of this matter; this one must be another person's (\(row.law.citation.en))."
                )
            )
        }
        return row
    }

    /// The rows a page may offer this person: one button each.
    public func open(from state: State, to actor: Actor, taken: [Taken]) -> [Row] {
        Step.allCases.compactMap { step in
            do throws(Refusal) { return try row(step, from: state, by: actor, taken: taken) } catch { return nil }
        }
    }
}

extension Lifecycle {
    /// What is wrong with the table; empty for a sound one. Every lifecycle's test asks this.
    public var flaws: [String] {
        var flaws: [String] = []
        for step in Step.allCases {
            let mine = rows.filter { $0.step == step }
            if mine.isEmpty { flaws.append("no row takes the step \(step)") }
            for state in State.allCases {
                let open = mine.filter { $0.from.contains(state) }
                if Set(open.map(\.by)).count < open.count { flaws.append("\(step) forks at \(state)") }
            }
        }
        var reached: Set<State> = [start]
        for _ in State.allCases { reached.formUnion(rows.filter { !$0.from.isDisjoint(with: reached) }.map(\.to)) }
        for state in State.allCases where !reached.contains(state) { flaws.append("nothing leads to \(state)") }
        return flaws
    }
}

extension Lifecycle where State: RawRepresentable, State.RawValue == String, Step: RawRepresentable, Step.RawValue == String {
    /// The table as a Mermaid diagram: what a room's README shows, and its test compares.
    public var diagram: String {
        var lines = ["stateDiagram-v2", "    [*] --> \(start.rawValue)"]
        for row in rows {
            for state in State.allCases where row.from.contains(state) {
                let apart = row.apartFrom.map(\.rawValue).sorted().joined(separator: ", ")
                let apartFrom = apart.isEmpty ? "" : ", apart from \(apart)"
                lines.append("    \(state.rawValue) --> \(row.to.rawValue): \(row.step.rawValue) (\(row.by.rawValue)\(apartFrom))")
            }
        }
        return lines.joined(separator: "\n")
    }
}
