/// Carries whole tables from one database into another, whichever the engines, as lines of JSON.
///
/// A line is `{"table":"person","row":{"number":7,"name":"王","photo":{"base64":"…"}}}`; the first line names the
/// tables. The order of the tables is the caller's: those that others point at come first.
extension Database {
    /// Writes every row of the tables, all from one snapshot, in bounded memory.
    ///
    /// - Parameter line: takes each line, without a line feed, in order.
    /// - Returns: the number of rows.
    @discardableResult
    public func export(_ tables: [String], to line: @escaping @Sendable (String) throws -> Void) async throws -> Int {
        try await read { db in
            try line("{\"tables\":[" + tables.map { JSONLine.quoted($0) }.joined(separator: ",") + "]}")
            var count = 0
            for table in tables {
                let kinds = try db.kinds(of: table)
                let names = SQL.joined(kinds.map { .name($0.column) }, by: ", ")
                let prefix = "{\"table\":\(JSONLine.quoted(table)),\"row\":"
                try db.each("SELECT \(names) FROM \(.name(table))") { row in
                    let values = zip(row.values, kinds).map { $1.value($0) }
                    try line(prefix + JSONLine.object(zip(row.names, values)) + "}")
                    count += 1
                }
            }
            return count
        }
    }

    /// Fills tables from the lines of an export, all or nothing. The schema must be there already.
    ///
    /// - Parameters:
    ///   - tables: those that may be filled; any other in the lines is refused.
    ///   - nextLine: gives the lines in order, nil at the end; called again from the start when `rewind` was called.
    ///   - rewind: goes back to the first line, since a transaction may run again.
    /// - Returns: the number of rows.
    /// - Throws: `StorageError` of kind `.other` for a line that is not of an export.
    @discardableResult
    public func fill(
        _ tables: [String],
        from nextLine: @escaping @Sendable () throws -> String?,
        rewind: @escaping @Sendable () throws -> Void
    ) async throws -> Int {
        try await write { db in
            try rewind()
            guard let first = try nextLine(), case .object(let head) = try JSONLine.parse(first), head["tables"] != nil
            else { throw StorageError(.other, "the first line of an export names its tables") }
            let kinds = Dictionary(uniqueKeysWithValues: try tables.map { ($0, try db.kinds(of: $0)) })
            var count = 0
            while let line = try nextLine() {
                guard case .object(let object) = try JSONLine.parse(line), case .text(let table)? = object["table"],
                    case .object(let row)? = object["row"], let kinds = kinds[table]
                else { throw StorageError(.other, "line \(count + 2) is no row of a table to be filled") }
                let known = kinds.filter { row[$0.column] != nil }
                guard known.count == row.count, !known.isEmpty else {
                    throw StorageError(.other, "line \(count + 2) has a column that \(table) has not")
                }
                let values = try known.map { "\($0.value(try row[$0.column]?.sqlValue() ?? .null))" as SQL }
                try db.run(
                    """
                    INSERT INTO \(.name(table)) (\(.joined(known.map { .name($0.column) }, by: ", ")))
                    VALUES (\(.joined(values, by: ", ")))
                    """
                )
                count += 1
            }
            return count
        }
    }
}

/// The declared type of a column, as far as it matters to a value that moves between engines.
private struct ColumnKind: Decodable {
    let column: String
    let type: String

    /// SQLite keeps a BOOLEAN as 0 and 1, and a whole DOUBLE PRECISION may have been written as a whole number.
    func value(_ value: SQL.Value) -> SQL.Value {
        switch (type.lowercased(), value) {
        case ("boolean", .int): value.truth.map { .bool($0) } ?? value
        case ("double precision", .int(let number)): .real(Double(number))
        default: value
        }
    }
}

extension Connection {
    fileprivate func kinds(of table: String) throws -> [ColumnKind] {
        let kinds = try all(
            ColumnKind.self,
            .either(
                sqlite: "SELECT name AS \"column\", type FROM pragma_table_info(\(table)) ORDER BY cid",
                postgres: """
                    SELECT column_name AS "column", data_type AS type FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = \(table) AND is_generated = 'NEVER'
                    ORDER BY ordinal_position
                    """
            )
        )
        guard !kinds.isEmpty else { throw StorageError(.schema, "there is no table \(table)") }
        return kinds
    }
}
