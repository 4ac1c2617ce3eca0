import Core
import Foundation
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// The library for everyone: the catalogue, each text on any day, each article at its address, history, comparison, citations.
struct NormPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("norms", use: catalogue)
            pages.get("norms/in-force", use: inForce)
            pages.get("norms/changes", use: changes)
            pages.get("norms/:work", use: text)
            pages.get("norms/:work/articles/:anchor", use: article)
            pages.get("norms/:work/history", use: history)
            pages.get("norms/:work/compare", use: compare)
            pages.get("norms/:work/citations", use: citations)
        }
    }

    private var today: Day { house.world.now().beijingDay }

    /// A page of a work under its title, with nothing else said to machines.
    private func page(_ template: String, _ it: Any, title: Text, _ request: Request, _ visit: Visit) throws -> [UInt8] {
        let frame = Frame(title: title.in(visit.language), path: request.uri.path)
        return try house.pages.html(template, it, words: .norms, frame: frame, in: visit.language)
    }

    /// A page that is the same for everyone until something is released or a day ends.
    private func kept(_ request: Request, _ render: () async throws -> [UInt8]) async throws -> Response {
        let generation = house.cache.generation
        let page = PageCache.page(try await render(), type: "text/html; charset=utf-8", status: .ok)
        if request.uri.query == nil { house.cache.keep(page, at: request.uri.path, of: generation) }
        return page.response(to: request)
    }

    // MARK: the catalogue

    @Sendable private func catalogue(_ request: Request, _ visit: Visit) async throws -> Response {
        try await list(request, visit, filter: try .init(request), title: Text("规范性文件数据库", "Normative documents"), isColumn: false)
    }

    /// The column of what the office issued and is in force (国办公开办函〔2019〕61号: 法定主动公开内容).
    @Sendable private func inForce(_ request: Request, _ visit: Visit) async throws -> Response {
        var filter = try Library.Filter(request)
        (filter.isOwn, filter.status) = (true, .inForce)
        return try await list(request, visit, filter: filter, title: Text("现行有效规范性文件", "Normative documents in force"), isColumn: true)
    }

    private func list(_ request: Request, _ visit: Visit, filter: Library.Filter, title: Text, isColumn: Bool) async throws -> Response {
        let day = try request.day("at") ?? today
        let page = try request.page()
        return try await kept(request) {
            let found = try await house.library.catalogue(filter, at: day, page: page)
            let it = CatalogueView(
                found,
                filter,
                at: day,
                today: today,
                isColumn: isColumn,
                title: title,
                paging: Paging(request, page: page, size: 30, total: found.total),
                in: visit.language
            )
            let name = title.in(visit.language)
            var frame = Frame(title: name, path: request.uri.path)
            frame.meta = [.init(name: "ColumnName", content: name), .init(name: "ColumnType", content: name)]
            return try house.pages.html("norms", it, words: .norms, frame: frame, in: visit.language)
        }
    }

    @Sendable private func changes(_ request: Request, _ visit: Visit) async throws -> Response {
        let (from, to) = (try request.day("from") ?? today.adding(-90), try request.day("to") ?? today.adding(400))
        return try await kept(request) {
            let found = try await house.library.changes(from: from, to: to)
            let it = try ChangesView(found, from: from, to: to, today: today, in: visit.language)
            return try page("normchanges", it, title: Text("效力变化", "Changes of status"), request, visit)
        }
    }

    // MARK: one work

    /// A work on a day, with the text that is shown.
    struct Shown {
        let work: Library.Work
        let day, today: Day
        let force: Library.Force?
        let texts: [Library.Text]
        let text: Library.Text?
        let base, query: String

        /// What must be said above its text.
        func banners(in language: Language) -> [NormBanner] {
            NormBanner.all(base, at: day, today: today, force: force, texts: texts, shown: text, in: language)
        }
    }

    private func shown(_ request: Request, _ visit: Visit) async throws -> Shown {
        let name = try visit.parameters.require("work")
        let today = today
        let day = try request.day("at") ?? today
        let work = try await house.library.work(name)
        let texts = try await house.library.texts(of: work.id)
        let force = try await house.library.force(of: work.id, at: day)
        let number = Library.version(force, texts, at: day)
        let coming = texts.first { $0.fromDay > day }
        let isToCome = force?.status == .notYetInForce && number == nil
        return Shown(
            work: work,
            day: day,
            today: today,
            force: force,
            texts: texts,
            text: texts.first { $0.version == number } ?? (isToCome ? coming : nil),
            base: "/\(visit.language.rawValue)/norms/\(work.id)",
            query: day == today ? "" : "?at=\(day)"
        )
    }

    @Sendable private func text(_ request: Request, _ visit: Visit) async throws -> Response {
        let name = try visit.parameters.require("work")
        if let dot = name.lastIndex(of: ".") {
            return try await NormFiles(house: house).file(String(name[..<dot]), as: String(name[name.index(after: dot)...]), request, visit)
        }
        let part = try request.number("part", in: 1...2000) ?? 1
        let shown = try await shown(request, visit)
        return try await kept(request) {
            let parts = try await shown.text.mapAsync { try await house.library.parts(of: shown.work.id, version: $0.version) } ?? []
            let pages = NormText.pages(parts)
            guard part <= pages.count else { throw Refusal.notFound }
            let links = try await shown.text.mapAsync {
                try await house.library.links(of: shown.work.id, version: $0.version, at: shown.day)
            }
            let forces = try await house.library.forces(of: shown.work.id)
            let proofs = try await proofs(shown.force, visit.language)
            let it = try NormView(shown, pages, part: part, links: links ?? [], forces: forces, proofs: proofs, in: visit.language)
            var frame = Frame(title: shown.work.title, path: request.uri.path)
            frame.meta = NormMeta.tags(shown)
            frame.linkedData = try NormMeta.legislation(shown, site: house.site)
            return try house.pages.html("norm", it, words: .norms, frame: frame, in: visit.language)
        }
    }

    private func proofs(_ force: Library.Force?, _ language: Language) async throws -> [ProofLine] {
        guard let standing = try force?.standing else { return [] }
        let linked = try await house.library.known(standing.evidence.compactMap(\.id))
        return standing.evidence.map { ProofLine($0, linked: linked, in: language) }
    }

    @Sendable private func article(_ request: Request, _ visit: Visit) async throws -> Response {
        let shown = try await shown(request, visit)
        let asked = try visit.parameters.require("anchor").removingPercentEncoding ?? ""
        let anchor = ArticleNumber(asked).map { NormText.anchor(of: $0) } ?? asked
        return try await kept(request) {
            guard let text = shown.text,
                let part = try await house.library.part(of: shown.work.id, version: text.version, anchor: anchor)
            else { throw Refusal.notFound }
            let links = try await house.library.links(of: shown.work.id, version: text.version, article: part.article, at: shown.day)
            let history = try await part.thread.mapAsync { try await house.library.thread($0, of: shown.work.id) } ?? []
            let citing = try await house.library.citing(shown.work.id, article: part.numberKey, at: shown.day, limit: 50)
            let it = ArticleView(shown, part, links: links, history: history, citing: citing, in: visit.language)
            var frame = Frame(title: "\(shown.work.title) \(part.number)", path: request.uri.path)
            frame.meta = NormMeta.tags(shown)
            return try house.pages.html("normarticle", it, words: .norms, frame: frame, in: visit.language)
        }
    }

    @Sendable private func history(_ request: Request, _ visit: Visit) async throws -> Response {
        let shown = try await shown(request, visit)
        return try await kept(request) {
            let events = try await house.library.events(of: shown.work.id)
            let forces = try await house.library.forces(of: shown.work.id)
            let linked = try await house.library.known(events.compactMap(\.evidence.id))
            let notes = try shown.force?.standing.notes ?? []
            let it = HistoryView(
                shown,
                events,
                forces,
                linked: linked,
                proofs: try await proofs(shown.force, visit.language),
                notes: notes,
                in: visit.language
            )
            return try page("normhistory", it, title: Text("\(shown.work.title) 沿革", "\(shown.work.title): history"), request, visit)
        }
    }

    @Sendable private func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        let shown = try await shown(request, visit)
        let dated = shown.texts
        guard dated.count > 1 else { return .redirect(to: "\(shown.base)/history", type: .normal) }
        let to = try request.number("to", in: 0...dated.count - 1) ?? dated.count - 1
        let number = try request.page()
        let from = try request.number("from", in: 0...dated.count - 1) ?? max(0, to - 1)
        return try await kept(request) {
            let old = try await house.library.parts(of: shown.work.id, version: from)
            let new = try await house.library.parts(of: shown.work.id, version: to)
            let it = CompareView(
                shown,
                from: from,
                to: to,
                old: old,
                new: new,
                isAll: request.asks("all"),
                page: number,
                request,
                in: visit.language
            )
            return try page("normcompare", it, title: Text("\(shown.work.title) 对照", "\(shown.work.title): comparison"), request, visit)
        }
    }

    @Sendable private func citations(_ request: Request, _ visit: Visit) async throws -> Response {
        let shown = try await shown(request, visit)
        let number = try request.page()
        return try await kept(request) {
            let links = try await shown.text.mapAsync {
                try await house.library.links(of: shown.work.id, version: $0.version, at: shown.day)
            }
            let citing = try await house.library.citing(shown.work.id, at: shown.day, limit: 50, offset: (number - 1) * 50)
            let it = CitationsView(
                shown,
                links ?? [],
                citing,
                paging: Paging(request, page: number, size: 50, total: citing.total),
                in: visit.language
            )
            return try page("normcitations", it, title: Text("\(shown.work.title) 引用关系", "\(shown.work.title): citations"), request, visit)
        }
    }
}

extension Library.Filter {
    /// What a list was asked; an unknown status or year is refused, not passed over.
    init(_ request: Request) throws(Refusal) {
        self.init()
        words = String((request.value("q") ?? "").prefix(200))
        (topic, issuer, unit) = (request.value("topic"), request.value("issuer"), request.value("unit"))
        year = try request.number("year", in: 1900...2199)
        if let asked = request.value("status") {
            guard let known = NormStatus(rawValue: asked) else {
                throw .invalid("status", "没有“\(asked.prefix(40))”这种效力状态。", "There is no status “\(asked.prefix(40))”.")
            }
            status = known
        }
        isOwn = request.value("own") == "yes"
    }
}
