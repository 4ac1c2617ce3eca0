import Core
import Foundation
import Hummingbird
import Records
import WorkCalendar

/// The desk's side of the library: events to confirm, works of uncertain status, sunsets, clean-ups, what a draft would do.
struct NormDeskPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/norms") { request, visit in try await desk(request, visit, fault: nil) }
            pages.post("office/norms/decide", use: decide)
            pages.get("office/norms/works/:work") { request, visit in try await work(request, visit, fault: nil) }
            pages.post("office/norms/works/:work", use: find)
            pages.post("office/norms/campaigns", use: openCampaign)
            pages.get("office/norms/campaigns/:key") { request, visit in try await campaign(request, visit, fault: nil) }
            pages.post("office/norms/campaigns/:key/judge", use: judge)
            pages.post("office/norms/campaigns/:key/conclude", use: conclude)
            pages.get("office/documents/:key/effects", use: effects)
        }
    }

    private var today: Day { house.world.now().beijingDay }

    // MARK: the desk of norms

    private func desk(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let page = try request.page()
        let all = request.value("unit") == "all"
        let caused = try await house.library.caused().filter { all || $0.unit == actor.unit || $0.verdict == nil }
        let sunsets = try await house.library.sunsets(from: today.adding(-92), to: today.adding(400), isOwn: true)
        let uncertain = try await house.library.uncertain(unit: all ? nil : actor.unit, at: today, page: page)
        let campaigns = try await house.library.campaigns()
        let it = NormDeskView(
            caused,
            sunsets,
            uncertain,
            campaigns,
            actor: actor,
            today: today,
            fault: fault,
            typed: visit.form,
            paging: Paging(request, page: page, size: 50, total: uncertain.total),
            in: visit.language
        )
        let title = Text("规范性文件管理", "Normative documents").in(visit.language)
        return try house.desk("normdesk", it, title: title, words: .normDesk, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, form) = (try visit.actor, visit.form)
        guard let kind = NormEvent.Kind(rawValue: form.text("kind")) else { throw Refusal.notFound }
        let key = NormVerdict.Event(by: form.text("by"), of: form.text("of"), kind: kind, sentence: form.fields["sentence"]?.first ?? "")
        do {
            let isConfirmed = form.text("verdict") == "confirm"
            try await house.library.decide(key, isConfirmed: isConfirmed, reason: form.text("reason"), by: actor)
            house.forgetPages()
            return .redirect(to: "/\(visit.language.rawValue)/office/norms", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await desk(request, visit, fault: refusal)
        }
    }

    // MARK: a work of uncertain status

    private func work(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let work = try await house.library.work(try visit.parameters.require("work"))
        let force = try await house.library.force(of: work.id, at: today)
        let (language, typed, faults) = (visit.language, fault == nil ? nil : visit.form, fault?.faults ?? [:])
        let statuses = Library.Finding.Status.allCases.map { (value: $0.rawValue, label: $0.text) }
        let fields = [
            FieldView("status", Text("效力", "Status"), .choice(statuses), typed: typed, in: language),
            FieldView(
                "document",
                Text("依据文件及文号", "The document that shows it, with its number"),
                typed: typed,
                fault: faults["document"],
                in: language
            ),
            FieldView(
                "sentence",
                Text("证明效力的原句", "The sentence that proves it"),
                .area(3),
                typed: typed,
                fault: faults["sentence"],
                in: language
            ),
            FieldView(
                "day",
                Text("该效力的日期", "The day of that status"),
                .day,
                value: "\(today)",
                typed: typed,
                fault: faults["day"],
                in: language
            ),
        ]
        let base = "/\(language.rawValue)/office/norms/works/\(work.id)"
        let it = NormWorkView(work, force, form: FormView(fields, to: base, fault: fault, in: language), actor: actor, in: language)
        return try house.desk("normwork", it, title: work.title, words: .normDesk, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func find(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, form) = (try visit.actor, visit.form)
        let id = try visit.parameters.require("work")
        do {
            guard let status = Library.Finding.Status(rawValue: form.text("status")) else {
                throw Refusal.invalidForm(["status": Text("请选择效力。", "Choose the status.")])
            }
            let day = try form.day("day") ?? today
            let finding = Library.Finding(status, document: form.text("document"), sentence: form.text("sentence"), day: day)
            try await house.library.find(finding, of: id, by: actor)
            house.forgetPages()
            return .redirect(to: "/\(visit.language.rawValue)/norms/\(id)/history", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await work(request, visit, fault: refusal)
        }
    }

    // MARK: clean-ups

    @Sendable private func openCampaign(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, form) = (try visit.actor, visit.form)
        do {
            guard let due = try form.day("due") else {
                throw Refusal.invalidForm(["due": Text("请填写完成日期。", "Give the day by which it is due.")])
            }
            let key = try await house.library.openCampaign(titled: form.text("title"), due: due, by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/norms/campaigns/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await desk(request, visit, fault: refusal)
        }
    }

    private func campaign(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let (campaign, works) = try await house.library.campaign(try visit.parameters.require("key"))
        let it = CampaignView(campaign, works, actor: actor, today: today, fault: fault, typed: visit.form, in: visit.language)
        return try house.desk("normcampaign", it, title: campaign.title, words: .normDesk, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func judge(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, form, key) = (try visit.actor, visit.form, try visit.parameters.require("key"))
        do {
            guard let verdict = Library.Verdict(rawValue: form.text("verdict")) else {
                throw Refusal.invalidForm(["verdict": Text("请选择一项意见。", "Choose a verdict.")])
            }
            try await house.library.judge(form.text("work"), in: key, verdict, reason: form.text("reason"), by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/norms/campaigns/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await campaign(request, visit, fault: refusal)
        }
    }

    @Sendable private func conclude(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        do {
            let document = try await house.library.concludeCampaign(try visit.parameters.require("key"), by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await campaign(request, visit, fault: refusal)
        }
    }

    // MARK: what a draft would do

    @Sendable private func effects(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let it = EffectsView(try await house.library.effects(of: document), document, in: visit.language)
        return try house.desk("normeffects", it, title: document.title, words: .normDesk, request, visit)
    }
}

// The columns are the point.
// swift-format-ignore
extension Library.Finding.Status {
    var text: Text {
        switch self {
        case .inForce:  Text("现行有效", "In force")
        case .repealed: Text("已废止",   "Repealed")
        case .expired:  Text("已失效",   "Expired")
        }
    }
}
