import ArgumentParser
import Core
import Extract
import Foundation
import LegalText
import MerkleLog
import Records
import WorkCalendar

/// `gongkai ledger import|summary`: a key-points document becomes the year's ledger, and the year's summary comes out.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "The ledger of what the office owes.",
        subcommands: [ImportKeyPoints.self, Summary.self]
    )
}

/// `gongkai ledger import FILE --issued DATE`.
struct ImportKeyPoints: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read the tasks, units and deadlines of a key-points document.",
        discussion: """
            Example:  gongkai ledger import 2022-key-points.en.txt --issued 2022-05-26 --dry-run --json
            Reads text in UTF-8. What could not be read is flagged, never guessed.
            """
    )

    @Argument(help: "The document, as text.")
    var file: String

    @Option(help: "The day of issue, YYYY-MM-DD: terms such as \"within 5 working days of issue\" count from it.")
    var issued: String

    @Flag(help: "Read and print, store nothing.")
    var dryRun = false

    @Flag(help: "Print JSON: {\"tasks\": [{\"number\", \"heading\", \"title\", \"text\", \"lead\", \"units\", \"due\", …}]}.")
    var json = false

    @OptionGroup var holidays: Holidays

    @Option(help: "A folder for everything (embedded SQLite); needed unless --dry-run.")
    var data: String?

    @Option(help: "A PostgreSQL address, instead of --data.")
    var database: String?

    @Option(help: "The login of the person who makes the ledger.")
    var by = "lin"

    func validate() throws {
        guard Day(issued) != nil else { throw ValidationError("\(issued) is no date of the form 2022-05-26.") }
        guard dryRun || (data == nil) != (database == nil) else {
            throw ValidationError("Give --dry-run, or either --data DIR or --database URL.")
        }
    }

    func run() async throws {
        guard let issued = Day(issued) else { throw ValidationError("\(issued) is no date.") }
        let read = KeyPoints.read(
            DocumentText.read(try text()),
            issued: issued,
            calendar: try holidays.calendar(),
            units: .reference
        )
        if !dryRun { try await keep(read, issued) }
        if json { return try read.printAsJSON() }
        for task in read.tasks {
            let due = task.due?.description ?? task.dueText ?? "no term"
            print("\(task.number)\t\(due)\t\(task.lead ?? "—")\t\(task.title)")
            for flag in task.flags { print("\t! \(flag)") }
        }
    }

    /// The ledger of the year of issue, under the file's name.
    private func keep(_ points: KeyPoints, _ issued: Day) async throws {
        let place = data.map { ["--data", $0] } ?? database.map { ["--database", $0] } ?? []
        let log = try await Store.parse(place).log()
        let people = People(log.database, world: log.world)
        let actor: Actor
        do { actor = try await people.actor(by) } catch Refusal.notFound { throw Refused("There is no person with the login \(by).") }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        try await Ledgers(log.database, world: log.world).take(
            points,
            year: issued.year,
            document: "file/\(name)",
            issued: issued,
            by: actor
        )
    }

    private func text() throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Refused("\(file) is no text in UTF-8; convert it first, or load it on the desk.")
        }
        return text
    }
}

/// `gongkai ledger summary --year 2022`: the year's summary, as Markdown or DOCX.
struct Summary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the year's summary of the ledger.",
        discussion: "Example:  gongkai ledger summary --year 2022 --data var/demo --out summary.docx"
    )

    @Option(help: "The year.")
    var year: Int
    @Option(help: "zh or en.")
    var language = "zh"
    @Option(help: "A file ending in .md or .docx; default: standard output.")
    var out: String?
    @OptionGroup var store: Store

    func validate() throws {
        guard Language(rawValue: language) != nil else { throw ValidationError("--language is zh or en.") }
    }

    func run() async throws {
        guard let language = Language(rawValue: language) else { return }
        let log = try await store.log()
        let entries = try await Ledgers(log.database, world: log.world).entries(year: year, for: .desk)
        guard !entries.isEmpty else { throw Refused("There is no ledger of \(year).") }
        let lines = entries.map { entry in
            LedgerSummary.Line(
                task: entry.task,
                lead: entry.task.lead.map { UnitNames.name(of: $0, in: language) } ?? "",
                units: entry.units.map { UnitNames.name(of: $0, in: language) },
                evidence: entry.evidence.map { [$0.release, $0.note].compactMap(\.self).joined(separator: " ") }
            )
        }
        let text = LedgerSummary.markdown(year: year, lines, on: log.world.now().beijingDay, in: language)
        guard let out else { return print(text) }
        guard out.hasSuffix(".docx") else { return try text.write(toFile: out, atomically: true, encoding: .utf8) }
        let source = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).md")
        try text.write(to: source, atomically: true, encoding: .utf8)
        defer { do { try FileManager.default.removeItem(at: source) } catch {} }
        let pandoc = Process()
        pandoc.executableURL = URL(fileURLWithPath: "/usr/bin/pandoc")
        pandoc.arguments = [source.path, "-f", "markdown", "-t", "docx", "-o", out]
        try pandoc.run()
        pandoc.waitUntilExit()
        guard pandoc.terminationStatus == 0 else { throw Refused("pandoc could not write \(out).") }
    }
}
