/// A table written so that no spreadsheet takes a cell for a formula.
extension CSV {
    /// UTF-8 with a byte order mark (spreadsheets need it for Chinese), comma separated, lines ended by CR LF (RFC 4180).
    public static func write(_ table: Microdata) -> [UInt8] {
        var output: [UInt8] = [0xEF, 0xBB, 0xBF]
        appendRecord(table.columns.map(\.name), to: &output)
        let cells = table.columns.map { column in (0..<column.values.count).map { bytes(of: column.values[$0]) } }
        for row in 0..<table.rows {
            for (index, column) in table.columns.enumerated() {
                if index > 0 { output.append(0x2C) }
                output.append(contentsOf: cells[index][Int(column.codes[row])])
            }
            output.append(contentsOf: [0x0D, 0x0A])
        }
        return output
    }

    /// The cell with an apostrophe before a formula (`=`, `+`, `-`, `@`, tab, return and their full-width forms); numbers stay numbers.
    static func neutralised(_ text: String) -> String {
        guard let first = text.unicodeScalars.first(where: { $0 != " " }) else { return text }
        guard "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else { return text }
        let isNumber = Array(text.utf8).withUnsafeBufferPointer { PlainNumber.parse($0) != nil }
        return isNumber ? text : "'" + text
    }

    private static func appendRecord(_ texts: [String], to output: inout [UInt8]) {
        for (index, text) in texts.enumerated() {
            if index > 0 { output.append(0x2C) }
            output.append(contentsOf: bytes(of: text))
        }
        output.append(contentsOf: [0x0D, 0x0A])
    }

    /// A cell as it is written: quoted where it must be, and never a formula to the program that opens it.
    public static func cell(_ text: String) -> String { String(decoding: bytes(of: text), as: UTF8.self) }

    private static func bytes(of text: String) -> [UInt8] {
        let safe = neutralised(text)
        guard safe.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09 || $0 == 0x7C })
        else {
            return Array(safe.utf8)
        }
        return Array("\"\(safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"".utf8)
    }
}
