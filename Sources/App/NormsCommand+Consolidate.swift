import ArgumentParser
import Core
import Foundation
import LegalText

/// An amending decision applied to a text: the proposal, and what became of each instruction.
extension NormsCommand {
    struct Consolidate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply an amending decision to a text: a proposal, with the result of each instruction.",
            discussion: "What can not be applied is listed with its reason and leaves the text as it was; nothing is guessed."
        )
        @Option(help: "The file with the text as it stands, UTF-8.")
        var base: String
        @Option(help: "The file with the amending decision, UTF-8.")
        var decision: String
        @Flag(help: "Print JSON: {\"text\", \"instructions\": [{\"number\", \"text\", \"result\", \"reason\"}]}.")
        var json = false

        struct Row: Encodable {
            let number, text, result: String
            let reason: String?

            init(_ outcome: Consolidation.Outcome) {
                (number, text, reason) = (outcome.number, outcome.text, outcome.reason)
                result = outcome.isApplied ? "applied" : "notApplied"
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(number, forKey: .number)
                try container.encode(text, forKey: .text)
                try container.encode(result, forKey: .result)
                try container.encode(reason, forKey: .reason)
            }

            private enum Keys: String, CodingKey { case number, text, result, reason }
        }

        struct CrossReference: Encodable { let article, text, was, now: String }

        struct Answer: Encodable {
            let text: String
            let instructions: [Row]
            let applied, notApplied: Int
            /// Places that still name an article by its old number.
            let crossReferences: [CrossReference]
        }

        func run() async throws {
            let consolidation = Consolidation(base: try Self.read(base), decision: try Self.read(decision))
            let rows = consolidation.outcomes.map(Row.init)
            let applied = consolidation.outcomes.count { $0.isApplied }
            if json {
                return try Answer(
                    text: consolidation.text,
                    instructions: rows,
                    applied: applied,
                    notApplied: rows.count - applied,
                    crossReferences: consolidation.crossReferences.map {
                        .init(article: $0.article, text: $0.text, was: $0.was, now: $0.now)
                    }
                ).printAsJSON()
            }
            print(consolidation.text)
            for row in rows {
                let line = "\(row.result)  \(row.number)  \(row.text)\(row.reason.map { "  (\($0))" } ?? "")\n"
                FileHandle.standardError.write(Data(line.utf8))
            }
            for each in consolidation.crossReferences {
                FileHandle.standardError.write(Data("check  \(each.article) names \(each.text): \(each.was) is now \(each.now)\n".utf8))
            }
        }

        private static func read(_ path: String) throws -> String {
            guard let data = FileManager.default.contents(atPath: path) else { throw Refused("\(path) can not be read.") }
            guard let text = String(data: data, encoding: .utf8) else { throw Refused("\(path) is not UTF-8.") }
            return text
        }
    }
}
