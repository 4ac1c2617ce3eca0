import WorkCalendar

/// The clocks of a request, derived from what happened: one pure function, and every date says why it is what it is.
///
/// Nothing here is stored: a corrected receipt date, a corrected event or an amended calendar gives other dates when asked again.
public struct ReplyClock: Equatable, Sendable {
    /// Whose turn it is, as far as the clock knows.
    public enum State: String, Codable, Sendable {
        case awaitingConfirmation
        case running
        case awaitingCorrection
        case awaitingFee
        case answered
        case withdrawn
    }

    /// Why a date is what it is, with the article.
    public struct Reason: Codable, Equatable, Sendable {
        public let date: Day?
        public let zh: String
        public let en: String
        public let article: String
        public let articleEn: String

        init(_ date: Day?, _ zh: String, _ en: String, _ law: Law) {
            (self.date, self.zh, self.en) = (date, zh, en)
            (article, articleEn) = (law.citation.zh, law.citation.en)
        }
    }

    /// A term beside the reply's own: for a correction notice, a third party's or co-producer's opinion, a fee.
    public struct Limit: Codable, Equatable, Sendable {
        public let clock: String
        public let due: Day
        public let zh: String
        public let en: String
        public let article: String
        public let articleEn: String

        init(_ clock: String, _ due: Day, _ zh: String, _ en: String, _ law: Law) {
            (self.clock, self.due, self.zh, self.en) = (clock, due, zh, en)
            (article, articleEn) = (law.citation.zh, law.citation.en)
        }
    }

    /// Days that do not count.
    public struct Suspension: Codable, Equatable, Sendable {
        public let from: Day
        public let to: Day
    }

    public let state: State
    /// The day of receipt in law, from which the reply's term runs (day zero); nil while it is not confirmed.
    public let receipt: Day?
    /// The last day for the reply; nil while the clock waits for the applicant.
    public let due: Day?
    /// The notice of a year that the term runs into is not loaded: to be derived again when it is.
    public let isProvisional: Bool
    public let events: [ClockEvent]
    public let suspended: [Suspension]
    public let why: [Reason]
    public let limits: [Limit]
    /// What is lawful but late or owed.
    public let warnings: [Reason]

    /// Terms in working days.
    public static let replyDays = 20
    public static let correctionNoticeDays = 7
    public static let opinionDays = 15
    public static let mostExtension = 20
    /// The most that an office may set as a "reasonable" later term (art. 35 names no number): a working year.
    public static let mostDelay = 250
    /// 信息处理费管理办法第六条 [M].
    public static let feeDays = 20
}

extension ReplyClock: Encodable {
    private enum Key: String, CodingKey {
        case state, receipt, due, provisional, events, suspended, why, limits, warnings, onTime
    }

    /// Whether the answer was given in time; nil where there is none.
    public var onTime: Bool? {
        guard let answered = events.last(where: { $0.kind == .answered })?.on, let due else { return nil }
        return answered <= due
    }

    /// All keys always stand there; what is not known is null.
    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Key.self)
        try row.encode(state, forKey: .state)
        try row.encode(receipt, forKey: .receipt)
        try row.encode(due, forKey: .due)
        try row.encode(isProvisional, forKey: .provisional)
        try row.encode(events, forKey: .events)
        try row.encode(suspended, forKey: .suspended)
        try row.encode(why, forKey: .why)
        try row.encode(limits, forKey: .limits)
        try row.encode(warnings, forKey: .warnings)
        try row.encode(onTime, forKey: .onTime)
    }
}
