import Mosaic
import Testing

@Suite("A new table beside what is already out")
struct CheckTests {
    private func check(
        _ new: String,
        _ old: String...,
        quasi: [String],
        sensitive: [String]? = nil,
        k: Int = 2,
        cures: Bool = false
    ) throws -> ReleaseCheck {
        let earlier = try old.enumerated().map { EarlierRelease(name: "old\($0.offset + 1)", table: try CSV.read($0.element)) }
        return try Mosaic.check(CSV.read(new), against: earlier, quasi: quasi, sensitive: sensitive, k: k, cures: cures)
    }

    @Test("joined by company and city, lone rows are told and their amounts certain")
    func linkage() throws {
        let new = "company,city,amount\nA,X,10\nB,Y,20\nB,Y,30\nC,Z,40\n"
        let found = try check(new, "company,city,agent\nA,X,Li\nB,Y,Wang\nB,Y,Zhao\n", quasi: ["company", "city"])
        #expect(found.unique == 1)
        #expect(found.belowK == 1)
        #expect(found.certain == 1)
        #expect(found.with == ["old1"])
        #expect(found.alone.unique == 2)
        #expect(
            found.sentence.en == "joined with «old1» by company and city, 1 of 4 rows become unique; for 1 the amount becomes certain"
        )
        #expect(found.sentence.zh == "与《old1》按“company”、“city”关联后，4 行中 1 行成为唯一；1 行的“amount”可以确定。")
    }

    @Test("what no earlier release touches is safe")
    func safe() throws {
        let new = "city,disease\nX,flu\nX,hiv\nY,flu\nY,cold\n"
        let found = try check(new, "city,disease\nX,flu\nX,hiv\nY,cold\nY,flu\n", "colour\nred\n", quasi: ["city"])
        #expect(found.unique == 0)
        #expect(found.belowK == 0)
        #expect(found.certain == 0)
        #expect(found.with.isEmpty)
        #expect(
            found.sentence.en == "beside what is out, no row becomes unique, no crowd falls below 2, and no sensitive value becomes certain"
        )
    }

    @Test("two tables of k = 2 joined by a case number are told apart by the quasi-identifiers of both")
    func union() throws {
        let new = "case,job,income\n1,clerk,10\n2,clerk,20\n3,cook,30\n4,cook,40\n"
        let found = try check(new, "case,age\n1,30\n2,40\n3,30\n4,40\n", quasi: ["job", "age"])
        #expect(found.alone.unique == 0)
        #expect(found.unique == 4)
        #expect(found.certain == 4)
        let alike = try check(new, "case,age\n1,30\n2,30\n3,40\n4,40\n", quasi: ["job", "age"])
        #expect(alike.unique == 0)
    }

    @Test("what two tables leave possible is what both leave possible")
    func intersection() throws {
        let new = "age,disease\n30,flu\n30,hiv\n30,cold\n40,flu\n40,cold\n"
        let found = try check(new, "age,disease\n30,hiv\n30,gout\n40,flu\n40,cold\n", quasi: ["age"])
        #expect(found.certain == 1)
        #expect(found.unique == 0)
        #expect(found.findings.map(\.attack) == [.intersection])
        let three = try check(
            new,
            "age,disease\n30,hiv\n30,flu\n30,gout\n",
            "age,disease\n30,hiv\n30,cold\n30,gout\n",
            quasi: ["age"]
        )
        #expect(three.certain == 1)
        #expect(three.findings.first?.with == ["old1", "old2"])
    }

    @Test("ranges meet the ranges and numbers of other tables")
    func ranges() throws {
        let new = "age,disease\n20-29,flu\n20-29,hiv\n30-39,flu\n30-39,cold\n"
        let found = try check(new, "age,disease\n25-34,hiv\n25-34,gout\n", quasi: ["age"])
        #expect(found.certain == 1)
        let open = try check(new, "age,disease\n\"[20, 30[\",hiv\n\"[20, 30[\",gout\n", quasi: ["age"])
        #expect(open.certain == 1)
        #expect(try check(new, "age,disease\n>=40,hiv\n>=40,flu\n", quasi: ["age"]).with.isEmpty)
    }

    @Test("one more person in a new version is the difference of the two")
    func versions() throws {
        let old = "city,disease\n" + (1...10).map { "X,d\($0)" }.joined(separator: "\n")
        let found = try check(old + "\nX,hiv\n", old, quasi: ["city"])
        #expect(found.unique == 1)
        #expect(found.certain == 1)
        #expect(found.findings.map(\.attack) == [.difference])
        let gone = try check(old, old + "\nX,hiv\n", quasi: ["city"])
        #expect(gone.certain == 1)
        #expect(gone.findings.map(\.attack) == [.withdrawn])
        #expect(try check(old, old, quasi: ["city"]).with.isEmpty)
    }

    @Test("spellings do not hide a match: full-width, blanks, capitals, 76.0 and 76")
    func spellings() throws {
        let new = "firm,year,amount\nＡＢＣ,2021.0,5\nother,2020,6\nother,2020,7\n"
        #expect(try check(new, "firm,year\n abc ,2021\n", quasi: ["firm", "year"]).unique == 1)
    }

    @Test("a missing value hides nobody who can be told by the rest, and may be anyone otherwise")
    func missing() throws {
        let new = "firm,city,amount\nA,,5\nB,Y,6\nB,Y,7\n"
        #expect(try check(new, "firm,city\nA,X\n", quasi: ["firm", "city"]).unique == 1)
        #expect(try check(new, "firm,city\nC,X\n", quasi: ["firm", "city"]).unique == 0)
    }

    @Test("cures are attacked again and stand by their loss")
    func cures() throws {
        let new = "age,city,amount\n21,X,10\n22,X,20\n23,X,30\n31,Y,40\n32,Y,50\n33,Y,60\n"
        let old = "age,city,name\n21,X,a\n22,X,b\n23,X,c\n31,Y,d\n32,Y,e\n33,Y,f\n"
        let found = try check(new, old, quasi: ["age", "city"], k: 3, cures: true)
        #expect(found.unique == 6)
        let complete = found.cures.filter { $0.unique + $0.belowK + $0.certain == 0 }
        #expect(complete.contains { $0.kind == .generalise && $0.column == "age" })
        #expect(complete.contains { $0.kind == .dropColumn && $0.column == "age" })
        #expect(complete.map(\.loss) == complete.map(\.loss).sorted())
        #expect(found.cures.allSatisfy { $0.loss > 0 && $0.loss <= 1 })
        #expect(found.cures.first?.sentence.en.isEmpty == false)
    }

    @Test("rounding an amount does not hide it from one who rounds the earlier table too")
    func rounding() throws {
        let new = "city,amount\nX,1234\nX,5678\n"
        let found = try check(new, "city,amount\nX,1234\nX,9999\n", quasi: ["city"], cures: true)
        #expect(found.certain == 1)
        #expect(found.cures.first { $0.kind == .round } == nil)
    }

    @Test("unknown columns, an empty table and a k of one are refused")
    func refusals() throws {
        #expect(throws: MosaicRefused.self) { try check("a\n1\n", "b\n1\n", quasi: ["z"]) }
        #expect(throws: MosaicRefused.self) { try check("a\n1\n", "b\n1\n", quasi: []) }
        #expect(throws: MosaicRefused.self) { try check("a\n", "a\n1\n", quasi: ["a"]) }
        #expect(throws: MosaicRefused.self) { try check("a\n1\n", "a\n1\n", quasi: ["a"], sensitive: ["z"]) }
        #expect(throws: MosaicRefused.self) { try check("a\n1\n", "a\n1\n", quasi: ["a"], k: 1) }
    }

    @Test("has the keys of the command")
    func keys() throws {
        let json = try Mosaic.json(check("a,s\n1,x\n", "a\n1\n", quasi: ["a"], cures: true))
        for key in ["unique", "belowK", "certain", "with", "cures"] { #expect(json.contains("\"\(key)\" :")) }
    }
}
