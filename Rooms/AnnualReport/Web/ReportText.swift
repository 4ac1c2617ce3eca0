import Core

/// The annual report as plain text, a line a figure: what is signed, hashed and searched.
enum ReportText {
    static func text(_ report: AnnualReport) -> String {
        var lines = ["一、总体情况", report.filled(.overview), "二、主动公开政府信息情况"]
        for (item, it) in [(ProactiveTable.Item.rules, report.proactive.rules), (.normativeDocuments, report.proactive.normativeDocuments)]
        {
            lines.append("\(item.text.zh)：本年制发\(it.made)件，本年废止\(it.repealed)件，现行有效\(it.inForce)件。")
        }
        lines += [
            "行政许可：本年处理决定\(report.proactive.licences)件。", "行政处罚：本年处理决定\(report.proactive.penalties)件。",
            "行政强制：本年处理决定\(report.proactive.coercive)件。", "行政事业性收费：本年收费\(report.proactive.feesInTenThousandYuan)万元。",
            "三、收到和处理政府信息公开申请情况", (["项目"] + ApplicantKind.allCases.map(\.text.zh) + ["总计"]).joined(separator: "｜"),
        ]
        for row in RequestTable.Row.allCases {
            if let heading = row.label.heading { lines.append(heading) }
            lines.append(([row.label.zh] + report.requests.values(row).map { "\($0)" }).joined(separator: "｜"))
        }
        lines.append("四、政府信息公开行政复议、行政诉讼情况")
        for group in RemedyTable.Group.allCases {
            let results = RemedyTable.Result.allCases.map { "\($0.text.zh)\(report.remedies[group, $0])件" }.joined(separator: "，")
            lines.append("\(group.text.zh)：\(results)，总计\(report.remedies.total(group))件。")
        }
        lines += ["五、存在的主要问题及改进情况", report.filled(.problems), "六、其他需要报告的事项", report.filled(.others)]
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }
}
