import Core
import MerkleLog
import Storage
import WorkCalendar

/// How the house's own values stand in a column: days, instants and hashes as text.
extension Day: SQLConvertible {
    public var sqlValue: SQL.Value { .text(description) }
}

extension Moment: SQLConvertible {
    public var sqlValue: SQL.Value { .text(description) }
}

extension Hash: SQLConvertible {
    public var sqlValue: SQL.Value { .text(hex) }
}

extension Language: SQLConvertible {}
extension Role: SQLConvertible {}
