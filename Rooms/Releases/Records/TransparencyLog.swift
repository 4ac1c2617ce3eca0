import Core
import Foundation
import MerkleLog
import Storage

/// The public log: each release and each withdrawal is a leaf, and every head is signed.
public struct TransparencyLog: Sendable {
    public let database: any Database
    public let world: World
    public let key: SigningKey
    /// The log's name, as its heads carry it.
    public let origin: String

    public init(_ database: any Database, world: World, key: SigningKey, origin: String) {
        (self.database, self.world, self.key, self.origin) = (database, world, key, origin)
    }

    /// Adds leaves behind the last and signs the new head, in the caller's transaction.
    /// - Returns: the number of the first of them.
    @discardableResult
    func append(_ entries: [LogEntry], in db: any Connection) throws -> Int {
        let size = try self.size(in: db)
        let leaves = entries.map { MerkleTree.leaf(Array($0.canonical.utf8)) }
        let made = try tree(size, in: db).nodesCompleted(byAppending: leaves)
        for (place, entry) in entries.enumerated() {
            try db.run("INSERT INTO log_leaf (number, data) VALUES (\(size + place), \(entry.canonical))")
        }
        for (place, hash) in made {
            try db.run("INSERT INTO log_node (level, number, hash) VALUES (\(place.level), \(place.index), \(hash))")
        }
        try sign(size: size + entries.count, in: db)
        return size
    }

    private func sign(size: Int, in db: any Connection) throws {
        let root = try tree(size, in: db).root()
        let head = key.sign(origin: origin, size: size, root: root, at: world.now().description)
        try db.run(
            """
            INSERT INTO log_head (size, note) VALUES (\(size), \(head.note(signedBy: key.verifyingKey)))
            ON CONFLICT (size) DO UPDATE SET note = excluded.note
            """
        )
    }

    /// The newest head, as a signed note.
    public func head() async throws -> String {
        let stored = try await database.read { db in
            try db.scalar(String.self, "SELECT note FROM log_head ORDER BY size DESC LIMIT 1")
        }
        if let stored { return stored }
        return key.sign(origin: origin, size: 0, root: MerkleTree.emptyRoot, at: world.now().description)
            .note(signedBy: key.verifyingKey)
    }

    public func size() async throws -> Int { try await database.read { try size(in: $0) } }

    /// The text of a leaf, whose hash the tree holds.
    public func leaf(_ number: Int) async throws -> String {
        try await database.read { db in
            guard let data = try db.scalar(String.self, "SELECT data FROM log_leaf WHERE number = \(number)") else {
                throw Refusal.notFound
            }
            return data
        }
    }

    public func inclusionProof(of leaf: Int, size: Int? = nil) async throws -> (size: Int, proof: [Hash]) {
        try await database.read { db in
            let newest = try self.size(in: db)
            let size = size ?? newest
            guard (1...max(newest, 1)).contains(size), size <= newest, (0..<size).contains(leaf) else { throw Refusal.notFound }
            return (size, try tree(size, in: db).inclusionProof(of: leaf))
        }
    }

    public func consistencyProof(from older: Int, to newer: Int) async throws -> [Hash] {
        try await database.read { db in
            guard (0...newer).contains(older), newer <= (try size(in: db)) else { throw Refusal.notFound }
            return try tree(newer, in: db).consistencyProof(from: older)
        }
    }

    func size(in db: any Connection) throws -> Int { try db.scalar(Int.self, "SELECT count(*) FROM log_leaf") ?? 0 }

    func tree(_ size: Int, in db: any Connection) -> MerkleTree {
        MerkleTree(size: size) { place in
            let hex = try db.scalar(
                String.self,
                "SELECT hash FROM log_node WHERE level = \(place.level) AND number = \(place.index)"
            )
            guard let hash = hex.flatMap({ Hash($0) }) else {
                throw StorageError(.corrupt, "node \(place.level)/\(place.index) of the log is missing")
            }
            return hash
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 06 transparency log",
            """
            CREATE TABLE log_leaf (number BIGINT PRIMARY KEY, data TEXT NOT NULL);
            CREATE TABLE log_node (
                level BIGINT NOT NULL, number BIGINT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (level, number)
            );
            CREATE TABLE log_head (size BIGINT PRIMARY KEY, note TEXT NOT NULL);
            """
        ),
        Migration(
            "2026-11-27 12 anchors",
            "CREATE TABLE log_anchor (day TEXT PRIMARY KEY, leaf BIGINT NOT NULL REFERENCES log_leaf (number));"
        ),
    ]
}

/// What a leaf says.
public struct LogEntry: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case release
        /// A table of data.
        case dataset
        case withdrawal
        case batch
        /// The day's ends of the step log and the audit: neither can be rewritten behind them.
        case anchor
    }

    public let kind: Kind
    /// The release's or the batch's key.
    public let key: String
    /// The content's hash, or that of a batch's manifest.
    public let content: String
    public let title: String
    public let unit: String
    public let at: Moment
    public let reason: String?

    public var canonical: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
            preconditionFailure("a log entry is always JSON: \(error)")
        }
    }
}
