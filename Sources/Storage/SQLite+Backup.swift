import GRDB

/// A whole copy of the file while it is in use, and a check that all is readable.
extension SQLite {
    /// Copies one consistent state into a new file, then reads the copy through.
    ///
    /// - Throws: `StorageError` of kind `.corrupt` when the copy has faults; `.other` when the file is not empty.
    public func backup(to path: String) async throws {
        try Self.translated {
            let copy = try DatabaseQueue(path: path, configuration: Self.settings)
            let tables = try copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            guard tables == 0 else { throw StorageError(.other, "\(path) is a database already") }
            try writer.backup(to: copy)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            let faults = try copy.read { try Self.faults(in: $0) }
            try copy.close()
            guard faults.isEmpty else { throw StorageError(.corrupt, faults.joined(separator: "; ")) }
        }
    }

    public func integrityFaults() async throws -> [String] {
        do {
            return try await writer.read { try Self.faults(in: $0) }
        } catch let error as DatabaseError {
            let error = StorageError(error)
            // Too damaged to be checked to the end.
            guard error.kind == .corrupt else { throw error }
            return [error.message]
        }
    }

    private static func faults(in db: GRDB.Database) throws -> [String] {
        let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let references = try GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
            "a row of \(row[0] as String? ?? "?") points at nothing in \(row[2] as String? ?? "?")"
        }
        return pages + references
    }
}
