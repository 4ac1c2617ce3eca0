import Core
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A file of a reply")
struct ReplyFileTests {
    @Test("leaves without what is withheld, with the article, only once the reply is signed", arguments: Engine.available)
    func partial(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let receipt = try await desk.receipt()
            let number = receipt.number
            try await desk.take(.assign, number, by: desk.officer) { $0.unit = People.office }
            let (lin, visitor) = (Visitor(desk.house), Visitor(desk.house))
            try await lin.signIn("lin")
            let page = "/zh/office/requests/\(number)/replyfiles"
            func send(_ withheld: String, _ text: String, checked: String = "") async throws -> Visitor.Answer {
                let (headers, body) = EnclosureTests.upload(
                    ["csrf": try await lin.seal(of: page), "withheld": withheld, "isChecked": checked],
                    [("replyFile", "名单.txt", Array(text.utf8))]
                )
                return try await lin.send(.post, page, headers, body)
            }
            let text = "第一名 甲公司 联系人王五 手机13812345678\n第二名 乙公司"
            let unclear = try await send("王五", text)
            #expect(unclear.status == 422)
            #expect(unclear.body.contains("词句｜条款"))
            let left = try await send("王五｜条例第十五条", text)
            #expect(left.status == 422)
            #expect(left.body.contains("还有1处个人信息"))
            #expect(left.body.contains("王五｜条例第十五条"))
            let absent = try await send("赵六｜条例第十五条", text, checked: "yes")
            #expect(absent.status == 422)
            #expect(try await send("王五｜条例第十五条\n13812345678｜条例第十五条", text).status == 303)
            #expect(try await lin.get(page).body.contains("遮盖2处，依据：条例第十五条"))
            let file = try #require(try await desk.house.requests.replyFiles(of: number).first)
            let stored = try await database.read { try $0.scalar(String.self, "SELECT sealed FROM reply_file") }
            #expect(stored?.contains("甲公司") == false)
            let opening = ["number": number, "word": receipt.word, "file": file.key]
            #expect(try await visitor.post("/zh/requests/file", from: "/zh/requests", opening).status == 409)
            try await desk.take(.draft, number, by: desk.lin) { ($0.outcome, $0.body) = (.partial, "部分公开，见附件。") }
            #expect(try await send("", "全文").status == 409)
            try await desk.take(.approveDraft, number, by: desk.officer)
            try await desk.take(.sign, number, by: desk.wang)
            let own = try await visitor.post("/zh/requests/status", from: "/zh/requests", opening).body
            #expect(own.contains("名单-open.txt"))
            let taken = try await visitor.post("/zh/requests/file", from: "/zh/requests", opening)
            #expect(taken.status == 200)
            #expect(taken.body.contains("甲公司"))
            #expect(!taken.body.contains("王五"))
            #expect(!taken.body.contains("13812345678"))
            let guessed = try await visitor.post("/zh/requests/file", from: "/zh/requests", opening.merging(["word": "x"]) { $1 })
            #expect(guessed.status == 422)
            let officer = Visitor(desk.house)
            try await officer.signIn("admin")
            #expect(try await officer.get("/zh/office/requests/\(number)/letter").body.contains("名单-open.txt（部分内容依据条例第十五条不予公开）"))
        }
    }

    @Test("with a secrecy mark is stopped", arguments: Engine.available)
    func marked(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let number = try await desk.filed()
            let officer = Visitor(desk.house)
            try await officer.signIn("admin")
            let page = "/zh/office/requests/\(number)/replyfiles"
            let (headers, body) = EnclosureTests.upload(
                ["csrf": try await officer.seal(of: page)],
                [("replyFile", "a.txt", Array("机密★5年\n方案".utf8))]
            )
            #expect(try await officer.send(.post, page, headers, body).body.contains("国家秘密标志"))
            #expect(try await desk.house.requests.replyFiles(of: number).isEmpty)
        }
    }
}
