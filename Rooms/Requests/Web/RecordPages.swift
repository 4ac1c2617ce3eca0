import Core
import Hummingbird
import Records
import WorkCalendar

/// Record corrections at the portal and at the desk (art. 41): filed with evidence, examined by the unit, decided by the office.
struct RecordPages: Sendable {
    let house: House
    private var tray: FileTray { FileTray(house: house) }
    private var records: RecordCorrections { house.recordCorrections }
    static let files: [(field: String, purpose: Enclosure.Purpose)] = [("identityFile", .identity), ("evidenceFile", .evidence)]

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("requests/records/new") { request, visit in try await form(request, visit, fault: nil) }
            pages.post("requests/records/new", use: file)
            pages.get("requests/records") { request, visit in try statusForm(request, visit, fault: nil) }
            pages.post("requests/records/status", use: status)
            pages.get("office/records", use: list)
            pages.get("office/records/:number") { request, visit in try await page(request, visit, fault: nil) }
            pages.get("office/records/:number/files/:file", use: download)
            pages.get("office/records/:number/letter", use: letter)
            pages.post("office/records/:number/party", use: party)
            pages.post("office/records/:number/:step", use: take)
        }
    }

    private static let title = Text("申请更正信息记录", "Have a record corrected")

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (typed, faults) = (fault == nil ? nil : visit.form, fault?.faults ?? [:])
        func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind = .line, hint: Text? = nil) -> FieldView {
            FieldView(name, Text(zh, en), kind, hint: hint, typed: typed, fault: faults[name], in: visit.language)
        }
        let source = Text("可写申请登记号、网址或者文件名", "Such as a request's number, an address, a document")
        let fields = [
            field("record", "哪一项记录，从哪里得到", "Which record, and where you have it from", .area(2), hint: source),
            field("fault", "哪里不准确", "What in it is not right", .area(3)),
            field("proper", "正确的内容", "What would be right", .area(3)),
            field("evidence", "证据", "What proves it", .area(3)),
            field("name", "姓名或者名称", "Your name"),
            field("identity", "身份证明号码", "Number of your proof of identity"),
            field("contact", "联系方式", "How to reach you"),
        ]
        let it = FilingView(
            fields,
            try await tray.view(typed, Self.files, faults: faults, in: visit.language),
            to: "/\(visit.language.rawValue)/requests/records/new",
            fault: fault,
            in: visit.language
        )
        return try house.open("recordform", it, title: Self.title, words: .records, request, visit, status: fault?.status ?? .ok)
    }

    private struct ReceiptView {
        let number, word, status: String
    }

    @Sendable private func file(_ request: Request, _ came: Visit) async throws -> Response {
        var visit = came
        let faults = try await tray.take(&visit.form, Self.files, by: .applicant)
        let form = visit.form
        do {
            let filing = RecordFiling(
                name: form.text("name"),
                identity: form.text("identity"),
                contact: form.text("contact"),
                record: form.text("record"),
                fault: form.text("fault"),
                proper: form.text("proper"),
                evidence: form.text("evidence")
            )
            do { try filing.check() } catch { throw Refusal.invalidForm(error.faults.merging(faults) { one, _ in one }) }
            guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
            let receipt = try await records.file(filing, basket: form.filled("basket"))
            let it = ReceiptView(
                number: receipt.number,
                word: receipt.word,
                status: "/\(visit.language.rawValue)/requests/records"
            )
            return try house.open("recordreceipt", it, title: Self.title, words: .records, request, visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await self.form(request, visit, fault: refusal) }
    }

    private func statusForm(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        let language = visit.language
        let hint = Text("形如 G2022-3", "Such as G2022-3")
        let typed = fault == nil ? nil : visit.form
        let fields = [
            FieldView("number", Text("登记号", "Number"), hint: hint, typed: typed, fault: fault?.faults["number"], in: language),
            FieldView("word", Text("查询密码", "Word"), in: language),
        ]
        let it = FormView(fields, to: "/\(language.rawValue)/requests/records/status", fault: fault, in: language)
        return try house.open("recordstatus", it, title: Self.title, words: .records, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func status(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let matter = try await records.matter(visit.form.text("number"), word: visit.form.text("word"))
            let it = RecordView(matter, calendar: house.calendar, in: visit.language)
            return try house.open("ownrecord", it, title: Self.title, words: .records, request, visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try statusForm(request, visit, fault: refusal) }
    }

    private struct ListView {
        let lines: [RecordView]
        let isEmpty: Bool
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let lines = try await records.matters(for: actor).map { RecordView($0, calendar: house.calendar, in: visit.language) }
        let title = Text("更正信息记录的申请", "Records to be corrected").in(visit.language)
        return try house.desk("records", ListView(lines: lines, isEmpty: lines.isEmpty), title: title, words: .records, request, visit)
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?, party: DisclosureRequests.Party? = nil) async throws -> Response
    {
        let (actor, language) = (try visit.actor, visit.language)
        let number = try visit.parameters.require("number")
        let matter = try await records.matter(number, for: actor)
        if request.method == .get { try await house.audit.write(.see, on: "record/\(number)", by: actor) }
        let it = RecordView(
            matter,
            calendar: house.calendar,
            files: try await house.requests.attachments(ofCorrection: number, for: actor),
            trail: try await records.steps(of: number),
            taken: try await records.taken(number),
            party: party,
            typed: fault == nil ? nil : visit.form,
            fault: fault,
            actor: actor,
            in: language
        )
        return try house.desk("record", it, title: number, words: .records, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let step = RecordCorrection.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        let (number, form) = (try visit.parameters.require("number"), visit.form)
        do {
            _ = try await records.matter(number, for: try visit.actor)
            guard let version = Int(form.text("version")) else { throw Refusal.stale }
            try await records.take(
                step,
                on: number,
                version: version,
                text: form.fields["text"]?.first ?? "",
                unit: form.filled("unit"),
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/records/\(number)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func party(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, actor) = (try visit.parameters.require("number"), try visit.actor)
        let party = try await records.party(number, for: actor)
        try await house.audit.write(.see, on: "record/\(number)/party", by: actor)
        return try await page(request, visit, fault: nil, party: party)
    }

    @Sendable private func download(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, actor) = (try visit.parameters.require("number"), try visit.actor)
        _ = try await records.matter(number, for: actor)
        let key = try visit.parameters.require("file")
        let (about, bytes) = try await house.requests.attachment(key, ofCorrection: number, for: actor)
        try await house.audit.write(.take, on: "record/\(number)/files/\(key)", by: actor)
        return .file(about, bytes, of: number)
    }

    @Sendable private func letter(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, actor) = (try visit.parameters.require("number"), try visit.actor)
        let matter = try await records.matter(number, for: actor)
        guard let day = matter.decidedOn, !matter.decision.isEmpty else { throw Refusal.notFound }
        let name = try await records.party(number, for: actor)?.name ?? ""
        try await house.audit.write(.take, on: "record/\(number)/letter", by: actor)
        let opening = "您于\(matter.filedOn)提出更正信息记录的申请（登记号\(number)），涉及：\(matter.record)。\n"
        let html = ReplyLetter.letter(
            "更正信息记录申请答复书",
            number: Self.letterNumber(number),
            to: name,
            opening + matter.decision + "\n" + Remedy.text(for: .other, on: day, reviewer: Agency.name).text.zh,
            on: day,
            agency: Agency.name
        )
        return try await .letter(html, as: request.uri.queryParameters["as"].map(String.init), name: number)
    }

    /// `G2022-3` is answered by 国知公开更〔2022〕3号.
    private static func letterNumber(_ number: String) -> String {
        let parts = number.dropFirst().split(separator: "-")
        return parts.count == 2 ? "国知公开更〔\(parts[0])〕\(parts[1])号" : number
    }
}

extension House {
    var recordCorrections: RecordCorrections { RecordCorrections(requests) }
}

/// A record correction as its pages show it.
struct RecordView {
    let number, href, record, wrong, proper, evidence, unit, state, due, filed, opinion, decision, decided, action, fault, version, name,
        identity, contact: String
    let hasFault, isOpen, isProvisional, hasOpinion, hasDecision, hasSteps, hasFiles, hasParty, mayOpenParty: Bool
    let steps: [Step]
    let files: [EnclosureLine]
    let trail: [StepLine]

    struct Step {
        let label, law, action: String
        let fields: [FieldView]
    }

    init(
        _ matter: RecordCorrection,
        calendar: WorkCalendar,
        files: [Enclosure] = [],
        trail: [StepLog.Entry] = [],
        taken: [Lifecycle<RecordCorrection.State, RecordCorrection.Step>.Taken] = [],
        party: DisclosureRequests.Party? = nil,
        typed: Form? = nil,
        fault: Refusal? = nil,
        actor: Actor? = nil,
        in language: Language
    ) {
        let base = "/\(language.rawValue)/office/records/\(matter.number)"
        (number, href, action, record) = (matter.number, base, base, matter.record)
        (wrong, proper, evidence) = (matter.fault, matter.proper, matter.evidence)
        unit = matter.unit.map { UnitNames.name(of: $0, in: language) } ?? "—"
        let term = matter.due(calendar)
        (state, due, filed) = (matter.state.text.in(language), "\(term.day)", "\(matter.filedOn)")
        (isOpen, isProvisional) = (matter.state.isOpen, term.isProvisional)
        (opinion, decision, decided) = (matter.opinion, matter.decision, matter.decidedOn?.description ?? "")
        (hasOpinion, hasDecision) = (!matter.opinion.isEmpty, !matter.decision.isEmpty)
        (self.fault, hasFault, version) = (fault?.text.in(language) ?? "", fault != nil, "\(matter.version)")
        (name, identity, contact) = (party?.name ?? "", party?.identity ?? "", party?.contact ?? "")
        hasParty = party != nil
        mayOpenParty = party == nil && !(actor?.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) ?? true)
        let rows = actor.map { RecordCorrection.lifecycle.open(from: matter.state, to: $0, taken: taken) } ?? []
        steps = rows.filter { $0.step != .examine || matter.unit == actor?.unit }.map { row in
            var fields: [FieldView] = []
            if row.step == .assign {
                let units = UnitNames.units.map { (value: $0.code, label: Text($0.zh, $0.en)) }
                let label = Text("承办处室", "Unit in charge")
                fields.append(FieldView("unit", label, .choice(units), typed: typed, form: row.step.rawValue, in: language))
            } else if row.step != .withdrawCorrection {
                let label =
                    row.step == .examine
                    ? Text("核查情况和意见", "What was found") : Text("告知申请人的内容和理由", "What the applicant is told, and why")
                fields.append(FieldView("text", label, .area(5), typed: typed, form: row.step.rawValue, in: language))
            }
            return Step(
                label: row.step.text.in(language),
                law: row.law.citation.in(language),
                action: "\(base)/\(row.step.rawValue)",
                fields: fields
            )
        }
        hasSteps = !steps.isEmpty
        self.files = files.map { EnclosureLine($0, base: base, in: language) }
        hasFiles = !files.isEmpty
        self.trail = trail.map { StepLine($0, in: language) }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let records: Words = [
        "title":     Text("申请更正信息记录",   "Have a record corrected"),
        "lead":      Text("行政机关提供的、与您自身相关的信息记录不准确的，可以凭证据申请更正（《政府信息公开条例》第四十一条）。", "Where a record about you that an agency gave out is not right, you may have it corrected, with evidence (Regulation, art. 41)."),
        "send":      Text("提交",               "Send"),
        "receipt":   Text("申请已登记",         "It is registered"),
        "receiptLead": Text("请记下登记号和查询密码：密码只显示这一次。", "Write down number and word: the word is shown this once only."),
        "word":      Text("查询密码",           "Word"),
        "follow":    Text("查询进度",           "Follow it"),
        "statusLead": Text("凭登记号和查询密码查看进度和答复。", "With number and word you see how it stands, and the answer."),
        "show":      Text("查询",               "Show"),
        "list":      Text("更正信息记录的申请", "Records to be corrected"),
        "none":      Text("没有更正申请。",     "There is none."),
        "number":    Text("登记号",             "Number"),
        "record":    Text("所涉记录",           "Record"),
        "wrong":     Text("不准确之处",         "What is not right"),
        "proper":    Text("正确的内容",         "What would be right"),
        "evidence":  Text("证据",               "Evidence"),
        "unit":      Text("承办处室",           "Unit in charge"),
        "state":     Text("状态",               "State"),
        "due":       Text("办理期限（本机关自定，20个工作日）", "To be decided by (the office's own term, 20 working days)"),
        "provisional": Text("暂定",             "Provisional"),
        "filed":     Text("提出之日",           "Filed on"),
        "opinion":   Text("核查情况",           "What was found"),
        "decision":  Text("答复",               "Answer"),
        "steps":     Text("办理",               "Next steps"),
        "files":     Text("附件",               "Files"),
        "unreadFile": Text("部分内容未能读取，请人工查看", "Not read whole: look at it yourself"),
        "keptFiles": Text("已收到的附件",       "Files that are kept"),
        "dropFile":  Text("去除",               "Remove"),
        "party":     Text("申请人",             "Who asks"),
        "openParty": Text("查看申请人信息（记入审计）", "Open who asks (this is audited)"),
        "letter":    Text("答复书",             "Letter"),
        "trail":     Text("办理经过",           "What has been done"),
    ]
}
