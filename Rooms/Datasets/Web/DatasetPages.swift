import Core
import Hummingbird
import Mosaic
import Records
import Sheets

/// The desk's pages of data tables: what the columns are to an attacker, what the attacks find, and the signatures.
struct DatasetPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/datasets", use: list)
            pages.get("office/datasets/new") { request, visit in try form(request, visit, fault: nil) }
            pages.post("office/datasets", use: add)
            pages.get("office/datasets/:key") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/datasets/:key/roles", use: setRoles)
            pages.post("office/datasets/:key/cure", use: cure)
            pages.post("office/datasets/:key/decide", use: decide)
            pages.post("office/datasets/:key/counts", use: declare)
            pages.post("office/datasets/:key/hide", use: hide)
            pages.get("office/datasets/:key/versions/:number", use: former)
            pages.post("office/datasets/:key/:step", use: take)
        }
    }

    private struct ListView {
        let lines: [Line]
        let isEmpty, mayAdd: Bool

        struct Line {
            let href, title, unit, rows, state, tone: String
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let lines = try await house.datasets.datasets(for: actor).map { dataset in
            ListView.Line(
                href: "/\(language.rawValue)/office/datasets/\(dataset.key)",
                title: dataset.title,
                unit: UnitNames.name(of: dataset.unit, in: language),
                rows: "\(dataset.rows)",
                state: dataset.state.text.in(language),
                tone: dataset.state == .released ? "good" : dataset.state == .withdrawn ? "bad" : "warn"
            )
        }
        let it = ListView(lines: lines, isEmpty: lines.isEmpty, mayAdd: actor.roles.contains(.drafter))
        return try house.desk("datasets", it, title: Text("数据表", "Data tables").in(language), words: .datasets, request, visit)
    }

    private struct UploadView {
        let title, fault, action: String
        let hasFault: Bool
    }

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        _ = try visit.actor
        let it = UploadView(
            title: fault == nil ? "" : visit.form.text("title"),
            fault: fault?.text.in(visit.language) ?? "",
            action: "/\(visit.language.rawValue)/office/datasets",
            hasFault: fault != nil
        )
        let title = Text("登记数据表", "Take a table in").in(visit.language)
        return try house.desk("datasetform", it, title: title, words: .datasets, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            guard let file = visit.form.files["file"] else {
                throw Refusal.invalid("file", "请选择XLSX或者CSV文件。", "Choose an XLSX or CSV file.")
            }
            let actor = try visit.actor
            let read: TableReading
            do throws(TableRefused) { read = try await TableReader.read(file.bytes) } catch {
                throw Refusal.invalid("file", error.note.zh, error.note.en)
            }
            let key = try await house.datasets.add(
                visit.form.text("title"),
                read.csv,
                notes: read.notes.map { Text($0.zh, $0.en) },
                aside: read.aside,
                by: actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/datasets/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try form(request, visit, fault: refusal) }
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let (dataset, table, risk) = try await house.datasets.open(try visit.parameters.require("key"), for: actor)
        let isOurs = actor.mayOpen(unit: dataset.unit)
        if dataset.state != .released { try await house.audit.write(.see, on: "dataset/\(dataset.key)", by: actor) }
        let it = DatasetView(
            dataset,
            table,
            risk,
            open: try await house.datasets.open(dataset, to: actor),
            steps: try await house.datasets.steps(of: dataset.key),
            found: isOurs ? try await house.datasets.findings(of: dataset.key) : [],
            formers: isOurs ? try await house.datasets.formers(of: dataset.key) : [],
            mayCure: dataset.state == .drafted && actor.roles.contains(.drafter) && dataset.unit == actor.unit,
            decides: dataset.state == .atConfidentiality && actor.roles.contains(.confidentialityReviewer),
            typed: visit.form,
            mayCorrect: dataset.state == .drafted && actor.roles.contains(.drafter)
                || dataset.state == .atConfidentiality && actor.roles.contains(.confidentialityReviewer),
            fault: fault,
            in: visit.language
        )
        return try house.desk("dataset", it, title: dataset.title, words: .datasets, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func setRoles(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        do {
            let (dataset, table, _) = try await house.datasets.open(key, for: try visit.actor)
            var roles: [String: ColumnRole] = [:]
            for (place, column) in table.columns.enumerated() {
                if let role = ColumnRole(rawValue: visit.form.text("column-\(place)")) { roles[column.name] = role }
            }
            guard let k = Int(visit.form.text("k")) else { throw Refusal.invalid("k", "k 请填写整数。", "Write k as a whole number.") }
            let version = Int(visit.form.text("version")) ?? dataset.version
            try await house.datasets.setRoles(roles, k: k, of: key, version: version, by: try visit.actor)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/datasets/\(key)", type: .normal)
    }

    /// Does something at the table's page; what is refused is told there, with what was typed.
    private func doing(
        _ request: Request,
        _ visit: Visit,
        _ work: (_ key: String, _ form: Form, _ actor: Actor) async throws -> Void
    ) async throws -> Response {
        let key = try visit.parameters.require("key")
        do { try await work(key, visit.form, try visit.actor) } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await page(request, visit, fault: refusal)
        }
        return .redirect(to: "/\(visit.language.rawValue)/office/datasets/\(key)", type: .normal)
    }

    @Sendable private func cure(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { key, form, actor in
            guard let number = Int(form.text("cure")), let version = Int(form.text("version")) else { throw Refusal.notFound }
            try await house.datasets.take(cure: number, on: key, version: version, seeing: form.text("hash"), by: actor)
        }
    }

    @Sendable private func declare(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { key, form, actor in
            let (dataset, table, _) = try await house.datasets.open(key, for: actor)
            let version = Int(form.text("version")) ?? dataset.version
            try await house.datasets.declare(try CountsView.declared(form, for: table), of: key, version: version, by: actor)
        }
    }

    @Sendable private func hide(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { key, form, actor in
            guard let version = Int(form.text("version")) else { throw Refusal.notFound }
            try await house.datasets.hideCells(of: key, version: version, seeing: form.text("hash"), by: actor)
        }
    }

    @Sendable private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { key, form, actor in
            guard let decision = Reviews.Decision(rawValue: form.text("decision")) else {
                throw Refusal.invalid("decision", "请选择处理方式。", "Choose what to do with the finding.")
            }
            try await house.datasets.decide(
                // A name may begin with a blank, which `text` takes off.
                form.fields["column"]?.first ?? "",
                form.text("rule"),
                decision,
                reason: form.text("reason"),
                on: key,
                seeing: form.text("hash"),
                by: actor
            )
        }
    }

    @Sendable private func former(_ request: Request, _ visit: Visit) async throws -> Response {
        let (key, actor) = (try visit.parameters.require("key"), try visit.actor)
        guard let number = Int(try visit.parameters.require("number")) else { throw Refusal.notFound }
        let body = try await house.datasets.former(number, of: key, for: actor)
        try await house.audit.write(.see, on: "dataset/\(key)", by: actor)
        var response = Response.text(body, type: "text/csv; charset=utf-8; header=present")
        response.headers[.contentDisposition] = "attachment; filename=\"version-\(number).csv\""
        return response
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        guard let step = Dataset.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        do {
            try await house.datasets.take(
                step,
                on: key,
                seeing: visit.form.text("hash"),
                reason: visit.form.text("reason"),
                by: try visit.actor
            )
            if step == .release || step == .withdraw { house.forgetPages() }
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/datasets/\(key)", type: .normal)
    }
}
