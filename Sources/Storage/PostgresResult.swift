import CPQ

/// The server's answer to one statement.
final class PostgresResult {
    private let result: OpaquePointer?

    init(_ result: OpaquePointer?) {
        self.result = result
    }

    deinit { PQclear(result) }

    /// The rows changed or returned.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    var rows: [Row] {
        let width = PQnfields(result)
        let columns = Row.Columns((0..<width).map { String(cString: PQfname(result, $0)) })
        let types = (0..<width).map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { row in
            Row(columns: columns, values: (0..<width).map { value(row, $0, types[Int($0)]) })
        }
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) -> SQL.Value {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let length = Int(PQgetlength(result, row, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        switch type {
        case Types.bool: return .bool(bytes.first == UInt8(ascii: "t"))
        case Types.bytea: return .bytes(unhex(bytes.dropFirst(2)))
        default: break
        }
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case Types.int8, Types.int4, Types.int2: return Int(text).map(SQL.Value.int) ?? .text(text)
        case Types.float8, Types.float4: return Double(text).map(SQL.Value.real) ?? .text(text)
        // The sum of BIGINT.
        case Types.numeric: return Int(text).map(SQL.Value.int) ?? Double(text).map(SQL.Value.real) ?? .text(text)
        default: return .text(text)
        }
    }

    private func unhex(_ digits: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            let value = digit < 0x3A ? digit - 0x30 : digit - 0x57
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    /// Why the server refused; nil when it did not.
    func refusal(of connection: OpaquePointer) -> PostgresRefusal? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_TUPLES_OK: return nil
        default: break
        }
        guard PQstatus(connection) == CONNECTION_OK, let result else {
            return PostgresRefusal(.connection, String(cString: PQerrorMessage(connection)))
        }
        func field(_ code: Character) -> String {
            let text = PQresultErrorField(result, Int32(code.asciiValue ?? 0))
            return text.map { String(cString: $0) } ?? ""
        }
        // PG_DIAG_SQLSTATE, _MESSAGE_PRIMARY, _TABLE_NAME and _MESSAGE_DETAIL.
        return PostgresRefusal(state: field("C"), message: field("M"), table: field("t"), detail: field("D"))
    }
}

/// The numbers of PostgreSQL's types (pg_type.dat), which never change.
private enum Types {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700
}

extension SQL.Value {
    var oid: Oid {
        switch self {
        // The server finds the type from the place.
        case .null: 0
        case .bool: Types.bool
        case .int: Types.int8
        case .real: Types.float8
        case .text: Types.text
        case .bytes: Types.bytea
        }
    }

    var letter: Character {
        switch self {
        case .null: "n"
        case .bool: "b"
        case .int: "i"
        case .real: "r"
        case .text: "t"
        case .bytes: "y"
        }
    }

    /// As PostgreSQL reads it.
    var parameter: String? {
        switch self {
        case .null: nil
        case .bool(let truth): truth ? "t" : "f"
        case .int(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .bytes(let bytes): "\\x" + hex(bytes)
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (place, byte) in bytes.enumerated() {
                text[place * 2] = digits[Int(byte >> 4)]
                text[place * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }
}
