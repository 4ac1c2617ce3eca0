/// One row of a result; the names of the columns are shared by all rows of it.
public struct Row: Sendable {
    let columns: Columns
    public let values: [SQL.Value]

    public var names: [String] { columns.names }

    /// The value of a column; nil when the result has no such column, `.null` when the cell is empty.
    public subscript(_ name: String) -> SQL.Value? {
        columns.place[name].map { values[$0] }
    }

    /// The row as a value: `receivedOn` from `received_on`; a row of one column can also be a bare `Int` or `String`.
    public func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try RowDecoder(row: self).decode(type)
    }

    final class Columns: Sendable {
        let names: [String]
        /// From the name of a column, and from the name of a Swift property, to its place.
        let place: [String: Int]

        init(_ names: [String]) {
            self.names = names
            var place: [String: Int] = [:]
            for (index, name) in names.enumerated() {
                place[Self.property(name)] = index
            }
            for (index, name) in names.enumerated() {
                place[name] = index
            }
            self.place = place
        }

        private static func property(_ column: String) -> String {
            let words = column.split(separator: "_")
            guard let first = words.first else { return column }
            return words.dropFirst().reduce(into: String(first)) { name, word in
                name += word.prefix(1).uppercased() + word.dropFirst()
            }
        }
    }
}

extension Row: Equatable {
    public static func == (left: Row, right: Row) -> Bool {
        left.names == right.names && left.values == right.values
    }
}
