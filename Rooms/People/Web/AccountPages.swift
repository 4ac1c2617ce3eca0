import Core
import Hummingbird
import Records
import WorkCalendar

/// The administrator's pages of accounts, and everybody's page of the own one: roles, password, lending a role.
struct AccountPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/persons", use: list)
            pages.get("office/persons/new") { request, visit in try form(request, visit, fault: nil) }
            pages.post("office/persons", use: add)
            pages.get("office/persons/:login") { request, visit in try await person(request, visit, fault: nil) }
            pages.post("office/persons/:login/:step", use: take)
            pages.get("office/account") { request, visit in try await own(request, visit, fault: nil) }
            pages.post("office/account/password", use: changePassword)
            pages.post("office/account/delegate", use: delegate)
        }
    }

    private struct ListView {
        let lines: [Line]

        struct Line {
            let href, login, name, unit, state, tone: String
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let language = visit.language
        let lines = try await house.people.accounts(for: try visit.actor).map { account in
            ListView.Line(
                href: "/\(language.rawValue)/office/persons/\(account.login)",
                login: account.login,
                name: account.name.in(language),
                unit: Self.unit(account.unit).in(language),
                state: account.state.text.in(language),
                tone: account.state == .open ? "good" : "quiet"
            )
        }
        let title = Text("账号和角色", "Accounts and roles").in(language)
        return try house.desk("persons", ListView(lines: lines), title: title, words: .accounts, request, visit)
    }

    private static func unit(_ code: String) -> Text {
        UnitNames.reference.all.first { $0.code == code }.map { Text($0.zh, $0.en) } ?? Text(code, code)
    }

    private static var roles: [(value: String, label: Text)] { Role.allCases.map { (value: $0.rawValue, label: $0.text) } }

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        _ = try visit.actor.acting(as: .administrator, or: Text("账号由系统管理员管理。", "Accounts are the administrator's."))
        let faults = fault?.faults ?? [:]
        let typed = fault == nil ? nil : visit.form
        func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind = .line, hint: Text? = nil) -> FieldView {
            FieldView(name, Text(zh, en), kind, hint: hint, typed: typed, fault: faults[name], in: visit.language)
        }
        let units = UnitNames.reference.all.filter { $0.kind == .unit }.map { (value: $0.code, label: Text($0.zh, $0.en)) }
        let fields = [
            field("login", "账号", "Account", hint: Text("小写字母、数字", "Small letters and figures")),
            field("zh", "中文姓名", "Name in Chinese"),
            field("en", "拼音姓名", "Name in Latin letters"),
            field("unit", "单位", "Unit", .choice(units)),
            field("role", "角色", "Role", .choice(Self.roles)),
            field("password", "初始密码", "First password", .secret, hint: Text("至少10个字符", "At least 10 characters")),
        ]
        let it = FormView(fields, to: "/\(visit.language.rawValue)/office/persons", fault: fault, in: visit.language)
        let title = Text("新建账号", "New account").in(visit.language)
        return try house.desk("personform", it, title: title, words: .accounts, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            guard let role = Role(rawValue: form.text("role")) else { throw Refusal.invalid("role", "请选择角色。", "Choose the role.") }
            guard UnitNames.reference.all.contains(where: { $0.code == form.text("unit") && $0.kind == .unit }) else {
                throw Refusal.invalid("unit", "请选择单位。", "Choose the unit.")
            }
            try await house.people.add(
                form.text("login"),
                name: Text(form.text("zh"), form.text("en")),
                unit: form.text("unit"),
                role: role,
                password: form.fields["password"]?.first ?? "",
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm { return try self.form(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/persons/\(form.text("login"))", type: .normal)
    }

    private struct View {
        let login, name, unit, state, tone, fault: String
        let hasFault, hasSteps, hasRoles: Bool
        let roles: [Held]
        let steps: [Step]
        let trail: [StepLine]

        struct Held {
            let role, since, until, lender, tone, state, action: String
            let hasLender, mayEnd: Bool
        }

        struct Step {
            let label, action: String
            let fields: [FieldView]
        }
    }

    private func person(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        _ = try actor.acting(as: .administrator, or: Text("账号由系统管理员管理。", "Accounts are the administrator's."))
        let login = try visit.parameters.require("login")
        let account = try await house.people.account(login, for: actor).account
        let open = account.key == actor.person ? [] : Account.lifecycle.open(from: account.state, to: actor, taken: [])
        let faults = fault?.faults ?? [:]
        let steps = open.filter { $0.step != .end }.map { row in
            func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind, isRequired: Bool = true) -> FieldView {
                FieldView(
                    name,
                    Text(zh, en),
                    kind,
                    fault: faults[name],
                    form: row.step.rawValue,
                    isRequired: isRequired,
                    in: visit.language
                )
            }
            let fields: [FieldView] =
                switch row.step {
                case .assign:
                    [
                        field("role", "角色", "Role", .choice(Self.roles)),
                        field("since", "自（空白为今天）", "From (today where empty)", .day, isRequired: false),
                        field("until", "至（空白为长期）", "To (open where empty)", .day, isRequired: false),
                    ]
                case .setPassword: [field("password", "新密码", "New password", .secret)]
                case .end, .close, .reopen: []
                }
            return View.Step(
                label: row.step.text.in(visit.language),
                action: "/\(visit.language.rawValue)/office/persons/\(login)/\(row.step.rawValue)",
                fields: fields
            )
        }
        return try await show(login, steps, mayEnd: open.contains { $0.step == .end }, request, visit, fault: fault)
    }

    private func own(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let faults = fault?.faults ?? [:]
        let typed = fault == nil ? nil : visit.form
        func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind, form: String) -> FieldView {
            FieldView(name, Text(zh, en), kind, typed: kind.isSecret ? nil : typed, fault: faults[name], form: form, in: visit.language)
        }
        let base = "/\(visit.language.rawValue)/office/account"
        let lendable = Role.allCases.filter(actor.roles.contains).map { (value: $0.rawValue, label: $0.text) }
        let steps = [
            View.Step(
                label: Text("修改密码", "Change the password").in(visit.language),
                action: "\(base)/password",
                fields: [
                    field("old", "现用密码", "Present password", .secret, form: "password"),
                    field("new", "新密码", "New password", .secret, form: "password"),
                ]
            ),
            View.Step(
                label: Text("委托角色", "Lend a role").in(visit.language),
                action: "\(base)/delegate",
                fields: [
                    field("role", "角色", "Role", .choice(lendable), form: "delegate"),
                    field("login", "受托人账号（本单位）", "Account of the person, of your unit", .line, form: "delegate"),
                    field("since", "自", "From", .day, form: "delegate"),
                    field("until", "至", "To", .day, form: "delegate"),
                ]
            ),
        ]
        return try await show(try await house.people.login(of: actor), steps, mayEnd: false, request, visit, fault: fault)
    }

    private func show(
        _ login: String,
        _ steps: [View.Step],
        mayEnd: Bool,
        _ request: Request,
        _ visit: Visit,
        fault: Refusal?
    ) async throws -> Response {
        let language = visit.language
        let today = house.world.now().beijingDay
        let (account, assignments) = try await house.people.account(login, for: try visit.actor)
        let roles = assignments.map { held in
            View.Held(
                role: held.role.text.in(language),
                since: "\(held.since)",
                until: held.until?.description ?? "—",
                lender: held.lender?.in(language) ?? "",
                tone: held.holds(on: today) ? "good" : "quiet",
                state: (held.holds(on: today) ? Text("有效", "Held") : held.since > today ? Text("未开始", "Not yet") : Text("已结束", "Ended"))
                    .in(language),
                action: "/\(language.rawValue)/office/persons/\(login)/end?number=\(held.number)",
                hasLender: held.lender != nil,
                mayEnd: mayEnd && (held.holds(on: today) || held.since > today)
            )
        }
        let it = View(
            login: login,
            name: account.name.in(language),
            unit: Self.unit(account.unit).in(language),
            state: account.state.text.in(language),
            tone: account.state == .open ? "good" : "quiet",
            fault: fault?.text.in(language) ?? "",
            hasFault: fault != nil,
            hasSteps: !steps.isEmpty,
            hasRoles: !roles.isEmpty,
            roles: roles,
            steps: steps,
            trail: try await house.people.steps(of: account).map { StepLine($0, in: language) }
        )
        let title = account.name.in(language)
        return try house.desk("person", it, title: title, words: .accounts, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, form) = (try visit.actor, visit.form)
        let login = try visit.parameters.require("login")
        guard let step = Account.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        do {
            switch step {
            case .assign:
                guard let role = Role(rawValue: form.text("role")) else { throw Refusal.invalid("role", "请选择角色。", "Choose the role.") }
                try await house.people.assign(role, to: login, since: try form.day("since"), until: try form.day("until"), by: actor)
            case .end:
                guard let number = request.uri.queryParameters["number"].flatMap({ Int($0) }) else { throw Refusal.notFound }
                try await house.people.end(number, of: login, by: actor)
            case .setPassword: try await house.people.setPassword(form.fields["password"]?.first ?? "", of: login, by: actor)
            case .close, .reopen: try await house.people.take(step, on: login, by: actor)
            }
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await person(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/persons/\(login)", type: .normal)
    }

    @Sendable private func changePassword(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            try await house.people.changePassword(
                from: visit.form.fields["old"]?.first ?? "",
                to: visit.form.fields["new"]?.first ?? "",
                keeping: request.cookies["gongkai_session"]?.value ?? "",
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await own(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/account", type: .normal)
    }

    @Sendable private func delegate(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            guard let role = Role(rawValue: form.text("role")) else { throw Refusal.invalid("role", "请选择角色。", "Choose the role.") }
            guard let since = try form.day("since") else { throw Refusal.invalid("since", "请填写开始日期。", "Write the first day.") }
            guard let until = try form.day("until") else { throw Refusal.invalid("until", "请填写结束日期。", "Write the last day.") }
            do {
                try await house.people.delegate(role, to: form.text("login"), since: since, until: until, by: try visit.actor)
            } catch Refusal.notFound {
                throw Refusal.invalid("login", "没有账号“\(form.text("login"))”。", "There is no account “\(form.text("login"))”.")
            }
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await own(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/account", type: .normal)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let accounts: Words = [
        "accounts": Text("账号和角色",   "Accounts and roles"),
        "new":      Text("新建账号",     "New account"),
        "save":     Text("保存",         "Save"),
        "account":  Text("账号",         "Account"),
        "name":     Text("姓名",         "Name"),
        "unit":     Text("单位",         "Unit"),
        "state":    Text("状态",         "State"),
        "roles":    Text("角色",         "Roles"),
        "noRoles":  Text("没有角色。",   "No roles."),
        "since":    Text("自",           "From"),
        "until":    Text("至",           "To"),
        "lender":   Text("委托人",       "Lent by"),
        "end":      Text("结束",         "End"),
        "steps":    Text("可以办理",     "What can be done"),
        "trail":    Text("办理记录",     "Record"),
    ]
}
