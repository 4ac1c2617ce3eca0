/// Facts that may each be public, and together may not.
public struct SensitiveCombination: Sendable, Hashable, Codable {
    public let id: String
    /// All of these,
    public let all: [FactKind]
    /// and one of these, if any are named.
    public let any: [FactKind]
    public let reason: Sentence
    /// The act and the article.
    public let law: String

    /// - Throws: `MosaicRefused` for a combination of fewer than two facts, or without an article.
    public init(
        id: String,
        all: [FactKind],
        any: [FactKind] = [],
        reason: Sentence,
        law: String
    ) throws(MosaicRefused) {
        guard Set(all).count + (any.isEmpty ? 0 : 1) >= 2, !id.isEmpty else {
            throw MosaicRefused(zh: "组合“\(id)”至少要有两项。", en: "The combination “\(id)” needs two facts at least.")
        }
        guard !law.isEmpty else {
            throw MosaicRefused(zh: "组合“\(id)”没有写明依据。", en: "The combination “\(id)” cites no article.")
        }
        self.init(unchecked: id, all, any, reason.zh, reason.en, law)
    }

    private init(unchecked id: String, _ all: [FactKind], _ any: [FactKind], _ zh: String, _ en: String, _ law: String) {
        self.id = id
        self.all = all
        self.any = any
        reason = Sentence(zh: zh, en: en)
        self.law = law
    }

    // The columns are the point. An office adds rows of its own.
    // swift-format-ignore
    public static let table: [SensitiveCombination] = [
        row("person-id",          [.name, .residentID],                    [],                            "姓名与公民身份号码可用于冒名",       "name and resident ID let others pose as the person", "民法典第一千零三十四条；政府信息公开条例第十五条"),
        row("person-door",        [.name, .address],                       [.phone, .birthDate],          "可找到本人的住处",                   "the person can be found at home",                    "民法典第一千零三十二条、第一千零三十四条；政府信息公开条例第十五条"),
        row("person-account",     [.name, .bankAccount],                   [],                            "金融账户属敏感个人信息",             "financial accounts are sensitive",                   "个人信息保护法第二十八条"),
        row("person-health",      [.health],                               [.name, .residentID, .phone],  "医疗健康属敏感个人信息",             "health is sensitive",                                "个人信息保护法第二十八条"),
        row("person-religion",    [.religion],                             [.name, .residentID, .phone],  "宗教信仰属敏感个人信息",             "religion is sensitive",                              "个人信息保护法第二十八条"),
        row("person-biometric",   [.biometric],                            [.name, .residentID, .phone],  "生物识别属敏感个人信息",             "biometrics are sensitive",                           "个人信息保护法第二十八条"),
        row("person-identity",    [.specialIdentity],                      [.name, .residentID, .phone],  "特定身份属敏感个人信息",             "a special identity is sensitive",                    "个人信息保护法第二十八条"),
        row("person-whereabouts", [.whereabouts],                          [.name, .residentID, .phone],  "行踪轨迹属敏感个人信息",             "whereabouts are sensitive",                          "个人信息保护法第二十八条"),
        row("person-minor",       [.minor],                                [.name, .residentID, .family], "不满十四周岁者的个人信息属敏感信息", "what concerns a child under fourteen is sensitive",  "个人信息保护法第二十八条、第三十一条"),
        row("person-offence",     [.offence, .residentID],                 [],                            "违法记录与身份号码相连",             "an offence is tied to a resident ID",                "民法典第一千零三十四条；政府信息公开条例第十五条"),
        row("person-means",       [.name, .income],                        [.address, .family],           "可知其家境与住处或家人",             "means are tied to home or family",                   "民法典第一千零三十二条；政府信息公开条例第十五条"),
        row("company-terms",      [.creditCode, .customer, .price],        [],                            "客户与报价可构成商业秘密",           "customers and prices may be a trade secret",         "政府信息公开条例第十五条"),
        row("company-technology", [.creditCode, .technology],              [.supplier, .customer, .capacity], "技术与供销可构成商业秘密",       "technology and trade may be a trade secret",         "政府信息公开条例第十五条"),
        row("project-site",       [.project, .coordinates],                [.capacity, .supplier],        "汇聚、关联后可能属于国家秘密",       "put together it may be a state secret",              "保守国家秘密法第三十六条；实施条例第四十三条"),
    ]

    private static func row(
        _ id: String,
        _ all: [FactKind],
        _ any: [FactKind],
        _ zh: String,
        _ en: String,
        _ law: String
    ) -> SensitiveCombination {
        SensitiveCombination(unchecked: id, all, any, zh, en, law)
    }

    /// The facts that complete the combination; nil if it is not complete.
    func completed(by known: Set<FactKind>) -> [FactKind]? {
        guard all.allSatisfy(known.contains) else { return nil }
        if any.isEmpty { return all }
        return any.first(where: known.contains).map { all + [$0] }
    }
}
