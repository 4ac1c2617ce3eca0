import Core
import Testing
import WorkCalendar

@Suite("The clock of a request, whatever the order of what happens")
struct ReplyClockOrderTests {
    private static let start = Day(2022, 3, 1)

    private func clock(_ events: [ClockEvent], from start: Day = start) throws -> ReplyClock {
        try ReplyClock.run(arrived: start, by: .inPerson, events, calendar: ReplyClockTests.calendar)
    }

    @Test("leaves out the days of an opinion that was asked for before the correction and came after it")
    func opinionAcrossCorrection() throws {
        let clock = try clock([
            .init(.thirdPartyAsked, on: Day(2022, 3, 2)), .init(.correctionAsked, on: Day(2022, 3, 3)),
            .init(.corrected, on: Day(2022, 3, 7)), .init(.thirdPartyAnswered, on: Day(2022, 3, 14)),
        ])
        // Five working days are left out, and Saturday 2 April is worked for the holiday of 4 and 5 April.
        #expect(clock.suspended.map(\.from) == [Day(2022, 3, 8)])
        #expect(clock.suspended.map(\.to) == [Day(2022, 3, 14)])
        #expect(clock.due == Day(2022, 4, 12))
    }

    @Test("takes an opinion that comes while the applicant is waited for")
    func opinionWhileWaiting() throws {
        let asked: [ClockEvent] = [.init(.coProducerAsked, on: Day(2022, 3, 2)), .init(.feeNoticed, on: Day(2022, 3, 3))]
        let waiting = try clock(asked + [.init(.coProducerAnswered, on: Day(2022, 3, 4))])
        #expect(waiting.state == .awaitingFee)
        #expect(waiting.due == nil)
        let paid = try clock(asked + [.init(.coProducerAnswered, on: Day(2022, 3, 4)), .init(.feePaid, on: Day(2022, 3, 7))])
        #expect(paid.due == Day(2022, 4, 2))
        #expect(paid.suspended.isEmpty)
    }

    @Test("tells each day that does not count once")
    func suspendedOnce() throws {
        let clock = try clock([
            .init(.thirdPartyAsked, on: Day(2022, 3, 10)), .init(.coProducerAsked, on: Day(2022, 3, 14)),
            .init(.thirdPartyAnswered, on: Day(2022, 3, 18)), .init(.coProducerAnswered, on: Day(2022, 3, 24)),
        ])
        #expect(clock.suspended.map(\.from) == [Day(2022, 3, 11), Day(2022, 3, 19)])
        #expect(clock.suspended.map(\.to) == [Day(2022, 3, 18), Day(2022, 3, 24)])
        #expect(clock.due == Day(2022, 4, 13))
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("takes what happens on one day in the order that is possible", arguments: [
        [ClockEvent.Kind.correctionAsked, .corrected], [.thirdPartyAsked, .feeNoticed, .feePaid], [.reasonsAsked, .correctionAsked],
        [.reasonsAsked, .reasonsGiven, .feeNoticed],   [.thirdPartyAsked, .thirdPartyAnswered, .overrideNoticed, .answered],
    ])
    func oneDay(kinds: [ClockEvent.Kind]) throws {
        let events = kinds.map { ClockEvent($0, on: Day(2022, 3, 3)) }
        #expect(try clock(events.reversed()).events == clock(events).events)
        #expect(try clock(events).events.map(\.kind) == kinds)
    }

    @Test("asks a third party on the day on which the fee is paid, however the two are listed")
    func afterPayment() throws {
        let notice = ClockEvent(.feeNoticed, on: Day(2022, 3, 3))
        let asked = ClockEvent(.thirdPartyAsked, on: Day(2022, 3, 7))
        let clock = try clock([notice, asked, .init(.feePaid, on: Day(2022, 3, 7))])
        #expect(clock.events.map(\.kind) == [.feeNoticed, .feePaid, .thirdPartyAsked])
        #expect(clock.due == Day(2022, 4, 25))
    }

    @Test("refuses, of one day, what no order makes possible, with the reason of that event")
    func oneDayRefused() {
        let day = Day(2022, 3, 3)
        let events = [ClockEvent(.corrected, on: day), .init(.answered, on: day)]
        #expect(
            throws: Refusal.invalid(
                "corrected",
                "2022-03-03 收到补正：没有告知过补正。",
                "2022-03-03 Correction received: no correction has been asked for."
            )
        ) {
            _ = try clock(events)
        }
        #expect(throws: Refusal.self) { _ = try clock([.init(.answered, on: day), .init(.withdrawn, on: day)]) }
    }

    @Test("owes no answer by any day to one who did not correct or pay", arguments: [ClockEvent.Kind.correctionAsked, .feeNoticed])
    func endedWaiting(kind: ClockEvent.Kind) throws {
        for end in [ClockEvent.Kind.answered, .withdrawn] {
            let clock = try clock([.init(kind, on: Day(2022, 3, 3)), .init(end, on: Day(2022, 6, 30))])
            #expect(clock.due == nil)
            #expect(clock.onTime == nil)
            #expect(clock.warnings.isEmpty)
        }
    }

    @Test("says that a fee notice or its payment was late")
    func lateFee() throws {
        let late = try clock([.init(.feeNoticed, on: Day(2022, 3, 30)), .init(.feePaid, on: Day(2022, 4, 29))])
        #expect(late.warnings.map(\.date) == [Day(2022, 3, 30), Day(2022, 4, 29)])
        let inTime = try clock([.init(.feeNoticed, on: Day(2022, 3, 29)), .init(.feePaid, on: Day(2022, 4, 26))])
        #expect(inTime.warnings.isEmpty)
    }

