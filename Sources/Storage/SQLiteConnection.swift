import Foundation
import GRDB

/// One transaction of the small engine.
final class SQLiteConnection: Connection {
    private let db: GRDB.Database

    /// As in PostgreSQL, a statement that fails ends the transaction, even when the error was caught.
    private(set) var failure: StorageError?

    var dialect: Dialect { .sqlite }

    init(_ db: GRDB.Database) {
        self.db = db
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try guarded {
            let (text, values) = sql.rendered(for: .sqlite)
            let statement = try db.cachedStatement(sql: text)
            var rows: [Row] = []
            try fetch(statement, values) { rows.append($0) }
            return rows
        }
    }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        try guarded {
            let (text, values) = sql.rendered(for: .sqlite)
            let before = db.totalChangesCount
            try db.cachedStatement(sql: text).execute(arguments: arguments(values))
            return db.totalChangesCount == before ? 0 : db.changesCount
        }
    }

    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        var thrown: (any Error)?
        do {
            try guarded {
                let (text, values) = sql.rendered(for: .sqlite)
                // A statement of its own: the body may run the same SQL.
                try fetch(db.makeStatement(sql: text), values) { row in
                    do { try body(row) } catch {
                        thrown = error
                        throw Stop()
                    }
                }
            }
        } catch is Stop {}
        if let thrown { throw thrown }
    }

    func attempt<T>(_ work: () throws -> T) throws -> T {
        try run("SAVEPOINT attempt")
        do {
            let value = try work()
            if let failure { throw failure }
            try run("RELEASE SAVEPOINT attempt")
            return value
        } catch {
            failure = nil
            try? undo()
            throw error
        }
    }

    private func undo() throws {
        try run("ROLLBACK TO SAVEPOINT attempt")
        try run("RELEASE SAVEPOINT attempt")
    }

    private struct Stop: Error {}

    private func fetch(_ statement: Statement, _ values: [SQL.Value], _ body: (Row) throws -> Void) throws {
        let columns = Row.Columns(statement.columnNames)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(values))
        while let row = try cursor.next() {
            let values = row.databaseValues.map { SQL.Value($0) }
            try body(Row(columns: columns, values: Array(values)))
        }
    }

    private func arguments(_ values: [SQL.Value]) throws -> StatementArguments {
        StatementArguments(try values.map { try $0.checked().grdb })
    }

    private func guarded<T>(_ work: () throws -> T) throws -> T {
        if let failure { throw failure }
        do {
            return try work()
        } catch let error as DatabaseError {
            let error = StorageError(error)
            failure = error
            throw error
        } catch let error as StorageError {
            failure = error
            throw error
        }
    }
}

extension SQL.Value {
    fileprivate var grdb: DatabaseValue {
        switch self {
        case .null: .null
        case .bool(let truth): truth.databaseValue
        case .int(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .int(Int(number))
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(Array(data))
        }
    }
}
