import Core
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// The ledger: a public board by year and by unit, and the desk's page of each task.
struct LedgerPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("ledger", use: newest)
            pages.get("ledger/:year", use: board)
            pages.get("units/:code", use: unit)
            pages.get("office/ledger", use: deskNewest)
            pages.get("office/ledger/:year") { request, visit in try await desk(request, visit, fault: nil) }
            pages.post("office/ledger/:year", use: add)
            pages.get("office/documents/:key/ledger") { request, visit in try await making(request, visit, fault: nil) }
            pages.post("office/documents/:key/ledger", use: make)
            pages.get("office/tasks/:key") { request, visit in try await task(request, visit, fault: nil) }
            pages.post("office/tasks/:key/correct", use: correct)
            pages.post("office/tasks/:key/attach", use: attach)
            pages.post("office/tasks/:key/:step", use: take)
        }
    }

    @Sendable private func newest(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let year = try await house.ledgers.years(for: .everyone).first else { throw Refusal.notFound }
        return .redirect(to: "/\(visit.language.rawValue)/ledger/\(year)", type: .normal)
    }

    @Sendable private func board(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let year = Int(try visit.parameters.require("year")) else { throw Refusal.notFound }
        let entries = try await house.ledgers.entries(year: year, for: .everyone)
        guard !entries.isEmpty else { throw Refusal.notFound }
        return try page(entries, title: Self.title(year), request, visit)
    }

    private static func title(_ year: Int) -> Text { Text("\(year)年工作台账", "Ledger of \(year)") }

    /// What one unit owes, in all years.
    @Sendable private func unit(_ request: Request, _ visit: Visit) async throws -> Response {
        let code = try visit.parameters.require("code")
        guard let unit = UnitNames.reference.all.first(where: { $0.code == code }) else { throw Refusal.notFound }
        var entries: [Ledgers.Entry] = []
        for year in try await house.ledgers.years(for: .everyone) {
            entries += try await house.ledgers.entries(year: year, unit: code, for: .everyone)
        }
        return try page(entries, title: Text("\(unit.zh)的任务", "Tasks of the \(unit.en)"), request, visit)
    }

    private func page(_ entries: [Ledgers.Entry], title: Text, _ request: Request, _ visit: Visit) throws -> Response {
        let it = BoardView(entries, title: title.in(visit.language), today: house.world.now().beijingDay, in: visit.language)
        let frame = Frame(title: it.title, path: request.uri.path)
        return .page(try house.pages.html("board", it, words: .ledger, frame: frame, in: visit.language))
    }

    @Sendable private func deskNewest(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let year = try await house.ledgers.years(for: .desk).first ?? house.world.now().beijingDay.year
        return .redirect(to: "/\(visit.language.rawValue)/office/ledger/\(year)", type: .normal)
    }

    /// The whole board at the desk: tasks of texts that are not public yet, and those added by hand, stand on it too.
    private func desk(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        guard let year = Int(try visit.parameters.require("year")) else { throw Refusal.notFound }
        let it = BoardView(
            try await mine(try await house.ledgers.entries(year: year, for: .desk), actor),
            title: Self.title(year).in(visit.language),
            today: house.world.now().beijingDay,
            desk: .init(year: year, years: try await house.ledgers.years(for: .desk), actor: actor, fault: fault, form: visit.form),
            in: visit.language
        )
        return try house.desk("board", it, title: it.title, words: .ledger, request, visit, status: fault?.status ?? .ok)
    }

    /// What of a ledger this person may open: the own unit's tasks, what is public, and whatever the documents' units let see.
    private func mine(_ entries: [Ledgers.Entry], _ actor: Actor) async throws -> [Ledgers.Entry] {
        var open: [String: Bool] = ["hand": true]
        var shown: [Ledgers.Entry] = []
        for entry in entries {
            let key = entry.task.document
            if open[key] == nil { open[key] = try await mayOpen(document: key, actor) }
            if open[key] == true || entry.task.lead == actor.unit || entry.units.contains(actor.unit) { shown.append(entry) }
        }
        return shown
    }

    private func mayOpen(document key: String, _ actor: Actor) async throws -> Bool {
        if let release = try await house.releases.release(ofDocument: key), Visibility.isPublic(release) { return true }
        do { return actor.mayOpen(unit: try await house.documents.document(key).unit) } catch Refusal.notFound {
            return actor.mayOpen(unit: People.office)
        }
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            let key = try await house.ledgers.add(
                form.text("title"),
                text: form.text("text"),
                lead: form.text("lead"),
                due: try form.day("due"),
                year: Int(try visit.parameters.require("year")) ?? 0,
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/tasks/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await desk(request, visit, fault: refusal)
        }
    }

    /// What a document's tasks would be, before they become the year's ledger.
    private func making(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let issued = document.writtenOn
        let tasks = issued.map { points(document, issued: $0).tasks } ?? []
        let field = FieldView(
            "year",
            Text("年度", "Year"),
            value: issued.map { "\($0.year)" } ?? "",
            typed: fault == nil ? nil : visit.form,
            fault: fault?.faults["year"],
            in: language
        )
        let it = MakingView(
            title: document.title,
            back: "/\(language.rawValue)/office/documents/\(document.key)",
            tasks: tasks.map { task in
                let flags = LedgerTask.words(forFlags: task.flags.map(\.description).joined(separator: "; "), in: language)
                return .init(
                    number: task.number,
                    title: task.title,
                    who: ([task.lead] + task.units + task.roles).compactMap(\.self).joined(separator: language == .zh ? "、" : ", "),
                    due: task.due?.description ?? task.dueText ?? "—",
                    flags: flags,
                    hasFlags: !task.flags.isEmpty
                )
            },
            form: FormView([field], to: "/\(language.rawValue)/office/documents/\(document.key)/ledger", fault: fault, in: language),
            mayMake: issued != nil && !tasks.isEmpty,
            lacksDay: issued == nil
        )
        return try house.desk("makeledger", it, title: document.title, words: .ledger, request, visit, status: fault?.status ?? .ok)
    }

    private struct MakingView {
        let title, back: String
        let tasks: [Line]
        let form: FormView
        let mayMake, lacksDay: Bool

        struct Line {
            let number, title, who, due, flags: String
            let hasFlags: Bool
        }
    }

    private func points(_ document: Document, issued: Day) -> KeyPoints {
        KeyPoints.read(DocumentText.read(document.body), issued: issued, calendar: house.calendar, units: .reference)
    }

    @Sendable private func make(_ request: Request, _ visit: Visit) async throws -> Response {
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try (try visit.actor).open(unit: document.unit)
        do {
            guard let year = Int(visit.form.text("year")), (2000...2100).contains(year) else {
                throw Refusal.invalid("year", "请填写四位数字的年份。", "Write the year as four digits.")
            }
            guard let issued = document.writtenOn else {
                throw Refusal.invalid("writtenOn", "请先填写成文日期并保存：期限从该日起算。", "Fill in the date written and save first: terms run from it.")
            }
            try await house.ledgers.take(
                points(document, issued: issued),
                year: year,
                document: document.key,
                content: document.content.hash,
                issued: issued,
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/ledger/\(year)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await making(request, visit, fault: refusal) }
    }

    private func task(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let entry = try await house.ledgers.entry(try visit.parameters.require("key"))
        guard try await !mine([entry], actor).isEmpty else { throw Refusal.notFound }
        let it = TaskView(
            entry,
            actor: actor,
            fault: fault,
            typed: fault == nil ? nil : visit.form,
            steps: try await house.ledgers.steps(of: entry.task.key),
            today: house.world.now().beijingDay,
            in: visit.language
        )
        return try house.desk("task", it, title: entry.task.title, words: .ledger, request, visit, status: fault?.status ?? .ok)
    }

    private func done(_ visit: Visit) throws -> Response {
        .redirect(to: "/\(visit.language.rawValue)/office/tasks/\(try visit.parameters.require("key"))", type: .normal)
    }

    @Sendable private func correct(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            guard let version = Int(form.text("version")) else { throw Refusal.stale }
            let units = (form.fields["units"] ?? []).filter { !$0.isEmpty }
            try await house.ledgers.correct(
                try visit.parameters.require("key"),
                version: version,
                title: form.text("title"),
                lead: form.filled("lead"),
                units: units,
                due: try form.day("due"),
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await task(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    @Sendable private func attach(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            try await house.ledgers.attach(
                release: visit.form.filled("release"),
                note: visit.form.text("note"),
                to: try visit.parameters.require("key"),
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await task(request, visit, fault: refusal)
        }
        return try done(visit)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let step = LedgerTask.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        try await house.ledgers.take(step, on: try visit.parameters.require("key"), by: try visit.actor)
        return try done(visit)
    }
}
