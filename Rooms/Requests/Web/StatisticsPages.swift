import Core
import Foundation
import HTTPTypes
import Hummingbird
import Records
import WorkCalendar

/// The desk's statistics by period: a table, two small charts, and the same as CSV.
struct StatisticsPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/statistics", use: page)
            pages.get("office/statistics.csv", use: csv)
        }
    }

    /// What is asked for in the address: the year so far by months where nothing is.
    private struct Span {
        var step = DeskStatistics.Step.month
        var from, through: Day
        var unit: String?
        /// What could not be read; the rest is shown all the same.
        var fault: Refusal?
    }

    private func asked(_ request: Request, by actor: Actor) -> Span {
        let today = house.world.now().beijingDay
        var asked = Span(from: Day(today.year, 1, 1), through: today)
        func value(_ name: Substring) -> String { request.uri.queryParameters[name].map(String.init) ?? "" }
        func day(_ name: Substring, _ field: String) -> Day? {
            let text = value(name)
            guard !text.isEmpty else { return nil }
            guard let day = Day(text) else {
                asked.fault = .invalid(field, "没有“\(text.prefix(20))”这个日期。", "There is no date “\(text.prefix(20))”.")
                return nil
            }
            return day
        }
        if let step = DeskStatistics.Step(rawValue: value("by")) { asked.step = step }
        asked.from = day("from", "from") ?? asked.from
        asked.through = day("to", "to") ?? asked.through
        let unit = value("unit")
        asked.unit = unit.isEmpty ? nil : unit
        let seesAll = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader, .administrator])
        if !seesAll { asked.unit = actor.unit }
        return asked
    }

    private func statistics(_ asked: Span) async throws -> DeskStatistics {
        try await house.requests.statistics(
            asked.step,
            from: asked.from,
            through: asked.through,
            unit: asked.unit,
            calendar: house.calendar
        )
    }

    @Sendable private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        var asked = asked(request, by: actor)
        let statistics: DeskStatistics
        do { statistics = try await self.statistics(asked) } catch let refusal as Refusal {
            asked.fault = refusal
            let today = house.world.now().beijingDay
            (asked.step, asked.from, asked.through) = (.month, Day(today.year, 1, 1), today)
            statistics = try await self.statistics(asked)
        }
        let it = StatisticsView(
            statistics,
            unit: asked.unit,
            offers: try await house.requests.offers(from: asked.from, through: asked.through),
            fault: asked.fault,
            choosesUnit: !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader, .administrator]),
            query: request.uri.query ?? "",
            in: visit.language
        )
        let title = Text("申请办理统计", "Statistics of requests").in(visit.language)
        return try house.desk("statistics", it, title: title, words: .statistics, request, visit, status: asked.fault?.status ?? .ok)
    }

    @Sendable private func csv(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = asked(request, by: try visit.actor)
        if let fault = asked.fault { throw fault }
        let text = "\u{feff}" + (try await statistics(asked)).csv
        return .file(Data(text.utf8), type: "text/csv; charset=utf-8", name: "statistics.csv")
    }
}

/// The statistics as their page shows them.
struct StatisticsView {
    let fields: [FieldView]
    let lines: [Line]
    let total: Line
    let bars: [Bar]
    let points, barsText, mediansText, most, longest, fault, query, offered, helped, filed: String
    let hasFault, hasMedians, hasUnits: Bool
    let channels, outcomes: [Share]
    let units: [UnitRow]

    struct Line {
        let from, median: String
        let received, answered, otherwise, late: Int
    }

    /// One step's two bars in a chart of 600 by 120.
    struct Bar {
        let x, width, y, height, x2, y2, height2, title: String
    }

    struct Share {
        let name, percent: String
        let count: Int
    }

    struct UnitRow {
        let name, median: String
        let answered, late: Int
    }

