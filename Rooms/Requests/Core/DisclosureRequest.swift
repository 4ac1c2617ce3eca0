import WorkCalendar

/// One application for government information: what is asked, how it came, and whose turn it is. Who asks is kept apart, encrypted.
public struct DisclosureRequest: Codable, Equatable, Sendable {
    /// The register's number, `2022-17`.
    public let number: String
    public var unit: String?
    public let channel: Channel
    public let applicantKind: ApplicantKind
    /// The day it came in; the day of receipt in law is the clock's to say.
    public let arrived: Day
    public let subject: String
    public let description: String
    /// How the applicant wants to have it.
    public let form: String
    public private(set) var state: State
    public private(set) var outcome: Outcome?
    public private(set) var closedOn: Day?
    /// What the clock said when it was last derived; kept for lists and forecasts.
    public var due: Day?
    public var isProvisional: Bool
    public let version: Int

    private enum CodingKeys: String, CodingKey {
        case number, unit, channel, applicantKind, arrived, subject, description, form, state, outcome, closedOn, due, version
        case isProvisional = "provisional"
    }

    public init(number: String, filing: Filing, arrived: Day) {
        (self.number, channel, applicantKind, self.arrived) = (number, filing.channel, filing.kind, arrived)
        (subject, description, form) = (filing.subject, filing.description, filing.form)
        (isProvisional, version) = (false, 0)
        state = filing.channel.waitsForConfirmation ? .awaitingConfirmation : .received
    }

    /// A request as it stands in the register.
    public init(
        number: String,
        unit: String?,
        channel: Channel,
        applicantKind: ApplicantKind,
        arrived: Day,
        subject: String,
        description: String,
        form: String,
        state: State,
        outcome: Outcome?,
        closedOn: Day?,
        due: Day?,
        isProvisional: Bool,
        version: Int
    ) {
        (self.number, self.unit, self.channel, self.applicantKind) = (number, unit, channel, applicantKind)
        (self.arrived, self.subject, self.description, self.form) = (arrived, subject, description, form)
        (self.state, self.outcome, self.closedOn, self.due) = (state, outcome, closedOn, due)
        (self.isProvisional, self.version) = (isProvisional, version)
    }

    /// Whose turn it is.
    public enum State: String, Codable, CaseIterable, Sendable {
        case awaitingConfirmation
        case received
        case awaitingCorrection
        case awaitingFee
        case atUnit
        case drafted
        case forSignature
        case answered
        case withdrawn
        case abandoned
    }

    public enum Step: String, Codable, CaseIterable, Sendable {
        case confirm
        case askToCorrect
        case correct
        case assign
        case returnToOffice
        case askThirdParty
        case hearThirdParty
        case askCoProducer
        case hearCoProducer
        case noticeOverride
        case askReasons
        case giveReasons
        case extend
        case noticeFee
        case payFee
        case draft
        case approveDraft
        case sendBack
        case sign
        case answerAtOnce
        case abandon
        case withdraw
    }

