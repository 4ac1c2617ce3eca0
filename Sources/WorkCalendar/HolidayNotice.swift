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
        for (place, row) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = row.filter { $0 != "\r" }.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if place == 0, cells.first == "date" || cells.first == "\u{feff}date" { continue }
            if cells == [""] || cells.isEmpty { continue }
            func fault(_ because: String) -> Fault { Fault(line: place + 1, because: because) }
            guard cells.count == 3 else { throw fault("expected date,is_workday,holiday_name") }
            guard let day = Day(cells[0]) else { throw fault("\(cells[0]) is no date of the form 2022-05-26") }
            guard cells[1] == "0" || cells[1] == "1" else { throw fault("is_workday is 0 or 1, not \(cells[1])") }
            if let before, day <= before { throw fault("\(day) does not follow \(before)") }
            before = day
            rowsOfYear[day.year, default: 0] += 1
            switch (cells[1], day.isWeekend) {
            case ("0", false): daysOff[day.year, default: [:]][day] = cells[2]
            case ("1", true): worked[day.year, default: [:]][day] = cells[2]
            default: break
            }
        }
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
}
