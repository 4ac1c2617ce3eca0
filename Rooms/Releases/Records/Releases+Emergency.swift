import Core
import MerkleLog
import Storage

/// Release by one person in an emergency, and its confirmation by another.
extension Releases {
    /// A leader makes a draft public at once; another person must confirm it.
    /// - Parameters:
    ///   - hash: the content hash that the leader had before the eyes.
    ///   - hours: within which another person confirms.
    public func releaseUrgently(_ document: String, seeing hash: String, reason: String, hours: Int, by actor: Actor) async throws -> String
    {
        guard actor.roles.contains(.leader) else {
            throw Refusal.forbidden(because: Text("紧急公开由局领导决定。", "A leader decides on a release in an emergency."))
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明紧急情况。", "Say what the emergency is.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let (now, key) = (world.now(), world.key())
        return try await database.write { db in
            let found = try Documents(database, world: world).document(document, in: db)
            guard found.content.hash.hex == hash else { throw Refusal.stale }
            let same = try db.scalar(
                Int.self,
                "SELECT 1 FROM release WHERE document = \(document) AND content = \(hash) AND state = \(Release.State.released)"
            )
            guard same == nil else { throw Refusal.outOfTurn }
            try refuseWhatIsWithheld(found, in: db)
            try publish(found, as: key, reason: reason, method: .internet, at: now, in: db)
            try db.run(
                """
                INSERT INTO emergency_release (release, person, at, due, state)
                VALUES (\(key), \(actor.person), \(now), \(now.adding(hours: hours)), \(EmergencyRelease.State.waiting))
                """
            )
            try StepLog.write("releaseUrgently", on: "release/\(key)", by: actor, as: .leader, at: now, detail: hash, in: db)
            return key
        }
    }

    /// What a reviewer of this very text said to withhold, or to disclose otherwise, is not overruled by haste.
    private func refuseWhatIsWithheld(_ document: Document, in db: any Connection) throws {
        guard let review = try Reviews.newest(of: document.key, in: db), review.hash == document.content.hash.hex else { return }
        try requireMethod(review.key, in: db)
        let found = try Reviews(database, world: world).found(by: review, in: db)
        guard !found.contains(where: { $0.decided?.decision == .redact }) else {
            throw Refusal.forbidden(
                because: Text("保密审核人已决定遮盖其中内容，请先遮盖。", "The reviewer decided to withhold parts of it: black them out first.")
            )
        }
    }

    /// Another person confirms an emergency release, or refuses it: then it is withdrawn in the same transaction.
    public func decide(_ step: EmergencyRelease.Step, on key: String, reason: String = "", by actor: Actor) async throws {
        guard step != .releaseUrgently else { throw Refusal.outOfTurn }
        if step == .refuse, reason.allSatisfy(\.isWhitespace) {
            throw Refusal.invalid("reason", "请写明不予确认的理由，理由将公开。", "Say why it is refused; the reason is made public.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            guard let found = try emergency(key, in: db) else { throw Refusal.notFound }
            let row = try EmergencyRelease.lifecycle.row(
                step,
                from: found.state,
                by: actor,
                taken: [.init(.releaseUrgently, by: found.person)]
            )
            let done = try db.run(
                """
                UPDATE emergency_release SET state = \(row.to), decided_by = \(actor.person), decided_at = \(now)
                WHERE release = \(key) AND state = \(EmergencyRelease.State.waiting)
                """
            )
            guard done == 1 else { throw Refusal.stale }
            let name = step == .confirm ? "confirmUrgent" : "refuseUrgent"
            try StepLog.write(name, on: "release/\(key)", by: actor, as: row.by, at: now, detail: reason, in: db)
            if row.to == .refused { try take(back: key, reason: reason, by: actor, as: row.by, at: now, in: db) }
        }
    }

    /// The emergency release of a key; nil where it was released the common way.
    public func emergency(_ key: String) async throws -> EmergencyRelease? {
        try await database.read { try emergency(key, in: $0) }
    }

    private func emergency(_ key: String, in db: any Connection) throws -> EmergencyRelease? {
        try db.first(EmergencyRelease.self, "\(Self.emergencies) WHERE emergency_release.release = \(key)")
    }

    /// Those that wait for their confirmation, the first due first.
    public func unconfirmed() async throws -> [EmergencyRelease] {
        try await database.read { db in
            try db.all(
                EmergencyRelease.self,
                """
                \(Self.emergencies)
                WHERE emergency_release.state = 'waiting' AND release.state = 'released' ORDER BY emergency_release.due, release.key
                """
            )
        }
    }

    private static let emergencies: SQL = """
        SELECT emergency_release.release, release.title, emergency_release.person, emergency_release.at, emergency_release.due,
            emergency_release.state, emergency_release.decided_at
        FROM emergency_release JOIN release ON release.key = emergency_release.release
        """

    static let emergencySchema = Migration(
        "2026-11-28 54 emergency releases",
        """
        CREATE TABLE emergency_release (
            release TEXT PRIMARY KEY REFERENCES release (key),
            person TEXT NOT NULL,
            at TEXT NOT NULL,
            due TEXT NOT NULL,
            state TEXT NOT NULL,
            decided_by TEXT,
            decided_at TEXT,
            CHECK (decided_by IS NULL OR decided_by <> person)
        );
        CREATE INDEX emergency_release_due ON emergency_release (state, due);
        """
    )
}

extension EmergencyRelease.State: SQLConvertible {}
