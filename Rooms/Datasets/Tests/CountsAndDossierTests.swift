import Core
import Foundation
import Mosaic
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("A table of counts on its way to the public")
struct TableOfCountsTests {
    // Two of seven cells tell too much: C has one, so another must go with it.
    private static let agents =
        "city,grade,n\n"
        + [
            "A,1,10", "A,2,5", "A,合计,15", "B,1,8", "B,2,1", "B,合计,9", "C,1,7", "C,2,6", "C,合计,13", "合计,1,25", "合计,2,12", "合计,合计,37",
        ].map { $0 + "\n" }.joined()

    private static var form: CountsForm { CountsForm(population: "代理机构", dimensions: ["city", "grade"], value: "n") }

    private func release(_ key: String, _ gate: Gate) async throws {
        let datasets = gate.house.datasets
        let hash = try await datasets.open(key, for: gate.lin).dataset.hash
        try await datasets.take(.submit, on: key, seeing: hash, reason: "", by: gate.lin)
        try await datasets.take(.signAsReviewer, on: key, seeing: hash, reason: "可以", by: gate.zhao)
        try await datasets.take(.release, on: key, seeing: hash, reason: "", by: gate.wang)
    }

    @Test("has its small cells hidden, others with them, and every interval wide enough")
    func verdict() throws {
        let table = try CSV.read(Self.agents)
        let verdict = try CountsVerdict(table, as: Self.form, name: "表", beside: [])
        #expect(!verdict.isSafe)
        #expect(verdict.hide.contains { $0.labels == ["B", "2"] && $0.rules == ["minimum"] && $0.isProtected == true })
        #expect(verdict.hide.count >= 4)
        let (hidden, cells) = try Self.form.hiding(in: table, name: "表")
        #expect(cells == verdict.hide)
        #expect((0..<hidden.rows).count { hidden.columns[2].text($0) == "▇" } == cells.count)
        #expect(try CountsVerdict(hidden, as: Self.form, name: "表", beside: []).isSafe)
    }

    @Test("of amounts is measured by its largest contributions, which are then not published")
    func amounts() throws {
        let csv = "city,amount,n,first,second\nA,1000,5,950,20\nB,900,9,200,150\nC,800,8,150,120\nD,700,9,120,110\n合计,3400,31,950,200\n"
        var form = CountsForm(population: "资助", dimensions: ["city"], value: "amount")
        form.isAmount = true
        form.dominance = .init(n: 1, k: 80)
        (form.behind, form.largest) = ("n", ["first", "second"])
        let table = try CSV.read(csv)
        let verdict = try CountsVerdict(table, as: form, name: "表", beside: [])
        #expect(verdict.hide.contains { $0.labels == ["A"] && $0.rules == ["dominance"] })
        let hidden = try form.hiding(in: table, name: "表").table
        #expect(hidden.columns.map(\.name) == ["city", "amount"])
        #expect(hidden.columns[1].text(0) == "▇")
    }

    @Test("is hidden by one click, and is subtracted from what is out about the same", arguments: Engine.available)
    func difference(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let datasets = gate.house.datasets
            let first = try await datasets.add("2021年机构", Array(Self.agents.utf8), by: gate.lin)
            try await datasets.declare(Self.form, of: first, version: 0, by: gate.lin)
            let declared = try await datasets.open(first, for: gate.lin)
            #expect(declared.risk.cells?.isSafe == false)
            #expect(declared.risk.check == nil)
            await #expect(throws: Refusal.self) {
                try await datasets.hideCells(of: first, version: 0, seeing: declared.dataset.hash, by: gate.zhao)
            }
            try await datasets.hideCells(of: first, version: declared.dataset.version, seeing: declared.dataset.hash, by: gate.lin)
            let hidden = try await datasets.open(first, for: gate.lin)
            #expect(hidden.risk.cells?.isSafe == true)
            #expect(hidden.risk.hiding?.contains { $0.labels == ["B", "2"] } == true)
            #expect(try await datasets.formers(of: first).count == 1)
            try await release(first, gate)
            // A second table prints what the first one hides.
            let second = try await datasets.add("二级机构", Array("city,grade,n\nA,2,5\nB,2,1\nC,2,6\n合计,2,12\n".utf8), by: gate.lin)
            try await datasets.declare(Self.form, of: second, version: 0, by: gate.lin)
            let verdict = try #require(try await datasets.open(second, for: gate.lin).risk.cells)
            #expect(verdict.findings.contains { $0.zh.contains("2021年机构") && $0.zh.contains("推出为 1") })
            #expect(verdict.findings.contains { $0.en.contains("«2021年机构»") })
            // About something else it is not subtracted.
            var other = Self.form
            other.population = "投诉"
            try await datasets.declare(other, of: second, version: 0, by: gate.lin)
            #expect(try await datasets.open(second, for: gate.lin).risk.cells?.findings.contains { $0.zh.contains("2021年机构") } == false)
        }
    }

    @Test("is declared and hidden on its page, in both languages; what can not stand is refused, and what was typed is kept")
    func pages() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await gate.house.datasets.add("2021年机构", Array(Self.agents.utf8), by: gate.lin)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let from = "/en/office/datasets/\(key)"
            var fields = [
                "version": "0", "what": "counts", "population": "patent agencies", "use-0": "dimension", "use-1": "dimension", "use-2": "",
                "minimum": "3", "n": "", "k": "", "p": "",
            ]
            let refused = try await visitor.post("\(from)/counts", from: from, fields)
            #expect(refused.status == 422)
            #expect(refused.body.contains("patent agencies"))
            fields["use-2"] = "value"
            #expect(try await visitor.post("\(from)/counts", from: from, fields).status == 303)
            let page = try await visitor.get(from)
            #expect(page.body.contains("Cells to be hidden"))
            #expect(page.body.contains("B · 2"))
            let dataset = try await gate.house.datasets.open(key, for: gate.lin).dataset
            let hidden = try await visitor.post("\(from)/hide", from: from, ["hash": dataset.hash, "version": "\(dataset.version)"])
            #expect(hidden.status == 303)
            #expect(try await visitor.get("/zh/office/datasets/\(key)").body.contains("已隐去的单元格"))
        }
    }
}

