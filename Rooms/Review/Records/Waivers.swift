import Core
import Storage

/// The rules that are waived for a content type, for a reason: a patent gazette prints names lawfully.
public struct Waivers: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Every waiver, those that hold first, then the newest.
    public func all() async throws -> [Waiver] {
        try await database.read { db in
            try db.all(
                Waiver.self,
                """
                SELECT w.*, p.name_zh, p.name_en FROM finding_waiver w JOIN person p ON p.key = w.person
                ORDER BY CASE WHEN w.ended_at IS NULL THEN 0 ELSE 1 END, w.key DESC
                """
            )
        }
    }

    /// From now on the rule is looked at again in every document of the content type; reviews that were signed stay signed.
    public func end(_ key: String, by actor: Actor) async throws {
        guard !actor.roles.isDisjoint(with: [.confidentialityReviewer, .leader]) else {
            throw Refusal.forbidden(because: Text("由保密审核人或者主要负责人终止豁免。", "The confidentiality reviewer or the leader ends a waiver."))
        }
        let role: Role = actor.roles.contains(.confidentialityReviewer) ? .confidentialityReviewer : .leader
        let now = world.now()
        try await database.write { db in
            let done = try db.run(
                "UPDATE finding_waiver SET ended_by = \(actor.person), ended_at = \(now) WHERE key = \(key) AND ended_at IS NULL"
            )
            guard done == 1 else { throw Refusal.notFound }
            try StepLog.write("endWaiver", on: "waiver/\(key)", by: actor, as: role, at: now, in: db)
        }
    }

    /// The waivers that hold for a content type.
    static func holding(for kind: Content.Kind, in db: any Connection) throws -> [Waiver] {
        try db.all(
            Waiver.self,
            """
            SELECT w.*, p.name_zh, p.name_en FROM finding_waiver w JOIN person p ON p.key = w.person
            WHERE w.kind = \(kind) AND w.ended_at IS NULL ORDER BY w.key
            """
        )
    }

    /// One waiver holds for a rule and a content type; a second one changes nothing.
    static func add(
        _ key: String,
        rule: String,
        kind: Content.Kind,
        reason: String,
        review: String,
        by actor: Actor,
        at now: Moment,
        in db: any Connection
    ) throws {
        guard try !holding(for: kind, in: db).contains(where: { $0.rule == rule }) else { return }
        try db.run(
            """
            INSERT INTO finding_waiver (key, kind, rule, reason, review, person, at)
            VALUES (\(key), \(kind), \(rule), \(reason), \(review), \(actor.person), \(now))
            """
        )
        let detail = "\(rule) \(kind.rawValue)"
        try StepLog.write("waive", on: "waiver/\(key)", by: actor, as: .confidentialityReviewer, at: now, detail: detail, in: db)
    }

    public static let schema = [
        Migration(
            "2026-11-27 40 waivers by content type",
            """
            CREATE TABLE finding_waiver (
                key TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                rule TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                review TEXT NOT NULL REFERENCES review (key),
                person TEXT NOT NULL REFERENCES person (key),
                at TEXT NOT NULL,
                ended_by TEXT,
                ended_at TEXT
            );
            CREATE UNIQUE INDEX finding_waiver_holding ON finding_waiver (kind, rule) WHERE ended_at IS NULL;
            """
        )
    ]
}
