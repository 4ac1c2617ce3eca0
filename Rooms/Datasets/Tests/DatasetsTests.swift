import Core
import Foundation
import Mosaic
import Records
import Sheets
import Storage
import TestSupport
import Testing
import Web

@Suite("A data table on its way to the public")
struct DatasetsTests {
    private static let agents2021 = "city,kind,founded\nBeijing,firm,1999\nBeijing,firm,2003\nXi'an,firm,2010\nXi'an,person,2012\n"
    private static let agents2022 = "city,kind,amount\nBeijing,firm,10\nBeijing,firm,20\nXi'an,firm,30\nXi'an,person,40\n"

    private func signed(_ gate: Gate, _ title: String, _ csv: String, quasi: [String]) async throws -> String {
        let datasets = gate.house.datasets
        let key = try await datasets.add(title, Array(csv.utf8), by: gate.lin)
        let (dataset, table, _) = try await datasets.open(key, for: gate.lin)
        let roles = Dictionary(
            uniqueKeysWithValues: table.columns.map { ($0.name, quasi.contains($0.name) ? ColumnRole.quasi : .sensitive) }
        )
        try await datasets.setRoles(roles, k: 2, of: key, version: 0, by: gate.lin)
        try await datasets.take(.submit, on: key, seeing: dataset.hash, reason: "", by: gate.lin)
        try await datasets.take(.signAsReviewer, on: key, seeing: dataset.hash, reason: "数量少，单位名单本已公开", by: gate.zhao)
        return key
    }

    private func release(_ key: String, _ gate: Gate) async throws {
        let hash = try await gate.house.datasets.open(key, for: gate.wang).dataset.hash
        try await gate.house.datasets.take(.release, on: key, seeing: hash, reason: "", by: gate.wang)
    }

