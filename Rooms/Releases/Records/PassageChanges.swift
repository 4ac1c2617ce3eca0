import Core
import Storage

/// Numbers what changes in search, so that each node's index takes in every change once and all nodes hold the same.
///
/// A change names passages to be looked at again; what they hold now, and whether they are still public, the passages
/// themselves tell.
extension Releases {
    static let changesSchema = Migration(
        "2026-11-27 42 changes of passages",
        """
        CREATE TABLE passage_change (
            number BIGINT PRIMARY KEY,
            lowest BIGINT NOT NULL,
            highest BIGINT NOT NULL,
            mark TEXT NOT NULL
        )
        """
    )

    struct PassageChange: Decodable, Sendable {
        /// Grows by one with each change: the key holds two writers apart.
        let number: Int
        let lowest, highest: Int
        /// Like no other change's: a log that was put back and went on another way is told by it.
        let mark: String
    }

    /// Notes a change in the transaction that makes it.
    func noteChange(of passages: ClosedRange<Int>, in db: any Connection) throws {
        let number = (try db.scalar(Int.self, "SELECT max(number) FROM passage_change") ?? 0) + 1
        try db.run(
            """
            INSERT INTO passage_change (number, lowest, highest, mark)
            VALUES (\(number), \(passages.lowerBound), \(passages.upperBound), \(world.key()))
            """
        )
    }

    /// The passages of a release were numbered in one transaction, one after another.
    func noteChange(ofReleases keys: [String], in db: any Connection) throws {
        for key in keys {
            guard let lowest = try db.scalar(Int.self, "SELECT min(id) FROM passage WHERE release = \(key)"),
                let highest = try db.scalar(Int.self, "SELECT max(id) FROM passage WHERE release = \(key)")
            else { continue }
            try noteChange(of: lowest...highest, in: db)
        }
    }

    /// The changes after a number, some at a time.
    func changes(after number: Int, limit: Int = 200) async throws -> [PassageChange] {
        try await database.read { db in
            try db.all(
                PassageChange.self,
                "SELECT * FROM passage_change WHERE number > \(number) ORDER BY number LIMIT \(limit)"
            )
        }
    }

    /// The last change; nil before the first.
    func lastChange() async throws -> PassageChange? {
        try await database.read { db in
            try db.first(PassageChange.self, "SELECT * FROM passage_change ORDER BY number DESC LIMIT 1")
        }
    }

    /// Whether the change of that number is the one that was taken in.
    func holds(change number: Int, mark: String) async throws -> Bool {
        try await database.read { db in
            try db.scalar(String.self, "SELECT mark FROM passage_change WHERE number = \(number)") == mark
        }
    }
}
