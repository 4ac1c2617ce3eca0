import ArgumentParser
import Core
import Foundation
import Records
import Web

/// `gongkai report annual`: the year's report in the national format.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports that count themselves.",
        subcommands: [Annual.self, Figure.self, Keep.self]
    )

    struct Annual: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The annual report of a year: tables 2, 3 and 4 counted from the registers, and the checks A1 to A9.",
            discussion: "Example:  gongkai report annual --year 2022 --data var/demo --pdf report.pdf"
        )

        @Option(help: "The year, counted from 1 January to 31 December.")
        var year: Int
        @OptionGroup var store: Store
        @Flag(help: "Print JSON: {\"year\", \"table2\", \"table3\": {\"columns\", \"rows\"}, \"table4\", \"checks\", \"sections\"}.")
        var json = false
        @Option(help: "Write a PDF.")
        var pdf: String?
        @Option(help: "Write a DOCX.")
        var docx: String?
        @Option(help: "Write an HTML page that stands alone.")
        var html: String?
        @Option(help: "Write the tables as CSV.")
        var csv: String?
        @Option(parsing: .upToNextOption, help: "Reports of the units below, as CSV: their tables are added to the agency's own.")
        var including: [String] = []
        @Option(help: "zh or en.")
        var language = "zh"

        func validate() throws {
            guard Language(rawValue: language) != nil else { throw ValidationError("--language is zh or en.") }
            guard (2008...2100).contains(year) else { throw ValidationError("--year is a year from 2008 on.") }
        }

        func run() async throws {
            let log = try await store.log()
            let reports = AnnualReports(log.database, world: log.world)
            let parts = try including.map { file in
                guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
                return try AnnualReport(year: year, csv: String(decoding: data, as: UTF8.self))
            }
            let report = try await reports.report(year).including(parts)
            let before = try await reports.earlier(year - 1)
            let page = ReportDocument.html(report, agency: Agency.name, in: Language(rawValue: language) ?? .zh)
            if let pdf { try (try await Printer.pdf(of: page)).write(to: URL(fileURLWithPath: pdf)) }
            if let docx { try (try await Printer.docx(of: page)).write(to: URL(fileURLWithPath: docx)) }
            if let html { try page.write(toFile: html, atomically: true, encoding: .utf8) }
            if let csv { try report.csv.write(toFile: csv, atomically: true, encoding: .utf8) }
            if json { return try report.document(before: before).printAsJSON() }
            for check in report.checks(before: before) {
                let sentence = Language.ofTerminal == .zh ? check.zh : check.en
                print(
                    "\(check.passed ? "✓" : check.isWarning ? "…" : "✗") \(check.id) \(sentence)\(check.passed ? "" : " (\(check.difference))")"
                )
            }
        }
    }

    struct Figure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a figure of table 2 in, with its source.",
            discussion: "Names: \(AnnualReports.figures.joined(separator: ", "))"
        )

        @Argument(help: "The figure's name.")
        var name: String
        @Argument(help: "Its value, a whole number; money in fen.")
        var value: Int
        @Option(help: "The year.")
        var year: Int
        @Option(help: "Where it comes from.")
        var source: String
        @Option(help: "The login of the officer.")
        var by: String
        @OptionGroup var store: Store

        func run() async throws {
            let log = try await store.log()
            let actor = try await People(log.database, world: log.world).actor(by)
            try await AnnualReports(log.database, world: log.world).put(name, value, source: source, year: year, by: actor)
            print("\(name) of \(year) is \(value)")
        }
    }

    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep an earlier year's report (CSV as `report annual --csv` writes it) to compare with."
        )

        @Argument(help: "The file.")
        var file: String
        @Option(help: "Its year.")
        var year: Int
        @Option(help: "The login of the officer.")
        var by: String
        @OptionGroup var store: Store

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
            let log = try await store.log()
            let actor = try await People(log.database, world: log.world).actor(by)
            let report = try AnnualReport(year: year, csv: String(decoding: data, as: UTF8.self))
            try await AnnualReports(log.database, world: log.world).keep(report, by: actor)
            print("kept the report of \(year)")
        }
    }
}
