import Core
import Records

/// A line of the step log: who did what, when.
struct StepLine {
    let what, who, at, detail: String

    init(_ entry: StepLog.Entry, in language: Language) {
        what = Self.text(of: entry.step)?.in(language) ?? entry.step
        let roles = entry.role.split(separator: ",").map { name in
            let known = Role(rawValue: String(name))?.text ?? Self.outside[String(name)]
            return known?.in(language) ?? String(name)
        }
        let role = roles.joined(separator: language == .zh ? "、" : ", ")
        who = "\(entry.name.in(language)) · \(role)"
        at = entry.at.beijingMinute
        detail = entry.detail.count == 64 ? String(entry.detail.prefix(16)) + "…" : entry.detail
    }

    /// Those who hold no role at the desk.
    private static let outside = ["applicant": Text("申请人", "Applicant"), "recipient": Text("收件人", "Recipient")]

    /// The step's name, wherever it belongs.
    private static func text(of step: String) -> Text? {
        words[step] ?? Audit.Act(rawValue: step)?.text ?? DisclosureRequest.Step(rawValue: step)?.text ?? Appeal.Step(rawValue: step)?.text
            ?? Review.Step(rawValue: step)?.text ?? Account.Step(rawValue: step)?.text ?? Dataset.Step(rawValue: step)?.text
            ?? Matter.Step(rawValue: step)?.text ?? RecordCorrection.Step(rawValue: step)?.text
    }

    // The columns are the point.
    // swift-format-ignore
    private static let words: [String: Text] = [
        "draft":    Text("起草",       "Drafted"),
        "revise":   Text("修改",       "Changed"),
        "decide":   Text("处理扫描结果", "Finding decided"),
        "waive":    Text("按类豁免",   "Waived for the content type"),
        "endWaiver": Text("终止豁免",  "Waiver ended"),
        "ledger":   Text("建立台账",   "Ledger made"),
        "withdraw": Text("撤回",       "Withdrawn"),
        "correct":  Text("更正",       "Corrected"),
        "attach":   Text("附上材料",   "Evidence attached"),
        "add":      Text("增加",       "Added"),
        "file":     Text("登记",       "Registered"),
        "search":   Text("检索",       "Searched"),
        "method":   Text("选择公开方式", "Method chosen"),
        "merge":    Text("合并",       "Joined"),
        "split":    Text("拆分",       "Split"),
        "deliver":  Text("送达",       "Delivered"),
        "derive":   Text("期限重新计算", "Term counted anew"),
        "start":    Text("开始",       "Started"),
        "finish":   Text("完成",       "Finished"),
        "drop":     Text("取消",       "Dropped"),
        "reopen":   Text("重开",       "Opened again"),
        "load":     Text("载入放假安排", "Holiday notice loaded"),
        "delegate": Text("委托角色",   "Role lent"),
        "rest":     Text("选择依据",   "Basis chosen"),
        "dropBasis": Text("去掉依据",  "Basis taken away"),
        "prepareEntry": Text("答复入库：去除个人信息", "Reply prepared for everyone"),
        "declineEntry": Text("答复不入库", "Reply not for the archive"),
        "entryToGate": Text("答复提交审查", "Reply taken to the gate"),
        "replyFile": Text("附上文件", "File added to the reply"),
        "dropReplyFile": Text("去除附件", "File taken from the reply"),
        "suspendProvision": Text("条款停止执行", "Provision suspended"),
        "liftSuspension": Text("解除停止执行", "Suspension lifted"),
        "transfer": Text("函告其他机关", "Another agency written to"),
        "suggest":  Text("建议主动公开", "Disclosure to everyone suggested"),
        "sendCorrection": Text("提交补正", "Correction sent"),
        "confirmEvent": Text("确认事件", "Event confirmed"),
        "refuseEvent": Text("未确认事件", "Event refused"),
        "findStatus": Text("核查效力", "Status found"),
        "openCampaign": Text("开展清理", "Clean-up opened"),
        "judge":    Text("提出清理意见", "Verdict of the clean-up"),
        "cure":     Text("采用处理",   "Cure taken"),
        "releaseLimited": Text("签发限定范围公开", "Signed for limited scope"),
        "give":     Text("指定收件人", "Recipient named"),
        "renew":    Text("重新生成链接", "New link made"),
        "recall":   Text("收回",       "Recalled"),
        "recallAll": Text("全部收回",  "Recalled from all"),
        "attachFile": Text("增加附件",  "Attachment added"),
        "detachFile": Text("移除附件",  "Attachment removed"),
        "blackOut": Text("遮盖正文",  "Text blacked out"),
        "adopt":    Text("采用可公开版本", "Rendition taken"),
        "redact":   Text("制作可公开版本", "Rendition built"),
        "assess":   Text("影响评估",  "Impact assessed"),
        "reassessOn": Text("设定再评估日", "Day to look again set"),
        "reassessed": Text("完成再评估", "Looked at again"),
        "releaseUrgently": Text("紧急公开", "Released in an emergency"),
        "confirmUrgent": Text("确认紧急公开", "Emergency release confirmed"),
        "refuseUrgent": Text("不予确认紧急公开", "Emergency release refused"),
        "open":     Text("打开",       "Opened"),
        "trace":    Text("查验水印",   "Watermark read"),
        "tryAgain": Text("重新执行",   "Tried again"),
    ]
}
