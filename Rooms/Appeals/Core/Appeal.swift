import WorkCalendar

/// An administrative review or a lawsuit about a request, a release or a document; or a review that the agency itself hears.
public struct Appeal: Codable, Equatable, Sendable {
    public let number: String
    public let kind: Kind
    /// What it is about: `request/2022-17`, `release/KEY`, `document/KEY`.
    public let about: String
    public let filedOn: Day
    /// The day the copy or the summons reached the agency: its answer's term runs from there.
    public let servedOn: Day
    /// Whether the simplified procedure applies (行政复议法第五十三条第一款第四项).
    public let isSimplified: Bool
    public private(set) var state: State
    public private(set) var result: RemedyTable.Result?
    public private(set) var decidedOn: Day?
    public var lesson: String
    public let version: Int

    private enum CodingKeys: String, CodingKey {
        case number, kind, about, filedOn, servedOn, state, result, decidedOn, lesson, version
        case isSimplified = "simplified"
    }

    public init(number: String, kind: Kind, about: String, filedOn: Day, servedOn: Day, isSimplified: Bool) {
        (self.number, self.kind, self.about, self.filedOn) = (number, kind, about, filedOn)
        (self.servedOn, self.isSimplified) = (servedOn, isSimplified)
        (state, lesson, version) = (.served, "", 0)
    }

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case review
        case suitDirect
        case suitAfterReview
        /// A review of a subordinate body's act that this agency hears.
        case heard

        /// The group of table 4; a review that the agency hears is another's figure.
        public var group: RemedyTable.Group? {
            switch self {
            case .review: .review
            case .suitDirect: .suitDirect
            case .suitAfterReview: .suitAfterReview
            case .heard: nil
            }
        }

        // The columns are the point.
        // swift-format-ignore
        public var text: Text {
            switch self {
            case .review:          Text("行政复议（被申请人）",   "Administrative review")
            case .suitDirect:      Text("行政诉讼（未经复议）",   "Lawsuit without review")
            case .suitAfterReview: Text("行政诉讼（复议后）",     "Lawsuit after review")
            case .heard:           Text("本机关审理的行政复议",   "Review heard by this agency")
            }
        }
    }

    /// Whose turn it is.
    public enum State: String, Codable, CaseIterable, Sendable {
        case served
        case answered
        case accepted
        case decided
        case closed
    }

    public enum Step: String, Codable, CaseIterable, Sendable {
        case answer
        case accept
        case refuseAcceptance
        case extend
        case decide
        case close
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .served, [
        .init(.answer,           from: [.served],             to: .answered, by: .disclosureOfficer, .review(54)),
        .init(.accept,           from: [.served],             to: .accepted, by: .hearingOfficer,    .review(30)),
        .init(.refuseAcceptance, from: [.served],             to: .decided,  by: .hearingOfficer,    .review(30)),
        .init(.extend,           from: [.accepted],           to: .accepted, by: .unitHead,          .review(62)),
        .init(.decide,           from: [.served, .answered],  to: .decided,  by: .disclosureOfficer, .house),
        .init(.decide,           from: [.accepted],           to: .decided,  by: .hearingOfficer,    .review(62)),
        .init(.close,            from: [.decided],            to: .closed,   by: .disclosureOfficer, .house),
    ])

    public mutating func take(
        _ step: Step,
        result: RemedyTable.Result? = nil,
        on day: Day,
        by actor: Actor,
        taken: [Lifecycle<State, Step>.Taken]
    ) throws(Refusal) -> Lifecycle<State, Step>.Row {
        let isHearing = [.accept, .refuseAcceptance, .extend].contains(step) || (step == .decide && state == .accepted)
        guard kind == .heard ? isHearing || step == .close : !isHearing else { throw .outOfTurn }
        if step == .extend { try requireExtensible(taken) }
        let row = try Self.lifecycle.row(step, from: state, by: actor, taken: taken)
        guard day >= servedOn else { throw .invalid("on", "日期早于收到之日。", "The day lies before the day it was served.") }
        if step == .decide || step == .refuseAcceptance {
            guard let result = step == .refuseAcceptance ? .other : result, result != .pending else {
                throw .invalid("result", "请选择结果。", "Choose the result.")
            }
            (self.result, decidedOn) = (result, day)
        }
        state = row.to
        return row
    }

    /// "情况复杂……经行政复议机构的负责人批准，可以适当延长" once; the simplified procedure knows no extension (行政复议法第六十二条).
    private func requireExtensible(_ taken: [Lifecycle<State, Step>.Taken]) throws(Refusal) {
        guard !followsSimplified else {
            throw .invalid("step", "简易程序的审理期限不得延长。", "The term of the simplified procedure is not extended.")
        }
        guard !taken.contains(where: { $0.step == .extend }) else {
            throw .invalid("step", "审理期限已经延长过。", "The term has been extended already.")
        }
    }

    /// The simplified procedure came with the law in force since 2024.
    private var followsSimplified: Bool { isSimplified && !Appeal.isEarlier(servedOn) }

    static func isEarlier(_ day: Day) -> Bool { day < Day(2024, 1, 1) }

    /// A day by which something is owed, and why.
    public struct Term: Codable, Equatable, Sendable {
        public let what: Text
        public let due: Day
        public let isProvisional: Bool
        public let article: String
        public let articleEn: String
    }
}

extension WorkCalendar {
    /// The day itself, or the next one that is worked: a term does not end on a holiday (Civil Code, art. 203).
    func onOrAfter(_ day: Day) -> Day {
        var day = day
        while !isWorked(day) { day = day.adding(1) }
        return day
    }
}
