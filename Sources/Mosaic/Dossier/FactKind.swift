/// What a fact says of a subject.
public enum FactKind: String, Sendable, Hashable, Codable, CaseIterable {
    case name, residentID, passport, phone, email, address, birthDate, bankAccount
    case health, religion, biometric, specialIdentity, whereabouts, minor, offence, income, family
    case creditCode, project, amount, supplier, price, customer, technology, coordinates, capacity

    /// How far an equal value shows that two mentions speak of the same subject.
    enum Link {
        /// One subject has it alone.
        case own
        /// Several may share it: a door, a project.
        case shared
        case none
    }

    var link: Link {
        switch self {
        case .residentID, .passport, .phone, .email, .bankAccount, .creditCode: .own
        case .address, .project: .shared
        default: .none
        }
    }

    /// Whether an equal value shows, or hints, that two mentions speak of the same subject.
    public var tells: Bool { link != .none }

    /// A subject has one; two different ones are two subjects.
    var isSingle: Bool { self == .residentID || self == .creditCode || self == .name || self == .birthDate }

    public var sentence: Sentence {
        let words = Self.words[self] ?? (rawValue, rawValue)
        return Sentence(zh: words.0, en: words.1)
    }

    private static let words: [FactKind: (String, String)] = [
        .name: ("姓名", "name"), .residentID: ("公民身份号码", "resident ID"), .passport: ("护照号", "passport"), .phone: ("电话", "telephone"),
        .email: ("电子邮箱", "e-mail"), .address: ("地址", "address"), .birthDate: ("出生日期", "date of birth"),
        .bankAccount: ("金融账户", "bank account"), .health: ("医疗健康", "health"), .religion: ("宗教信仰", "religion"),
        .biometric: ("生物识别", "biometrics"), .specialIdentity: ("特定身份", "special identity"), .whereabouts: ("行踪轨迹", "whereabouts"),
        .minor: ("未满十四周岁", "under fourteen"), .offence: ("违法犯罪记录", "offence"), .income: ("收入", "income"), .family: ("家庭成员", "family"),
        .creditCode: ("统一社会信用代码", "credit code"), .project: ("项目", "project"), .amount: ("金额", "amount"),
        .supplier: ("供应商", "supplier"), .price: ("报价", "price"), .customer: ("客户", "customer"), .technology: ("技术方案", "technology"),
        .coordinates: ("坐标", "coordinates"), .capacity: ("能力参数", "capacity"),
    ]

    /// What a column of this name holds, as far as the name tells.
    public static func of(column name: String) -> FactKind? {
        let plain = Canonical.text(name)
        return columnWords.first { row in row.words.contains { plain.contains($0) } }?.kind
    }

    // The first row that fits holds: 身份证地址 is an address, 法定代表人电话 a telephone.
    // swift-format-ignore
    private static let columnWords: [(kind: FactKind, words: [String])] = [
        (.phone,           ["电话", "手机", "联系方式", "phone", "mobile", "tel"]),
        (.email,           ["邮箱", "email", "e-mail"]),
        (.address,         ["地址", "住址", "住所", "address"]),
        (.bankAccount,     ["账号", "账户", "银行卡", "account"]),
        (.residentID,      ["身份证", "身份号码", "证件号", "resident id", "id card"]),
        (.passport,        ["护照", "passport"]),
        (.creditCode,      ["信用代码", "组织机构代码", "credit code"]),
        (.birthDate,       ["出生", "birth"]),
        (.health,          ["疾病", "病情", "诊断", "残疾", "健康", "disease", "diagnosis", "health"]),
        (.religion,        ["宗教", "religion"]),
        (.biometric,       ["指纹", "人脸", "虹膜", "声纹", "biometric"]),
        (.specialIdentity, ["低保", "特困", "优抚", "军人", "特定身份"]),
        (.whereabouts,     ["行程", "轨迹", "whereabouts"]),
        (.offence,         ["处罚", "违法", "犯罪", "offence"]),
        (.income,          ["收入", "工资", "income", "salary"]),
        (.family,          ["配偶", "子女", "家庭成员", "监护人", "spouse"]),
        (.coordinates,     ["坐标", "经度", "纬度", "latitude", "longitude"]),
        (.project,         ["项目", "project"]),
        (.price,           ["报价", "单价", "price"]),
        (.amount,          ["金额", "经费", "补助", "amount"]),
        (.supplier,        ["供应商", "supplier"]),
        (.customer,        ["客户", "customer"]),
        (.technology,      ["技术方案", "工艺", "配方"]),
        (.capacity,        ["产能", "容量", "capacity"]),
        (.name,            ["姓名", "申请人", "联系人", "代理人", "法定代表人", "name"]),
    ]
}
