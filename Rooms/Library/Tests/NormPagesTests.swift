import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The pages of the library")
struct NormPagesTests {
    private static let room = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    @Test("are described for software path by path, no more and no less")
    func described() throws {
        let routed = try Described.routes(in: ["Web/NormMachine.swift"], of: Self.room)
        #expect(Set(try Described.paths(of: Self.room)) == Set(routed))
        #expect(routed.count == 11)
    }

    @Test("say that a text is not today's, and which one comes", arguments: Engine.available)
    func banners(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await LibraryDesk(database, LibraryDesk.marks)
            let visitor = Visitor(desk.gate.house)
            let then = try await visitor.get("/zh/norms/marks?at=2012-01-01").body
            #expect(then.contains("申请注册商标应当缴纳费用") && !then.contains("申请人应当使用规定的格式"))
            let later = try await visitor.get("/en/norms/marks?at=2099-01-01").body
            #expect(later.contains("It is not the text in force today") && later.contains("申请人应当使用规定的格式"))
            let article = try await visitor.get("/zh/norms/marks/articles/art-2?at=2012-01-01")
            #expect(article.status == 200)
            #expect(article.body.contains("本条沿革") && article.body.contains("第三条") && article.body.contains("商标规则"))
            #expect(try await visitor.get("/zh/norms/marks/articles/2?at=2012-01-01").status == 200)
            let compare = try await visitor.get("/zh/norms/marks/compare").body
            #expect(compare.contains("1 新增") && compare.contains("条号变动"))
            let rules = try await visitor.get("/zh/norms/rules").body
            #expect(rules.contains("<a class=\"cite\" href=\"/zh/norms/marks/articles/art-2\">《商标条例》第二条</a>"))
            #expect(rules.contains("\"@type\":\"Legislation\"") && rules.contains("name=\"ArticleTitle\""))
            #expect(!rules.contains("{{"))
        }
    }

    @Test(
        "refuse what can not be asked with a sentence, never with an error of the server",
        arguments: [
            ("/zh/norms/marks?at=2026-02-30", 422), ("/zh/norms/marks?at=0001-01-01", 422), ("/zh/norms/none", 404),
            ("/zh/norms?status=x", 422), ("/zh/norms?year=abc", 422), ("/zh/norms?page=0", 422), ("/zh/norms/marks?part=9", 404),
            ("/zh/norms/marks/articles/art-99", 404), ("/zh/norms/marks/compare?from=7", 422), ("/zh/norms/marks.exe", 404),
            ("/api/v1/norms/marks?at=x", 422), ("/zh/norms/%00", 404), ("/zh/norms?q=%25%25%25", 200),
            ("/zh/norms/marks/articles/%E7%AC%AC%E4%BA%8C%E6%9D%A1", 200), ("/zh/norms/changes?from=2026-13-01", 422),
        ]
    )
    func badInput(path: String, status: Int) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await LibraryDesk(database, LibraryDesk.marks)
            #expect(try await Visitor(desk.gate.house).get(path).status == status)
        }
    }

    @Test("mark a repealed original on its page, in every download and in the API", arguments: Engine.available)
    func repealed(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let new = NormFixture.record("新办法", "2020-01-01", "第一条 本办法自2020年2月1日起施行。《旧办法》同时废止。", id: "new")
            let old = NormFixture.record("旧办法", "2010-01-01", "第一条 本办法自2010年2月1日起施行。", id: "old")
            let desk = try await LibraryDesk(database, [new, old])
            let visitor = Visitor(desk.gate.house)
            #expect(try await visitor.get("/zh/norms/old").body.contains("本件已废止（自2020-02-01起）"))
            #expect(try await visitor.get("/zh/norms/old/history").body.contains("《旧办法》同时废止"))
            for format in ["txt", "md", "json", "csv", "xml"] {
                let file = try await visitor.get("/zh/norms/old.\(format)")
                #expect(file.status == 200)
                #expect(file.body.contains("repealed") || file.body.contains("已废止"), "\(format)")
            }
            #expect(try await visitor.get("/api/v1/norms/old?at=2015-01-01").body.contains("\"status\":\"noEvidence\"") == false)
            let api = try await visitor.get("/api/v1/norms/old").body
            #expect(api.contains("\"status\":\"repealed\"") && api.contains("\"leaf\":") && api.contains("新办法"))
            let key = try await desk.library.work("old").release
            #expect(try await visitor.get("/zh/releases/\(key)").body.contains("已废止"))
            #expect(try await visitor.get("/zh/releases/\(key).txt").body.contains("已废止"))
            #expect(try await visitor.get("/norms.atom").status == 200)
        }
    }

    @Test("say nothing any longer of a work that was withdrawn, nor does the bulk file", arguments: Engine.available)
    func withdrawn(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let new = NormFixture.record("新办法", "2020-01-01", "第一条 本办法自2020年2月1日起施行。《旧办法》同时废止。", id: "new")
            let old = NormFixture.record("旧办法", "2010-01-01", "第一条 本办法自2010年2月1日起施行。", id: "old")
            let desk = try await LibraryDesk(database, [new, old])
            let (visitor, today) = (Visitor(desk.gate.house), desk.gate.house.world.now().beijingDay)
            #expect(try await visitor.get("/open/norms.zip").status == 404)
            try await NormBulk(house: desk.gate.house).write(on: today)
            #expect(try await visitor.get("/open/norms.zip").status == 200)
            #expect(try await visitor.get("/open/norms.zip.sha256").body.contains("norms-\(today)-3.zip"))
            let release = try await desk.library.work("new").release
            try await desk.gate.house.releases.withdraw(release, reason: "内容有误", by: desk.gate.wang)
            #expect(try await visitor.get("/open/norms.zip").status == 404)
            #expect(try await visitor.get("/zh/norms/new").status == 404)
            _ = try await desk.gate.house.work()
            for path in [
                "/zh/norms/old", "/zh/norms/old/history", "/api/v1/norms/old", "/api/v1/norms/old/events", "/norms.atom", "/zh/norms",
            ] {
                #expect(!(try await visitor.get(path).body.contains("新办法")), "\(path)")
            }
            try await NormBulk(house: desk.gate.house).write(on: today)
            #expect(try await visitor.get("/open/norms.zip").status == 200)
        }
    }

    @Test("of the desk list what awaits the unit, and keep what was typed when it is refused", arguments: Engine.available)
    func desk(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let old = NormFixture.record("旧通知", "2001-01-01", "第一条 本通知自2001年2月1日起施行。", id: "old")
            let desk = try await LibraryDesk(database, [old])
            let visitor = Visitor(desk.gate.house)
            try await visitor.signIn("chen")
            let page = try await visitor.get("/zh/office/norms").body
            #expect(page.contains("旧通知") && page.contains("期满日历"))
            let refused = try await visitor.post(
                "/zh/office/norms/works/old",
                from: "/zh/office/norms/works/old",
                ["status": "现行有效", "document": "国发〔2010〕1号", "sentence": "", "day": "2010-01-01"]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("国发〔2010〕1号") && refused.body.contains("请摘录证明效力的原句"))
            let saved = try await visitor.post(
                "/zh/office/norms/works/old",
                from: "/zh/office/norms/works/old",
                ["status": "现行有效", "document": "国发〔2010〕1号", "sentence": "继续有效：旧通知", "day": "2010-01-01"]
            )
            #expect(saved.status == 303)
            #expect(try await visitor.get("/zh/norms/old").body.contains("现行有效"))
        }
    }
}
