import Mosaic
import Testing

@Suite("A table of counts before it is published")
struct CountsTests {
    private func protect(
        _ text: String,
        _ more: String...,
        dimensions: [[String]] = [["a", "b"]],
        rules: SensitivityRules? = nil,
        reading: CellReading = CellReading()
    ) throws -> CountsReport {
        let rules = try rules ?? SensitivityRules(minimum: 3)
        let tables = try ([text] + more).enumerated().map { index, text in
            try CellTable(
                CSV.read(text),
                name: "table\(index + 1)",
                dimensions: dimensions[index],
                value: "n",
                reading: reading,
                countsOnly: !rules.needsContributions && reading.rows == .cells
            )
        }
        return try Mosaic.protect(tables, rules: rules)
    }

    private func cell(_ report: CountsReport, _ a: String, _ b: String) throws -> CountsReport.Cell {
        try #require(report.tables[0].cells.first { $0.at["a"] == a && $0.at["b"] == b })
    }

    private static let two = "a,b,n\nA,X,1\nA,Y,10\nA,合计,11\nB,X,20\nB,Y,15\nB,合计,35\n合计,X,21\n合计,Y,25\n合 计,总计,46\n"

    @Test("hides a cell of one, and three more so that no total gives it away")
    func rectangle() throws {
        let report = try protect(Self.two)
        #expect(report.primary == 1)
        #expect(report.secondary == 3)
        #expect(report.safe)
        #expect(report.cells == 9)
        #expect(try cell(report, "A", "X").status == .primary)
        #expect(try cell(report, "A", "X").interval == .init(least: 0, most: 11))
        #expect(try cell(report, "A", "X").required == .init(least: 0, most: 3))
        #expect(try cell(report, "A", "Y").interval == .init(least: 0, most: 11))
        #expect(try cell(report, "B", "X").interval == .init(least: 10, most: 21))
        #expect(try cell(report, "B", "Y").interval == .init(least: 14, most: 25))
        #expect(try cell(report, "A", "合计").status == .published)
        #expect(report.sentence.en == "of 9 cells 1 must be hidden, and 3 more so that they can not be worked out; then they are safe")
    }

    @Test("hides the same cells whatever the order of the rows")
    func order() throws {
        let lines = Self.two.split(separator: "\n")
        let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
        func hidden(_ report: CountsReport) -> [String] {
            report.tables[0].cells.filter { $0.status != .published }.map { "\($0.at["a"] ?? "")\($0.at["b"] ?? "")" }.sorted()
        }
        #expect(try hidden(protect(turned)) == ["AX", "AY", "BX", "BY"])
        #expect(try hidden(protect(Self.two)) == ["AX", "AY", "BX", "BY"])
    }

    @Test("says that a cell stays too narrow where nothing is left to hide it behind")
    func narrow() throws {
        let report = try protect("a,b,n\nA,X,1\nA,合计,1\n合计,X,1\n合计,合计,1\nB,X,0\nB,合计,0\n")
        // All can be hidden here, but a single printed table of one row can not.
        #expect(report.safe)
        let tight = try protect("a,b,n\nA,X,2\n", dimensions: [["a", "b"]])
        #expect(tight.primary == 1)
        #expect(tight.secondary == 0)
        #expect(try cell(tight, "A", "X").interval == .init(least: 0, most: .infinity))
    }

    @Test("tables of a catalogue hang together by the cells that they share, through others too")
    func catalogue() throws {
        let texts = ["a,b,n\nA,X,9\nA,合计,9\n", "d,n\nU,5\n合计,9\n", "a,c,n\nA,合计,9\nA,V,9\n", "c,n\nV,9\n", "c,a,n\nV,A,9\n"]
        let tables = try texts.enumerated().map { index, text in
            let data = try CSV.read(text)
            let names = data.columns.map(\.name).filter { $0 != "n" }
            return try CellTable(data, name: "t\(index)", dimensions: names, value: "n", countsOnly: true)
        }
        #expect(Mosaic.linked(tables) == [[0, 2, 4], [1], [3]])
    }

    @Test("publishes zeros and cells of three")
    func plain() throws {
        let report = try protect("a,b,n\nA,X,0\nA,Y,3\nA,合计,3\n")
        #expect(report.primary == 0)
        #expect(report.safe)
        #expect(report.sentence.zh == "3 个单元格都可以公开。")
    }

    @Test("follows groups within a dimension")
    func groups() throws {
        let text = "a,b,n\n南京,X,1\n苏州,X,9\n无锡,X,8\n江苏,X,18\n杭州,X,12\n浙江,X,12\n合计,X,30\n"
        let reading = CellReading(groups: ["a": ["南京": "江苏", "苏州": "江苏", "无锡": "江苏", "杭州": "浙江"]])
        let report = try protect(text, reading: reading)
        #expect(try cell(report, "南京", "X").status == .primary)
        #expect(try cell(report, "无锡", "X").status == .secondary)
        #expect(try cell(report, "苏州", "X").status == .published)
        #expect(try cell(report, "江苏", "X").status == .published)
        #expect(try cell(report, "南京", "X").interval == .init(least: 0, most: 9))
    }

