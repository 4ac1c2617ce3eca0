import ArgumentParser
import Core
import Foundation
import Mosaic

/// How the columns of a table of counts or amounts are read.
struct CellOptions: ParsableArguments {
    @Option(help: "Columns that divide the subjects, separated by commas; of several tables each takes those it has.")
    var dimensions: String
    @Option(help: "The column of counts or amounts; without it records are counted.")
    var value: String?
    @Option(help: "Groups of fewer subjects are too small.")
    var minimum = 3
    @Option(name: .customLong("total"), help: "The label that means all, as DIMENSION=LABEL; 合计, 总计, total and the like are known.")
    var totals: [String] = []
    @Option(name: .customLong("groups"), help: "The larger groups of a dimension, as DIMENSION=FILE: a CSV of label and group.")
    var groups: [String] = []
    @Flag(help: "Print JSON.")
    var json = false

    func reading() throws -> CellReading {
        var reading = CellReading()
        for total in totals {
            let (dimension, label) = try Self.pair(total, "--total")
            reading.totals[dimension] = label
        }
        for group in groups {
            let (dimension, file) = try Self.pair(group, "--groups")
            let table = try CSV.read(file: file)
            guard table.columns.count == 2 else { throw ValidationError("\(file) has two columns: label and group.") }
            for row in 0..<table.rows { reading.groups[dimension, default: [:]][table.columns[0].text(row)] = table.columns[1].text(row) }
        }
        return reading
    }

    func table(_ file: String, _ reading: CellReading, countsOnly: Bool) throws -> CellTable {
        let table = try CSV.read(file: file)
        let named = columns(dimensions)
        let own = named.filter { table[$0] != nil }
        return try CellTable(
            table,
            name: file,
            // A table without any of them is told so.
            dimensions: own.isEmpty ? named : own,
            value: value,
            reading: reading,
            countsOnly: countsOnly
        )
    }

    private static func pair(_ text: String, _ option: String) throws -> (String, String) {
        guard let cut = text.firstIndex(of: "=") else { throw ValidationError("\(option) is written DIMENSION=…, not “\(text)”.") }
        return (String(text[..<cut]), String(text[text.index(after: cut)...]))
    }
}

extension MosaicCommand {
    struct Counts: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which cells of a table of counts or amounts to hide, and what a reader can still work out of them.",
            discussion: """
                Example:  gongkai mosaic counts agents.csv --dimensions city,grade --value n --minimum 3 --json
                          gongkai mosaic counts grants.csv --dimensions city --value amount --subject company --p 10 --dominance 1,85
                Rows are cells, totals among them, unless --records, --subject or a rule about amounts makes them records.
                Tables that share cells are given together: what is hidden in one is then not printed by another.
                """
        )

        @Argument(help: "The tables, as CSV.")
        var files: [String]
        @OptionGroup var cells: CellOptions
        @Option(help: "A cell is too uneven if its N largest subjects are more than K percent: N,K.")
        var dominance: String?
        @Option(help: "A cell is too uneven if the second largest subject can tell the largest to P percent.")
        var p: Double?
        @Option(help: "The same where everybody knows amounts to Q percent beforehand: P,Q.")
        var pq: String?
        @Flag(help: "Rows are subjects, not cells.")
        var records = false
        @Option(help: "The column that names the subject of a record.")
        var subject: String?
        @Option(help: "The column that says how many subjects stand behind a cell.")
        var subjects: String?
        @Option(help: "Columns of the largest contributions to a cell, separated by commas.")
        var largest: String?

        func run() throws {
            try answering {
                let dominance = try numbers(dominance, "--dominance").map { SensitivityRules.Dominance(n: Int($0.0), k: $0.1) }
                let pq = try numbers(pq, "--pq").map { SensitivityRules.PriorPosterior(p: $0.0, q: $0.1) }
                let rules = try SensitivityRules(minimum: cells.minimum, dominance: dominance, p: p, pq: pq)
                var reading = try cells.reading()
                reading.largest = columns(largest)
                reading.subject = subject
                reading.subjects = subjects
                let tells = !reading.largest.isEmpty || subjects != nil
                if records || subject != nil || cells.value == nil || (rules.needsContributions && !tells) { reading.rows = .records }
                let countsOnly = reading.rows == .cells && !rules.needsContributions && !tells
                let report = try Mosaic.protect(files.map { try cells.table($0, reading, countsOnly: countsOnly) }, rules: rules)
                if cells.json { return print(try Mosaic.json(report)) }
                print(report.sentence.inTerminal)
                for table in report.tables {
                    for cell in table.cells where cell.status != .published { print(Self.line(cell, of: report.tables.count)) }
                }
            }
        }

        private static func line(_ cell: CountsReport.Cell, of tables: Int) -> String {
            let place = cell.at.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            let range = cell.interval.map { "[\(text($0.least)), \(text($0.most))]" } ?? ""
            let mark = cell.isProtected == false ? "!" : cell.status == .primary ? "▇" : "□"
            return
                "\(mark) \(tables > 1 ? cell.table + " " : "")\(place)  \(text(cell.value))  \(range)  \(cell.rules.joined(separator: ","))"
        }

        private static func text(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.isInfinite ? "…" : String(value)
        }

        private func numbers(_ text: String?, _ option: String) throws -> (Double, Double)? {
            guard let text else { return nil }
            let parts = columns(text).compactMap(Double.init)
            guard parts.count == 2 else { throw ValidationError("\(option) takes two numbers with a comma, not “\(text)”.") }
            return (parts[0], parts[1])
        }
    }

    struct Difference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which hidden numbers become known when a new table is subtracted from all that is out.",
            discussion: """
                Example:  gongkai mosaic difference new.csv --with 2021.csv cities.csv --dimensions city,grade --value n --json
                Hidden cells are written *, ▇, <3 or left empty. A withdrawn table is still out: name it too.
                """
        )

        @Argument(help: "The new table as it would be printed, as CSV.")
        var file: String
        @Option(parsing: .upToNextOption, help: "Tables of the same subjects already released, as CSV.")
        var with: [String] = []
        @OptionGroup var cells: CellOptions
        @Flag(help: "The values are amounts, not numbers of subjects.")
        var amounts = false

        func run() throws {
            try answering {
                let reading = try cells.reading()
                let earlier = try with.map { try cells.table($0, reading, countsOnly: !amounts) }
                let new = try cells.table(file, reading, countsOnly: !amounts)
                let report = try Mosaic.difference(new, against: PublishedCells(earlier), minimum: cells.minimum)
                if cells.json { return print(try Mosaic.json(report)) }
                print(report.sentence.inTerminal)
                let sentences =
                    report.disclosed.map(\.sentence) + report.narrow.map(\.sentence) + report.small.map(\.sentence)
                    + report.changed.map(\.sentence)
                for sentence in sentences { print("- \(sentence.inTerminal)") }
                for limit in report.limits { print("! \(limit.inTerminal)") }
            }
        }
    }
}
