import GRDB

/// The small engine: one file, no server.
///
/// Written through a write-ahead log; what is acknowledged is on the disk (`synchronous = FULL`).
public struct SQLite: Database {
    let writer: any DatabaseWriter

    public var dialect: Dialect { .sqlite }

    /// - Parameters:
    ///   - path: of the file, made when it does not exist; its folder must.
    ///   - readers: how many may read at the same moment.
    public init(path: String, readers: Int = 4) throws {
        writer = try Self.translated {
            var settings = Self.settings
            settings.maximumReaderCount = readers
            let pool = try DatabasePool(path: path, configuration: settings)
            // GRDB sets NORMAL when it turns the log on, after `prepareDatabase`.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
    }

    /// A database in memory that lives as long as this value.
    public init() throws {
        writer = try Self.translated { try DatabaseQueue(configuration: Self.settings) }
    }

    public func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        do {
            return try await writer.read { try Self.finish(SQLiteConnection($0), work) }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    @discardableResult
    public func write<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        do {
            return try await writer.write { try Self.finish(SQLiteConnection($0), work) }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    static var settings: Configuration {
        var settings = Configuration()
        settings.busyMode = .timeout(5)
        settings.foreignKeysEnabled = true
        settings.prepareDatabase { db in
            // LIKE as PostgreSQL has it.
            try db.execute(sql: "PRAGMA case_sensitive_like = ON")
            // KiB, for each connection.
            try db.execute(sql: "PRAGMA cache_size = -8000")
            // Mapped pages would count as resident memory.
            try db.execute(sql: "PRAGMA mmap_size = 0")
            db.add(tokenizer: BigramTokenizer.self)
        }
        return settings
    }

    static func translated<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    private static func finish<T>(_ connection: SQLiteConnection, _ work: (any Connection) throws -> T) throws -> T {
        let value = try work(connection)
        if let failure = connection.failure { throw failure }
        return value
    }
}
