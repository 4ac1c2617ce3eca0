import Core
import HTTPTypes
import Hummingbird
import LegalText
import Records
import Sheets

/// The desk's pages of powers and service guides: the list by unit, the form, the choice of a basis, the steps, whole tables.
struct PowerDeskPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/powers", use: list)
            pages.get("office/powers/new") { request, visit in try newPage(request, visit, fault: nil) }
            pages.post("office/powers/new", use: create)
            pages.get("office/powers/import") { request, visit in try importPage(request, visit, fault: nil, loaded: nil) }
            pages.post("office/powers/import", use: load)
            pages.get("office/powers/:key") { request, visit in try await show(request, visit, fault: nil) }
            pages.post("office/powers/:key/save", use: save)
            pages.get("office/powers/:key/bases") { request, visit in try await choice(request, visit, fault: nil) }
            pages.post("office/powers/:key/bases", use: rest)
            pages.post("office/powers/:key/bases/:place/drop", use: drop)
            pages.post("office/powers/:key/:step", use: take)
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let filter = try Matters.Filter(request)
        let entries = try await house.matters.entries(filter, for: .desk).filter {
            $0.matter.published != nil || actor.mayOpen(unit: $0.matter.unit)
        }
        let it = PowerListView(entries, filter, isDesk: true, own: actor.unit, mayWrite: Self.mayWrite(actor), in: visit.language)
        let title = Text("权责清单与办事指南", "Powers and service guides").in(visit.language)
        return try house.desk("powers", it, title: title, words: .powers, request, visit)
    }

    private static func mayWrite(_ actor: Actor) -> Bool { !actor.roles.isDisjoint(with: [.drafter, .disclosureOfficer]) }

    private func newPage(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        let actor = try visit.actor
        let asked = request.uri.queryParameters["list"].map(String.init) ?? visit.form.text("list")
        let sort = Matter.Sort(rawValue: asked) ?? .power
        var text = MatterText(name: "", unit: actor.unit)
        text[.body] = Agency.name.zh
        let form = form(text, sort, to: "/\(visit.language.rawValue)/office/powers/new", fault: fault, visit)
        let it = PowerDeskView(new: sort, form: form, in: visit.language)
        return try house.desk("deskpower", it, title: it.name, words: .powers, request, visit, status: fault?.status ?? .ok)
    }

    /// The fields of a matter; the disclosure office may write for any unit.
    private func form(_ text: MatterText, _ sort: Matter.Sort, to action: String, fault: Refusal?, _ visit: Visit) -> FormView {
        let language = visit.language
        let typed = fault == nil ? nil : visit.form
        let faults = fault?.faults ?? [:]
        func field(
            _ name: String,
            _ label: Text,
            _ kind: FieldView.Kind = .line,
            hint: Text? = nil,
            value: String,
            isRequired: Bool = false
        ) -> FieldView {
            FieldView(
                name,
                label,
                kind,
                hint: hint,
                value: value,
                typed: typed,
                fault: faults[name],
                isRequired: isRequired,
                in: language
            )
        }
        var fields = [
            field("name", Text("名称", "Name"), value: text.name, isRequired: true),
            field("nameEn", Text("英文名称", "English name"), value: text.nameEn),
        ]
        if sort == .power {
            let types = [(value: "", label: Text("请选择", "Choose"))] + PowerType.allCases.map { (value: $0.rawValue, label: $0.text) }
            fields.append(field("type", Text("职权类型", "Type"), .choice(types), value: text.type?.rawValue ?? ""))
        }
        if visit.session?.actor.roles.contains(.disclosureOfficer) == true {
            let units = UnitNames.units.map { (value: $0.code, label: Text($0.zh, $0.en)) }
            fields.append(field("unit", Text("承办机构", "Unit in charge"), .choice(units), value: text.unit))
        }
        fields += MatterField.rows.filter { $0.sort == sort }.map { row in
            field(row.field.rawValue, row.text, .area(row.field == .body ? 1 : 3), hint: row.law.citation, value: text[row.field])
        }
        return FormView(fields, to: action, fault: fault, in: language)
    }

    private func typed(_ sort: Matter.Sort, unit: String, _ visit: Visit) throws -> MatterText {
        let form = visit.form
        let isOffice = try visit.actor.roles.contains(.disclosureOfficer)
        var text = MatterText(
            name: form.text("name"),
            nameEn: form.text("nameEn"),
            unit: isOffice ? form.filled("unit") ?? unit : unit,
            type: sort == .power ? PowerType(rawValue: form.text("type")) : nil
        )
        for field in MatterField.of(sort) { text[field] = form.text(field.rawValue) }
        return text
    }

    @Sendable private func create(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        guard let sort = Matter.Sort(rawValue: visit.form.text("list")) else { throw Refusal.notFound }
        do {
            let key = try await house.matters.add(try typed(sort, unit: actor.unit, visit), as: sort, by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/powers/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try newPage(request, visit, fault: refusal)
        }
    }

    private func show(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let key = try visit.parameters.require("key")
        let entry = try await house.matters.entry(key)
        if entry.matter.published == nil { try actor.open(unit: entry.matter.unit) }
        let action = "/\(visit.language.rawValue)/office/powers/\(key)/save"
        let it = PowerDeskView(
            entry,
            actor: actor,
            form: form(entry.matter.draft, entry.matter.sort, to: action, fault: fault, visit),
            refusal: fault,
            typed: fault == nil ? nil : visit.form,
            trail: try await house.matters.steps(of: key),
            in: visit.language
        )
        return try house.desk("deskpower", it, title: it.name, words: .powers, request, visit, status: fault?.status ?? .ok)
    }

    private func done(_ visit: Visit) throws -> Response {
        .redirect(to: "/\(visit.language.rawValue)/office/powers/\(try visit.parameters.require("key"))", type: .normal)
    }

    private func version(_ visit: Visit) throws(Refusal) -> Int {
        guard let version = Int(visit.form.text("version")) else { throw .stale }
        return version
    }

    @Sendable private func save(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        do {
            let matter = try await house.matters.entry(key).matter
            let text = try typed(matter.sort, unit: matter.unit, visit)
            try await house.matters.save(key, version: try version(visit), text, by: try visit.actor)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await show(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    private func choice(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let matter = try await house.matters.entry(try visit.parameters.require("key")).matter
        if matter.published == nil { try actor.open(unit: matter.unit) }
        let query = request.uri.queryParameters
        let question = query["q"].map { String($0).replacing("+", with: " ") } ?? ""
        let release = query["release"].map(String.init) ?? visit.form.filled("release")
        var chosen: (candidate: Matters.Candidate, articles: [Article])?
        if let release { chosen = try await house.matters.articles(of: release) }
        let it = BasisChoiceView(
            matter,
            question: question,
            words: query["words"].map { String($0).replacing("+", with: " ") } ?? "",
            documents: try await house.matters.candidates(question),
            chosen: chosen,
            fault: fault,
            in: visit.language
        )
        let title = Text("选择依据", "Choose a basis").in(visit.language)
        return try house.desk("choosebasis", it, title: title, words: .powers, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func rest(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            try await house.matters.rest(
                try visit.parameters.require("key"),
                version: try version(visit),
                on: visit.form.text("release"),
                article: visit.form.text("article"),
                isConfirmed: visit.form.text("confirmed") == "yes",
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await choice(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    @Sendable private func drop(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let place = Int(try visit.parameters.require("place")) else { throw Refusal.notFound }
        do {
            try await house.matters.drop(
                basis: place,
                of: try visit.parameters.require("key"),
                version: try version(visit),
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await show(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let step = Matter.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        do {
            try await house.matters.take(
                step,
                on: try visit.parameters.require("key"),
                seeing: visit.form.filled("hash"),
                reason: visit.form.text("reason"),
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await show(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    private struct ImportView {
        let fault: String
        let hasFault, isDone, hasRefused: Bool
        let loaded, unchanged: Int
        let refused: [Line]

        struct Line {
            let row: Int
            let why: String
        }
    }

    private func importPage(_ request: Request, _ visit: Visit, fault: Refusal?, loaded: Matters.Loaded?) throws -> Response {
        _ = try visit.actor
        let it = ImportView(
            fault: fault?.text.in(visit.language) ?? "",
            hasFault: fault != nil,
            isDone: loaded != nil,
            hasRefused: loaded?.refused.isEmpty == false,
            loaded: loaded?.loaded ?? 0,
            unchanged: loaded?.unchanged ?? 0,
            refused: (loaded?.refused ?? []).map { .init(row: $0.line, why: Text($0.zh, $0.en).in(visit.language)) }
        )
        let title = Text("导入标准表格", "Take a standard table in").in(visit.language)
        return try house.desk("importpowers", it, title: title, words: .powers, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func load(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            guard let file = visit.form.files["file"] else { throw Refusal.invalid("file", "请选择文件。", "Choose a file.") }
            let sheet: Sheet
            do throws(Sheet.Unreadable) { sheet = try Sheet.read(file.bytes) } catch {
                throw Refusal.invalid("file", error.zh, error.en)
            }
            let loaded = try await house.matters.load(sheet.rows, isConfirmed: visit.form.text("confirmed") == "yes", by: try visit.actor)
            return try importPage(request, visit, fault: nil, loaded: loaded)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try importPage(request, visit, fault: refusal, loaded: nil)
        }
    }
}
