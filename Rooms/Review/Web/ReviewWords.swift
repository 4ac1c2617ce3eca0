import Core

// The columns are the point.
// swift-format-ignore
extension Words {
    static let review: Words = [
        "review":    Text("审查",           "Review"),
        "document":  Text("查看文件",       "See the document"),
        "hash":      Text("签字所对应的内容哈希", "The content hash that is signed"),
        "findings":  Text("扫描结果",       "Findings of the scan"),
        "noFindings": Text("没有发现需要处理的内容。", "The scan found nothing."),
        "attachments": Text("附件",         "Attachments"),
        "basis":     Text("依据",           "Basis"),
        "kind":      Text("类别",           "Kind"),
        "printed":   Text("原文",           "As printed"),
        "severity":  Text("程度",           "Severity"),
        "decision":  Text("处理",           "Decision"),
        "reason":    Text("理由",           "Reason"),
        "sure":      Text("把握",           "Sure"),
        "why":       Text("原因",           "Why"),
        "accept":    Text("属实，可以公开", "True, and may be public"),
        "waive":     Text("不适用",         "Does not apply"),
        "remember":  Text("同类内容今后均不适用（仅限“不适用”）", "Remember for this content type (with “Does not apply” only)"),
        "waivers":   Text("按内容类型豁免", "Waivers by content type"),
        "redact":    Text("须删改",         "To be redacted"),
        "sendBack":  Text("退回修改",       "Send back"),
        "chooseMethod": Text("选择公开方式",   "Choose how to disclose"),
        "text":      Text("全文",           "The text"),
        "ground":    Text("删改依据",       "Ground"),
        "toRedact":  Text("遮盖正文和附件", "Redact the text and its attachments"),
        "assess":    Text("决定公开的内容含有个人信息：签字前请完成影响评估。", "Personal information is to be published: assess the impact before you sign."),
        "assessment": Text("影响评估和再评估", "Assessments"),
        "release":   Text("签发公开",       "Sign and release"),
        "trail":     Text("办理经过",       "What has been done"),
        "seeRelease": Text("查看公开记录",  "See the release"),
    ]
}