    // "需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人" (art. 33): extension is the office head's step.
    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .awaitingConfirmation, [
        .init(.confirm,        from: [.awaitingConfirmation],   to: .received,           by: .disclosureOfficer, .openness(31)),
        .init(.confirm,        from: [.received],               to: .received,           by: .disclosureOfficer, .openness(31)),
        .init(.askToCorrect,   from: [.received],               to: .awaitingCorrection, by: .disclosureOfficer, .openness(30)),
        .init(.correct,        from: [.awaitingCorrection],     to: .received,           by: .disclosureOfficer, .openness(30)),
        .init(.assign,         from: [.received, .atUnit],      to: .atUnit,             by: .disclosureOfficer, .openness(45)),
        .init(.returnToOffice, from: [.atUnit],                 to: .received,           by: .unitHead,          .openness(45)),
        .init(.askThirdParty,  from: [.received, .atUnit],      to: .atUnit,             by: .disclosureOfficer, .openness(32)),
        .init(.hearThirdParty, from: [.atUnit],                 to: .atUnit,             by: .disclosureOfficer, .openness(32)),
        // An opinion comes when it comes, whoever's turn it is.
        .init(.hearThirdParty, from: [.received],               to: .received,           by: .disclosureOfficer, .openness(32)),
        .init(.hearThirdParty, from: [.awaitingCorrection],     to: .awaitingCorrection, by: .disclosureOfficer, .openness(32)),
        .init(.hearThirdParty, from: [.awaitingFee],            to: .awaitingFee,        by: .disclosureOfficer, .openness(32)),
        .init(.hearThirdParty, from: [.drafted],                to: .drafted,            by: .disclosureOfficer, .openness(32)),
        .init(.hearThirdParty, from: [.forSignature],           to: .forSignature,       by: .disclosureOfficer, .openness(32)),
        .init(.askCoProducer,  from: [.received, .atUnit],      to: .atUnit,             by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.atUnit],                 to: .atUnit,             by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.received],               to: .received,           by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.awaitingCorrection],     to: .awaitingCorrection, by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.awaitingFee],            to: .awaitingFee,        by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.drafted],                to: .drafted,            by: .disclosureOfficer, .openness(34)),
        .init(.hearCoProducer, from: [.forSignature],           to: .forSignature,       by: .disclosureOfficer, .openness(34)),
        .init(.noticeOverride, from: [.atUnit, .drafted],       to: .atUnit,             by: .disclosureOfficer, .openness(32)),
        .init(.askReasons,     from: [.received, .atUnit],      to: .atUnit,             by: .disclosureOfficer, .openness(35)),
        .init(.giveReasons,    from: [.atUnit],                 to: .atUnit,             by: .disclosureOfficer, .openness(35)),
        .init(.extend,         from: [.received, .atUnit, .drafted], to: .atUnit,        by: .officeHead,        .openness(33)),
        .init(.noticeFee,      from: [.received, .atUnit],      to: .awaitingFee,        by: .disclosureOfficer, .openness(42)),
        .init(.payFee,         from: [.awaitingFee],            to: .atUnit,             by: .disclosureOfficer, .openness(42)),
        .init(.draft,          from: [.atUnit],                 to: .drafted,            by: .drafter,           .openness(36)),
        .init(.approveDraft,   from: [.drafted],                to: .forSignature,       by: .disclosureOfficer, apartFrom: [.draft], .openness(45)),
        .init(.sendBack,       from: [.drafted],                to: .atUnit,             by: .disclosureOfficer, .openness(45)),
        .init(.sendBack,       from: [.forSignature],           to: .atUnit,             by: .leader,            .openness(45)),
        .init(.sign,           from: [.forSignature],           to: .answered,           by: .leader,            apartFrom: [.draft, .approveDraft], .openness(36)),
        .init(.answerAtOnce,   from: [.received],               to: .answered,           by: .officeHead,        .openness(33)),
        .init(.abandon,        from: [.awaitingCorrection, .awaitingFee], to: .abandoned, by: .disclosureOfficer, .openness(30)),
        .init(.withdraw,       from: [.awaitingConfirmation, .received, .awaitingCorrection, .awaitingFee, .atUnit, .drafted, .forSignature],
                                                                to: .withdrawn,          by: .disclosureOfficer, .openness(45)),
    ])

    /// Takes one step, or refuses.
    public mutating func take(
        _ step: Step,
        outcome: Outcome? = nil,
        on day: Day,
        by actor: Actor,
        taken: [Lifecycle<State, Step>.Taken]
    ) throws(Refusal) -> Lifecycle<State, Step>.Row {
        let row = try Self.lifecycle.row(step, from: state, by: actor, taken: taken)
        state = row.to
        if [.answered, .withdrawn, .abandoned].contains(state) {
            closedOn = day
            self.outcome = outcome ?? self.outcome
        }
        return row
    }

    /// The clock event that a step is; nil for one that moves no clock.
    public static func event(of step: Step) -> ClockEvent.Kind? { eventsOfSteps[step] }

    // The columns are the point.
    // swift-format-ignore
    private static let eventsOfSteps: [Step: ClockEvent.Kind] = [
        .confirm: .confirmed,             .askToCorrect: .correctionAsked,   .correct: .corrected,
        .askThirdParty: .thirdPartyAsked, .hearThirdParty: .thirdPartyAnswered,
        .askCoProducer: .coProducerAsked, .hearCoProducer: .coProducerAnswered,
        .noticeOverride: .overrideNoticed, .askReasons: .reasonsAsked,       .giveReasons: .reasonsGiven,
        .extend: .extended,               .noticeFee: .feeNoticed,           .payFee: .feePaid,
        .sign: .answered,                 .answerAtOnce: .answered,          .withdraw: .withdrawn,
    ]
}

/// What an applicant files (art. 29).
public struct Filing: Codable, Equatable, Sendable {
    public var channel: Channel
    public var kind: ApplicantKind
    public var name: String
    /// Number of the identity document or the credit code.
    public var identity: String
    public var contact: String
    public var subject: String
    public var description: String
    public var form: String

    public init(
        channel: Channel,
        kind: ApplicantKind,
        name: String,
        identity: String,
        contact: String,
        subject: String,
        description: String,
        form: String
    ) {
        (self.channel, self.kind, self.name, self.identity) = (channel, kind, name, identity)
        (self.contact, self.subject, self.description, self.form) = (contact, subject, description, form)
    }

    /// Refuses what art. 29 asks for and is not there, each field with its sentence.
    public func check() throws(Refusal) {
        var faults: [String: Text] = [:]
        func ask(_ field: String, _ value: String, _ zh: String, _ en: String, most: Int = 200) {
            if value.allSatisfy(\.isWhitespace) {
                faults[field] = Text("\(zh)（条例第二十九条）。", "\(en) (Regulation, art. 29).")
            } else if value.count > most {
                faults[field] = Text("内容过长，至多\(most)字。", "Too long: at most \(most) characters.")
            } else if Self.hasOverrides(value) {
                faults[field] = Text("含有不可见的控制字符，请去除。", "It holds invisible control characters; remove them.")
            }
        }
        ask("name", name, "请填写姓名或者名称", "Write your name")
        ask("identity", identity, "请填写身份证明的号码", "Give the number of your proof of identity")
        ask("contact", contact, "请填写联系方式", "Say how you can be reached")
        ask("subject", subject, "请填写所需信息的名称、文号", "Name the information, or give its number")
        ask("description", description, "请写明便于查询的特征", "Describe it so that it can be found", most: 5000)
        ask("form", form, "请选择获取信息的方式", "Say how you want to have it")
        guard faults.isEmpty else { throw .invalidForm(faults) }
    }

    /// Whether a text holds what can not be seen and may deceive.
    public static func hasOverrides(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value == 0 || overrides.contains($0.value) }
    }

    /// Marks that turn the direction of a text (U+202A–202E, U+2066–2069): they can make a line read as another.
    private static let overrides: Set<UInt32> = Set((0x202A...0x202E)).union(0x2066...0x2069)
}
