import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The tools of assistants")
struct McpToolTests {
    @Test("fetch an article as of a day, with status, evidence, dates, address and proof", arguments: Engine.available)
    func fetch(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let now = try await assistant.tool("fetch_article", ["title": "花卉法", "article": "第一条"])
            #expect(now["title"] == "中华人民共和国花卉法")
            #expect(now["status"] == "inForce")
            #expect(now["at"] == "2022-05-30")
            #expect(now["articles"]?.count == 1)
            #expect(now["articles"]?[0]?["number"] == "第一条")
            #expect(now["articles"]?[0]?["text"]?.string?.contains("保护期为十五年") == true)
            #expect(now["version"]?["effective"] == "2021-06-01")
            #expect(now["version"]?["until"] == nil)
            #expect((now["evidence"]?.count ?? 0) > 0)
            #expect(now["proof"]?["holdsThisText"] == true)
            let url = try #require(now["articles"]?[0]?["url"]?.string)
            #expect(url == "http://localhost/zh/norms/flower/articles/art-1?at=2022-05-30")
            let page = try await assistant.visitor.get(String(url.dropFirst("http://localhost".count)))
            #expect(page.status == 200)
            #expect(page.body.contains("十五年"))
            let release = try #require(now["proof"]?["releaseUrl"]?.string)
            #expect(try await assistant.visitor.get(String(release.dropFirst("http://localhost".count))).status == 200)
            guard case .int(let leaf)? = now["proof"]?["leaf"] else { return #expect(Bool(false), "no leaf") }
            let data = try await assistant.visitor.get("/log/leaf/\(leaf)")
            #expect(data.status == 200)
            let hash = try #require(now["proof"]?["contentHash"]?.string)
            #expect(data.body.contains(hash))
            let then = try await assistant.tool("fetch_article", ["title": "中华人民共和国花卉法", "article": "1", "at": "2015-01-01"])
            #expect(then["articles"]?[0]?["text"]?.string?.contains("保护期为十年") == true)
            #expect(then["version"]?["until"] == "2021-05-31")
            #expect(then["upcoming"]?["effective"] == "2021-06-01")
            #expect(then["proof"]?["holdsThisText"] == false)
            let whole = try await assistant.tool("fetch_article", ["title": "主席令第55号"])
            #expect(whole["isWhole"] == true)
            #expect(whole["articles"]?.count == 3)
        }
    }

