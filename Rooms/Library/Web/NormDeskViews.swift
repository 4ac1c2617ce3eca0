import Core
import Foundation
import Records
import WorkCalendar

/// The desk of norms: what is to be decided first, then what comes, then what is uncertain.
struct NormDeskView {
    let events: [EventLine]
    let sunsets: [SunsetLine]
    let uncertain: [NormLine]
    let campaigns: [CampaignLine]
    let total: Int
    let fault, title, due: String
    let hasFault, hasEvents, hasSunsets, hasUncertain, hasCampaigns, mayOpen: Bool
    let paging: Paging

    struct EventLine {
        let title, href, unit, kind, day, by, byHref, sentence, of, byKey, kindKey, verdict, tone, reason, typed: String
        let isOpen, mayDecide: Bool
    }

    struct SunsetLine {
        let title, href, day, unit, sentence, level, tone: String
    }

    struct CampaignLine {
        let title, href, due, progress: String
    }

    init(
        _ caused: [Library.Caused],
        _ sunsets: [Library.Sunset],
        _ uncertain: (lines: [Library.Line], total: Int),
        _ campaigns: [Library.Campaign],
        actor: Actor,
        today: Day,
        fault: Refusal?,
        typed: Form,
        paging: Paging,
        in language: Language
    ) {
        let base = "/\(language.rawValue)"
        let decides = !actor.roles.isDisjoint(with: [.unitHead, .drafter, .disclosureOfficer])
        events = caused.map { event in
            let isTyped = fault != nil && typed.text("of") == event.work && typed.text("by") == event.by
            let verdict = event.verdict.map { $0.isConfirmed ? Text("已确认", "Confirmed") : Text("未予确认", "Refused") }
            return EventLine(
                title: event.title,
                href: "\(base)/norms/\(event.work)/history",
                unit: UnitNames.name(of: event.unit, in: language),
                kind: event.event.kind.text.in(language),
                day: event.event.day?.description ?? "—",
                by: event.byTitle,
                byHref: "\(base)/norms/\(event.by)",
                sentence: event.event.evidence.sentence,
                of: event.work,
                byKey: event.by,
                kindKey: event.event.kind.rawValue,
                verdict: (verdict ?? Text("待确认", "To be decided")).in(language),
                tone: event.verdict.map { $0.isConfirmed ? "good" : "bad" } ?? "warn",
                reason: event.verdict?.reason ?? "",
                typed: isTyped ? typed.text("reason") : "",
                isOpen: event.verdict == nil,
                mayDecide: event.verdict == nil && event.unit == actor.unit && decides
            )
        }
        self.sunsets = sunsets.map { sunset in
            let (level, tone) = Self.warning(sunset.day, today)
            return SunsetLine(
                title: sunset.title,
                href: "\(base)/norms/\(sunset.id)/history",
                day: sunset.day.description,
                unit: UnitNames.name(of: sunset.unit, in: language),
                sentence: sunset.evidence.sentence,
                level: level.in(language),
                tone: tone
            )
        }
        self.uncertain = uncertain.lines.map { NormLine($0, query: "", in: language, isDesk: true) }
        self.campaigns = campaigns.map {
            CampaignLine(
                title: $0.title,
                href: "\(base)/office/norms/campaigns/\($0.key)",
                due: $0.dueOn.description,
                progress: "\($0.decided) / \($0.works)"
            )
        }
        total = uncertain.total
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        (title, due) = (typed.text("title"), typed.text("due"))
        (hasEvents, hasSunsets) = (!events.isEmpty, !self.sunsets.isEmpty)
        (hasUncertain, hasCampaigns) = (!self.uncertain.isEmpty, !self.campaigns.isEmpty)
        mayOpen = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead])
        self.paging = paging
    }

    /// Six months before its end a document is assessed, three and one month before its unit is warned again.
    static func warning(_ day: Day, _ today: Day) -> (Text, String) {
        let left = day.ordinal - today.ordinal
        switch left {
        case ..<1: return (Text("已失效", "Lapsed"), "bad")
        case ...31: return (Text("一个月内失效", "Lapses within a month"), "bad")
        case ...92: return (Text("三个月内失效", "Lapses within three months"), "warn")
        case ...183: return (Text("六个月内失效：应当评估", "Lapses within six months: assess it"), "warn")
        default: return (Text("六个月以后", "Later than six months"), "")
        }
    }
}

struct NormWorkView {
    let title, href, issuer, number, status, tone, unit: String
    let form: FormView
    let mayFind: Bool

    init(_ work: Library.Work, _ force: Library.Force?, form: FormView, actor: Actor, in language: Language) {
        (title, href) = (work.title, "/\(language.rawValue)/norms/\(work.id)/history")
        (issuer, number) = (work.issuer ?? "—", work.documentNumber ?? "—")
        status = (force?.status ?? .noEvidence).text.in(language)
        tone = (force?.status ?? .noEvidence).tone
        unit = UnitNames.name(of: work.unit, in: language)
        self.form = form
        mayFind = work.unit == actor.unit
    }
}

