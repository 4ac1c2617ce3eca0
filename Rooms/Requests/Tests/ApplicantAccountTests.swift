import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("An applicant's account")
struct ApplicantAccountTests {
    @Test("keeps requests together, opens them without their words, and forgets when it is closed", arguments: Engine.available)
    func whole(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let receipt = try await desk.receipt()
            let (visitor, other) = (Visitor(desk.house), Visitor(desk.house))
            let page = "/zh/requests/account"
            let typed = ["login": "my-requests", "password": "a long enough one"]
            #expect(try await visitor.post("\(page)/open", from: page, typed.merging(["password": "short"]) { $1 }).status == 422)
            #expect(try await visitor.post("\(page)/open", from: page, typed).status == 303)
            #expect(try await other.post("\(page)/open", from: page, typed).status == 422)
            let wrong = try await visitor.post("\(page)/add", from: page, ["number": receipt.number, "word": "x"])
            #expect(wrong.status == 422)
            _ = try await visitor.post("\(page)/add", from: page, ["number": receipt.number, "word": receipt.word])
            #expect(try await visitor.get(page).body.contains(receipt.number))
            let own = try await visitor.post("\(page)/show", from: page, ["number": receipt.number])
            #expect(own.body.contains("2022-06-28"))
            #expect(try await other.post("\(page)/show", from: page, ["number": receipt.number]).status == 403)
            let stored = try await database.read { db in
                try db.all(String.self, "SELECT login FROM applicant_account") + db.all(String.self, "SELECT word FROM applicant_request")
            }
            #expect(stored.filter { $0.contains("my-requests") || $0.contains(receipt.word) }.isEmpty)
            _ = try await visitor.post("\(page)/sign-out", from: page, [:])
            #expect(!(try await visitor.get(page).body.contains(receipt.number)))
            #expect(try await visitor.post("\(page)/sign-in", from: page, typed).status == 303)
            let filed = try await visitor.post(
                "/zh/requests/new",
                from: "/zh/requests/new",
                [
                    "subject": "名单", "description": "2021年", "kind": "person", "name": "李四", "identity": "11010519491231002X",
                    "contact": "li@example.com", "form": "电子邮件",
                ]
            )
            #expect(filed.body.contains("2022-2"))
            #expect(try await visitor.get(page).body.contains("2022-2"))
            _ = try await visitor.post("\(page)/close", from: page, [:])
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM applicant_request") } == 0)
            #expect(try await visitor.post("\(page)/sign-in", from: page, typed).status == 422)
        }
    }

    @Test("rests after five wrong passwords")
    func rests() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let accounts = ApplicantAccounts(desk.house.requests)
            _ = try await accounts.open("my-requests", password: "a long enough one")
            for _ in 1...5 {
                await #expect(throws: Refusal.self) { try await accounts.signIn("my-requests", password: "another password") }
            }
            let refusal = await #expect(throws: Refusal.self) {
                try await accounts.signIn("my-requests", password: "a long enough one")
            }
            guard case .tooOften = refusal else {
                Issue.record("a login at rest opens to nobody, but: \(String(describing: refusal))")
                return
            }
        }
    }
}
