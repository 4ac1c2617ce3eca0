import Core
import Hummingbird
import Records
import WorkCalendar

/// The portal's side of a request: what is there already is offered, then it is filed, and followed with number and word.
struct FilingPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("requests") { request, visit in try statusForm(request, visit, fault: nil) }
            pages.post("requests/status", use: status)
            pages.post("requests/rate", use: rate)
            pages.get("requests/new") { request, visit in try form(request, visit, fault: nil) }
            pages.post("requests/new", use: offer)
            pages.post("requests", use: file)
        }
    }

    static func fields(_ typed: Form?, _ faults: [String: Text], channels: [Channel] = [], in language: Language) -> [FieldView] {
        func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind = .line, hint: Text? = nil) -> FieldView {
            FieldView(name, Text(zh, en), kind, hint: hint, typed: typed, fault: faults[name], in: language)
        }
        let forms = [
            Text("电子邮件", "E-mail"), Text("邮寄", "Post"), Text("自行领取", "Collected in person"), Text("网上查看", "On this site"),
            Text("当场阅读、抄录", "Read on the spot"),
        ]
        var all = [
            field("subject", "所需信息的名称、文号", "Name or number of the information", hint: Text("一份申请写一件事项", "One matter a request")),
            field("description", "便于查询的特征描述", "Anything that helps to find it", .area(5)),
            field("kind", "申请人类型", "You are", .choice(ApplicantKind.allCases.map { ($0.rawValue, $0.text) })),
            field("name", "姓名或者名称", "Your name"),
            field(
                "identity",
                "身份证明号码",
                "Number of your proof of identity",
                hint: Text("加密保存，只供核对身份，到期删除", "Kept encrypted, only to check who you are, deleted on schedule")
            ),
            field("contact", "联系方式", "How to reach you"),
            field("form", "获取信息的方式", "How you want to have it", .choice(forms.map { ($0.zh, $0) })),
        ]
        if !channels.isEmpty {
            all.insert(field("channel", "提交方式", "How it came in", .choice(channels.map { ($0.rawValue, $0.text) })), at: 0)
            all.insert(
                FieldView(
                    "arrived",
                    Text("到达日期", "Day it came in"),
                    .day,
                    typed: typed,
                    fault: faults["arrived"],
                    isRequired: false,
                    in: language
                ),
                at: 1
            )
        }
        return all
    }

    static func filing(_ form: Form, channel: Channel) -> Filing {
        Filing(
            channel: channel,
            kind: ApplicantKind(rawValue: form.text("kind")) ?? .person,
            name: form.text("name"),
            identity: form.text("identity"),
            contact: form.text("contact"),
            subject: form.text("subject"),
            description: form.text("description"),
            form: form.text("form")
        )
    }

    private static let title = Text("依申请公开", "Request information")

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        let it = FormView(
            Self.fields(fault == nil ? nil : visit.form, fault?.faults ?? [:], in: visit.language),
            to: "/\(visit.language.rawValue)/requests/new",
            fault: fault,
            in: visit.language
        )
        return try house.open("filing", it, title: Self.title, words: .requests, request, visit, status: fault?.status ?? .ok)
    }

    private struct OfferView {
        let found: [Line]
        let hidden: [Hidden]
        let action: String

        struct Line {
            let href, title, excerpt: String
        }

        struct Hidden {
            let name, value: String
        }
    }

    /// Shows what is public already before the request is filed: many are answered by it.
    @Sendable private func offer(_ request: Request, _ visit: Visit) async throws -> Response {
        let filing = Self.filing(visit.form, channel: .web)
        do { try filing.check() } catch { return try form(request, visit, fault: error) }
        var found = try await house.releases.search(filing.subject, limit: 5).results
        // Words that do not stand together anywhere are asked as a question, of which any part may answer.
        if found.isEmpty { found = try await house.releases.search(filing.subject + filing.description, limit: 5).results }
        guard !found.isEmpty, visit.form.text("seen") != "yes" else { return try await file(request, visit) }
        house.counts.offer()
        let base = "/\(visit.language.rawValue)"
        let it = OfferView(
            found: found.map {
                .init(
                    href: "\(base)/releases/\($0.release)/articles/\($0.anchor)",
                    title: "\($0.title) \($0.article)",
                    excerpt: $0.excerpt(around: [filing.subject])
                )
            },
            hidden: visit.form.fields.filter { $0.key != "csrf" }.sorted { $0.key < $1.key }.map {
                .init(name: $0.key, value: $0.value.first ?? "")
            },
            action: "\(base)/requests"
        )
        return try house.open("offer", it, title: Text("也许已经公开", "Perhaps it is public already"), words: .requests, request, visit)
    }

    private struct ReceiptView {
        let number, word, status: String
    }

    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let filing = Self.filing(visit.form, channel: .web)
            let receipt = try await house.requests.file(filing, calendar: house.calendar)
            house.counts.file()
            let it = ReceiptView(number: receipt.number, word: receipt.word, status: "/\(visit.language.rawValue)/requests")
            return try house.open("receipt", it, title: Text("申请已登记", "Your request is registered"), words: .requests, request, visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try form(request, visit, fault: refusal) }
    }

    private func statusForm(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        let language = visit.language
        let fields = [
            FieldView(
                "number",
                Text("登记号", "Number"),
                hint: Text("形如 2022-17", "Such as 2022-17"),
                typed: fault == nil ? nil : visit.form,
                in: language
            ),
            FieldView("word", Text("查询密码", "Word"), hint: Text("在回执上", "On your receipt"), in: language),
        ]
        let it = FormView(fields, to: "/\(language.rawValue)/requests/status", fault: fault, in: language)
        return try house.open("status", it, title: Self.title, words: .requests, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func status(_ request: Request, _ visit: Visit) async throws -> Response {
        do { return try await own(request, visit, thanks: false) } catch let refusal as Refusal where refusal.keepsTheForm {
            return try statusForm(request, visit, fault: refusal)
        }
    }

    private func own(_ request: Request, _ visit: Visit, thanks: Bool) async throws -> Response {
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        let entry = try await house.requests.entry(number, word: word, calendar: house.calendar)
        let it = OwnView(
            entry,
            word: word,
            letter: try await house.requests.letter(number),
            thanks: thanks,
            in: visit.language
        )
        return try house.open("ownrequest", it, title: Text("申请 \(number)", "Request \(number)"), words: .requests, request, visit)
    }

    @Sendable private func rate(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        do {
            try await house.requests.rate(number, word: word, Int(visit.form.text("satisfaction")) ?? 0, calendar: house.calendar)
            return try await own(request, visit, thanks: true)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try statusForm(request, visit, fault: refusal) }
    }
}

/// A request as its applicant sees it: in plain words, with the day the answer is due and why.
struct OwnView {
    let number, subject, state, due, word, base, letterNumber, letter, remedy, asked: String
    let hasDue, isProvisional, hasLetter, thanks, isAsked: Bool
    let why: [Cited]
    let scale: [Choice]

    init(_ entry: DisclosureRequests.Entry, word: String, letter: DisclosureRequests.Letter?, thanks: Bool, in language: Language) {
        let (request, clock) = (entry.request, entry.clock)
        (number, subject, self.word, self.thanks) = (request.number, request.subject, word, thanks)
        state = request.state.plain.in(language)
        base = "/\(language.rawValue)/requests"
        due = request.state.isOpen ? clock.due?.description ?? "" : ""
        (hasDue, isProvisional) = (!due.isEmpty, clock.isProvisional && !due.isEmpty)
        why = clock.why.map {
            .init(
                day: $0.date?.description ?? "",
                text: language == .zh ? $0.zh : $0.en,
                article: language == .zh ? $0.article : $0.articleEn
            )
        }
        (hasLetter, letterNumber, self.letter) = (letter != nil, letter?.number ?? "", letter?.body ?? "")
        asked = clock.limits.last.map { (language == .zh ? $0.zh : $0.en) + " · \($0.due)" } ?? ""
        isAsked = [.awaitingCorrection, .awaitingFee].contains(request.state)
        remedy =
            request.outcome.flatMap { outcome in
                request.closedOn.map { Remedy.text(for: outcome, on: $0, reviewer: Agency.name).text.in(language) }
            } ?? ""
        let words = [Text("很不满意", "Very poor"), Text("不满意", "Poor"), Text("一般", "Fair"), Text("满意", "Good"), Text("很满意", "Very good")]
        scale = words.enumerated().map { .init(value: "\($0 + 1)", label: $1.in(language), selected: $0 == 3) }
    }
}

extension House {
    /// A page of the portal that holds a form: never kept, with a fresh seal.
    func open(
        _ template: String,
        _ content: Any,
        title: Text,
        words: Words,
        _ request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var frame = Frame(title: title.in(visit.language), path: Self.readable(request.uri.path))
        frame.csrf = Seal.value(visit.seal, world: world)
        return .page(try pages.html(template, content, words: words, frame: frame, in: visit.language), status: status)
    }

    /// The address that the language link leads to: a page that answers a form is not itself an address.
    private static func readable(_ path: String) -> String {
        for ending in ["/status", "/rate"] where path.hasSuffix(ending) { return String(path.dropLast(ending.count)) }
        return path
    }
}
