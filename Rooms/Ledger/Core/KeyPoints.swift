import LegalText
import WorkCalendar

/// What a key-points notice makes the office owe: its numbered tasks and the duties of its closing paragraph.
public struct KeyPoints: Equatable, Sendable {
    public let tasks: [Task]

    public struct Task: Equatable, Sendable {
        public enum Kind: String, Encodable, Sendable {
            case task
            /// To name a contact person.
            case contact
            /// To hand in a summary or report.
            case report
        }

        /// "1" … as the notice counts; "2.1" where it begins anew under each heading; "closing-1" for duties of the
        /// closing paragraph.
        public let number: String
        /// The heading it stands under, without its number.
        public let heading: String?
        /// Its first sentence.
        public let title: String
        /// The full text without the responsibility parenthesis.
        public let text: String
        /// The parenthesis as printed, with its brackets.
        public let responsibility: String?
        /// The unit the text names as lead, or the only one responsible. Of several without a lead none is promoted.
        public let lead: String?
        /// The units responsible beside the lead, in the document's language; names the table does not know as printed.
        public let units: [String]
        /// Roles in place of units ("the policy drafting department"): whoever fills them is found for each document.
        public let roles: [String]
        /// The first day that the text sets; nil where it sets none or only words.
        public let due: Day?
        /// The time limit as printed; where there is no day, the first word ("timely", 年度).
        public let dueText: String?
        public let kind: Kind
        public let flags: [Flag]
        /// Where it stands in the document.
        public let anchor: String

        public var role: String? { roles.first }
    }

    /// What a person should look at.
    public enum Flag: Equatable, Sendable {
        case noResponsible
        /// Named by the notice, not in the table of units.
        case unknownUnit(String)
        case duplicateNumber(String)
        /// A number that the notice leaves out before this task.
        case missingNumber(String)
        /// The notice has no numbers: this one was counted by us.
        case unnumbered
        /// A date that the calendar does not have.
        case unreadableDate(String)
        /// The working calendar does not reach as far as this time limit.
        case beyondCalendar(String)
    }
}

extension KeyPoints: Encodable {}

extension KeyPoints.Task: Encodable {
    private enum Key: String, CodingKey {
        case number, heading, title, text, lead, units, due, dueText, kind, role, roles, flags, anchor
    }

    /// All keys always stand there; what is not known is null.
    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Key.self)
        try row.encode(number, forKey: .number)
        try row.encode(heading, forKey: .heading)
        try row.encode(title, forKey: .title)
        try row.encode(text, forKey: .text)
        try row.encode(lead, forKey: .lead)
        try row.encode(units, forKey: .units)
        try row.encode(due, forKey: .due)
        try row.encode(dueText, forKey: .dueText)
        try row.encode(kind, forKey: .kind)
        try row.encode(role, forKey: .role)
        try row.encode(roles, forKey: .roles)
        try row.encode(flags.map(\.description), forKey: .flags)
        try row.encode(anchor, forKey: .anchor)
    }
}

extension KeyPoints.Flag: CustomStringConvertible {
    /// The flag as the JSON gives it: `unknownUnit: Space Department`.
    public var description: String {
        switch self {
        case .noResponsible: "noResponsible"
        case .unknownUnit(let name): "unknownUnit: \(name)"
        case .duplicateNumber(let number): "duplicateNumber: \(number)"
        case .missingNumber(let number): "missingNumber: \(number)"
        case .unnumbered: "unnumbered"
        case .unreadableDate(let printed): "unreadableDate: \(printed)"
        case .beyondCalendar(let printed): "beyondCalendar: \(printed)"
        }
    }
}
