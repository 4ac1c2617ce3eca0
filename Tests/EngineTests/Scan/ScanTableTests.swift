import Foundation
import Scan
import Testing

@Suite("The scan's table")
struct ScanTableTests {
    @Test("finds in every row's examples, and not in its counter-examples")
    func examples() {
        for kind in Table.house.kinds {
            for text in kind.seen {
                // Another row of the same kind may be surer of the place.
                #expect(Scan.findings(in: text).contains { $0.rule.kind == kind.rule.kind }, "\(kind.rule.rawValue) does not see \(text)")
            }
            for text in kind.unseen {
                #expect(!Scan.findings(in: text).contains { $0.rule == kind.rule }, "\(kind.rule.rawValue) sees \(text)")
            }
        }
    }

    private static let own = #"""
        {"rule": "projectCode", "kind": "project_code", "zh": "专项编号", "en": "Project code", "pattern": "ZX-\\d{6}", "weight": 0.5,
         "weightInContext": 0.9, "context": ["专项"], "severity": "serious", "basis": "《政府信息公开条例》第十六条",
         "positive": ["专项ZX-202201"], "negative": ["ZX-2022010", "专项ZX-20"]}
        """#

    private func table(_ rows: String) throws -> Table { try OfficeTable.read(Data("{\"rows\": [\(rows)]}".utf8)) }

    @Test("takes an office's own row, with its words, weights and basis")
    func takes() throws {
        let found = Scan.results(in: "立项ZX-202201，专项ZX-202202", by: try table(Self.own))
        #expect(found.map(\.value) == ["ZX-202201", "ZX-202202"])
        #expect(found.map(\.confidence) == [0.9, 0.9])
        #expect(found.map(\.basis.en) == Array(repeating: "Regulation on Open Government Information, art. 16", count: 2))
        #expect(found.map(\.rule) == ["projectCode", "projectCode"])
    }

    @Test("lets an office switch off a built-in row, allow a value, and weigh otherwise")
    func amends() throws {
        #expect(Scan.findings(in: "客服热线400-810-1234", by: try table(#"{"rule": "hotline", "off": true}"#)) == [])
        let allowed = try table(#"{"rule": "email", "allow": ["office@cnipa.gov.cn"]}"#)
        #expect(Scan.findings(in: "邮箱office@cnipa.gov.cn", by: allowed) == [])
        #expect(Scan.findings(in: "邮箱zhang@cnipa.gov.cn", by: allowed).count == 1)
        let grave = try table(#"{"rule": "email", "severity": "serious"}"#)
        #expect(Scan.findings(in: "邮箱zhang@cnipa.gov.cn", by: grave).map(\.severity) == [.serious])
    }

    // The columns are the point.
    // swift-format-ignore
    private static let refused: [(String, String, String)] = [
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "(ZX""#,            "unclosed bracket"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "(?:a+)+b""#,       "endless repeat inside"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "x[^y]*""#,         "without end"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "a?""#,             "matches the empty text"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "a(?:){300}{300}{300}{300}""#, "matches the empty text"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "(?:a{300}){300}""#, "too large"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "(a)\\1""#,         "not supported"),
        (#""pattern": "ZX-\\d{6}""#, #""pattern": "(?<=x)y""#,        "not supported"),
        (#""weight": 0.5"#,          #""weight": 1.5"#,               "from 0 to 1"),
        (#""severity": "serious""#,  #""severity": "grave""#,         "severity is"),
        (#"["专项ZX-202201"]"#,       #"["专项ZY-202201"]"#,            "finds nothing in its own positive example “专项ZY-202201”"),
        (#"["ZX-2022010", "#,        #"["ZX-202201", "#,              "finds something in its own negative example “ZX-202201”"),
        (#""basis": "#,              #""bases": "#,                   "no field “bases”"),
        (#", "negative": ["ZX-2022010", "专项ZX-20"]"#, "",            "at least one positive and one negative"),
        (#""rule": "projectCode""#,  #""rule": "secrecyMark""#,       "secrecy marks can not be changed"),
        (#""rule": "projectCode""#,  #""rule": "mobile""#,            "built-in rule"),
    ]

    @Test("refuses a row that can not be kept to, and says why", arguments: refused)
    func refuses(from: String, to: String, why: String) throws {
        let row = Self.own.replacing(from, with: to)
        try #require(row != Self.own)
        let fault = #expect(throws: OfficeTable.Refused.self) { try table(row) }
        #expect(fault?.words.en.contains(why) == true, "\(fault?.words.en ?? "")")
    }

    @Test("refuses what is no table", arguments: ["", "[]", "{}", #"{"rows": []}"#, #"{"rows": [1]}"#, #"{"rows": [{"rule": "x"}]}"#])
    func noTable(text: String) {
        #expect(throws: OfficeTable.Refused.self) { try OfficeTable.read(Data(text.utf8)) }
    }

    // The columns are the point.
    // swift-format-ignore
    private static let bases: [(String, String)] = [
        ("secrecyMark", "Law on Guarding State Secrets, arts 22, 31"),
        ("residentID",  "Personal Information Protection Law, art. 25"),
        ("coordinates", "Personal Information Protection Law, art. 28; Surveying and Mapping Law, art. 37"),
    ]

    @Test("names its basis in English too", arguments: bases)
    func basis(rule: String, english: String) throws {
        #expect(try #require(Finding.Rule(rawValue: rule)).basisWords.en == english)
    }

    @Test("takes ranges of letters in any case, and falls over none")
    func caseless() throws {
        let row = Self.own.replacing("ZX-", with: "[A-z]x-").replacing(#""weight": "#, with: #""caseless": true, "weight": "#)
        #expect(Scan.findings(in: "专项zX-202201", by: try table(row)).map(\.printed) == ["zX-202201"])
    }
}
