import Core
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("Reports of the units below")
struct PartTests {
    @Test("are uploaded, shown with their checks, and added to the agency's own", arguments: Engine.available)
    func parts(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            _ = try await desk.filed()
            var below = AnnualReport(year: 2022)
            below.requests[.received, .person] = 5
            below.requests[.disclosed, .person] = 5
            below.requests.sum()
            var unsound = below
            unsound.requests[.received, nil] = 9
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let page = "/zh/office/reports/2022/parts"
            func send(_ unit: String, _ csv: String) async throws -> Visitor.Answer {
                let (headers, body) = EnclosureTests.upload(
                    ["csrf": try await visitor.seal(of: page), "unit": unit],
                    [("file", "report.csv", Array(csv.utf8))]
                )
                return try await visitor.send(.post, page, headers, body)
            }
            #expect(try await send("", below.csv).status == 422)
            let bad = try await send("专利局", "这不是报告")
            #expect(bad.status == 422)
            #expect(bad.body.contains("专利局"))
            #expect(try await send("专利局", "\u{feff}" + below.csv).status == 303)
            #expect(try await send("商标局", unsound.csv).status == 303)
            let shown = try await visitor.get(page).body
            #expect(shown.contains("专利局"))
            #expect(shown.contains("不符 A"))
            #expect(try await desk.house.annualReports.parts(2022).map(\.unit) == ["专利局", "商标局"])
            #expect(try await desk.house.annualReports.whole(2022).requests[.received, .person] == 11)
            _ = try await visitor.post("\(page)/remove", from: page, ["unit": "商标局"])
            #expect(try await desk.house.annualReports.whole(2022).requests[.received, .person] == 6)
            #expect(try await visitor.get("/en/office/reports/2022").body.contains("/en/office/reports/2022/parts"))
            await #expect(throws: Refusal.self) {
                try await desk.house.annualReports.put(part: below.csv, of: "x", year: 2022, by: desk.lin)
            }
        }
    }
}
