import Core
import Foundation
import Testing
import WorkCalendar

@Suite("The clock of a request")
struct ReplyClockTests {
    static let calendar: WorkCalendar = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Tests/Fixtures/cn-workdays.csv")
        do { return WorkCalendar(notices: try HolidayNotice.read(try String(contentsOf: file, encoding: .utf8))) } catch {
            preconditionFailure("\(error)")
        }
    }()

    private func due(_ arrived: Day, _ channel: Channel = .inPerson, _ events: [ClockEvent] = []) throws -> Day? {
        try ReplyClock.run(arrived: arrived, by: channel, events, calendar: Self.calendar).due
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("ends after 20 working days, and after 40 with the extension", arguments: [
        (Day(2022, 1, 24), Day(2022, 2, 24), Day(2022, 3, 24)),
        (Day(2022, 4, 28), Day(2022, 5, 30), Day(2022, 6, 28)),
        (Day(2022, 5, 26), Day(2022, 6, 24), Day(2022, 7, 22)),
        (Day(2022, 9, 30), Day(2022, 11, 2), Day(2022, 11, 30)),
        (Day(2022, 12, 30), Day(2023, 2, 2), Day(2023, 3, 2)),
        (Day(2024, 2, 8), Day(2024, 3, 13), Day(2024, 4, 11)),
        (Day(2025, 1, 26), Day(2025, 2, 28), Day(2025, 3, 28)),
        (Day(2025, 9, 28), Day(2025, 10, 31), Day(2025, 11, 28)),
        (Day(2026, 2, 13), Day(2026, 3, 19), Day(2026, 4, 17)),
    ])
    func plain(received: Day, twenty: Day, forty: Day) throws {
        #expect(try due(received) == twenty)
        #expect(try due(received, .registeredPost, [.init(.extended, on: received.adding(3), workingDays: 20)]) == forty)
    }

    @Test("leaves out the days on which a third party is heard")
    func thirdParty() throws {
        let clock = try ReplyClock.run(
            arrived: Day(2022, 3, 1),
            by: .inPerson,
            [.init(.thirdPartyAsked, on: Day(2022, 3, 10)), .init(.thirdPartyAnswered, on: Day(2022, 3, 24))],
            calendar: Self.calendar
        )
        #expect(clock.due == Day(2022, 4, 13))
        #expect(clock.limits.map(\.due) == [Day(2022, 3, 31)])
        #expect(clock.suspended.map(\.from) == [Day(2022, 3, 11)])
        #expect(clock.suspended.map(\.to) == [Day(2022, 3, 24)])
        #expect(try due(Day(2022, 3, 1)) == Day(2022, 3, 29))
        #expect(clock.why.last?.article == "《政府信息公开条例》第三十三条")
    }

    @Test("counts an opinion that never comes to the end of its 15 working days, and one that comes late no longer")
    func silence() throws {
        let asked = ClockEvent(.coProducerAsked, on: Day(2022, 3, 10))
        let silent = try due(Day(2022, 3, 1), .inPerson, [asked])
        #expect(silent == Day(2022, 4, 20))
        #expect(try due(Day(2022, 3, 1), .inPerson, [asked, .init(.coProducerAnswered, on: Day(2022, 4, 12))]) == silent)
    }

    @Test("counts days on which two opinions are asked for only once")
    func overlapping() throws {
        let both: [ClockEvent] = [
            .init(.thirdPartyAsked, on: Day(2022, 3, 10)), .init(.coProducerAsked, on: Day(2022, 3, 10)),
            .init(.thirdPartyAnswered, on: Day(2022, 3, 24)), .init(.coProducerAnswered, on: Day(2022, 3, 24)),
        ]
        #expect(try due(Day(2022, 3, 1), .inPerson, both) == Day(2022, 4, 13))
    }

    @Test("runs anew from the corrected request")
    func correction() throws {
        let events: [ClockEvent] = [.init(.correctionAsked, on: Day(2022, 5, 30)), .init(.corrected, on: Day(2022, 6, 6))]
        #expect(try due(Day(2022, 5, 26), .inPerson, events) == Day(2022, 7, 4))
        let waiting = try ReplyClock.run(arrived: Day(2022, 5, 26), by: .inPerson, [events[0]], calendar: Self.calendar)
        #expect(waiting.due == nil)
        #expect(waiting.state == .awaitingCorrection)
        #expect(waiting.limits.map(\.due) == [Day(2022, 6, 7)])
    }

    @Test("begins on the web, by fax and by e-mail when both sides have confirmed", arguments: [Channel.web, .fax, .email])
    func confirmation(channel: Channel) throws {
        let waiting = try ReplyClock.run(arrived: Day(2022, 5, 20), by: channel, [], calendar: Self.calendar)
        #expect(waiting.due == nil)
        #expect(waiting.state == .awaitingConfirmation)
        #expect(try due(Day(2022, 5, 20), channel, [.init(.confirmed, on: Day(2022, 5, 26))]) == Day(2022, 6, 24))
    }

    @Test("takes the day of confirmation of an ordinary letter, and says when that was late")
    func letter() throws {
        #expect(try due(Day(2022, 5, 26), .post) == Day(2022, 6, 24))
        let late = try ReplyClock.run(
            arrived: Day(2022, 5, 26),
            by: .post,
            [.init(.confirmed, on: Day(2022, 5, 27))],
            calendar: Self.calendar
        )
        #expect(late.receipt == Day(2022, 5, 27))
        #expect(late.warnings.count == 1)
    }

    @Test("runs anew from the payment of a fee")
    func fee() throws {
        let notice = ClockEvent(.feeNoticed, on: Day(2022, 6, 6))
        let waiting = try ReplyClock.run(arrived: Day(2022, 5, 26), by: .oral, [notice], calendar: Self.calendar)
        #expect(waiting.state == .awaitingFee)
        #expect(waiting.limits.map(\.due) == [Day(2022, 7, 4)])
        #expect(try due(Day(2022, 5, 26), .oral, [notice, .init(.feePaid, on: Day(2022, 6, 10))]) == Day(2022, 7, 8))
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("refuses what can not follow what came before", arguments: [
        [ClockEvent(.corrected, on: Day(2022, 6, 1))],
        [ClockEvent(.correctionAsked, on: Day(2022, 5, 27)), .init(.corrected, on: Day(2022, 5, 30)), .init(.correctionAsked, on: Day(2022, 6, 1))],
        [ClockEvent(.extended, on: Day(2022, 6, 1), workingDays: 10), .init(.extended, on: Day(2022, 6, 2), workingDays: 5)],
        [ClockEvent(.extended, on: Day(2022, 6, 1), workingDays: 21)],
        [ClockEvent(.extended, on: Day(2022, 6, 1))],
        [ClockEvent(.extended, on: Day(2022, 7, 1), workingDays: 5)],
        [ClockEvent(.thirdPartyAnswered, on: Day(2022, 6, 1))],
        [ClockEvent(.thirdPartyAsked, on: Day(2022, 6, 1)), .init(.answered, on: Day(2022, 6, 2))],
        [ClockEvent(.withdrawn, on: Day(2022, 6, 1)), .init(.answered, on: Day(2022, 6, 2))],
        [ClockEvent(.answered, on: Day(2022, 6, 1)), .init(.extended, on: Day(2022, 6, 2), workingDays: 5)],
        [ClockEvent(.feePaid, on: Day(2022, 6, 1))],
        [ClockEvent(.confirmed, on: Day(2022, 6, 1))],
        [ClockEvent(.overrideNoticed, on: Day(2022, 6, 1))],
        [ClockEvent(.answered, on: Day(2022, 5, 25))],
    ])
    func refused(events: [ClockEvent]) {
        #expect(throws: Refusal.self) { _ = try self.due(Day(2022, 5, 26), .inPerson, events) }
    }

    @Test("lets a term longer than 20 more days only be set after reasons were given")
    func excessive() throws {
        let events: [ClockEvent] = [
            .init(.reasonsAsked, on: Day(2022, 5, 30)), .init(.reasonsGiven, on: Day(2022, 6, 2)),
            .init(.extended, on: Day(2022, 6, 6), workingDays: 40),
        ]
        #expect(try due(Day(2022, 5, 26), .inPerson, events) == Day(2022, 8, 19))
    }

    @Test("is provisional past the last loaded notice, and says so")
    func provisional() throws {
        let clock = try ReplyClock.run(arrived: Day(2026, 12, 20), by: .inPerson, [], calendar: Self.calendar)
        #expect(clock.isProvisional)
        #expect(clock.warnings.count == 1)
    }

    @Test("says whether the answer was in time")
    func onTime() throws {
        let clock = { (day: Day) in
            try ReplyClock.run(arrived: Day(2022, 5, 26), by: .inPerson, [.init(.answered, on: day)], calendar: Self.calendar)
        }
        #expect(try clock(Day(2022, 6, 24)).onTime == true)
        #expect(try clock(Day(2022, 6, 27)).onTime == false)
        #expect(try clock(Day(2022, 6, 27)).due == Day(2022, 6, 24))
    }

    @Test("never ends earlier for a day more of suspension, and gives the same date for its events in any order")
    func properties() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<400 {
            let start = Day(2019, 1, 1).adding(Int.random(in: 0..<2400, using: &random))
            let asked = start.adding(Int.random(in: 0..<15, using: &random))
            let answered = asked.adding(Int.random(in: 1..<18, using: &random))
            let extended = ClockEvent(.extended, on: start.adding(1), workingDays: Int.random(in: 1...20, using: &random))
            func events(_ end: Day) -> [ClockEvent] {
                [.init(.thirdPartyAsked, on: asked), .init(.thirdPartyAnswered, on: end), extended]
            }
            let shorter = try #require(try due(start, .inPerson, events(answered)))
            let longer = try #require(try due(start, .inPerson, events(answered.adding(1))))
            #expect(shorter <= longer)
            #expect(try due(start, .inPerson, events(answered).shuffled(using: &random)) == shorter)
        }
    }
}

