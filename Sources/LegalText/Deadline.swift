import WorkCalendar

/// A time limit found in a text: a day, a term that runs from an event, or a word such as "annual".
public struct Deadline: Equatable, Sendable {
    public enum Meaning: Equatable, Sendable {
        /// The last day on which the duty can be met. 前 includes the day it names.
        case day(Day)
        /// So many units after an event; the day of the event is day zero.
        case term(Int, Measure, from: Start)
        case word(Word)
        /// Written like a date that the calendar does not have (February 30): a person must say what is meant.
        case unreadable
    }

    public enum Measure: Equatable, Sendable { case workingDays, days, months }
    /// What a term runs from. `unstated` where the text names nothing.
    public enum Start: Equatable, Sendable { case issue, receipt, unstated }
    /// What has no day: `yearly` (每年, annual), `monthly`, `quarterly`, `promptly` (及时, timely), `lasting` (持续).
    public enum Word: Equatable, Sendable { case yearly, quarterly, monthly, promptly, lasting }

    public let meaning: Meaning
    /// As it stands in the text.
    public let printed: String
    /// Where it stands, in bytes of UTF-8 from the beginning of the text searched.
    public let place: Range<Int>

    /// The day it falls on, for a document issued on a day; nil where the text gives none (words, receipt of
    /// something, an unreadable date). Throws what the calendar throws past the last year it knows.
    public func due(issued: Day, calendar: WorkCalendar) throws -> Day? {
        switch meaning {
        case .day(let day): day
        case .term(let count, .workingDays, from: .issue): try calendar.due(after: issued, workingDays: count).due
        case .term(let count, .days, from: .issue): issued.adding(count)
        case .term(let count, .months, from: .issue): issued.addingMonths(count)
        case .term, .word, .unreadable: nil
        }
    }
}

extension Day {
    /// The same day of a later month, or its last day where the month is shorter.
    func addingMonths(_ count: Int) -> Day {
        let months = year * 12 + month - 1 + count
        let (year, month) = (months / 12, months % 12 + 1)
        return Day(year, month, min(day, WrittenDate.days(in: month, of: year)))
    }
}
