import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The register of requests")
struct DisclosureRequestsTests {
    static var filing: Filing {
        var filing = DisclosureRequestTests.filing
        filing.channel = .inPerson
        return filing
    }

    struct Desk {
        let house: House
        let officer, head, lin, wang: Actor

        init(_ database: any Database) async throws {
            house = try await TestHouse.on(database)
            officer = try await house.people.actor("admin")
            head = try await house.people.actor("he")
            lin = try await house.people.actor("lin")
            wang = try await house.people.actor("wang")
        }

        func filed() async throws -> String { try await receipt().number }

        /// The same with the word that its applicant was given.
        func receipt() async throws -> DisclosureRequests.Receipt {
            try await house.requests.file(DisclosureRequestsTests.filing, calendar: house.calendar, by: officer)
        }

        func take(
            _ step: DisclosureRequest.Step,
            _ number: String,
            by actor: Actor,
            _ fill: (inout DisclosureRequests.Detail) -> Void = { _ in }
        ) async throws {
            var detail = DisclosureRequests.Detail()
            fill(&detail)
            let version = try await house.requests.entry(number, calendar: house.calendar).request.version
            try await house.requests.take(step, on: number, version: version, detail, calendar: house.calendar, by: actor)
        }
    }

    @Test("takes a request from filing to a signed letter, four eyes on the reply", arguments: Engine.available)
    func whole(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            #expect(number == "2022-1")
            try await desk.take(.assign, number, by: desk.officer) { $0.unit = People.office }
            await #expect(throws: Refusal.self) { try await desk.take(.draft, number, by: desk.lin) { $0.body = "无类型" } }
            try await desk.take(.draft, number, by: desk.lin) { ($0.outcome, $0.body) = (.processInfo, "属于过程性信息，决定不予公开。") }
            try await desk.take(.approveDraft, number, by: desk.officer)
            await #expect(throws: Refusal.self) { try await desk.take(.sign, number, by: desk.lin) }
            try await desk.take(.sign, number, by: desk.wang)
            let entry = try await desk.house.requests.entry(number, calendar: desk.house.calendar)
            #expect(entry.request.state == .answered)
            #expect(entry.request.outcome == .processInfo)
            #expect(entry.clock.onTime == true)
            #expect(try await desk.house.requests.letter(number)?.number == "国知公开复〔2022〕1号")
            await #expect(throws: Refusal.outOfTurn) { try await desk.take(.withdraw, number, by: desk.officer) }
        }
    }

    @Test("keeps who asks sealed, and opens it for the office only", arguments: Engine.available)
    func party(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            let stored = try await database.read { try $0.scalar(String.self, "SELECT sealed FROM request_party") }
            #expect(stored?.contains("张三") == false)
            #expect(try await desk.house.requests.party(number, for: desk.officer)?.name == "张三")
            await #expect(throws: Refusal.self) { try await desk.house.requests.party(number, for: desk.lin) }
            let moved = try await desk.filed()
            try await database.write { try $0.run("UPDATE request_party SET sealed = \(stored) WHERE request = \(moved)") }
            await #expect(throws: StorageError.self) { try await desk.house.requests.party(moved, for: desk.officer) }
        }
    }

    @Test("gives the same answer for a wrong word and for a number that does not exist", arguments: Engine.available)
    func word(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let receipt = try await desk.house.requests.file(DisclosureRequestTests.filing, calendar: desk.house.calendar)
            let calendar = desk.house.calendar
            #expect(
                try await desk.house.requests.entry(receipt.number, word: receipt.word, calendar: calendar).request.number == receipt.number
            )
            var answers: [Refusal?] = []
            for (number, word) in [(receipt.number, "wrong"), ("2022-99", receipt.word)] {
                answers.append(
                    await #expect(throws: Refusal.self) { try await desk.house.requests.entry(number, word: word, calendar: calendar) }
                )
            }
            #expect(answers[0] == answers[1])
        }
    }

    @Test("extends once, by the head of the office only, and not for an answered request", arguments: Engine.available)
    func extension_(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            await #expect(throws: Refusal.self) { try await desk.take(.extend, number, by: desk.officer) { $0.workingDays = 10 } }
            try await desk.take(.extend, number, by: desk.head) { $0.workingDays = 10 }
            await #expect(throws: Refusal.self) { try await desk.take(.extend, number, by: desk.head) { $0.workingDays = 5 } }
        }
    }

    @Test("lets the second of two officers know, and loses nothing", arguments: Engine.available)
    func stale(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            var detail = DisclosureRequests.Detail()
            detail.unit = People.office
            try await desk.house.requests.take(.assign, on: number, version: 0, detail, calendar: desk.house.calendar, by: desk.officer)
            let again = detail
            await #expect(throws: Refusal.stale) {
                try await desk.house.requests.take(.assign, on: number, version: 0, again, calendar: desk.house.calendar, by: desk.officer)
            }
        }
    }

    @Test(
        "refuses a day in the future, before the arrival, and a step that answers while a third party is heard",
        arguments: Engine.available
    )
    func days(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            await #expect(throws: Refusal.self) {
                try await desk.house.requests.file(Self.filing, arrived: Day(2022, 6, 1), calendar: desk.house.calendar, by: desk.officer)
            }
            let number = try await desk.filed()
            await #expect(throws: Refusal.self) {
                try await desk.take(.askThirdParty, number, by: desk.officer) { $0.on = Day(2022, 5, 1) }
            }
            try await desk.take(.askThirdParty, number, by: desk.officer)
            try await desk.take(.assign, number, by: desk.officer) { $0.unit = People.office }
            try await desk.take(.draft, number, by: desk.lin) { ($0.outcome, $0.body) = (.disclosed, "予以公开") }
            try await desk.take(.approveDraft, number, by: desk.officer)
            await #expect(throws: Refusal.self) { try await desk.take(.sign, number, by: desk.wang) }
            #expect(try await desk.house.requests.letter(number) == nil)
        }
    }

    @Test("splits a request of several matters, and keeps the trace and the applicant", arguments: Engine.available)
    func split(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            let parts = try await desk.house.requests.split(number, into: ["名单", " 金额 "], version: 0, by: desk.officer)
            #expect(parts == ["2022-1", "2022-2"])
            #expect(try await desk.house.requests.entry("2022-2", calendar: desk.house.calendar).request.subject == "金额")
            #expect(try await desk.house.requests.party("2022-2", for: desk.officer)?.name == "张三")
            #expect(try await desk.house.requests.steps(of: "2022-1").last?.detail == "→ 2022-2")
        }
    }

    @Test("warns the unit and the office ten, five, two and one working days before the end, once a day", arguments: Engine.available)
    func warnings(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            try await desk.take(.assign, number, by: desk.officer) { $0.unit = People.office }
            let calendar = desk.house.calendar
            // Due on 28 June: ten working days before it is 14 June, one is the 27th.
            var told: [Int] = []
            for day in [Day(2022, 6, 13), Day(2022, 6, 14), Day(2022, 6, 27), Day(2022, 6, 27), Day(2022, 6, 28), Day(2022, 6, 29)] {
                told.append(try await desk.house.requests.warn(on: day, calendar: calendar))
            }
            #expect(told == [0, 1, 1, 1, 0, 1])
            let mine = try await desk.house.requests.notices(for: desk.lin, on: Day(2022, 6, 27)).map(\.en)
            #expect(
                mine == [
                    "Request 2022-1 is 1 working days overdue (2022-06-28)", "Request 2022-1 is due in 1 working days (2022-06-28)",
                    "Request 2022-1 is due in 10 working days (2022-06-28)",
                ]
            )
            #expect(try await desk.house.requests.notices(for: desk.wang, on: Day(2022, 6, 27)).isEmpty)
        }
    }

    @Test("sums one applicant's month, and joins only requests of the same applicant", arguments: Engine.available)
    func month(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            for _ in 1...11 { _ = try await desk.filed() }
            var other = Self.filing
            other.identity = "91350100M000100Y43"
            let theirs = try await desk.house.requests.file(other, calendar: desk.house.calendar, by: desk.officer).number
            let month = try await desk.house.requests.month(of: "2022-3")
            #expect(month.count == 11)
            #expect(month.yuan == 0)
            #expect(try await desk.house.requests.month(of: "2022-11").yuan == 100)
            let third = try await desk.house.requests.entry("2022-3", calendar: desk.house.calendar).request
            let alike = try await desk.house.requests.alike(third)
            #expect(alike.count == 10)
            #expect(alike.allSatisfy { $0.share == 1 })
            #expect(try await desk.house.requests.month(of: theirs).count == 1)
            await #expect(throws: Refusal.self) {
                try await desk.house.requests.merge("2022-1", into: theirs, version: 0, by: desk.officer)
            }
            try await desk.house.requests.merge("2022-1", into: "2022-2", version: 0, by: desk.officer)
            #expect(try await desk.house.requests.steps(of: "2022-2").last?.detail == "← 2022-1")
            #expect(try await desk.house.requests.entry("2022-1", calendar: desk.house.calendar).request.state == .withdrawn)
        }
    }

    @Test("derives open requests anew when a notice is loaded, and says which moved", arguments: Engine.available)
    func derived(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            let before = try await desk.house.requests.entry(number, calendar: desk.house.calendar).clock.due
            let stop = HolidayNotice(
                year: 2022,
                knownFrom: Day(2022, 5, 30),
                daysOff: [Day(2022, 6, 3): "端午节", Day(2022, 6, 8): "停工"],
                workedWeekends: [:]
            )
            try await desk.house.calendars.add([stop], by: desk.officer)
            try await desk.house.loadCalendar()
            let moved = try await desk.house.requests.derive(with: desk.house.calendar, by: desk.officer)
            #expect(moved.map(\.number) == [number])
            #expect(moved.map(\.from) == [before])
            #expect(moved.map(\.to) == [Day(2022, 6, 29)])
        }
    }

    @Test("deletes who asked when the schedule says so, and no sooner", arguments: Engine.available)
    func retention(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await Desk(database)
            let number = try await desk.filed()
            try await desk.take(.withdraw, number, by: desk.officer)
            #expect(try await desk.house.requests.expired(on: Day(2032, 5, 1), keepingYears: 10) == [])
            #expect(try await desk.house.requests.expired(on: Day(2032, 6, 28), keepingYears: 10) == [number])
            #expect(try await desk.house.requests.deleteExpired(on: Day(2032, 6, 28), keepingYears: 10, by: desk.officer) == 1)
            #expect(try await desk.house.requests.party(number, for: desk.officer) == nil)
        }
    }
}
