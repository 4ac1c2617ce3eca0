import Core
import Foundation
import HTTPTypes
import Hummingbird
import Records
import WorkCalendar

/// The desk's page of the reports of the units below: each with its figures and checks, and their sum with the agency's own.
struct PartPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reports/:year/parts") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/reports/:year/parts", use: put)
            pages.post("office/reports/:year/parts/remove", use: remove)
            pages.get("office/reports/:year/parts/file", use: file)
        }
    }

    private func year(_ visit: Visit) throws -> Int {
        guard let year = Int(try visit.parameters.require("year")), (2008...2100).contains(year) else { throw Refusal.notFound }
        return year
    }

    private struct View {
        let year, base, back, fault, unit: String
        let hasFault, hasParts, mayPut: Bool
        let parts: [Line]
        let own, whole: Line

        struct Line {
            let unit, at, failed: String
            let received, carriedIn, closed, carriedOn, reviews, suits: Int
            let isSound: Bool
        }
    }

    private func line(_ report: AnnualReport, _ unit: String, at: String, in language: Language) -> View.Line {
        let failed = report.checks(before: nil).filter { !$0.passed && !$0.isWarning }.map(\.id)
        let (table, remedies) = (report.requests, report.remedies)
        return .init(
            unit: unit,
            at: at,
            failed: failed.joined(separator: language == .zh ? "、" : ", "),
            received: table[.received, nil],
            carriedIn: table[.carriedOver, nil],
            closed: table[.total, nil],
            carriedOn: table[.carriedForward, nil],
            reviews: remedies.total(.review),
            suits: remedies.total(.suitDirect) + remedies.total(.suitAfterReview),
            isSound: failed.isEmpty
        )
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language, year) = (try visit.actor, visit.language, try year(visit))
        let parts = try await house.annualReports.parts(year)
        let own = try await house.annualReports.report(year)
        let whole = try own.including(parts.map(\.report))
        let back = "/\(language.rawValue)/office/reports/\(year)"
        let it = View(
            year: "\(year)",
            base: "\(back)/parts",
            back: back,
            fault: fault?.text.in(language) ?? "",
            unit: fault == nil ? "" : visit.form.text("unit"),
            hasFault: fault != nil,
            hasParts: !parts.isEmpty,
            mayPut: !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead]),
            parts: parts.map { line($0.report, $0.unit, at: $0.at.beijingMinute, in: language) },
            own: line(own, Text("本机关", "The agency itself").in(language), at: "", in: language),
            whole: line(whole, Text("合计", "Together").in(language), at: "", in: language)
        )
        let title = Text("下属单位的年度报告", "Reports of the units below").in(language)
        return try house.desk("reportparts", it, title: title, words: .reportParts, request, visit, status: fault?.status ?? .ok)
    }

    private func doing(_ request: Request, _ visit: Visit, _ work: (Int) async throws -> Void) async throws -> Response {
        let year = try year(visit)
        do {
            try await work(year)
            return .redirect(to: "/\(visit.language.rawValue)/office/reports/\(year)/parts", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func put(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { year in
            guard let file = visit.form.files["file"] else { throw Refusal.invalid("file", "请选择文件。", "Choose a file.") }
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                throw Refusal.invalid("file", "文件不是UTF-8编码的CSV。", "The file is no CSV in UTF-8.")
            }
            try await house.annualReports.put(part: text, of: visit.form.text("unit"), year: year, by: try visit.actor)
        }
    }

    @Sendable private func remove(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { year in
            try await house.annualReports.remove(partOf: visit.form.text("unit"), year: year, by: try visit.actor)
        }
    }

    /// The sum as a report of its own.
    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let year = try year(visit)
        let whole = try await house.annualReports.whole(year)
        if request.uri.queryParameters["as"] == "csv" {
            return .file(Data(("\u{feff}" + whole.csv).utf8), type: "text/csv; charset=utf-8", name: "report-\(year)-whole.csv")
        }
        return .standing(ReportDocument.html(whole, agency: Agency.name, in: visit.language))
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let reportParts: Words = [
        "title":     Text("下属单位的年度报告", "Reports of the units below"),
        "lead":      Text("上传各单位的报告数据（CSV，即本系统导出的格式），与本机关的数据相加。", "Upload each unit's tables (CSV as this system writes them); they are added to the agency's own."),
        "none":      Text("还没有下属单位的报告。", "No unit's report is here yet."),
        "unit":      Text("单位",         "Unit"),
        "received":  Text("本年新收",     "Received"),
        "carriedIn": Text("上年结转",     "Carried over"),
        "closed":    Text("办结",         "Dealt with"),
        "carriedOn": Text("结转下年",     "Carried forward"),
        "reviews":   Text("行政复议",     "Reviews"),
        "suits":     Text("行政诉讼",     "Lawsuits"),
        "checks":    Text("勾稽关系",     "Checks"),
        "sound":     Text("通过",         "Passed"),
        "failed":    Text("不符",         "Failed"),
        "file":      Text("报告数据（CSV）", "Tables (CSV)"),
        "put":       Text("上传",         "Upload"),
        "remove":    Text("去除",         "Remove"),
        "back":      Text("返回年度报告", "Back to the report"),
        "whole":     Text("汇总报告",     "The report together"),
    ]
}
