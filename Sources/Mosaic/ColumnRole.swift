/// What a column is to an attacker; proposed from its name and values, confirmed by a person.
public enum ColumnRole: String, Sendable, Codable, CaseIterable {
    /// Names its row by itself.
    case identifier
    /// Known to outsiders, and with others of its kind telling who a row is.
    case quasi
    /// What must not be learned.
    case sensitive
    case plain
}

public struct RoleProposal: Sendable, Codable, Equatable {
    public let column: String
    public let role: ColumnRole
    public let reason: Sentence
}

extension Mosaic {
    /// A role for each column, with the reason.
    public static func proposeRoles(_ table: Microdata) -> [RoleProposal] {
        table.columns.map { column in
            let name = column.name.lowercased()
            for rule in RoleRule.all {
                if let cue = rule.cues.first(where: { RoleRule.matches(name, $0) }) {
                    return RoleProposal(
                        column: column.name,
                        role: rule.role,
                        reason: Sentence(zh: "列名含“\(cue)”：\(rule.kind.zh)", en: "the name holds “\(cue)”: \(rule.kind.en)")
                    )
                }
            }
            return byValues(column, rows: table.rows)
        }
    }

    private static func byValues(_ column: Microdata.Column, rows: Int) -> RoleProposal {
        let count = column.values.count - (column.missing == nil ? 0 : 1)
        func proposal(_ role: ColumnRole, _ zh: String, _ en: String) -> RoleProposal {
            RoleProposal(column: column.name, role: role, reason: Sentence(zh: zh, en: en))
        }
        if count <= 1 { return proposal(.plain, "只有一个值", "a single value") }
        if isIdentityLike(column) { return proposal(.identifier, "值形如证件号码或电话", "values look like identity or telephone numbers") }
        if count == rows, rows >= 20, !column.isNumeric { return proposal(.identifier, "每行的值各不相同", "every row has its own value") }
        if column.isNumeric, count * 2 > rows, rows >= 20 {
            return proposal(.sensitive, "多为各不相同的数值", "numbers, most of them different")
        }
        if count <= 200 || count * 20 <= rows { return proposal(.quasi, "取值少，便于与外部资料对照", "few values, easy to match with other sources") }
        return proposal(.plain, "没有可判断的特征", "nothing tells")
    }

    private static func isIdentityLike(_ column: Microdata.Column) -> Bool {
        var seen = 0
        var alike = 0
        for code in 0..<min(column.values.count, 200) where UInt32(code) != column.missing {
            let text = Array(column.values[code].utf8)
            let digits = text.filter { $0 >= 0x30 && $0 <= 0x39 }.count
            seen += 1
            if text.count == 18, digits >= 17 { alike += 1 }
            if text.count == 11, digits == 11, text[0] == 0x31 { alike += 1 }
        }
        return seen > 0 && alike * 10 >= seen * 8
    }
}

/// The names by which columns are known; a name is judged by the first row that fits.
private struct RoleRule {
    let role: ColumnRole
    let cues: [String]
    let kind: Sentence

    // The columns are the point.
    // swift-format-ignore
    static let all: [RoleRule] = [
        .init(.identifier, ["身份证", "证件号", "护照", "姓名", "电话", "手机", "邮箱", "账号", "帐号", "卡号", "信用代码", "学号", "工号", "序号", "编号", "住址",
                            "id", "uuid", "phone", "mobile", "email", "ssn", "passport", "fullname"], "直接标识（个人信息保护法第四条）", "names a person directly (Personal Information Protection Law art. 4)"),
        .init(.sensitive,  ["疾病", "诊断", "病种", "症状", "收入", "工资", "薪", "金额", "成绩", "分数", "宗教", "政治面貌", "处罚", "案由", "残疾", "罪", "价格", "余额", "贷款", "资助",
                            "disease", "diagnosis", "salary", "income", "amount", "score", "religion", "stroke", "wage", "price", "grant", "penalty"], "敏感信息（个人信息保护法第二十八条）或金额", "sensitive information (Personal Information Protection Law art. 28) or an amount"),
        .init(.quasi,      ["性别", "年龄", "出生", "生日", "民族", "学历", "职业", "职务", "职称", "婚姻", "邮编", "籍贯", "户籍", "地区", "省", "市", "县", "区", "街道", "国籍", "单位", "公司", "企业", "机构", "行业", "专业", "学校", "年级",
                            "sex", "gender", "age", "birth", "race", "ethnic", "education", "occupation", "marital", "zip", "postcode", "city", "province", "county", "district", "region", "country", "native-country", "company", "employer", "industry", "school", "job", "workclass", "relationship"], "外界可知的特征", "a trait that outsiders know"),
    ]

    private init(_ role: ColumnRole, _ cues: [String], _ zh: String, _ en: String) {
        self.role = role
        self.cues = cues
        kind = Sentence(zh: zh, en: en)
    }

    /// Chinese cues anywhere; English ones as a word of the name ("age" is not in "page").
    static func matches(_ name: String, _ cue: String) -> Bool {
        if !cue.utf8.allSatisfy({ $0 < 0x80 }) { return name.contains(cue) }
        if name == cue { return true }
        return name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains { $0 == cue }
    }
}
