/// One change of the schema, run once, in the order of its name.
///
/// Statements end with `;` at the end of a line; no line inside a statement may end so.
public struct Migration: Sendable {
    /// Begins with the date, so that the order of names is the order of time: `2026-01-10 disclosure requests`.
    public let name: String
    public let sql: String
    let postgres: String?

    public init(_ name: String, _ sql: String, postgres: String? = nil) {
        self.name = name
        self.sql = sql
        self.postgres = postgres
    }

    func statements(for dialect: Dialect) -> [SQL] {
        let text = dialect == .postgres ? postgres ?? sql : sql
        var statements = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let closes = line.utf8.last == UInt8(ascii: ";")
            statements[statements.count - 1] += (closes ? line.dropLast() : line) + "\n"
            if closes { statements.append("") }
        }
        return statements.filter { !$0.allSatisfy(\.isWhitespace) }.map { SQL(trusted: $0) }
    }

    /// FNV-1a over both texts: a guard against an accidental edit, not against an adversary.
    var checksum: String {
        let hash = "\(name)\u{0}\(sql)\u{0}\(postgres ?? "")".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

extension Database {
    /// Runs what has not run yet, each migration all or nothing.
    ///
    /// - Parameter migrations: all of the program, of every room.
    /// - Returns: the names of those run now.
    /// - Throws: `StorageError` of kind `.schema` when the database knows a migration that the program does not (a
    ///   newer program made it), or one whose text has changed since it ran.
    @discardableResult
    public func migrate(_ migrations: [Migration]) async throws -> [String] {
        let migrations = migrations.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (one, next) in zip(migrations, migrations.dropFirst()) where one.name == next.name {
            throw StorageError(.schema, "two migrations have the name \(one.name)")
        }
        let pending = try await write { db in
            try db.run("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)")
            return try db.pending(of: migrations)
        }
        var applied: [String] = []
        for migration in pending {
            let ran = try await write { db in
                try db.lockSchema()
                guard try db.pending(of: migrations).contains(where: { $0.name == migration.name }) else { return false }
                for statement in migration.statements(for: db.dialect) {
                    try db.run(statement)
                }
                try db.run("INSERT INTO migration (name, checksum) VALUES (\(migration.name), \(migration.checksum))")
                return true
            }
            if ran { applied.append(migration.name) }
        }
        return applied
    }
}

extension Connection {
    /// Two programs started at once migrate one after the other. A lock on the table, for it is taken before the
    /// snapshot is: after an advisory lock the second program would still see the state before the first.
    fileprivate func lockSchema() throws {
        guard dialect == .postgres else { return }
        try run("LOCK TABLE migration IN EXCLUSIVE MODE")
    }

    fileprivate func pending(of migrations: [Migration]) throws -> [Migration] {
        let done = try all(MigrationRun.self, "SELECT name, checksum FROM migration ORDER BY name")
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0.checksum) })
        for migration in done where known[migration.name] != migration.checksum {
            let fault = known[migration.name] == nil ? "is unknown to this program" : "has been changed since it ran"
            throw StorageError(.schema, "the migration “\(migration.name)” \(fault)")
        }
        let names = Set(done.map(\.name))
        return migrations.filter { !names.contains($0.name) }
    }
}

private struct MigrationRun: Decodable {
    let name: String
    let checksum: String
}
