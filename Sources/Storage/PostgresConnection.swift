/// One transaction of the large engine.
final class PostgresConnection: Connection {
    private let session: PostgresSession
    private var cursors = 0

    /// What ended the transaction; every later statement meets it.
    private(set) var failure: PostgresRefusal?

    /// So many rows are fetched at once when they are handed over one after another.
    private static let fetched = 500

    var dialect: Dialect { .postgres }

    init(_ session: PostgresSession) {
        self.session = session
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try execute(sql).rows
    }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        try execute(sql).changed
    }

    /// By a cursor, not libpq's single-row mode, in which the body could not use the connection.
    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        cursors += 1
        let cursor = SQL(trusted: "c\(cursors)")
        try run("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)")
        let fetch: SQL = "FETCH \(SQL(trusted: "\(Self.fetched)")) FROM \(cursor)"
        var isFull = true
        while isFull {
            let rows = try rows(fetch)
            for row in rows { try body(row) }
            isFull = rows.count == Self.fetched
        }
        try run("CLOSE \(cursor)")
    }

    func attempt<T>(_ work: () throws -> T) throws -> T {
        try run("SAVEPOINT attempt")
        do {
            let value = try work()
            if let failure { throw failure.storageError }
            try run("RELEASE SAVEPOINT attempt")
            return value
        } catch {
            // A crossing of writers is not the work's affair: the whole transaction runs again.
            if let failure, failure.isPassing { throw error }
            failure = nil
            try? undo()
            throw error
        }
    }

    private func undo() throws {
        try run("ROLLBACK TO SAVEPOINT attempt")
        try run("RELEASE SAVEPOINT attempt")
    }

    private func execute(_ sql: SQL) throws -> PostgresResult {
        if let failure { throw failure.storageError }
        do {
            let (text, values) = sql.rendered(for: .postgres)
            return try session.execute(text, values.map { try $0.checked() })
        } catch let refusal as PostgresRefusal {
            failure = refusal
            throw refusal.storageError
        } catch let error as StorageError {
            failure = PostgresRefusal(error.kind, error.message)
            throw error
        }
    }
}