    @Test("refuses a later term beyond a working year at once, even with reasons", .timeLimit(.minutes(1)))
    func absurdDelay() {
        let reasons = [ClockEvent(.reasonsAsked, on: Day(2022, 3, 2)), .init(.reasonsGiven, on: Day(2022, 3, 3))]
        #expect(throws: Refusal.self) { _ = try clock(reasons + [.init(.extended, on: Day(2022, 3, 4), workingDays: 9_999_999_999)]) }
    }

    @Test("moves with an amended calendar, and says so by giving another day for the same events")
    func amended() throws {
        let first = HolidayNotice(year: 2020, knownFrom: Day(2019, 11, 21), daysOff: off(24...30), workedWeekends: worked([19, 32]))
        let amended = HolidayNotice(year: 2020, knownFrom: Day(2020, 1, 27), daysOff: off(24...33), workedWeekends: worked([19]))
        let calendar = WorkCalendar(notices: [first, amended])
        let due = { (known: Day) in
            try ReplyClock.run(arrived: Day(2020, 1, 20), by: .inPerson, [], calendar: calendar.asKnown(on: known)).due
        }
        // 1 February was to be worked, and 31 January, too: two working days fewer, and 3 more weeks as before.
        #expect(try due(Day(2020, 1, 26)) == Day(2020, 2, 21))
        #expect(try due(Day(2020, 1, 27)) == Day(2020, 2, 25))
    }

    private func off(_ days: ClosedRange<Int>) -> [Day: String] {
        Dictionary(uniqueKeysWithValues: days.map { (Day(2020, 1, $0), "春节") }.filter { !$0.0.isWeekend })
    }

    private func worked(_ days: [Int]) -> [Day: String] { Dictionary(uniqueKeysWithValues: days.map { (Day(2020, 1, $0), "春节") }) }

    @Test("gives the day that counting on the fingers gives, for 3,000 made-up cases in every order of their events")
    func countedOnTheFingers() throws {
        var random = SeededRandom(seed: 20_220_526)
        var moved = 0
        for _ in 0..<3_000 {
            let made = MadeUp(&random)
            let clock = try clock(made.events.shuffled(using: &random), from: made.start)
            #expect(clock.due == made.due, "\(made.start) \(made.events)")
            if let more = made.longer() {
                let later = try self.clock(more.shuffled(using: &random), from: made.start)
                let (one, two) = (try #require(clock.due), try #require(later.due))
                #expect(one <= two)
                if one < two { moved += 1 }
            }
        }
        #expect(moved > 100)
    }
}

/// A course of events that the law allows, with the day its reply is due by counting day after day, without the engine's terms.
private struct MadeUp {
    let start: Day
    private(set) var events: [ClockEvent] = []
    private var anew: Day
    private var extra = 0
    /// Asking and end of each opinion.
    private var opinions: [(asked: Day, answered: Day?)] = []

    init(_ random: inout SeededRandom) {
        start = Day(2019, 1, 1).adding(Int.random(in: 0..<2000, using: &random))
        anew = start
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let asked = start.adding(Int.random(in: 0...9, using: &random))
            let answered = Bool.random(using: &random) ? asked.adding(Int.random(in: 0...40, using: &random)) : nil
            let isThird = opinions.isEmpty
            opinions.append((asked, answered))
            events.append(ClockEvent(isThird ? .thirdPartyAsked : .coProducerAsked, on: asked))
            if let answered { events.append(ClockEvent(isThird ? .thirdPartyAnswered : .coProducerAnswered, on: answered)) }
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            extra = Int.random(in: 1...20, using: &random)
            events.append(ClockEvent(.extended, on: start.adding(10), workingDays: extra))
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            let isFee = Bool.random(using: &random)
            anew = start.adding(11 + Int.random(in: 0...20, using: &random))
            events.append(ClockEvent(isFee ? .feeNoticed : .correctionAsked, on: start.adding(11)))
            events.append(ClockEvent(isFee ? .feePaid : .corrected, on: anew))
        }
    }

    var due: Day {
        var (day, left) = (anew, 20 + extra)
        while left > 0 {
            day = day.adding(1)
            if Self.isWorked(day), !opinions.contains(where: { Self.isOut(day, $0) }) { left -= 1 }
        }
        return day
    }

    /// The same with one opinion a day later; nil where there is none that came.
    func longer() -> [ClockEvent]? {
        guard let place = events.firstIndex(where: { [.thirdPartyAnswered, .coProducerAnswered].contains($0.kind) }) else { return nil }
        var more = events
        more[place] = ClockEvent(events[place].kind, on: events[place].on.adding(1))
        return more
    }

    private static func isWorked(_ day: Day) -> Bool { ReplyClockTests.calendar.isWorked(day) }

    private static func isOut(_ day: Day, _ opinion: (asked: Day, answered: Day?)) -> Bool {
        guard day > opinion.asked, day <= opinion.answered ?? day else { return false }
        let before = (opinion.asked.ordinal + 1..<day.ordinal).count { isWorked(Day(ordinal: $0)) }
        return before < 15
    }
}

/// The same numbers at each run, so that a failure can be met again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
