import ArgumentParser
import Core
import Foundation
import LegalText
import Records
import Web
import WorkCalendar

/// What the office finds of itself: gaps, late publications, citations of what lapsed, another source's wording.
extension NormsCommand {
    struct Audit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look over the office's own documents; compare all texts held with another source.",
            discussion: """
                Gaps in the number series, publication later than 20 working days after the document was made (Regulation on Open \
                Government Information, art. 26), documents of its own that it cites and does not show, citations of repealed or \
                expired texts. With --against, also every text that another collection words otherwise, punctuation aside.
                """
        )
        @OptionGroup var store: Store
        @Option(help: "As of that day, YYYY-MM-DD; today where none is given.")
        var on: String?
        @Option(help: "Another collection (laws.jsonl, or packed with gzip): a JSON object a line.")
        var against: String?
        @Flag(help: "Print one JSON value.")
        var json = false

        struct Compared: Encodable {
            struct Work: Encodable {
                let title, id: String
                let differences: [SecondSource.Difference]
            }

            /// Works of both, of which some are worded otherwise; and how many works of the store the other collection lacks.
            var compared = 0
            var lacking = 0
            /// Titles that several works of the other collection bear.
            var ambiguous: [String] = []
            var different: [Work] = []
        }

        struct Answer: Encodable {
            let audit: SelfAudit
            let secondSource: Compared?
        }

        func run() async throws {
            let day = try NormsCommand.day(on, "--on")
            let house = try await store.house(try Listening.parse([]))
            let audit = try await house.library.audit(on: day, calendar: house.calendar)
            let compared = try await against.mapWaiting { try await compare(house, with: try CorpusFile(path: $0)) }
            if json { return try Answer(audit: audit, secondSource: compared).printAsJSON() }
            show(audit)
            if let compared { show(compared) }
        }

        private func compare(_ house: House, with other: CorpusFile) async throws -> Compared {
            let theirs = NormLibrary(heads: try other.heads())
            var compared = Compared()
            var waiting: [(NormRecord, String)] = []
            func settle() throws {
                let records = Dictionary(uniqueKeysWithValues: try other.records(waiting.map(\.1)).map { ($0.id, $0) })
                for (ours, id) in waiting {
                    guard let their = records[id] else { continue }
                    compared.compared += 1
                    let differences = SecondSource.differences(ours: ours.text, theirs: their.text)
                    if !differences.isEmpty { compared.different.append(.init(title: ours.title, id: ours.id, differences: differences)) }
                }
                waiting = []
            }
            try await NormRecords(house.database).each { ours in
                switch theirs.titles.resolve(ours.title, issuer: ours.issuer, number: ours.numbers.first) {
                case .work(let place): waiting.append((ours, theirs.heads[place].id))
                case .ambiguous: compared.ambiguous.append(ours.title)
                case .unknown: compared.lacking += 1
                }
                if waiting.count == 100 { try settle() }
            }
            try settle()
            return compared
        }

        private func show(_ audit: SelfAudit) {
            print("Number series")
            for each in audit.series {
                let gaps = each.missing.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
                print(
                    "  \(each.agency)〔\(each.year)〕1-\(each.last)号  missing: \(gaps.isEmpty ? "none" : gaps.joined(separator: ", "))"
                        + (each.notPublic.isEmpty ? "" : "  not public: \(each.notPublic.map(String.init).joined(separator: ", "))")
                )
            }
            print("Later than \(SelfAudit.term.workingDays) working days: \(audit.late.count)")
            for each in audit.late {
                let published = each.publishedOn.map { "public on \($0)" } ?? "not public"
                print("  \(each.title)  made \(each.writtenOn), due \(each.due)\(each.isProvisional ? " (provisional)" : ""), \(published)")
            }
            print("Cited and not public: \(audit.citedNotPublic.count)")
            for each in audit.citedNotPublic { print("  \(each.title) \(each.article ?? "")  \(each.words)") }
            print("Cites what has lapsed: \(audit.citesLapsed.count)")
            for each in audit.citesLapsed {
                print("  \(each.title) \(each.article ?? "")  \(each.words) → \(each.target ?? "") \(each.status?.rawValue ?? "")")
            }
        }

        private func show(_ compared: Compared) {
            print(
                "\(compared.compared) works compared, \(compared.different.count) worded otherwise, \(compared.lacking) not in the other source"
            )
            for title in compared.ambiguous { print("  several works there bear the title \(title)") }
            for work in compared.different {
                print("\(work.title)  \(work.id)")
                for each in work.differences {
                    let runs = each.runs.map { "\($0.kind == .removed ? "-" : "+")\($0.text)" }.joined(separator: " ")
                    print("  \(each.ours ?? "—") → \(each.theirs ?? "—")  \(runs)")
                }
            }
        }
    }
}

extension Optional {
    /// The same as `map`, for what takes its time.
    fileprivate func mapWaiting<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        guard let self else { return nil }
        return try await body(self)
    }
}
