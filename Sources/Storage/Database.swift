/// Where records are kept. Two engines conform, SQLite and PostgreSQL; both read the same SQL.
///
/// Every error of an engine is a `StorageError`; what the work itself throws passes unchanged.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Reads one consistent snapshot.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// One transaction, all or nothing. The work cannot await, so no mail or network call can hide in it; it may run
    /// again from its beginning when PostgreSQL finds that two writers crossed.
    @discardableResult
    func write<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Reads every page and every reference; the faults found, in the engine's words, and none when all is whole.
    func integrityFaults() async throws -> [String]
}

/// One transaction at work. It must not leave the closure that was given it.
///
/// A statement that fails ends the transaction, even when the error is caught: see `attempt`.
public protocol Connection {
    var dialect: Dialect { get }

    /// All rows of the result.
    func rows(_ sql: SQL) throws -> [Row]

    /// The number of rows changed.
    @discardableResult
    func run(_ sql: SQL) throws -> Int

    /// Hands over the rows of a SELECT one after another, in bounded memory. The body may use the connection, but not
    /// change what is being read.
    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Work that may fail without ending the transaction: what it wrote is undone, and the error is thrown on.
    func attempt<T>(_ work: () throws -> T) throws -> T
}

extension Connection {
    public func all<T: Decodable>(_ type: T.Type, _ sql: SQL) throws -> [T] {
        try rows(sql).map { try $0.decode(type) }
    }

    public func first<T: Decodable>(_ type: T.Type, _ sql: SQL) throws -> T? {
        try rows(sql).first?.decode(type)
    }

    public func each<T: Decodable>(_ type: T.Type, _ sql: SQL, _ body: (T) throws -> Void) throws {
        try each(sql) { try body($0.decode(type)) }
    }

    /// The first column of the first row; nil when there is no row, or when the cell is empty.
    public func scalar<T: Decodable>(_ type: T.Type, _ sql: SQL) throws -> T? {
        guard let row = try rows(sql).first, let value = row.values.first, value != .null else { return nil }
        return try Row(columns: Row.Columns([row.names[0]]), values: [value]).decode(type)
    }
}