    @Test("handles tables that share a margin together")
    func linked() throws {
        let first = "a,b,n\nA,X,1\nA,Y,9\nA,合计,10\nB,X,9\nB,Y,9\nB,合计,18\n合计,X,10\n合计,Y,18\n合计,合计,28\n"
        let second = "a,c,n\nA,U,6\nA,V,4\nA,合计,10\nB,U,9\nB,V,9\nB,合计,18\n合计,U,15\n合计,V,13\n合计,合计,28\n"
        let report = try protect(first, second, dimensions: [["a", "b"], ["a", "c"]])
        #expect(report.cells == 15)
        #expect(report.safe)
        #expect(report.tables[1].cells.allSatisfy { $0.status == .published })
    }

    @Test(
        "is refused with the cell that is wrong",
        arguments: [
            ("a,b,n\nA,X,1\nA,Y,2\nA,合计,4\n", "In «table1» the total (a = A) is not the sum of its parts."),
            ("a,b,n\nA,X,1\nA,X,2\n", "The cell (a=A, b=X) stands twice: name every dimension, or say that rows are records."),
            ("a,b,n\nA,X,*\n", "The cell (a = A, b = X) of «table1» has no value."),
            ("a,b,n\nA,X,many\n", "“many” in the column “n” is no number."),
            ("a,b,n\nA,X,-1\n", "The column “n” has a count below zero."),
            ("a,b,n\nA,X,1.5\n", "The column “n” has decimals: these are no counts."),
        ]
    )
    func refusals(text: String, reason: String) throws {
        let refused = try #require(throws: MosaicRefused.self) { try protect(text) }
        #expect(refused.reason.en == reason)
    }
}

@Suite("A table of amounts before it is published")
struct AmountsTests {
    private func report(_ text: String, _ rules: SensitivityRules) throws -> CountsReport {
        let table = try CellTable(
            CSV.read(text),
            name: "t",
            dimensions: ["a"],
            value: "n",
            reading: CellReading(rows: .records, subject: "who"),
            countsOnly: false
        )
        return try Mosaic.protect([table], rules: rules)
    }

    private static let records = """
        a,who,n
        A,w1,850
        A,w2,100
        A,w3,51
        B,w4,300
        B,w5,300
        B,w6,300
        C,w7,500
        C,w8,500
        C,w9,400
        """

    @Test("one of 850 in 1001 keeps the 85 % rule, of 860 not")
    func dominance() throws {
        let rules = try SensitivityRules(minimum: nil, dominance: .init(n: 1, k: 85))
        #expect(try report(Self.records, rules).primary == 0)
        let more = try report(Self.records.replacing("850", with: "860"), rules)
        #expect(more.primary == 1)
        #expect(more.safe)
        let cell = try #require(more.tables[0].cells.first { $0.at["a"] == "A" })
        #expect(cell.rules == ["dominance"])
        // 860 / 0.85 is 1011.8: there the rule would be kept.
        #expect(cell.required == .init(least: 1010, most: 1012))
        #expect(cell.interval == .init(least: 0, most: 1911))
    }

    @Test("the second largest learns the largest to within 10 % where the rest is less than that")
    func p() throws {
        let rules = try SensitivityRules(minimum: nil, p: 10)
        let found = try report(Self.records, rules)
        // The rest is 51, ten percent of 850 is 85: 34 are missing.
        let cell = try #require(found.tables[0].cells.first { $0.at["a"] == "A" })
        #expect(cell.rules == ["p"])
        #expect(cell.required == .init(least: 967, most: 1035))
        #expect(found.primary == 1)
        #expect(found.safe)
    }

    @Test("with prior knowledge to 50 % the same rest protects twice as little")
    func pq() throws {
        let rules = try SensitivityRules(minimum: nil, pq: .init(p: 10, q: 50))
        let cell = try #require(report(Self.records, rules).tables[0].cells.first { $0.at["a"] == "A" })
        #expect(cell.rules == ["pq"])
        #expect(cell.required == .init(least: 882, most: 1120))
    }

    @Test("a subject is one, however many records it has")
    func subjects() throws {
        let text = "a,who,n\nA,w1,5\nA,w1,5\nA,w2,5\nB,w3,5\nB,w4,5\nB,w5,5\nC,w6,5\nC,w7,5\nC,w8,5\n"
        let found = try report(text, SensitivityRules(minimum: 3))
        let cell = try #require(found.tables[0].cells.first { $0.at["a"] == "A" })
        #expect(cell.rules == ["minimum"])
        #expect(cell.value == 15)
    }

    @Test("two hidden cells of one subject each do not hide each other")
    func singletons() throws {
        // A and B alone would do for the intervals, but their sum is of two subjects, who know each other's part then.
        let text = "a,who,n\nA,w1,500\nB,w2,400\nC,w3,900\nC,w4,900\nC,w5,900\nD,w6,999\nD,w7,999\nD,w8,999\n"
        let found = try report(text, SensitivityRules(minimum: 3, p: 10))
        #expect(found.primary == 2)
        #expect(found.secondary == 1)
        #expect(found.safe)
        #expect(found.tables[0].cells.first { $0.at["a"] == "C" }?.status == .secondary)
    }
}
