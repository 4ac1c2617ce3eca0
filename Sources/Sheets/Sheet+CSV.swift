/// CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it.
extension Sheet {
    var csv: [UInt8] {
        var text = "\u{FEFF}"
        for row in rows { text += row.map(Self.quoted).joined(separator: ",") + "\r\n" }
        return Array(text.utf8)
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    static func readCSV(_ bytes: [UInt8]) throws(Unreadable) -> Sheet {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard !bytes.contains(0), String(validating: bytes[start...], as: UTF8.self) != nil else { throw .notText }
        var rows: [[String]] = []
        var (row, cell): ([String], [UInt8]) = ([], [])
        var (isQuoted, cells, place) = (false, 0, start)
        func endCell() {
            row.append(String(decoding: cell, as: UTF8.self))
            cell.removeAll(keepingCapacity: true)
            cells += 1
        }
        func endRow() {
            endCell()
            rows.append(row)
            row = []
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if place < bytes.count, bytes[place] == byte {
                    cell.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case UInt8(ascii: ",") where !isQuoted: endCell()
            case 0x0D: if isQuoted, place < bytes.count, bytes[place] != 0x0A { cell.append(0x0A) }
            case 0x0A where !isQuoted: endRow()
            default: cell.append(byte)
            }
            guard cells <= mostCells else { throw .tooLarge }
        }
        guard !isQuoted else { throw .broken }
        if !cell.isEmpty || !row.isEmpty { endRow() }
        return Sheet(title: "", rows: rows)
    }
}
