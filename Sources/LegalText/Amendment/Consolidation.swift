/// A text with a decision applied to it: a proposal, and what became of each instruction.
public struct Consolidation: Sendable {
    public struct Outcome: Hashable, Sendable {
        public let number: String
        public let text: String
        public let isApplied: Bool
        /// Why it could not be applied, or what is to be checked by eye.
        public let reason: String?
    }

    /// A place that names an article by a number which is now another's: it is shown, the decision alone may change it.
    public struct CrossReference: Hashable, Sendable {
        /// The article it stands in, by its new number.
        public let article: String
        public let text: String
        public let was: String
        public let now: String
    }

    public let text: String
    public let outcomes: [Outcome]
    public let crossReferences: [CrossReference]

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
        crossReferences = draft.crossReferences
        self.outcomes = outcomes
    }
}
