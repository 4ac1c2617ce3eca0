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
            pages.post("requests/correction", use: correct)
            pages.get("requests/new") { request, visit in try await form(request, visit, fault: nil) }
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

    private var tray: FileTray { FileTray(house: house) }

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let typed = fault == nil ? nil : visit.form
        let faults = fault?.faults ?? [:]
        let it = FilingView(
            Self.fields(typed, faults, in: visit.language),
            try await tray.view(typed, FileTray.filing, faults: faults, in: visit.language),
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
    @Sendable private func offer(_ request: Request, _ came: Visit) async throws -> Response {
        var visit = came
        let faults = try await tray.take(&visit.form, FileTray.filing, by: .applicant)
        let filing = Self.filing(visit.form, channel: .web)
        do {
            try filing.check()
            guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        } catch let refusal as Refusal {
            let all = Refusal.invalidForm(refusal.faults.merging(faults) { one, _ in one })
            return try await form(request, visit, fault: all)
        }
        // Replies to others stand before documents: they answer a question, not a word.
        var found = try await house.releases.search(filing.subject, filter: .init(column: ReplyEntry.column), limit: 3).results
        found += try await house.releases.search(filing.subject, limit: 5).results
        // Words that do not stand together anywhere are asked as a question, of which any part may answer.
        if found.isEmpty { found = try await house.releases.search(filing.subject + filing.description, limit: 5).results }
        var seen: Set<String> = []
        found = found.filter { seen.insert($0.release + $0.anchor).inserted }
        guard !found.isEmpty else { return try await file(request, visit) }
        visit.form.fields["seen"] = ["yes"]
        house.counts.offer()
        try await house.requests.count(.shown)
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
            let receipt = try await house.requests.file(filing, basket: visit.form.filled("basket"), calendar: house.calendar)
            house.counts.file()
            if let account = try await house.applicant(request) {
                try await house.applicantAccounts.add(receipt.number, word: receipt.word, to: account, calendar: house.calendar)
            }
            if visit.form.text("seen") == "yes" { try await house.requests.count(.filed) }
            let it = ReceiptView(number: receipt.number, word: receipt.word, status: "/\(visit.language.rawValue)/requests")
            return try house.open("receipt", it, title: Text("申请已登记", "Your request is registered"), words: .requests, request, visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await form(request, visit, fault: refusal) }
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

    /// What the applicant corrects, with files; the office registers its receipt.
    @Sendable private func correct(_ request: Request, _ came: Visit) async throws -> Response {
        var visit = came
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        // Who does not hold the word leaves no file here.
        do { _ = try await house.requests.entry(number, word: word, calendar: house.calendar) } catch let refusal as Refusal {
            return try statusForm(request, visit, fault: refusal)
        }
        let faults = try await tray.take(&visit.form, FileTray.correcting, by: .applicant)
        do {
            guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
            try await house.requests.sendCorrection(
                number,
                word: word,
                visit.form.text("correction"),
                basket: visit.form.filled("basket"),
                calendar: house.calendar
            )
            return try await own(request, visit, thanks: false)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await own(request, visit, thanks: false, fault: refusal)
        }
    }

    func own(_ request: Request, _ visit: Visit, thanks: Bool, fault: Refusal? = nil) async throws -> Response {
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        let entry = try await house.requests.entry(number, word: word, calendar: house.calendar)
        let it = OwnView(
            entry,
            word: word,
            letter: try await house.requests.letter(number),
            corrections: try await house.requests.corrections(of: number),
            files: try await house.requests.attachments(of: number),
            replyFiles: try await house.requests.replyFiles(of: number),
            tray: try await tray.view(
                fault == nil ? nil : visit.form,
                FileTray.correcting,
                faults: fault?.faults ?? [:],
                in: visit.language
            ),
            typed: fault == nil ? "" : visit.form.text("correction"),
            fault: fault,
            thanks: thanks,
            in: visit.language
        )
        let title = Text("申请 \(number)", "Request \(number)")
        return try house.open("ownrequest", it, title: title, words: .requests, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func rate(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        do {
            try await house.requests.rate(number, word: word, Int(visit.form.text("satisfaction")) ?? 0, calendar: house.calendar)
            return try await own(request, visit, thanks: true)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try statusForm(request, visit, fault: refusal) }
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
        for ending in ["/status", "/rate", "/correction", "/sign-in", "/open", "/add", "/show"] where path.hasSuffix(ending) {
            return String(path.dropLast(ending.count))
        }
        return path
    }
}
