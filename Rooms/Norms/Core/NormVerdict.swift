import WorkCalendar

/// What the unit that answers for a work says of an event that another document would cause.
public struct NormVerdict: Codable, Equatable, Sendable {
    /// Which event: the document that causes it, the work that it ends or changes, and the sentence.
    public struct Event: Codable, Hashable, Sendable {
        public let by: String
        public let of: String
        public let kind: NormEvent.Kind
        public let sentence: String

        public init(by: String, of: String, kind: NormEvent.Kind, sentence: String) {
            (self.by, self.of, self.kind, self.sentence) = (by, of, kind, sentence)
        }
    }

    public let event: Event
    public let isConfirmed: Bool
    /// Why it was refused; may be empty where it was confirmed.
    public let reason: String
    public let person: String
    public let unit: String
    public let day: Day

    public init(_ event: Event, isConfirmed: Bool, reason: String, person: String, unit: String, day: Day) {
        (self.event, self.isConfirmed, self.reason) = (event, isConfirmed, reason)
        (self.person, self.unit, self.day) = (person, unit, day)
    }

    /// Whether the event counts, and what is said beside it.
    static func effect(of verdict: NormVerdict?) -> (note: Text?, applies: Bool) {
        guard let verdict else { return (awaits, false) }
        guard !verdict.isConfirmed else { return (nil, true) }
        return (Text("责任单位未予确认：\(verdict.reason)", "refused by the unit in charge: \(verdict.reason)"), false)
    }

    private static let awaits = Text("待责任单位确认", "awaits confirmation by the unit in charge")
}
