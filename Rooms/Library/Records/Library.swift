import Core
import Foundation
import LegalText
import MerkleLog
import Storage
import WorkCalendar

/// The database of works: every text with the days it counts, what it cites, and how each work stands on every day.
///
/// It holds what was derived from the works' records; a record that comes, changes or goes changes only what rests on it.
public struct Library: Sendable {
    public let releases: Releases
    let records: NormRecords
    var database: any Database { releases.database }
    var world: World { releases.world }

    public init(_ releases: Releases) {
        self.releases = releases
        records = NormRecords(releases.database)
    }

    // MARK: everything

    /// Makes all tables anew from the records and the house's own documents, in bounded memory.
    /// - Parameter progress: told how many works are done.
    @discardableResult
    public func rebuild(progress: (Int) -> Void = { _ in }) async throws -> Int {
        try await nameWorks()
        try await keepOwn(nil)
        var library = try await empty()
        try await records.each { library.collect($0) }
        try await database.write { db in
            for table in ["norm_work", "norm_text", "norm_part", "norm_link", "norm_said", "norm_event", "norm_force"] {
                try db.run("DELETE FROM \(SQL(trusted: table))")
            }
        }
        let whole = library
        var (last, count) = ("", 0)
        while true {
            let page = try await records.page(after: last, limit: 100)
            guard let end = page.last?.id else { break }
            let rows = page.compactMap { Shelved($0, in: whole) }
            let releases = try await newest(of: rows.map(\.norm.id))
            try await database.write { db in
                for row in rows { try row.insert(releases[row.norm.id], in: db) }
            }
            last = end
            count += page.count
            progress(count)
        }
        try await markReleases(on: world.now().beijingDay)
        return count
    }

    /// Writes how works stand on a day beside their releases, which lists and search show: done each midnight, and whenever
    /// a work changes.
    public func markReleases(on day: Day, of ids: [String]? = nil) async throws {
        let among: SQL = ids.map { "work IN (\(SQL.list($0)))" } ?? "work IS NOT NULL"
        try await database.write { db in
            try db.run(
                """
                UPDATE release SET status = (
                    SELECT CASE norm_force.status WHEN 'inForce' THEN '现行有效' WHEN 'repealed' THEN '已废止' WHEN 'expired' THEN '失效'
                        WHEN 'amended' THEN '已修改' WHEN 'notYetInForce' THEN '尚未施行' END
                    FROM norm_force
                    WHERE norm_force.work = release.work AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day))
                WHERE \(among) AND EXISTS (SELECT 1 FROM norm_work WHERE norm_work.id = release.work)
                """
            )
        }
    }

    /// A library that knows all works by their heads, with what units decided and found.
    func empty() async throws -> NormLibrary {
        // What was withdrawn says nothing of others any longer, and is not found.
        let gone = try await database.read { db in
            Set(
                try db.all(
                    String.self,
                    """
                    SELECT work FROM release WHERE work IS NOT NULL
                    GROUP BY work HAVING sum(CASE WHEN state = 'released' THEN 1 ELSE 0 END) = 0
                    """
                )
            )
        }
        var library = NormLibrary(heads: try await records.heads().filter { !gone.contains($0.id) })
        let own = try await database.read { try $0.all(String.self, "SELECT id FROM norm_record WHERE is_own = 1") }
        library.own = Set(own.compactMap { library.place(of: $0) })
        for verdict in try await verdicts() { library.verdicts[verdict.event] = verdict }
        for (work, events) in try await findings() { library.findings[work] = events }
        return library
    }

    // MARK: one work

    /// Takes in what was released, withdrawn or decided of some works, and whatever rests on them.
    public func take(_ ids: [String]) async throws {
        try await keepOwn(ids)
        let library = try await empty()
        var touched = Set(ids)
        let old = try await database.read { db in
            try db.all(String.self, "SELECT target FROM norm_said WHERE speaker IN (\(SQL.list(ids)))")
        }
        touched.formUnion(old)
        for record in try await records.records(ids) {
            guard let norm = library.reading(record), let place = library.place(of: record.id) else { continue }
            touched.formUnion(library.spokenOf(by: norm, at: place).map { library.heads[$0].id })
            // Texts that named a work before it was known name it now.
            touched.formUnion(try await records.records(mentioning: library.needles(for: place)).map(\.id))
        }
        try await derive(touched, library)
    }

