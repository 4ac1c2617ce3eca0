import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// Each day's ends of the step log and of the audit become a leaf: from then on neither can be rewritten unseen.
extension TransparencyLog {
    /// What an anchor's leaf says in its `reason`: each chain's last line and its hash.
    struct Anchor: Codable {
        let steps, audit: End?

        struct End: Codable {
            let number: Int
            let chain: String
        }
    }

    /// Anchors the chains as they stand, once a day.
    public func anchor(_ day: Day) async throws {
        let now = world.now()
        try await database.write { db in
            let key = "anchor-\(day)"
            let known = try db.scalar(Int.self, "SELECT 1 FROM log_anchor WHERE day = \(day)")
            guard known == nil else { return }
            func end(_ chain: Chain) throws -> Anchor.End? {
                try chain.end(in: db).map { Anchor.End(number: $0.number, chain: $0.chain) }
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let ends = String(decoding: try encoder.encode(Anchor(steps: try end(.steps), audit: try end(.audit))), as: UTF8.self)
            let entry = LogEntry(
                kind: .anchor,
                key: key,
                content: Hash(of: ends).hex,
                title: "\(day)",
                unit: "",
                at: now,
                reason: ends
            )
            let leaf = try append([entry], in: db)
            try db.run("INSERT INTO log_anchor (day, leaf) VALUES (\(day), \(leaf))")
        }
    }

    /// Whether the chains still hold the lines that were anchored.
    func anchorFaults(in db: any Connection) throws -> [String] {
        struct Row: Decodable {
            let day, data: String
        }
        let rows = try db.all(
            Row.self,
            "SELECT log_anchor.day, log_leaf.data FROM log_anchor JOIN log_leaf ON log_leaf.number = log_anchor.leaf ORDER BY day"
        )
        return try rows.flatMap { row -> [String] in
            let anchor: Anchor
            do {
                let entry = try JSONDecoder().decode(LogEntry.self, from: Data(row.data.utf8))
                anchor = try JSONDecoder().decode(Anchor.self, from: Data((entry.reason ?? "").utf8))
            } catch { return ["the anchor of \(row.day) can not be read: \(error)"] }
            func fault(_ chain: Chain, _ end: Anchor.End?) throws -> String? {
                guard let end, try chain.hash(ofLine: end.number, in: db) != end.chain else { return nil }
                return "line \(end.number) of the \(chain.name) is not the one that was anchored on \(row.day)"
            }
            return [try fault(.steps, anchor.steps), try fault(.audit, anchor.audit)].compactMap(\.self)
        }
    }
}
