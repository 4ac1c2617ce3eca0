import Core
import HTTPTypes
import Hummingbird
import Records
import WorkCalendar

/// An applicant's account: sign in, see one's requests together, open them without their words.
struct MinePages: Sendable {
    let house: House
    private var accounts: ApplicantAccounts { house.applicantAccounts }

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("requests/account") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("requests/account/sign-in", use: signIn)
            pages.post("requests/account/open", use: open)
            pages.post("requests/account/add", use: add)
            pages.post("requests/account/show", use: show)
            pages.post("requests/account/sign-out", use: signOut)
            pages.post("requests/account/close", use: close)
        }
    }

    static let cookie = "gongkai_applicant"

    private struct View {
        let fault: String
        let hasFault, isSignedIn, isEmpty: Bool
        let base: String
        let lines: [Line]
        let account, adding: [FieldView]

        struct Line {
            let number, subject, state, due: String
            let hasDue: Bool
        }
    }

    private static let title = Text("我的申请", "My requests")

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let language = visit.language
        let account = try await house.applicant(request)
        let mine = if let account { try await accounts.requests(of: account) } else { [DisclosureRequest]() }
        let (typed, faults) = (fault == nil ? nil : visit.form, fault?.faults ?? [:])
        let hint = Text("至少4个字；建议不用真实姓名", "At least 4 characters; better not your name")
        let it = View(
            fault: fault?.text.in(language) ?? "",
            hasFault: fault != nil,
            isSignedIn: account != nil,
            isEmpty: mine.isEmpty,
            base: "/\(language.rawValue)/requests/account",
            lines: mine.map {
                .init(
                    number: $0.number,
                    subject: $0.subject,
                    state: $0.state.plain.in(language),
                    due: $0.due?.description ?? "",
                    hasDue: $0.due != nil && $0.state.isOpen
                )
            },
            account: [
                FieldView("login", Text("账号", "Login"), hint: hint, typed: typed, fault: faults["login"], in: language),
                FieldView(
                    "password",
                    Text("密码（至少10个字符）", "Password (at least 10 characters)"),
                    .secret,
                    fault: faults["password"],
                    in: language
                ),
            ],
            adding: [
                FieldView("number", Text("登记号", "Number"), typed: typed, fault: faults["number"], in: language),
                FieldView("word", Text("查询密码", "Word"), in: language),
            ]
        )
        return try house.open("mine", it, title: Self.title, words: .mine, request, visit, status: fault?.status ?? .ok)
    }

    private func back(_ visit: Visit) -> Response { .redirect(to: "/\(visit.language.rawValue)/requests/account", type: .normal) }

    private func entering(_ request: Request, _ visit: Visit, _ token: () async throws -> String) async throws -> Response {
        do {
            let token = try await token()
            var response = back(visit)
            response.setCookie(house.cookie(Self.cookie, token, hours: Session.hours))
            return response
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func signIn(_ request: Request, _ visit: Visit) async throws -> Response {
        try await entering(request, visit) {
            try await accounts.signIn(visit.form.text("login"), password: visit.form.fields["password"]?.first ?? "")
        }
    }

    @Sendable private func open(_ request: Request, _ visit: Visit) async throws -> Response {
        try await entering(request, visit) {
            try await accounts.open(visit.form.text("login"), password: visit.form.fields["password"]?.first ?? "")
        }
    }

    private func mine(_ request: Request) async throws -> String {
        guard let account = try await house.applicant(request) else {
            throw Refusal.forbidden(because: Text("请先登录。", "Please sign in first."))
        }
        return account
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let account = try await mine(request)
            try await accounts.add(visit.form.text("number"), word: visit.form.text("word"), to: account, calendar: house.calendar)
            return back(visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    /// The request's own page, opened with the word that the account holds.
    @Sendable private func show(_ request: Request, _ came: Visit) async throws -> Response {
        var visit = came
        let number = visit.form.text("number")
        visit.form.fields["word"] = [try await accounts.word(of: number, in: try await mine(request))]
        return try await FilingPages(house: house).own(request, visit, thanks: false)
    }

    @Sendable private func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
        if let token = request.cookies[Self.cookie]?.value { try await accounts.signOut(token) }
        return back(visit)
    }

    @Sendable private func close(_ request: Request, _ visit: Visit) async throws -> Response {
        try await accounts.close(try await mine(request))
        return back(visit)
    }
}

extension House {
    var applicantAccounts: ApplicantAccounts { ApplicantAccounts(requests) }

    /// The account of the applicant who is signed in; nil where nobody is.
    func applicant(_ request: Request) async throws -> String? {
        guard let token = request.cookies[MinePages.cookie]?.value else { return nil }
        return try await applicantAccounts.account(token)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let mine: Words = [
        "title":   Text("我的申请",       "My requests"),
        "lead":    Text("申请不需要账号。登录后可以把自己的申请放在一起查看，不必每次输入查询密码。账号不保存姓名。", "No account is needed to file. Signed in, you see your requests together and need not type their words. The account keeps no name."),
        "signIn":  Text("登录",           "Sign in"),
        "open":    Text("开立账号",       "Open an account"),
        "none":    Text("这个账号还没有申请。", "This account has no requests yet."),
        "number":  Text("登记号",         "Number"),
        "due":     Text("答复期限",       "Due"),
        "show":    Text("查看",           "Show"),
        "add":     Text("加入已有的申请", "Add a request"),
        "new":     Text("申请获取政府信息", "Request government information"),
        "signOut": Text("退出登录",       "Sign out"),
        "close":   Text("注销账号（申请仍可凭登记号和查询密码查看）", "Close the account (requests still open by number and word)"),
    ]
}
