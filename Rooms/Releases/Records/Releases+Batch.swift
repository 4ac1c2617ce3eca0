import Core
import MerkleLog
import Scan
import Storage

/// A whole collection made public under one signature: a manifest of all hashes, a leaf for it, and a leaf a work.
extension Releases {
    public struct Batch: Codable, Equatable, Sendable {
        public let key: String
        public let title: String
        /// The hash of all works' hashes, in their order, a line each.
        public let manifest: String
        public let works: Int
        public let done: Int
    }

    /// Opens the batch that this manifest names, or finds it where an import stopped.
    /// - Parameter reviewer, leader: two persons; the drafter's import is reviewed and signed once, as a whole.
    public func open(title: String, manifest: Hash, works: Int, reviewer: Actor, leader: Actor) async throws -> Batch {
        guard reviewer.roles.contains(.confidentialityReviewer), leader.roles.contains(.leader), reviewer.person != leader.person else {
            throw Refusal.forbidden(
                because: Text("批量公开须由保密审核人和局领导两人签字。", "A batch is signed by two persons, a confidentiality reviewer and a leader.")
            )
        }
        let (key, now) = (world.key(), world.now())
        return try await database.write { db in
            if let open = try db.first(Batch.self, "SELECT * FROM batch WHERE manifest = \(manifest)") { return open }
            let entry = LogEntry(kind: .batch, key: key, content: manifest.hex, title: title, unit: leader.unit, at: now, reason: nil)
            try log.append([entry], in: db)
            try db.run(
                """
                INSERT INTO batch (key, title, manifest, works, signed_by, signed_at, done)
                VALUES (\(key), \(title), \(manifest), \(works), \("\(reviewer.person),\(leader.person)"), \(now), 0)
                """
            )
            let subject = "batch/\(key)"
            try StepLog.write("sign", on: subject, by: reviewer, as: .confidentialityReviewer, at: now, detail: manifest.hex, in: db)
            try StepLog.write("release", on: subject, by: leader, as: .leader, at: now, detail: manifest.hex, in: db)
            return Batch(key: key, title: title, manifest: manifest.hex, works: works, done: 0)
        }
    }

    /// Releases some works of a batch, all or none; a work that is in already is passed over.
    public func put(_ contents: [Content], in batch: Batch) async throws {
        let now = world.now()
        let hashed = contents.map { (content: $0, hash: $0.hash, key: world.key()) }
        if let marked = contents.first(where: { !SecrecyMark.marks(in: $0.everything).isEmpty }) {
            throw Refusal.unavailable(
                because: Text("《\(marked.title)》带有国家秘密标志，批次停止。", "\(marked.title) bears a secrecy mark; the batch stops.")
            )
        }
        try await database.write { db in
            let fresh = try hashed.filter { work in
                try db.scalar(Int.self, "SELECT 1 FROM release WHERE batch = \(batch.key) AND content = \(work.hash)") == nil
            }
            let entries = fresh.map { work in
                LogEntry(
                    kind: .release,
                    key: work.key,
                    content: work.hash.hex,
                    title: work.content.title,
                    unit: work.content.unit,
                    at: now,
                    reason: nil
                )
            }
            let leaf = try log.append(entries, in: db)
            for (place, work) in fresh.enumerated() {
                try insert(
                    work.content,
                    hash: work.hash,
                    key: work.key,
                    document: nil,
                    batch: batch.key,
                    reason: "法律、法规、规章和规范性文件应当主动公开（《政府信息公开条例》第二十条第一项）",
                    method: .internet,
                    at: now,
                    leaf: leaf + place,
                    in: db
                )
            }
            try db.run("UPDATE batch SET done = done + \(fresh.count) WHERE key = \(batch.key)")
        }
    }
}
