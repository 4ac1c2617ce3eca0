import ArgumentParser
import Foundation
import WorkCalendar

/// `gongkai calendar due`: the end of a term in working days, and why it is that day.
struct Calendar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Working days with make-up weekends.",
        subcommands: [Due.self]
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
