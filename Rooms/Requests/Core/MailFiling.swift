import Scan

/// A request that came as e-mail: what its text says under the names that art. 29 asks for, and what is missing.
public struct MailFiling: Equatable, Sendable {
    public let filing: Filing
    public let missing: [Missing]

    /// What a correction notice will ask for (art. 30).
    public enum Missing: String, Codable, CaseIterable, Sendable {
        case name
        case identity
        case subject
        case description
        case form
    }

    /// - Parameters:
    ///   - sender: the address that it came from, which is how the applicant is reached.
    ///   - text: the message's text; lines such as `姓名：张三` fill the fields.
    public init(sender: String, senderName: String, subject: String, text: String) {
        var told: [Field: String] = [:]
        var rest: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let (field, value) = Self.labelled(line) else {
                rest.append(line)
                continue
            }
            if told[field] == nil { told[field] = value }
            // Who asks is kept apart from what is asked.
            if ![.name, .identity, .contact].contains(field) { rest.append(line) }
        }
        var words = rest.joined(separator: "\n").trimmingSpace()
        let identity = told[.identity] ?? Self.identity(in: words)
        if let identity { words = words.replacing(identity, with: "×××") }
        let name = told[.name] ?? (senderName.isEmpty ? nil : senderName)
        let matter = told[.subject] ?? (Self.saysNothing(subject) ? nil : subject)
        var missing: [Missing] = []
        func need(_ value: String?, _ field: Missing) -> String {
            if let value, !value.isEmpty { return value }
            missing.append(field)
            return "（未写明）"
        }
        filing = Filing(
            channel: .email,
            kind: ApplicantKind.allCases.first { $0.text.zh == told[.kind] } ?? .person,
            name: String(need(name, .name).prefix(200)),
            // The address tells one unknown sender from another.
            identity: String(need(identity, .identity).prefix(150)) + (identity == nil ? " \(sender)" : ""),
            contact: String([told[.contact], sender].compactMap(\.self).joined(separator: " ").prefix(200)),
            subject: String(need(matter, .subject).prefix(200)),
            description: String(need(words.count < 2 ? nil : words, .description).prefix(5000)),
            form: String(need(told[.form], .form).prefix(200))
        )
        self.missing = missing
    }

    private enum Field: Hashable {
        case name
        case identity
        case contact
        case subject
        case form
        case kind
    }

    // The columns are the point.
    // swift-format-ignore
    private static let labels: [(field: Field, names: [String])] = [
        (.name,     ["申请人姓名或者名称", "姓名或者名称", "申请人姓名", "申请人名称", "姓名", "名称", "申请人", "name", "applicant"]),
        (.identity, ["身份证明号码", "身份证号码", "身份证号", "证件号码", "统一社会信用代码", "信用代码", "identity", "id number"]),
        (.contact,  ["联系方式", "联系电话", "电话", "手机", "邮箱", "通信地址", "联系地址", "contact", "phone"]),
        (.subject,  ["所需信息的名称、文号", "所需信息的名称", "所需信息", "申请公开的信息", "申请公开的内容", "信息名称", "information"]),
        (.form,     ["获取信息的方式", "获取方式", "提供方式", "答复方式", "form"]),
        (.kind,     ["申请人类型"]),
    ]

    /// `姓 名：张三`, with either colon and blanks between.
    private static func labelled(_ line: Substring) -> (Field, String)? {
        guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
        let label = line[..<colon].lowercased()
        let (plain, tight) = (label.trimmingSpace(), label.filter { !$0.isWhitespace })
        let value = String(line[line.index(after: colon)...]).trimmingSpace()
        guard !value.isEmpty, let row = labels.first(where: { $0.names.contains(plain) || $0.names.contains(tight) }) else { return nil }
        return (row.field, value)
    }

    private static func identity(in text: String) -> String? {
        Scan.findings(in: text).first { ["id_number", "USCC"].contains($0.rule.kind) && $0.severity == .serious }?.printed
    }

    private static func saysNothing(_ subject: String) -> Bool {
        ["", "无主题", "(no subject)", "政府信息公开申请", "信息公开申请", "申请"].contains(subject.lowercased())
    }

    /// What the correction notice says is missing, one item a line.
    public static func notice(of missing: [Missing]) -> String { missing.map { "\($0.text.zh)。" }.joined(separator: "\n") }
}

extension String {
    fileprivate func trimmingSpace() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}

// The columns are the point.
// swift-format-ignore
extension MailFiling.Missing {
    public var text: Text {
        switch self {
        case .name:        Text("请写明申请人的姓名或者名称（条例第二十九条）",         "Your name (art. 29)")
        case .identity:    Text("请提供身份证明（条例第二十九条）",                     "Your proof of identity (art. 29)")
        case .subject:     Text("请写明所需信息的名称、文号或者其他特征性描述（条例第二十九条）", "The name or number of the information (art. 29)")
        case .description: Text("请描述所需信息，便于查询（条例第二十九条）",             "A description by which it can be found (art. 29)")
        case .form:        Text("请写明获取信息的方式、途径（条例第二十九条）",           "How you want to have it (art. 29)")
        }
    }
}
