import WorkCalendar

/// What the desk did in a span of time, cut into steps: what came in, what was answered, how much of it late, and how long it took.
public struct DeskStatistics: Codable, Equatable, Sendable {
    public let step: Step
    public let from: Day
    public let through: Day
    public let buckets: [Bucket]
    public let channels: [Share]
    public let outcomes: [Share]
    public let units: [UnitLine]
    public let total: Bucket

    /// How long a step is.
    public enum Step: String, Codable, CaseIterable, Sendable {
        case day
        case week
        case month
        case quarter
        case year

        /// The first day of the step in which a day lies; weeks begin on Monday.
        public func start(of day: Day) -> Day {
            switch self {
            case .day: day
            case .week: day.adding(1 - day.weekday)
            case .month: Day(day.year, day.month, 1)
            case .quarter: Day(day.year, (day.month - 1) / 3 * 3 + 1, 1)
            case .year: Day(day.year, 1, 1)
            }
        }

        /// The first day of the step after the one that begins then.
        func next(after start: Day) -> Day {
            switch self {
            case .day: start.adding(1)
            case .week: start.adding(7)
            case .month: self.start(of: start.adding(31))
            case .quarter: self.start(of: start.adding(92))
            case .year: Day(start.year + 1, 1, 1)
            }
        }
    }

    public struct Bucket: Codable, Equatable, Sendable {
        public let from: Day
        public var received = 0
        public var answered = 0
        /// Withdrawn, or given up.
        public var otherwise = 0
        /// Of the answered, those after their term.
        public var late = 0
        /// Working days from arrival to answer, half of the answered took no longer; nil where none was answered.
        public var median: Double?

        public init(from: Day) { self.from = from }
    }

    /// A channel or an outcome with its count.
    public struct Share: Codable, Equatable, Sendable {
        public let name: String
        public let count: Int
    }

    public struct UnitLine: Codable, Equatable, Sendable {
        /// Empty for what no unit was in charge of.
        public let unit: String
        public let answered: Int
        public let late: Int
        public let median: Double?
    }

    /// So many requests of one channel that came in on one day.
    public struct Arrival: Codable, Sendable {
        public let arrived: Day
        public let channel: Channel
        public let count: Int

        public init(arrived: Day, channel: Channel, count: Int) {
            (self.arrived, self.channel, self.count) = (arrived, channel, count)
        }
    }

    /// So many requests that came in on one day and ended alike on another.
    public struct Closing: Codable, Sendable {
        public let arrived: Day
        public let closedOn: Day
        public let outcome: Outcome?
        public let unit: String
        public let isAnswered: Bool
        public let isLate: Bool
        public let count: Int

        public init(arrived: Day, closedOn: Day, outcome: Outcome?, unit: String, isAnswered: Bool, isLate: Bool, count: Int) {
            (self.arrived, self.closedOn, self.outcome, self.unit) = (arrived, closedOn, outcome, unit)
            (self.isAnswered, self.isLate, self.count) = (isAnswered, isLate, count)
        }
    }

    /// A chart with more steps than this can not be read.
    public static let mostSteps = 400

