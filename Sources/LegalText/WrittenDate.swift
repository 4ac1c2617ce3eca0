import WorkCalendar

/// A date as documents write it: May 26, 2022; 2022年5月26日; 二〇二二年五月二十六日; 2022-05-30.
public enum WrittenDate: Equatable, Sendable {
    case day(Day)
    /// It is written like a date, but the calendar has no such day (February 30).
    case unreadable

    /// Reads a text that is a date and nothing else; nil where it is none. Brackets around it are left out.
    public init?(_ printed: some StringProtocol) {
        let bytes = Array(printed.utf8)
        guard bytes.count <= 120 else { return nil }
        var cursor = Cursor(bytes)
        cursor.takeBlanks()
        _ = cursor.takeOne(of: Self.brackets)
        guard let date = Self.read(&cursor) else { return nil }
        _ = cursor.takeOne(of: Self.brackets)
        cursor.takeBlanks()
        guard cursor.isAtEnd else { return nil }
        self = date
    }

    /// Reads the date that starts here and moves past it.
    static func read(_ cursor: inout Cursor) -> WrittenDate? {
        let start = cursor
        if let date = numeric(&cursor) { return date }
        cursor = start
        if let date = english(&cursor) { return date }
        cursor = start
        return nil
    }

    /// The day of three numbers, or unreadable where the calendar has none.
    static func of(_ year: Int, _ month: Int, _ day: Int) -> WrittenDate {
        guard (1000...9999).contains(year), (1...12).contains(month), day >= 1, day <= days(in: month, of: year) else {
            return .unreadable
        }
        return .day(Day(year, month, day))
    }

    /// How many days a month has (1-12).
    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// 2022年5月26日 and 2022-05-30, 2022/5/30, 2022.05.30; a clock time after it is passed over.
    private static func numeric(_ cursor: inout Cursor) -> WrittenDate? {
        guard let year = cursor.takeNumber(), (1000...9999).contains(year) else { return nil }
        cursor.takeBlanks()
        guard let style = cursor.takeOne(of: afterYear) else { return nil }
        cursor.takeBlanks()
        guard let month = cursor.takeNumber() else { return nil }
        cursor.takeBlanks()
        guard cursor.take(afterMonth[style]) else { return nil }
        cursor.takeBlanks()
        guard let day = cursor.takeNumber() else { return nil }
        cursor.takeBlanks()
        if style == 0 { guard cursor.takeOne(of: afterDay) != nil else { return nil } }
        var time = cursor
        if let hour = time.takeNumber(), hour < 24, time.take([0x3A]), time.takeNumber() != nil {
            if time.take([0x3A]) { _ = time.takeNumber() }
            cursor = time
        }
        return of(year, month, day)
    }

    /// May 26, 2022 and 26 May 2022.
    private static func english(_ cursor: inout Cursor) -> WrittenDate? {
        var day = cursor.takeNumber()
        cursor.takeBlanks()
        guard let month = cursor.takeMonth() else { return nil }
        cursor.takeBlanks()
        if day == nil {
            day = cursor.takeNumber()
            _ = cursor.takeOne(of: ordinals)
        }
        _ = cursor.take([0x2C])
        cursor.takeBlanks()
        guard let day, let year = cursor.takeNumber() else { return nil }
        return of(year, month, day)
    }

    private static let afterYear = ["年", "-", "/", "."].map { Array($0.utf8) }
    private static let afterMonth = ["月", "-", "/", "."].map { Array($0.utf8) }
    private static let afterDay = ["日", "号"].map { Array($0.utf8) }
    private static let brackets = ["(", ")", "（", "）", "[", "]"].map { Array($0.utf8) }
    static let ordinals = ["st", "nd", "rd", "th"].map { Array($0.utf8) }
}

extension Cursor {
    /// Reads an English month, whole or of three letters, and says which (1-12).
    mutating func takeMonth() -> Int? {
        guard !isAtEnd, isLatin(bytes[at]) else { return nil }
        guard let index = takeOne(of: months) else { return nil }
        _ = take([0x2E])
        return index % 12 + 1
    }
}

private let months =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"]
    .map { Array($0.utf8) } + [Array("december".utf8)]
    + ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map { Array($0.utf8) }
