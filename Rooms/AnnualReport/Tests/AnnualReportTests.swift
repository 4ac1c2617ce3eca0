import Core
import Testing

@Suite("An annual report")
struct AnnualReportTests {
    /// The published control figures: rows one, two, (7) and four by column.
    static var control: AnnualReport {
        var report = AnnualReport(year: 2025)
        let rows: [(RequestTable.Row, [Int])] = [
            (.received, [13612, 252, 0, 45, 128, 32]), (.carriedOver, [535, 6, 0, 1, 18, 0]), (.other, [13364, 252, 0, 44, 121, 29]),
            (.carriedForward, [783, 6, 0, 2, 25, 3]),
        ]
        for (row, values) in rows {
            for (kind, value) in zip(ApplicantKind.allCases, values) { report.requests.count(value, row, kind) }
        }
        report.requests.sum()
        return report
    }

    @Test("agrees with the control figures of a published one")
    func figures() {
        let report = Self.control
        #expect(report.requests.values(.received).last == 14069)
        #expect(report.requests.values(.carriedOver).last == 560)
        #expect(report.requests.values(.total) == [13364, 252, 0, 44, 121, 29, 13810])
        #expect(report.requests.values(.carriedForward).last == 819)
        #expect(report.checks().filter { !$0.passed }.isEmpty)
    }

    @Test("has 25 rows by 7 columns")
    func layout() {
        #expect(RequestTable.Row.allCases.count == 25)
        #expect(RequestTable().cells.count == 175)
        #expect(Set(Outcome.allCases.map(\.row)) == Set(RequestTable.Row.results))
    }

    @Test("shows which check fails, and by how much")
    func failing() {
        var report = Self.control
        report.requests[.carriedForward, .person] += 3
        var failed = report.checks().filter { !$0.passed }
        #expect(failed.map(\.id) == ["A1", "A3"])
        #expect(failed.map(\.difference) == [-3, 3])
        report = Self.control
        report.remedies[.review, .upheld] = 2
        report.remedies.stated[.review] = 3
        failed = report.checks().filter { !$0.passed }
        #expect(failed.map(\.id) == ["A4"])
        report = Self.control
        report.processingFeesFen = 20_000
        #expect(report.checks().filter { !$0.passed }.map(\.id) == ["A8"])
        report.sections[.others] = "本年度收取信息处理费[[fees.yuan]]元。"
        #expect(report.checks().filter { !$0.passed }.isEmpty)
        #expect(report.filled(.others) == "本年度收取信息处理费200元。")
        report.sections[.overview] = "收到[[requests.nothing.total]]件"
        #expect(report.checks().filter { !$0.passed }.map(\.id) == ["A9"])
    }

    @Test("is compared with the year before")
    func years() {
        var before = Self.control
        before.requests[.carriedForward, .person] = 535
        let checks = Self.control.checks(before: before)
        #expect(checks.filter { !$0.passed }.map(\.id) == ["A5"])
    }

    @Test("reads back the CSV that it writes")
    func csv() throws {
        var report = Self.control
        report.proactive.rules = .init(made: 2, repealed: 1, inForce: 30)
        report.proactive.feesFen = 123_450_000
        report.remedies[.suitDirect, .pending] = 4
        let again = try AnnualReport(year: 2025, csv: report.csv)
        #expect(again.requests == report.requests)
        #expect(again.proactive == report.proactive)
        #expect(again.remedies.total(.suitDirect) == 4)
        #expect(throws: Refusal.self) { try AnnualReport(year: 2025, csv: "table,row,column,value\n3,received,person,many\n") }
    }
}
