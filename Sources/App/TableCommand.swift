import ArgumentParser
import Core
import Foundation
import Sheets

/// `gongkai table`: what a workbook or a text file holds as a table, and what was left aside.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Read the table of a workbook, as the desk would take it in.",
        discussion: """
            Example:  gongkai table agents.xlsx > agents.csv
            The table goes to standard output as CSV, what was left aside to standard error.
            """
    )

    @Argument(help: "The file: XLSX or CSV.")
    var file: String
    @Option(help: "A folder that is there: leaves table.csv, aside.txt and told.json in it, and succeeds when the file is refused too.")
    var out: String?

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else { throw Refused("The file \(file) can not be read.") }
        let result: Result<TableReading, TableRefused>
        do throws(TableRefused) { result = .success(try TableReader.readHere(Array(data))) } catch { result = .failure(error) }
        if let out { return try TableReader.leave(result, in: URL(fileURLWithPath: out, isDirectory: true)) }
        switch result {
        case .failure(let refused): throw Refused(refused.note.inTerminal)
        case .success(let read):
            for note in read.notes { FileHandle.standardError.write(Data("gongkai: \(note.inTerminal)\n".utf8)) }
            FileHandle.standardOutput.write(Data(read.csv))
        }
    }
}

extension TableNote {
    var inTerminal: String { Language.ofTerminal == .zh ? zh : en }
}
