import Core
import MerkleLog
import Scan
import Storage

/// The reviews: signatures are lines of the step log, each with the hash that was signed.
public struct Reviews: Sendable {
    public let database: any Database
    public let world: World
    private let ownTable: Table?

    /// - Parameter table: the office's own rules of the scan; without them the house's.
    public init(_ database: any Database, world: World, table: Table? = nil) {
        (self.database, self.world, ownTable) = (database, world, table)
    }

    /// The rules by which texts are scanned.
    public var table: Table { ownTable ?? .house }

    /// A rule of the scan's table by its name.
    public func rule(_ name: String) -> Finding.Rule? { table.kinds.first { $0.rule.rawValue == name }?.rule }

    /// Opens the review of a document as it stands, or opens it again after it was sent back or voided.
    public func submit(_ document: String, by actor: Actor) async throws -> Review {
        let (now, key) = (world.now(), world.key())
        return try await database.write { db in
            let found = try Documents(database, world: world).document(document, in: db)
            guard found.unit == actor.unit, actor.roles.contains(.drafter) else {
                throw Refusal.forbidden(because: Text("由起草单位的承办人送审。", "The drafting unit's drafter submits it."))
            }
            if let open = try Self.newest(of: document, in: db), ![.returned, .void].contains(open.state) {
                // A released text may be released anew only once it has changed: the new bytes need their own signatures.
                guard open.state == .released, open.hash != found.content.hash.hex else { throw Refusal.outOfTurn }
            }
            let review = Review(key: key, document: document, hash: found.content.hash.hex)
            try db.run(
                """
                INSERT INTO review (key, document, hash, state, version)
                VALUES (\(key), \(document), \(review.hash), \(review.state), 0)
                """
            )
            try StepLog.write(
                Review.Step.submit.rawValue,
                on: "review/\(key)",
                by: actor,
                as: .drafter,
                at: now,
                detail: review.hash,
                in: db
            )
            return review
        }
    }

    /// Saves a change of a document; the open review is voided when the content's hash changes.
    /// - Throws: `Refusal.stale` when somebody else saved since `version`.
    public func revise(_ key: String, version: Int, _ fields: Document.Fields, by actor: Actor) async throws -> Document {
        let documents = Documents(database, world: world)
        try await documents.checkChange(fields, by: actor)
        let now = world.now()
        return try await database.write { db in
            let after = try documents.save(key, version: version, fields, by: actor, at: now, in: db)
            try Self.void(document: key, unless: after.content.hash, by: actor, at: now, in: db)
            return after
        }
    }

    /// Takes a step other than release, which is the Releases room's.
    public func take(_ step: Review.Step, on key: String, seeing hash: String, reason: String = "", by actor: Actor) async throws {
        guard step != .release, step != .submit, step != .void else { throw Refusal.outOfTurn }
        if step == .sendBack, reason.allSatisfy(\.isWhitespace) {
            throw Refusal.invalid("reason", "请写明退回的理由。", "Say why it is sent back.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            if step == .signAsReviewer { try requireDecisions(key, in: db) }
            try Self.take(step, on: key, seeing: hash, detail: step == .sendBack ? reason : hash, by: actor, at: now, in: db)
        }
    }

    /// One step inside a transaction: the rule table decides, the row is saved, the log written.
    static func take(
        _ step: Review.Step,
        on key: String,
        seeing hash: String,
        detail: String,
        by actor: Actor,
        at now: Moment,
        in db: any Connection
    ) throws {
        guard var review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
        let isUnits = review.state == .atUnit
        let row = try review.take(step, seeing: hash, by: actor, taken: try taken(key, in: db))
        if isUnits, row.by == .unitHead,
            try db.scalar(String.self, "SELECT unit FROM document WHERE key = \(review.document)") != actor.unit
        {
            throw Refusal.forbidden(because: Text("由起草单位的负责人审核。", "The head of the drafting unit reviews it."))
        }
        let saved = try db.run(
            """
            UPDATE review SET state = \(review.state), version = version + 1
            WHERE key = \(key) AND version = \(review.version)
            """
        )
        guard saved == 1 else { throw Refusal.stale }
        try StepLog.write(step.rawValue, on: "review/\(key)", by: actor, as: row.by, at: now, detail: detail, in: db)
    }

    /// Voids the open review of a document whose content is no longer the signed one.
    static func void(document: String, unless hash: Hash, by actor: Actor, at now: Moment, in db: any Connection) throws {
        guard let review = try newest(of: document, in: db), review.hash != hash.hex else { return }
        guard [.atUnit, .atConfidentiality, .atLeader].contains(review.state) else { return }
        try take(.void, on: review.key, seeing: review.hash, detail: hash.hex, by: actor, at: now, in: db)
    }

    public func review(_ key: String) async throws -> (review: Review, document: Document, steps: [StepLog.Entry]) {
        try await database.read { db in
            guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
            let document = try Documents(database, world: world).document(review.document, in: db)
            return (review, document, try StepLog.of("review/\(key)", in: db))
        }
    }

    public func newest(of document: String) async throws -> Review? {
        try await database.read { try Self.newest(of: document, in: $0) }
    }

    /// What awaits this person: the open reviews whose next step the table gives them.
    public func turns(of actor: Actor) async throws -> [(review: Review, document: Document)] {
        try await database.read { db in
            let open = try db.all(
                Review.self,
                """
                SELECT * FROM review WHERE state IN ('atUnit', 'atConfidentiality', 'atLeader', 'returned') ORDER BY key
                """
            )
            return try open.compactMap { review in
                let rows = Review.lifecycle.open(from: review.state, to: actor, taken: try Self.taken(review.key, in: db))
                let document = try Documents(database, world: world).document(review.document, in: db)
                guard rows.contains(where: { ![.sendBack, .void].contains($0.step) }) else { return nil }
                if review.state == .returned, document.unit != actor.unit { return nil }
                if review.state == .returned, try Self.newest(of: review.document, in: db)?.key != review.key { return nil }
                if review.state == .atUnit, document.unit != actor.unit { return nil }
                return (review, document)
            }
        }
    }

    static func newest(of document: String, in db: any Connection) throws -> Review? {
        try db.first(Review.self, "SELECT * FROM review WHERE document = \(document) ORDER BY key DESC LIMIT 1")
    }

    public func taken(_ key: String) async throws -> [Lifecycle<Review.State, Review.Step>.Taken] {
        try await database.read { try Self.taken(key, in: $0) }
    }

    static func taken(_ key: String, in db: any Connection) throws -> [Lifecycle<Review.State, Review.Step>.Taken] {
        try StepLog.of("review/\(key)", in: db).compactMap { entry in
            Review.Step(rawValue: entry.step).map { .init($0, by: entry.person) }
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 04 reviews",
            """
            CREATE TABLE review (
                key TEXT PRIMARY KEY,
                document TEXT NOT NULL REFERENCES document (key),
                hash TEXT NOT NULL,
                state TEXT NOT NULL,
                version BIGINT NOT NULL
            );
            CREATE INDEX review_document ON review (document, key);
            CREATE INDEX review_open ON review (state);
            CREATE TABLE finding_decision (
                review TEXT NOT NULL REFERENCES review (key),
                place BIGINT NOT NULL,
                rule TEXT NOT NULL,
                decision TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (review, place, rule)
            );
            """
        )
    ]
}

extension Review.State: SQLConvertible {}
