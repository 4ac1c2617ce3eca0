// The columns are the point.
// swift-format-ignore
extension DisclosureRequest.State {
    /// Whose turn it is, in the office's words.
    public var text: Text {
        switch self {
        case .awaitingConfirmation: Text("待确认收到",   "Receipt to be confirmed")
        case .received:             Text("待分办",       "To be assigned")
        case .awaitingCorrection:   Text("等待补正",     "Correction awaited")
        case .awaitingFee:          Text("等待缴费",     "Fee awaited")
        case .atUnit:               Text("处室办理中",   "With the unit")
        case .drafted:              Text("答复稿待核",   "Draft to be checked")
        case .forSignature:         Text("待签发",       "To be signed")
        case .answered:             Text("已答复",       "Answered")
        case .withdrawn:            Text("已撤回",       "Withdrawn")
        case .abandoned:            Text("视为放弃",     "Given up")
        }
    }

    /// The same for the applicant: in plain words, what happens next.
    public var plain: Text {
        switch self {
        case .awaitingConfirmation: Text("我们会与您确认收到申请；确认之日起计算答复期限。", "We will confirm with you that your request has arrived; the term runs from that day.")
        case .received:             Text("您的申请已经收到，正在交给负责的处室。", "Your request has arrived and is being given to the unit in charge.")
        case .awaitingCorrection:   Text("请您补正申请内容；逾期不补正的，视为放弃申请。", "Please correct your request; if you do not in time, it counts as given up.")
        case .awaitingFee:          Text("请您按照收费通知缴费；缴费后重新计算答复期限。", "Please pay as the fee notice says; the term runs anew afterwards.")
        case .atUnit:               Text("负责的处室正在查找和办理。", "The unit in charge is searching and preparing the answer.")
        case .drafted, .forSignature: Text("答复正在审核签发。", "The answer is being checked and signed.")
        case .answered:             Text("已经答复。", "It has been answered.")
        case .withdrawn:            Text("您已撤回申请。", "You have withdrawn the request.")
        case .abandoned:            Text("因没有按期补正或者缴费，申请视为放弃。", "It counts as given up: not corrected or not paid in time.")
        }
    }

    public var isOpen: Bool { ![.answered, .withdrawn, .abandoned].contains(self) }
}

// The columns are the point.
// swift-format-ignore
extension DisclosureRequest.Step {
    public var text: Text {
        switch self {
        case .confirm:        Text("确认收到",         "Confirm receipt")
        case .askToCorrect:   Text("告知补正",         "Ask for a correction")
        case .correct:        Text("收到补正",         "Correction received")
        case .assign:         Text("分办",             "Assign")
        case .returnToOffice: Text("退回公开办",       "Return to the office")
        case .askThirdParty:  Text("征求第三方意见",   "Ask the third party")
        case .hearThirdParty: Text("收到第三方意见",   "Third party answered")
        case .askCoProducer:  Text("征求其他机关意见", "Ask the other agency")
        case .hearCoProducer: Text("收到其他机关意见", "Other agency answered")
        case .noticeOverride: Text("告知第三方决定公开", "Tell the third party of disclosure")
        case .askReasons:     Text("要求说明理由",     "Ask for reasons")
        case .giveReasons:    Text("收到理由",         "Reasons received")
        case .extend:         Text("延长期限",         "Extend the term")
        case .noticeFee:      Text("发收费通知",       "Send a fee notice")
        case .payFee:         Text("缴费完成",         "Fee paid")
        case .draft:          Text("提交答复稿",       "Submit the draft reply")
        case .approveDraft:   Text("核稿通过",         "Pass the draft")
        case .sendBack:       Text("退回重拟",         "Send back")
        case .sign:           Text("签发答复",         "Sign the reply")
        case .answerAtOnce:   Text("当场答复",         "Answer on the spot")
        case .abandon:        Text("视为放弃",         "Count as given up")
        case .withdraw:       Text("申请人撤回",       "Withdrawn by the applicant")
        }
    }
}
