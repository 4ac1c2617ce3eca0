/// Why the database refused, in the same words for both engines.
public struct StorageError: Error, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// A second row with the same key. `columns` is empty when the key is an expression.
        case uniqueViolation(table: String, columns: [String])
        /// A row points at nothing, or is still pointed at.
        case foreignKey
        /// A CHECK of the schema does not hold.
        case checkViolation
        /// A column that must be filled is empty.
        case notNull
        case diskFull
        /// Somebody else holds what is needed, or the conflict did not end after several attempts: try again later.
        case busy
        /// The statement took longer than the limit.
        case timeout
        /// The server can not be reached, or went away.
        case connection
        /// The file is damaged, or no database at all.
        case corrupt
        /// The schema was made by another version of this program.
        case schema
        case other
    }

    public let kind: Kind

    /// The engine's sentence, for the log; it holds no value of a row.
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { "\(kind): \(message)" }

    /// Whether the error is a second row in `table` with the same key.
    public func isDuplicate(in table: String) -> Bool {
        guard case .uniqueViolation(table, _) = kind else { return false }
        return true
    }
}
