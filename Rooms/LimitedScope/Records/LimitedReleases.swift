import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// The limited releases: their own table, so that no list, count, search, feed or API of the portal can hold one.
///
/// They have no leaf in the public log, where anyone could count them; the step log holds their hashes, and its day's end is anchored.
public struct LimitedReleases: Sendable {
    public let database: any Database
    public let world: World
    let vault: Vault

    public init(_ database: any Database, world: World, vault: Vault) {
        (self.database, self.world, self.vault) = (database, world, vault)
    }

    /// The leader signs a reviewed document for limited scope, where the questions on the method lead there.
    /// - Parameters:
    ///   - hash: the content hash that the leader had before the eyes.
    ///   - day: the last day on which it can be read.
    public func release(review key: String, seeing hash: String, reason: String, until day: Day, by actor: Actor) async throws -> String {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明限定范围的依据和理由。", "Give the ground and the reason for the limited scope.")
        }
        let (now, releaseKey) = (world.now(), world.key())
        guard day >= now.beijingDay else {
            throw Refusal.invalid("expiresOn", "到期日不能早于今天。", "The last day can not be before today.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        return try await database.write { db in
            let chosen = try db.scalar(String.self, "SELECT method FROM method_choice WHERE review = \(key)")
            guard chosen == DisclosureMethod.limitedScope.rawValue else {
                throw Refusal.forbidden(
                    because: Text("公开方式的问题没有得出“限定范围公开”。", "The questions on the method do not end in “Limited scope”.")
                )
            }
            try Reviews.take(.release, on: key, seeing: hash, detail: hash, by: actor, at: now, in: db)
            let document = try Documents(database, world: world).document(
                try db.scalar(String.self, "SELECT document FROM review WHERE key = \(key)") ?? "",
                in: db
            )
            let content = document.content
            guard content.hash.hex == hash else { throw Refusal.stale }
            try db.run(
                """
                INSERT INTO limited_release (key, content, json, document, review, unit, title, language, reason, expires_on,
                    released_at, state)
                VALUES (\(releaseKey), \(hash), \(content.canonical), \(document.key), \(key), \(content.unit), \(content.title),
                    \(content.language), \(reason), \(day), \(now), \(LimitedRelease.State.released))
                """
            )
            try log("releaseLimited", on: releaseKey, by: actor, as: .leader, at: now, detail: hash, in: db)
            return releaseKey
        }
    }

    /// Takes it back from everyone, for good.
    public func withdraw(_ key: String, reason: String, by actor: Actor) async throws {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明撤回的理由。", "Say why it is withdrawn.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let row = try row(.withdraw, of: try release(key, in: db), by: actor)
            try db.run(
                """
                UPDATE limited_release SET state = \(row.to), withdrawn_at = \(now), withdrawn_reason = \(reason) WHERE key = \(key)
                """
            )
            try db.run("UPDATE limited_recipient SET token = NULL, session = NULL WHERE release = \(key)")
            try log("withdraw", on: key, by: actor, as: row.by, at: now, detail: reason, in: db)
        }
    }

    public func release(_ key: String) async throws -> LimitedRelease { try await database.read { try release(key, in: $0) } }

    /// The text as it was signed.
    public func content(of key: String) async throws -> Content {
        try await database.read { db in
            guard let json = try db.scalar(String.self, "SELECT json FROM limited_release WHERE key = \(key)") else {
                throw Refusal.notFound
            }
            return try JSONDecoder().decode(Content.self, from: Data(json.utf8))
        }
    }

    /// The newest limited release that came of a review; nil where it led to none.
    public func release(ofReview key: String) async throws -> LimitedRelease? {
        try await database.read { db in
            try db.first(LimitedRelease.self, "SELECT \(Self.columns) FROM limited_release WHERE review = \(key)")
        }
    }

    /// All that this person may look after, the newest first.
    public func all(for actor: Actor) async throws -> [LimitedRelease] {
        try await database.read { db in
            try db.all(LimitedRelease.self, "SELECT \(Self.columns) FROM limited_release ORDER BY key DESC")
                .filter { actor.mayOpen(unit: $0.unit) }
        }
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("limited/\(key)", in: $0) }
    }

    func release(_ key: String, in db: any Connection) throws -> LimitedRelease {
        guard let release = try db.first(LimitedRelease.self, "SELECT \(Self.columns) FROM limited_release WHERE key = \(key)") else {
            throw Refusal.notFound
        }
        return release
    }

    func row(
        _ step: LimitedRelease.Step,
        of release: LimitedRelease,
        by actor: Actor
    ) throws -> Lifecycle<LimitedRelease.State, LimitedRelease.Step>.Row {
        try actor.open(unit: release.unit)
        return try LimitedRelease.lifecycle.row(step, from: release.state, by: actor, taken: [])
    }

    func log(
        _ step: String,
        on key: String,
        by actor: Actor,
        as role: Role,
        at now: Moment,
        detail: String,
        in db: any Connection
    ) throws {
        try StepLog.write(step, on: "limited/\(key)", by: actor, as: role, at: now, detail: detail, in: db)
    }

    /// All but the text itself.
    static let columns: SQL = """
        key, content, document, review, unit, title, language, reason, expires_on, released_at, state, withdrawn_at, withdrawn_reason
        """

    public static let schema = [
        Migration(
            "2026-11-28 50 limited scope",
            """
            CREATE TABLE limited_release (
                key TEXT PRIMARY KEY,
                content TEXT NOT NULL,
                json TEXT NOT NULL,
                document TEXT NOT NULL REFERENCES document (key),
                review TEXT NOT NULL UNIQUE REFERENCES review (key),
                unit TEXT NOT NULL,
                title TEXT NOT NULL,
                language TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                expires_on TEXT NOT NULL,
                released_at TEXT NOT NULL,
                state TEXT NOT NULL,
                withdrawn_at TEXT,
                withdrawn_reason TEXT,
                CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
            );
            CREATE TABLE limited_recipient (
                release TEXT NOT NULL REFERENCES limited_release (key),
                number BIGINT NOT NULL,
                sealed TEXT NOT NULL,
                way TEXT NOT NULL,
                person TEXT REFERENCES person (key),
                state TEXT NOT NULL,
                mark BIGINT NOT NULL UNIQUE,
                token TEXT UNIQUE,
                session TEXT UNIQUE,
                opened_at TEXT,
                recalled_at TEXT,
                PRIMARY KEY (release, number)
            );
            CREATE INDEX limited_recipient_person ON limited_recipient (person);
            CREATE TABLE limited_reading (
                release TEXT NOT NULL,
                recipient BIGINT NOT NULL,
                at TEXT NOT NULL,
                FOREIGN KEY (release, recipient) REFERENCES limited_recipient (release, number)
            );
            CREATE INDEX limited_reading_release ON limited_reading (release, recipient, at);
            """
        )
    ]
}

extension LimitedRelease.State: SQLConvertible {}
extension Recipient.State: SQLConvertible {}
extension Recipient.Way: SQLConvertible {}
