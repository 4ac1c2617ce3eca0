import Mosaic
import Scan

/// What the scan finds in the cells of one column by one rule: how many cells, and where the first of them stand.
public struct TableFinding: Codable, Equatable, Sendable {
    /// A cell of the column.
    public struct Place: Codable, Equatable, Sendable {
        /// Counted from 1 under the names of the columns.
        public let row: Int
        public let printed: String
    }

    public let column: String
    /// The rule's name in the scan's table.
    public let rule: String
    public let name: Text
    public let basis: Text
    public let reason: Text
    /// As the scan's table writes it: notice, suspect, serious, refuse.
    public let severity: String
    /// The surest cell's, from 0 to 1.
    public let confidence: Double
    public let cells: Int
    /// The first cells, at most ten; each value once.
    public let places: [Place]

    /// Whether the reviewer must say something before signing.
    public var needsDecision: Bool { (Finding.Severity(named: severity) ?? .refuse) > .notice }

    private static let mostPlaces = 10
    /// How many bytes of values are scanned at once.
    private static let most = 4 << 20

    /// Scans each column's values, each value once, with the column's name before it as its cue.
    /// - Parameter day: the day of the scan as 20260131.
    public static func all(in table: Microdata, by rules: Table = .house, on day: Int? = nil) -> [TableFinding] {
        table.columns.flatMap { found(in: $0, by: rules, on: day) }
    }

    private struct Group {
        var finding: Finding
        var codes: [(code: Int, printed: String)] = []
    }

    private static func found(in column: Microdata.Column, by rules: Table, on day: Int?) -> [TableFinding] {
        var cells = [Int](repeating: 0, count: column.values.count)
        var first = [Int](repeating: 0, count: column.values.count)
        for (row, code) in column.codes.enumerated() {
            if cells[Int(code)] == 0 { first[Int(code)] = row + 1 }
            cells[Int(code)] += 1
        }
        var groups: [String: Group] = [:]
        var (text, starts): (String, [(offset: Int, end: Int, code: Int)]) = ("", [])
        func scan() {
            for finding in Scan.findings(in: text, by: rules, on: day) {
                // A finding belongs to the value in which it ends: its cue may be the column's name.
                let place = starts.partitioned { $0.offset >= finding.range.upperBound } - 1
                guard place >= 0, finding.range.lowerBound < starts[place].end else { continue }
                let code = starts[place].code
                var group = groups[finding.rule.rawValue] ?? Group(finding: finding)
                if finding.severity > group.finding.severity || finding.confidence > group.finding.confidence { group.finding = finding }
                if group.codes.last?.code != code { group.codes.append((code, finding.printed)) }
                groups[finding.rule.rawValue] = group
            }
            (text, starts) = ("", [])
        }
        for code in 0..<column.values.count where cells[code] > 0 {
            text += "\(column.name)："
            let offset = text.utf8.count
            text += column.values[code]
            starts.append((offset, text.utf8.count, code))
            text += "\n"
            if text.utf8.count > most { scan() }
        }
        scan()
        return groups.sorted { $0.key < $1.key }.map { rule, group in
            let finding = group.finding
            let places = group.codes.sorted { first[$0.code] < first[$1.code] }.prefix(mostPlaces)
            return TableFinding(
                column: column.name,
                rule: rule,
                name: Text(finding.rule.zh, finding.rule.en),
                basis: Text(finding.rule.basisWords.zh, finding.rule.basisWords.en),
                reason: Text(finding.reason.zh, finding.reason.en),
                severity: finding.severity.name,
                confidence: finding.confidence,
                cells: group.codes.reduce(0) { $0 + cells[$1.code] },
                places: places.map { Place(row: first[$0.code], printed: $0.printed) }
            )
        }
    }
}

extension Array {
    /// The first place at which the test holds; it holds for all after it.
    fileprivate func partitioned(by test: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if test(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
