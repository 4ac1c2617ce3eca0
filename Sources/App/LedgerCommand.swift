import ArgumentParser
import Core
import Extract
import Foundation
import LegalText
import WorkCalendar

/// `gongkai ledger import|summary`: a key-points document becomes the year's ledger, and the year's summary comes out.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "The ledger of what the office owes.",
        subcommands: [ImportKeyPoints.self]
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

    func validate() throws {
        guard Day(issued) != nil else { throw ValidationError("\(issued) is no date of the form 2022-05-26.") }
    }

    func run() async throws {
        guard let issued = Day(issued) else { throw ValidationError("\(issued) is no date.") }
        let read = KeyPoints.read(
            DocumentText.read(try text()),
            issued: issued,
            calendar: try holidays.calendar(),
            units: .reference
        )
        if json { return try read.printAsJSON() }
        for task in read.tasks {
            let due = task.due?.description ?? task.dueText ?? "no term"
            print("\(task.number)\t\(due)\t\(task.lead ?? "—")\t\(task.title)")
            for flag in task.flags { print("\t! \(flag)") }
        }
    }

    private func text() throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Refused("\(file) is no text in UTF-8; convert it first, or load it on the desk.")
        }
        return text
    }
}
