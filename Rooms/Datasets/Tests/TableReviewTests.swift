import Core
import Foundation
import Mosaic
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("What the scan finds in a data table")
struct TableReviewTests {
    @Test("is told by column, rule and row; the name of the column is the cue")
    func cells() throws {
        let table = try CSV.read("姓名,证件,金额\n王芳,110105199003078819,100\n李伟,无,200\n王芳,,300\n")
        let found = TableFinding.all(in: table)
        let names = try #require(found.first { $0.rule == "person" })
        #expect(names.column == "姓名")
        #expect(names.cells == 3)
        #expect(names.places.map { "\($0.row) \($0.printed)" } == ["1 王芳", "2 李伟"])
        #expect(names.needsDecision)
        #expect(!found.contains { $0.column == "金额" })
    }

    @Test(
        "has the row of each value's first cell, wherever its column stands",
        arguments: [("13751089600", "mobile"), ("a@b.gov.cn", "email")]
    )
    func rows(value: String, rule: String) throws {
        let table = try CSV.read("n,说明\n1,无\n2,请联系 \(value)\n3,\(value)\n")
        let found = try #require(TableFinding.all(in: table).first { $0.rule == rule })
        #expect(found.column == "说明")
        #expect(found.places.map(\.row) == [2, 3])
        #expect(found.cells == 2)
    }

    @Test("of a table without personal data is nothing", arguments: ["city,n\nBeijing,3\nXi'an,5\n", "专利号,年度\nZL202110123456.7,2021\n"])
    func clean(csv: String) throws { #expect(TableFinding.all(in: try CSV.read(csv)).filter(\.needsDecision).isEmpty) }

    private static let people = "姓名,city\n王芳,Beijing\n李伟,Beijing\n"

    @Test("must be decided, each with its reason, before the reviewer signs", arguments: Engine.available)
    func decisions(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let datasets = gate.house.datasets
            let key = try await datasets.add("名单", Array(Self.people.utf8), by: gate.lin)
            let hash = try await datasets.open(key, for: gate.lin).dataset.hash
            try await datasets.take(.submit, on: key, seeing: hash, reason: "", by: gate.lin)
            await #expect(throws: Refusal.self) {
                try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "可以", by: gate.zhao)
            }
            await #expect(throws: Refusal.self) {
                try await datasets.decide("姓名", "person", .accept, reason: " ", on: key, seeing: hash, by: gate.zhao)
            }
            await #expect(throws: Refusal.self) {
                try await datasets.decide("姓名", "person", .accept, reason: "可以", on: key, seeing: hash, by: gate.lin)
            }
            await #expect(throws: Refusal.stale) {
                try await datasets.decide("姓名", "person", .accept, reason: "可以", on: key, seeing: "0", by: gate.zhao)
            }
            try await datasets.decide("姓名", "person", .redact, reason: "应当去掉", on: key, seeing: hash, by: gate.zhao)
            await #expect(throws: Refusal.self) {
                try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "可以", by: gate.zhao)
            }
            try await datasets.decide("姓名", "person", .accept, reason: "公示名单", on: key, seeing: hash, by: gate.zhao)
            #expect(try await datasets.findings(of: key).allSatisfy { !$0.isOpen })
            try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "可以", by: gate.zhao)
            #expect(try await datasets.open(key, for: gate.zhao).dataset.state == .atLeader)
        }
    }

    @Test("that is a secrecy mark by the name of its column leaves an incident and nothing else")
    func mark() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let refusal = await #expect(throws: Refusal.self) {
                try await gate.house.datasets.add("表", Array("密级,n\n机密★10年,1\n".utf8), by: gate.lin)
            }
            #expect(refusal?.isQuarantine == true)
            #expect(try await gate.house.incidents.open().count == 1)
        }
    }

    @Test("is shown and decided on the page, in both languages")
    func pages() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await gate.house.datasets.add("名单", Array(Self.people.utf8), by: gate.lin)
            let hash = try await gate.house.datasets.open(key, for: gate.lin).dataset.hash
            try await gate.house.datasets.take(.submit, on: key, seeing: hash, reason: "", by: gate.lin)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("zhao")
            let from = "/en/office/datasets/\(key)"
            #expect(try await visitor.get(from).body.contains("row 1: 王芳"))
            let refused = try await visitor.post(
                "\(from)/decide",
                from: from,
                ["hash": hash, "column": "姓名", "rule": "person", "decision": "accept", "reason": ""]
            )
            #expect(refused.status == 422)
            let decided = try await visitor.post(
                "\(from)/decide",
                from: from,
                ["hash": hash, "column": "姓名", "rule": "person", "decision": "accept", "reason": "A public list"]
            )
            #expect(decided.status == 303)
            #expect(try await visitor.get(from).body.contains("A public list"))
            #expect(try await visitor.get("/zh/office/datasets/\(key)").body.contains("第1行: 王芳"))
        }
    }
}

