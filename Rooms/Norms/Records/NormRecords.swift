import Core
import Foundation
import Storage

/// The works of law as their sources record them, with all their texts: what status and citations are computed from.
public struct NormRecords: Sendable {
    public let database: any Database

    public init(_ database: any Database) {
        self.database = database
    }

    /// Keeps records; one of a known address takes the place of the older.
    public func put(_ records: [NormRecord], isOwn: Bool = false) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let rows = try records.map { record in
            (record.id, try Self.text(NormHead(record), encoder), try Self.text(record, encoder))
        }
        try await database.write { db in
            for (id, head, body) in rows {
                try db.run(
                    """
                    INSERT INTO norm_record (id, head, body, is_own) VALUES (\(id), \(head), \(body), \(isOwn ? 1 : 0))
                    ON CONFLICT (id) DO UPDATE SET head = excluded.head, body = excluded.body, is_own = excluded.is_own
                    """
                )
            }
        }
    }

    private static func text(_ value: some Encodable, _ encoder: JSONEncoder) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The heads of all works, in order of their addresses.
    public func heads() async throws -> [NormHead] {
        let rows = try await database.read { db in try db.all(Head.self, "SELECT head FROM norm_record ORDER BY id") }
        let decoder = JSONDecoder()
        return try rows.map { try decoder.decode(NormHead.self, from: Data($0.head.utf8)) }
    }

    /// The records of addresses.
    public func records(_ ids: [String]) async throws -> [NormRecord] {
        guard !ids.isEmpty else { return [] }
        return try await found("SELECT body FROM norm_record WHERE id IN (\(SQL.list(ids))) ORDER BY id")
    }

    /// The records in which one of several words stands anywhere.
    public func records(mentioning words: [String]) async throws -> [NormRecord] {
        guard !words.isEmpty else { return [] }
        let conditions = words.map { word in
            let pattern = "%" + word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
            return "body LIKE \(pattern) ESCAPE '\\'" as SQL
        }
        return try await found("SELECT body FROM norm_record WHERE \(SQL.joined(conditions, by: " OR ")) ORDER BY id")
    }

    /// Every record, one after another in bounded memory.
    public func each(_ body: (NormRecord) throws -> Void) async throws {
        var last = ""
        while true {
            let page = try await page(after: last, limit: 100)
            for record in page { try body(record) }
            guard let end = page.last?.id else { return }
            last = end
        }
    }

    /// The records after an address, some at a time.
    func page(after id: String, limit: Int) async throws -> [NormRecord] {
        try await found("SELECT body FROM norm_record WHERE id > \(id) ORDER BY id LIMIT \(limit)")
    }

    private struct Head: Decodable, Sendable { let head: String }
    private struct Body: Decodable, Sendable { let body: String }

    private func found(_ sql: SQL) async throws -> [NormRecord] {
        let rows = try await database.read { db in try db.all(Body.self, sql) }
        let decoder = JSONDecoder()
        return try rows.map { try decoder.decode(NormRecord.self, from: Data($0.body.utf8)) }
    }

    public static let schema = [
        Migration(
            "2026-11-27 40 records of norms",
            "CREATE TABLE norm_record (id TEXT PRIMARY KEY, head TEXT NOT NULL, body TEXT NOT NULL);"
        ),
        Migration("2026-11-28 39 own documents among the records", "ALTER TABLE norm_record ADD COLUMN is_own BIGINT NOT NULL DEFAULT 0;"),
    ]
}
