import WorkCalendar

/// What happened to a request on a day, as far as its clock is concerned.
public struct ClockEvent: Codable, Hashable, Sendable {
    public let kind: Kind
    public let on: Day
    /// How many working days an extension adds; nil for every other kind.
    public let workingDays: Int?

    public init(_ kind: Kind, on: Day, workingDays: Int? = nil) {
        (self.kind, self.on, self.workingDays) = (kind, on, workingDays)
    }

    /// In the order in which those of one day are tried: what ends a waiting first, what begins one late.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// Both sides have confirmed the receipt.
        case confirmed
        case corrected
        case feePaid
        case reasonsGiven
        case thirdPartyAnswered
        case coProducerAnswered
        case reasonsAsked
        case thirdPartyAsked
        case coProducerAsked
        case overrideNoticed
        case extended
        case correctionAsked
        case feeNoticed
        case answered
        case withdrawn
    }
}

/// How a request came in.
public enum Channel: String, Codable, CaseIterable, Sendable {
    case inPerson
    case oral
    case registeredPost
    case post
    case web
    case fax
    case email

    /// Whether the day of receipt is the day on which both sides confirm (art. 31(3)).
    public var waitsForConfirmation: Bool { [.web, .fax, .email].contains(self) }
}

// The columns are the point.
// swift-format-ignore
extension Channel {
    public var text: Text {
        switch self {
        case .inPerson:       Text("当面提交",   "In person")
        case .oral:           Text("口头（代填）", "Oral, written down by the office")
        case .registeredPost: Text("挂号或者快递", "Registered post")
        case .post:           Text("平信",       "Ordinary post")
        case .web:            Text("网上",       "Web")
        case .fax:            Text("传真",       "Fax")
        case .email:          Text("电子邮件",   "E-mail")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension ClockEvent.Kind {
    public var text: Text {
        switch self {
        case .confirmed:          Text("双方确认收到",       "Receipt confirmed by both sides")
        case .correctionAsked:    Text("告知补正",           "Correction asked for")
        case .corrected:          Text("收到补正",           "Correction received")
        case .reasonsAsked:       Text("要求说明理由",       "Reasons asked for")
        case .reasonsGiven:       Text("收到理由说明",       "Reasons received")
        case .thirdPartyAsked:    Text("征求第三方意见",     "Third party asked")
        case .thirdPartyAnswered: Text("收到第三方意见",     "Third party answered")
        case .coProducerAsked:    Text("征求其他机关意见",   "Other agency asked")
        case .coProducerAnswered: Text("收到其他机关意见",   "Other agency answered")
        case .overrideNoticed:    Text("告知第三方决定公开", "Third party told of disclosure in the public interest")
        case .extended:           Text("延长答复期限",       "Term extended")
        case .feeNoticed:         Text("发出收费通知",       "Fee notice sent")
        case .feePaid:            Text("缴费完成",           "Fee paid")
        case .answered:           Text("答复",               "Answered")
        case .withdrawn:          Text("申请人撤回",         "Withdrawn by the applicant")
        }
    }
}
