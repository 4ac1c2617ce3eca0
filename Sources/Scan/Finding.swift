/// Something in a text that a reviewer must see: where, what, how grave, and by which rule.
public struct Finding: Hashable, Sendable {
    public let rule: Rule
    /// Where it stands in the original text, in UTF-8 bytes.
    public let range: Range<Int>
    /// Counted from 1.
    public let line: Int
    /// As printed in the original.
    public let printed: String
    public let severity: Severity

    public enum Severity: Int, Comparable, Hashable, Sendable {
        /// Worth a look.
        case notice
        /// Has the shape, but its check digit does not hold: never dropped.
        case suspect
        /// Personal data or a work secret: someone must decide.
        case serious
        /// A secrecy mark: the text may not be kept at all.
        case refuse

        public static func < (one: Severity, other: Severity) -> Bool { one.rawValue < other.rawValue }
    }

    /// The rules by name; a finding's kind.
    public enum Rule: String, CaseIterable, Hashable, Sendable {
        case secrecyMark
        case residentID
        case creditCode
        case bankCard
        case mobile
        case landline
        case email
        case workSecret
    }
}

// The columns are the point.
// swift-format-ignore
extension Finding.Rule {
    public var zh: String {
        switch self {
        case .secrecyMark: "国家秘密标志"
        case .residentID:  "居民身份证号码"
        case .creditCode:  "统一社会信用代码"
        case .bankCard:    "银行卡号"
        case .mobile:      "手机号码"
        case .landline:    "固定电话"
        case .email:       "电子邮箱"
        case .workSecret:  "工作秘密线索"
        }
    }

    public var en: String {
        switch self {
        case .secrecyMark: "Secrecy mark"
        case .residentID:  "Resident ID number"
        case .creditCode:  "Unified social credit code"
        case .bankCard:    "Bank card number"
        case .mobile:      "Mobile number"
        case .landline:    "Landline number"
        case .email:       "E-mail address"
        case .workSecret:  "Cue of a work secret"
        }
    }

    /// The act and article on which the rule rests.
    public var basis: String {
        switch self {
        case .secrecyMark: "《保守国家秘密法》第二十二条、第三十一条"
        case .residentID, .bankCard, .mobile, .landline, .email: "《个人信息保护法》第二十五条"
        case .creditCode:  "《政府信息公开条例》第十五条"
        case .workSecret:  "《保守国家秘密法》第六十四条"
        }
    }
}
