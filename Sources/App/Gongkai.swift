import ArgumentParser
import Core
import Foundation
import Index
import Storage
import WorkCalendar

/// The program: `gongkai <noun> <verb>`. Exit status 0 is done, 1 refused, 2 a call that can not be read.
struct Gongkai: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gongkai",
        abstract: "Runs an agency's whole disclosure duty: documents, review, release, log, search, ledger.",
        discussion: """
            Every command that needs a store takes --data DIR (embedded, one folder) or --database URL (PostgreSQL).
            With --json a command prints one JSON value on standard output and nothing else there.
            """,
        subcommands: [
            Serve.self, Work.self, Demo.self, PersonCommand.self, Migrate.self, Import.self, SearchCommand.self, NormsCommand.self,
            LedgerCommand.self,
            Calendar.self,
            LogCommand.self, MethodCommand.self, ScanCommand.self,
            RequestsCommand.self, PowersCommand.self, FeeCommand.self, ReportCommand.self, MosaicCommand.self, TableCommand.self,
            RedactCommand.self,
            Backup.self, Restore.self,
            Check.self, WatermarkCommand.self,
        ]
    )
}

@main
enum Program {
    static func main() async {
        do {
            var command = try Gongkai.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(status(of: error))
        }
    }

    /// Says on standard error why, and gives the exit status.
    private static func status(of error: any Error) -> Int32 {
        if let sentence = sentence(of: error) {
            FileHandle.standardError.write(Data("gongkai: \(sentence)\n".utf8))
            return 1
        }
        let message = Gongkai.fullMessage(for: error)
        if Gongkai.exitCode(for: error) == .success {
            print(message)
            return 0
        }
        FileHandle.standardError.write(Data("\(message)\n".utf8))
        return Gongkai.exitCode(for: error) == .validationFailure ? 2 : 1
    }

    private static func sentence(of error: any Error) -> String? {
        switch error {
        case let refusal as Refusal: refusal.text.in(.ofTerminal)
        case let missing as WorkCalendar.MissingNotice: Language.ofTerminal == .zh ? missing.zh : missing.en
        case let fault as HolidayNotice.Fault: fault.description
        case let error as StorageError: error.description
        case let error as IndexError: error.description
        case let refused as Refused: refused.sentence
        default: nil
        }
    }
}

/// A refusal of the command line's own: one sentence.
struct Refused: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

extension Language {
    /// The terminal's language, by LANG.
    static var ofTerminal: Language {
        let variables = ProcessInfo.processInfo.environment
        return (variables["LC_ALL"] ?? variables["LC_MESSAGES"] ?? variables["LANG"] ?? "").hasPrefix("zh") ? .zh : .en
    }
}

extension Encodable {
    /// One JSON value on standard output, with sorted keys.
    func printAsJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        FileHandle.standardOutput.write(try encoder.encode(self) + Data("\n".utf8))
    }
}
