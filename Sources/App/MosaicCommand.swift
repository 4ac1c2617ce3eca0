import ArgumentParser
import Core
import Foundation
import Mosaic
import Records
import Web

/// `gongkai mosaic`: what a table discloses, alone and beside everything already out.
struct MosaicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mosaic",
        abstract: "What a table discloses, before it is released.",
        subcommands: [Measure.self, Check.self, Counts.self, Difference.self, Rebuild.self]
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
            try answering {
                let measures = try Mosaic.measure(
                    try CSV.read(file: file),
                    quasi: columns(quasi),
                    sensitive: columns(sensitive),
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
            }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What becomes certain when a new table is laid beside the tables already released, and what would help.",
            discussion: """
                Example:  gongkai mosaic check agents-2022.csv --with agents-2021.csv funded.csv --quasi company,city --k 5 --json
                Reads CSV with , ; or tab, in UTF-8 or GB18030. Needs no store. A withdrawn table is still out: name it too.
                """
        )

        @Argument(help: "The new table, as CSV.")
        var file: String
        @Option(parsing: .upToNextOption, help: "Tables already released, as CSV.")
        var with: [String] = []
        @Option(help: "Columns that an outsider may know, separated by commas.")
        var quasi: String
        @Option(help: "Columns that must not be learned, separated by commas; without it all others that are no identifiers.")
        var sensitive: String?
        @Option(help: "The smallest crowd that is large enough.")
        var k = 5
        @Flag(inversion: .prefixedNo, help: "Also look for changes that help; each is measured by all attacks again.")
        var cures = true
        @Flag(help: "Print JSON: {\"unique\", \"belowK\", \"certain\", \"with\", \"findings\", \"cures\", …}.")
        var json = false

        func run() throws {
            try answering {
                let earlier = try with.map { EarlierRelease(name: $0, table: try CSV.read(file: $0)) }
                let check = try Mosaic.check(
                    try CSV.read(file: file),
                    against: earlier,
                    quasi: columns(quasi),
                    sensitive: sensitive.map(columns),
                    k: k,
                    cures: cures
                )
                if json { return print(try Mosaic.json(check)) }
                print(check.sentence.inTerminal)
                for finding in check.findings { print("- \(finding.sentence.inTerminal)") }
                for cure in check.cures { print("+ \(cure.sentence.inTerminal)") }
                for limit in check.limits { print("! \(limit.inTerminal)") }
            }
        }
    }
}

extension MosaicCommand {
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read all releases anew into the ledger of who is already spoken of.",
            discussion: """
                Example:  gongkai mosaic rebuild --data var/office --json
                The ledger holds digests under the house's key; withdrawn releases stay in it. Needed after the key was changed.
                """
        )

        @OptionGroup var store: Store
        @Flag(help: "Print JSON: {\"releases\", \"mentions\"}.")
        var json = false

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            let (releases, mentions) = try await house.datasets.ledger.rebuild()
            if json { return try ["releases": releases, "mentions": mentions].printAsJSON() }
            print("\(releases) releases, \(mentions) mentions")
        }
    }
}

/// Names of a list with commas.
func columns(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
}

/// A table that can not be measured is refused in the language of the terminal.
func answering(_ work: () throws -> Void) throws {
    do { try work() } catch let refused as MosaicRefused { throw Refused(refused.reason.inTerminal) }
}

extension Sentence {
    var inTerminal: String { Language.ofTerminal == .zh ? zh : en }
}
