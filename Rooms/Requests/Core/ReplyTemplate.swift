/// The first draft of a reply by its outcome: what the law says must be in it is there, what only the officer knows is marked ［…］.
public enum ReplyTemplate {
    // The columns are the point.
    // swift-format-ignore
    private static let rows: [Outcome: String] = [
        .alreadyPublic:     "您申请公开的信息已经主动公开，您可以通过以下方式、途径获取：［网址或者地点］。",
        .disclosed:         "您申请公开的信息可以公开，现提供给您，见附件：［名称］。",
        .partial:           "您申请公开的信息中，［部分］含有不应当公开的内容，理由是：［理由和条款］。本机关已作区分处理，现将可以公开的部分提供给您，见附件：［名称］。",
        .stateSecret:       "您申请公开的信息依法确定为国家秘密，根据《政府信息公开条例》第十四条，决定不予公开。理由：［理由］。",
        .forbiddenByLaw:    "您申请公开的信息属于［法律、行政法规名称和条款］禁止公开的信息，根据《政府信息公开条例》第十四条，决定不予公开。",
        .threeSecuritiesOneStability: "您申请公开的信息公开后可能危及［国家安全、公共安全、经济安全、社会稳定］，根据《政府信息公开条例》第十四条，决定不予公开。理由：［理由］。",
        .thirdParty:        "您申请公开的信息涉及第三方的［商业秘密、个人隐私］，经书面征求意见，第三方不同意公开且有合理理由，根据《政府信息公开条例》第十五条、第三十二条，决定不予公开。理由：［理由］。",
        .internalAffairs:   "您申请公开的信息属于［人事管理、后勤管理、内部工作流程］方面的内部事务信息，根据《政府信息公开条例》第十六条第一款，决定不予公开。理由：［理由］。",
        .processInfo:       "您申请公开的信息属于［讨论记录、过程稿、磋商信函、请示报告］等过程性信息，根据《政府信息公开条例》第十六条第二款，决定不予公开。理由：［理由］。",
        .enforcementFile:   "您申请公开的信息属于行政执法案卷信息，根据《政府信息公开条例》第十六条第二款，决定不予公开。理由：［理由］。",
        .registryAccess:    "您申请公开的信息，有关法律、行政法规对信息的获取有特别规定，请您依照［法律、行政法规名称和条款］的规定办理。",
        .notHeld:           "经检索［检索范围和方法］，没有您所申请公开的信息，该政府信息不存在。",
        .notThisAgency:     "您申请公开的信息不属于本机关负责公开，理由：［理由］。负责公开该信息的行政机关是［名称］，联系方式：［联系方式］。",
        .wouldNeedProcessing: "您申请公开的信息没有现成的载体，需要本机关对现有政府信息进行加工、分析，根据《政府信息公开条例》第三十八条，不予提供。",
        .unclearAfterCorrection: "您的申请经补正后内容仍不明确，本机关无法据此检索，理由：［理由］。",
        .petition:          "您提交的申请实为［信访、投诉、举报］，根据《政府信息公开条例》第三十九条第一款，不作为政府信息公开申请处理，您可以通过［渠道］提出。",
        .repeated:          "本机关已于［日期］以［文号］就相同的政府信息作出答复，根据《政府信息公开条例》第三十六条第六项，不予重复处理。",
        .publication:       "您要求提供的是公开出版物，根据《政府信息公开条例》第三十九条第二款，您可以通过以下途径获取：［途径］。",
        .excessive:         "您申请公开政府信息的数量、频次明显超过合理范围，本机关已要求您说明理由。经审查，您所说明的理由不合理，根据《政府信息公开条例》第三十五条，不予处理。",
        .confirmOrReissue:  "您要求本机关确认或者重新出具您已经获取的信息，本机关不予处理。",
    ]

    /// The text of a reply to a request, without its remedy: that is added when the reply is signed, by its day.
    public static func text(_ outcome: Outcome, to request: DisclosureRequest) -> String {
        "本机关于\(request.arrived)收到您提交的政府信息公开申请（登记号\(request.number)），申请公开“\(request.subject)”。\n\n\(rows[outcome] ?? "")"
    }

    /// Places of a template that nobody has filled in.
    public static func hasGaps(_ text: String) -> Bool { text.contains("［") && text.contains("］") }
}