    @Test("is attacked with every table that is out, and named after it", arguments: Engine.available)
    func aggregation(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let first = try await signed(gate, "2021年机构", Self.agents2021, quasi: ["city", "kind"])
            try await release(first, gate)
            let second = try await gate.house.datasets.add("2022年资助", Array(Self.agents2022.utf8), by: gate.lin)
            let roles: [String: ColumnRole] = ["city": .quasi, "kind": .quasi, "amount": .sensitive]
            try await gate.house.datasets.setRoles(roles, k: 2, of: second, version: 0, by: gate.lin)
            let risk = try await gate.house.datasets.open(second, for: gate.lin).risk
            #expect(risk.against == 1)
            #expect(risk.check?.unique == 2)
            #expect(risk.check?.certain == 2)
            #expect(risk.check?.with == ["2021年机构"])
            #expect(risk.check?.cures.isEmpty == false)
            #expect(!risk.isSafe)
        }
    }

    @Test("is agreed to despite a finding only with a reason, and released by a third person", arguments: Engine.available)
    func signatures(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let datasets = gate.house.datasets
            let key = try await datasets.add("表", Array(Self.agents2021.utf8), by: gate.lin)
            try await datasets.setRoles(["city": .quasi, "kind": .quasi], k: 2, of: key, version: 0, by: gate.lin)
            let hash = try await datasets.open(key, for: gate.lin).dataset.hash
            try await datasets.take(.submit, on: key, seeing: hash, reason: "", by: gate.lin)
            await #expect(throws: Refusal.self) {
                try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "", by: gate.zhao)
            }
            await #expect(throws: Refusal.self) { try await datasets.take(.release, on: key, seeing: hash, reason: "", by: gate.wang) }
            await #expect(throws: Refusal.stale) {
                try await datasets.take(.signAsReviewer, on: key, seeing: "0", reason: "可以", by: gate.zhao)
            }
            // Once submitted, the drafter can not make the check look better under the reviewer's eyes.
            await #expect(throws: Refusal.self) { try await datasets.setRoles(["city": .plain], k: 2, of: key, version: 1, by: gate.lin) }
            try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "可以", by: gate.zhao)
            await #expect(throws: Refusal.self) { try await datasets.take(.release, on: key, seeing: hash, reason: "", by: gate.lin) }
            try await datasets.take(.release, on: key, seeing: hash, reason: "", by: gate.wang)
            #expect(try await datasets.released().map(\.key) == [key])
            // That it is public does not tell every account how it can be attacked.
            let other = Actor(person: "other", name: Text("他", "Other"), unit: "promotion", roles: [.drafter])
            #expect(try await datasets.open(key, for: other).risk.check == nil)
            #expect(try await datasets.open(key, for: gate.lin).risk.check != nil)
            #expect(try await gate.house.log.verify().faults == [])
            try await database.write { try $0.run("UPDATE dataset SET body = replace(body, '1999', '1998')") }
            #expect(try await gate.house.log.verify().faults.count == 1)
        }
    }

    @Test("goes back to the reviewer when another table came out after the review", arguments: Engine.available)
    func recheck(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let waiting = try await signed(gate, "2022年资助", Self.agents2022, quasi: ["city", "kind"])
            let other = try await signed(gate, "2021年机构", Self.agents2021, quasi: ["city", "kind"])
            try await release(other, gate)
            await #expect(throws: Refusal.self) { try await release(waiting, gate) }
            let (dataset, _, risk) = try await gate.house.datasets.open(waiting, for: gate.wang)
            #expect(dataset.state == .atConfidentiality)
            #expect(risk.check?.with == ["2021年机构"])
        }
    }

    @Test("that was withdrawn is still known to the attacks", arguments: Engine.available)
    func withdrawn(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let first = try await signed(gate, "2021年机构", Self.agents2021, quasi: ["city", "kind"])
            try await release(first, gate)
            let hash = try await gate.house.datasets.open(first, for: gate.wang).dataset.hash
            await #expect(throws: Refusal.self) {
                try await gate.house.datasets.take(.withdraw, on: first, seeing: hash, reason: " ", by: gate.wang)
            }
            try await gate.house.datasets.take(.withdraw, on: first, seeing: hash, reason: "数据有误", by: gate.wang)
            let second = try await gate.house.datasets.add("2022年资助", Array(Self.agents2022.utf8), by: gate.lin)
            #expect(try await gate.house.datasets.open(second, for: gate.lin).risk.against == 1)
            let visitor = Visitor(gate.house)
            let page = try await visitor.get("/zh/data/\(first)")
            #expect(page.status == 410)
            #expect(page.body.contains("数据有误"))
            #expect(!page.body.contains("1999"))
            #expect(try await visitor.get("/zh/data/\(first).csv").status == 404)
        }
    }

    @Test(
        "is refused with a sentence when it is no table",
        arguments: ["", "a,b\n", "a,b\n1\n", "a,a\n1,2\n", "a\n\"1\n"]
    )
    func badTables(csv: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            await #expect(throws: Refusal.self) { try await gate.house.datasets.add("表", Array(csv.utf8), by: gate.lin) }
        }
    }

    @Test("with a secrecy mark in a cell is not stored, and formulas lose their force")
    func cells() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let refusal = await #expect(throws: Refusal.self) {
                try await gate.house.datasets.add("表", Array("a,b\n机密★5年,1\n".utf8), by: gate.lin)
            }
            #expect(refusal?.isQuarantine == true)
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM dataset") } == 0)
            let key = try await gate.house.datasets.add("表", Array("a,b\n=HYPERLINK(1),1\n".utf8), by: gate.lin)
            let table = try await gate.house.datasets.open(key, for: gate.lin).table
            #expect(table.columns[0].values[0] == "'=HYPERLINK(1)")
        }
    }

    @Test("comes in as a workbook, and says what was left aside; a mark on a sheet that is left aside is an incident")
    func workbook() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let sheet = Sheet(title: "机构", rows: [["city", "kind"], ["Beijing", "firm"], ["Xi'an", "firm"]])
            let from = "/zh/office/datasets/new"
            let sent = try await visitor.upload(
                "/zh/office/datasets",
                from: from,
                ["title": "2021年机构"],
                file: (field: "file", name: "a.xlsx", bytes: sheet.data(as: .xlsx))
            )
            #expect(sent.status == 303)
            let key = try #require(try await gate.house.datasets.datasets(for: gate.lin).first?.key)
            #expect(try await gate.house.datasets.open(key, for: gate.lin).table.columns.map(\.name) == ["city", "kind"])
            let marked = await #expect(throws: Refusal.self) {
                try await gate.house.datasets.add("表", Array("a\n1\n".utf8), aside: "机密★5年", by: gate.lin)
            }
            #expect(marked?.isQuarantine == true)
            let turned = await #expect(throws: Refusal.self) {
                try await gate.house.datasets.add("a\u{202E}b", Array("a\n1\n".utf8), by: gate.lin)
            }
            #expect(turned?.isQuarantine == false)
            let notes = [Text("隐藏的工作表“x”没有收入。", "The hidden sheet “x” was left aside.")]
            let noted = try await gate.house.datasets.add("表", Array("a\n1\n".utf8), notes: notes, by: gate.lin)
            #expect(try await visitor.get("/en/office/datasets/\(noted)").body.contains("The hidden sheet “x” was left aside."))
        }
    }

    @Test(
        "is read with any usual delimiter, encoding and quoting",
        arguments: ["a,b\n1,2\n", "a;b\r\n1;2", "a\tb\n1\t2\n", "a|b\n1|2\n", "sep=;\na;b\n1;2\n", "\u{FEFF}a,b\n\"1\",2\n"]
    )
    func spellings(csv: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await gate.house.datasets.add("表", Array(csv.utf8), by: gate.lin)
            let table = try await gate.house.datasets.open(key, for: gate.lin).table
            #expect(table.columns.map(\.name) == ["a", "b"])
            #expect(table.columns.map { $0.text(0) } == ["1", "2"])
        }
    }

    @Test("is walked on pages, by officer and public, in both languages")
    func pages() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let first = try await signed(gate, "2021 agents", Self.agents2021, quasi: ["city", "kind"])
            let visitor = Visitor(gate.house)
            for language in ["zh", "en"] { #expect(try await visitor.get("/\(language)/data").status == 200) }
            #expect(try await visitor.get("/zh/data/\(first)").status == 404)
            #expect(try await visitor.get("/api/v1/datasets/\(first)").status == 404)
            try await visitor.signIn("wang")
            let desk = try await visitor.get("/en/office/datasets/\(first)")
            #expect(desk.status == 200)
            #expect(desk.body.contains("Sign and release"))
            let hash = try await gate.house.datasets.open(first, for: gate.wang).dataset.hash
            let from = "/en/office/datasets/\(first)"
            #expect(try await visitor.post("\(from)/release", from: from, ["hash": hash, "reason": ""]).status == 303)
            let page = try await visitor.get("/en/data/\(first)")
            #expect(page.status == 200)
            #expect(page.body.contains("Xi&#39;an") || page.body.contains("Xi'an"))
            #expect(try await visitor.get("/en/data/\(first).csv").body.contains("Beijing,firm,1999"))
            #expect(try await visitor.get("/api/v1/datasets/\(first)").status == 200)
            #expect(try await visitor.get("/zh/office/datasets").body.contains("2021 agents"))
            #expect(try await visitor.get("/zh/office/datasets/new").status == 200)
        }
    }
}