struct CampaignView {
    let title, due, opened, documentHref, base, fault: String
    let works: [Line]
    let hasDocument, hasFault, mayConclude, isOverdue: Bool
    let decided, total: Int

    struct Line {
        let work, title, number, href, unit, status, tone, verdict, verdictTone, reason: String
        let mayJudge, isDecided, hasFault: Bool
        let choices: [Choice]
    }

    init(
        _ campaign: Library.Campaign,
        _ works: [Library.CampaignWork],
        actor: Actor,
        today: Day,
        fault: Refusal?,
        typed: Form,
        in language: Language
    ) {
        let home = "/\(language.rawValue)/office"
        (title, due, opened) = (campaign.title, campaign.dueOn.description, campaign.openedOn.description)
        base = "\(home)/norms/campaigns/\(campaign.key)"
        documentHref = campaign.document.map { "\(home)/documents/\($0)" } ?? ""
        hasDocument = campaign.document != nil
        (decided, total) = (campaign.decided, campaign.works)
        isOverdue = today > campaign.dueOn && campaign.decided < campaign.works
        mayConclude =
            !hasDocument && campaign.decided == campaign.works
            && !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead])
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        let isOpen = !hasDocument
        self.works = works.map { work in
            let isTyped = fault != nil && typed.text("work") == work.work
            return Line(
                work: work.work,
                title: work.title,
                number: work.documentNumber ?? "",
                href: "/\(language.rawValue)/norms/\(work.work)",
                unit: UnitNames.name(of: work.unit, in: language),
                status: work.status.text.in(language),
                tone: work.status.tone,
                verdict: work.verdict?.text.in(language) ?? "",
                verdictTone: work.verdict == .continued ? "good" : "bad",
                reason: isTyped ? typed.text("reason") : work.reason,
                mayJudge: isOpen && work.unit == actor.unit
                    && !actor.roles.isDisjoint(with: [.unitHead, .drafter, .disclosureOfficer]),
                isDecided: work.verdict != nil,
                hasFault: isTyped,
                choices: Library.Verdict.allCases.map {
                    let chosen = isTyped ? typed.text("verdict") : work.verdict?.rawValue ?? ""
                    return Choice(value: $0.rawValue, label: $0.text.in(language), selected: $0.rawValue == chosen)
                }
            )
        }
    }
}

/// What a draft would do to others.
struct EffectsView {
    let title, back, summary: String
    let changes: [Line]
    let dependents: [Dependent]
    let matters: [MatterLine]
    let hasChanges, hasDependents, hasMatters: Bool

    struct Line {
        let kind, day, title, href, unit, sentence, article, articles: String
        let isKnown: Bool
    }

    struct Dependent {
        let title, href, unit: String
        let places: Int
    }

    struct MatterLine {
        let code, href: String
    }

    init(_ effects: Library.Effects, _ document: Document, in language: Language) {
        let base = "/\(language.rawValue)"
        (title, back) = (document.title, "\(base)/office/documents/\(document.key)")
        let ends = effects.changes.count { $0.kind == .repeal && $0.work != nil }
        let others = effects.changes.count { $0.kind != .repeal && $0.work != nil }
        let (works, places, matters) = (effects.dependents.count, effects.places, effects.matters.count)
        summary =
            Text(
                "废止\(ends)件，修改或者部分废止\(others)件；另有\(works)件文件在\(places)处引用它们，\(matters)项权责事项和办事指南以其为依据。",
                "Repeals \(ends) works and changes \(others); \(works) others cite them in \(places) places; \(matters) powers and guides rest on them."
            ).in(language)
        changes = effects.changes.map { change in
            Line(
                kind: change.kind.text.in(language),
                day: change.day?.description ?? "—",
                title: change.title,
                href: change.work.map { "\(base)/norms/\($0)" } ?? "",
                unit: change.unit.isEmpty ? "" : UnitNames.name(of: change.unit, in: language),
                sentence: change.evidence.sentence,
                article: change.evidence.article ?? "",
                articles: change.articles.joined(separator: "、"),
                isKnown: change.work != nil
            )
        }
        dependents = effects.dependents.prefix(300).map {
            Dependent(
                title: $0.title,
                href: "\(base)/norms/\($0.id)/citations",
                unit: $0.unit.map { UnitNames.name(of: $0, in: language) } ?? "",
                places: $0.places
            )
        }
        self.matters = effects.matters.map { MatterLine(code: $0, href: "\(base)/powers/\($0)") }
        (hasChanges, hasDependents, hasMatters) = (!changes.isEmpty, !dependents.isEmpty, !self.matters.isEmpty)
    }
}
