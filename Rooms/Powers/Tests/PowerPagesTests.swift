import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The pages of powers")
struct PowerPagesTests {
    private static let room = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    @Test("are described for software path by path, no more and no less")
    func described() throws {
        let routed = try Described.routes(in: ["Web/PowerPages.swift"], of: Self.room)
        #expect(Set(try Described.paths(of: Self.room)) == Set(routed))
        #expect(routed.count == 3)
    }

    @Test(
        "show everyone what is signed, its basis linked to the article, and the note when the basis is withdrawn",
        arguments: Engine.available
    )
    func publicPages(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents])
            let visitor = Visitor(desk.house)
            let draft = try await desk.draft()
            #expect(!(try await visitor.get("/zh/powers").body.contains("执业许可")))
            #expect(try await visitor.get("/zh/powers/Q-0001").status == 404)
            try await desk.matters.take(.submit, on: draft, by: desk.gao)
            try await desk.matters.take(.sign, on: draft, by: desk.meng)
            let release = try #require(try await desk.matters.candidates("专利代理条例").first).release.key
            for (language, name) in [("zh", "专利代理机构执业许可"), ("en", "Licence of patent agencies")] {
                let list = try await visitor.get("/\(language)/powers?type=licence&unit=promotion&list=power")
                #expect(list.status == 200)
                #expect(list.body.contains(name))
                let item = try await visitor.get("/\(language)/powers/Q-0001").body
                #expect(item.contains("<h1>\(name)</h1>"))
                #expect(item.contains("href=\"/\(language)/releases/\(release)/articles/art-9\""))
                #expect(!item.contains("notice warning") && !item.contains("{{"))
            }
            #expect(!(try await visitor.get("/zh/powers?type=penalty").body.contains("执业许可")))
            #expect(try await visitor.get("/zh/powers?type=x").status == 422)
            try await desk.house.releases.withdraw(release, reason: "文本有误", by: desk.gate.wang)
            _ = try await desk.house.work()
            let item = try await visitor.get("/zh/powers/Q-0001").body
            #expect(item.contains("notice warning") && item.contains("已撤回：文本有误"))
            let json = try await visitor.get("/api/v1/powers/Q-0001").body
            #expect(json.contains("\"kind\":\"withdrawn\"") && json.contains("\"since\":\"2022-05-30\""))
            #expect(try await visitor.get("/api/v1/powers?flagged=yes").body.contains("Q-0001"))
            try await visitor.signIn("gao")
            #expect(try await visitor.get("/zh/office").body.contains("已撤回：文本有误"))
        }
    }

    @Test("give both lists as open data")
    func openData() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents])
            _ = try await desk.published()
            let visitor = Visitor(desk.house)
            let csv = try await visitor.get("/open/powers.csv")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.body.contains("Q-0001,专利代理机构执业许可,行政许可,《专利代理条例》（2018-11-06）第九条,"))
            #expect(try await visitor.get("/open/powers.csv?lang=en").body.contains("Code of the power"))
            #expect(try await visitor.get("/open/guides.xlsx").status == 200)
            #expect(try await visitor.get("/open/guides.docx").status == 200)
            for path in ["/open/powers.pdf", "/open/x.csv", "/open/powers", "/api/v1/powers/none"] {
                #expect(try await visitor.get(path).status == 404, "\(path)")
            }
            #expect(try await visitor.get("/open/powers.csv?lang=fr").status == 422)
        }
    }

    @Test("lead a drafter from a new power through its basis to the head's signature", arguments: Engine.available)
    func theWay(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents, PowersDesk.law("旧办法", "第一条 旧。", status: "已废止")])
            let (drafter, head) = (Visitor(desk.house), Visitor(desk.house))
            try await drafter.signIn("gao")
            try await head.signIn("meng")
            #expect(try await drafter.get("/zh/office/powers/new?list=guide").body.contains("申请条件"))
            let created = try await drafter.post(
                "/zh/office/powers/new",
                from: "/zh/office/powers/new",
                ["list": "power", "name": "执业许可", "type": "licence"]
            )
            let page = try #require(created.headers[.location])
            let early = try await drafter.post("\(page)/submit", from: page, [:])
            #expect(early.status == 422)
            #expect(early.body.contains("请填写“追责情形”") && early.body.contains("请选择设定依据"))
            var fields = ["version": "0", "name": "执业许可<script>", "type": "licence"]
            for field in MatterField.of(.power) { fields[field.rawValue] = "内容" }
            #expect(try await drafter.post("\(page)/save", from: page, fields).status == 303)
            #expect(try await drafter.get(page).body.contains("执业许可&lt;script&gt;"))
            let candidates = try await desk.matters.candidates("法") + desk.matters.candidates("条例")
            let old = try #require(candidates.first { $0.release.title == "旧办法" }).release.key
            let good = try #require(candidates.first { $0.release.title == "专利代理条例" }).release.key
            #expect(try await drafter.get("\(page)/bases?q=%E5%8A%9E%E6%B3%95").body.contains("废止"))
            #expect(try await drafter.get("\(page)/bases?release=\(good)").body.contains("value=\"art-9\""))
            let refused = try await drafter.post(
                "\(page)/bases",
                from: "\(page)/bases?release=\(good)",
                ["version": "1", "release": old, "article": "art-1"]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("不得作为依据") && refused.body.contains("《行政许可法》第四条"))
            let taken = try await drafter.post(
                "\(page)/bases",
                from: "\(page)/bases?release=\(good)",
                ["version": "1", "release": good, "article": "art-9"]
            )
            #expect(taken.status == 303)
            #expect(try await drafter.post("\(page)/submit", from: page, [:]).status == 303)
            #expect(try await drafter.post("\(page)/sign", from: page, [:]).status == 403)
            #expect(try await head.post("\(page)/sign", from: page, ["hash": "0"]).status == 409)
            #expect(try await head.post("\(page)/sign", from: page, [:]).status == 303)
            #expect(try await head.get("/en/office/powers").body.contains("Q-0001"))
            #expect(try await head.get("/zh/powers/Q-0001").status == 200)
        }
    }

    @Test("keep another unit's drafts to that unit")
    func drafts() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.draft()
            let visitor = Visitor(desk.house)
            try await visitor.signIn("chen")
            #expect(!(try await visitor.get("/zh/office/powers").body.contains("执业许可")))
            #expect(try await visitor.get("/zh/office/powers/\(key)").status == 403)
            #expect(try await visitor.get("/zh/office/powers/\(key)/bases").status == 403)
        }
    }

    @Test("take a table in, and say which rows were refused")
    func upload() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents])
            let visitor = Visitor(desk.house)
            try await visitor.signIn("gao")
            let page = "/zh/office/powers/import"
            let csv = """
                职权名称,职权类型,设定依据,行使主体,承办机构,责任事项,追责情形,监督方式
                执业许可,行政许可,《专利代理条例》第九条,局,知识产权运用促进司,责,追,监
                坏行,行政许可,《专利代理条例》第九条,局,知识产权运用促进司,责,追,
                """
            func send(_ bytes: [UInt8]) async throws -> Visitor.Answer {
                let seal = try await visitor.seal(of: page)
                let head =
                    "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(seal)\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n"
                return try await visitor.send(
                    .post,
                    page,
                    [.contentType: "multipart/form-data; boundary=b"],
                    Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8)
                )
            }
            let answer = try await send(Array(csv.utf8))
            #expect(answer.status == 200)
            #expect(answer.body.contains("存为草稿: 1") && answer.body.contains("请填写“监督方式”"))
            let broken = try await send([0x50, 0x4B, 0x03, 0x04, 9])
            #expect(broken.status == 422)
            #expect(broken.body.contains("文件已损坏"))
        }
    }
}