@Suite("A cure that is taken")
struct TableCuresTests {
    private static let rows = "city,age,amount\n" + (0..<12).map { "Beijing,\(20 + $0),\($0)0\n" }.joined()

    @Test("makes a table on which the attacks find what the cure had promised", arguments: 0..<4)
    func promised(number: Int) throws {
        let table = try CSV.read(Self.rows)
        let earlier = [EarlierRelease(name: "earlier", table: try CSV.read(Self.rows.replacing("amount", with: "score")))]
        let beside = try Mosaic.check(table, against: earlier, quasi: ["city", "age"], sensitive: ["amount"], k: 3)
        let cure = try #require(beside.cures.indices.contains(number) ? beside.cures[number] : nil)
        let cured = try Mosaic.cured(table, by: cure, against: earlier, quasi: ["city", "age"], sensitive: ["amount"], k: 3)
        let names = cured.columns.map(\.name)
        let again = try Mosaic.check(
            cured,
            against: earlier,
            quasi: ["city", "age"],
            sensitive: ["amount"].filter(names.contains),
            k: 3,
            cures: false
        )
        #expect(again.unique + again.belowK + again.certain <= cure.unique + cure.belowK + cure.certain)
    }

    private static let agents2021 = "city,kind,founded\nBeijing,firm,1999\nBeijing,firm,2003\nXi'an,firm,2010\nXi'an,person,2012\n"
    private static let agents2022 = "city,kind,amount\nBeijing,firm,10\nBeijing,firm,20\nXi'an,firm,30\nXi'an,person,40\n"

    @Test("is the draft's new version, attacked again; the old one stays in the trace", arguments: Engine.available)
    func version(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let datasets = gate.house.datasets
            let first = try await datasets.add("2021年机构", Array(Self.agents2021.utf8), by: gate.lin)
            try await datasets.setRoles(["city": .quasi, "kind": .quasi, "founded": .plain], k: 2, of: first, version: 0, by: gate.lin)
            var hash = try await datasets.open(first, for: gate.lin).dataset.hash
            try await datasets.take(.submit, on: first, seeing: hash, reason: "", by: gate.lin)
            try await datasets.take(.signAsReviewer, on: first, seeing: hash, reason: "本已公开", by: gate.zhao)
            try await datasets.take(.release, on: first, seeing: hash, reason: "", by: gate.wang)
            let key = try await datasets.add("2022年资助", Array(Self.agents2022.utf8), by: gate.lin)
            try await datasets.setRoles(["city": .quasi, "kind": .quasi, "amount": .sensitive], k: 2, of: key, version: 0, by: gate.lin)
            let (before, _, risk) = try await datasets.open(key, for: gate.lin)
            let cures = try #require(risk.check?.cures)
            let number = try #require(cures.firstIndex { $0.unique + $0.belowK + $0.certain == 0 })
            hash = before.hash
            await #expect(throws: Refusal.stale) {
                try await datasets.take(cure: number, on: key, version: before.version, seeing: "0", by: gate.lin)
            }
            await #expect(throws: Refusal.self) {
                try await datasets.take(cure: number, on: key, version: before.version, seeing: hash, by: gate.zhao)
            }
            try await datasets.take(cure: number, on: key, version: before.version, seeing: hash, by: gate.lin)
            let (after, _, cured) = try await datasets.open(key, for: gate.lin)
            #expect(after.hash != before.hash)
            #expect(after.version == before.version + 1)
            let left = try #require(cured.check)
            #expect(left.unique + left.certain == 0)
            let formers = try await datasets.formers(of: key)
            #expect(formers.map(\.hash) == [before.hash])
            #expect(formers.first?.change.zh == cures[number].sentence.zh)
            #expect(try await datasets.former(1, of: key, for: gate.lin).contains("Xi'an,person,40"))
            await #expect(throws: Refusal.stale) {
                try await datasets.take(cure: number, on: key, version: before.version, seeing: hash, by: gate.lin)
            }
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let page = try await visitor.get("/en/office/datasets/\(key)")
            #expect(page.body.contains("Former versions"))
            #expect(try await visitor.get("/en/office/datasets/\(key)/versions/1").body.contains("Xi'an,person,40"))
            #expect(try await visitor.get("/en/office/datasets/\(key)/versions/2").status == 404)
        }
    }
}
