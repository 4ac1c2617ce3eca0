import Core
import Foundation
import MerkleLog
import Mosaic
import Storage

/// What the desk and the portal read of the tables.
extension Datasets {
    private static let columns: SQL = """
        key, unit, title, hash, row_count AS rows, drafter, state, version, released_at, leaf, withdrawn_at, withdrawn_reason, withdrawal_leaf
        """

    /// A table as its unit and the reviewers see it.
    public func open(_ key: String, for actor: Actor) async throws -> (dataset: Dataset, table: Microdata, risk: DatasetRisk) {
        let (dataset, body, risk): (Dataset, String, DatasetRisk) = try await database.read { db in
            let dataset = try self.dataset(key, in: db)
            return (dataset, try self.body(key, in: db), try self.risk(key, in: db))
        }
        if dataset.state != .released { try actor.open(unit: dataset.unit) }
        // What an attacker could do with a table is its unit's and the reviewers' to know, though the table is public.
        return (dataset, try CSV.read(body), actor.mayOpen(unit: dataset.unit) ? risk : DatasetRisk(roles: risk.roles, k: risk.k))
    }

    /// The tables that this person may see at the desk, the newest first.
    public func datasets(for actor: Actor) async throws -> [Dataset] {
        let all = try await database.read { db in
            try db.all(Dataset.self, "SELECT \(Self.columns) FROM dataset ORDER BY key DESC LIMIT 500")
        }
        return all.filter { $0.state == .released || actor.mayOpen(unit: $0.unit) }
    }

    /// What is public, the newest first.
    public func released() async throws -> [Dataset] {
        try await database.read { db in
            try db.all(
                Dataset.self,
                "SELECT \(Self.columns) FROM dataset WHERE state = \(Dataset.State.released) ORDER BY released_at DESC, key DESC"
            )
        }
    }

    /// A published table, read again.
    public static func table(of body: String) throws -> Microdata { try CSV.read(body) }

    /// A table that is or was public, with its published bytes; those of a withdrawn one are empty.
    public func published(_ key: String) async throws -> (dataset: Dataset, body: String) {
        try await database.read { db in
            let dataset = try self.dataset(key, in: db)
            guard dataset.releasedAt != nil else { throw Refusal.notFound }
            return (dataset, dataset.state == .released ? try self.body(key, in: db) : "")
        }
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("dataset/\(key)", in: $0) }
    }

    /// What this person may do with a table now.
    public func open(_ dataset: Dataset, to actor: Actor) async throws -> [Lifecycle<Dataset.State, Dataset.Step>.Row] {
        let taken = try await database.read { try self.taken(dataset.key, in: $0) }
        return Dataset.lifecycle.open(from: dataset.state, to: actor, taken: taken)
            .filter { $0.step != .submit || dataset.unit == actor.unit }
    }

    /// A table that is or was out.
    struct Earlier: Sendable {
        let title, body: String
        let counts: CountsForm?
    }

    /// Every table that was ever released.
    func earlier() async throws -> [Earlier] {
        struct Line: Decodable {
            let title, body, risk: String
        }
        let lines = try await database.read { db in
            try db.all(Line.self, "SELECT title, body, risk FROM dataset WHERE released_at IS NOT NULL ORDER BY released_at, key")
        }
        return try lines.map { Earlier(title: $0.title, body: $0.body, counts: try Self.risk(read: $0.risk, of: $0.title).counts) }
    }

    /// Those of them that hold records: counts are attacked in another way.
    func records(of earlier: [Earlier]) throws(MosaicRefused) -> [EarlierRelease] {
        var found: [EarlierRelease] = []
        for earlier in earlier where earlier.counts == nil {
            found.append(EarlierRelease(name: earlier.title, table: try CSV.read(earlier.body)))
        }
        return found
    }

    func out() async throws -> Int { try await database.read { try countOut(in: $0) } }

    func countOut(in db: any Connection) throws -> Int {
        try db.scalar(Int.self, "SELECT count(*) FROM dataset WHERE released_at IS NOT NULL") ?? 0
    }

    func dataset(_ key: String, in db: any Connection) throws -> Dataset {
        let found = try db.first(Dataset.self, "SELECT \(Self.columns) FROM dataset WHERE key = \(key)")
        guard let found else { throw Refusal.notFound }
        return found
    }

    private func body(_ key: String, in db: any Connection) throws -> String {
        try db.scalar(String.self, "SELECT body FROM dataset WHERE key = \(key)") ?? ""
    }

    func risk(_ key: String, in db: any Connection) throws -> DatasetRisk {
        try Self.risk(read: try db.scalar(String.self, "SELECT risk FROM dataset WHERE key = \(key)") ?? "", of: key)
    }

    private static func risk(read json: String, of name: String) throws -> DatasetRisk {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "infinite",
            negativeInfinity: "-infinite",
            nan: "none"
        )
        do { return try decoder.decode(DatasetRisk.self, from: Data(json.utf8)) } catch {
            throw StorageError(.corrupt, "the check of dataset \(name) can not be read: \(error)")
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 32 datasets",
            """
            CREATE TABLE dataset (
                key TEXT PRIMARY KEY,
                unit TEXT NOT NULL,
                title TEXT NOT NULL,
                hash TEXT NOT NULL,
                row_count BIGINT NOT NULL,
                body TEXT NOT NULL,
                risk TEXT NOT NULL,
                drafter TEXT NOT NULL,
                state TEXT NOT NULL,
                version BIGINT NOT NULL,
                released_at TEXT,
                leaf BIGINT UNIQUE,
                withdrawn_at TEXT,
                withdrawn_reason TEXT,
                withdrawal_leaf BIGINT,
                CHECK ((state = 'released' OR state = 'withdrawn') = (leaf IS NOT NULL)),
                CHECK ((state = 'withdrawn') = (withdrawal_leaf IS NOT NULL))
            );
            CREATE INDEX dataset_released ON dataset (released_at);
            """
        )
    ]
}
