import Core
import Foundation
import MerkleLog
import Mosaic
import Storage

/// One click takes a proposed cure: the cured table is the draft's new version, attacked again; the old one stays in the trace.
extension Datasets {
    /// A version that another took the place of.
    public struct Former: Codable, Equatable, Sendable {
        public let number: Int
        public let hash: String
        public let rows: Int
        public let changeZh: String
        public let changeEn: String
        public let person: String
        public let at: Moment

        /// What was done to it.
        public var change: Text { Text(changeZh, changeEn) }
    }

    public func formers(of key: String) async throws -> [Former] {
        try await database.read { db in
            try db.all(
                Former.self,
                """
                SELECT number, hash, row_count AS rows, change_zh, change_en, person, at FROM dataset_version
                WHERE dataset = \(key) ORDER BY number
                """
            )
        }
    }

    /// The bytes of a former version, for those who may open the draft.
    public func former(_ number: Int, of key: String, for actor: Actor) async throws -> String {
        let (dataset, body) = try await database.read { db in
            (
                try self.dataset(key, in: db),
                try db.scalar(String.self, "SELECT body FROM dataset_version WHERE dataset = \(key) AND number = \(number)")
            )
        }
        try actor.open(unit: dataset.unit)
        guard let body else { throw Refusal.notFound }
        return body
    }

    /// - Parameters:
    ///   - number: the cure's place in the list that was shown.
    ///   - hash: the table that was shown.
    public func take(cure number: Int, on key: String, version: Int, seeing hash: String, by actor: Actor) async throws {
        let (dataset, table, risk) = try await draft(key, version: version, seeing: hash, by: actor)
        guard let check = risk.check, check.cures.indices.contains(number) else { throw Refusal.stale }
        let cure = check.cures[number]
        let earlier = try records(of: try await earlier())
        let changed: Microdata
        do throws(MosaicRefused) {
            changed = try Mosaic.cured(
                table,
                by: cure,
                against: earlier,
                quasi: risk.columns(.quasi, of: table),
                sensitive: risk.columns(.sensitive, of: table),
                k: risk.k
            )
        } catch { throw Refusal.invalid("cure", error.reason.zh, error.reason.en) }
        try await replace(dataset, with: changed, risk, because: Text(cure.sentence.zh, cure.sentence.en), by: actor)
    }

    /// The draft as it was shown, for its own drafter.
    func draft(
        _ key: String,
        version: Int,
        seeing hash: String,
        by actor: Actor
    ) async throws -> (dataset: Dataset, table: Microdata, risk: DatasetRisk) {
        let (dataset, table, risk) = try await open(key, for: actor)
        let sentence = Text("由起草单位的承办人修改数据表；送审后请先退回。", "The drafting unit's drafter changes a table; once submitted it is sent back first.")
        _ = try actor.acting(as: .drafter, or: sentence)
        guard dataset.unit == actor.unit else { throw Refusal.forbidden(because: sentence) }
        guard dataset.state == .drafted else { throw Refusal.outOfTurn }
        guard dataset.version == version, dataset.hash == hash else { throw Refusal.stale }
        return (dataset, table, risk)
    }

    /// Puts a changed table in the place of the draft, which goes to the former versions.
    func replace(
        _ dataset: Dataset,
        with table: Microdata,
        _ risk: DatasetRisk,
        because change: Text,
        by actor: Actor
    ) async throws {
        guard table.rows > 0, !table.columns.isEmpty else {
            throw Refusal.invalid("cure", "这样处理之后表中没有数据了。", "Nothing would be left of the table.")
        }
        let text = String(decoding: CSV.write(table), as: UTF8.self)
        // What is stored is what is read again: neutralised cells keep their apostrophe.
        let written = try CSV.read(text)
        var next = risk
        next.roles = risk.roles.filter { written[$0.key] != nil }
        let (fresh, now) = (try await assess(written, next, name: dataset.title), world.now())
        try await database.write { db in
            let number = (try db.scalar(Int.self, "SELECT max(number) FROM dataset_version WHERE dataset = \(dataset.key)") ?? 0) + 1
            try db.run(
                """
                INSERT INTO dataset_version (dataset, number, hash, row_count, body, risk, change_zh, change_en, person, at)
                SELECT key, \(number), hash, row_count, body, risk, \(change.zh), \(change.en), \(actor.person), \(now)
                FROM dataset WHERE key = \(dataset.key)
                """
            )
            let saved = try db.run(
                """
                UPDATE dataset SET body = \(text), hash = \(Hash(of: text)), row_count = \(written.rows), risk = \(try Self.json(fresh)),
                    version = version + 1
                WHERE key = \(dataset.key) AND version = \(dataset.version) AND state = \(Dataset.State.drafted)
                """
            )
            guard saved == 1 else { throw Refusal.stale }
            try StepLog.write("cure", on: "dataset/\(dataset.key)", by: actor, as: .drafter, at: now, detail: change.zh, in: db)
        }
    }
}
