/// Why the system says no. The web maps each case to one status and one page; the command line to exit status 1.
public enum Refusal: Error, Equatable, Sendable {
    case notFound
    /// Nobody is signed in, and the step asks for a person.
    case signInFirst
    /// The person does not hold the role, or took an earlier step that this one must be apart from.
    case forbidden(because: Text)
    /// The procedure does not allow this step now.
    case outOfTurn
    /// Someone else changed the record first.
    case stale
    /// The same form was sent before and has been done.
    case alreadyDone
    case invalid(field: String, because: Text)
    /// Several fields of one form, each with its sentence.
    case invalidForm([String: Text])
    case tooLarge(limit: Int)
    case tooOften(retryAfter: Int)
    /// The content may not be taken in at all (a secrecy mark); an incident has been recorded under this number.
    case quarantined(incident: String, because: Text)
    case unavailable(because: Text)

    public static func invalid(_ field: String, _ zh: String, _ en: String) -> Refusal {
        .invalid(field: field, because: Text(zh, en))
    }
}

extension Refusal {
    /// Whether it is the one after which nothing that was typed may be shown again.
    public var isQuarantine: Bool {
        if case .quarantined = self { true } else { false }
    }

    /// The sentence for the person.
    public var text: Text {
        switch self {
        case .notFound: Text("没有找到。请检查地址，或者使用检索。", "Not found. Check the address, or use the search.")
        case .signInFirst: Text("请先登录。", "Please sign in first.")
        case .forbidden(let reason): reason
        case .outOfTurn:
            Text("当前环节不能办理此步骤，请刷新页面查看当前状态。", "This step cannot be taken now. Reload the page to see where the matter stands.")
        case .stale:
            Text("他人已先行修改。您填写的内容保留在下方，请对照后再提交。", "Someone else changed this first. What you wrote is kept below; compare and send again.")
        case .alreadyDone:
            Text("该表单已经提交并办理，不会重复办理。", "This form was sent before and has been done. It is not done twice.")
        case .invalid(_, let reason): reason
        case .invalidForm(let faults) where faults.count == 1:
            faults.values.first ?? Text("请更正下列各项。", "Please correct the fields below.")
        case .invalidForm: Text("请更正下列各项。", "Please correct the fields below.")
        case .tooLarge(let limit):
            Text(
                "内容过大：上限为\(limit / 1_048_576) MB，请拆分或压缩后再提交。",
                "Too large: the limit is \(limit / 1_048_576) MB. Split or reduce it and send again."
            )
        case .tooOften(let seconds):
            Text("操作过于频繁，请在\(seconds)秒后再试。", "Too many attempts. Try again in \(seconds) seconds.")
        case .quarantined(_, let reason): reason
        case .unavailable(let reason): reason
        }
    }
}
