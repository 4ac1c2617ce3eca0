import WorkCalendar

/// The year's summary that the office sends in: what was owed, what was done, and what shows it.
public enum LedgerSummary {
    public struct Line: Sendable {
        public let task: LedgerTask
        public let lead: String
        public let units: [String]
        public let evidence: [String]

        public init(task: LedgerTask, lead: String, units: [String], evidence: [String]) {
            (self.task, self.lead, self.units, self.evidence) = (task, lead, units, evidence)
        }
    }

    /// Markdown, in the order of the document.
    public static func markdown(year: Int, _ lines: [Line], on today: Day, in language: Language) -> String {
        func say(_ zh: String, _ en: String) -> String { Text(zh, en).in(language) }
        let done = lines.count { $0.task.state == .done }
        let overdue = lines.count { $0.task.isOverdue(on: today) }
        var text = "# " + say("\(year)年政务公开工作总结", "Summary of government affairs disclosure work in \(year)") + "\n\n"
        text +=
            say(
                "截至\(today)，\(lines.count)项任务中完成\(done)项，逾期\(overdue)项。",
                "As of \(today): \(done) of \(lines.count) tasks done, \(overdue) overdue."
            ) + "\n"
        var heading: String?
        for line in lines {
            if line.task.heading != heading, let title = line.task.heading { text += "\n## \(title)\n" }
            heading = line.task.heading
            text += "\n### \(line.task.number) \(line.task.title)\n\n"
            text += "- " + say("状态：", "State: ") + line.task.state.text.in(language)
            text += line.task.isOverdue(on: today) ? say("（逾期）", " (overdue)") + "\n" : "\n"
            text += "- " + say("牵头：", "Lead: ") + (line.lead.isEmpty ? say("未列明", "none named") : line.lead) + "\n"
            if !line.units.isEmpty {
                text += "- " + say("责任单位：", "Responsible: ") + line.units.joined(separator: say("、", ", ")) + "\n"
            }
            text += "- " + say("期限：", "Due: ") + (line.task.due?.description ?? line.task.dueText ?? say("无", "none")) + "\n"
            for evidence in line.evidence { text += "- " + say("材料：", "Evidence: ") + evidence + "\n" }
        }
        return text
    }
}
