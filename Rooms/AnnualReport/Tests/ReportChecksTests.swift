import Core
import Testing

@Suite("The checks of an annual report")
struct ReportChecksTests {
    private func failed(_ report: AnnualReport, before: AnnualReport? = nil) -> [AnnualReport.Check] {
        report.checks(before: before).filter { !$0.passed }
    }

    private func control(_ change: (inout AnnualReport) -> Void) -> AnnualReport {
        var report = AnnualReportTests.control
        change(&report)
        return report
    }

    @Test("name every column and row that fails, with its difference")
    func places() throws {
        let report = control {
            $0.requests[.received, .business] += 2
            $0.requests[.carriedForward, .legalService] -= 5
        }
        let found = failed(report)
        #expect(found.map(\.id) == ["A1", "A3"])
        #expect(found[0].at.map(\.place.zh) == ["商业企业", "法律服务机构"])
        #expect(found[0].at.map(\.difference) == [2, 5])
        #expect(found[1].at.map(\.place.zh) == ["一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"])
        #expect(found[1].at.map(\.difference) == [2, -5])
    }

    @Test("find a result that is not in the total, and a total that is not the sum of its column")
    func results() {
        let more = control { $0.requests[.processInfo, .person] += 1 }
        #expect(failed(more).map(\.id) == ["A2", "A3"])
        let total = control { $0.requests[.total, nil] -= 10 }
        #expect(failed(total).map(\.id) == ["A1", "A2", "A3"])
        #expect(failed(total).map(\.difference) == [10, 10, 10])
    }

    @Test("compare with the year before: what was carried over fails, what lapsed is to be explained")
    func years() {
        var before = AnnualReport(year: 2024)
        before.requests[.carriedForward, .person] = 535
        before.requests[.carriedForward, .business] = 6
        before.requests[.carriedForward, .welfare] = 1
        before.requests[.carriedForward, .legalService] = 18
        before.requests[.carriedForward, nil] = 560
        before.proactive.normativeDocuments.inForce = 40
        let report = control { $0.proactive.normativeDocuments = .init(made: 3, repealed: 2, inForce: 39) }
        let found = failed(report, before: before)
        #expect(found.map(\.id) == ["A6"])
        #expect(found.map(\.isWarning) == [true])
        #expect(found.map(\.difference) == [-2])
        before.requests[.carriedForward, .business] = 5
        #expect(failed(report, before: before).map(\.id) == ["A5", "A6"])
    }

