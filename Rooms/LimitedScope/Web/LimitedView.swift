import Core
import Records

/// A limited release as its page shows it: its recipients, what each opened, and the buttons the table offers.
struct LimitedView {
    let title, state, tone, until, released, reason, hash, base, fault, link, back, withdrawn: String
    let hasFault, hasLink, mayGive, mayRecallAll, mayWithdraw, hasRecipients, isWithdrawn: Bool
    let typedReason: String
    let form: FormView
    let recipients: [Line]
    let steps: [StepLine]

    struct Line {
        let number: Int
        let name, address, way, state, tone, opened, readings, action: String
        let hasOpened, mayRenew, mayRecall: Bool
    }

    init(
        _ release: LimitedRelease,
        state: Text,
        tone: String,
        receipts: [LimitedReleases.Receipt],
        open: [LimitedRelease.Step],
        isOver: Bool,
        steps: [StepLog.Entry],
        fault: Refusal?,
        link: String?,
        typed: Form,
        in language: Language
    ) {
        let base = "/\(language.rawValue)/office/limited/\(release.key)"
        (title, self.state, self.tone, self.base) = (release.title, state.in(language), tone, base)
        (until, released) = ("\(release.expiresOn)", release.releasedAt.beijingMinute)
        (reason, hash, withdrawn) = (release.reason, release.content, release.withdrawnReason ?? "")
        isWithdrawn = release.state == .withdrawn
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        (self.link, hasLink) = (link ?? "", link != nil)
        back = "/\(language.rawValue)/office/limited"
        mayGive = open.contains(.give) && !isOver
        mayRecallAll = open.contains(.recallAll) && receipts.contains { $0.recipient.state != .recalled }
        mayWithdraw = open.contains(.withdraw)
        hasRecipients = !receipts.isEmpty
        typedReason = typed.text("reason")
        let typed = fault == nil ? nil : typed
        let ways = Recipient.Way.allCases.map { (value: $0.rawValue, label: $0.text) }
        let fields = [
            FieldView("name", Text("收件人", "Recipient"), typed: typed, fault: fault?.faults["name"], in: language),
            FieldView("way", Text("查看方式", "How it is opened"), .choice(ways), typed: typed, in: language),
            FieldView(
                "address",
                Text("电子邮件地址；登录查看的填账号", "E-mail address; for sign-in the account"),
                typed: typed,
                fault: fault?.faults["address"],
                in: language
            ),
        ]
        form = FormView(fields, to: "\(base)/give", fault: fault, in: language)
        recipients = receipts.map { receipt in
            let recipient = receipt.recipient
            return Line(
                number: recipient.number,
                name: recipient.name,
                address: recipient.address,
                way: recipient.way.text.in(language),
                state: recipient.state.text.in(language),
                tone: recipient.state == .opened ? "good" : recipient.state == .recalled ? "bad" : "warn",
                opened: recipient.openedAt?.beijingMinute ?? "",
                readings: receipt.readings.map(\.beijingMinute).joined(separator: ", "),
                action: "\(base)/recipients/\(recipient.number)",
                hasOpened: recipient.openedAt != nil,
                mayRenew: recipient.way == .link && open.contains(.renew) && !isOver,
                mayRecall: recipient.state != .recalled && open.contains(.recall)
            )
        }
        self.steps = steps.map { StepLine($0, in: language) }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let limited: Words = [
        "limited":    Text("限定范围公开",   "Limited scope"),
        "backToReview": Text("返回审查",     "Back to the review"),
        "backToList": Text("全部限定范围公开", "All limited releases"),
        "method":     Text("公开方式",       "Method"),
        "choose":     Text("选择公开方式",   "Choose how to disclose"),
        "notYours":   Text("现在不由您签发，或者公开方式不是“限定范围公开”。", "It is not yours to sign now, or the method is not “Limited scope”."),
        "signHint":   Text("签发后不在门户出现；由您或者信息公开办逐一指定收件人。", "Once signed it does not appear on the portal; you or the disclosure office name each recipient."),
        "sign":       Text("签发限定范围公开", "Sign for limited scope"),
        "hash":       Text("内容哈希",       "Content hash"),
        "mine":       Text("公开给您的",     "Given to you"),
        "all":        Text("本机关的",       "The office's"),
        "none":       Text("没有限定范围公开的文件。", "Nothing was disclosed in limited scope."),
        "trace":      Text("查验水印",       "Read a watermark"),
        "until":      Text("到期日",         "Last day"),
        "released":   Text("签发时间",       "Signed"),
        "reason":     Text("理由",           "Reason"),
        "newLink":    Text("请把下面的链接发给收件人。链接只显示这一次，打开一次后失效；系统只保存它的哈希。", "Send this link to the recipient. It is shown this once, and opens once; the system keeps only its hash."),
        "recipients": Text("收件人",         "Recipients"),
        "noRecipients": Text("还没有指定收件人。", "No recipient has been named."),
        "name":       Text("收件人",         "Recipient"),
        "way":        Text("查看方式",       "How"),
        "state":      Text("状态",           "State"),
        "receipts":   Text("阅读回执",       "Read receipts"),
        "opened":     Text("打开于",         "Opened"),
        "read":       Text("查看于",         "Read"),
        "renew":      Text("重新生成链接",   "Make a new link"),
        "recall":     Text("收回",           "Recall"),
        "recallAll":  Text("全部收回",       "Recall from all"),
        "give":       Text("增加收件人",     "Add a recipient"),
        "withdraw":   Text("撤回",           "Withdraw"),
        "withdrawHint": Text("所有收件人立即不能查看。", "No recipient can read it from then on."),
        "trail":      Text("办理经过",       "What has been done"),
        "text":       Text("回传的文字",     "The text that came back"),
        "file":       Text("或者上传文件",   "Or upload a file"),
        "look":       Text("查验",           "Look for the mark"),
        "traceHint":  Text("粘贴四十个以上的字，或者上传文件。拍照和重新录入的文字不带隐形水印。", "Paste forty characters or words, or upload a file. A photograph or a retyped text carries no invisible mark."),
        "noSource":   Text("没有发现任何收件人的水印。", "No recipient's mark was found."),
        "found":      Text("水印来自",       "The mark is that of"),
        "agreement":  Text("吻合",           "Agreement"),
        "document":   Text("文件",           "Document"),
    ]
}
