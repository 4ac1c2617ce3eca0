import Core
import MerkleLog
import Storage

/// A document becomes public, or ceases to be, inside the transaction of the step that decided it.
extension Releases {
    func publish(
        _ document: Document,
        as key: String,
        reason: String,
        method: Release.Method,
        at now: Moment,
        in db: any Connection
    ) throws {
        let content = document.content
        let hash = content.hash
        let entry = LogEntry(kind: .release, key: key, content: hash.hex, title: content.title, unit: content.unit, at: now, reason: nil)
        let leaf = try log.append([entry], in: db)
        try insert(
            content,
            hash: hash,
            key: key,
            document: document.key,
            batch: nil,
            reason: reason,
            method: method,
            at: now,
            leaf: leaf,
            in: db
        )
        try db.run(
            """
            UPDATE release SET superseded_by = \(key)
            WHERE document = \(document.key) AND key <> \(key) AND superseded_by IS NULL
            """
        )
        try noteChange(ofReleases: try db.all(String.self, "SELECT key FROM release WHERE superseded_by = \(key)"), in: db)
        try Jobs.put("print", key: "print \(hash)", payload: key, at: now, in: db)
        try Jobs.put("library", key: "library \(key)", payload: document.key, at: now, in: db)
    }

    func take(back key: String, reason: String, by actor: Actor, as role: Role, at now: Moment, in db: any Connection) throws {
        let release = try release(key, in: db)
        guard release.state == .released else { throw Refusal.outOfTurn }
        let entry = LogEntry(
            kind: .withdrawal,
            key: key,
            content: release.content,
            title: release.title,
            unit: release.unit,
            at: now,
            reason: reason
        )
        let leaf = try log.append([entry], in: db)
        try db.run(
            """
            UPDATE release SET state = \(Release.State.withdrawn), withdrawn_at = \(now), withdrawn_reason = \(reason),
                withdrawal_leaf = \(leaf)
            WHERE key = \(key)
            """
        )
        // The text that it had taken the place of is the newest again.
        let older = try db.all(String.self, "SELECT key FROM release WHERE superseded_by = \(key)")
        try db.run("UPDATE release SET superseded_by = \(release.supersededBy) WHERE superseded_by = \(key)")
        try noteChange(ofReleases: [key] + older, in: db)
        let ids = try db.all(Int.self, "SELECT id FROM passage WHERE release = \(key)")
        for id in ids { try Self.passages.remove(id, in: db) }
        try db.run("DELETE FROM passage WHERE release = \(key)")
        try Jobs.put("forget", key: "forget \(key)", payload: key, at: now, in: db)
        let work = try db.scalar(String.self, "SELECT work FROM release WHERE key = \(key)") ?? release.document
        try Jobs.put("library", key: "library \(key) withdrawn", payload: work ?? key, at: now, in: db)
        try StepLog.write("withdraw", on: "release/\(key)", by: actor, as: role, at: now, detail: reason, in: db)
    }
}
