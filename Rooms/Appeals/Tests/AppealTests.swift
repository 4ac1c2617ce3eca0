import Core
import Foundation
import Testing
import WorkCalendar

@Suite("A review or a lawsuit")
struct AppealTests {
    private static let calendar: WorkCalendar = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Tests/Fixtures/cn-workdays.csv")
        do { return WorkCalendar(notices: try HolidayNotice.read(try String(contentsOf: file, encoding: .utf8))) } catch {
            preconditionFailure("\(error)")
        }
    }()

    private func appeal(_ kind: Appeal.Kind, _ served: String, simplified: Bool = false) throws -> Appeal {
        let day = try #require(Day(served))
        return Appeal(number: "A2025-1", kind: kind, about: "request/2025-1", filedOn: day, servedOn: day, isSimplified: simplified)
    }

    private func person(_ name: String, _ roles: Role...) -> Actor {
        Actor(person: name, name: Text(name, name), unit: "office", roles: Set(roles))
    }

    // 2025-09-28 is a Sunday that is worked, 1 to 8 October are off, 11 October is a Saturday that is worked.
    // The columns are the point.
    // swift-format-ignore
    @Test("is answered by the day that the law of its time sets", arguments: [
        (Appeal.Kind.review, "2025-09-26", true,  "2025-10-10", "《行政复议法》第五十四条"),
        (.review,            "2025-09-26", false, "2025-10-16", "《行政复议法》第四十八条"),
        (.review,            "2024-01-01", true,  "2024-01-08", "《行政复议法》第五十四条"),
        // Ten calendar days: 30 April is in the holiday of Labour Day and moves to 4 May. No simplified procedure yet.
        (.review,            "2023-04-20", false, "2023-05-04", "《行政复议法》（2017年修正）第二十三条"),
        (.review,            "2023-12-29", true,  "2024-01-08", "《行政复议法》（2017年修正）第二十三条"),
        (.suitDirect,        "2025-09-15", false, "2025-09-30", "《行政诉讼法》第六十七条"),
        (.suitAfterReview,   "2025-09-20", false, "2025-10-09", "《行政诉讼法》第六十七条"),
    ])
    func answers(kind: Appeal.Kind, served: String, simplified: Bool, due: String, article: String) throws {
        let terms = try appeal(kind, served, simplified: simplified).terms(Self.calendar)
        #expect(terms.map(\.due.description) == [due])
        #expect(terms.map(\.article) == [article])
        #expect(terms.allSatisfy { !$0.isProvisional })
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("that the agency hears: acceptance, copy and decision run from their own days", arguments: [
        ("2025-03-03", false, Day?.none,          false, ["2025-03-10", "2025-03-19", "2025-05-09"]),
        ("2025-03-03", false, Day(2025, 3, 5),    false, ["2025-03-10", "2025-03-14", "2025-05-06"]),
        ("2025-03-03", false, Day(2025, 3, 5),    true,  ["2025-03-10", "2025-03-14", "2025-06-03"]),
        ("2025-03-03", true,  Day(2025, 3, 5),    false, ["2025-03-10", "2025-03-10", "2025-04-07"]),
        ("2023-03-01", true,  Day?.none,          false, ["2023-03-08", "2023-03-10", "2023-05-04"]),
    ])
    func heard(served: String, simplified: Bool, accepted: Day?, extended: Bool, due: [String]) throws {
        let terms = try appeal(.heard, served, simplified: simplified).terms(Self.calendar, acceptedOn: accepted, isExtended: extended)
        #expect(terms.map(\.due.description) == due)
    }

    @Test("has a provisional day where the year's notice is not loaded")
    func provisional() throws {
        #expect(try appeal(.suitDirect, "2026-12-28").terms(Self.calendar).map(\.isProvisional) == [true])
        #expect(try appeal(.review, "2026-12-28").terms(Self.calendar).map(\.isProvisional) == [true])
    }

    @Test("has a sound procedure")
    func lifecycle() { #expect(Appeal.lifecycle.flaws == []) }

    @Test("is decided with a result of table 4, before or after the answer", arguments: [true, false])
    func decided(answers: Bool) throws {
        var appeal = try appeal(.review, "2025-03-03")
        let officer = person("lin", .disclosureOfficer)
        if answers { _ = try appeal.take(.answer, on: Day(2025, 3, 10), by: officer, taken: []) }
        for result in [nil, RemedyTable.Result.pending] {
            #expect(throws: Refusal.self) { _ = try appeal.take(.decide, result: result, on: Day(2025, 4, 30), by: officer, taken: []) }
        }
        #expect(throws: Refusal.self) { _ = try appeal.take(.decide, result: .upheld, on: Day(2025, 3, 2), by: officer, taken: []) }
        _ = try appeal.take(.decide, result: .corrected, on: Day(2025, 4, 30), by: officer, taken: [])
        #expect(appeal.result == .corrected)
        #expect(appeal.decidedOn == Day(2025, 4, 30))
        #expect(appeal.kind.group == .review)
    }

    @Test("that the agency hears is the hearing officer's, and extended once, by the head, never in the simplified procedure")
    func hearing() throws {
        var heard = try appeal(.heard, "2025-03-03")
        let (hearer, officer, head) = (person("he", .hearingOfficer), person("lin", .disclosureOfficer), person("chen", .unitHead))
        #expect(throws: Refusal.outOfTurn) { _ = try heard.take(.answer, on: Day(2025, 3, 5), by: officer, taken: []) }
        #expect(throws: Refusal.outOfTurn) { _ = try heard.take(.decide, result: .other, on: Day(2025, 3, 5), by: officer, taken: []) }
        #expect(throws: Refusal.outOfTurn) { _ = try heard.take(.extend, on: Day(2025, 3, 5), by: head, taken: []) }
        _ = try heard.take(.accept, on: Day(2025, 3, 5), by: hearer, taken: [])
        #expect(throws: Refusal.self) { _ = try heard.take(.extend, on: Day(2025, 4, 25), by: hearer, taken: []) }
        _ = try heard.take(.extend, on: Day(2025, 4, 25), by: head, taken: [])
        #expect(throws: Refusal.self) {
            _ = try heard.take(.extend, on: Day(2025, 4, 28), by: head, taken: [.init(.extend, by: "chen")])
        }
        #expect(throws: Refusal.self) { _ = try heard.take(.decide, result: .upheld, on: Day(2025, 5, 30), by: officer, taken: []) }
        _ = try heard.take(.decide, result: .upheld, on: Day(2025, 5, 30), by: hearer, taken: [])
        #expect(heard.kind.group == nil)
        var simple = try appeal(.heard, "2025-03-03", simplified: true)
        _ = try simple.take(.accept, on: Day(2025, 3, 5), by: hearer, taken: [])
        #expect(throws: Refusal.self) { _ = try simple.take(.extend, on: Day(2025, 3, 25), by: head, taken: []) }
    }

    @Test("against the agency is not heard by it")
    func notHeard() throws {
        var review = try appeal(.review, "2025-03-03")
        for step in [Appeal.Step.accept, .refuseAcceptance, .extend] {
            #expect(throws: Refusal.outOfTurn) {
                _ = try review.take(step, on: Day(2025, 3, 5), by: person("he", .hearingOfficer, .unitHead), taken: [])
            }
        }
    }
}
