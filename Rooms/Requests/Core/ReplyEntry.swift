import Scan

/// A reply as everyone may read it: what was asked and what was answered, without who asked.
public struct ReplyEntry: Codable, Equatable, Sendable {
    /// The request's number in the register.
    public let request: String
    public let state: State
    public let title: String
    public let body: String
    /// The document that went to the gate; nil before.
    public let document: String?
    public let at: Moment

    public enum State: String, Codable, CaseIterable, Sendable {
        /// Personal data are taken out; a drafter may take it to the gate.
        case prepared
        /// A document of it is at the gate, or released.
        case atGate
        /// Somebody decided that it is of no interest to others.
        case declined
    }

    /// The portal's column of released replies.
    public static let column = "replies"

    /// What a request and its reply would say to everyone: what is told apart as personal is blotted out, for a person to look over.
    /// - Parameter hidden: the applicant's name, identity and contact.
    public static func proposal(
        of request: DisclosureRequest,
        letter: String,
        hiding hidden: [String]
    ) -> (title: String, body: String, blotted: Int) {
        let whole = "申请内容：\(request.subject)\n\(request.description)\n\n答复内容：\n\(letter)"
        let (body, blotted) = blot(whole, hidden)
        let (subject, more) = blot(request.subject, hidden)
        return ("关于“\(subject)”的政府信息公开申请及答复", body, blotted + more)
    }

    /// Stands where something was taken out.
    public static let blot = "×××"

    private static func blot(_ text: String, _ hidden: [String]) -> (text: String, count: Int) {
        var (text, count) = (text, 0)
        for word in hidden.sorted(by: { $0.count > $1.count }) where word.count > 1 {
            count += text.ranges(of: word).count
            text = text.replacing(word, with: blot)
        }
        let found = Scan.findings(in: text).filter { isPersonal($0) }.sorted { $0.range.lowerBound > $1.range.lowerBound }
        var bytes = Array(text.utf8)
        for finding in found { bytes.replaceSubrange(finding.range, with: Array(blot.utf8)) }
        return (String(decoding: bytes, as: UTF8.self), count + found.count)
    }

    private static func isPersonal(_ finding: Finding) -> Bool { finding.severity == .serious || finding.severity == .suspect }

    /// Refuses a text that still names the applicant, or shows personal data that a scan knows by its shape.
    public static func check(title: String, body: String, hiding hidden: [String]) throws(Refusal) {
        guard !title.allSatisfy(\.isWhitespace) else { throw .invalid("title", "请填写标题。", "Write the title.") }
        guard !body.allSatisfy(\.isWhitespace) else { throw .invalid("body", "请填写内容。", "Write the text.") }
        let whole = title + "\n" + body
        guard !hidden.contains(where: { $0.count > 1 && whole.contains($0) }) else {
            throw .invalid(
                "body",
                "内容里还有申请人的姓名、身份证明号码或者联系方式，请去除。",
                "The applicant's name, identity or contact is still in it; take it out."
            )
        }
        let left = Scan.findings(in: whole).filter { isPersonal($0) }
        guard left.isEmpty else {
            let lines = Set(left.map { max(1, $0.line - 1) }).sorted().map(String.init).joined(separator: "、")
            throw .invalid(
                "body",
                "内容里还有个人信息（第\(lines)行：\(left[0].rule.zh)），请去除。",
                "There are still personal data in it (line \(lines): \(left[0].rule.en)); take them out."
            )
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension ReplyEntry.State {
    public var text: Text {
        switch self {
        case .prepared: Text("已去除个人信息，待提交审查", "Personal data taken out, to go to the gate")
        case .atGate:   Text("已提交审查",                 "At the gate")
        case .declined: Text("不入库",                     "Not for the archive")
        }
    }
}
