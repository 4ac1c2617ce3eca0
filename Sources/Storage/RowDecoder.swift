/// Reads a `Decodable` out of one row.
struct RowDecoder: Decoder {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if row.values.count == 1, let bytes = try bytes(row.values[0], as: type, at: []) { return bytes }
        return try T(from: self)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Cells<Key>(row: row))
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        guard row.values.count == 1 else { throw shape("a bare value needs a result of one column") }
        return Cell(value: row.values[0], codingPath: [])
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw shape("a row is no list") }

    private func shape(_ sentence: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: sentence))
    }
}

private struct Cells<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.columns.place.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { row[key.stringValue] != nil }
    func decodeNil(forKey key: Key) -> Bool { row[key.stringValue] ?? .null == .null }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try cell(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try cell(key).decode(type) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try cell(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try cell(key).decode(type) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try cell(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw flat(key) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw flat(key) }
    func superDecoder() throws -> any Decoder { RowDecoder(row: row) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw flat(key) }

    private func cell(_ key: Key) throws -> Cell {
        guard let value = row[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key,
                .init(codingPath: [], debugDescription: "the columns are \(row.names)")
            )
        }
        return Cell(value: value, codingPath: [key])
    }

    private func flat(_ key: Key) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: "a row is flat")
    }
}

private struct Cell: Decoder, SingleValueDecodingContainer {
    let value: SQL.Value
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw mismatch(type)
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch([Any].self) }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value == .null }
    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = value else { throw mismatch(type) }
        return text
    }
    func decode(_ type: Int.Type) throws -> Int {
        guard case .int(let number) = value else { throw mismatch(type) }
        return number
    }
    func decode(_ type: Bool.Type) throws -> Bool {
        guard let truth = value.truth else { throw mismatch(type) }
        return truth
    }
    func decode(_ type: Double.Type) throws -> Double {
        switch value {
        case .real(let number): return number
        case .int(let number): return Double(number)
        default: throw mismatch(type)
        }
    }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int8.Type) throws -> Int8 { try exact(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try exact(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try exact(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try exact(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try exact(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try exact(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try exact(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try exact(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try exact(type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try bytes(value, as: type, at: codingPath) ?? T(from: self)
    }

    private func exact<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard let number = Number(exactly: try decode(Int.self)) else { throw mismatch(type) }
        return number
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "the column holds \(value.kind)"))
    }
}

/// A BYTEA column as `[UInt8]`; nil when another type is asked for.
private func bytes<T>(_ value: SQL.Value, as type: T.Type, at path: [any CodingKey]) throws -> T? {
    guard type == [UInt8].self else { return nil }
    guard case .bytes(let bytes) = value, let bytes = bytes as? T else {
        throw DecodingError.typeMismatch(
            type,
            .init(codingPath: path, debugDescription: "the column holds \(value.kind)")
        )
    }
    return bytes
}

extension SQL.Value {
    fileprivate var kind: String {
        switch self {
        case .null: "nothing"
        case .bool: "a truth value"
        case .int: "a whole number"
        case .real: "a number"
        case .text: "a text"
        case .bytes: "bytes"
        }
    }
}
