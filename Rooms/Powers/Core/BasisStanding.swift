import LegalText
import WorkCalendar

/// How a published text stands on a day, and whether a matter may rest on it.
public struct BasisStanding: Equatable, Sendable {
    public let status: Status
    /// What proves it: a sentence, a source's claim, the reason of a withdrawal.
    public let evidence: Text

    public init(_ status: Status, _ evidence: Text) {
        (self.status, self.evidence) = (status, evidence)
    }

    public enum Status: String, Codable, CaseIterable, Sendable {
        case inForce
        case notYetInForce
        /// A newer text of the same work has taken its place.
        case amended
        case expired
        case repealed
        /// It was taken back, or never made public.
        case unpublished
        case noEvidence
    }

    /// What is said when a text is chosen as a basis: taken, taken when somebody answers for it, or refused.
    public struct Row: Sendable {
        public let status: Status
        public let choice: Choice
        public let text: Text
        /// nil: the article is the one of the matter's type, see `PowerType.rules`.
        public let law: Law?

        public enum Choice: Sendable {
            case taken
            case takenWhenConfirmed
            case refused
        }

        init(_ status: Status, _ choice: Choice, _ zh: String, _ en: String, _ law: Law?) {
            (self.status, self.choice, self.text, self.law) = (status, choice, Text(zh, en), law)
        }
    }

    // The columns are the point.
    // swift-format-ignore
    public static let rows: [Row] = [
        .init(.inForce,       .taken,              "现行有效",   "In force",              nil),
        .init(.notYetInForce, .refused,            "尚未施行",   "Not yet in force",      nil),
        .init(.amended,       .refused,            "已修改",     "Amended",               nil),
        .init(.expired,       .refused,            "失效",       "Expired",               nil),
        .init(.repealed,      .refused,            "废止",       "Repealed",              nil),
        .init(.unpublished,   .refused,            "未公开",     "Not published",         .businessEnvironment(64)),
        .init(.noEvidence,    .takenWhenConfirmed, "时效无依据", "No evidence of status", .house),
    ]

    public var row: Row { Self.rows[Status.allCases.firstIndex(of: status) ?? 0] }

    /// Refuses a text that a matter may not rest on, with the rule's article.
    /// - Parameter isConfirmed: the person answers for the text's force, where there is no evidence of it.
    public func check(_ title: String, for type: PowerType?, isConfirmed: Bool) throws(Refusal) {
        let law = (row.law ?? type?.rule.basis ?? .businessEnvironment(35)).citation
        switch row.choice {
        case .taken: return
        case .takenWhenConfirmed where isConfirmed: return
        case .takenWhenConfirmed:
            throw .invalid(
                "bases",
                "《\(title)》的时效没有依据（\(evidence.zh)）：请经核实后勾选确认，由签字的处室负责人负责（\(law.zh)）。",
                "There is no evidence that 《\(title)》 is in force (\(evidence.en)). Make sure, and confirm; the unit head who signs answers for it (\(law.en))."
            )
        case .refused:
            throw .invalid(
                "bases",
                "《\(title)》\(row.text.zh)，不得作为依据：\(evidence.zh)（\(law.zh)）。",
                "《\(title)》 can not be a basis: \(row.text.en.lowercased()): \(evidence.en) (\(law.en))."
            )
        }
    }
}
