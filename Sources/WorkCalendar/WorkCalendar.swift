/// Which days are worked: weekends off, but for the yearly notice with its days off and make-up weekends.
public struct WorkCalendar: Sendable {
    private let notices: [HolidayNotice]
    private let newest: [Int: HolidayNotice]
    /// Whether a make-up weekend day counts as a working day. No national rule says so for disclosure clocks; agencies
    /// differ, so it is a setting.
    public let countsMakeupDays: Bool

    public init(notices: [HolidayNotice], countsMakeupDays: Bool = true) {
        self.notices = notices
        self.countsMakeupDays = countsMakeupDays
        newest = Dictionary(notices.sorted { $0.knownFrom < $1.knownFrom }.map { ($0.year, $0) }) { $1 }
    }

    /// The calendar as it stood on that day: notices that came later are not yet known.
    public func asKnown(on day: Day) -> WorkCalendar {
        WorkCalendar(notices: notices.filter { $0.knownFrom <= day }, countsMakeupDays: countsMakeupDays)
    }

    /// The calendar with further notices loaded.
    public func adding(_ more: [HolidayNotice]) -> WorkCalendar {
        WorkCalendar(notices: notices + more, countsMakeupDays: countsMakeupDays)
    }

    public var lastLoadedYear: Int? { newest.keys.max() }

    /// Why a day is not worked; nil for a working day. A year without a notice has only its weekends.
    public func reasonOff(_ day: Day) -> Reason? {
        let notice = newest[day.year]
        if let holiday = notice?.daysOff[day] { return .holiday(holiday) }
        guard day.isWeekend else { return nil }
        return countsMakeupDays && notice?.workedWeekends[day] != nil ? nil : .weekend
    }

    public func isWorked(_ day: Day) -> Bool { reasonOff(day) == nil }

    public enum Reason: Hashable, Sendable {
        case weekend
        /// A day off by the notice; the holiday's name.
        case holiday(String)
        /// A day on which the clock stood still.
        case suspended

        public var zh: String {
            switch self {
            case .weekend: "周休息日"
            case .holiday(let name): "\(name)放假"
            case .suspended: "期限中止"
            }
        }

        public var en: String {
            switch self {
            case .weekend: "weekend"
            case .holiday(let name): "public holiday (\(name))"
            case .suspended: "the clock stands still"
            }
        }
    }

    public struct Skipped: Hashable, Sendable {
        public let date: Day
        public let why: Reason
    }

    /// The last day of a term, and why it is that day.
    public struct Due: Hashable, Sendable {
        public let due: Day
        /// The days between start and end that did not count.
        public let skipped: [Skipped]
        /// True where the term runs past the last loaded notice: to be derived again when that notice is loaded.
        public let isProvisional: Bool
    }

    /// A term runs into a year whose notice is not loaded.
    public struct MissingNotice: Error, Equatable {
        public let year: Int

        public init(year: Int) { self.year = year }

        public var zh: String { "尚未载入\(year)年放假安排通知，无法确定期限；请先载入该通知。" }
        public var en: String {
            "The State Council's notice on the holidays of \(year) is not loaded, so the day can not be told. Load it first."
        }
    }

    /// The end of a term of `count` working days. The day it starts on is day zero (Civil Code, art. 201), and days in
    /// `excluding` do not count. A term of no days ends on its start, or on the next working day (art. 203).
    /// - Throws: `MissingNotice` as soon as a day to be counted lies in a year whose notice is not loaded.
    public func due(
        after start: Day,
        workingDays count: Int,
        excluding: [ClosedRange<Day>] = []
    ) throws(MissingNotice) -> Due {
        try term(of: count, after: start, excluding) { year throws(MissingNotice) in throw MissingNotice(year: year) }
    }

    /// The same, but where a notice is missing only weekends are skipped and the result says that it is provisional.
    public func provisionalDue(after start: Day, workingDays count: Int, excluding: [ClosedRange<Day>] = []) -> Due {
        term(of: count, after: start, excluding) { _ in }
    }

    /// Counts on, asking `unloaded` about each day whose year has no notice.
    private func term<Failure: Error>(
        of count: Int,
        after start: Day,
        _ excluding: [ClosedRange<Day>],
        unloaded: (_ year: Int) throws(Failure) -> Void
    ) throws(Failure) -> Due {
        precondition(count >= 0, "a term does not run backwards")
        var day = count == 0 ? start.adding(-1) : start
        var left = max(count, 1)
        var skipped: [Skipped] = []
        var isProvisional = false
        while left > 0 {
            day = day.adding(1)
            if newest[day.year] == nil {
                try unloaded(day.year)
                isProvisional = true
            }
            let reason = excluding.contains { $0.contains(day) } ? .suspended : reasonOff(day)
            if let reason { skipped.append(Skipped(date: day, why: reason)) } else { left -= 1 }
        }
        return Due(due: day, skipped: skipped, isProvisional: isProvisional)
    }

    /// How many working days lie after `start`, up to and with `end`.
    public func workingDays(after start: Day, through end: Day) -> Int {
        guard start < end else { return 0 }
        return (start.ordinal + 1...end.ordinal).count { isWorked(Day(ordinal: $0)) }
    }
}
