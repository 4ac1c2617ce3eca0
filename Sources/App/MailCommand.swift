import ArgumentParser
import Core
import Foundation
import Records
import Web

/// `gongkai requests mail FILE.eml…`.
struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Register requests that came as e-mail; each message once, bad ones are refused one by one.",
        discussion: """
            Lines of the text such as 姓名：, 身份证号：, 所需信息：, 获取方式： fill the fields; what art. 29 asks for and the message does
            not say is listed, for one correction notice (art. 30). Exit status 1 when a message was refused.
            Example:  gongkai requests mail inbox/*.eml --by admin --data /srv/gongkai --json
            """
    )

    @Argument(help: "The messages, as .eml files.")
    var files: [String]
    @Option(help: "The login of the disclosure officer who registers them.")
    var by = "admin"
    @OptionGroup var store: Store
    @Flag(help: "Print JSON: [{\"file\", \"number\", \"missing\", \"refusedFiles\", \"zh\", \"en\"}].")
    var json = false

    private struct Line: Encodable {
        let file: String
        var number: String?
        var missing: [MailFiling.Missing] = []
        var refusedFiles: [String] = []
        var zh: String?
        var en: String?

        init(_ file: String) { self.file = file }
    }

    func run() async throws {
        let house = try await store.house(try Listening.parse([]))
        let actor = try await house.people.actor(by)
        let intake = MailIntake(house)
        var lines: [Line] = []
        for file in files {
            var line = Line(file)
            do {
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw Refusal.invalid("file", "文件无法读取。", "The file can not be read.")
                }
                let taken = try await intake.take([UInt8](data), by: actor)
                (line.number, line.missing, line.refusedFiles) = (taken.number, taken.missing, taken.refusedFiles)
            } catch let refusal as Refusal { (line.zh, line.en) = (refusal.text.zh, refusal.text.en) }
            lines.append(line)
        }
        if json {
            try lines.printAsJSON()
        } else {
            for line in lines {
                let missing = line.missing.map { $0.text.in(.ofTerminal) }.joined(separator: "; ")
                let refused = (Language.ofTerminal == .zh ? line.zh : line.en) ?? ""
                print("\(line.file)\t\(line.number ?? refused)\t\(missing)")
            }
        }
        guard lines.allSatisfy({ $0.number != nil }) else { throw ExitCode(1) }
    }
}
