import ArgumentParser
import Core
import Foundation
import Records
import Web
import WorkCalendar

/// `gongkai requests …`: the register of requests.
struct RequestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Requests for information, and their statutory clocks.",
        subcommands: [Clock.self, Due.self, ImportHistory.self, MailCommand.self, Retention.self]
    )

    /// `gongkai requests clock FILE.json`.
    struct Clock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Derive the dates of a request from its events; needs no store.",
            discussion: """
                The file:  {"received": "2022-03-01", "channel": "inPerson", "events": [{"kind": "thirdPartyAsked", "on": "2022-03-10"}]}
                Channels:  \(Channel.allCases.map(\.rawValue).joined(separator: ", "))
                Events:    \(ClockEvent.Kind.allCases.map(\.rawValue).joined(separator: ", "))
                An extension says by how many days: {"kind": "extended", "on": "2022-03-20", "workingDays": 20}. "-" reads standard input.
                """
        )

        @Argument(help: "The file.")
        var file: String
        @OptionGroup var holidays: Holidays
        @Flag(help: "Print JSON: {\"due\", \"receipt\", \"state\", \"events\", \"why\", \"limits\", \"suspended\", \"provisional\", …}.")
        var json = false

        private struct Told: Decodable {
            let received: Day
            let channel: Channel
            let events: [ClockEvent]?
        }

        func run() async throws {
            let data = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else { throw Refused("\(file) can not be read.") }
            let told: Told
            do { told = try JSONDecoder().decode(Told.self, from: data) } catch let error as DecodingError {
                throw Refused("\(file) is not a request's events: \(error.sentence)")
            }
            let clock = try ReplyClock.run(arrived: told.received, by: told.channel, told.events ?? [], calendar: try holidays.calendar())
            if json { return try clock.printAsJSON() }
            print(clock.due?.description ?? clock.state.rawValue)
            for reason in clock.why + clock.warnings {
                print("  \(reason.date?.description ?? "") \(Language.ofTerminal == .zh ? reason.zh : reason.en) (\(reason.article))")
            }
        }
    }

    /// `gongkai requests due NUMBER`.
    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The day a request's answer is due, and why.")

        @Argument(help: "The register's number, such as 2022-17.")
        var number: String
        @OptionGroup var store: Store
        @Flag(help: "Say why.")
        var explain = false
        @Flag(help: "Print JSON: {\"due\", \"events\", \"why\"}.")
        var json = false

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            let clock: ReplyClock
            do { clock = try await house.requests.entry(number, calendar: house.calendar).clock } catch Refusal.notFound {
                throw Refused("There is no request \(number).")
            }
            if json { return try clock.printAsJSON() }
            print(clock.due?.description ?? clock.state.rawValue)
            guard explain else { return }
            for reason in clock.why + clock.warnings {
                print("  \(reason.date?.description ?? "") \(Language.ofTerminal == .zh ? reason.zh : reason.en) (\(reason.article))")
            }
        }
    }

    /// `gongkai requests import FILE.csv`.
    struct ImportHistory: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Load the cases of an earlier register; bad rows are refused one by one, the rest is loaded.",
            discussion: """
                The first line:  \(HistoryRow.header)
                events are kind@date separated by ";", an extension extended@date+N; review and suit are result@filed/decided with
                upheld, corrected, other, or pending@filed. Kinds, channels and outcomes are taken in Chinese, too.
                Example row:  2021-1,person,inPerson,2021-03-01,资助名单,extended@2021-03-20+20,disclosed,2021-04-20,,
                """
        )

        @Argument(help: "The file, CSV in UTF-8.")
        var file: String
        @OptionGroup var store: Store
        @Flag(help: "Print JSON: {\"loaded\", \"refused\": [{\"line\", \"zh\", \"en\"}]}.")
        var json = false

        private struct Answer: Encodable {
            let loaded: Int
            let refused: [History.Bad]
        }

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            let reader = try CSVRows(path: file)
            guard let head = try reader.next(), head.cells.joined(separator: ",") == HistoryRow.header else {
                throw Refused("The first line of \(file) is \(HistoryRow.header)")
            }
            let progress = Progress("cases")
            var refused: [History.Bad] = []
            var (loaded, batch): (Int, [(line: Int, row: HistoryRow)]) = (0, [])
            // While one batch is written, the next is read and its clocks are derived.
            let (history, calendar) = (History(house.database), house.calendar)
            var writing: (count: Int, task: Task<[History.Bad], any Error>)?
            func wait() async throws {
                guard let last = writing else { return }
                writing = nil
                let bad = try await last.task.value
                refused += bad
                loaded += last.count - bad.count
                progress.show(loaded)
            }
            func put() async throws {
                let checked = History.check(batch, calendar: calendar)
                let count = batch.count
                batch.removeAll(keepingCapacity: true)
                try await wait()
                writing = (count, Task { try await history.store(checked) })
            }
            while let row = try reader.next() {
                if row.cells == [""] { continue }
                do { batch.append((line: row.line, row: try HistoryRow(row.cells))) } catch {
                    refused.append(History.Bad(line: row.line, error))
                }
                if batch.count == 5000 { try await put() }
            }
            try await put()
            try await wait()
            progress.finish()
            refused.sort { $0.line < $1.line }
            if json { return try Answer(loaded: loaded, refused: refused).printAsJSON() }
            print("\(loaded) cases loaded, \(refused.count) refused")
            for bad in refused.prefix(50) { print("  line \(bad.line): \(Language.ofTerminal == .zh ? bad.zh : bad.en)") }
        }
    }

    /// `gongkai requests retention`.
    struct Retention: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete who asked and the files they sent, of cases closed long ago; with --dry-run only list them."
        )

        @Option(help: "How many years after the end of a case its applicant is kept.")
        var years = 10
        @Flag(help: "Only list.")
        var dryRun = false
        @Option(help: "The login of the administrator or office head.")
        var by = "admin"
        @OptionGroup var store: Store

        func run() async throws {
            let house = try await store.house(try Listening.parse([]))
            let today = house.world.now().beijingDay
            if dryRun {
                let held = try await house.requests.expiredAttachments(on: today, keepingYears: years)
                let files = Dictionary(uniqueKeysWithValues: held.map { ($0.request, "\t\($0.files) files, \($0.size) bytes") })
                let parties = try await house.requests.expired(on: today, keepingYears: years)
                for number in parties + files.keys.filter({ !parties.contains($0) }).sorted() { print(number + (files[number] ?? "")) }
                return
            }
            let actor = try await house.people.actor(by)
            print("\(try await house.requests.deleteExpired(on: today, keepingYears: years, by: actor)) deleted")
        }
    }
}

