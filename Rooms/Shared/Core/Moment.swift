import WorkCalendar

/// An instant in UTC, to the millisecond: when a step was taken. Written `2022-05-30T08:00:00.000Z`.
public struct Moment: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int

    public init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    public static func < (one: Moment, other: Moment) -> Bool { one.milliseconds < other.milliseconds }

    public func adding(seconds: Int) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }
    public func adding(hours: Int) -> Moment { adding(seconds: hours * 3600) }

    /// The day on the office's wall (Beijing time, UTC+8 all year).
    public var beijingDay: Day { Moment(milliseconds: milliseconds + 8 * 3_600_000).utcDay }

    /// "2022-05-30 16:00", Beijing time: how pages show it.
    public var beijingMinute: String {
        String(Moment(milliseconds: milliseconds + 8 * 3_600_000).description.prefix(16)).map { $0 == "T" ? " " : String($0) }
            .joined()
    }

    private var utcDay: Day { Day(ordinal: Int((Double(milliseconds) / 86_400_000).rounded(.down))) }
}

extension Moment: LosslessStringConvertible, Codable {
    public init?(_ text: String) {
        guard text.utf8.count == 24, text.hasSuffix("Z"), let day = Day(String(text.prefix(10))) else { return nil }
        let clock = text.dropFirst(11).dropLast().split(whereSeparator: { $0 == ":" || $0 == "." })
        let parts = clock.compactMap { Int($0) }
        guard parts.count == 4, parts[0] < 24, parts[1] < 60, parts[2] < 60, parts.allSatisfy({ $0 >= 0 }) else { return nil }
        milliseconds = day.ordinal * 86_400_000 + ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3]
    }

    public var description: String {
        let day = utcDay
        let rest = milliseconds - day.ordinal * 86_400_000
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(day)T\(clock).\(padded(rest % 1000, 3))Z"
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Moment(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an instant: \(text)")
            )
        }
        self = moment
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What Core is told of the world: the time, and bytes nobody can guess.
public struct World: Sendable {
    public let now: @Sendable () -> Moment
    /// `count` unpredictable bytes.
    public let bytes: @Sendable (_ count: Int) -> [UInt8]

    public init(now: @escaping @Sendable () -> Moment, bytes: @escaping @Sendable (Int) -> [UInt8]) {
        (self.now, self.bytes) = (now, bytes)
    }

    /// A key that sorts by time: UUID version 7 (RFC 9562 §5.7).
    public func key() -> String {
        var bytes = bytes(16)
        let time = UInt64(now().milliseconds)
        for place in 0..<6 { bytes[place] = UInt8(truncatingIfNeeded: time >> UInt64(40 - place * 8)) }
        bytes[6] = bytes[6] & 0x0f | 0x70
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var text = ""
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { text += "-" }
            text.append(digit)
        }
        return text
    }
}
