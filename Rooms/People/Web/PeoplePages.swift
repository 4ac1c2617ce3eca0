import Core
import Hummingbird
import Records
import WorkCalendar

/// Signing in and out, and the inbox: what awaits the person who signed in.
struct PeoplePages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/sign-in") { request, visit in try signInPage(request, visit, fault: nil) }
            pages.post("office/sign-in", use: signIn)
            pages.post("office/sign-out", use: signOut)
            pages.get("office", use: inbox)
        }
    }

    private struct SignInView {
        let login, fault: String
        let hasFault: Bool
    }

    private func signInPage(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        let it = SignInView(login: visit.form.text("login"), fault: fault?.text.in(visit.language) ?? "", hasFault: fault != nil)
        let title = Text("登录", "Sign in").in(visit.language)
        return try house.desk("signin", it, title: title, words: .people, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func signIn(_ request: Request, _ visit: Visit) async throws -> Response {
        let token: String
        do {
            token = try await house.people.signIn(visit.form.text("login"), password: visit.form.fields["password"]?.first ?? "")
        } catch let refusal as Refusal {
            try await note(.signInRefused, login: visit.form.text("login"), visit)
            return try signInPage(request, visit, fault: refusal)
        }
        try await note(.signIn, login: visit.form.text("login"), visit)
        var response = Response.redirect(to: "/\(visit.language.rawValue)/office", type: .normal)
        response.setCookie(house.cookie("gongkai_session", token, hours: Session.hours))
        return response
    }

    /// Audits a known account's sign-in; what was typed for an unknown one may be anything, a password too, and is not kept.
    private func note(_ act: Audit.Act, login: String, _ visit: Visit) async throws {
        do {
            let actor = try await house.people.actor(login)
            try await house.audit.write(act, on: "person/\(actor.person)", by: actor, detail: visit.address)
        } catch Refusal.notFound {}
    }

    @Sendable private func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
        if let token = request.cookies["gongkai_session"]?.value { try await house.people.signOut(token) }
        var response = Response.redirect(to: "/\(visit.language.rawValue)/", type: .normal)
        response.setCookie(house.cookie("gongkai_session", "", hours: 0))
        return response
    }

    private struct InboxView {
        let turns, requests, drafts, incidents, notices: [Line]
        let hasNotices, hasTurns, hasRequests, hasDrafts, hasIncidents, isAdministrator: Bool

        struct Line {
            let href, title, what, due: String
        }
    }

    @Sendable private func inbox(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let base = "/\(visit.language.rawValue)/office"
        let turns = try await house.reviews.turns(of: actor).map { review, document in
            InboxView.Line(
                href: review.state == .returned ? "\(base)/documents/\(document.key)" : "\(base)/reviews/\(review.key)",
                title: document.title,
                what: review.state.text.in(visit.language),
                due: ""
            )
        }
        let requests = try await house.requests.turns(of: actor).map { request in
            InboxView.Line(
                href: "\(base)/requests/\(request.number)",
                title: "\(request.number) \(request.subject)",
                what: request.state.text.in(visit.language),
                due: request.due?.description ?? ""
            )
        }
        var notices = try await house.requests.notices(for: actor, on: house.world.now().beijingDay).map { notice in
            InboxView.Line(
                href: "\(base)/requests/\(notice.request)",
                title: visit.language == .zh ? notice.zh : notice.en,
                what: "",
                due: "\(notice.day)"
            )
        }
        notices += try await house.matters.notices(for: actor, on: house.world.now().beijingDay).map { notice in
            InboxView.Line(
                href: "\(base)/powers/\(notice.matter)",
                title: notice.text.in(visit.language),
                what: "",
                due: "\(notice.day)"
            )
        }
        notices += try await house.library.reminders(for: actor, on: house.world.now().beijingDay).map { reminder in
            InboxView.Line(href: "\(base)/norms", title: reminder.text.in(visit.language), what: "", due: reminder.day?.description ?? "")
        }
        notices += try await gate(actor, base, in: visit.language)
        let isDrafter = actor.roles.contains(.drafter)
        let drafts = isDrafter ? try await house.documents.newest(unit: actor.unit, limit: 20) : []
        var incidents: [Incidents.Incident] = []
        if !actor.roles.isDisjoint(with: [.confidentialityReviewer, .administrator, .leader]) {
            incidents = try await house.incidents.open()
        }
        let it = InboxView(
            turns: turns,
            requests: requests,
            drafts: drafts.map { .init(href: "\(base)/documents/\($0.key)", title: $0.title, what: "v\($0.version)", due: "") },
            incidents: incidents.map { .init(href: $0.number, title: $0.number, what: $0.level, due: $0.reportBy.beijingMinute) },
            notices: notices,
            hasNotices: !notices.isEmpty,
            hasTurns: !turns.isEmpty || !requests.isEmpty,
            hasRequests: !requests.isEmpty,
            hasDrafts: !drafts.isEmpty,
            hasIncidents: !incidents.isEmpty,
            isAdministrator: actor.roles.contains(.administrator)
        )
        return try house.desk("inbox", it, title: Text("待办", "To do").in(visit.language), words: .people, request, visit)
    }
}

