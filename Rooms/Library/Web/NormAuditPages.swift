import Core
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// The office's look at itself: gaps in its numbers, what became public late, what it cites and does not show, or what lapsed.
struct NormAuditPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/norms/audit", use: audit)
        }
    }

    /// Who sees all units; others see their own.
    private static let overseers: Set<Role> = [.disclosureOfficer, .officeHead, .leader]

    @Sendable private func audit(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let unit = actor.roles.isDisjoint(with: Self.overseers) ? actor.unit : nil
        let audit = try await house.library.audit(on: house.world.now().beijingDay, calendar: house.calendar, unit: unit)
        let it = NormAuditView(audit, isWhole: unit == nil, in: visit.language)
        let title = Text("自查", "Self-audit").in(visit.language)
        return try house.desk("normaudit", it, title: title, words: .normAudit, request, visit)
    }
}

struct NormAuditView {
    let on: String
    let isWhole, hasSeries, hasLate, hasCited, hasLapsed: Bool
    let series: [SeriesLine]
    let late: [LateLine]
    let cited, lapsed: [CitingLine]

    struct SeriesLine {
        let name, missing, notPublic: String
    }

    struct LateLine {
        let href, title, number, unit, written, due, published, tone: String
    }

    struct CitingLine {
        let href, title, article, words, target, status: String
    }

    init(_ audit: SelfAudit, isWhole: Bool, in language: Language) {
        let none = Text("无", "none").in(language)
        on = audit.on.description
        self.isWhole = isWhole
        series = audit.series.map { each in
            let gaps = each.missing.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }
            return SeriesLine(
                name: "\(each.agency)〔\(each.year)〕1–\(each.last)号",
                missing: gaps.isEmpty ? none : gaps.joined(separator: "、"),
                notPublic: each.notPublic.isEmpty ? none : each.notPublic.map(String.init).joined(separator: "、")
            )
        }
        late = audit.late.map { each in
            let about = each.isProvisional ? Text("（暂定）", " (provisional)").in(language) : ""
            return LateLine(
                href: "/\(language.rawValue)/office/documents/\(each.document)",
                title: each.title,
                number: each.documentNumber ?? "",
                unit: UnitNames.units.first { $0.code == each.unit }.map { language == .zh ? $0.zh : $0.en } ?? each.unit,
                written: each.writtenOn.description,
                due: each.due.description + about,
                published: each.publishedOn?.description ?? Text("尚未公开", "not public yet").in(language),
                tone: each.publishedOn == nil ? "bad" : "warn"
            )
        }
        cited = audit.citedNotPublic.map { Self.line($0, language) }
        lapsed = audit.citesLapsed.map { Self.line($0, language) }
        (hasSeries, hasLate, hasCited, hasLapsed) = (!series.isEmpty, !late.isEmpty, !cited.isEmpty, !lapsed.isEmpty)
    }

    private static func line(_ each: SelfAudit.Citing, _ language: Language) -> CitingLine {
        let status: Text? =
            switch each.status {
            case .repealed?: Text("已废止", "repealed")
            case .expired?: Text("已失效", "expired")
            default: nil
            }
        return CitingLine(
            href: "/\(language.rawValue)/norms/\(each.work)",
            title: each.title,
            article: each.article ?? "",
            words: each.words,
            target: each.target ?? "",
            status: status?.in(language) ?? ""
        )
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let normAudit: Words = [
        "audit":      Text("自查",             "Self-audit"),
        "asOf":       Text("截至",             "As of"),
        "hint":       Text("每一项都是向责任单位提出的问题，不是结论。", "Each line is a question to the unit in charge, not a finding against it."),
        "ownUnit":    Text("期限和援引只列本单位的；文号序列按全机关列出。", "Terms and citations of your unit alone; number series of the whole office."),
        "series":     Text("发文字号的缺号",   "Gaps in the document numbers"),
        "name":       Text("序列",             "Series"),
        "missing":    Text("本系统没有的文号", "Numbers that no document bears"),
        "notPublic":  Text("在库而未公开的文号", "Numbers of documents that are not public"),
        "late":       Text("超过20个工作日公开（《政府信息公开条例》第二十六条）", "Public later than 20 working days (Regulation on Open Government Information, art. 26)"),
        "title":      Text("标题",             "Title"),
        "unit":       Text("责任单位",         "Unit in charge"),
        "written":    Text("成文日期",         "Date written"),
        "due":        Text("应当公开的日期",   "Due"),
        "published":  Text("公开日期",         "Published"),
        "cited":      Text("援引了本机关的文件而该文件未公开", "Own documents that are cited and not public"),
        "lapsed":     Text("援引了已经废止或者失效的文件", "Citations of repealed or expired texts"),
        "none":       Text("没有。",           "None."),
        "against":    Text("与其他来源逐条比对文字：gongkai norms audit --against 文件", "Compare the wording with another source: gongkai norms audit --against FILE"),
    ]
}