@Suite("The fee for processing")
struct FeeTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("follows the bands of the measures", arguments: [
        (Fee.items(10), 0), (.items(11), 100), (.items(30), 2000), (.items(31), 2200), (.items(40), 4000), (.items(41), 4300), (.items(50), 7000), (.items(60), 11000),
        (.pages(30), 0), (.pages(31), 10), (.pages(100), 700), (.pages(101), 720), (.pages(200), 2700), (.pages(201), 2740), (.pages(300), 6700),
    ])
    func bands(fee: Fee, yuan: Int) throws {
        #expect(try fee.charge().yuan == yuan)
    }

    @Test("refuses a number that is none")
    func refused() {
        #expect(throws: Refusal.self) { try Fee.items(-1).charge() }
        #expect(throws: Refusal.self) { try Fee.pages(2_000_000).charge() }
    }
}

@Suite("A disclosure request")
struct DisclosureRequestTests {
    static let filing = Filing(
        channel: .web,
        kind: .person,
        name: "张三",
        identity: "11010519491231002X",
        contact: "zhang@example.com",
        subject: "2021年专利资助名单",
        description: "2021年度专利资助的企业名单和金额",
        form: "电子邮件"
    )

    @Test("has a sound procedure")
    func lifecycle() {
        #expect(DisclosureRequest.lifecycle.flaws == [])
        #expect(Appeal.lifecycle.flaws == [])
    }

