import ArgumentParser
import Core
import Extract
import Foundation
import Redact
import Scan

/// `gongkai redact`: a rendition without what is withheld, and a search for redactions that hide nothing.
struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Builds a file anew without what is withheld, and proves it; checks redactions in files that come in.",
        subcommands: [Make.self, Check.self],
        defaultSubcommand: Make.self
    )

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Builds the rendition that may be handed out.",
            discussion: """
                Example:  gongkai redact reply.pdf --out reply-open.pdf --findings findings.json --json
                Text and CSV become text and CSV with ▇; DOCX is built anew from what it shows; PDF becomes page pictures with black \
                burnt in and behind them only the text that is kept; pictures are written anew from their colours alone. Any file that can be \
                read becomes .txt. What is withheld is then searched in the new file by extraction, recognition, bytes and unpacked streams; \
                if anything is found, nothing is written. Needs no store.
                FILE is the JSON of `gongkai scan --json`, or a list like [{"value": "…", "article": "…"}], [{"page": 1, "box": \
                {"x": 72, "y": 90, "width": 200, "height": 14}}] (points from the top left) or ["…"].
                """
        )

        @Argument(help: "The file, as it stands.")
        var input: String
        @Option(help: "The file to be written; its end decides the kind.")
        var out: String
        @Option(help: "all (what the scan finds), or a file of JSON.")
        var findings: String
        @Option(help: "The article printed where something is withheld, unless the finding names its own.")
        var article = ""
        @Flag(help: "Five ▇ for every place, so that nobody can count the letters.")
        var fixedWidth = false
        @Flag(help: "Print JSON: {\"in\", \"out\", \"withheld\", \"verified\", \"checks\", \"how\"}.")
        var json = false

        func run() async throws {
            let bytes = try readFile(input)
            guard URL(fileURLWithPath: out).standardizedFileURL != URL(fileURLWithPath: input).standardizedFileURL else {
                throw Refused("The file to be written must not be the file that came in.")
            }
            let withheld =
                findings == "all"
                ? try await Withholding.all(in: bytes, name: input, article: article)
                : try Withholding.listed(in: findings, article: article)
            if withheld.contains(where: { $0.reason == Finding.Rule.secrecyMark.rawValue }) {
                throw Refused(
                    Language.ofTerminal == .zh
                        ? "文件带有国家秘密标志，不得在此处理：遮盖标志并不解密。请停止处理并在24小时内报告保密工作机构。没有写出任何文件。"
                        : "The file bears a secrecy mark and may not be handled here: taking the mark out does not clear the text. "
                            + "Stop, and report to the secrecy office within 24 hours. Nothing was written."
                )
            }
            let name = URL(fileURLWithPath: out).lastPathComponent
            let made: Redaction.Rendition
            do {
                made = try await Redaction.rendition(of: bytes, name: input, as: name, withholding: withheld, fixedWidth: fixedWidth)
            } catch { throw Refused(Language.ofTerminal == .zh ? error.zh : error.en) }
            do { try Data(made.bytes).write(to: URL(fileURLWithPath: out), options: .atomic) } catch {
                throw Refused("\(out) can not be written.")
            }
            struct Told: Encodable {
                let `in`, out: String
                let withheld: Int
                let verified: Bool
                let checks: [Redaction.Check]
                let how: String
            }
            if json {
                return try Told(in: input, out: out, withheld: made.withheld, verified: true, checks: made.checks, how: made.how)
                    .printAsJSON()
            }
            print("\(out): \(made.how); withheld at \(made.withheld) places")
            for check in made.checks { print("\(check.name)\t\(check.looked)\t\(check.found)") }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds text that somebody meant to hide and that is still there.",
            discussion: """
                Example:  gongkai redact check from-another-agency.pdf --json
                Exit status 1 when something is found.
                """
        )

        @Argument(help: "The file that came in.")
        var file: String
        @Flag(help: "Print JSON: [{\"place\", \"kind\", \"text\", \"reason\"}].")
        var json = false

        func run() async throws {
            let bytes = try readFile(file)
            let found: [BadRedaction]
            do {
                found = try await BadRedactions.find(in: bytes, name: URL(fileURLWithPath: file).lastPathComponent)
            } catch { throw Refused(Language.ofTerminal == .zh ? error.zh : error.en) }
            if json {
                try found.printAsJSON()
            } else {
                for each in found { print("\(each.place)\t\(each.kind.rawValue)\t\(each.text)\t\(each.reason)") }
            }
            guard found.isEmpty else { throw ExitCode(1) }
        }
    }
}

private func readFile(_ name: String) throws -> [UInt8] {
    let most = Extract.mostBytesInReview
    let size: Int
    do {
        size = try FileManager.default.attributesOfItem(atPath: name)[.size] as? Int ?? 0
    } catch { throw Refused("\(name) can not be read.") }
    guard size <= most else {
        throw Refused(Language.ofTerminal == .zh ? Extract.Refused.tooLargeToReview.zh : Extract.Refused.tooLargeToReview.en)
    }
    guard let data = FileManager.default.contents(atPath: name) else { throw Refused("\(name) can not be read.") }
    return [UInt8](data)
}