/// `gongkai fee --items N | --pages N`.
struct FeeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fee",
        abstract: "The fee for processing: by items in a month or by pages of a request, never both.",
        discussion: "Example:  gongkai fee --items 41 --json"
    )

    @Option(help: "One applicant's requests in one calendar month.")
    var items: Int?
    @Option(help: "The pages of one request.")
    var pages: Int?
    @Flag(help: "Print JSON: {\"yuan\", \"steps\": [{\"from\", \"to\", \"count\", \"yuanEach\", \"yuan\", \"article\"}]}.")
    var json = false

    func validate() throws {
        guard (items == nil) != (pages == nil) else { throw ValidationError("Give either --items or --pages: never both on one request.") }
    }

    func run() throws {
        let charge = try (items.map { Fee.items($0) } ?? .pages(pages ?? 0)).charge()
        if json { return try charge.printAsJSON() }
        print("\(charge.yuan) yuan")
        for step in charge.steps where step.yuan > 0 {
            print("  \(step.from)–\(step.to.map(String.init) ?? ""): \(step.count) × \(step.yuanEach) = \(step.yuan)  \(step.article)")
        }
    }
}

extension DecodingError {
    /// What is wrong, and where, in a line.
    var sentence: String {
        func path(_ context: Context) -> String {
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        return switch self {
        case .keyNotFound(let key, let context): "\(key.stringValue) is missing \(path(context))"
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            "\(path(context)) \(context.debugDescription)"
        @unknown default: "\(self)"
        }
    }
}