    @Test("say how a repealed text stands on each day, with the sentence that repealed it", arguments: Engine.available)
    func repealed(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let after = try await assistant.tool("fetch_article", ["title": "花卉代理旧条例", "article": "第一条"])
            #expect(after["status"] == "repealed")
            #expect(after["evidence"]?[0]?["document"] == "花卉代理条例")
            #expect(after["evidence"]?[0]?["sentence"]?.string?.contains("《花卉代理旧条例》同时废止") == true)
            let before = try await assistant.tool("fetch_article", ["title": "花卉代理旧条例", "at": "2021-09-30"])
            #expect(before["status"] == "inForce")
            let early = try await assistant.tool("fetch_article", ["title": "花卉代理条例", "at": "2021-09-15"])
            #expect(early["status"] == "notYetInForce")
        }
    }

    @Test("say what they do not find, and what is near", arguments: Engine.available)
    func unknown(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let none = try await assistant.tool("fetch_article", ["title": "园艺法"], isError: true)
            #expect(none["error"] == "No public work bears the title 园艺法.")
            let near = try await assistant.tool("fetch_article", ["title": "花卉代理"], isError: true)
            #expect((near["candidates"]?.count ?? 0) == 2)
            let article = try await assistant.tool("fetch_article", ["title": "花卉法", "article": "第九条"], isError: true)
            #expect(article["error"]?.string?.contains("there is no 第九条. It has 第一条 to 第三条.") == true)
        }
    }

    @Test("verify a quotation: word for word, in another text, or what is nearest", arguments: Engine.available)
    func verify(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let right = try await assistant.tool("verify_quotation", ["quotation": "花卉的保护期为十五年 自登记之日起计算", "title": "花卉法"])
            #expect(right["occurs"] == true)
            #expect(right["places"]?[0]?["articles"] == ["第一条"])
            #expect(right["places"]?[0]?["printed"] == "花卉的保护期为十五年，自登记之日起计算")
            #expect(right["places"]?[0]?["isExact"] == false)
            #expect(right["nearest"] == nil)
            let old = try await assistant.tool("verify_quotation", ["quotation": "花卉的保护期为十年", "title": "花卉法"])
            #expect(old["occurs"] == false)
            #expect(old["elsewhere"]?[0]?["version"]?["until"] == "2021-05-31")
            #expect(old["elsewhere"]?[0]?["isExact"] == true)
            #expect(old["nearest"]?["text"]?.string?.contains("十五年") == true)
            let differences = try #require(old["nearest"]?["differences"])
            #expect((0..<differences.count).contains { differences[$0]?["side"] == "law" })
            let then = try await assistant.tool(
                "verify_quotation",
                ["quotation": "花卉的保护期为十年", "title": "花卉法", "at": "2012-01-01"]
            )
            #expect(then["occurs"] == true)
        }
    }

    @Test("verify a quotation of which nobody says where it stands", arguments: Engine.available)
    func untitled(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let found = try await assistant.tool("verify_quotation", ["quotation": "“花农应当登记”"])
            #expect(found["occurs"] == true)
            #expect(found["places"]?[0]?["title"] == "中华人民共和国花卉法")
            #expect(found["places"]?[0]?["articles"] == ["第二条"])
            let own = try await assistant.tool("verify_quotation", ["quotation": "外观设计专利的保护期限为十五年"])
            #expect(own["places"]?[0]?["title"] == "外观设计办法")
            let repealed = try await assistant.tool("verify_quotation", ["quotation": "花卉代理机构应当缴纳保证金"])
            #expect(repealed["occurs"] == false)
            #expect(repealed["elsewhere"]?[0]?["status"] == "repealed")
            let never = try await assistant.tool("verify_quotation", ["quotation": "潮汐发电站禁止夜航"])
            #expect(never["occurs"] == false)
            #expect(never["places"]?.count == 0 && never["elsewhere"]?.count == 0)
        }
    }

    @Test("list what cites a law, or one of its articles", arguments: Engine.available)
    func citing(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let all = try await assistant.tool("cited_by", ["title": "花卉法"])
            #expect(all["total"] == 2)
            #expect(all["works"] == 1)
            #expect(all["places"]?[0]?["title"] == "花卉代理条例")
            let one = try await assistant.tool("cited_by", ["title": "花卉法", "article": "2"])
            #expect(one["total"] == 1)
            #expect(one["places"]?[0]?["article"] == "第二条")
            #expect(one["places"]?[0]?["citedArticle"] == "第二条")
            #expect(try await assistant.tool("cited_by", ["title": "花卉法", "at": "2020-01-01"])["total"] == 0)
        }
    }

    @Test("search, and prove each result", arguments: Engine.available)
    func search(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let found = try await assistant.tool("search", ["question": "代理机构", "limit": 5])
            #expect(found["total"] == 2)
            let titles = (0..<2).compactMap { found["results"]?[$0]?["title"]?.string }.sorted()
            #expect(titles == ["花卉代理旧条例", "花卉代理条例"])
            let statuses = (0..<2).compactMap { found["results"]?[$0]?["status"]?.string }.sorted()
            #expect(statuses == ["inForce", "repealed"])
            #expect(found["results"]?[0]?["proof"]?["holdsThisText"] == true)
            #expect(try await assistant.tool("search", ["question": "代理机构", "at": "2022-05-29"])["total"] == 0)
            let future = try await assistant.tool("search", ["question": "代理机构", "at": "2030-01-01"], isError: true)
            #expect(future["error"] == "2030-01-01 is yet to come: what is public then is not known.")
        }
    }

    @Test("answer nothing from what was withdrawn, from the moment it was", arguments: Engine.available)
    func withdrawn(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let words = "花卉代理机构依照花卉法第二条办理登记"
            #expect(try await assistant.tool("verify_quotation", ["quotation": .string(words)])["occurs"] == true)
            let fetched = try await assistant.tool("fetch_article", ["title": "花卉代理条例"])
            let key = try #require(fetched["proof"]?["release"]?.string)
            try await assistant.gate.house.releases.withdraw(key, reason: "内容有误", by: assistant.gate.wang)
            for _ in 0..<2 {
                _ = try await assistant.tool("fetch_article", ["title": "花卉代理条例"], isError: true)
                _ = try await assistant.tool("cited_by", ["title": "花卉代理条例"], isError: true)
                let verified = try await assistant.tool("verify_quotation", ["quotation": .string(words)])
                #expect(verified["occurs"] == false && verified["elsewhere"]?.count == 0)
                #expect(try await assistant.tool("search", ["question": "花卉代理机构依照"])["total"] == 0)
                #expect(try await assistant.tool("cited_by", ["title": "花卉法"])["total"] == 0)
                // And once more when the library has taken it in.
                _ = try await assistant.gate.house.work()
            }
        }
    }
}
