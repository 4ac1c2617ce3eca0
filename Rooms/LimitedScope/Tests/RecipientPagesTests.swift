import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The pages of a recipient")
struct RecipientPagesTests {
    private func withLimited(_ test: (LimitedGate, Visitor) async throws -> Void) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await LimitedGate(database)
            try await test(gate, Visitor(gate.gate.house))
        }
    }

    @Test("show a button that opens the text once, marked for this recipient", arguments: ["zh", "en"])
    func open(language: String) async throws {
        try await withLimited { gate, visitor in
            let token = try await gate.link()
            let page = "/\(language)/limited/\(token)"
            // A mail scanner's visits use nothing up.
            for _ in 1...3 { #expect(try await visitor.get(page).status == 200) }
            let answer = try await visitor.post("/\(language)/limited/open", from: page, ["token": token])
            #expect(answer.status == 303)
            let place = try #require(answer.headers[.location])
            #expect(!place.contains(token))
            let text = try await visitor.get(place)
            #expect(text.status == 200)
            #expect(text.headers[.cacheControl] == "no-store")
            #expect(text.headers[HTTPField.Name("Referrer-Policy")!] == "no-referrer")
            #expect(text.headers[HTTPField.Name("X-Robots-Tag")!] == "noindex, nofollow, noarchive")
            #expect(text.body.contains("张三"))
            #expect(text.body.contains("<pattern id=\"mark\""))
            let mark = try await gate.limited.recipients(of: gate.key)[0].recipient.mark
            #expect(MarkedText(text.body).agreement(with: mark) >= MarkedText.enough)
            #expect(try await Visitor(gate.gate.house).get(place).status == 404)
            // The link's address is kept nowhere, not with the form that was sent either.
            let forms = try await gate.gate.house.database.read { try $0.all(String.self, "SELECT form FROM spent_form") }
            #expect(!forms.joined().contains(token))
        }
    }

    @Test("are one and the same for a link that never was, was used, is over, was recalled or withdrawn")
    func calm() async throws {
        try await withLimited { gate, visitor in
            let never = try await visitor.get("/zh/limited/\(String(repeating: "a", count: 64))")
            #expect(never.status == 404)
            #expect(never.body.contains("此链接不能打开文件"))
            let (used, recalled, other) = (try await gate.link(), try await gate.link(), try await gate.link())
            _ = try await gate.limited.open(used)
            try await gate.limited.recall(gate.key, 2, by: gate.admin)
            for token in [used, recalled, "x", gate.key] {
                let answer = try await visitor.get("/zh/limited/\(token)")
                #expect(answer.status == 404)
                #expect(answer.body == never.body)
            }
            #expect(try await visitor.get("/zh/limited/read/\(gate.key)").body == never.body)
            #expect(try await visitor.get("/zh/limited/read/none").body == never.body)
            try await gate.gate.house.database.write { try $0.run("UPDATE limited_release SET expires_on = '2022-05-29'") }
            #expect(try await visitor.get("/zh/limited/\(other)").body == never.body)
            try await gate.gate.house.database.write { try $0.run("UPDATE limited_release SET expires_on = '2022-06-29'") }
            #expect(try await visitor.get("/zh/limited/\(other)").status == 200)
            try await gate.limited.withdraw(gate.key, reason: "情况变化", by: gate.gate.wang)
            #expect(try await visitor.get("/zh/limited/\(other)").body == never.body)
        }
    }

    @Test(
        "are all there is of it: the portal does not find, count, suggest, feed, map or prove it",
        arguments: [
            "/zh/", "/en/", "/zh/columns/notices", "/zh/columns/laws", "/zh/search?q=%E4%BF%9D%E6%8A%A4%E6%9C%9F%E9%99%90", "/feed.atom",
            "/sitemap.xml", "/api/v1/search?q=%E4%BF%9D%E6%8A%A4%E6%9C%9F%E9%99%90", "/zh/log", "/log/head", "/zh/powers",
            "/zh/data", "/robots.txt",
        ]
    )
    func nowhere(path: String) async throws {
        // The same house with and without it answers the same, but for signatures and times.
        var pages: [String] = []
        for isThere in [false, true] {
            try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
                let gate = isThere ? try await LimitedGate(database).gate : try await Gate(database)
                let answer = try await Visitor(gate.house).get(path)
                #expect(answer.status == 200)
                #expect(!answer.body.contains("外观设计办法"))
                let changing = /\d{4}-\d{2}-\d{2}T[\d:.]+Z|[A-Za-z0-9+\/=]{40,}/
                pages.append(path == "/log/head" ? "\(answer.body.prefix(40))" : answer.body.replacing(changing, with: ""))
            }
        }
        #expect(pages[0] == pages[1])
    }

    @Test("do not answer at the addresses of public releases", arguments: ["", "/proof", ".txt", ".json", ".pdf", ".html", "/articles/a1"])
    func addresses(rest: String) async throws {
        try await withLimited { gate, visitor in
            let (page, api) = (
                try await visitor.get("/zh/releases/\(gate.key)\(rest)"), try await visitor.get("/api/v1/releases/\(gate.key)")
            )
            #expect(page.status == 404)
            #expect(api.status == 404)
        }
    }

    @Test("let the office give, see the receipt, recall, and read the mark of what came back")
    func desk() async throws {
        try await withLimited { gate, visitor in
            try await visitor.signIn("admin")
            let page = "/zh/office/limited/\(gate.key)"
            let refused = try await visitor.post("\(page)/give", from: page, ["name": "张三", "way": "link", "address": "no"])
            #expect(refused.status == 422)
            #expect(refused.body.contains("value=\"张三\""))
            let given = try await visitor.post("\(page)/give", from: page, ["name": "张三", "way": "link", "address": "z@example.com"])
            #expect(given.status == 200)
            let start = try #require(given.body.range(of: "http://localhost/zh/limited/"))
            let token = String(given.body[start.upperBound...].prefix(64))
            #expect(try await !visitor.get(page).body.contains(token))
            let reader = Visitor(gate.gate.house)
            let opened = try await reader.post("/zh/limited/open", from: "/zh/limited/\(token)", ["token": token])
            let text = try await reader.get(try #require(opened.headers[.location])).body
            #expect(try await visitor.get(page).body.contains("2022-05-30 10:00"))
            let body = try #require(text.range(of: "<article")).lowerBound
            let traced = try await visitor.post("/zh/office/watermarks", from: "/zh/office/watermarks", ["text": String(text[body...])])
            #expect(traced.status == 200)
            #expect(traced.body.contains("1 张三"))
            let recalled = try await visitor.post("\(page)/recipients/1/recall", from: page, [:])
            #expect(recalled.status == 303)
            #expect(try await reader.get(try #require(opened.headers[.location])).status == 404)
        }
    }

    @Test("are signed for from the review, where the questions lead there")
    func signing() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await LimitedGate.reviewed(gate)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("wang")
            let page = "/en/office/reviews/\(review.key)/limited"
            #expect(try await visitor.get("/en/office/reviews/\(review.key)/release").headers[.location] == page)
            let fields = ["hash": review.hash, "reason": "Only those companies", "expiresOn": "2022-05-01"]
            let refused = try await visitor.post(page, from: page, fields)
            #expect(refused.status == 422)
            #expect(refused.body.contains("Only those companies"))
            let signed = try await visitor.post(page, from: page, fields.merging(["expiresOn": "2022-06-30"]) { $1 })
            #expect(signed.status == 303)
            let limited = try #require(try await gate.house.limited.release(ofReview: review.key))
            #expect(signed.headers[.location] == "/en/office/limited/\(limited.key)")
            #expect(try await visitor.get(page).headers[.location] == "/en/office/limited/\(limited.key)")
        }
    }
}
