import ArgumentParser
import Core
import Extract
import Foundation
import Records
import Web

/// `gongkai watermark read FILE`: whose copy of a limited release a text was taken from.
struct WatermarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watermark",
        abstract: "Read the invisible mark of a text that came back.",
        subcommands: [Read.self]
    )

    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell from which recipient's copy a text was taken.",
            discussion: """
                Example:  gongkai watermark read leaked.txt --by zhao --data var/demo
                Reads any format that `gongkai scan` reads. Forty characters or words are enough; who retypes carries no mark over.
                The look-up is written to the release's log.
                """
        )

        @Argument(help: "The file that came back.")
        var file: String
        @Option(help: "The login of the reviewer, disclosure officer or leader who looks.")
        var by = "zhao"
        @Flag(help: "Print JSON: [{\"release\", \"title\", \"recipient\", \"name\", \"address\", \"agreement\" (of 64)}].")
        var json = false
        @OptionGroup var store: Store

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
            let text: String
            do { text = try await Extract.text(from: Array(data)).text } catch let refused as Extract.Refused {
                throw Refused(Text(refused.zh, refused.en).in(.ofTerminal))
            }
            let house = try await store.house(try Listening.parse([]))
            let actor: Actor
            do { actor = try await house.people.actor(by) } catch Refusal.notFound {
                throw Refused("There is no person with the login \(by).")
            }
            let sources = try await house.limited.sources(of: text, by: actor).map(Line.init)
            if json { return try sources.printAsJSON() }
            if sources.isEmpty { print("No recipient's mark was found.") }
            for line in sources { print("\(line.recipient)\t\(line.name)\t\(line.address)\t\(line.agreement)/64\t\(line.title)") }
        }

        private struct Line: Encodable {
            let release, title, name, address: String
            let recipient, agreement: Int

            init(_ source: LimitedReleases.Source) {
                (release, title) = (source.release.key, source.release.title)
                (name, address) = (source.recipient.name, source.recipient.address)
                (recipient, agreement) = (source.recipient.number, source.agreement)
            }
        }
    }
}
