/// One value of a parameter or of a column.
extension SQL {
    public enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        case int(Int)
        case real(Double)
        case text(String)
        case bytes([UInt8])
    }
}

/// What can stand as a parameter in SQL.
public protocol SQLConvertible {
    var sqlValue: SQL.Value { get }
}

extension SQL.Value: SQLConvertible {
    public var sqlValue: SQL.Value { self }
}

extension Bool: SQLConvertible {
    public var sqlValue: SQL.Value { .bool(self) }
}

extension Int: SQLConvertible {
    public var sqlValue: SQL.Value { .int(self) }
}

extension Double: SQLConvertible {
    public var sqlValue: SQL.Value { .real(self) }
}

extension String: SQLConvertible {
    public var sqlValue: SQL.Value { .text(self) }
}

extension [UInt8]: SQLConvertible {
    public var sqlValue: SQL.Value { .bytes(self) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sqlValue: SQL.Value { self?.sqlValue ?? .null }
}

extension SQLConvertible where Self: RawRepresentable<String> {
    public var sqlValue: SQL.Value { .text(rawValue) }
}

extension SQL.Value {
    /// Refuses what one of the engines can not keep: U+0000 in a text, a number that is not finite.
    func checked() throws -> SQL.Value {
        switch self {
        case .text(let text) where text.utf8.contains(0):
            throw StorageError(.other, "a text with U+0000 can not be kept")
        case .real(let number) where !number.isFinite:
            throw StorageError(.other, "a number that is not finite can not be kept")
        default:
            return self
        }
    }

    /// The value as a column of type BOOLEAN holds it: SQLite answers 0 and 1.
    var truth: Bool? {
        switch self {
        case .bool(let truth): truth
        case .int(0): false
        case .int(1): true
        default: nil
        }
    }
}
