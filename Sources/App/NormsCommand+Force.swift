import ArgumentParser
import Core
import Foundation
import LegalText
import WorkCalendar

/// How a work stands, what made it so, what it cites and what rests on it.
extension NormsCommand {
    struct StatusOf: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "How a work stands on a day, with the sentences that prove it."
        )
        @OptionGroup var asked: Asked
        @Option(help: "The day, YYYY-MM-DD; today where none is given.")
        var at: String?

        struct Answer: Encodable {
            let title, id: String
            let at: Day
            let status: NormStatus
            let evidence: [NormEvent.Evidence]
            let notes: [String]
        }

        func run() async throws {
            let day = try NormsCommand.day(at, "--at")
            var found = try await AskedNorm(asked)
            try await found.takeMentions()
            let (norm, standing) = (try found.norm, try found.standing(at: day))
            let answer = Answer(
                title: norm.title,
                id: norm.id,
                at: day,
                status: standing.status,
                evidence: standing.evidence,
                notes: standing.notes.map(\.en)
            )
            if asked.json { return try answer.printAsJSON() }
            print("\(norm.title)  \(day): \(standing.status.rawValue)")
            for each in standing.evidence { print(each.line) }
            for note in standing.notes { print("  (\(note.en))") }
        }
    }

    struct Events: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All events of a work in order of time.")
        @OptionGroup var asked: Asked

        struct Row: Encodable {
            let kind: NormEvent.Kind
            let date: Day?
            let document, sentence: String
            let article: String?
            let evidence: NormEvent.Evidence
            let articles: [String]
            let applies: Bool
            let note: String?
        }

        func run() async throws {
            var found = try await AskedNorm(asked)
            try await found.takeMentions()
            let events = found.library.events(of: found.place)
            if asked.json {
                return try events.map { event in
                    Row(
                        kind: event.kind,
                        date: event.day,
                        document: event.evidence.document,
                        sentence: event.evidence.sentence,
                        article: event.evidence.article,
                        evidence: event.evidence,
                        articles: event.articles,
                        applies: event.applies,
                        note: event.note?.en
                    )
                }.printAsJSON()
            }
            for event in events {
                let what = ([event.kind.rawValue] + event.articles).joined(separator: " ")
                print("\(event.day?.description ?? "—")  \(what)\(event.applies ? "" : " (changes nothing)")")
                print(event.evidence.line)
                if let note = event.note { print("  (\(note.en))") }
            }
        }
    }

    struct Citations: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What a work cites: target, place, and whether the article drifted.")
        @OptionGroup var asked: Asked
        @Option(help: "Of the text in force on that day, YYYY-MM-DD; today where none is given.")
        var at: String?

        func run() async throws {
            let day = try NormsCommand.day(at, "--at")
            var found = try await AskedNorm(asked)
            try await found.take(found.library.cited(by: found.place))
            let citations = found.library.citations(of: found.place, version: try found.norm.version(at: day), today: day)
            if asked.json { return try citations.printAsJSON() }
            for each in citations {
                let target = each.target.map { "→ \($0.title) \($0.article ?? "")" } ?? "→ ?"
                let drift = each.drift == true ? "  DRIFT" : ""
                print("\(each.place)  \(each.text)  \(target)  [\(each.kind)]\(drift)\(each.note.map { "  (\($0))" } ?? "")")
            }
        }
    }

    struct ImpactOf: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "impact",
            abstract: "What a work repeals or changes, and every work that rests on it or on what it repeals."
        )
        @OptionGroup var asked: Asked
        @Option(help: "The day, YYYY-MM-DD; today where none is given.")
        var on: String?

        func run() async throws {
            let day = try NormsCommand.day(on, "--on")
            var found = try await AskedNorm(asked)
            let library = found.library
            let wanted = library.struck(by: found.place).union([found.place])
            let needles = wanted.flatMap { library.needles(for: $0) }
            let ids = wanted.map { library.heads[$0].id }
            found.library.add(try await found.source.records(citing: ids, mentioning: needles))
            guard let impact = found.library.impact(of: found.place, on: day) else { throw Refused("Its text can not be read.") }
            if asked.json { return try impact.printAsJSON() }
            for change in impact.changes {
                print(
                    "\(change.day?.description ?? "—")  \(change.kind)  \(change.title)\(change.id == nil ? "  (not in the database)" : "")"
                )
            }
            print("\(impact.dependents.count) works rest on it in \(impact.places) places")
            for each in impact.dependents {
                print("\(each.title)  \(each.relation)")
                for place in each.places { print("  \(place.place)  \(place.text)") }
            }
        }
    }
}

extension NormEvent.Evidence {
    var line: String {
        "  \(date.map { "\($0) " } ?? "")《\(document)》\(article ?? "")：\(sentence.replacing("\n", with: " "))"
    }
}