    @Test("find a figure below nought in every table")
    func negative() {
        #expect(failed(control { $0.proactive.penalties = -1 }).map(\.id) == ["A7"])
        #expect(failed(control { $0.processingFeesFen = -100 }).map(\.id) == ["A7"])
        let remedies = control {
            $0.remedies[.review, .upheld] = -4
            $0.remedies[.review, .other] = 4
        }
        #expect(failed(remedies).map(\.id) == ["A7"])
        #expect(failed(remedies)[0].at.map(\.place.zh) == ["表四：行政复议"])
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("hold section six to the fees that were collected", arguments: [
        ("",                                            true),
        ("本年度收取信息处理费200元。",                 false),
        ("本年度未收取信息处理费。",                    true),
        ("除一件收取信息处理费200元外，其余未收费。",   false),
        ("没有其他需要报告的事项。",                    true),
    ])
    func fees(text: String, fails: Bool) {
        let report = control {
            $0.processingFeesFen = 20_000
            $0.sections[.others] = text
        }
        #expect(failed(report).map(\.id) == (fails ? ["A8"] : []))
        #expect(failed(report).map(\.difference) == (fails ? [200] : []))
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("show a typed figure that is not the table's", arguments: [
        ("2025年，全局新收政府信息公开申请14069件，办结政府信息公开申请13810件。",        [Int]()),
        ("新收政府信息公开申请共 14,069 件，上年结转560件，结转下年度继续办理８１９件。", []),
        ("新收政府信息公开申请14096件，上年结转560件。",                                  [27]),
        ("予以公开0件，部分公开3件，不予公开1件；行政复议2件，行政诉讼0件。",             [3, 1, 2]),
        // Of another year, of a part, without a figure, or not of cases: nothing is said.
        ("2024年新收政府信息公开申请12000件，比去年新收政府信息公开申请多。",             []),
        ("其中通过网络收到政府信息公开申请9000件，依法不予公开。",                        []),
        ("新收政府信息公开申请同比增长3%，部分公开率为12%。",                             []),
        ("新收政府信息公开申请[[requests.received.total]]件。",                           []),
    ])
    func quoted(text: String, differences: [Int]) {
        let report = control { $0.sections[.overview] = text }
        let found = failed(report)
        #expect(found.flatMap(\.at).map(\.difference) == differences)
        #expect(found.map(\.id) == (differences.isEmpty ? [] : ["A9"]))
        #expect(found.map(\.isWarning) == found.map { _ in true })
    }

    @Test("fail a bound field that names no cell, whatever else is typed")
    func broken() {
        let found = failed(control { $0.sections[.problems] = "收到[[requests.none.total]]件，新收政府信息公开申请1件" })
        #expect(found.map(\.isWarning) == [false])
        #expect(found[0].at.map(\.place.zh) == ["[[requests.none.total]]", "五、存在的主要问题及改进情况：新收政府信息公开申请1件"])
    }
}

@Suite("A report of an agency and the units below it")
struct ReportPartsTests {
    @Test("adds up every table, and keeps its own text")
    func parts() throws {
        var own = AnnualReportTests.control
        own.sections[.overview] = "总体情况"
        var part = AnnualReport(year: 2025)
        part.requests.count(3, .received, .welfare)
        part.requests.count(3, .disclosed, .welfare)
        part.requests.sum()
        part.proactive.rules = .init(made: 1, repealed: 0, inForce: 9)
        part.proactive.feesFen = 5_000
        part.remedies[.review, .corrected] = 2
        part.remedies.stated[.review] = 2
        part.processingFeesFen = 10_000
        part.sections[.overview] = "下属单位"
        let whole = try own.including([part, part])
        #expect(whole.requests.values(.received) == [13612, 252, 0, 51, 128, 32, 14075])
        #expect(whole.requests.values(.total).last == 13816)
        #expect(whole.proactive.rules == .init(made: 2, repealed: 0, inForce: 18))
        #expect(whole.remedies.total(.review) == 4)
        #expect(whole.processingFeesFen == 20_000)
        #expect(whole.sections == [.overview: "总体情况"])
        #expect(whole.checks().filter { !$0.passed }.map(\.id) == ["A8"])
        #expect(throws: Refusal.self) { try own.including([AnnualReport(year: 2024)]) }
    }
}

@Suite("An earlier report read from CSV")
struct ReportCSVTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("is refused, and never brings the program down, where a figure is none", arguments: [
        "3,received,person,9223372036854775807", "2,fees,tenThousandYuan,inf", "2,fees,tenThousandYuan,nan", "2,fees,tenThousandYuan,-1",
        "2,fees,tenThousandYuan,1e300", "4,review,upheld,1.5", "3,received,nobody,1", "5,received,person,1", "3,received,person",
    ])
    func refused(line: String) {
        #expect(throws: Refusal.self) { try AnnualReport(year: 2024, csv: "table,row,column,value\n\(line)\n") }
    }

    @Test("keeps the charges to the fen that the form prints")
    func fees() throws {
        let report = try AnnualReport(year: 2024, csv: "table,row,column,value\n2,fees,tenThousandYuan,12345.67\n")
        #expect(report.proactive.feesInTenThousandYuan == "12345.67")
        var rounded = ProactiveTable()
        rounded.feesFen = 1_234_567_000
        #expect(rounded.feesInTenThousandYuan == "1234.57")
    }
}
