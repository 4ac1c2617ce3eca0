import WorkCalendar

/// Someone's request that the agency correct a record about them (art. 41): a case of its own, with its own clock; table 3 does not count it.
public struct RecordCorrection: Codable, Equatable, Sendable {
    /// The register's number, `G2022-3`.
    public let number: String
    public let filedOn: Day
    /// Which record, and where the agency gave it out.
    public let record: String
    /// What in it is not right.
    public let fault: String
    /// What would be right.
    public let proper: String
    /// What proves it: the law asks for evidence.
    public let evidence: String
    public var unit: String?
    public private(set) var state: State
    /// What the unit in charge found.
    public var opinion: String
    /// What the applicant is told, with reasons.
    public private(set) var decision: String
    public private(set) var decidedOn: Day?
    public let version: Int

    public init(number: String, filing: RecordFiling, on day: Day) {
        (self.number, filedOn, state) = (number, day, .received)
        (record, fault, proper, evidence) = (filing.record, filing.fault, filing.proper, filing.evidence)
        (opinion, decision, version) = ("", "", 0)
    }

    /// Whose turn it is.
    public enum State: String, Codable, CaseIterable, Sendable {
        case received
        case atUnit
        case examined
        case corrected
        case refused
        case referred
        case directed
        case withdrawn

        public var isOpen: Bool { [.received, .atUnit, .examined].contains(self) }
    }

    public enum Step: String, Codable, CaseIterable, Sendable {
        case assign
        case examine
        case correctRecord
        case refuseCorrection
        case refer
        case direct
        case withdrawCorrection
    }

    // "有权更正的行政机关审核属实的，应当予以更正并告知申请人；不属于本行政机关职能范围的，行政机关可以转送有权更正的行政机关处理并告知申请人，
    // 或者告知申请人向有权更正的行政机关提出。" (art. 41)
    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .received, [
        .init(.assign,             from: [.received, .atUnit, .examined], to: .atUnit,    by: .disclosureOfficer, .openness(41)),
        .init(.examine,            from: [.atUnit],                       to: .examined,  by: .drafter,           .openness(41)),
        .init(.correctRecord,      from: [.examined],                     to: .corrected, by: .officeHead,        apartFrom: [.examine], .openness(41)),
        .init(.refuseCorrection,   from: [.examined],                     to: .refused,   by: .officeHead,        apartFrom: [.examine], .openness(41)),
        .init(.refer,              from: [.received, .examined],          to: .referred,  by: .officeHead,        apartFrom: [.examine], .openness(41)),
        .init(.direct,             from: [.received, .examined],          to: .directed,  by: .officeHead,        apartFrom: [.examine], .openness(41)),
        .init(.withdrawCorrection, from: [.received, .atUnit, .examined], to: .withdrawn, by: .disclosureOfficer, .openness(41)),
    ])

    public mutating func take(
        _ step: Step,
        text: String,
        unit: String?,
        on day: Day,
        by actor: Actor,
        taken: [Lifecycle<State, Step>.Taken]
    ) throws(Refusal) -> Lifecycle<State, Step>.Row {
        let row = try Self.lifecycle.row(step, from: state, by: actor, taken: taken)
        switch step {
        case .assign: self.unit = unit
        case .examine:
            guard self.unit == actor.unit else {
                throw .forbidden(because: Text("该事项由其他处室承办。", "Another unit is in charge of this matter."))
            }
            guard !text.allSatisfy(\.isWhitespace) else { throw .invalid("text", "请写明核查的情况。", "Write what was found.") }
            opinion = text
        case .correctRecord, .refuseCorrection, .refer, .direct:
            guard !text.allSatisfy(\.isWhitespace) else {
                throw .invalid("text", "请写明告知申请人的内容和理由。", "Write what the applicant is told, and why.")
            }
            (decision, decidedOn) = (text, day)
        case .withdrawCorrection: decidedOn = day
        }
        state = row.to
        return row
    }

    /// The law sets no period for art. 41; the office gives itself that of a reply.
    public static let termDays = 20

    /// The last day for the decision, and whether the year's notice is still missing.
    public func due(_ calendar: WorkCalendar) -> (day: Day, isProvisional: Bool) {
        let counted = calendar.provisionalDue(after: filedOn, workingDays: Self.termDays)
        return (counted.due, counted.isProvisional)
    }
}

/// What an applicant writes to have a record corrected.
public struct RecordFiling: Codable, Equatable, Sendable {
    public var name, identity, contact, record, fault, proper, evidence: String

    public init(name: String, identity: String, contact: String, record: String, fault: String, proper: String, evidence: String) {
        (self.name, self.identity, self.contact) = (name, identity, contact)
        (self.record, self.fault, self.proper, self.evidence) = (record, fault, proper, evidence)
    }

    public func check() throws(Refusal) {
        // The columns are the point.
        // swift-format-ignore
        let asked: [(field: String, value: String, zh: String, en: String, most: Int)] = [
            ("name",     name,     "请填写姓名或者名称",             "Write your name",                                200),
            ("identity", identity, "请填写身份证明的号码",           "Give the number of your proof of identity",      200),
            ("contact",  contact,  "请填写联系方式",                 "Say how you can be reached",                     200),
            ("record",   record,   "请写明是哪一项记录、从哪里得到", "Say which record it is, and where you have it from", 1000),
            ("fault",    fault,    "请写明哪里不准确",               "Say what is not right",                         5000),
            ("proper",   proper,   "请写明正确的内容",               "Say what would be right",                       5000),
            ("evidence", evidence, "请写明有什么证据",               "Say what proves it",                            5000),
        ]
        var faults: [String: Text] = [:]
        for each in asked {
            if each.value.allSatisfy(\.isWhitespace) {
                faults[each.field] = Text("\(each.zh)（条例第四十一条）。", "\(each.en) (Regulation, art. 41).")
            } else if each.value.count > each.most {
                faults[each.field] = Text("内容过长，至多\(each.most)字。", "Too long: at most \(each.most) characters.")
            } else if each.value.turnsDirection || each.value.utf8.contains(0) {
                faults[each.field] = Text("含有不可见的控制字符，请去除。", "It holds invisible control characters; remove them.")
            }
        }
        guard faults.isEmpty else { throw .invalidForm(faults) }
    }
}

// The columns are the point.
// swift-format-ignore
extension RecordCorrection.State {
    public var text: Text {
        switch self {
        case .received:  Text("待分办",         "To be assigned")
        case .atUnit:    Text("处室核查中",     "Being examined")
        case .examined:  Text("已核查，待决定", "Examined, to be decided")
        case .corrected: Text("已更正",         "Corrected")
        case .refused:   Text("不予更正",       "Not corrected")
        case .referred:  Text("已转送有权机关", "Passed on to the agency in charge")
        case .directed:  Text("已告知向有权机关提出", "Told which agency is in charge")
        case .withdrawn: Text("已撤回",         "Withdrawn")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension RecordCorrection.Step {
    public var text: Text {
        switch self {
        case .assign:             Text("分办",                 "Assign")
        case .examine:            Text("提交核查情况",         "Write what was found")
        case .correctRecord:      Text("予以更正",             "Correct the record")
        case .refuseCorrection:   Text("不予更正",             "Do not correct it")
        case .refer:              Text("转送有权更正的机关",   "Pass it on to the agency in charge")
        case .direct:             Text("告知向有权机关提出",   "Tell which agency is in charge")
        case .withdrawCorrection: Text("申请人撤回更正申请",   "Withdrawn by the applicant")
        }
    }
}
