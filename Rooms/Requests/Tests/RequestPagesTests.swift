import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The pages of requests")
struct RequestPagesTests {
    private static let typed = [
        "subject": "外观设计保护期限", "description": "2022年的资料", "kind": "person", "name": "<b>李四</b>", "identity": "11010519491231002X",
        "contact": "li@example.com", "form": "电子邮件",
    ]

    @Test("offer what is public before a request is filed, then give number and word once", arguments: Engine.available)
    func filing(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.released()
            let visitor = Visitor(gate.house)
            let offered = try await visitor.post("/zh/requests/new", from: "/zh/requests/new", Self.typed)
            #expect(offered.body.contains("也许已经公开"))
            #expect(offered.body.contains("外观设计办法"))
            let seal = String(try #require(offered.body.components(separatedBy: "name=\"csrf\" value=\"").last).prefix { $0 != "\"" })
            let receipt = try await visitor.post("/zh/requests", Self.typed.merging(["csrf": seal]) { $1 })
            #expect(receipt.body.contains("2022-1"))
            let word = String(try #require(receipt.body.components(separatedBy: "class=\"hash\">").last).prefix { $0 != "<" })
            let own = try await visitor.post("/zh/requests/status", from: "/zh/requests", ["number": "2022-1", "word": word])
            #expect(own.body.contains("外观设计保护期限"))
            #expect(own.headers[.cacheControl] == "no-store")
            let guessed = try await visitor.post("/zh/requests/status", from: "/zh/requests", ["number": "2022-1", "word": "aaaa-bbbb"])
            #expect(guessed.status == 422)
            #expect(!guessed.body.contains("外观设计保护期限"))
        }
    }

    @Test("slow down whoever guesses numbers, and let officers sign in all the same")
    func guessing() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let visitor = Visitor(try await TestHouse.on(database))
            var answers: [Int] = []
            // A new minute may begin meanwhile; the third may not.
            for number in 1...60 where !answers.contains(429) {
                let typed = ["number": "2022-\(number)", "word": "aaaa-bbbb-cccc-dddd"]
                answers.append(try await visitor.post("/zh/requests/status", from: "/zh/requests", typed).status)
            }
            #expect(answers.prefix(20).filter { $0 != 422 }.isEmpty)
            #expect(answers.last == 429)
            try await visitor.signIn("admin")
            #expect(try await visitor.get("/zh/office").status == 200)
        }
    }

    @Test("say beside each field what is missing, and keep what was typed", arguments: Engine.available)
    func missing(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let visitor = Visitor(house)
            let answer = try await visitor.post("/en/requests/new", from: "/en/requests/new", Self.typed.merging(["identity": ""]) { $1 })
            #expect(answer.status == 422)
            #expect(answer.body.contains("Give the number of your proof of identity"))
            #expect(answer.body.contains("外观设计保护期限"))
            #expect(!answer.body.contains("<b>李四</b>"))
            let forged = try await visitor.post("/en/requests", Self.typed)
            #expect(forged.status == 403)
        }
    }

    @Test("are walked by office, unit and leader to a letter", arguments: Engine.available)
    func desk(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let (officer, lin, wang) = (Visitor(house), Visitor(house), Visitor(house))
            for (visitor, login) in [(officer, "admin"), (lin, "lin"), (wang, "wang")] { try await visitor.signIn(login) }
            let filed = try await officer.post(
                "/zh/office/requests",
                from: "/zh/office/requests/new",
                Self.typed.merging(["channel": "oral", "arrived": ""]) { $1 }
            )
            let page = try #require(filed.headers[.location])
            #expect(page == "/zh/office/requests/2022-1")
            #expect(try await lin.get(page).status == 403)
            _ = try await officer.post("\(page)/assign", from: page, ["version": "0", "unit": "office", "on": ""])
            let template = try await lin.get("\(page)?outcome=notHeld").body
            #expect(template.contains("该政府信息不存在"))
            let reply = ["version": "1", "outcome": "notHeld", "body": "经检索［范围］，没有。", "assessment": ""]
            _ = try await lin.post("\(page)/draft", from: page, reply)
            _ = try await officer.post("\(page)/approveDraft", from: page, ["version": "2"])
            let gaps = try await wang.post("\(page)/sign", from: page, ["version": "3"])
            #expect(gaps.status == 422)
            #expect(gaps.body.contains("没有填写的"))
            _ = try await wang.post("\(page)/sendBack", from: page, ["version": "3", "note": "请写明范围"])
            _ = try await lin.post("\(page)/draft", from: page, reply.merging(["version": "4", "body": "经检索档案和业务系统，没有。"]) { $1 })
            _ = try await officer.post("\(page)/approveDraft", from: page, ["version": "5"])
            _ = try await wang.post("\(page)/sign", from: page, ["version": "6"])
            let letter = try await officer.get("\(page)/letter").body
            #expect(letter.contains("国知公开复〔2022〕1号"))
            #expect(letter.contains("&lt;b&gt;李四"))
            #expect(letter.contains("六十日内"))
            let board = try await officer.get("/zh/office/requests").body
            #expect(board.contains("没有办理中的申请"))
            #expect(try await officer.get("/zh/office/requests.csv").status == 200)
            #expect(try await officer.get("/zh/office/requests.ics").body.hasPrefix("BEGIN:VCALENDAR"))
            #expect(try await officer.get("/zh/office/reports/2022").body.contains("explain?row=received"))
            #expect(try await officer.get("/zh/office/reports/2022/explain?row=notHeld&kind=person").body.contains("2022-1"))
        }
    }

    @Test("turn a review of a reply into a figure of table 4", arguments: Engine.available)
    func appeal(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let number = try await desk.filed()
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let new = "/zh/office/appeals/new?about=request/\(number)"
            var typed = [
                "kind": "review", "about": "request/2022-9", "filedOn": "2022-05-20", "servedOn": "2022-05-26", "simplified": "yes",
            ]
            #expect(try await visitor.post("/zh/office/appeals", from: new, typed).status == 422)
            typed["about"] = "request/\(number)"
            let filed = try await visitor.post("/zh/office/appeals", from: new, typed)
            let page = try #require(filed.headers[.location])
            #expect(try await visitor.get(page).body.contains("2022-06-06"))
            _ = try await visitor.post("\(page)/answer", from: page, ["version": "0", "on": ""])
            _ = try await visitor.post("\(page)/decide", from: page, ["version": "1", "on": "", "result": "corrected"])
            #expect(try await desk.house.annualReports.report(2022).remedies[.review, .corrected] == 1)
            let heard = try await desk.house.appeals.file(
                .heard,
                about: "request/\(number)",
                filedOn: Day(2022, 5, 20),
                servedOn: Day(2022, 5, 26),
                isSimplified: false,
                by: desk.officer
            )
            let both = Actor(person: desk.officer.person, name: desk.officer.name, unit: desk.officer.unit, roles: [.hearingOfficer])
            await #expect(throws: Refusal.self) { try await desk.house.appeals.take(.accept, on: heard, version: 0, by: both) }
            let sun = try await desk.house.people.actor("sun")
            try await desk.house.appeals.take(.accept, on: heard, version: 0, by: sun)
        }
    }
}
