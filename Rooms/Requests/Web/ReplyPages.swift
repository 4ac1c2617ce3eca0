import Core
import Hummingbird
import Records

/// Replies that everyone may read: searched at the portal, prepared at the desk, released through the gate.
struct ReplyPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("requests/replies", use: search)
            pages.post("requests/suggest", use: suggest)
            pages.post("requests/answered", use: answered)
            pages.get("office/replies", use: list)
            pages.get("office/replies/:number") { request, visit in try await form(request, visit, fault: nil) }
            pages.post("office/replies/:number", use: prepare)
            pages.post("office/replies/:number/decline", use: decline)
            pages.post("office/replies/:number/gate", use: gate)
        }
    }

    private struct ArchiveView {
        let question: String
        let total: Int
        let isEmpty, hasQuestion: Bool
        let found: [Line]

        struct Line {
            let href, title, excerpt, day: String
        }
    }

    @Sendable private func search(_ request: Request, _ visit: Visit) async throws -> Response {
        let question = request.uri.queryParameters["q"].map { String($0.replacing("+", with: " ").prefix(100)) } ?? ""
        let base = "/\(visit.language.rawValue)/releases"
        let it: ArchiveView
        if question.allSatisfy(\.isWhitespace) {
            let (newest, total) = try await house.releases.releases(.init(column: ReplyEntry.column))
            let lines = newest.map {
                ArchiveView.Line(href: "\(base)/\($0.key)", title: $0.title, excerpt: "", day: "\($0.publishedOn)")
            }
            it = ArchiveView(question: "", total: total, isEmpty: lines.isEmpty, hasQuestion: false, found: lines)
        } else {
            let found = try await house.search(question, filter: .init(column: ReplyEntry.column), limit: 30)
            let lines = found.results.map {
                ArchiveView.Line(
                    href: "\(base)/\($0.release)",
                    title: $0.title,
                    excerpt: $0.excerpt(around: [question]),
                    day: "\($0.publishedOn)"
                )
            }
            it = ArchiveView(question: question, total: found.total, isEmpty: lines.isEmpty, hasQuestion: true, found: lines)
        }
        return try house.open("replies", it, title: Text("申请答复选登", "Replies to requests"), words: .replies, request, visit)
    }

    private struct NoteView {
        let title, sentence, href, link: String
    }

    /// The applicant's own suggestion that everyone should have it.
    @Sendable private func suggest(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.requests.suggest(visit.form.text("number"), word: visit.form.text("word"), calendar: house.calendar)
        return try note(
            Text("已收到您的建议", "Your suggestion is taken in"),
            Text(
                "行政机关经审核认为属于主动公开范围的，会及时主动公开（条例第四十四条第二款）。",
                "The agency examines it and, where it is for proactive disclosure, discloses it to everyone (art. 44(2))."
            ),
            request,
            visit
        )
    }

    @Sendable private func answered(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.requests.count(.helped)
        return try note(
            Text("谢谢", "Thank you"),
            Text("您要的信息已经公开，没有登记申请。", "What you wanted is public; no request was registered."),
            request,
            visit
        )
    }

    private func note(_ title: Text, _ sentence: Text, _ request: Request, _ visit: Visit) throws -> Response {
        let language = visit.language
        let it = NoteView(
            title: title.in(language),
            sentence: sentence.in(language),
            href: "/\(language.rawValue)/requests/replies",
            link: Text("申请答复选登", "Replies to requests").in(language)
        )
        return try house.open("requestnote", it, title: title, words: .replies, request, visit)
    }

    private struct ListView {
        let proposed, others: [Line]
        let hasProposed, hasOthers: Bool

        struct Line {
            let href, number, subject, outcome, why, state: String
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        _ = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            .drafter,
            .leader,
            or: Text("由信息公开办办理。", "This is for the disclosure office.")
        )
        let all = try await house.requests.candidates().filter {
            !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) || $0.request.unit == actor.unit
        }
        let language = visit.language
        func line(_ each: DisclosureRequests.Candidate) -> ListView.Line {
            var why: [String] = []
            if each.applicants > 1 {
                why.append(Text("\(each.applicants)个申请人申请相同信息", "\(each.applicants) applicants ask for the same").in(language))
            }
            if each.isSuggested { why.append(Text("申请人建议主动公开", "Suggested by the applicant").in(language)) }
            return .init(
                href: "/\(language.rawValue)/office/replies/\(each.request.number)",
                number: each.request.number,
                subject: each.request.subject,
                outcome: each.request.outcome?.text.in(language) ?? "",
                why: why.joined(separator: language == .zh ? "；" : "; "),
                state: each.entry?.state.text.in(language) ?? ""
            )
        }
        let (proposed, others) = (all.filter(\.isProposed).map(line), all.filter { !$0.isProposed }.map(line))
        let it = ListView(proposed: proposed, others: others, hasProposed: !proposed.isEmpty, hasOthers: !others.isEmpty)
        let title = Text("答复入库和转主动公开", "Replies for everyone").in(language)
        return try house.desk("replylist", it, title: title, words: .replies, request, visit)
    }

    private struct EntryView {
        let number, title, body, action, fault, state, document, search: String
        let blotted: Int
        let hasFault, mayPrepare, mayTake, hasDocument, hasBlotted, hasState: Bool
    }

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let number = try visit.parameters.require("number")
        let found = try await house.requests.entry(number, calendar: house.calendar)
        if actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) { try actor.open(unit: found.request.unit ?? "") }
        let entry = try await house.requests.entry(of: number)
        let isArchivist = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead])
        var (title, body, blotted) = (entry?.title ?? "", entry?.body ?? "", 0)
        if isArchivist, entry?.document == nil {
            (title, body, blotted) = try await house.requests.proposal(number, by: actor)
            if fault != nil { (title, body) = (visit.form.text("title"), visit.form.fields["body"]?.first ?? "") }
        }
        let it = EntryView(
            number: number,
            title: title,
            body: body,
            action: "/\(language.rawValue)/office/replies/\(number)",
            fault: fault?.text.in(language) ?? "",
            state: entry?.state.text.in(language) ?? "",
            document: entry?.document.map { "/\(language.rawValue)/office/documents/\($0)" } ?? "",
            search: "/\(language.rawValue)/search?q=\(Self.encoded(found.request.subject))",
            blotted: blotted,
            hasFault: fault != nil,
            mayPrepare: isArchivist && entry?.document == nil,
            mayTake: actor.roles.contains(.drafter) && entry?.state == .prepared,
            hasDocument: entry?.document != nil,
            hasBlotted: blotted > 0,
            hasState: entry != nil
        )
        let name = Text("申请\(number)的答复入库", "Reply to request \(number), for everyone").in(language)
        return try house.desk("replyentry", it, title: name, words: .replies, request, visit, status: fault?.status ?? .ok)
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func doing(_ request: Request, _ visit: Visit, _ work: (String) async throws -> Void) async throws -> Response {
        let number = try visit.parameters.require("number")
        do {
            try await work(number)
            return .redirect(to: "/\(visit.language.rawValue)/office/replies/\(number)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await form(request, visit, fault: refusal) }
    }

    @Sendable private func prepare(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { number in
            let body = visit.form.fields["body"]?.first ?? ""
            try await house.requests.prepare(number, title: visit.form.text("title"), body: body, by: try visit.actor)
        }
    }

    @Sendable private func decline(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { try await house.requests.decline($0, by: try visit.actor) }
    }

    @Sendable private func gate(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, actor) = (try visit.parameters.require("number"), try visit.actor)
        do {
            let document = try await house.requests.takeToGate(number, through: house.documents, by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await form(request, visit, fault: refusal) }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let replies: Words = [
        "archive":    Text("申请答复选登",     "Replies to requests"),
        "archiveLead": Text("已经答复的政府信息公开申请，去除个人信息后公开。申请之前请先在这里查找。", "Requests that were answered, without who asked. Look here before you file one."),
        "find":       Text("检索答复",         "Search the replies"),
        "nothing":    Text("没有相符的答复。", "No reply matches."),
        "found":      Text("共",               "In all"),
        "fileTitle":  Text("申请获取政府信息", "Request government information"),
        "list":       Text("答复入库和转主动公开", "Replies for everyone"),
        "proposed":   Text("建议转为主动公开（条例第四十四条）", "Suggested for disclosure to everyone (art. 44)"),
        "proposedLead": Text("几个申请人申请相同信息，或者申请人建议主动公开。", "Several applicants ask for the same, or the applicant suggests it."),
        "others":     Text("其他已答复的申请", "Other requests that were answered"),
        "none":       Text("没有。",           "None."),
        "number":     Text("登记号",           "Number"),
        "subject":    Text("事项",             "Subject"),
        "outcome":    Text("答复类型",         "Kind of reply"),
        "why":        Text("理由",             "Why"),
        "state":      Text("状态",             "State"),
        "prepareLead": Text("系统已经遮去它认得的个人信息，请逐行核对后保存；保存后由承办人提交审查，经审核签发后公开。", "What the system knows as personal is blotted out. Look over every line, then save; a drafter takes it to the gate, where it is reviewed and signed."),
        "blotted":    Text("已遮去的处数：",   "Places blotted out: "),
        "title":      Text("标题",             "Title"),
        "body":       Text("内容",             "Text"),
        "save":       Text("保存",             "Save"),
        "decline":    Text("不入库",           "Not for the archive"),
        "toGate":     Text("提交审查",         "Take it to the gate"),
        "document":   Text("审查中的文件",     "The document at the gate"),
        "already":    Text("查看是否已经公开", "See whether it is public already"),
    ]
}
