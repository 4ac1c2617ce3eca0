import Core
import Foundation
import MerkleLog
import Storage

/// Checks the log against what is stored, and against a head that somebody kept.
extension TransparencyLog {
    public struct Verdict: Encodable, Equatable, Sendable {
        public let size: Int
        public let root: String
        /// What does not agree, a sentence each; empty when all is whole.
        public let faults: [String]
    }

    /// Reads every leaf and every content anew. - Parameter older: a head kept from before, as a signed note.
    public func verify(against older: SignedHead? = nil) async throws -> Verdict {
        try await database.read { db in
            var faults: [String] = []
            var nodes: [MerkleTree.Place: Hash] = [:]
            var size = 0
            var waiting: [Hash] = []
            func take() throws {
                let tree = MerkleTree(size: size) { place in
                    guard let hash = nodes[place] else { throw StorageError(.corrupt, "no node \(place)") }
                    return hash
                }
                for (place, hash) in try tree.nodesCompleted(byAppending: waiting) { nodes[place] = hash }
                size += waiting.count
                waiting = []
            }
            try db.each(Leaf.self, "SELECT number, data FROM log_leaf ORDER BY number") { leaf in
                if leaf.number != size + waiting.count { faults.append("leaf \(size + waiting.count) is missing") }
                waiting.append(MerkleTree.leaf(Array(leaf.data.utf8)))
                if waiting.count == 1024 { try take() }
            }
            try take()
            let tree = MerkleTree(size: size) { place in
                guard let hash = nodes[place] else { throw StorageError(.corrupt, "no node \(place)") }
                return hash
            }
            let root = try tree.root()
            faults += try headFaults(size: size, root: root, in: db)
            if let older { faults += try faultsAgainst(older, tree) }
            faults += try contentFaults(in: db) + datasetFaults(in: db) + limitedFaults(in: db) + attachmentFaults(in: db)
            faults += try Chain.steps.brokenLines(in: db).map { "line \($0) of the step log was changed" }
            faults += try Chain.audit.brokenLines(in: db).map { "line \($0) of the audit was changed" }
            faults += try anchorFaults(in: db)
            return Verdict(size: size, root: root.hex, faults: faults)
        }
    }

    private struct Leaf: Decodable {
        let number: Int
        let data: String
    }

    private func headFaults(size: Int, root: Hash, in db: any Connection) throws -> [String] {
        guard let note = try db.scalar(String.self, "SELECT note FROM log_head ORDER BY size DESC LIMIT 1") else {
            return size == 0 ? [] : ["the log has leaves but no signed head"]
        }
        let head: SignedHead
        do { head = try SignedHead(note: note) } catch { return ["the newest head can not be read: \(error)"] }
        var faults: [String] = []
        if !head.isSigned(by: key.verifyingKey) { faults.append("the newest head is not signed by the log's key") }
        if head.size != size || head.root != root { faults.append("the newest head is not that of the \(size) stored leaves") }
        return faults
    }

    private func faultsAgainst(_ older: SignedHead, _ tree: MerkleTree) throws -> [String] {
        guard older.isSigned(by: key.verifyingKey) else { return ["the older head is not signed by this log's key"] }
        guard older.size <= tree.size else { return ["the log is shorter than the older head says: \(tree.size) < \(older.size)"] }
        let proof = try tree.consistencyProof(from: older.size)
        let holds = Proof.verifyConsistency(
            from: older.size,
            oldRoot: older.root,
            to: tree.size,
            newRoot: try tree.root(),
            proof: proof
        )
        return holds ? [] : ["the log no longer begins as the older head says"]
    }

    private func datasetFaults(in db: any Connection) throws -> [String] {
        struct Row: Decodable {
            let key, hash, title, body: String
            let data: String?
        }
        var faults: [String] = []
        try db.each(
            Row.self,
            """
            SELECT dataset.key, dataset.hash, dataset.title, dataset.body, log_leaf.data
            FROM dataset LEFT JOIN log_leaf ON log_leaf.number = dataset.leaf
            WHERE dataset.released_at IS NOT NULL ORDER BY dataset.key
            """
        ) { row in
            if Hash(of: row.body).hex != row.hash { faults.append("the table \(row.title) (\(row.key)) was changed") }
            let entry = row.data.flatMap { try? JSONDecoder().decode(LogEntry.self, from: Data($0.utf8)) }
            if entry?.key != row.key || entry?.content != row.hash {
                faults.append("the table \(row.title) (\(row.key)) has no leaf of its own")
            }
        }
        return faults
    }

    /// What was disclosed to a few stands in no leaf; its hash is in the step log, whose days are anchored.
    private func limitedFaults(in db: any Connection) throws -> [String] {
        struct Row: Decodable {
            let key, content, json: String
            let logged: String?
        }
        var faults: [String] = []
        try db.each(
            Row.self,
            """
            SELECT limited_release.key, limited_release.content, limited_release.json, step_log.detail AS logged FROM limited_release
            LEFT JOIN step_log ON step_log.subject = 'limited/' || limited_release.key AND step_log.step = 'releaseLimited'
            ORDER BY limited_release.key
            """
        ) { row in
            if Hash(of: row.json).hex != row.content || row.logged != row.content {
                faults.append("the limited release \(row.key) was changed")
            }
        }
        return faults
    }

    private func contentFaults(in db: any Connection) throws -> [String] {
        struct Row: Decodable {
            let key, content, data, json, title, state: String
            let withdrawalLeaf: Int?
        }
        var faults: [String] = []
        try db.each(
            Row.self,
            """
            SELECT release.key, release.content, release.title, release.state, release.withdrawal_leaf, log_leaf.data, content.json
            FROM release JOIN log_leaf ON log_leaf.number = release.leaf JOIN content ON content.hash = release.content
            ORDER BY release.leaf
            """
        ) { row in
            if Hash(of: row.json).hex != row.content { faults.append("the content of \(row.title) (\(row.key)) was changed") }
            do {
                let entry = try JSONDecoder().decode(LogEntry.self, from: Data(row.data.utf8))
                if entry.key != row.key || entry.content != row.content {
                    faults.append("the leaf of \(row.title) (\(row.key)) is another's")
                }
            } catch { faults.append("the leaf of \(row.title) (\(row.key)) can not be read: \(error)") }
            if (row.state == "withdrawn") != (row.withdrawalLeaf != nil) {
                faults.append("\(row.title) (\(row.key)) is \(row.state) without a leaf that says so")
            }
        }
        let lost = try db.scalar(
            Int.self,
            """
            SELECT count(*) FROM release
            WHERE leaf NOT IN (SELECT number FROM log_leaf) OR content NOT IN (SELECT hash FROM content)
            """
        )
        if let lost, lost > 0 { faults.append("\(lost) releases have no leaf or no content") }
        return faults
    }
}
