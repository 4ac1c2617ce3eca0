import Core
import Foundation
import Storage
import WorkCalendar

/// What the portal reads: releases that the one visibility function lets through.
extension Releases {
    public struct Filter: Equatable, Sendable {
        public var column: String?
        public var unit: String?
        public var kind: Content.Kind?
        public var year: Int?
        public var title: String?

        public init() {}

        var condition: SQL { condition(at: nil) }

        /// - Parameter day: what was public by then and the newest on that day; nil for now.
        func condition(at day: Day?) -> SQL {
            var parts: [SQL] = [SQL(trusted: day == nil ? Visibility.condition : Visibility.conditionOnEachDay)]
            if let day {
                parts.append("release.published_on <= \(day)")
                parts.append(
                    """
                    NOT EXISTS (
                        SELECT 1 FROM release AS later WHERE later.key = release.superseded_by AND later.published_on <= \(day)
                    )
                    """
                )
            }
            if let column { parts.append("release.col = \(column)") }
            if let unit { parts.append("release.unit = \(unit)") }
            if let kind { parts.append("release.kind = \(kind)") }
            if let year {
                parts.append("COALESCE(release.written_on, release.published_on) BETWEEN \("\(year)-01-01") AND \("\(year)-12-31")")
            }
            return SQL.joined(parts, by: " AND ")
        }
    }

    /// A page of a list, the newest first, and how many there are.
    public func releases(_ filter: Filter, page: Int = 1, size: Int = 30) async throws -> (releases: [Release], total: Int) {
        try await database.read { db in
            let condition = filter.condition
            let total = try db.scalar(Int.self, "SELECT count(*) FROM release WHERE \(condition)") ?? 0
            let rows = try db.all(
                Release.self,
                """
                SELECT * FROM release WHERE \(condition)
                ORDER BY published_on DESC, COALESCE(written_on, published_on) DESC, key DESC
                LIMIT \(size) OFFSET \((page - 1) * size)
                """
            )
            return (rows, total)
        }
    }

    /// How many public releases each column has.
    public func counts() async throws -> [String: Int] {
        struct Count: Decodable {
            let col: String
            let count: Int
        }
        return try await database.read { db in
            let rows = try db.all(
                Count.self,
                "SELECT col, count(*) AS count FROM release WHERE \(SQL(trusted: Visibility.condition)) GROUP BY col"
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.col, $0.count) })
        }
    }

    /// A release with its content, withdrawn ones too: their page is a tombstone.
    public func release(_ key: String) async throws -> (release: Release, content: Content) {
        try await database.read { db in
            let release = try release(key, in: db)
            guard let json = try db.scalar(String.self, "SELECT json FROM content WHERE hash = \(release.content)") else {
                throw StorageError(.corrupt, "the content of release \(key) is missing")
            }
            return (release, try JSONDecoder().decode(Content.self, from: Data(json.utf8)))
        }
    }

    /// The release of a document, the newest one.
    public func release(ofDocument key: String) async throws -> Release? {
        try await database.read { db in
            try db.first(Release.self, "SELECT * FROM release WHERE document = \(key) ORDER BY key DESC LIMIT 1")
        }
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("release/\(key)", in: $0) }
    }

    /// Every public release's key and day, in batches: for the sitemap.
    public func keys(after key: String = "", limit: Int = 5000) async throws -> [(key: String, publishedOn: Day)] {
        struct Line: Decodable {
            let key: String
            let publishedOn: Day
        }
        return try await database.read { db in
            try db.all(
                Line.self,
                """
                SELECT key, published_on FROM release
                WHERE \(SQL(trusted: Visibility.condition)) AND key > \(key) ORDER BY key LIMIT \(limit)
                """
            ).map { ($0.key, $0.publishedOn) }
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 05 releases",
            """
            CREATE TABLE content (hash TEXT PRIMARY KEY, json TEXT NOT NULL);
            CREATE TABLE batch (
                key TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                manifest TEXT NOT NULL UNIQUE,
                works BIGINT NOT NULL,
                signed_by TEXT NOT NULL,
                signed_at TEXT NOT NULL,
                done BIGINT NOT NULL
            );
            CREATE TABLE release (
                key TEXT PRIMARY KEY,
                content TEXT NOT NULL REFERENCES content (hash),
                document TEXT REFERENCES document (key),
                batch TEXT REFERENCES batch (key),
                col TEXT NOT NULL,
                unit TEXT NOT NULL,
                kind TEXT NOT NULL,
                language TEXT NOT NULL,
                title TEXT NOT NULL,
                document_number TEXT,
                written_on TEXT,
                status TEXT,
                attribute TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                method TEXT NOT NULL,
                published_on TEXT NOT NULL,
                released_at TEXT NOT NULL,
                leaf BIGINT NOT NULL UNIQUE,
                state TEXT NOT NULL,
                withdrawn_at TEXT,
                withdrawn_reason TEXT,
                withdrawal_leaf BIGINT,
                CHECK ((state = 'withdrawn') = (withdrawal_leaf IS NOT NULL))
            );
            CREATE INDEX release_column ON release (col, published_on);
            CREATE INDEX release_document ON release (document);
            CREATE INDEX release_batch ON release (batch, content);
            CREATE TABLE passage (
                id BIGINT PRIMARY KEY,
                release TEXT NOT NULL REFERENCES release (key),
                position BIGINT NOT NULL,
                anchor TEXT NOT NULL,
                number TEXT NOT NULL,
                body TEXT NOT NULL
            );
            CREATE INDEX passage_release ON passage (release, position);
            """
        ),
        passages.migration(named: "2026-11-27 07 passages in the index"),
        passages.wordMigration(named: "2026-11-27 31 words of passages"),
        Migration(
            "2026-11-27 30 a newer text takes the place of an older one",
            """
            ALTER TABLE release ADD COLUMN superseded_by TEXT REFERENCES release (key);
            UPDATE release SET superseded_by = (
                SELECT max(later.key) FROM release AS later
                WHERE later.document = release.document AND later.key > release.key AND later.state = 'released'
            ) WHERE document IS NOT NULL;
            CREATE INDEX release_superseded ON release (superseded_by);
            """
        ),
        changesSchema,
    ]
}
