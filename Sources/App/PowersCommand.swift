import ArgumentParser
import Core
import Foundation
import Records
import Sheets
import Web
import WorkCalendar

/// `gongkai powers list|import|export|check`: the list of powers and the service guides.
struct PowersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "powers",
        abstract: "The list of powers and responsibilities, and the service guides.",
        subcommands: [List.self, ImportTable.self, Export.self, CheckBases.self]
    )

    /// `gongkai powers list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List powers and service guides with their bases and flags.")

        @OptionGroup var which: Which
        @OptionGroup var store: Store
        @Flag(help: "Only those whose basis changed, lapsed or moved.")
        var flagged = false
        @Flag(help: "Print JSON: [{\"code\", \"list\", \"name\", \"type\", \"unit\", \"state\", \"elements\", \"bases\", \"flags\", …}].")
        var json = false

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            var filter = try which.filter()
            filter.isFlagged = flagged
            let entries = try await house.matters.entries(filter, for: which.reader)
            if json { return try entries.map { MatterJSON($0, for: which.reader) }.printAsJSON() }
            for entry in entries {
                let text = which.reader == .desk ? entry.matter.draft : entry.matter.watched
                let type = (text.type?.text ?? entry.matter.sort.text).in(.ofTerminal)
                let state = entry.matter.state.text.in(.ofTerminal)
                print(
                    "\(entry.matter.code)\t\(type)\t\(UnitNames.name(of: text.unit, in: .ofTerminal))\t\(state)\t\(text.name(in: .ofTerminal))"
                )
                for basis in text.bases { print("\t\(basis.citation)") }
                for flag in entry.flags { print("\t! \(flag.basis): \(flag.text.in(.ofTerminal)) (\(flag.since))") }
            }
        }
    }

    /// `gongkai powers import FILE`.
    struct ImportTable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Load a standard table as drafts; bad rows are refused one by one, the rest is loaded.",
            discussion: """
                Takes CSV in UTF-8, XLSX and DOCX, told apart by their bytes. The first row holds the heads of the list of powers or
                of the service guides, as `gongkai powers export` writes them. A basis is written 《title》第X条 and is taken only
                where the document is published and in force.
                """
        )

        @Argument(help: "The file.")
        var file: String
        @OptionGroup var store: Store
        @Option(help: "The login of the drafter or of the disclosure office's officer.")
        var by = "admin"
        @Flag(help: "You answer for bases of whose force there is no evidence.")
        var confirm = false
        @Flag(help: "Print JSON: {\"loaded\", \"unchanged\", \"refused\": [{\"line\", \"zh\", \"en\"}]}.")
        var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
            let sheet: Sheet
            do throws(Sheet.Unreadable) { sheet = try Sheet.read(Array(data)) } catch {
                throw Refused("\(file): \(Language.ofTerminal == .zh ? error.zh : error.en)")
            }
            let house = try await store.house(try Listening.parse([]))
            let actor: Actor
            do { actor = try await house.people.actor(by) } catch Refusal.notFound {
                throw Refused("There is no person with the login \(by).")
            }
            let result = try await house.matters.load(sheet.rows, isConfirmed: confirm, by: actor)
            if json { return try result.printAsJSON() }
            print("\(result.loaded) loaded, \(result.unchanged) unchanged, \(result.refused.count) refused")
            for bad in result.refused { print("  row \(bad.line): \(Language.ofTerminal == .zh ? bad.zh : bad.en)") }
        }
    }

    /// `gongkai powers export FILE`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a list as its standard table.",
            discussion: "Example:  gongkai powers export powers.xlsx --list power --data var/demo"
        )

        @Argument(help: "The file, ending in .csv, .xlsx or .docx.")
        var file: String
        @OptionGroup var which: Which
        @OptionGroup var store: Store
        @Option(help: "The language of the heads, zh or en.")
        var language = "zh"
        @Flag(help: "Print JSON: {\"file\", \"rows\"}.")
        var json = false

        private struct Answer: Encodable {
            let file: String
            let rows: Int
        }

        func validate() throws {
            guard format != nil else { throw ValidationError("The file ends in .csv, .xlsx or .docx.") }
            guard Language(rawValue: language) != nil else { throw ValidationError("--language is zh or en.") }
        }

        private var format: Sheet.Format? { file.split(separator: ".").last.flatMap { Sheet.Format(rawValue: $0.lowercased()) } }

        func run() async throws {
            guard let format, let language = Language(rawValue: language) else { return }
            let house = try await store.house(try Listening.parse([]))
            var filter = try which.filter()
            filter.sort = filter.sort ?? .power
            let entries = try await house.matters.entries(filter, for: which.reader)
            let sheet = Sheet.of(entries, filter.sort ?? .power, for: which.reader, in: language)
            do { try Data(sheet.data(as: format)).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                throw Refused("\(file) can not be written.")
            }
            if json { return try Answer(file: file, rows: entries.count).printAsJSON() }
            print("\(entries.count) rows in \(file)")
        }
    }

    /// `gongkai powers check`.
    struct CheckBases: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Look at every basis: what lapsed, changed, moved to another number, or will.",
            discussion: """
                Today's flags are raised and the units told, as the daily job does. With --at only look: as of that day, by the texts
                that are published now.
                """
        )

        @OptionGroup var store: Store
        @Option(help: "As of this day, YYYY-MM-DD; nothing is written then.")
        var at: String?
        @Flag(
            help:
                "Print JSON: {\"at\", \"checked\", \"flagged\": [{\"code\", \"name\", \"unit\", \"flags\": [{\"kind\", \"basis\", \"zh\", \"en\"}]}]}."
        )
        var json = false

        private struct Answer: Encodable {
            let at: Day
            let checked: Int
            let flagged: [Flagged]

            struct Flagged: Encodable {
                let code, name, unit: String
                let flags: [BasisFlag]
            }
        }

        func validate() throws {
            guard at.map({ Day($0) != nil }) ?? true else { throw ValidationError("--at takes a date of the form 2022-05-26.") }
        }

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            let day = at.flatMap { Day($0) } ?? house.world.now().beijingDay
            if at == nil { try await house.matters.watch(on: day) }
            let findings = try await house.matters.findings(on: day)
            let flagged = findings.filter { !$0.flags.isEmpty }.map { finding in
                Answer.Flagged(
                    code: finding.matter.code,
                    name: finding.matter.watched.name(in: .ofTerminal),
                    unit: finding.matter.unit,
                    flags: finding.flags
                )
            }
            if json { return try Answer(at: day, checked: findings.count, flagged: flagged).printAsJSON() }
            print("\(findings.count) checked, \(flagged.count) flagged")
            for each in flagged {
                print("\(each.code)\t\(each.name)")
                for flag in each.flags { print("\t! \(flag.basis): \(flag.text.in(.ofTerminal))") }
            }
        }
    }
}

/// Which matters a command is about.
struct Which: ParsableArguments {
    @Option(help: "power or guide; default: both, for an export power.")
    var list: String?
    @Option(help: "One of the ten types: \(PowerType.allCases.map(\.rawValue).joined(separator: ", ")), or its name.")
    var type: String?
    @Option(help: "A unit's code or name.")
    var unit: String?
    @Flag(help: "The desk's drafts, instead of what is public.")
    var drafts = false

    var reader: Matters.Reader { drafts ? .desk : .everyone }

    func validate() throws {
        guard list.map({ Matter.Sort(rawValue: $0) != nil }) ?? true else { throw ValidationError("--list is power or guide.") }
        guard type.map({ PowerType(named: $0) != nil }) ?? true else { throw ValidationError("--type is none of the ten types.") }
    }

    func filter() throws -> Matters.Filter {
        var filter = Matters.Filter()
        filter.sort = list.flatMap { Matter.Sort(rawValue: $0) }
        filter.type = type.flatMap { PowerType(named: $0) }
        if let unit {
            let known = UnitNames.units.first { $0.code == unit } ?? UnitNames.reference.named(unit)
            guard let known else { throw Refused("There is no unit “\(unit)”.") }
            filter.unit = known.code
        }
        return filter
    }
}
