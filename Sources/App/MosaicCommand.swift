import ArgumentParser
import Core
import Foundation
import Mosaic

/// `gongkai mosaic measure`: what a table discloses.
struct MosaicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mosaic",
        abstract: "What a table discloses, before it is released.",
        subcommands: [Measure.self]
    )

    struct Measure: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "k, (α,k), l-diversity, t-closeness, β, δ, risk of re-identification, special uniques.",
            discussion: """
                Example:  gongkai mosaic measure funded.csv --quasi company,city,year --sensitive amount --suda --json
                Reads CSV with , ; or tab, in UTF-8 or GB18030. Needs no store.
                """
        )

        @Argument(help: "The table, as CSV.")
        var file: String
        @Option(help: "Columns that an outsider may know, separated by commas.")
        var quasi: String
        @Option(help: "Columns that must not be learned, separated by commas.")
        var sensitive: String?
        @Option(help: "What a missing quasi-identifier stands for: value or wildcard.")
        var missing = "value"
        @Option(help: "The share of the population that the table holds, above 0 and at most 1.")
        var population: Double?
        @Flag(help: "Also the special uniques (SUDA2).")
        var suda = false
        @Flag(help: "Print JSON: {\"rows\", \"classes\", \"k\", \"alpha\", \"lDistinct\", \"lEntropy\", \"c\", \"t\", \"beta\", …}.")
        var json = false

        func validate() throws {
            guard Mosaic.Missing(rawValue: missing) != nil else { throw ValidationError("--missing is value or wildcard.") }
        }

        func run() throws {
            func names(_ list: String?) -> [String] {
                (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            }
            do {
                let measures = try Mosaic.measure(
                    try CSV.read(file: file),
                    quasi: names(quasi),
                    sensitive: names(sensitive),
                    missing: Mosaic.Missing(rawValue: missing) ?? .value,
                    population: population,
                    suda: suda
                )
                if json { return try measures.printAsJSON() }
                print("rows \(measures.rows)  classes \(measures.classes)  k \(measures.k)  unique rows \(measures.uniques)")
                func show(_ name: String, _ value: Double?) { if let value { print("\(name) \(value)") } }
                show("alpha", measures.alpha)
                if let distinct = measures.lDistinct { print("l distinct \(distinct)") }
                show("l entropy", measures.lEntropy)
                show("t", measures.t)
                show("beta", measures.beta)
                show("delta", measures.delta)
                if let risk = measures.risk { print("prosecutor risk \(risk.prosecutorAverage) on average, \(risk.prosecutorMax) at most") }
            } catch let refused as MosaicRefused { throw Refused(Language.ofTerminal == .zh ? refused.reason.zh : refused.reason.en) }
        }
    }
}
