import ArgumentParser
import Core
import Foundation
import LegalText
import WorkCalendar

/// The text of a work on a day, and how two of its texts differ.
extension NormsCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The text in force on a day, whole or one article.")
        @OptionGroup var asked: Asked
        @Option(help: "The day, YYYY-MM-DD; today where none is given.")
        var at: String?
        @Option(help: "One article: 第二十八条, 28, 第二十八条之一.")
        var article: String?

        struct Text: Encodable {
            let number: String
            let anchor: String
            let headings: [String]
            let text: String
        }

        struct Answer: Encodable {
            let title, id: String
            let at: Day
            let status: NormStatus
            let evidence: [NormEvent.Evidence]
            let notes: [String]
            let version: VersionName?
            /// A later text that is known, and the day it takes effect.
            let upcoming: VersionName?
            let preamble: String?
            let articles: [Text]
        }

        func run() async throws {
            let day = try NormsCommand.day(at, "--at")
            let number = try article.map { printed in
                guard let number = ArticleNumber(printed) else { throw ValidationError("--article takes a number such as 第二十八条.") }
                return number
            }
            var found = try await AskedNorm(asked)
            try await found.takeMentions()
            let norm = try found.norm
            let standing = try found.standing(at: day)
            let place = norm.versions.firstIndex { $0.promulgated == found.edition && found.edition != nil } ?? norm.version(at: day)
            let answer = Answer(
                title: norm.title,
                id: norm.id,
                at: day,
                status: standing.status,
                evidence: standing.evidence,
                notes: standing.notes.map(\.en) + (place == nil ? ["the text in force on \(day) is not held"] : []),
                version: place.map { VersionName(norm, $0) },
                upcoming: norm.versions.indices.first { norm.versions[$0].effective.map { $0 > day } ?? false }.map {
                    VersionName(norm, $0)
                },
                preamble: place.map { norm.versions[$0].reading.text }.map { $0.text($0.preamble) },
                articles: try place.map { try Self.articles(norm.versions[$0].reading.text, number, norm.title) } ?? []
            )
            if place == nil, number != nil { throw Refused("\(norm.title): the text in force on \(day) is not held.") }
            if asked.json { return try answer.printAsJSON() }
            print(answer.plain(whole: place.map { norm.versions[$0].text }, isOne: number != nil))
        }

        private static func articles(_ law: LawText, _ number: ArticleNumber?, _ title: String) throws -> [Text] {
            let wanted = try number.map { number in
                guard law.article(number) != nil else { throw Refused("\(title) has no \(number.printed) on that day.") }
                return law.articles.filter { law.articleNumber(of: $0) == number }
            }
            return (wanted ?? law.articles).map { place in
                Text(
                    number: law.number(of: place),
                    anchor: law.anchor(of: place),
                    headings: law.headings(of: place),
                    text: law.words(of: place)
                )
            }
        }
    }

    /// Which text of a work is meant.
    struct VersionName: Encodable {
        let promulgated, effective, until: Day?

        init(_ norm: Norm, _ place: Int) {
            promulgated = norm.versions[place].promulgated
            effective = norm.versions[place].effective
            until = norm.versions.dropFirst(place + 1).compactMap(\.effective).first.map { $0.adding(-1) }
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "How the texts in force on two days differ, article by article.")
        @OptionGroup var asked: Asked
        @Option(help: "The earlier day, YYYY-MM-DD.")
        var from: String
        @Option(help: "The later day, YYYY-MM-DD; today where none is given.")
        var to: String?

        struct Run: Encodable { let kind: WordDiff.Run.Kind, text: String }

        struct Pair: Encodable {
            let change: Lineage.Pair.Change
            let older, newer, olderText, newerText: String?
            let runs: [Run]?

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(change, forKey: .change)
                try container.encode(older, forKey: .older)
                try container.encode(newer, forKey: .newer)
                try container.encode(olderText, forKey: .olderText)
                try container.encode(newerText, forKey: .newerText)
                try container.encodeIfPresent(runs, forKey: .runs)
            }

            private enum Keys: String, CodingKey { case change, older, newer, olderText, newerText, runs }
        }

        struct Answer: Encodable {
            let title: String
            let from, to: VersionName
            let counts: [String: Int]
            let articles: [Pair]
        }

        func run() async throws {
            let days = (try NormsCommand.day(from, "--from"), try NormsCommand.day(to, "--to"))
            var found = try await AskedNorm(asked)
            // A text may have its day only from the decision that made it.
            try await found.takeMentions()
            let norm = try found.norm
            func version(_ day: Day) throws -> Int {
                guard let place = norm.version(at: day) else {
                    let held = norm.versions.map { $0.effective?.description ?? "?" }.joined(separator: ", ")
                    throw Refused("\(norm.title): the text in force on \(day) is not held. Texts held are in force from \(held).")
                }
                return place
            }
            let (one, other) = (try version(days.0), try version(days.1))
            let (old, new) = (norm.versions[one].reading.text, norm.versions[other].reading.text)
            let pairs = Lineage(from: old, to: new).pairs.map { Self.pair($0, old, new) }
            let answer = Answer(
                title: norm.title,
                from: VersionName(norm, one),
                to: VersionName(norm, other),
                counts: Dictionary(grouping: pairs, by: \.change.rawValue).mapValues(\.count),
                articles: pairs
            )
            if asked.json { return try answer.printAsJSON() }
            for pair in pairs where pair.change != .same {
                print("\(pair.older ?? "—") → \(pair.newer ?? "—")  \(pair.change.rawValue)")
                for run in pair.runs ?? [] where run.kind != .same { print("  \(run.kind == .added ? "+" : "-") \(run.text)") }
            }
            print(answer.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }

        private static func pair(_ pair: Lineage.Pair, _ old: LawText, _ new: LawText) -> Pair {
            let (older, newer) = (pair.older.map { old.articles[$0] }, pair.newer.map { new.articles[$0] })
            let (was, now) = (older.map { old.words(of: $0) }, newer.map { new.words(of: $0) })
            var runs: [Run]?
            if let was, let now, pair.change == .changed || pair.change == .renumberedAndChanged {
                runs = WordDiff(from: was, to: now).runs.map { Run(kind: $0.kind, text: $0.text) }
            }
            return Pair(
                change: pair.change,
                older: older.map { old.number(of: $0) },
                newer: newer.map { new.number(of: $0) },
                olderText: was,
                newerText: now,
                runs: runs
            )
        }
    }
}

extension NormsCommand.Show.Answer {
    func plain(whole: String?, isOne: Bool) -> String {
        var lines = ["\(title)  \(at): \(status.rawValue)"]
        if let effective = version?.effective { lines.append("in force from \(effective)\(version?.until.map { " to \($0)" } ?? "")") }
        if let next = upcoming?.effective { lines.append("another text from \(next)") }
        lines += notes.map { "(\($0))" }
        lines += isOne ? articles.map { "\($0.number)　\($0.text)" } : [whole ?? ""]
        return lines.joined(separator: "\n")
    }
}