extension PeoplePages {
    /// What the gate waits for: emergency releases to be confirmed, refusals to be looked at again, texts given to this person.
    private func gate(_ actor: Actor, _ base: String, in language: Language) async throws -> [InboxView.Line] {
        let now = house.world.now()
        var lines: [InboxView.Line] = []
        if !actor.roles.isDisjoint(with: [.confidentialityReviewer, .leader, .disclosureOfficer]) {
            lines += try await house.releases.unconfirmed().map { found in
                let over = found.isOverdue(at: now)
                let what = over ? Text("紧急公开已超过确认时限", "Emergency release, overdue") : Text("紧急公开待确认", "Emergency release to be confirmed")
                return .init(
                    href: "\(base)/emergencies/\(found.release)",
                    title: "\(what.in(language)): \(found.title)",
                    what: "",
                    due: found.due.beijingMinute
                )
            }
            lines += try await house.assessments.reassessments(by: now.beijingDay, for: actor).map { each in
                let what = Text("不予公开的再评估", "Look again at what was withheld").in(language)
                return .init(
                    href: "\(base)/reviews/\(each.review)/assessment",
                    title: "\(what): \(each.title)",
                    what: "",
                    due: "\(each.due)"
                )
            }
        }
        lines += try await house.limited.given(to: actor).map { release in
            let what = Text("限定范围公开给您", "Given to you").in(language)
            return .init(
                href: "\(base)/limited/\(release.key)/read",
                title: "\(what): \(release.title)",
                what: "",
                due: "\(release.expiresOn)"
            )
        }
        return lines
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let people: Words = [
        "signIn":    Text("登录办公台",     "Sign in to the desk"),
        "account":   Text("账号",           "Account"),
        "password":  Text("密码",           "Password"),
        "submit":    Text("登录",           "Sign in"),
        "todo":      Text("等您办理",       "Awaiting you"),
        "nothing":   Text("没有等您办理的事项。", "Nothing awaits you."),
        "requests":  Text("依申请公开（按期限）", "Requests, the first due first"),
        "notices":   Text("提醒",           "Warnings"),
        "due":       Text("期限",           "due"),
        "drafts":    Text("本单位的文件",   "Your unit's documents"),
        "incidents": Text("涉密事件（须在24小时内报告）", "Incidents to report within 24 hours"),
        "reportBy":  Text("报告时限",       "Report by"),
        "assessments": Text("评估",         "Assessments"),
        "limited":   Text("限定范围公开",   "Limited scope"),
        "system":    Text("系统",           "System"),
        "accounts":  Text("账号和角色",     "Accounts and roles"),
        "jobs":      Text("后台任务",       "Jobs"),
        "audit":     Text("审计记录",       "Audit"),
        "reported":  Text("登记为已报告",   "Register as reported"),
    ]
}