    @Test("asks for what article 29 asks for", arguments: ["name", "identity", "contact", "subject", "description", "form"])
    func fields(field: String) {
        var filing = Self.filing
        switch field {
        case "name": filing.name = " "
        case "identity": filing.identity = ""
        case "contact": filing.contact = ""
        case "subject": filing.subject = "a\u{202E}b"
        case "description": filing.description = String(repeating: "𠀀", count: 5001)
        default: filing.form = ""
        }
        do {
            try filing.check()
            Issue.record("it was taken")
        } catch {
            guard case .invalidForm(let faults) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(Array(faults.keys) == [field])
        }
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("names the remedy by the class of the decision and its day", arguments: [
        (Outcome.stateSecret,   Day(2023, 12, 31), false), (.stateSecret, Day(2024, 1, 1), true),
        (.processInfo,          Day(2025, 3, 1),   true),  (.notHeld,     Day(2025, 3, 1), false),
        (.partial,              Day(2025, 3, 1),   true),  (.repeated,    Day(2025, 3, 1), false),
    ])
    func remedies(outcome: Outcome, day: Day, reviewFirst: Bool) {
        let remedy = Remedy.text(for: outcome, on: day, reviewer: Text("国家知识产权局", "CNIPA"))
        #expect(remedy.text.zh.contains("先向国家知识产权局申请行政复议") == reviewFirst)
    }

    @Test("is alike another of nearly the same words, whatever the punctuation")
    func likeness() {
        let one = Likeness("请公开2021年度专利资助的企业名单和金额。")
        #expect(one.share(with: Likeness("请公开：2021年度专利资助的企业名单，和金额")) == 1)
        #expect(one.share(with: Likeness("请公开2021年度专利资助的全部企业名单和资助金额")) > Likeness.alike)
        #expect(one.share(with: Likeness("请公开商标审查的内部流程")) < Likeness.alike)
    }
}
