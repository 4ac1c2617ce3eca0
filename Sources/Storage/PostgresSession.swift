import CPQ
import Dispatch
import Glibc

/// One connection to the server, with a thread of its own, since libpq blocks.
///
/// Unchecked: after `init` everything happens on `queue`, one thing after another.
final class PostgresSession: @unchecked Sendable {
    let queue = DispatchQueue(label: "postgres")

    private let handle: OpaquePointer
    private let statementLimit: Int
    private var statements: [String: Statement] = [:]
    private var prepared = 0

    /// A statement met for the second time is prepared.
    private enum Statement {
        case metOnce
        case prepared(name: String)
    }

    private static let mostAttempts = 12
    private static let mostStatements = 256

    init(_ address: String, statementLimit: Int) throws {
        guard let handle = PQconnectdb(address) else { throw StorageError(.connection, "out of memory") }
        self.handle = handle
        self.statementLimit = statementLimit
        do {
            try greet()
        } catch let error as PostgresRefusal {
            throw error.storageError
        }
    }

    deinit { PQfinish(handle) }

    /// Runs the work between `begin` and COMMIT, again from its beginning while writers cross.
    func transaction<T>(_ begin: String, _ work: (any Connection) throws -> T) throws -> T {
        var attempt = 1
        while true {
            let connection = PostgresConnection(self)
            do {
                try start(begin)
                do {
                    let value = try work(connection)
                    if let failure = connection.failure { throw failure }
                    try execute("COMMIT", [])
                    return value
                } catch {
                    _ = try? execute("ROLLBACK", [])
                    // What ended the transaction counts, not what the work made of it.
                    throw connection.failure ?? error
                }
            } catch let refusal as PostgresRefusal {
                guard refusal.isPassing, attempt < Self.mostAttempts else { throw refusal.storageError }
                if refusal.isStale { forgetStatements() }
                // The wait doubles; its odd part differs between connections, so that they do not meet again.
                let milliseconds = (1 << min(attempt, 7)) + Int(PQbackendPID(handle)) % (5 * attempt)
                usleep(UInt32(milliseconds * 1_000))
                attempt += 1
            }
        }
    }

    @discardableResult
    func execute(_ text: String, _ values: [SQL.Value]) throws -> PostgresResult {
        // A statement is prepared for types: the same text with an empty value is another one.
        let key = values.isEmpty ? text : text + " " + String(values.map(\.letter))
        switch statements[key] {
        case nil:
            if statements.count >= Self.mostStatements { forgetStatements() }
            statements[key] = .metOnce
            return try answer(to: values) { count, types, texts in
                PQexecParams(handle, text, count, types, texts, nil, nil, 0)
            }
        case .metOnce:
            prepared += 1
            let name = "s\(prepared)"
            try answer(to: values) { count, types, _ in PQprepare(handle, name, text, count, types) }
            statements[key] = .prepared(name: name)
            return try execute(text, values)
        case .prepared(let name):
            return try answer(to: values) { count, _, texts in
                PQexecPrepared(handle, name, count, texts, nil, nil, 0)
            }
        }
    }

    private func greet() throws {
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresRefusal(.connection, String(cString: PQerrorMessage(handle)))
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        PQsetClientEncoding(handle, "UTF8")
        try execute("SET statement_timeout = \(statementLimit)", [])
        try execute("SET idle_in_transaction_session_timeout = \(statementLimit * 4)", [])
        try execute("SET lock_timeout = \(statementLimit)", [])
        try execute("SET TIME ZONE 'UTC'", [])
        let kept = try execute(
            """
            SELECT datcollate, pg_encoding_to_char(encoding) AS encoding FROM pg_database
            WHERE datname = current_database()
            """,
            []
        ).rows
        let ordered = ["C", "C.UTF-8", "C.utf8", "POSIX"]
        guard case .text(let collation)? = kept.first?["datcollate"], ordered.contains(collation),
            kept.first?["encoding"] == .text("UTF8")
        else {
            throw PostgresRefusal(.schema, "the database must be made with ENCODING 'UTF8' LC_COLLATE 'C.UTF-8'")
        }
    }

    /// A connection that broke while idle is opened anew.
    private func start(_ begin: String) throws {
        do {
            if PQtransactionStatus(handle) != PQTRANS_IDLE { try reconnect() }
            try execute(begin, [])
        } catch let refusal as PostgresRefusal where refusal.storageError.kind == .connection {
            try reconnect()
            try execute(begin, [])
        }
    }

    private func reconnect() throws {
        statements.removeAll()
        PQreset(handle)
        try greet()
    }

    private func forgetStatements() {
        statements.removeAll()
        // In a transaction that failed the server refuses; names are never used twice, so nothing is confused.
        PQclear(PQexec(handle, "DEALLOCATE ALL"))
    }

    @discardableResult
    private func answer(
        to values: [SQL.Value],
        _ send: (Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?) -> OpaquePointer?
    ) throws -> PostgresResult {
        let types = values.map(\.oid)
        let copies = values.map { $0.parameter.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        let texts = copies.map { UnsafePointer($0) }
        let result = PostgresResult(send(Int32(values.count), types, texts))
        if let refusal = result.refusal(of: handle) { throw refusal }
        return result
    }
}
