import Dispatch
import Synchronization

/// The large engine: a server, reached by several connections at once.
///
/// Writes are SERIALIZABLE and run again when two crossed; reads see one snapshot (REPEATABLE READ). The database must
/// keep text as UTF-8 and order it by code point (`LC_COLLATE 'C.UTF-8'` or `'C'`), as SQLite does.
public final class Postgres: Database {
    private let address: String
    private let statementLimit: Int
    private let pool: Mutex<Pool>

    public var dialect: Dialect { .postgres }

    /// - Parameters:
    ///   - address: `postgres://user:password@host/database?sslmode=verify-full`, or as libpq reads it.
    ///   - connections: how many transactions may run at the same moment.
    ///   - statementLimit: how long one statement may take, in milliseconds.
    public init(_ address: String, connections: Int = 4, statementLimit: Int = 30_000) throws {
        self.address = address
        self.statementLimit = statementLimit
        let first = try PostgresSession(address, statementLimit: statementLimit)
        pool = Mutex(Pool(idle: [first], unopened: max(connections, 1) - 1))
    }

    public func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work)
    }

    @discardableResult
    public func write<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await transaction("BEGIN ISOLATION LEVEL SERIALIZABLE", work)
    }

    public func integrityFaults() async throws -> [String] {
        try await read { db in
            let unchecked = "SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname" as SQL
            return try db.all(String.self, unchecked).map { "the constraint \($0) has not been checked" }
        }
    }

    private func transaction<T: Sendable>(
        _ begin: String,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try Task.checkCancellation()
        let session = try await take()
        defer { give(session) }
        return try await withCheckedThrowingContinuation { continuation in
            session.queue.async {
                continuation.resume(with: Result { try session.transaction(begin, work) })
            }
        }
    }

    private struct Pool {
        var idle: [PostgresSession]
        var unopened: Int
        var waiting: [CheckedContinuation<PostgresSession?, Never>] = []
    }

    private enum Turn {
        case session(PostgresSession)
        case open
        case wait
    }

    private func take() async throws -> PostgresSession {
        // A waiter woken without a session has been given the right to open one.
        let session: PostgresSession? = await withCheckedContinuation { continuation in
            let turn: Turn = pool.withLock { pool in
                if let session = pool.idle.popLast() { return .session(session) }
                if pool.unopened > 0 {
                    pool.unopened -= 1
                    return .open
                }
                pool.waiting.append(continuation)
                return .wait
            }
            switch turn {
            case .session(let session): continuation.resume(returning: session)
            case .open: continuation.resume(returning: nil)
            case .wait: break
            }
        }
        if let session { return session }
        do {
            return try PostgresSession(address, statementLimit: statementLimit)
        } catch {
            giveUp()
            throw error
        }
    }

    private func give(_ session: PostgresSession) {
        let waiter = pool.withLock { pool -> CheckedContinuation<PostgresSession?, Never>? in
            if !pool.waiting.isEmpty { return pool.waiting.removeFirst() }
            pool.idle.append(session)
            return nil
        }
        waiter?.resume(returning: session)
    }

    private func giveUp() {
        let waiter = pool.withLock { pool -> CheckedContinuation<PostgresSession?, Never>? in
            if !pool.waiting.isEmpty { return pool.waiting.removeFirst() }
            pool.unopened += 1
            return nil
        }
        waiter?.resume(returning: nil)
    }
}