    /// - Throws: where the span is turned round, or holds too many steps.
    public init(
        _ step: Step,
        from: Day,
        through: Day,
        arrivals: [Arrival],
        closings: [Closing],
        calendar: WorkCalendar
    ) throws(Refusal) {
        try Self.check(step, from: from, through: through)
        (self.step, self.from, self.through) = (step, from, through)
        var (buckets, places): ([Bucket], [Day: Int]) = ([], [:])
        var start = step.start(of: from)
        while start <= through {
            places[start] = buckets.count
            buckets.append(Bucket(from: start))
            start = step.next(after: start)
        }
        var total = Bucket(from: from)
        var channels: [Channel: Int] = [:]
        for arrival in arrivals where arrival.arrived >= from && arrival.arrived <= through {
            channels[arrival.channel, default: 0] += arrival.count
            total.received += arrival.count
            if let place = places[step.start(of: arrival.arrived)] { buckets[place].received += arrival.count }
        }
        let within = closings.filter { $0.closedOn >= from && $0.closedOn <= through }
        let worked = WorkedDays(within.flatMap { [$0.arrived, $0.closedOn] }, calendar)
        var outcomes: [Outcome: Int] = [:]
        var (spans, spansOfUnits, ofUnits) = ([Int: Spans](), [String: Spans](), [String: (answered: Int, late: Int)]())
        var all = Spans()
        for closing in within {
            let place = places[step.start(of: closing.closedOn)] ?? 0
            if let outcome = closing.outcome { outcomes[outcome, default: 0] += closing.count }
            guard closing.isAnswered else {
                buckets[place].otherwise += closing.count
                total.otherwise += closing.count
                continue
            }
            let (late, days) = (closing.isLate ? closing.count : 0, worked.between(closing.arrived, closing.closedOn))
            (buckets[place].answered, total.answered) = (buckets[place].answered + closing.count, total.answered + closing.count)
            (buckets[place].late, total.late) = (buckets[place].late + late, total.late + late)
            spans[place, default: Spans()].add(days, closing.count)
            all.add(days, closing.count)
            spansOfUnits[closing.unit, default: Spans()].add(days, closing.count)
            let before = ofUnits[closing.unit] ?? (0, 0)
            ofUnits[closing.unit] = (before.answered + closing.count, before.late + late)
        }
        for place in buckets.indices { buckets[place].median = spans[place]?.median }
        total.median = all.median
        (self.buckets, self.total) = (buckets, total)
        self.channels = Channel.allCases.compactMap { each in channels[each].map { Share(name: each.rawValue, count: $0) } }
        self.outcomes = Outcome.allCases.compactMap { each in outcomes[each].map { Share(name: each.rawValue, count: $0) } }
        units = ofUnits.sorted { $0.key < $1.key }.map {
            UnitLine(unit: $0.key, answered: $0.value.answered, late: $0.value.late, median: spansOfUnits[$0.key]?.median)
        }
    }

    /// Refuses a span before anything is counted.
    public static func check(_ step: Step, from: Day, through: Day) throws(Refusal) {
        guard from <= through else { throw .invalid("to", "结束日期早于开始日期。", "The end lies before the beginning.") }
        // The columns are the point.
        // swift-format-ignore
        let least: [Step: Int] = [.day: 1, .week: 7, .month: 28, .quarter: 90, .year: 365]
        guard (through.ordinal - from.ordinal) / (least[step] ?? 1) < mostSteps else {
            throw .invalid("by", "时间段过多（至多\(mostSteps)段），请选择更长的单位。", "Too many steps (at most \(mostSteps)); choose a longer one.")
        }
    }

    /// A line a step, for a spreadsheet.
    public var csv: String {
        let lines = buckets.map { each in
            "\(each.from),\(each.received),\(each.answered),\(each.otherwise),\(each.late),\(each.median.map { "\($0)" } ?? "")"
        }
        return "from,received,answered,otherwise,late,medianWorkingDays\n" + lines.joined(separator: "\n") + "\n"
    }
}

/// How often each number of days occurred.
private struct Spans {
    private var counts: [Int: Int] = [:]
    private var total = 0

    mutating func add(_ days: Int, _ count: Int) {
        counts[days, default: 0] += count
        total += count
    }

    /// The middle one, or the mean of the two in the middle.
    var median: Double? {
        guard total > 0 else { return nil }
        let (low, high) = ((total - 1) / 2, total / 2)
        var (seen, first): (Int, Int?) = (0, nil)
        for (days, count) in counts.sorted(by: { $0.key < $1.key }) {
            seen += count
            if first == nil, seen > low { first = days }
            if seen > high { return Double((first ?? days) + days) / 2 }
        }
        return nil
    }
}

/// Working days counted once from the earliest day on, so that each span after that is a subtraction.
private struct WorkedDays {
    private let first: Int
    private var until: [Int] = []

    init(_ days: [Day], _ calendar: WorkCalendar) {
        guard let start = days.min(), let end = days.max() else {
            first = 0
            return
        }
        first = start.ordinal
        var (day, count) = (start, 0)
        until.reserveCapacity(end.ordinal - start.ordinal + 1)
        while day <= end {
            if calendar.isWorked(day) { count += 1 }
            until.append(count)
            day = day.adding(1)
        }
    }

    /// Working days after the one, through the other.
    func between(_ one: Day, _ other: Day) -> Int { max(0, until[other.ordinal - first] - until[one.ordinal - first]) }
}

// The columns are the point.
// swift-format-ignore
extension DeskStatistics.Step {
    public var text: Text {
        switch self {
        case .day:     Text("日",   "Day")
        case .week:    Text("周",   "Week")
        case .month:   Text("月",   "Month")
        case .quarter: Text("季度", "Quarter")
        case .year:    Text("年",   "Year")
        }
    }
}
