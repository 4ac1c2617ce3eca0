import Mosaic

/// How a data table is one of counts or amounts: what it counts, the columns that divide it, and the rules its cells must keep.
public struct CountsForm: Codable, Equatable, Sendable {
    /// Who or what is counted: tables about the same are subtracted from each other.
    public var population: String
    public var dimensions: [String]
    public var value: String
    /// The values are amounts that subjects contribute, not numbers of subjects.
    public var isAmount = false
    /// A cell of fewer subjects tells too much.
    public var minimum = 3
    /// A cell tells too much if its n largest subjects are more than k percent of it.
    public var dominance: Dominance?
    /// A cell tells too much if the second largest subject can tell the largest to within p percent.
    public var p: Double?
    /// The column that says how many subjects stand behind a cell; never published.
    public var behind: String?
    /// The columns of the largest contributions to a cell; never published.
    public var largest: [String] = []

    public struct Dominance: Codable, Equatable, Sendable {
        public var n: Int
        public var k: Double

        public init(n: Int, k: Double) { (self.n, self.k) = (n, k) }
    }

    public init(population: String, dimensions: [String], value: String) {
        (self.population, self.dimensions, self.value) = (population, dimensions, value)
    }

    /// Columns that only the measures need.
    public var unpublished: [String] { [behind].compactMap(\.self) + largest }

    /// What is printed for a cell that is hidden.
    public static let mark = "▇"

    /// - Throws: `MosaicRefused` for columns that the table lacks, values that are no numbers, cells that stand twice.
    public func cells(of table: Microdata, name: String) throws(MosaicRefused) -> CellTable {
        var reading = CellReading()
        reading.subjects = isAmount ? behind : nil
        reading.largest = isAmount ? largest : []
        return try CellTable(table, name: name, dimensions: dimensions, value: value, reading: reading, countsOnly: !isAmount)
    }

    func rules() throws(MosaicRefused) -> SensitivityRules {
        try SensitivityRules(
            minimum: minimum,
            dominance: isAmount ? dominance.map { .init(n: $0.n, k: $0.k) } : nil,
            p: isAmount ? p : nil
        )
    }

    /// The table as it may be printed: too telling cells hidden, and others with them; nothing that only the measures need.
    /// - Throws: `MosaicRefused` where a cell is hidden already, or a total is not the sum of its parts.
    public func hiding(in table: Microdata, name: String) throws(MosaicRefused) -> (table: Microdata, hidden: [HiddenCell]) {
        let report = try Mosaic.protect([try cells(of: table, name: name)], rules: try rules())
        let cells = report.tables[0].cells
        let columns = table.columns.filter { !unpublished.contains($0.name) }.map { column in
            guard column.name == value else { return column }
            return Microdata.Column(
                name: column.name,
                cells: (0..<table.rows).map { cells[$0].status == .published ? column.text($0) : Self.mark }
            )
        }
        return (try Microdata(columns: columns), cells.filter { $0.status != .published }.map { HiddenCell($0, dimensions) })
    }
}

/// A cell that is or should be hidden, with what a reader can still work out of it.
public struct HiddenCell: Codable, Equatable, Sendable {
    /// The labels that place it, in the order of the dimensions.
    public let labels: [String]
    /// The rules it breaks: minimum, dominance, p; empty where it is hidden for others' sake.
    public let rules: [String]
    /// The attacker's interval.
    public let least: Double
    public let most: Double
    /// Whether the interval is wide enough; nil for cells hidden for others' sake.
    public let isProtected: Bool?

    init(_ cell: CountsReport.Cell, _ dimensions: [String]) {
        labels = dimensions.map { cell.at[$0] ?? "" }
        rules = cell.rules
        least = cell.interval?.least ?? -.infinity
        most = cell.interval?.most ?? .infinity
        isProtected = cell.isProtected
    }
}

/// What a table of counts or amounts tells, alone and when it is subtracted from all tables about the same that are out.
public struct CountsVerdict: Codable, Equatable, Sendable {
    public let sentences: [Sentence]
    public let findings: [Sentence]
    /// The cells that should be hidden.
    public let hide: [HiddenCell]
    /// The earlier releases that take part.
    public let with: [String]
    public let limits: [Sentence]
    public let isSafe: Bool

    private static let mostFindings = 100

    /// - Parameter earlier: everything about the same population that was ever out.
    /// - Throws: `MosaicRefused`.
    public init(_ table: Microdata, as form: CountsForm, name: String, beside earlier: [CellTable]) throws(MosaicRefused) {
        let cells = try form.cells(of: table, name: name)
        var sentences: [Sentence] = []
        var hide: [HiddenCell] = []
        var small = 0
        if cells.cells.allSatisfy({ $0.value != nil }) {
            let report = try Mosaic.protect([cells], rules: try form.rules())
            sentences.append(report.sentence)
            hide = report.tables[0].cells.filter { $0.status != .published }.map { HiddenCell($0, form.dimensions) }
        } else if cells.holdsCounts {
            small = cells.cells.count { cell in (cell.value).map { $0 > 0 && $0 < Int64(form.minimum) } ?? false }
            if small > 0 {
                sentences.append(
                    Sentence(
                        zh: "仍有\(small)个单元格的数小于\(form.minimum)。",
                        en: "\(small) cells are still printed with fewer than \(form.minimum)"
                    )
                )
            }
        }
        for name in form.unpublished where table[name] != nil {
            sentences.append(Sentence(zh: "“\(name)”列不得公开，隐去时会一并去掉。", en: "the column \(name) must not be published; hiding takes it out"))
        }
        let difference = try Mosaic.difference(cells, against: PublishedCells(earlier), minimum: form.minimum)
        sentences.append(difference.sentence)
        let found =
            difference.disclosed.map(\.sentence) + difference.narrow.map(\.sentence) + difference.small.map(\.sentence)
            + difference.changed.map(\.sentence)
        self.sentences = sentences
        findings = Array(found.prefix(Self.mostFindings))
        self.hide = hide
        (with, limits) = (difference.with, difference.limits)
        isSafe = hide.isEmpty && small == 0 && difference.safe && form.unpublished.allSatisfy { table[$0] == nil }
    }
}

/// Facts about one subject that a table completes beside everything that is out, told once for all rows alike.
public struct DossierFinding: Codable, Equatable, Sendable {
    /// The combination's name in the rule table.
    public let combination: String
    public let rows: Int
    /// The earlier releases that hold the rest; empty where the table completes it alone.
    public let with: [String]
    /// Of the first row.
    public let sentence: Sentence

    /// The findings of the same combination with the same earlier releases as one.
    public static func gathered(_ findings: [Dossiers.Finding]) -> [DossierFinding] {
        var order: [[String]] = []
        var groups: [[String]: (first: Dossiers.Finding, rows: Int)] = [:]
        for finding in findings {
            let key = [finding.combination] + finding.with
            if groups[key] == nil { order.append(key) }
            groups[key] = (groups[key]?.first ?? finding, (groups[key]?.rows ?? 0) + 1)
        }
        return order.compactMap { key in
            groups[key].map {
                DossierFinding(combination: $0.first.combination, rows: $0.rows, with: $0.first.with, sentence: $0.first.sentence)
            }
        }
    }
}
