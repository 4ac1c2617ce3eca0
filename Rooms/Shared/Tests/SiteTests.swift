import Core
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The site")
struct SiteTests {
    private func withSite(_ test: (Visitor, House) async throws -> Void) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            try await test(Visitor(house), house)
        }
    }

    private func signIn(_ visitor: Visitor, _ login: String) async throws {
        let page = "/zh/office/sign-in"
        let answer = try await visitor.post(page, from: page, ["login": login, "password": TestHouse.password])
        #expect(answer.status == 303)
    }

    @Test(
        "serves every public page in both languages",
        arguments: ["", "columns/laws", "columns/notices", "search", "log", "search?q=%E6%B3%95"]
    )
    func pages(path: String) async throws {
        try await withSite { visitor, _ in
            for (language, tag) in [("zh", "zh-CN"), ("en", "en")] {
                let answer = try await visitor.get("/\(language)/\(path)")
                #expect(answer.status == 200)
                #expect(answer.body.contains("<html lang=\"\(tag)\">"))
                #expect(!answer.body.contains("{{"))
                #expect(answer.body.utf8.count < 60_000)
                #expect(answer.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            }
        }
    }

    @Test(
        "refuses what it can not read with a sentence, never a 500",
        arguments: [
            ("/zh/nothing", 404), ("/zh/releases/none", 404), ("/zh/search?q=x&page=0", 422), ("/zh/search?q=x&year=abc", 422),
            ("/zh/search?q=%22%22%22*%20OR%20NEAR(", 200), ("/zh/columns/none", 404), ("/log/leaf/99", 404),
            ("/log/proof/inclusion?leaf=-1", 422), ("/log/proof/consistency?from=3&to=1", 404), ("/api/v1/releases/none", 404),
            ("/assets/../../etc/passwd", 404), ("/zh/office", 303), ("/zh/search?q=%00%ff", 200), ("/zh/releases/a.exe", 404),
        ]
    )
    func badAddresses(path: String, status: Int) async throws {
        try await withSite { visitor, _ in
            let answer = try await visitor.get(path)
            #expect(answer.status == status)
        }
    }

    @Test("says of an address that can be read but not sent to that the method is not allowed")
    func methods() async throws {
        try await withSite { visitor, _ in
            let answer = try await visitor.send(.post, "/zh/log", [:], [])
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD")
            #expect(try await visitor.send(.delete, "/zh/", [:], []).status == 405)
            #expect(try await visitor.send(.post, "/zh/nothing", [:], []).status == 404)
        }
    }

    @Test("takes no form without its seal, with a forged one, or twice")
    func seals() async throws {
        try await withSite { visitor, _ in
            let page = "/zh/office/sign-in"
            #expect(try await visitor.post(page, ["login": "lin", "password": TestHouse.password]).status == 403)
            #expect(try await visitor.post(page, ["login": "lin", "password": TestHouse.password, "csrf": "1.2"]).status == 403)
            try await signIn(visitor, "lin")
            let seal = try await visitor.seal(of: "/zh/office/documents/new")
            let fields = ["csrf": seal, "title": "标题", "body": "正文", "language": "zh", "kind": "notice"]
            #expect(try await visitor.post("/zh/office/documents", fields).status == 303)
            #expect(try await visitor.post("/zh/office/documents", fields).status == 409)
        }
    }

    @Test("knows no one by a forged session")
    func forged() async throws {
        try await withSite { visitor, _ in
            let answer = try await visitor.get("/zh/office", [.cookie: "gongkai_session=Zm9yZ2Vk"])
            #expect(answer.status == 303)
        }
    }

    @Test("keeps what was typed when it refuses a form")
    func keptInput() async throws {
        try await withSite { visitor, _ in
            try await signIn(visitor, "lin")
            let answer = try await visitor.post(
                "/zh/office/documents",
                from: "/zh/office/documents/new",
                ["title": "", "body": "正文<script>", "writtenOn": "2022-05-26", "language": "zh", "kind": "notice"]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("请填写标题"))
            #expect(answer.body.contains("正文&lt;script&gt;"))
            let date = try await visitor.post(
                "/zh/office/documents",
                from: "/zh/office/documents/new",
                ["title": "标题", "body": "正文", "writtenOn": "2022-02-30", "language": "zh", "kind": "notice"]
            )
            #expect(date.status == 422)
            #expect(date.body.contains("没有“2022-02-30”这个日期"))
            #expect(date.body.contains("value=\"2022-02-30\""))
        }
    }

    @Test("turns a paste of 200 MB away by its length")
    func hugePaste() async throws {
        try await withSite { visitor, _ in
            try await signIn(visitor, "lin")
            let answer = try await visitor.send(
                .post,
                "/zh/office/documents/new",
                [.contentType: "multipart/form-data; boundary=x", .contentLength: "209715200"],
                []
            )
            #expect(answer.status == 413)
        }
    }

    @Test("serves a page as kept bytes, and nothing stale after a withdrawal")
    func cache() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await gate.released()
            gate.house.forgetPages()
            let visitor = Visitor(gate.house)
            let first = try await visitor.get("/zh/releases/\(key)")
            let tag = try #require(first.headers[.eTag])
            #expect(try await visitor.get("/zh/releases/\(key)", [.ifNoneMatch: tag]).status == 304)
            #expect(try await visitor.get("/zh/releases/\(key)").body == first.body)
            try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
            gate.house.forgetPages()
            let gone = try await visitor.get("/zh/releases/\(key)")
            #expect(gone.status == 410)
            #expect(gone.body.contains("内容有误"))
            #expect(try await visitor.get("/zh/releases/\(key).txt").status == 404)
            #expect(try await visitor.get("/api/v1/releases/\(key)").status == 404)
            #expect(try await !visitor.get("/feed.atom").body.contains(key))
        }
    }

    @Test("lets one address try to sign in twenty times a minute, and says when to come again")
    func rateLimit() async throws {
        try await withSite { visitor, _ in
            for _ in 1...20 { _ = try await visitor.post("/zh/office/sign-in", ["login": "x"]) }
            let answer = try await visitor.post("/zh/office/sign-in", ["login": "x"])
            // The minute may turn between the first and the last: then the count begins anew.
            #expect(answer.status == 429 || answer.status == 403)
            for _ in 1...20 { _ = try await visitor.post("/zh/office/sign-in", ["login": "x"]) }
            let later = try await visitor.post("/zh/office/sign-in", ["login": "x"])
            #expect(later.status == 429)
            #expect(later.headers[.retryAfter] == "60")
        }
    }

    @Test("answers a HEAD as the GET, without its body")
    func head() async throws {
        try await withSite { visitor, _ in
            let answer = try await visitor.send(.head, "/zh/", [:], [])
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
        }
    }

    @Test(
        "has the same navigation on every page of the desk, whatever words a room uses",
        arguments: ["/en/office", "/en/office/requests", "/en/office/jobs"]
    )
    func navigation(path: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let visitor = Visitor(try await TestHouse.on(database))
            try await visitor.signIn("admin")
            let page = try await visitor.get(path).body
            for name in ["To do", "New document", "Ledger", "Requests", "Appeals", "Annual report"] {
                #expect(page.contains(">\(name)</a>"), "\(name)")
            }
        }
    }
}
