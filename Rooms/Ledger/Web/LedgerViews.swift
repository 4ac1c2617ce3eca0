import Core
import Foundation
import Records
import WorkCalendar

/// A year's or a unit's tasks as the board shows them.
struct BoardView {
    let title: String
    let total, done, overdue, doneWidth: Int
    let groups: [Group]
    let isEmpty, isDesk, mayAdd, hasFault: Bool
    let action, fault, typedTitle, typedText, typedDue: String
    let years: [Year]
    let choices: [Choice]

    struct Year {
        let label, href: String
    }

    /// What the desk's board shows besides.
    struct Desk {
        let year: Int
        let years: [Int]
        let actor: Actor
        let fault: Refusal?
        let form: Form
    }

    struct Group {
        let heading: String
        /// Told apart from the same heading of another year.
        let label: String
        let tasks: [Line]
    }

    struct Line {
        let number, title, lead, leadHref, units, due, state, tone, href, flags, text: String
        let evidence: [Proof]
        let hasEvidence, hasFlags, hasLead: Bool
    }

    struct Proof {
        let href, note: String
        let isRelease: Bool
    }

    init(_ entries: [Ledgers.Entry], title: String, today: Day, desk: Desk? = nil, in language: Language) {
        self.title = title
        isDesk = desk != nil
        mayAdd = desk?.actor.roles.contains(.disclosureOfficer) ?? false
        hasFault = desk?.fault != nil
        action = desk.map { "/\(language.rawValue)/office/ledger/\($0.year)" } ?? ""
        fault = desk?.fault?.text.in(language) ?? ""
        (typedTitle, typedText) = (desk?.form.text("title") ?? "", desk?.form.text("text") ?? "")
        typedDue = desk?.form.text("due") ?? ""
        years = (desk?.years ?? []).map { Year(label: "\($0)", href: "/\(language.rawValue)/office/ledger/\($0)") }
        choices = .units([desk?.form.text("lead") ?? ""], in: language)
        total = entries.count
        done = entries.count { $0.task.state == .done }
        overdue = entries.count { $0.task.isOverdue(on: today) }
        doneWidth = total == 0 ? 0 : done * 300 / total
        isEmpty = entries.isEmpty
        var groups: [Group] = []
        for entry in entries {
            let heading = entry.task.heading ?? Text("报送要求", "Reporting duties").in(language)
            let line = Line(entry, isDesk: desk != nil, today: today, in: language)
            if let last = groups.last, last.heading == heading {
                groups[groups.count - 1] = Group(heading: heading, label: last.label, tasks: last.tasks + [line])
            } else {
                groups.append(Group(heading: heading, label: "\(heading) \(entry.task.year) \(line.number)", tasks: [line]))
            }
        }
        self.groups = groups
    }
}

extension BoardView.Line {
    init(_ entry: Ledgers.Entry, isDesk: Bool, today: Day, in language: Language) {
        let task = entry.task
        (number, title, text) = (task.number, task.title, task.text)
        lead = task.lead.map { UnitNames.name(of: $0, in: language) } ?? "—"
        leadHref = task.lead.map { "/\(language.rawValue)/units/\($0)" } ?? ""
        hasLead = task.lead != nil
        let named = entry.units.map { UnitNames.name(of: $0, in: language) } + (task.roles.isEmpty ? [] : [task.roles])
        units = named.joined(separator: language == .zh ? "、" : ", ")
        due = task.due?.description ?? task.dueText ?? "—"
        let over = task.daysOver(on: today)
        let isOverdue = over > 0
        let late = Text("\(task.state.text.zh)，逾期\(over)天", "\(task.state.text.en), \(over) days overdue")
        state = (isOverdue ? late : task.state.text).in(language)
        tone = isOverdue ? "bad" : task.state == .done ? "good" : "warn"
        href = "/\(language.rawValue)/office/tasks/\(task.key)"
        flags = LedgerTask.words(forFlags: task.flags, in: language)
        hasFlags = isDesk && !task.flags.isEmpty
        evidence = entry.evidence.map {
            .init(href: $0.release.map { "/\(language.rawValue)/releases/\($0)" } ?? "", note: $0.note, isRelease: $0.release != nil)
        }
        hasEvidence = !evidence.isEmpty
    }
}

/// One task at the desk.
struct TaskView {
    let line: BoardView.Line
    let title, lead, due, action, fault, responsibility, note, release: String
    let trail: [StepLine]
    let version: Int
    let hasFault: Bool
    let steps: [Step]
    let choices, others: [Choice]

    struct Step {
        let step, label: String
    }

