import Core
import Hummingbird
import Records

/// What the administrator looks after: effects that wait or were given up, and the audit of who saw what.
struct SystemPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/jobs", use: jobs)
            pages.post("office/jobs/:number", use: tryAgain)
            pages.get("office/audit", use: audit)
        }
    }

    private struct JobsView {
        let jobs: [Line]
        let isEmpty: Bool

        struct Line {
            let number, attempts: Int
            let kind, payload, state, tone, due, error, action: String
            let isDead: Bool
        }
    }

    @Sendable private func jobs(_ request: Request, _ visit: Visit) async throws -> Response {
        let language = visit.language
        let lines = try await house.jobs.open(for: try visit.actor).map { job in
            JobsView.Line(
                number: job.number,
                attempts: job.attempts,
                kind: (Self.kinds[job.kind] ?? Text(job.kind, job.kind)).in(language),
                payload: job.payload,
                state: (job.state == .dead ? Text("已放弃", "Given up") : Text("等待", "Waiting")).in(language),
                tone: job.state == .dead ? "bad" : "warn",
                due: job.due.beijingMinute,
                error: job.error,
                action: "/\(language.rawValue)/office/jobs/\(job.number)",
                isDead: job.state == .dead
            )
        }
        let title = Text("后台任务", "Jobs").in(language)
        return try house.desk("jobs", JobsView(jobs: lines, isEmpty: lines.isEmpty), title: title, words: .system, request, visit)
    }

    @Sendable private func tryAgain(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let number = Int(try visit.parameters.require("number")) else { throw Refusal.notFound }
        try await house.jobs.tryAgain(number, by: try visit.actor)
        return .redirect(to: "/\(visit.language.rawValue)/office/jobs", type: .normal)
    }

    private struct AuditView {
        let lines: [Line]
        let subject: String

        struct Line {
            let step: StepLine
            let subject: String
        }
    }

    @Sendable private func audit(_ request: Request, _ visit: Visit) async throws -> Response {
        let subject = request.uri.queryParameters["subject"].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        let entries = try await house.audit.entries(of: subject, for: try visit.actor)
        let it = AuditView(
            lines: entries.map { .init(step: StepLine($0, in: visit.language), subject: $0.subject) },
            subject: subject ?? ""
        )
        return try house.desk("audit", it, title: Text("审计记录", "Audit").in(visit.language), words: .system, request, visit)
    }

    private static let kinds = [
        "anchor": Text("锚定日志", "Anchor the logs"),
        "forget": Text("删除撤回的PDF", "Delete a withdrawn PDF"),
        "rest": Text("核对依据", "Check what matters rest on"),
        "sweep": Text("清理过期表单", "Forget old forms"),
        "warn": Text("到期提醒", "Warn of terms"),
        "print": Text("生成PDF", "Print the PDF"),
    ]
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let system: Words = [
        "jobs":      Text("后台任务",       "Jobs"),
        "noJobs":    Text("没有等待或者放弃的任务。", "No job waits, and none was given up."),
        "kind":      Text("类别",           "Kind"),
        "state":     Text("状态",           "State"),
        "attempts":  Text("次数",           "Attempts"),
        "next":      Text("下次执行",       "Next attempt"),
        "error":     Text("错误",           "Error"),
        "tryAgain":  Text("重新执行",       "Try again"),
        "audit":     Text("审计记录",       "Audit"),
        "auditHint": Text("谁在什么时候查看了尚未公开的内容。每行连着上一行的哈希，每天锚定在透明日志中。", "Who saw what is not public, and when. Each line is chained to the one before; each day's end is anchored in the transparency log."),
        "subject":   Text("对象（如 document/编号）", "Subject (such as document/KEY)"),
        "show":      Text("查询",           "Show"),
        "when":      Text("时间",           "When"),
        "who":       Text("人员",           "Who"),
        "what":      Text("事项",           "What"),
    ]
}
