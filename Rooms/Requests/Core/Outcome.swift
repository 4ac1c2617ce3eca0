/// How a request ended: each reply with its article, and the row of the annual report's table 3 that counts it.
public enum Outcome: String, Codable, CaseIterable, Sendable {
    case alreadyPublic
    case disclosed
    case partial
    case stateSecret
    case forbiddenByLaw
    case threeSecuritiesOneStability
    case thirdParty
    case internalAffairs
    case processInfo
    case enforcementFile
    case registryAccess
    case notHeld
    case notThisAgency
    case wouldNeedProcessing
    case unclearAfterCorrection
    case petition
    case repeated
    case publication
    case excessive
    case confirmOrReissue
    case notCorrected
    case feeNotPaid
    case other

    /// By which class the remedy text is chosen, and table 3 groups.
    public enum Group: String, Codable, CaseIterable, Sendable {
        case disclosed
        case partial
        /// 不予公开, arts 14 to 16: administrative review comes first since 2024.
        case refused
        /// 无法提供.
        case notProvided
        /// 不予处理.
        case notProcessed
        case other
    }

    // "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" (国办公开办函〔2021〕30号, table 3).
    // The columns are the point.
    // swift-format-ignore
    private var entry: (group: Group, zh: String, en: String, law: Law) {
        switch self {
        case .alreadyPublic:          (.disclosed,    "已主动公开，告知方式、途径",   "Already public: told how to obtain it",       .openness(36))
        case .disclosed:              (.disclosed,    "予以公开",                     "Disclosed",                                   .openness(36))
        case .partial:                (.partial,      "部分公开（区分处理）",         "Disclosed in part, the rest separated",       .openness(37))
        case .stateSecret:            (.refused,      "属于国家秘密",                 "State secret",                                .openness(14))
        case .forbiddenByLaw:         (.refused,      "其他法律行政法规禁止公开",     "Forbidden by another law or regulation",      .openness(14))
        case .threeSecuritiesOneStability: (.refused, "危及“三安全一稳定”",           "Endangers security or stability",             .openness(14))
        case .thirdParty:             (.refused,      "保护第三方合法权益",           "Protects a third party",                      .openness(15))
        case .internalAffairs:        (.refused,      "属于三类内部事务信息",         "Internal affairs",                            .openness(16))
        case .processInfo:            (.refused,      "属于四类过程性信息",           "Information of the process",                  .openness(16))
        case .enforcementFile:        (.refused,      "属于行政执法案卷",             "Law-enforcement file",                        .openness(16))
        case .registryAccess:         (.refused,      "属于行政查询事项",             "Access is governed by a registry's own rules", .openness(36))
        case .notHeld:                (.notProvided,  "信息不存在",                   "Does not exist",                              .openness(36))
        case .notThisAgency:          (.notProvided,  "不属于本机关负责公开",         "Another agency's to disclose",                .openness(36))
        case .wouldNeedProcessing:    (.notProvided,  "没有现成信息需要另行制作",     "Would have to be made anew",                  .openness(38))
        case .unclearAfterCorrection: (.notProvided,  "补正后申请内容仍不明确",       "Still unclear after the correction",          .openness(30))
        case .petition:               (.notProcessed, "信访举报投诉类申请",           "A petition or complaint in this form",        .openness(39))
        case .repeated:               (.notProcessed, "重复申请",                     "Repeated",                                    .openness(36))
        case .publication:            (.notProcessed, "要求提供公开出版物",           "Asks for a publication",                      .openness(39))
        case .excessive:              (.notProcessed, "无正当理由大量反复申请",       "Excessive without good reason",               .openness(35))
        case .confirmOrReissue:       (.notProcessed, "要求行政机关确认或重新出具已获取信息", "Asks to confirm or reissue what is held",  .openness(36))
        case .notCorrected:           (.other,        "申请人无正当理由逾期不补正",   "Not corrected in time",                       .openness(30))
        case .feeNotPaid:             (.other,        "申请人逾期未缴费",             "Fee not paid in time",                        Law(.feeMeasures))
        case .other:                  (.other,        "其他（如申请人撤回）",         "Other, such as withdrawn",                    .house)
        }
    }

    public var group: Group { entry.group }
    public var text: Text { Text(entry.zh, entry.en) }
    public var law: Law { entry.law }
    /// 不予公开 as 行政复议法第二十三条 means it: refused under arts 14 to 16. What a registry's own rules govern (art. 36(7)) stands in the
    /// same block of table 3, but is no such refusal.
    public var isWithheld: Bool { group == .refused && law.act == .openness && (14...16).contains(law.article) }

    // The columns are the point.
    // swift-format-ignore
    private static let needs: [Outcome: (event: ClockEvent.Kind, zh: String, en: String, law: Law)] = [
        .thirdParty:             (.thirdPartyAsked, "应当先书面征求第三方的意见",     "The third party must have been asked in writing first",     .openness(32)),
        .unclearAfterCorrection: (.corrected,       "应当先告知补正并收到补正",       "A correction must have been asked for and received first",  .openness(30)),
        .excessive:              (.reasonsAsked,    "应当先要求申请人说明理由",       "The applicant must have been asked for reasons first",      .openness(35)),
        .notCorrected:           (.correctionAsked, "应当先一次性告知补正",           "A correction must have been asked for first",               .openness(30)),
        .feeNotPaid:             (.feeNoticed,      "应当先发出收费通知",             "A fee notice must have been sent first",                    Law(.feeMeasures)),
    ]

    /// Refuses an end that the law allows only after something else was done.
    public func check(after events: [ClockEvent]) throws(Refusal) {
        guard let need = Self.needs[self], !events.contains(where: { $0.kind == need.event }) else { return }
        let citation = need.law.citation
        throw .invalid("outcome", "\(need.zh)（\(citation.zh)）。", "\(need.en) (\(citation.en)).")
    }

    /// Whether reasons must be stated (art. 36(3), art. 37).
    public var needsReasons: Bool { ![.disclosed, .other].contains(group) }
    /// Whether an officer may choose it as a reply; the last three follow from what the applicant did not do.
    public var isReply: Bool { group != .other }
}

/// What kind of person asks, as table 3 counts them.
public enum ApplicantKind: String, Codable, CaseIterable, Sendable {
    case person
    case business
    case research
    case welfare
    case legalService
    case otherOrganisation

    // The columns are the point.
    // swift-format-ignore
    public var text: Text {
        switch self {
        case .person:            Text("自然人",       "Natural person")
        case .business:          Text("商业企业",     "Business")
        case .research:          Text("科研机构",     "Research institution")
        case .welfare:           Text("社会公益组织", "Public-welfare organisation")
        case .legalService:      Text("法律服务机构", "Legal-service organisation")
        case .otherOrganisation: Text("其他",         "Other organisation")
        }
    }
}
