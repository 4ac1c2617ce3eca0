/// The first draft of a reply by its outcome: what the law says must be in it is there, what only the officer knows is marked ［…］.
public enum ReplyTemplate {
    // The columns are the point.
    // swift-format-ignore
    private static let rows: [Outcome: Text] = [
        .alreadyPublic: Text(
            "您申请公开的信息已经主动公开，根据《政府信息公开条例》第三十六条第一项，您可以通过以下方式、途径获取：［网址或者地点］。",
            "What you ask for has been disclosed already (Regulation, art. 36(1)). It can be had here: …"),
        .disclosed: Text(
            "您申请公开的信息可以公开，根据《政府信息公开条例》第三十六条第二项，现提供给您，见附件：［名称］。",
            "What you ask for can be disclosed (art. 36(2)). It is attached: …"),
        .partial: Text(
            "您申请公开的信息中，［部分］含有不应当公开的内容，理由是：［理由和条款］。根据《政府信息公开条例》第三十七条，本机关已作区分处理，现将可以公开的部分提供给您，见附件：［名称］。",
            "… of what you ask for may not be disclosed, because … It has been separated (art. 37); what can be disclosed is attached: …"),
        .stateSecret: Text(
            "您申请公开的信息依法确定为国家秘密，根据《政府信息公开条例》第十四条，决定不予公开。理由：［理由］。",
            "What you ask for has been classified as a state secret by law and is not disclosed (art. 14). Reasons: …"),
        .forbiddenByLaw: Text(
            "您申请公开的信息属于［法律、行政法规名称和条款］禁止公开的信息，根据《政府信息公开条例》第十四条，决定不予公开。",
            "The law or regulation … forbids disclosure of what you ask for; it is not disclosed (art. 14)."),
        .threeSecuritiesOneStability: Text(
            "您申请公开的信息公开后可能危及［国家安全、公共安全、经济安全、社会稳定］，根据《政府信息公开条例》第十四条，决定不予公开。理由：［理由］。",
            "Disclosure might endanger national, public or economic security or social stability; it is not disclosed (art. 14). Reasons: …"),
        .thirdParty: Text(
            "您申请公开的信息涉及第三方的［商业秘密、个人隐私］，经书面征求意见，第三方不同意公开且有合理理由，根据《政府信息公开条例》第十五条、第三十二条，决定不予公开。理由：［理由］。",
            "What you ask for concerns a third party, who was asked in writing and objects with good reason; it is not disclosed (arts 15, 32). Reasons: …"),
        .internalAffairs: Text(
            "您申请公开的信息属于［人事管理、后勤管理、内部工作流程］方面的内部事务信息，根据《政府信息公开条例》第十六条第一款，决定不予公开。理由：［理由］。",
            "What you ask for concerns internal affairs (personnel, logistics, workflow); it is not disclosed (art. 16(1)). Reasons: …"),
        .processInfo: Text(
            "您申请公开的信息属于［讨论记录、过程稿、磋商信函、请示报告］等过程性信息，根据《政府信息公开条例》第十六条第二款，决定不予公开。理由：［理由］。",
            "What you ask for is information of the process (minutes, drafts, letters of consultation, requests for instructions); it is not disclosed (art. 16(2)). Reasons: …"),
        .enforcementFile: Text(
            "您申请公开的信息属于行政执法案卷信息，根据《政府信息公开条例》第十六条第二款，决定不予公开。理由：［理由］。",
            "What you ask for belongs to a law-enforcement file; it is not disclosed (art. 16(2)). Reasons: …"),
        .registryAccess: Text(
            "您申请公开的信息，有关法律、行政法规对信息的获取有特别规定，根据《政府信息公开条例》第三十六条第七项，请您依照［法律、行政法规名称和条款］的规定办理。",
            "Access to what you ask for has rules of its own; please follow … (art. 36(7))."),
        .notHeld: Text(
            "经检索［检索范围和方法］，没有您所申请公开的信息，根据《政府信息公开条例》第三十六条第四项，告知您该政府信息不存在。",
            "… was searched; what you ask for was not found and does not exist (art. 36(4))."),
        .notThisAgency: Text(
            "您申请公开的信息不属于本机关负责公开，理由：［理由］。根据《政府信息公开条例》第三十六条第五项，告知您负责公开该信息的行政机关是［名称］，联系方式：［联系方式］。",
            "It is not for this agency to disclose what you ask for, because … The agency in charge is … (art. 36(5))."),
        .wouldNeedProcessing: Text(
            "您申请公开的信息没有现成的载体，需要本机关对现有政府信息进行加工、分析，根据《政府信息公开条例》第三十八条，不予提供。",
            "What you ask for does not exist as such; it would have to be made by processing and analysis and is not provided (art. 38)."),
        .unclearAfterCorrection: Text(
            "根据《政府信息公开条例》第三十条，本机关已告知您补正。您的申请经补正后内容仍不明确，本机关无法据此检索，理由：［理由］。",
            "You were asked to correct the request (art. 30). It is still unclear and can not be searched for, because …"),
        .petition: Text(
            "您提交的申请实为［信访、投诉、举报］，根据《政府信息公开条例》第三十九条第一款，不作为政府信息公开申请处理，您可以通过［渠道］提出。",
            "What you sent is in truth a petition, complaint or report and is not dealt with as a request (art. 39(1)). You can bring it forward by …"),
        .repeated: Text(
            "本机关已于［日期］以［文号］就相同的政府信息作出答复，根据《政府信息公开条例》第三十六条第六项，不予重复处理。",
            "You were answered on the same information on … by letter …; it is not dealt with again (art. 36(6))."),
        .publication: Text(
            "您要求提供的是公开出版物，根据《政府信息公开条例》第三十九条第二款，您可以通过以下途径获取：［途径］。",
            "What you ask for is a publication (art. 39(2)). It can be had by …"),
        .excessive: Text(
            "您申请公开政府信息的数量、频次明显超过合理范围，本机关已要求您说明理由。经审查，您所说明的理由不合理，根据《政府信息公开条例》第三十五条，不予处理。",
            "You ask for evidently more, or more often, than is reasonable. You were asked for reasons; they are not sound, and it is not dealt with (art. 35)."),
        .confirmOrReissue: Text(
            "您要求本机关确认或者重新出具您已经获取的信息，本机关不予处理。",
            "You ask this agency to confirm or to reissue what you have already; it is not dealt with."),
    ]

    /// What the reply says, in English, for an officer to read; the reply itself is in Chinese. Nil for what is no reply.
    public static func gloss(_ outcome: Outcome) -> String? { rows[outcome]?.en }

    /// The text of a reply to a request, without its remedy: that is added when the reply is signed, by its day.
    public static func text(_ outcome: Outcome, to request: DisclosureRequest) -> String {
        "本机关于\(request.arrived)收到您提交的政府信息公开申请（登记号\(request.number)），申请公开“\(request.subject)”。\n\n\(rows[outcome]?.zh ?? "")"
    }

    /// Places of a template that nobody has filled in.
    public static func hasGaps(_ text: String) -> Bool { text.contains("［") && text.contains("］") }
}
