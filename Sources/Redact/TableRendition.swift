/// A table as CSV, cell by cell, with its own delimiter; formulas can not run in the spreadsheet that opens it.
struct TableRendition {
    let text: String
    let count: Int

    init(_ original: String, _ blackout: Blackout) {
        let delimiter = Self.delimiter(of: original)
        var (out, count) = ("", 0)
        for row in Self.rows(original, delimiter) {
            let cells = row.map { cell in
                let (kept, places) = blackout.apply(to: cell)
                count += places
                return Self.quoted(Self.harmless(kept), delimiter)
            }
            out += cells.joined(separator: String(delimiter)) + "\n"
        }
        (text, self.count) = (out, count)
    }

    /// The one of comma, semicolon and tab that the first line has most of.
    private static func delimiter(of text: String) -> Character {
        let first = text.prefix { $0 != "\n" }
        let counts = [",", ";", "\t"].map { (mark: Character($0), count: first.count { [mark = Character($0)] in $0 == mark }) }
        return counts.max { $0.count < $1.count }?.mark ?? ","
    }

    private static func rows(_ text: String, _ delimiter: Character) -> [[String]] {
        var (rows, row, cell, isQuoted, isFresh) = ([[String]](), [String](), "", false, true)
        var letters = text.makeIterator()
        var ahead = letters.next()
        func isEnd(_ letter: Character) -> Bool { letter == "\n" || letter == "\r\n" || letter == "\r" }
        while let letter = ahead {
            ahead = letters.next()
            if isQuoted {
                if letter != "\"" {
                    cell.append(letter)
                } else if ahead == "\"" {
                    cell.append("\"")
                    ahead = letters.next()
                } else {
                    isQuoted = false
                }
            } else if letter == "\"", isFresh {
                isQuoted = true
                isFresh = false
            } else if letter == delimiter || isEnd(letter) {
                row.append(cell)
                (cell, isFresh) = ("", true)
                if isEnd(letter) {
                    rows.append(row)
                    row = []
                }
            } else {
                cell.append(letter)
                isFresh = false
            }
        }
        if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
        return rows
    }

    private static func harmless(_ cell: String) -> String {
        guard let first = cell.first, "=+-@".contains(first), Double(cell) == nil else { return cell }
        return "'" + cell
    }

    private static func quoted(_ cell: String, _ delimiter: Character) -> String {
        guard cell.contains(where: { $0 == delimiter || $0 == "\"" || $0.isNewline }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
