import Core
import Foundation
import MerkleLog
import Scan
import Storage

/// Redaction at the review: the text's own places, and renditions of its attachments; each voids what was signed.
extension Reviews {
    /// A rendition that was built and proved, and waits for the reviewer to take it.
    public struct Proposal: Codable, Equatable, Sendable {
        public let document: String
        public let number: Int
        public let name: String
        public let type: String
        public let size: Int
        public let hash: String
        /// At how many places something is withheld.
        public let places: Int
        /// How it was built, and what was searched in it to prove it, in words.
        public let how: String
        let pieces: String

        /// What can be recovered from the rendition.
        public func read() throws -> [Piece] { try JSONDecoder().decode([Piece].self, from: Data(pieces.utf8)) }
    }

    /// Makes the places of the text that were decided to be redacted unreadable; the drafter submits the new text.
    /// - Returns: how many places.
    public func blackOut(_ key: String, fixedWidth: Bool = false, by actor: Actor) async throws -> Int {
        let now = world.now()
        return try await database.write { db in
            let (review, document) = try redactable(key, by: actor, in: db)
            let places = try found(by: review, in: db).compactMap { found -> (range: Range<Int>, ground: Ground)? in
                guard found.place == nil, let decided = found.decided, decided.decision == .redact else { return nil }
                guard found.finding.range.upperBound <= document.body.utf8.count else { return nil }
                return (found.finding.range, decided.ground ?? .privacy)
            }
            guard !places.isEmpty else {
                throw Refusal.invalid("text", "正文里没有决定删改的结果。", "No finding in the text was decided to be redacted.")
            }
            var fields = document.fields
            fields.body = Blackening.apply(places, to: document.body, fixedWidth: fixedWidth)
            try change(document, to: fields, "blackOut", "\(places.count)", by: actor, at: now, in: db)
            return places.count
        }
    }

    /// Keeps a rendition of an attachment beside it, until it is taken or dropped.
    public func propose(
        _ bytes: [UInt8],
        named name: String,
        _ type: String,
        _ pieces: [Piece],
        places: Int,
        how: String,
        for number: Int,
        on key: String,
        by actor: Actor
    ) async throws {
        try await Incidents(database, world: world).refuseMarked([name] + pieces.map(\.text), unit: actor.unit, by: actor)
        let json = try Documents.json(pieces)
        let now = world.now()
        try await database.write { db in
            let (_, document) = try redactable(key, by: actor, in: db)
            let documents = Documents(database, world: world)
            guard try documents.stored(of: document.key, in: db).contains(where: { $0.number == number }) else { throw Refusal.notFound }
            let hash = try documents.keep(bytes, in: db)
            try db.run(
                """
                INSERT INTO attachment_redaction (document, number, name, type, size, hash, places, how, pieces, person, at)
                VALUES (\(document.key), \(number), \(Attachment.safe(name)), \(type), \(bytes.count), \(hash), \(places), \(how), \(json),
                    \(actor.person), \(now))
                ON CONFLICT (document, number) DO UPDATE
                SET name = excluded.name, type = excluded.type, size = excluded.size, hash = excluded.hash, places = excluded.places,
                    how = excluded.how, pieces = excluded.pieces, person = excluded.person, at = excluded.at
                """
            )
            let detail = "\(number) \(places)"
            try StepLog.write("redact", on: "review/\(key)", by: actor, as: .confidentialityReviewer, at: now, detail: detail, in: db)
        }
    }

    public func proposals(of document: String) async throws -> [Proposal] {
        try await database.read {
            try $0.all(Proposal.self, "SELECT * FROM attachment_redaction WHERE document = \(document) ORDER BY number")
        }
    }

    /// Puts the rendition in the attachment's place: it alone goes out, and the original stays inside.
    public func adopt(_ number: Int, on key: String, by actor: Actor) async throws {
        let now = world.now()
        try await database.write { db in
            let (_, document) = try redactable(key, by: actor, in: db)
            let made = try db.first(
                Proposal.self,
                "SELECT * FROM attachment_redaction WHERE document = \(document.key) AND number = \(number)"
            )
            guard let made else { throw Refusal.notFound }
            try db.run(
                """
                UPDATE document_attachment
                SET original = COALESCE(original, hash), name = \(made.name), type = \(made.type), size = \(made.size), hash = \(made.hash),
                    pieces = \(made.pieces)
                WHERE document = \(document.key) AND number = \(number)
                """
            )
            try db.run("DELETE FROM attachment_redaction WHERE document = \(document.key) AND number = \(number)")
            let fresh = try Documents(database, world: world).document(document.key, in: db)
            try change(fresh, to: fresh.fields, "adopt", "\(number) \(made.hash)", by: actor, at: now, in: db)
        }
    }

    /// The review and its document, where the reviewer may redact now.
    private func redactable(_ key: String, by actor: Actor, in db: any Connection) throws -> (Review, Document) {
        guard actor.roles.contains(.confidentialityReviewer) else {
            throw Refusal.forbidden(because: Text("由保密审核人遮盖。", "The confidentiality reviewer redacts."))
        }
        guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
        guard review.state == .atConfidentiality else { throw Refusal.outOfTurn }
        return (review, try Documents(database, world: world).document(review.document, in: db))
    }

    private func change(
        _ document: Document,
        to fields: Document.Fields,
        _ step: String,
        _ detail: String,
        by actor: Actor,
        at now: Moment,
        in db: any Connection
    ) throws {
        let documents = Documents(database, world: world)
        let role = Role.confidentialityReviewer
        try StepLog.write(step, on: "document/\(document.key)", by: actor, as: role, at: now, detail: detail, in: db)
        let after = try documents.save(document.key, version: document.version, fields, as: role, by: actor, at: now, in: db)
        try Self.void(document: document.key, unless: after.content.hash, by: actor, at: now, in: db)
    }

    public static let redactionSchema = Migration(
        "2026-11-28 52 redactions",
        """
        ALTER TABLE finding_decision ADD COLUMN ground TEXT;
        CREATE TABLE attachment_redaction (
            document TEXT NOT NULL REFERENCES document (key),
            number BIGINT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            size BIGINT NOT NULL,
            hash TEXT NOT NULL REFERENCES attachment_file (hash),
            places BIGINT NOT NULL,
            how TEXT NOT NULL,
            pieces TEXT NOT NULL,
            person TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (document, number)
        );
        """
    )
}

extension Ground: SQLConvertible {}
