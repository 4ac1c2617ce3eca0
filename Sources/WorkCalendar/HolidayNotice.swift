/// The State Council's notice on one year's holidays: which weekdays are off, and which weekends are worked for them.
public struct HolidayNotice: Hashable, Sendable {
    public let year: Int
    /// The day from which the notice counts as known. A year may have several: the newest known one holds.
    public let knownFrom: Day
    /// Each day off that is no weekend, with its holiday's name (春节).
    public let daysOff: [Day: String]
    /// Each make-up weekend day (调休上班), with the name of the holiday it pays for.
    public let workedWeekends: [Day: String]

    public init(year: Int, knownFrom: Day, daysOff: [Day: String], workedWeekends: [Day: String]) {
        (self.year, self.knownFrom) = (year, knownFrom)
        (self.daysOff, self.workedWeekends) = (daysOff, workedWeekends)
    }
}

extension HolidayNotice {
    /// What is wrong with a calendar file, and on which line (counted from 1).
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public let line: Int
        public let because: String

        public var description: String { "line \(line): \(because)" }
    }

    /// Reads `date,is_workday,holiday_name`, a row a day of whole years, into one notice a year. A notice appears in
    /// November of the year before as a rule; unless `knownFrom` says otherwise it counts as known from 1 December.
    public static func read(
        _ file: String,
        knownFrom: (_ year: Int) -> Day = { Day($0 - 1, 12, 1) }
    ) throws(Fault) -> [HolidayNotice] {
        var daysOff: [Int: [Day: String]] = [:]
        var worked: [Int: [Day: String]] = [:]
        var rowsOfYear: [Int: Int] = [:]
        var before: Day?
        for (place, row) in lines(of: file).enumerated() {
            func fault(_ because: String) -> Fault { Fault(line: place + 1, because: because) }
            if place == 0 {
                guard row == "date,is_workday,holiday_name" else { throw fault("the first line is date,is_workday,holiday_name") }
                continue
            }
            if row.isEmpty { continue }
            let cells = row.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String(Substring($0)) }
            guard cells.count == 3 else { throw fault("expected date,is_workday,holiday_name") }
            guard let day = Day(cells[0]) else { throw fault("\(cells[0]) is no date of the form 2022-05-26") }
            guard cells[1] == "0" || cells[1] == "1" else { throw fault("is_workday is 0 or 1, not \(cells[1])") }
            if let before, day <= before { throw fault("\(day) does not follow \(before)") }
            before = day
            rowsOfYear[day.year, default: 0] += 1
            let isExceptional = (cells[1] == "1") == day.isWeekend
            guard isExceptional else { continue }
            guard !cells[2].isEmpty else { throw fault("\(day) needs the name of the holiday") }
            if day.isWeekend {
                worked[day.year, default: [:]][day] = cells[2]
            } else {
                daysOff[day.year, default: [:]][day] = cells[2]
            }
        }
        guard !rowsOfYear.isEmpty else { throw Fault(line: 0, because: "the file holds no day") }
        let years = rowsOfYear.keys.sorted()
        for year in years where rowsOfYear[year] != Day(year + 1, 1, 1).ordinal - Day(year, 1, 1).ordinal {
            throw Fault(line: 0, because: "\(year) is not complete: \(rowsOfYear[year] ?? 0) days")
        }
        return years.map {
            HolidayNotice(
                year: $0,
                knownFrom: knownFrom($0),
                daysOff: daysOff[$0] ?? [:],
                workedWeekends: worked[$0] ?? [:]
            )
        }
    }

    /// The lines of a file, whichever system ended them (`\r\n` is one Character, so bytes are split), without a byte
    /// order mark.
    private static func lines(of file: String) -> [String] {
        let mark = "\u{feff}".utf8
        let text = file.utf8.starts(with: mark) ? file.utf8.dropFirst(mark.count) : file.utf8[...]
        return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
        }
    }
}
