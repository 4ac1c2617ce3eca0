import Core
import Hummingbird
import Records
import WorkCalendar

/// The desk's pages of limited releases: signing one, giving it to recipients, seeing who read it, and taking it back.
struct LimitedPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key/limited") { request, visit in try await signing(request, visit, fault: nil) }
            pages.post("office/reviews/:key/limited", use: release)
            pages.get("office/limited", use: list)
            pages.get("office/limited/:key") { request, visit in try await show(request, visit, fault: nil) }
            pages.post("office/limited/:key/give", use: give)
            pages.post("office/limited/:key/recall", use: recallAll)
            pages.post("office/limited/:key/withdraw", use: withdraw)
            pages.post("office/limited/:key/recipients/:number/renew", use: renew)
            pages.post("office/limited/:key/recipients/:number/recall", use: recall)
        }
    }

    private struct SigningView {
        let title, hash, back, methodHref, fault, method: String
        let hasFault, maySign: Bool
        let form: FormView
    }

    /// The leader's page where the questions end in limited scope: the text's hash, the reason, the last day.
    private func signing(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let (review, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let office = "/\(language.rawValue)/office"
        if let limited = try await house.limited.release(ofReview: review.key) {
            return .redirect(to: "\(office)/limited/\(limited.key)", type: .normal)
        }
        let base = "\(office)/reviews/\(review.key)"
        let open = Review.lifecycle.open(from: review.state, to: actor, taken: try await house.reviews.taken(review.key))
        let method = try await house.releases.choice(for: review.key)?.outcome.method
        let typed = fault == nil ? nil : visit.form
        let fields = [
            FieldView(
                "reason",
                Text("限定范围的依据和理由", "The ground and the reason for the limited scope"),
                typed: typed,
                fault: fault?.faults["reason"],
                in: language
            ),
            FieldView(
                "expiresOn",
                Text("到期日（当日仍可查看）", "The last day on which it can be read"),
                .day,
                typed: typed,
                fault: fault?.faults["expiresOn"],
                in: language
            ),
        ]
        let it = SigningView(
            title: document.title,
            hash: review.hash,
            back: base,
            methodHref: "\(base)/method",
            fault: fault?.text.in(language) ?? "",
            method: (method?.text ?? Text("尚未选择", "Not chosen yet")).in(language),
            hasFault: fault != nil,
            maySign: method == .limitedScope && open.contains { $0.step == .release },
            form: FormView(fields, to: "\(base)/limited", fault: fault, in: language)
        )
        let status = fault?.status ?? .ok
        return try house.desk("limitedsigning", it, title: document.title, words: .limited, request, visit, status: status)
    }

    @Sendable private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            guard let day = try visit.form.day("expiresOn") else {
                throw Refusal.invalid("expiresOn", "请填写到期日。", "Give the last day.")
            }
            let key = try await house.limited.release(
                review: try visit.parameters.require("key"),
                seeing: visit.form.text("hash"),
                reason: visit.form.text("reason"),
                until: day,
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/limited/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await signing(request, visit, fault: refusal) }
    }

    private struct ListView {
        let mine, all: [Line]
        let hasMine, hasAll: Bool

        struct Line {
            let href, title, state, tone, until: String
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let base = "/\(language.rawValue)/office/limited"
        func line(_ release: LimitedRelease, _ href: String) -> ListView.Line {
            let (state, tone) = state(of: release)
            return .init(href: href, title: release.title, state: state.in(language), tone: tone, until: "\(release.expiresOn)")
        }
        let mine = try await house.limited.given(to: actor).map { line($0, "\(base)/\($0.key)/read") }
        let all = try await house.limited.all(for: actor).map { line($0, "\(base)/\($0.key)") }
        let it = ListView(mine: mine, all: all, hasMine: !mine.isEmpty, hasAll: !all.isEmpty)
        let title = Text("限定范围公开", "Limited scope").in(language)
        return try house.desk("limitedlist", it, title: title, words: .limited, request, visit)
    }

    private func state(of release: LimitedRelease) -> (Text, String) {
        if release.state == .withdrawn { return (Text("已撤回", "Withdrawn"), "bad") }
        return release.isOpen(on: house.world.now().beijingDay) ? (Text("有效", "Open"), "good") : (Text("已到期", "Over"), "warn")
    }

    private func show(_ request: Request, _ visit: Visit, fault: Refusal?, link: String? = nil) async throws -> Response {
        let actor = try visit.actor
        let release = try await house.limited.release(try visit.parameters.require("key"))
        try actor.open(unit: release.unit)
        if request.method == .get { try await house.audit.write(.see, on: "limited/\(release.key)", by: actor) }
        let (state, tone) = state(of: release)
        let it = LimitedView(
            release,
            state: state,
            tone: tone,
            receipts: try await house.limited.recipients(of: release.key),
            open: LimitedRelease.lifecycle.open(from: release.state, to: actor, taken: []).map(\.step),
            isOver: !release.isOpen(on: house.world.now().beijingDay),
            steps: try await house.limited.steps(of: release.key),
            fault: fault,
            link: link,
            typed: visit.form,
            in: visit.language
        )
        return try house.desk("limited", it, title: release.title, words: .limited, request, visit, status: fault?.status ?? .ok)
    }

    /// The link is on the page that answers the form, and nowhere else ever again.
    @Sendable private func give(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            let way = Recipient.Way(rawValue: form.text("way")) ?? .link
            let key = try visit.parameters.require("key")
            let given = try await house.limited.give(key, to: form.text("name"), form.text("address"), way, by: try visit.actor)
            guard let token = given.token else { return try back(visit) }
            var fresh = visit
            fresh.form = Form()
            return try await show(request, fresh, fault: nil, link: link(token, visit))
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await show(request, visit, fault: refusal) }
    }

    @Sendable private func renew(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let (key, number) = (try visit.parameters.require("key"), try visit.parameters.require("number", as: Int.self))
            let token = try await house.limited.renew(key, number, by: try visit.actor)
            return try await show(request, visit, fault: nil, link: link(token, visit))
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await show(request, visit, fault: refusal) }
    }

    private func link(_ token: String, _ visit: Visit) -> String { "\(house.site)/\(visit.language.rawValue)/limited/\(token)" }

    @Sendable private func recall(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try visit.parameters.require("number", as: Int.self)
        return try await take(request, visit) { try await house.limited.recall($0, number, by: try visit.actor) }
    }

    @Sendable private func recallAll(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit) { try await house.limited.recall($0, nil, by: try visit.actor) }
    }

    @Sendable private func withdraw(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit) { try await house.limited.withdraw($0, reason: visit.form.text("reason"), by: try visit.actor) }
    }

    private func take(_ request: Request, _ visit: Visit, _ step: (String) async throws -> Void) async throws -> Response {
        do { try await step(try visit.parameters.require("key")) } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await show(request, visit, fault: refusal)
        }
        return try back(visit)
    }

    private func back(_ visit: Visit) throws -> Response {
        .redirect(to: "/\(visit.language.rawValue)/office/limited/\(try visit.parameters.require("key"))", type: .normal)
    }
}
