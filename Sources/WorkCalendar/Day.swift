/// A calendar day, without time or zone: what statutory deadlines are counted in. Written `2022-05-26`.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let ordinal: Int

    public init(ordinal: Int) {
        self.ordinal = ordinal
    }

    /// The day of that date; a date that does not exist runs over into the next month, so check it first.
    public init(_ year: Int, _ month: Int, _ day: Int) {
        // March opens the reckoned year, so that the leap day is its last.
        let reckoned = month > 2 ? year : year - 1
        let era = (reckoned >= 0 ? reckoned : reckoned - 399) / 400
        let yearOfEra = reckoned - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        ordinal = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day of that date; nil where the calendar has none (30 February).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(year, month, day)
        guard self.month == month else { return nil }
    }

    public static func < (one: Day, other: Day) -> Bool { one.ordinal < other.ordinal }

    public func adding(_ days: Int) -> Day { Day(ordinal: ordinal + days) }

    public var year: Int { date.year }
    public var month: Int { date.month }
    public var day: Int { date.day }

    /// Monday is 1, Sunday 7.
    public var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }

    /// Saturday or Sunday: the weekly rest of state organs (Provisions on Working Hours, art. 7).
    public var isWeekend: Bool { weekday > 5 }

    private var date: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let reckonedMonth = (5 * dayOfYear + 2) / 153
        let month = reckonedMonth < 10 ? reckonedMonth + 3 : reckonedMonth - 9
        return (yearOfEra + era * 400 + (month > 2 ? 0 : 1), month, dayOfYear - (153 * reckonedMonth + 2) / 5 + 1)
    }
}

extension Day: LosslessStringConvertible {
    /// Reads exactly `YYYY-MM-DD`; nil for any other shape and for a date that does not exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ places: Range<Int>) -> Int? {
            places.reduce(0 as Int?) { sum, place in
                let digit = Int(bytes[place]) - 48
                return (0...9).contains(digit) ? sum.map { $0 * 10 + digit } : nil
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var description: String {
        let (year, month, day) = date
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a day: \(text)")
            )
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
