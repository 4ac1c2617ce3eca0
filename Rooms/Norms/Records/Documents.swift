import Core
import Foundation
import MerkleLog
import Scan
import Storage
import WorkCalendar

/// The office's documents: every version is kept, and no text that bears a secrecy mark is ever written down.
public struct Documents: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Takes a new document in, or refuses it. A text with a secrecy mark is quarantined: nothing of it is stored.
    /// - Parameter another: the person says that it is another document than the one of the same number or title.
    public func add(_ fields: Document.Fields, another: Bool = false, by actor: Actor) async throws -> Document {
        try await checkChange(fields, by: actor)
        let (key, now) = (world.key(), world.now())
        return try await database.write { db in
            if !another, try same(as: fields, in: db) != nil {
                throw Refusal.invalidForm([
                    "same": Text(
                        "本单位已有同一文号或者同一标题的文件：请作为它的新版本保存，或者勾选“确是另一份文件”。",
                        "Your unit has a document of this number or title: save it as a new version of that one, or tick “This is another document”."
                    )
                ])
            }
            var fields = fields
            if fields.indexNumber == nil { fields.indexNumber = try nextIndexNumber(fields.writtenOn ?? now.beijingDay, in: db) }
            let document = Document(key: key, drafter: actor.person, fields: fields)
            try db.run(
                """
                INSERT INTO document (key, unit, col, kind, language, title, document_number, index_number, issuer, topic,
                    written_on, body, drafter, version)
                VALUES (\(document.key), \(document.unit), \(document.column), \(document.kind), \(document.language),
                    \(document.title), \(document.documentNumber), \(document.indexNumber), \(document.issuer), \(document.topic),
                    \(document.writtenOn), \(document.body), \(document.drafter), \(document.version))
                """
            )
            try keep(document, by: actor, at: now, in: db)
            try StepLog.write(
                "draft",
                on: "document/\(document.key)",
                by: actor,
                as: .drafter,
                at: now,
                detail: document.content.hash.hex,
                in: db
            )
            return document
        }
    }

    /// The next index number of a year, as 2022-00017; the office may write another.
    private func nextIndexNumber(_ day: Day, in db: any Connection) throws -> String {
        let last = try db.scalar(
            String.self,
            "SELECT max(index_number) FROM document WHERE index_number LIKE \("\(day.year)-_____")"
        )
        let number = (last.flatMap { Int($0.suffix(5)) } ?? 0) + 1
        let figures = "\(number)"
        return "\(day.year)-" + String(repeating: "0", count: max(0, 5 - figures.count)) + figures
    }

    /// Refuses a change that may not be kept: by whom, of what is missing, or for a secrecy mark.
    func checkChange(_ fields: Document.Fields, by actor: Actor) async throws {
        try drafts(actor)
        try fields.check()
        let text = Document(key: "", drafter: "", fields: fields).everything
        try await Incidents(database, world: world).refuseMarked([text], unit: fields.unit, by: actor)
    }

    /// Saves a change inside the caller's transaction; `Reviews.revise` is the way in, for it voids what was signed.
    /// - Throws: `Refusal.stale` when somebody else saved since `version`.
    func save(
        _ key: String,
        version: Int,
        _ fields: Document.Fields,
        as role: Role = .drafter,
        by actor: Actor,
        at now: Moment,
        in db: any Connection
    ) throws -> Document {
        let before = try document(key, in: db)
        guard role != .drafter || before.unit == actor.unit else {
            throw Refusal.forbidden(because: Text("只有起草单位可以修改。", "Only the drafting unit may change it."))
        }
        let after = Document(key: key, drafter: before.drafter, fields: fields, version: version + 1, attachments: before.attachments)
        let changed = try db.run(
            """
            UPDATE document SET unit = \(after.unit), col = \(after.column), kind = \(after.kind), language = \(after.language),
                title = \(after.title), document_number = \(after.documentNumber), index_number = \(after.indexNumber),
                issuer = \(after.issuer), topic = \(after.topic), written_on = \(after.writtenOn), body = \(after.body),
                version = \(after.version)
            WHERE key = \(key) AND version = \(version)
            """
        )
        guard changed == 1 else { throw Refusal.stale }
        try keep(after, by: actor, at: now, in: db)
        let detail = after.content.hash.hex
        try StepLog.write("revise", on: "document/\(key)", by: actor, as: role, at: now, detail: detail, in: db)
        return after
    }

    public func document(_ key: String) async throws -> Document {
        try await database.read { try document(key, in: $0) }
    }

    /// The newest documents of a unit; of all units when nil.
    public func newest(unit: String?, limit: Int = 50) async throws -> [Document] {
        try await database.read { db in
            let condition: SQL = unit.map { "WHERE unit = \($0)" } ?? ""
            return try db.all(Stored.self, "SELECT * FROM document \(condition) ORDER BY key DESC LIMIT \(limit)").map(\.document)
        }
    }

    /// The unit's document with the same number, or with the same title where there is no number: to be offered as a new version.
    public func same(as fields: Document.Fields) async throws -> Document? {
        try await database.read { try same(as: fields, in: $0) }
    }

    private func same(as fields: Document.Fields, in db: any Connection) throws -> Document? {
        if let number = fields.documentNumber, !number.isEmpty {
            return try db.first(
                Stored.self,
                "SELECT * FROM document WHERE document_number = \(number) AND unit = \(fields.unit) ORDER BY key DESC LIMIT 1"
            )?.document
        }
        return try db.first(
            Stored.self,
            "SELECT * FROM document WHERE title = \(fields.title) AND unit = \(fields.unit) ORDER BY key DESC LIMIT 1"
        )?.document
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("document/\(key)", in: $0) }
    }

    func document(_ key: String, in db: any Connection) throws -> Document {
        guard let stored = try db.first(Stored.self, "SELECT * FROM document WHERE key = \(key)") else { throw Refusal.notFound }
        var document = stored.document
        document.attachments = try self.stored(of: key, in: db).map(\.attachment)
        return document
    }

    private func drafts(_ actor: Actor) throws {
        guard actor.roles.contains(.drafter) else {
            throw Refusal.forbidden(because: Text("只有承办人可以起草文件。", "Only a drafter may write documents."))
        }
    }

    private func keep(_ document: Document, by actor: Actor, at now: Moment, in db: any Connection) throws {
        try db.run(
            """
            INSERT INTO document_revision (document, version, content, person, at)
            VALUES (\(document.key), \(document.version), \(document.content.canonical), \(actor.person), \(now))
            """
        )
    }

    /// A row of the table; `column` is a word of SQL, so the table says `col`.
    private struct Stored: Decodable {
        let key, unit, col, title, body, drafter: String
        let kind: Content.Kind
        let language: Language
        let documentNumber, indexNumber, issuer, topic: String?
        let writtenOn: Day?
        let version: Int

        var document: Document {
            var fields = Document.Fields(unit: unit)
            (fields.column, fields.kind, fields.language, fields.title, fields.body) = (col, kind, language, title, body)
            (fields.documentNumber, fields.indexNumber) = (documentNumber, indexNumber)
            (fields.issuer, fields.topic, fields.writtenOn) = (issuer, topic, writtenOn)
            return Document(key: key, drafter: drafter, fields: fields, version: version)
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 03 documents",
            """
            CREATE TABLE document (
                key TEXT PRIMARY KEY,
                unit TEXT NOT NULL,
                col TEXT NOT NULL,
                kind TEXT NOT NULL,
                language TEXT NOT NULL,
                title TEXT NOT NULL CHECK (title <> ''),
                document_number TEXT,
                index_number TEXT,
                issuer TEXT,
                topic TEXT,
                written_on TEXT,
                body TEXT NOT NULL CHECK (body <> ''),
                drafter TEXT NOT NULL,
                version BIGINT NOT NULL
            );
            CREATE INDEX document_number ON document (document_number);
            CREATE INDEX document_title ON document (title);
            CREATE TABLE document_revision (
                document TEXT NOT NULL REFERENCES document (key),
                version BIGINT NOT NULL,
                content TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (document, version)
            );
            """
        )
    ]
}

extension Content.Kind: SQLConvertible {}
