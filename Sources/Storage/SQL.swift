/// SQL text with its values kept apart: what is interpolated becomes a parameter, never text.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    indirect enum Part: Sendable {
        case text(String)
        case value(Value)
        /// The one place where the engines differ.
        case either(sqlite: SQL, postgres: SQL)
    }

    var parts: [Part]

    public init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Text that comes from code, such as a migration or the name of a table; never from a visitor.
    public init(trusted text: String) {
        parts = [.text(text)]
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    public static func += (left: inout SQL, right: SQL) {
        left.parts += right.parts
    }

    /// `$1, $2, $3` for `WHERE x IN (…)`; an empty list is `NULL`, which nothing equals.
    public static func list(_ values: some Sequence<some SQLConvertible>) -> SQL {
        joined(values.map { "\($0)" }, by: ", ", whenEmpty: "NULL")
    }

    /// The fragments with `separator` between them, such as conditions with `AND`.
    public static func joined(_ fragments: [SQL], by separator: String, whenEmpty: SQL = "") -> SQL {
        guard var joined = fragments.first else { return whenEmpty }
        for fragment in fragments.dropFirst() {
            joined.parts.append(.text(separator))
            joined.parts += fragment.parts
        }
        return joined
    }

    /// A name from code as a quoted identifier.
    static func name(_ name: String) -> SQL {
        SQL(trusted: "\"" + name.replacing("\"", with: "\"\"") + "\"")
    }

    static func either(sqlite: SQL, postgres: SQL) -> SQL {
        var sql: SQL = ""
        sql.parts = [.either(sqlite: sqlite, postgres: postgres)]
        return sql
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ text: String) {
            parts.append(.text(text))
        }

        public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            parts.append(.value(value?.sqlValue ?? .null))
        }

        public mutating func appendInterpolation(_ fragment: SQL) {
            parts += fragment.parts
        }
    }

    /// The text an engine reads, with `$1`, `$2` … for the values, in order.
    public func rendered(for dialect: Dialect) -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        render(for: dialect, into: &text, &values)
        return (text, values)
    }

    private func render(for dialect: Dialect, into text: inout String, _ values: inout [Value]) {
        for part in parts {
            switch part {
            case .text(let piece):
                text += piece
            case .value(let value):
                values.append(value)
                text += "$\(values.count)"
            case .either(let sqlite, let postgres):
                (dialect == .sqlite ? sqlite : postgres).render(for: dialect, into: &text, &values)
            }
        }
    }
}

/// Which engine reads the SQL.
public enum Dialect: Sendable, Hashable {
    case sqlite
    case postgres
}
