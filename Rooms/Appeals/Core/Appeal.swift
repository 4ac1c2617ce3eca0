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
        case decide
        case close
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .served, [
        .init(.answer,           from: [.served],             to: .answered, by: .disclosureOfficer, .review(54)),
        .init(.accept,           from: [.served],             to: .accepted, by: .hearingOfficer,    .review(30)),
        .init(.refuseAcceptance, from: [.served],             to: .decided,  by: .hearingOfficer,    .review(30)),
        .init(.decide,           from: [.answered],           to: .decided,  by: .disclosureOfficer, .house),
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
        let isHearing = step == .accept || step == .refuseAcceptance || (step == .decide && state == .accepted)
        guard kind == .heard ? step != .answer : !isHearing else { throw .outOfTurn }
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

    /// A day by which something is owed, and why.
    public struct Term: Codable, Equatable, Sendable {
        public let what: Text
        public let due: Day
        public let isProvisional: Bool
        public let article: String
        public let articleEn: String
    }

    // "三日""五日""七日""十日"是指工作日 (行政复议法第八十八条); thirty and sixty days, and the court's fifteen, are calendar days.
    /// What is owed in this matter, the next first.
    public func terms(_ calendar: WorkCalendar) -> [Term] {
        func working(_ days: Int, _ zh: String, _ en: String, _ law: Law) -> Term {
            let due = calendar.provisionalDue(after: servedOn, workingDays: days)
            return Term(
                what: Text(zh, en),
                due: due.due,
                isProvisional: due.isProvisional,
                article: law.citation.zh,
                articleEn: law.citation.en
            )
        }
        func plain(_ days: Int, _ zh: String, _ en: String, _ law: Law) -> Term {
            Term(
                what: Text(zh, en),
                due: calendar.onOrAfter(servedOn.adding(days)),
                isProvisional: false,
                article: law.citation.zh,
                articleEn: law.citation.en
            )
        }
        switch kind {
        case .review:
            return [
                isSimplified
                    ? working(5, "提出书面答复并提交证据、依据（5个工作日）", "Written answer with evidence (5 working days)", .review(54))
                    : working(10, "提出书面答复并提交证据、依据（10个工作日）", "Written answer with evidence (10 working days)", .review(48))
            ]
        case .suitDirect, .suitAfterReview:
            return [plain(15, "提交证据、依据和答辩状（15日）", "Evidence and defence (15 days)", .litigation(67))]
        case .heard:
            return [
                working(5, "审查是否受理（5个工作日）", "Acceptance check (5 working days)", .review(30)),
                isSimplified
                    ? plain(30, "作出复议决定（简易程序30日）", "Decision (simplified, 30 days)", .review(62))
                    : plain(60, "作出复议决定（60日，经批准可延长至多30日）", "Decision (60 days; at most 30 more with approval)", .review(62)),
            ]
        }
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
