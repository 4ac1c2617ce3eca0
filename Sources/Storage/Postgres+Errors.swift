/// What PostgreSQL's refusals mean, and which of them pass when the transaction runs again.
struct PostgresRefusal: Error {
    let storageError: StorageError

    /// Two writers crossed, or a statement was prepared for a schema that has changed since.
    let isPassing: Bool

    /// The prepared statements are out of date.
    let isStale: Bool

    init(_ kind: StorageError.Kind, _ message: String) {
        storageError = StorageError(kind, message)
        isPassing = false
        isStale = false
    }

    /// - Parameters:
    ///   - state: the five letters of SQLSTATE (PostgreSQL 15, appendix A).
    ///   - detail: `Key (name, unit)=(…) already exists.`; only its names are kept, never its values.
    init(state: String, message: String, table: String, detail: String) {
        storageError = StorageError(Self.kind(state, table, detail), "\(message) (\(state))")
        isStale = state == "26000" || (state == "0A000" && message.contains("cached plan"))
        // CREATE TABLE IF NOT EXISTS, by two at once.
        let isCrossedCreate = state == "23505" && table.hasPrefix("pg_")
        isPassing = isStale || isCrossedCreate || state == "40001" || state == "40P01"
    }

    private static func kind(_ state: String, _ table: String, _ detail: String) -> StorageError.Kind {
        switch state {
        case "23505": .uniqueViolation(table: table, columns: columns(detail))
        case "23503": .foreignKey
        case "23514": .checkViolation
        case "23502": .notNull
        case "53100": .diskFull
        case "40001", "40P01", "55P03": .busy
        case "57014", "25P03": .timeout
        case "53300", "57P01", "57P02", "57P03": .connection
        case "XX001", "XX002": .corrupt
        default: state.hasPrefix("08") ? .connection : .other
        }
    }

    private static func columns(_ detail: String) -> [String] {
        guard let open = detail.firstIndex(of: "("), let close = detail.firstRange(of: ")=(")?.lowerBound else { return [] }
        let names = detail[detail.index(after: open)..<close]
        guard !names.contains("(") else { return [] }
        return names.split(separator: ", ").map { String($0.filter { $0 != "\"" }) }
    }
}