@Suite("The ledger of who is already spoken of")
struct DossierLedgerTests {
    private static let number = "13751089600"
    private static let text = "第一条 联系人：王芳，电话\(number)。\n第二条 本办法自公布之日起施行。"

    @Test("holds digests, not values, of texts and tables, and is rebuilt the same", arguments: Engine.available)
    func digests(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.released(text: Self.text)
            let ledger = gate.house.datasets.ledger
            #expect(try await ledger.catchUp() == 1)
            #expect(try await ledger.catchUp() == 0)
            struct Fact: Decodable, Hashable { let kind, digest: String }
            let facts = try await database.read { try $0.all(Fact.self, "SELECT kind, digest FROM dossier_fact ORDER BY kind") }
            #expect(facts.map(\.kind) == ["name", "phone"])
            #expect(!facts.contains { $0.digest.contains(Self.number) })
            let again = try await ledger.rebuild()
            #expect(again.releases == 1)
            #expect(again.mentions == 1)
            #expect(try await database.read { try $0.all(Fact.self, "SELECT kind, digest FROM dossier_fact ORDER BY kind") } == facts)
        }
    }

    @Test("names the text that a new table completes, and still does when that was withdrawn", arguments: Engine.available)
    func completes(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let release = try await gate.released(text: Self.text)
            let datasets = gate.house.datasets
            let csv = "手机,住址\n\(Self.number),海淀区西土城路6号院3号楼501室\n13800138001,朝阳区某路1号\n"
            let key = try await datasets.add("补贴", Array(csv.utf8), by: gate.lin)
            let found = try #require(try await datasets.open(key, for: gate.lin).risk.dossier)
            #expect(found.map(\.combination) == ["person-door"])
            #expect(found.first?.with == ["外观设计办法"])
            #expect(found.first?.rows == 1)
            #expect(try await datasets.open(key, for: gate.lin).risk.isSafe == false)
            try await gate.house.releases.withdraw(release, reason: "有误", by: gate.wang)
            try await datasets.setRoles([:], k: 5, of: key, version: 0, by: gate.lin)
            #expect(try await datasets.open(key, for: gate.lin).risk.dossier?.count == 1)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            #expect(try await visitor.get("/en/office/datasets/\(key)").body.contains("«外观设计办法»"))
            #expect(try await visitor.get("/zh/office/datasets/\(key)").body.contains("《外观设计办法》"))
        }
    }

    @Test("is asked again at signing: what came out since sends the table back to the reviewer", arguments: Engine.available)
    func signing(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let datasets = gate.house.datasets
            let key = try await datasets.add("补贴", Array("手机,住址\n\(Self.number),某处\n".utf8), by: gate.lin)
            let (dataset, _, risk) = try await datasets.open(key, for: gate.lin)
            #expect(risk.dossier == [])
            try await datasets.take(.submit, on: key, seeing: dataset.hash, reason: "", by: gate.lin)
            for found in try await datasets.findings(of: key) where found.isOpen {
                try await datasets.decide(
                    found.finding.column,
                    found.finding.rule,
                    .accept,
                    reason: "公务电话",
                    on: key,
                    seeing: dataset.hash,
                    by: gate.zhao
                )
            }
            try await datasets.take(.signAsReviewer, on: key, seeing: dataset.hash, reason: "可以", by: gate.zhao)
            _ = try await gate.released(text: Self.text)
            await #expect(throws: Refusal.self) {
                try await datasets.take(.release, on: key, seeing: dataset.hash, reason: "", by: gate.wang)
            }
            let after = try await datasets.open(key, for: gate.zhao)
            #expect(after.dataset.state == .atConfidentiality)
            #expect(after.risk.dossier?.first?.with == ["外观设计办法"])
        }
    }
}

extension Gate {
    /// A released text whose findings the reviewer let stand.
    fileprivate func released(text: String) async throws -> String {
        let review = try await house.reviews.submit(try await draft(text).key, by: lin)
        try await house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: chen)
        for found in try await house.reviews.findings(of: review) where found.isOpen {
            try await house.reviews.decide(
                found.finding.range.lowerBound,
                found.finding.rule.rawValue,
                .accept,
                reason: "公务联系方式",
                on: review.key,
                by: zhao
            )
        }
        try await assess(review)
        try await house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: zhao)
        return try await house.releases.release(
            review: review.key,
            seeing: review.hash,
            attribute: .proactive,
            reason: "条例第十九条",
            method: .internet,
            by: wang
        )
    }
}
