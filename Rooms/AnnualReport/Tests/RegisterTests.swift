import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("An earlier register")
struct RegisterTests {
    @Test("counts itself into the annual report, and each figure leads to its cases", arguments: Engine.available)
    func report(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let rows = [
                "2021-1,person,inPerson,2021-12-20,甲,,disclosed,2022-01-10,,",
                "2021-2,business,post,2021-03-01,乙,,notHeld,2021-03-20,corrected@2021-05-01/2022-02-01,",
                "2022-5,person,inPerson,2022-12-20,丙,,,,,", "2022-6,research,inPerson,2022-03-01,丁,,partial,2022-03-20,,pending@2022-06-01",
                "2022-7,自然人,当面提交,2022-04-01,戊,,申请人逾期未缴费,2022-05-01,,",
            ]
            let read = try rows.enumerated().map { (line: $0 + 2, row: try HistoryRow($1.components(separatedBy: ","))) }
            #expect(try await History(database).take(read, calendar: desk.house.calendar) == [])
            let report = try await desk.house.annualReports.report(2022)
            #expect(report.requests[.received, nil] == 3)
            #expect(report.requests[.carriedOver, nil] == 1)
            #expect(report.requests[.disclosed, .person] == 1)
            #expect(report.requests[.partial, .research] == 1)
            #expect(report.requests[.feeNotPaid, .person] == 1)
            #expect(report.requests[.total, nil] == 3)
            #expect(report.requests[.carriedForward, .person] == 1)
            #expect(report.remedies[.review, .corrected] == 1)
            #expect(report.remedies[.suitDirect, .pending] == 1)
            #expect(report.checks().filter { !$0.passed }.isEmpty)
            #expect(try await desk.house.annualReports.cases(.total, nil, year: 2022).map(\.number) == ["2021-1", "2022-6", "2022-7"])
            #expect(try await History(database).take(read, calendar: desk.house.calendar).count == 5)
        }
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("refuses a bad row of an earlier register with its reason", arguments: [
        ("2021-1,person", "10列"), ("x,person,inPerson,2021-03-01,s,,,,,", "number"), ("2021-1,alien,inPerson,2021-03-01,s,,,,,", "kind"),
        ("2021-1,person,inPerson,2021-02-30,s,,,,,", "received"), ("2021-1,person,inPerson,2021-03-01,,,,,,", "subject"),
        ("2021-1,person,inPerson,2021-03-01,s,flew@2021-03-02,,,,", "events"), ("2021-1,person,inPerson,2021-03-01,s,,disclosed,,,", "outcome"),
        ("2021-1,person,inPerson,2021-03-01,s,,disclosed,2021-02-01,,", "closed"), ("2021-1,person,inPerson,2021-03-01,s,,,,pending@2021-03-02/2021-04-01,", "review"),
    ])
    func badRows(row: String, says: String) {
        do {
            _ = try HistoryRow(row.components(separatedBy: ","))
            Issue.record("it was taken")
        } catch { #expect(error.text.zh.contains(says)) }
    }
}
