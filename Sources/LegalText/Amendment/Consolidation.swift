/// A text with a decision applied to it: a proposal, and what became of each instruction.
public struct Consolidation: Sendable {
    public struct Outcome: Hashable, Sendable {
        public let number: String
        public let text: String
        public let isApplied: Bool
        /// Why it could not be applied, or what is to be checked by eye.
        public let reason: String?
    }

    public let text: String
    public let outcomes: [Outcome]

    /// Applies what can be applied, in the order of the decision; places are those of the text before it.
    public init(base: String, decision: String) {
        var draft = Draft(LawText.read(base))
        let instructions = AmendingDecision(decision).instructions
        var outcomes = instructions.map { draft.apply($0) }
        for (place, reason) in draft.settle(instructions.map(\.order)) where outcomes[place].isApplied || reason.isFailure {
            outcomes[place] = Outcome(
                number: outcomes[place].number,
                text: outcomes[place].text,
                isApplied: !reason.isFailure,
                reason: reason.sentence
            )
        }
        text = draft.text
        self.outcomes = outcomes
    }
}