    private func derive(_ ids: Set<String>, _ library: NormLibrary) async throws {
        let ids = ids.sorted()
        for start in stride(from: 0, to: ids.count, by: 50) {
            let some = Array(ids[start..<min(start + 50, ids.count)])
            var library = library
            let speakers = try await database.read { db in
                try db.all(String.self, "SELECT DISTINCT speaker FROM norm_said WHERE target IN (\(SQL.list(some)))")
            }
            // A speaker of which nothing is kept yet is among those that are taken in.
            for record in try await records.records(Array(Set(speakers).union(ids))) { library.collect(record) }
            let whole = library
            let found = try await records.records(some).compactMap { Shelved($0, in: whole) }
            let releases = try await newest(of: some)
            try await database.write { db in
                for id in some { try Shelved.remove(id, in: db) }
                for row in found { try row.insert(releases[row.norm.id], in: db) }
            }
        }
        try await markReleases(on: world.now().beijingDay, of: ids)
    }

    // MARK: releases

    struct Newest: Decodable, Sendable {
        let work, key, unit: String
    }

    private func newest(of ids: [String]) async throws -> [String: Newest] {
        let rows = try await database.read { db in
            try db.all(
                Newest.self,
                """
                SELECT work, key, unit FROM release
                WHERE work IN (\(SQL.list(ids))) AND \(SQL(trusted: Visibility.conditionOnEachDay))
                    AND NOT EXISTS (SELECT 1 FROM release AS later WHERE later.work = release.work AND later.batch IS NOT NULL
                        AND later.key > release.key AND later.state = 'withdrawn')
                ORDER BY key
                """
            )
        }
        return Dictionary(rows.map { ($0.work, $0) }) { _, newer in newer }
    }

    /// Releases from before the library was there learn the name of their work.
    private func nameWorks() async throws {
        while true {
            let rows = try await database.read { db in
                try db.all(
                    Unnamed.self,
                    """
                    SELECT release.key, release.document, content.json FROM release JOIN content ON content.hash = release.content
                    WHERE release.work IS NULL LIMIT 200
                    """
                )
            }
            guard !rows.isEmpty else { return }
            let named = try rows.map { row in
                (row.key, try JSONDecoder().decode(Content.self, from: Data(row.json.utf8)).work(document: row.document, key: row.key))
            }
            try await database.write { db in
                for (key, work) in named { try db.run("UPDATE release SET work = \(work) WHERE key = \(key)") }
            }
        }
    }

    private struct Unnamed: Decodable, Sendable {
        let key, json: String
        let document: String?
    }

    /// Keeps the house's own public documents among the records; all of them where no names are given.
    private func keepOwn(_ ids: [String]?) async throws {
        let own = try await releases.ownRecords(of: ids)
        let known = Set(own.map(\.id))
        try await records.put(own, isOwn: true)
        let gone = try await database.read { db in
            let among: SQL = ids.map { " AND id IN (\(SQL.list($0)))" } ?? ""
            return try db.all(String.self, "SELECT id FROM norm_record WHERE is_own = 1\(among)")
        }.filter { !known.contains($0) }
        guard !gone.isEmpty else { return }
        try await database.write { try $0.run("DELETE FROM norm_record WHERE id IN (\(SQL.list(gone))) AND is_own = 1") }
    }
}

/// One work ready to be put into the tables.
private struct Shelved: Sendable {
    let norm: Norm
    let threads: [[Int]]
    let links: [NormLink]
    let events: [NormEvent]
    let spans: [NormSpan]
    let speakers: [String]
    let isOwn: Bool

    init?(_ record: NormRecord, in library: NormLibrary) {
        guard let norm = library.reading(record), let place = library.place(of: record.id) else { return nil }
        self.norm = norm
        threads = norm.threads
        links = library.links(of: norm, at: place)
        events = library.events(of: norm)
        spans = NormForce.spans(of: norm, events: events)
        speakers = library.speakers(on: place).map { library.heads[$0].id }.sorted()
        isOwn = library.own.contains(place)
    }

