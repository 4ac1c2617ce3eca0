import Core
import Foundation
import Hummingbird
import Records
import WorkCalendar

/// The desk's page of an annual report: the tables with the cases behind each figure, the checks, the texts, and the way through the gate.
struct ReportPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reports") { _, visit in
                _ = try visit.actor
                let year = house.world.now().beijingDay.year
                return Response.redirect(to: "/\(visit.language.rawValue)/office/reports/\(year)", type: .normal)
            }
            pages.get("office/reports/:year") { request, visit in try await page(request, visit, fault: nil) }
            pages.get("office/reports/:year/file", use: file)
            pages.get("office/reports/:year/explain", use: explain)
            pages.post("office/reports/:year/section", use: section)
            pages.post("office/reports/:year/figure", use: figure)
            pages.post("office/reports/:year/publish", use: publish)
        }
    }

    private func year(_ visit: Visit) throws -> Int {
        guard let year = Int(try visit.parameters.require("year")), (2008...2100).contains(year) else { throw Refusal.notFound }
        return year
    }

    private struct View {
        let year: Int
        let before, after, base, fault, two, three, four, countdown: String
        let chartHeight: Int
        let hasFault, mayWrite, mayPublish: Bool
        let checks: [Line]
        let sections: [Section]
        let figures: [Choice]
        let bars: [Bar]
        let barsText: String

        struct Line {
            let id, text, tone, word: String
        }

        struct Section {
            let key, title, text, filled: String
        }

        struct Bar {
            let y, width, count: Int
            let label: String
        }
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let (year, language) = (try year(visit), visit.language)
        let report = try await house.annualReports.report(year)
        let before = try await house.annualReports.earlier(year - 1)
        let base = "/\(language.rawValue)/office/reports/\(year)"
        let mayWrite = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead])
        var received: [(Int, Int)] = []
        for earlier in try await house.annualReports.earlierYears() where earlier < year {
            if let kept = try await house.annualReports.earlier(earlier) { received.append((earlier, kept.requests[.received, nil])) }
        }
        received.append((year, report.requests[.received, nil]))
        let most = max(1, received.map(\.1).max() ?? 1)
        let today = house.world.now().beijingDay
        let deadline = Day(year + 1, 1, 31)
        let left = deadline.ordinal - today.ordinal
        let it = View(
            year: year,
            before: "/\(language.rawValue)/office/reports/\(year - 1)",
            after: "/\(language.rawValue)/office/reports/\(year + 1)",
            base: base,
            fault: fault?.text.in(language) ?? "",
            two: ReportDocument.proactive(report.proactive, in: language),
            three: ReportDocument.requests(report.requests, in: language) { row, kind, value in
                value == 0 ? "0" : "<a href=\"\(base)/explain?row=\(row.key)&amp;kind=\(kind?.rawValue ?? "")\">\(value)</a>"
            },
            four: ReportDocument.remedies(report.remedies, in: language),
            countdown: left >= 0
                ? Text("离公布期限\(deadline)还有\(left)天（条例第四十九条）", "\(left) days left to publish by \(deadline) (Regulation, art. 49)").in(
                    language
                )
                : Text("公布期限\(deadline)已过", "The day to publish, \(deadline), has passed").in(language),
            chartHeight: received.count * 26,
            hasFault: fault != nil,
            mayWrite: mayWrite,
            mayPublish: actor.roles.contains(.drafter),
            checks: report.checks(before: before).map { check in
                let places = check.at.map { "\($0.place.in(language)) \($0.difference)" }.joined(separator: language == .zh ? "；" : "; ")
                let difference = check.passed ? "" : " (\(places))"
                return View.Line(
                    id: check.id,
                    text: (language == .zh ? check.zh : check.en) + difference,
                    tone: check.passed ? "good" : check.isWarning ? "warn" : "bad",
                    word: (check.passed ? Text("通过", "Passed") : check.isWarning ? Text("请说明", "To be explained") : Text("不符", "Failed"))
                        .in(language)
                )
            },
            sections: try await AnnualReport.Section.allCases.asyncMap { section in
                let text =
                    fault != nil && visit.form.text("section") == section.rawValue
                    ? visit.form.fields["text"]?.first : report.sections[section]
                let shown: String
                if let text { shown = text } else { shown = try await drafted(section, report) }
                return View.Section(
                    key: section.rawValue,
                    title: section.text.in(language),
                    text: shown,
                    filled: report.filled(section)
                )
            },
            figures: AnnualReports.figures.map { .init(value: $0, label: $0, selected: $0 == visit.form.text("name")) },
            bars: received.enumerated().map { .init(y: $0 * 26, width: $1.1 * 380 / most, count: $1.1, label: "\($1.0)") },
            barsText: received.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
        )
        let title = Text("\(year)年度报告", "Annual report \(year)").in(language)
        return try house.desk("annualreport", it, title: title, words: .report, request, visit, status: fault?.status ?? .ok)
    }

    /// The first draft of a section, from the registers: figures are fields, so that they stay those of the tables.
    private func drafted(_ section: AnnualReport.Section, _ report: AnnualReport) async throws -> String {
        switch section {
        case .overview:
            let entries = try await house.ledgers.entries(year: report.year, for: .desk)
            let done = entries.count { $0.task.state == .done }
            let ledger = entries.isEmpty ? "" : "本年度工作要点共\(entries.count)项任务，已完成\(done)项。"
            return
                "\(ledger)本年度新收政府信息公开申请[[requests.received.total]]件，办结[[requests.total.total]]件，结转下年度[[requests.carriedForward.total]]件；行政复议[[remedies.review.total]]件，行政诉讼[[remedies.suitDirect.total]]件。"
        case .problems:
            let corrected =
                report.remedies[.review, .corrected] + report.remedies[.suitDirect, .corrected]
                + report.remedies[.suitAfterReview, .corrected]
            return corrected > 0 ? "本年度复议被纠正[[remedies.review.corrected]]件，已逐件分析原因。" : ""
        case .others:
            return report.processingFeesFen > 0 ? "本年度收取信息处理费[[fees.yuan]]元。" : "本年度没有收取信息处理费。"
        }
    }

    private func doing(_ request: Request, _ visit: Visit, _ work: () async throws -> Void) async throws -> Response {
        do {
            try await work()
            return .redirect(to: "/\(visit.language.rawValue)/office/reports/\(try year(visit))", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func section(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let section = AnnualReport.Section(rawValue: visit.form.text("section")) else { throw Refusal.notFound }
        return try await doing(request, visit) {
            try await house.annualReports.write(section, visit.form.text("text"), year: try year(visit), by: try visit.actor)
        }
    }

    @Sendable private func figure(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) {
            guard let value = Int(visit.form.text("value")) else { throw Refusal.invalid("value", "请填写整数。", "Write a whole number.") }
            try await house.annualReports.put(
                visit.form.text("name"),
                value,
                source: visit.form.text("source"),
                year: try year(visit),
                by: try visit.actor
            )
        }
    }

    /// The report becomes a document, and goes through the gate.
    @Sendable private func publish(_ request: Request, _ visit: Visit) async throws -> Response {
        let year = try year(visit)
        let actor = try visit.actor
        do {
            let report = try await house.annualReports.report(year)
            let before = try await house.annualReports.earlier(year - 1)
            if let failed = report.checks(before: before).first(where: { !$0.passed && !$0.isWarning }) {
                throw Refusal.invalid("checks", "勾稽关系\(failed.id)不符：\(failed.zh)。", "The check \(failed.id) fails: \(failed.en).")
            }
            var fields = Document.Fields(unit: actor.unit)
            fields.title = "\(Agency.name.zh)\(year)年政府信息公开工作年度报告"
            fields.issuer = Agency.name.zh
            fields.topic = "政府信息公开工作年度报告"
            fields.writtenOn = house.world.now().beijingDay
            fields.body = ReportText.text(report)
            let document = try await house.documents.add(fields, by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let year = try year(visit)
        let report = try await house.annualReports.report(year)
        let html = ReportDocument.html(report, agency: Agency.name, in: visit.language)
        switch request.uri.queryParameters["as"].map(String.init) {
        case "pdf": return .file(try await Printer.pdf(of: html), type: "application/pdf", name: "report-\(year).pdf")
        case "docx":
            let type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            return .file(try await Printer.docx(of: html), type: type, name: "report-\(year).docx")
        case "csv": return .file(Data(("\u{feff}" + report.csv).utf8), type: "text/csv; charset=utf-8", name: "report-\(year).csv")
        case "json": return try .json(report.document(before: try await house.annualReports.earlier(year - 1)))
        default: return .standing(html)
        }
    }

    private struct ExplainView {
        let row, kind, back: String
        let count: Int
        let lines: [Line]

        struct Line {
            let href, number, subject, arrived, closed, outcome: String
        }
    }

    @Sendable private func explain(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let (year, language) = (try year(visit), visit.language)
        let asked = request.uri.queryParameters["row"].map(String.init) ?? ""
        guard let row = RequestTable.Row.allCases.first(where: { $0.key == asked }) else { throw Refusal.notFound }
        let kind = request.uri.queryParameters["kind"].flatMap { ApplicantKind(rawValue: String($0)) }
        let cases = try await house.annualReports.cases(row, kind, year: year)
        let it = ExplainView(
            row: language == .zh ? row.label.zh : row.label.en,
            kind: kind?.text.in(language) ?? Text("总计", "Total").in(language),
            back: "/\(language.rawValue)/office/reports/\(year)",
            count: cases.count,
            lines: cases.map {
                .init(
                    href: "/\(language.rawValue)/office/requests/\($0.number)",
                    number: $0.number,
                    subject: $0.subject,
                    arrived: "\($0.arrived)",
                    closed: $0.closedOn?.description ?? "—",
                    outcome: $0.outcome?.text.in(language) ?? "—"
                )
            }
        )
        return try house.desk("explain", it, title: it.row, words: .report, request, visit)
    }
}

extension Sequence {
    /// Each element's value in turn, one after the other.
    func asyncMap<T>(_ work: (Element) async throws -> T) async throws -> [T] {
        var values: [T] = []
        for element in self { values.append(try await work(element)) }
        return values
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let report: Words = [
        "before":   Text("上一年",       "The year before"),
        "after":    Text("下一年",       "The year after"),
        "checks":   Text("勾稽关系",     "Checks"),
        "two":      Text("二、主动公开政府信息情况", "II. On the agency's own motion"),
        "three":    Text("三、收到和处理政府信息公开申请情况", "III. Requests received and dealt with"),
        "threeHint": Text("点击数字查看构成它的申请。", "Follow a figure to the cases behind it."),
        "four":     Text("四、行政复议、行政诉讼情况", "IV. Reviews and lawsuits"),
        "years":    Text("各年新收申请", "New requests by year"),
        "edit":     Text("编辑",         "Edit"),
        "text":     Text("正文（数据写作字段，如 [[requests.received.total]]）", "Text (figures are fields such as [[requests.received.total]])"),
        "save":     Text("保存",         "Save"),
        "figure":   Text("填入数据",     "Put a figure in"),
        "name":     Text("项目",         "Figure"),
        "value":    Text("数值（金额以分计）", "Value (money in fen)"),
        "source":   Text("数据来源",     "Source"),
        "publish":  Text("生成文件并送审", "Make the document and submit it"),
        "parts":    Text("下属单位的年度报告", "Reports of the units below"),
        "files":    Text("下载",         "Download"),
        "cases":    Text("件",           "cases"),
        "back":     Text("返回年度报告", "Back to the report"),
        "number":   Text("登记号",       "Number"),
        "subject":  Text("事项",         "Subject"),
        "arrived":  Text("到达",         "Came in"),
        "closed":   Text("办结",         "Closed"),
        "outcome":  Text("结果",         "Outcome"),
    ]
}
