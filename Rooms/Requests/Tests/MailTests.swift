import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A request by e-mail")
struct MailTests {
    @Test("fills the fields that its lines name, and keeps who asks out of what is asked")
    func labelled() throws {
        let text = """
            姓 名：张三
            身份证号: 11010519491231002X
            联系电话：010-12345678
            所需信息：2021年资助名单
            获取方式：电子邮件
            请写明金额。
            """
        let mail = MailFiling(sender: "zhang@example.com", senderName: "Z", subject: "申请", text: text)
        #expect(mail.missing == [])
        #expect(mail.filing.name == "张三")
        #expect(mail.filing.identity == "11010519491231002X")
        #expect(mail.filing.contact == "010-12345678 zhang@example.com")
        #expect(mail.filing.subject == "2021年资助名单")
        #expect(mail.filing.form == "电子邮件")
        #expect(!mail.filing.description.contains("张三"))
        #expect(!mail.filing.description.contains("11010519491231002X"))
        #expect(mail.filing.description.contains("请写明金额。"))
        try mail.filing.check()
    }

    @Test("lists what is missing, and tells one unknown sender from another")
    func missing() throws {
        let one = MailFiling(sender: "a@example.com", senderName: "", subject: "", text: "")
        #expect(one.missing == [.name, .identity, .subject, .description, .form])
        try one.filing.check()
        let two = MailFiling(sender: "b@example.com", senderName: "李四", subject: "名单", text: "我的身份证11010519491231002X，请公开名单。")
        #expect(two.missing == [.form])
        #expect(two.filing.identity == "11010519491231002X")
        #expect(!two.filing.description.contains("11010519491231002X"))
        #expect(one.filing.identity.hasSuffix("a@example.com"))
    }

    private static func eml(_ id: String, _ more: String = "") -> [UInt8] {
        Array(
            """
            From: Zhang <zhang@example.com>\r\nDate: Fri, 27 May 2022 10:00:00 +0800\r\nSubject: 2021 list\r\nMessage-ID: <\(id)>\r
            Content-Type: multipart/mixed; boundary=YY\r\n\r\n--YY\r\nContent-Type: text/plain\r\n\r\nPlease send the list of 2021.\r
            --YY\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nhello\r\n\(more)--YY--\r\n
            """.utf8
        )
    }

    @Test("is registered once, with its files, and what it lacks stands in the correction notice", arguments: Engine.available)
    func intake(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let intake = MailIntake(desk.house)
            let taken = try await intake.take(Self.eml("1@x"), by: desk.officer)
            #expect(taken.number == "2022-1")
            #expect(taken.missing == [.identity, .form])
            let entry = try await desk.house.requests.entry("2022-1", calendar: desk.house.calendar)
            #expect(entry.request.channel == .email)
            #expect(entry.request.state == .awaitingConfirmation)
            #expect(entry.request.arrived == Day(2022, 5, 27))
            #expect(try await desk.house.requests.attachments(of: "2022-1", for: desk.officer).map(\.name) == ["a.txt"])
            #expect(try await desk.house.requests.party("2022-1", for: desk.officer)?.contact == "zhang@example.com")
            await #expect(throws: Refusal.self) { try await intake.take(Self.eml("1@x"), by: desk.officer) }
            await #expect(throws: Refusal.self) { try await intake.take(Self.eml("2@x"), by: desk.lin) }
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM request") } == 1)
            let bad = "--YY\r\nContent-Disposition: attachment; filename=\"b.exe\"\r\n\r\nMZ\u{1}\u{2}\r\n"
            let second = try await intake.take(Self.eml("3@x", bad), by: desk.officer)
            #expect(second.refusedFiles.count == 1)
            try await desk.take(.confirm, "2022-1", by: desk.officer)
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let page = try await visitor.get("/zh/office/requests/2022-1").body
            #expect(page.contains("请提供身份证明（条例第二十九条）。"))
        }
    }

    @Test("is uploaded on a page, each message by itself", arguments: Engine.available)
    func page(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let page = "/en/office/requests/mail"
            let (headers, body) = EnclosureTests.upload(
                ["csrf": try await visitor.seal(of: page)],
                [("file", "good.eml", Self.eml("1@x")), ("file", "bad.eml", Array("Subject: x\r\n\r\ntext".utf8))]
            )
            let answer = try await visitor.send(.post, page, headers, body)
            #expect(answer.body.contains("/en/office/requests/2022-1"))
            #expect(answer.body.contains("no sender&#39;s address"))
            #expect(answer.body.contains("Your proof of identity (art. 29)"))
        }
    }

    @Test("that is another agency's is written to it without the applicant's name, and the trace stays", arguments: Engine.available)
    func transfer(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let number = try await desk.filed()
            let visitor = Visitor(desk.house)
            try await visitor.signIn("admin")
            let page = "/zh/office/requests/\(number)"
            let named = ["agency": "某某市场监管局", "contact": "010-87654321", "reason": "张三所申请的登记资料由该局制作"]
            let refused = try await visitor.post("\(page)/transfer", from: page, named)
            #expect(refused.status == 422)
            #expect(refused.body.contains("010-87654321"))
            _ = try await visitor.post("\(page)/transfer", from: page, named.merging(["reason": "登记资料由该局制作"]) { $1 })
            let letter = try await visitor.get("\(page)/transfer/1").body
            #expect(letter.contains("某某市场监管局："))
            #expect(letter.contains("国知公开函〔2022〕1-1号"))
            #expect(!letter.contains("张三"))
            #expect(try await visitor.get("\(page)/transfer/2").status == 404)
            #expect(try await desk.house.requests.steps(of: number).last?.detail == "某某市场监管局")
            try await desk.take(.assign, number, by: desk.officer) { $0.unit = People.office }
            let lin = Visitor(desk.house)
            try await lin.signIn("lin")
            #expect(try await lin.get("\(page)?outcome=notThisAgency").body.contains("负责公开该信息的行政机关是某某市场监管局，联系方式：010-87654321"))
        }
    }

    @Test("gives a receipt with the word to who holds it, and to nobody else", arguments: Engine.available)
    func receipt(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let receipt = try await desk.receipt()
            let visitor = Visitor(desk.house)
            let typed = ["number": receipt.number, "word": receipt.word, "as": "html"]
            let page = try await visitor.post("/zh/requests/receipt", from: "/zh/requests", typed)
            #expect(page.body.contains(receipt.word))
            #expect(page.body.contains("2022-06-28"))
            let guessed = try await visitor.post("/zh/requests/receipt", from: "/zh/requests", typed.merging(["word": "x"]) { $1 })
            #expect(guessed.status == 422)
        }
    }
}