    static func remove(_ id: String, in db: any Connection) throws {
        for table in ["norm_text", "norm_part", "norm_link", "norm_event", "norm_force"] {
            try db.run("DELETE FROM \(SQL(trusted: table)) WHERE work = \(id)")
        }
        try db.run("DELETE FROM norm_work WHERE id = \(id)")
        try db.run("DELETE FROM norm_said WHERE target = \(id)")
    }

    func insert(_ release: Library.Newest?, in db: any Connection) throws {
        let record = norm.record
        let promulgated = [record.issued.flatMap { Day($0) }, norm.versions.compactMap(\.promulgated).min()].compactMap(\.self).min()
        try db.run(
            """
            INSERT INTO norm_work (id, title, issuer, topic, document_number, promulgated, year, is_own, release, unit)
            VALUES (\(norm.id), \(norm.title), \(record.issuer), \(record.type), \(record.docNumber ?? record.numbers.first),
                \(promulgated), \(promulgated?.year), \(isOwn ? 1 : 0), \(release?.key), \(release?.unit))
            """
        )
        for speaker in speakers { try db.run("INSERT INTO norm_said (target, speaker) VALUES (\(norm.id), \(speaker))") }
        for place in norm.versions.indices { try insert(text: place, release?.key, in: db) }
        try insertLinks(in: db)
        try insertEvents(in: db)
        try insertSpans(in: db)
    }

    private func insert(text place: Int, _ release: String?, in db: any Connection) throws {
        let version = norm.versions[place]
        let next = norm.versions.dropFirst(place + 1).first { $0.effective != nil }
        try db.run(
            """
            INSERT INTO norm_text (work, version, promulgated, effective, from_day, until_day, hash, release, note, articles, bytes)
            VALUES (\(norm.id), \(place), \(version.promulgated), \(version.effective),
                \(version.effective ?? version.promulgated ?? NormSpan.firstDay), \(next?.effective ?? NormSpan.never),
                \(Hash(of: version.text)), \(release), \(try Library.json(version.note)), \(version.reading.text.articles.count),
                \(version.text.utf8.count))
            """
        )
        for (position, part) in NormPart.of(version.reading.text).enumerated() {
            try db.run(
                """
                INSERT INTO norm_part (work, version, position, kind, anchor, number, number_key, headings, thread, article, body)
                VALUES (\(norm.id), \(place), \(position), \(part.kind), \(part.anchor), \(part.number), \(part.key),
                    \(part.headings.joined(separator: "\n")), \(part.article.map { threads[place][$0] }), \(part.article), \(part.body))
                """
            )
        }
    }

    private func insertLinks(in db: any Connection) throws {
        for (position, link) in links.enumerated() {
            try db.run(
                """
                INSERT INTO norm_link (work, version, position, article, body, kind, target, target_article, candidates, is_clause)
                VALUES (\(norm.id), \(link.version), \(position), \(link.article), \(link.text), \(link.kind), \(link.target),
                    \(link.targetArticle), \(link.candidates.joined(separator: "\n")), \(link.isClause ? 1 : 0))
                """
            )
        }
    }

    private func insertEvents(in db: any Connection) throws {
        for (position, event) in events.enumerated() {
            try db.run(
                """
                INSERT INTO norm_event (work, position, kind, day, applies, by_work, json)
                VALUES (\(norm.id), \(position), \(event.kind), \(event.day), \(event.applies ? 1 : 0),
                    \(event.evidence.id == norm.id ? nil : event.evidence.id), \(try Library.json(event)))
                """
            )
        }
    }

    private func insertSpans(in db: any Connection) throws {
        for span in spans {
            try db.run(
                """
                INSERT INTO norm_force (work, from_day, until_day, since_day, status, version, json)
                VALUES (\(norm.id), \(span.from), \(span.until ?? NormSpan.never), \(span.since), \(span.standing.status), \(span.text),
                    \(try Library.json(span.standing)))
                """
            )
        }
    }
}

extension Library {
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }
}

extension NormPart.Kind: SQLConvertible {}
extension NormEvent.Kind: SQLConvertible {}
extension NormStatus: SQLConvertible {}
