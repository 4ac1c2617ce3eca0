import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A reply for everyone")
struct ReplyEntryTests {
    private static let identity = "11010519491231002X"

    @Test("is proposed without the applicant and without personal data that have a shape")
    func proposal() throws {
        let request = DisclosureRequest(number: "2022-1", filing: DisclosureRequestTests.filing, arrived: Day(2022, 5, 30))
        let letter = "张三：您要的名单见附件。经办人手机13812345678，身份证\(Self.identity)。"
        let (title, body, blotted) = ReplyEntry.proposal(of: request, letter: letter, hiding: ["张三", "zhang@example.com"])
        #expect(title.contains(request.subject))
        #expect(!body.contains("张三"))
        #expect(!body.contains("13812345678"))
        #expect(!body.contains(Self.identity))
        #expect(body.contains("×××：您要的名单见附件。"))
        #expect(blotted == 3)
        try ReplyEntry.check(title: title, body: body, hiding: ["张三"])
    }

    @Test("is refused while it still holds personal data", arguments: ["张三来信", "手机13812345678", "", "身份证\(identity)"])
    func refused(body: String) {
        #expect(throws: Refusal.self) { try ReplyEntry.check(title: "答复", body: body, hiding: ["张三"]) }
    }

    @Test("is suggested when several ask the same, goes through the gate, and is offered to the next", arguments: Engine.available)
    func archive(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            var numbers: [String] = []
            for identity in [Self.identity, "91350100M000100Y43"] {
                var filing = DisclosureRequestsTests.filing
                filing.identity = identity
                let number = try await desk.house.requests.file(filing, calendar: desk.house.calendar, by: desk.officer).number
                try await desk.take(.answerAtOnce, number, by: desk.head) {
                    ($0.outcome, $0.body) = (.disclosed, "张三：资助名单为甲、乙、丙三家。")
                }
                numbers.append(number)
            }
            let candidates = try await desk.house.requests.candidates()
            #expect(candidates.map(\.applicants) == [2, 2])
            #expect(candidates.filter { !$0.isProposed }.isEmpty)
            let (officer, lin) = (Visitor(desk.house), Visitor(desk.house))
            try await officer.signIn("admin")
            try await lin.signIn("lin")
            #expect(try await officer.get("/zh/office/replies").body.contains("2个申请人申请相同信息"))
            let page = "/zh/office/replies/\(numbers[0])"
            let proposed = try await officer.get(page).body
            #expect(proposed.contains("×××：资助名单"))
            let typed = ["title": "关于资助名单的答复", "body": "张三：资助名单为甲、乙、丙三家。"]
            let refused = try await officer.post(page, from: page, typed)
            #expect(refused.status == 422)
            #expect(refused.body.contains("张三：资助名单"))
            _ = try await officer.post(page, from: page, typed.merging(["body": "资助名单为甲、乙、丙三家。"]) { $1 })
            #expect(try await desk.house.requests.entry(of: numbers[0])?.state == .prepared)
            await #expect(throws: Refusal.self) {
                try await desk.house.requests.takeToGate(numbers[1], through: desk.house.documents, by: desk.lin)
            }
            let document = try await desk.house.requests.takeToGate(numbers[0], through: desk.house.documents, by: desk.lin)
            #expect(document.column == "replies")
            await #expect(throws: Refusal.outOfTurn) {
                try await desk.house.requests.prepare(numbers[0], title: "a", body: "b", by: desk.officer)
            }
            _ = try await Gate(database, desk.house).release(document)
            let visitor = Visitor(desk.house)
            #expect(try await visitor.get("/zh/requests/replies?q=资助名单").body.contains("关于资助名单的答复"))
            #expect(try await visitor.get("/en/columns/replies").body.contains("关于资助名单的答复"))
            let filing = [
                "subject": "资助名单", "description": "2021年", "kind": "person", "name": "李四", "identity": Self.identity,
                "contact": "li@example.com", "form": "电子邮件",
            ]
            let offered = try await visitor.post("/zh/requests/new", from: "/zh/requests/new", filing)
            #expect(offered.body.contains("关于资助名单的答复"))
            #expect(try await visitor.post("/zh/requests/answered", from: "/zh/requests/new", [:]).body.contains("没有登记申请"))
            let today = Day(2022, 5, 30)
            #expect(try await desk.house.requests.offers(from: today, through: today) == [.shown: 1, .helped: 1])
        }
    }

    @Test("may be suggested by its applicant, and by nobody without the word", arguments: Engine.available)
    func suggestion(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let receipt = try await desk.receipt()
            let requests = desk.house.requests
            await #expect(throws: Refusal.outOfTurn) {
                try await requests.suggest(receipt.number, word: receipt.word, calendar: desk.house.calendar)
            }
            try await desk.take(.answerAtOnce, receipt.number, by: desk.head) { ($0.outcome, $0.body) = (.disclosed, "见附件。") }
            await #expect(throws: Refusal.self) { try await requests.suggest(receipt.number, word: "x", calendar: desk.house.calendar) }
            #expect(try await requests.candidates().filter(\.isProposed).isEmpty)
            try await requests.suggest(receipt.number, word: receipt.word, calendar: desk.house.calendar)
            #expect(try await requests.candidates().map(\.isProposed) == [true])
            try await requests.decline(receipt.number, by: desk.officer)
            #expect(try await requests.candidates().map(\.isProposed) == [false])
        }
    }
}
