import Core
import Foundation
import HTTPTypes
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// The library for software: lists, works, articles, events, citations and changes as JSON, CSV and Atom, all on any day.
struct NormMachine: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.get("api/v1/norms", use: list)
        router.get("api/v1/norms.csv", use: table)
        router.get("api/v1/norms/changes", use: changes)
        router.get("api/v1/norms/:work", use: work)
        router.get("api/v1/norms/:work/articles/:anchor", use: article)
        router.get("api/v1/norms/:work/events", use: events)
        router.get("api/v1/norms/:work/citations", use: citations)
        router.get("api/v1/norms/:work/citing", use: citing)
        router.get("norms.atom", use: feed)
        router.get("open/norms.zip", use: bulk)
        router.get("open/norms.zip.sha256", use: bulkHash)
    }

    private var today: Day { house.world.now().beijingDay }

    private struct Line: Encodable {
        let id, title, url: String
        let issuer, topic, documentNumber: String?
        let promulgated: Day?
        let status: NormStatus
        let since: Day?

        init(_ line: Library.Line, site: String, at day: Day) {
            (id, title, issuer, topic, documentNumber) = (line.id, line.title, line.issuer, line.topic, line.documentNumber)
            (promulgated, status) = (line.promulgated, line.status)
            since = line.sinceDay == NormSpan.firstDay ? nil : line.sinceDay
            url = "\(site)/zh/norms/\(line.id)?at=\(day)"
        }
    }

    private struct List: Encodable {
        let at: Day
        let total, page: Int
        let works: [Line]
        let counts: [String: [String: Int]]
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (day, page) = (try request.day("at") ?? today, try request.page())
        let found = try await house.library.catalogue(try .init(request), at: day, page: page, size: 100)
        let counts = found.counts.map { facet, values in
            (facet.rawValue, Dictionary(values.map { ($0.value, $0.count) }) { first, _ in first })
        }
        return try .json(
            List(
                at: day,
                total: found.total,
                page: page,
                works: found.lines.map { Line($0, site: house.site, at: day) },
                counts: Dictionary(uniqueKeysWithValues: counts)
            )
        )
    }

    /// The whole list as one table, as filtered.
    @Sendable private func table(_ request: Request, _ visit: Visit) async throws -> Response {
        let day = try request.day("at") ?? today
        let filter = try Library.Filter(request)
        let found = try await house.library.catalogue(filter, at: day, size: 20_000)
        let heads = ["id", "title", "issuer", "documentNumber", "topic", "promulgated", "status", "since", "url"]
        var text = "\u{FEFF}" + SpreadsheetRow.text(heads)
        for line in found.lines {
            text += SpreadsheetRow.text([
                line.id, line.title, line.issuer ?? "", line.documentNumber ?? "", line.topic ?? "", line.promulgated?.description ?? "",
                line.status.rawValue, line.sinceDay == NormSpan.firstDay ? "" : line.sinceDay.description,
                "\(house.site)/zh/norms/\(line.id)?at=\(day)",
            ])
        }
        return .file(Data(text.utf8), type: "text/csv; charset=utf-8", name: "norms-\(day).csv")
    }

    @Sendable private func work(_ request: Request, _ visit: Visit) async throws -> Response {
        let work = try await house.library.work(try visit.parameters.require("work"))
        return try .json(try await NormJSON(work, at: try request.day("at") ?? today, in: house))
    }

    @Sendable private func article(_ request: Request, _ visit: Visit) async throws -> Response {
        let work = try await house.library.work(try visit.parameters.require("work"))
        let asked = try visit.parameters.require("anchor").removingPercentEncoding ?? ""
        let anchor = ArticleNumber(asked).map { NormText.anchor(of: $0) } ?? asked
        let json = try await NormJSON(work, at: try request.day("at") ?? today, article: anchor, in: house)
        guard !json.articles.isEmpty else { throw Refusal.notFound }
        return try .json(json)
    }

    private struct EventJSON: Encodable {
        let kind: NormEvent.Kind
        let date: Day?
        let evidence: NormEvent.Evidence
        let articles: [String]
        let applies: Bool
        let note: Text?
    }

    @Sendable private func events(_ request: Request, _ visit: Visit) async throws -> Response {
        let work = try await house.library.work(try visit.parameters.require("work"))
        return try .json(
            try await house.library.events(of: work.id).map {
                EventJSON(kind: $0.kind, date: $0.day, evidence: $0.evidence, articles: $0.articles, applies: $0.applies, note: $0.note)
            }
        )
    }

    private struct LinkJSON: Encodable {
        let place, text, kind, drift: String
        let target: Target?
        let isAmbiguous: Bool

        struct Target: Encodable {
            let id, title: String
            let article: String?
            let status: NormStatus?
        }
    }

    @Sendable private func citations(_ request: Request, _ visit: Visit) async throws -> Response {
        let work = try await house.library.work(try visit.parameters.require("work"))
        let day = try request.day("at") ?? today
        guard let version = try await house.library.force(of: work.id, at: day)?.version else { throw Refusal.notFound }
        let links = try await house.library.links(of: work.id, version: version, at: day)
        return try .json(
            links.map { link in
                LinkJSON(
                    place: link.number ?? "preamble",
                    text: link.body,
                    kind: link.kind,
                    drift: link.drift.rawValue,
                    target: link.target.map {
                        .init(id: $0, title: link.targetTitle ?? "", article: link.targetArticle, status: link.status)
                    },
                    isAmbiguous: link.isAmbiguous
                )
            }
        )
    }

    private struct CitingJSON: Encodable {
        let total, works, page: Int
        let places: [Place]

        struct Place: Encodable {
            let id, title, text: String
            let place, article: String?
            let status: NormStatus
        }
    }

    @Sendable private func citing(_ request: Request, _ visit: Visit) async throws -> Response {
        let work = try await house.library.work(try visit.parameters.require("work"))
        let (day, page) = (try request.day("at") ?? today, try request.page())
        let article = request.value("article").flatMap { ArticleNumber($0)?.printed }
        let found = try await house.library.citing(work.id, article: article, at: day, limit: 200, offset: (page - 1) * 200)
        return try .json(
            CitingJSON(
                total: found.total,
                works: found.works,
                page: page,
                places: found.places.map {
                    .init(id: $0.id, title: $0.title, text: $0.body, place: $0.number, article: $0.targetArticle, status: $0.status)
                }
            )
        )
    }

    private struct ChangeJSON: Encodable {
        let id, title, url: String
        let day: Day
        let status: NormStatus
        let before: NormStatus?
        let evidence: [NormEvent.Evidence]
    }

    @Sendable private func changes(_ request: Request, _ visit: Visit) async throws -> Response {
        let (from, to) = (try request.day("from") ?? today.adding(-90), try request.day("to") ?? today.adding(400))
        let found = try await house.library.changes(from: from, to: to, limit: 1000)
        return try .json(
            try found.map {
                ChangeJSON(
                    id: $0.id,
                    title: $0.title,
                    url: "\(house.site)/zh/norms/\($0.id)?at=\($0.fromDay)",
                    day: $0.fromDay,
                    status: $0.status,
                    before: $0.before,
                    evidence: try $0.standing.evidence
                )
            }
        )
    }

    @Sendable private func feed(_ request: Request, _ visit: Visit) async throws -> Response {
        let language = request.value("lang").flatMap { Language(rawValue: $0) } ?? .zh
        let found = try await house.library.changes(from: today.adding(-365), to: today, limit: 100)
        let title = Text("规范性文件效力变化", "Changes of normative documents").in(language)
        let entries = try found.map { change in
            let proof = try change.standing.evidence.first.map { "《\($0.document)》\($0.article ?? "")：\($0.sentence)" } ?? ""
            return """
                <entry><id>urn:gongkai:norm:\(change.id):\(change.fromDay)</id><title>\(HTML.escape(change.title)) — \
                \(change.status.text.in(language))</title><updated>\(change.fromDay)T00:00:00+08:00</updated>
                <link href="\(house.site)/\(language.rawValue)/norms/\(change.id)?at=\(change.fromDay)"/>\
                <summary>\(HTML.escape(proof))</summary></entry>
                """
        }
        let updated = found.map(\.fromDay).max() ?? today
        let xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(language.tag)"><id>urn:gongkai:norms:\(language.rawValue)</id><title>\(title)</title>
            <updated>\(updated)T00:00:00+08:00</updated><author><name>\(Agency.name.in(language))</name></author>\
            <link rel="self" href="\(house.site)/norms.atom?lang=\(language.rawValue)"/>
            \(entries.joined(separator: "\n"))
            </feed>
            """
        return .text(xml, type: "application/atom+xml; charset=utf-8")
    }

    @Sendable private func bulk(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let file = try await NormBulk(house: house).newest() else { throw Refusal.notFound }
        let data = try Data(contentsOf: file, options: .alwaysMapped)
        return .file(data, type: "application/zip", name: file.lastPathComponent)
    }

    @Sendable private func bulkHash(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let file = try await NormBulk(house: house).newest() else { throw Refusal.notFound }
        let text = try String(contentsOf: file.appendingPathExtension("sha256"), encoding: .utf8)
        return .text(text, type: "text/plain; charset=utf-8")
    }
}
