import GRDB

/// What SQLite's refusals mean.
extension StorageError {
    init(_ error: DatabaseError) {
        self.init(Self.kind(of: error), error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")
    }

    private static func kind(of error: DatabaseError) -> Kind {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            return uniqueViolation(error.message ?? "")
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return .foreignKey
        case .SQLITE_CONSTRAINT_CHECK: return .checkViolation
        case .SQLITE_CONSTRAINT_NOTNULL: return .notNull
        default: break
        }
        switch error.resultCode {
        case .SQLITE_FULL: return .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_INTERRUPT: return .timeout
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_PERM: return .connection
        default: return .other
        }
    }

    /// From `UNIQUE constraint failed: person.name, person.unit`.
    private static func uniqueViolation(_ message: String) -> Kind {
        let names = message.split(separator: ": ").last?.split(separator: ", ").map { $0.split(separator: ".") } ?? []
        guard let table = names.first?.first, names.allSatisfy({ $0.count == 2 }) else {
            return .uniqueViolation(table: "", columns: [])
        }
        return .uniqueViolation(table: String(table), columns: names.map { String($0[1]) })
    }
}
