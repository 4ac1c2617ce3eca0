import ArgumentParser
import Core
import Foundation
import Records
import Web
import WorkCalendar

/// `gongkai calendar due`: the end of a term in working days, and why it is that day.
struct Calendar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Working days with make-up weekends.",
        subcommands: [Due.self, Load.self]
    )

    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The last day of a term of working days.",
            discussion: """
                The day it starts on is day zero. Example:  gongkai calendar due 2022-05-26 5 --json
                A term that runs past the last loaded year is refused, and the missing notice named.
                """
        )

        @Argument(help: "The day of receipt, YYYY-MM-DD.")
        var date: String

        @Argument(help: "How many working days.")
        var count: Int

        @OptionGroup var holidays: Holidays

        @Flag(help: "Print JSON: {\"due\", \"skipped\": [{\"date\", \"why\"}]}.")
        var json = false

        func validate() throws {
            guard Day(date) != nil else { throw ValidationError("\(date) is no date of the form 2022-05-26.") }
            guard (0...2000).contains(count) else { throw ValidationError("The number of working days is 0 to 2000.") }
        }

        func run() async throws {
            guard let start = Day(date) else { throw ValidationError("\(date) is no date.") }
            let due = try holidays.calendar().due(after: start, workingDays: count)
            let answer = Answer(due: due.due, skipped: due.skipped.map { .init(date: $0.date, why: $0.why.en, whyZh: $0.why.zh) })
            if json { return try answer.printAsJSON() }
            print(due.due)
            for skipped in answer.skipped { print("  \(skipped.date) \(skipped.why)") }
        }

        struct Answer: Encodable {
            let due: Day
            let skipped: [Skipped]

            struct Skipped: Encodable {
                let date: Day
                let why: String
                let whyZh: String
            }
        }
    }
}

/// `gongkai calendar load FILE`: a new year's notice, or an amended one.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a year's holiday notice, and count open terms anew.",
        discussion: """
            Example:  gongkai calendar load 2027.csv --known-from 2026-11-20 --by admin --data var/demo
            The file has a row a day of whole years: date,is_workday,holiday_name. An amendment is the whole year again, known
            from its own day. The due days that moved are listed.
            """
    )

    @Argument(help: "The file.")
    var file: String
    @Option(help: "The day the notice was published, YYYY-MM-DD.")
    var knownFrom: String
    @Option(help: "The login of the administrator or disclosure officer who loads it.")
    var by: String
    @OptionGroup var store: Store
    @Flag(help: "Print JSON: {\"years\": [], \"moved\": [{\"task\", \"number\", \"from\", \"to\"}], \"requests\": []}.")
    var json = false

    func validate() throws {
        guard Day(knownFrom) != nil else { throw ValidationError("--known-from takes a date of the form 2026-11-20.") }
    }

    func run() async throws {
        guard let day = Day(knownFrom) else { return }
        let text: String
        do { text = try String(contentsOfFile: file, encoding: .utf8) } catch { throw Refused("\(file) can not be read as UTF-8.") }
        let notices = try HolidayNotice.read(text, knownFrom: { _ in day })
        let house = try await store.house(try Listening.parse([]))
        let actor: Actor
        do { actor = try await house.people.actor(by) } catch Refusal.notFound { throw Refused("There is no person with the login \(by).") }
        try await house.calendars.add(notices, by: actor)
        try await house.loadCalendar()
        let moved = try await house.ledgers.derive(with: house.calendar, by: actor)
        let requests = try await house.requests.derive(with: house.calendar, by: actor)
        if json { return try Answer(years: notices.map(\.year), moved: moved, requests: requests).printAsJSON() }
        print("loaded: \(notices.map { "\($0.year)" }.joined(separator: ", "))")
        for each in moved { print("task \(each.number): \(each.from?.description ?? "—") → \(each.to)") }
        for each in requests { print("request \(each.number): \(each.from?.description ?? "—") → \(each.to?.description ?? "—")") }
    }

    private struct Answer: Encodable {
        let years: [Int]
        let moved: [Ledgers.Moved]
        let requests: [DisclosureRequests.Moved]
    }
}

/// Where the State Council's yearly notices come from.
struct Holidays: ParsableArguments {
    @Option(help: "A file `date,is_workday,holiday_name`; default: the one that comes with the program.")
    var holidays: String?

    func calendar() throws -> WorkCalendar {
        WorkCalendar(notices: try HolidayNotice.read(file()))
    }

    private func file() throws -> String {
        guard let holidays else { return try ComesWith.text("cn-workdays", "csv") }
        do { return try String(contentsOfFile: holidays, encoding: .utf8) } catch {
            throw Refused("The calendar file \(holidays) can not be read.")
        }
    }
}

/// The files that lie beside the program.
enum ComesWith {
    static func text(_ name: String, _ kind: String) throws -> String {
        guard let file = Bundle.module.url(forResource: name, withExtension: kind) else {
            throw Refused("The file \(name).\(kind) that comes with the program is missing beside it.")
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