    init(
        _ all: DeskStatistics,
        unit: String?,
        offers: [DisclosureRequests.Offer: Int],
        fault: Refusal?,
        choosesUnit: Bool,
        query: String,
        in language: Language
    ) {
        let steps = DeskStatistics.Step.allCases.map { (value: $0.rawValue, label: $0.text) }
        var fields = [
            FieldView("by", Text("按", "By"), .choice(steps), value: all.step.rawValue, in: language),
            FieldView("from", Text("从", "From"), .day, value: "\(all.from)", in: language),
            FieldView("to", Text("到", "To"), .day, value: "\(all.through)", in: language),
        ]
        if choosesUnit {
            let every = [(value: "", label: Text("全部处室", "All units"))]
            let units = every + UnitNames.units.map { (value: $0.code, label: Text($0.zh, $0.en)) }
            fields.append(FieldView("unit", Text("承办处室", "Unit"), .choice(units), value: unit ?? "", isRequired: false, in: language))
        }
        self.fields = fields
        func median(_ value: Double?) -> String { value.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "—" }
        func line(_ each: DeskStatistics.Bucket) -> Line {
            Line(
                from: "\(each.from)",
                median: median(each.median),
                received: each.received,
                answered: each.answered,
                otherwise: each.otherwise,
                late: each.late
            )
        }
        (lines, total) = (all.buckets.map(line), line(all.total))
        let highest = max(1, all.buckets.map { max($0.received, $0.answered) }.max() ?? 1)
        let width = 600 / Double(max(1, all.buckets.count))
        func number(_ value: Double) -> String { String(format: "%.1f", value) }
        bars = all.buckets.enumerated().map { place, each in
            let (left, right) = (Double(each.received) * 100 / Double(highest), Double(each.answered) * 100 / Double(highest))
            let x = Double(place) * width
            let names = Text(
                "\(each.from)：收到\(each.received)，答复\(each.answered)",
                "\(each.from): received \(each.received), answered \(each.answered)"
            )
            return Bar(
                x: number(x + width * 0.1),
                width: number(width * 0.38),
                y: number(110 - left),
                height: number(left),
                x2: number(x + width * 0.5),
                y2: number(110 - right),
                height2: number(right),
                title: names.in(language)
            )
        }
        let medians = all.buckets.enumerated().compactMap { place, each in each.median.map { (place, $0) } }
        let tallest = max(1, medians.map(\.1).max() ?? 1)
        points = medians.map { "\(number((Double($0.0) + 0.5) * width)),\(number(110 - $0.1 * 100 / tallest))" }.joined(separator: " ")
        (most, longest, hasMedians) = ("\(highest)", median(tallest), medians.count > 1)
        barsText = all.buckets.map { "\($0.from) \($0.received)/\($0.answered)" }.joined(separator: ", ")
        mediansText = medians.map { "\(all.buckets[$0.0].from) \(median($0.1))" }.joined(separator: ", ")
        (self.fault, hasFault, self.query) = (fault?.text.in(language) ?? "", fault != nil, query)
        func shares(_ counts: [DeskStatistics.Share], _ name: (String) -> Text?) -> [Share] {
            let sum = max(1, counts.map(\.count).reduce(0, +))
            return counts.map {
                Share(name: name($0.name)?.in(language) ?? $0.name, percent: "\($0.count * 1000 / sum / 10)%", count: $0.count)
            }
        }
        channels = shares(all.channels) { Channel(rawValue: $0)?.text }
        outcomes = shares(all.outcomes) { Outcome(rawValue: $0)?.text }
        units = all.units.map {
            UnitRow(
                name: $0.unit.isEmpty ? "—" : UnitNames.name(of: $0.unit, in: language),
                median: median($0.median),
                answered: $0.answered,
                late: $0.late
            )
        }
        hasUnits = !all.units.isEmpty
        (offered, helped, filed) = ("\(offers[.shown] ?? 0)", "\(offers[.helped] ?? 0)", "\(offers[.filed] ?? 0)")
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let statistics: Words = [
        "title":     Text("申请办理统计",     "Statistics of requests"),
        "show":      Text("显示",             "Show"),
        "download":  Text("下载CSV",          "Download CSV"),
        "chart":     Text("收到（深色）和答复（浅色）件数", "Received (dark) and answered (light)"),
        "medians":   Text("答复用时的中位数（工作日）", "Median working days to the answer"),
        "most":      Text("最高",             "Highest"),
        "from":      Text("起始日",           "From"),
        "received":  Text("收到",             "Received"),
        "answered":  Text("答复",             "Answered"),
        "otherwise": Text("撤回或者视为放弃", "Withdrawn or given up"),
        "late":      Text("逾期答复",         "Answered late"),
        "median":    Text("用时中位数（工作日）", "Median (working days)"),
        "total":     Text("合计",             "Total"),
        "channels":  Text("提交方式",         "Came in by"),
        "outcomes":  Text("办理结果",         "Outcomes"),
        "units":     Text("承办处室",         "Units"),
        "unit":      Text("处室",             "Unit"),
        "offers":    Text("申请之前的引导",   "What is public is shown before filing"),
        "offered":   Text("显示了已公开的信息", "Something public was shown"),
        "helped":    Text("找到了，没有申请", "It helped; no request"),
        "filed":     Text("仍然申请",         "Filed all the same"),
        "note":      Text("用时从到达日起算到答复日，所有工作日都计入，包括依法不计入答复期限的日子。", "Counted from the day it came in to the day of the answer, all working days, those too that do not count towards the term."),
    ]
}