    init(
        _ entry: Ledgers.Entry,
        actor: Actor,
        fault: Refusal?,
        typed: Form?,
        steps trailed: [StepLog.Entry],
        today: Day,
        in language: Language
    ) {
        line = BoardView.Line(entry, isDesk: true, today: today, in: language)
        title = typed?.fields["title"]?.first ?? entry.task.title
        lead = typed?.fields["lead"]?.first ?? entry.task.lead ?? ""
        let units = typed.map { $0.fields["units"] ?? [] } ?? entry.units
        due = typed?.fields["due"]?.first ?? entry.task.due?.description ?? ""
        (note, release) = (typed?.text("note") ?? "", typed?.text("release") ?? "")
        trail = trailed.map { StepLine($0, in: language) }
        version = entry.task.version
        responsibility = entry.task.responsibility ?? "—"
        action = "/\(language.rawValue)/office/tasks/\(entry.task.key)"
        self.fault = fault?.text.in(language) ?? ""
        hasFault = fault != nil
        steps = LedgerTask.lifecycle.open(from: entry.task.state, to: actor, taken: []).map {
            Step(step: $0.step.rawValue, label: $0.step.text.in(language))
        }
        choices = .units([lead], in: language)
        others = .units(units, in: language)
    }
}

extension [Choice] {
    /// The units to choose from.
    static func units(_ selected: [String], in language: Language) -> [Choice] {
        UnitNames.units.map {
            .init(value: $0.code, label: language == .zh ? $0.zh : $0.en, selected: selected.contains($0.code))
        }
    }
}

extension LedgerTask {
    /// The reader's flags as sentences.
    static func words(forFlags flags: String, in language: Language) -> String {
        flags.components(separatedBy: "; ").map { flag in
            let parts = flag.components(separatedBy: ": ")
            let detail = parts.count > 1 ? "“\(parts[1])”" : ""
            return (flagWords[parts[0]]?.in(language) ?? parts[0]) + detail
        }.joined(separator: language == .zh ? "；" : "; ")
    }

    // The columns are the point.
    // swift-format-ignore
    private static let flagWords: [String: Text] = [
        "noResponsible":   Text("没有写明责任单位",   "no responsible unit is named"),
        "unknownUnit":     Text("单位表中没有",       "not in the table of units: "),
        "duplicateNumber": Text("编号重复",           "the number stands twice: "),
        "missingNumber":   Text("缺少编号",           "a number is missing before: "),
        "unnumbered":      Text("原文没有编号",       "the source has no number"),
        "unreadableDate":  Text("日期不存在",         "the date does not exist: "),
        "beyondCalendar":  Text("尚无该年放假安排",   "the calendar does not reach: "),
    ]
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let ledger: Words = [
        "tasks":     Text("项任务",       "tasks"),
        "done":      Text("已完成",       "done"),
        "overdue":   Text("逾期",         "overdue"),
        "number":    Text("序号",         "No."),
        "task":      Text("任务",         "Task"),
        "lead":      Text("牵头单位",     "Lead unit"),
        "units":     Text("责任单位",     "Responsible units"),
        "due":       Text("期限",         "Due"),
        "state":     Text("状态",         "State"),
        "evidence":  Text("材料",         "Evidence"),
        "fullText":  Text("全文",         "Full text"),
        "flags":     Text("待核对",       "To be checked"),
        "handle":    Text("办理",         "Handle"),
        "title":     Text("任务名称",     "Task"),
        "dayHint":   Text("形如 2022-05-26，可以为空", "Such as 2022-05-26; may be empty"),
        "correct":   Text("保存更正",     "Save the correction"),
        "correctTitle": Text("更正读出的内容", "Correct what was read"),
        "attach":    Text("附上材料",     "Attach evidence"),
        "release":   Text("公开信息编号（可以为空）", "Key of a release (may be empty)"),
        "note":      Text("说明",         "What it is"),
        "none":      Text("无",           "None"),
        "nothing":   Text("没有任务。",   "No tasks."),
        "printed":   Text("原文的责任单位", "As printed"),
        "making":    Text("由文件建立台账", "Make the ledger from a document"),
        "make":      Text("建立",         "Make it"),
        "lacksDay":  Text("请先在文件页填写成文日期并保存：期限从该日起算。", "Fill in the date written on the document's page first: terms run from it."),
        "add":       Text("增加任务",     "Add a task"),
        "years":     Text("年度",         "Years"),
        "text":      Text("内容",         "Text"),
        "trail":     Text("办理经过",     "What has been done"),
        "progress":  Text("完成进度",     "Progress"),
    ]
}
