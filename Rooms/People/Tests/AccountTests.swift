import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("Accounts")
struct AccountTests {
    @Test("are opened, given roles and closed by the administrator alone", arguments: Engine.available)
    func administration(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            let (admin, lin) = (try await people.actor("admin"), try await people.actor("lin"))
            let name = Text("吴迪", "Wu Di")
            await #expect(throws: Refusal.self) {
                try await people.add("wudi", name: name, unit: People.office, role: .drafter, password: TestHouse.password, by: lin)
            }
            try await people.add("wudi", name: name, unit: People.office, role: .drafter, password: TestHouse.password, by: admin)
            await #expect(throws: Refusal.self) {
                try await people.add("wudi", name: name, unit: People.office, role: .drafter, password: TestHouse.password, by: admin)
            }
            try await people.assign(.unitHead, to: "wudi", since: nil, until: nil, by: admin)
            #expect(try await people.actor("wudi").roles == [.drafter, .unitHead])
            let head = try await people.account("wudi", for: admin).assignments.first { $0.role == .unitHead }
            try await people.end(try #require(head).number, of: "wudi", by: admin)
            #expect(try await people.actor("wudi").roles == [.drafter])
            let token = try await people.signIn("wudi", password: TestHouse.password)
            try await people.take(.close, on: "wudi", by: admin)
            #expect(try await people.session(token) == nil)
            await #expect(throws: Refusal.self) { try await people.signIn("wudi", password: TestHouse.password) }
            await #expect(throws: Refusal.outOfTurn) { try await people.assign(.leader, to: "wudi", since: nil, until: nil, by: admin) }
            try await people.take(.reopen, on: "wudi", by: admin)
            _ = try await people.signIn("wudi", password: TestHouse.password)
        }
    }

    @Test("are not changed by their own administrator, and what was lent is not lent on", arguments: Engine.available)
    func ownAccount(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            let admin = try await people.actor("admin")
            await #expect(throws: Refusal.self) { try await people.assign(.leader, to: "admin", since: nil, until: nil, by: admin) }
            let chen = try await people.actor("chen")
            try await people.delegate(.unitHead, to: "lin", since: Day(2022, 5, 1), until: Day(2030, 6, 2), by: chen)
            let lin = try await people.actor("lin")
            #expect(lin.roles == [.drafter, .unitHead])
            await #expect(throws: Refusal.self) {
                try await people.delegate(.unitHead, to: "zhao", since: Day(2022, 6, 1), until: Day(2022, 6, 2), by: lin)
            }
        }
    }

    @Test("change their password with the present one, and other sessions end", arguments: Engine.available)
    func password(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let people = try await TestHouse.on(database).people
            let lin = try await people.actor("lin")
            let (here, there) = (
                try await people.signIn("lin", password: TestHouse.password), try await people.signIn("lin", password: TestHouse.password)
            )
            await #expect(throws: Refusal.self) {
                try await people.changePassword(from: "wrong", to: "a-new-password", keeping: here, by: lin)
            }
            await #expect(throws: Refusal.self) {
                try await people.changePassword(from: TestHouse.password, to: "short", keeping: here, by: lin)
            }
            try await people.changePassword(from: TestHouse.password, to: "a-new-password", keeping: here, by: lin)
            #expect(try await people.session(here) != nil)
            #expect(try await people.session(there) == nil)
            _ = try await people.signIn("lin", password: "a-new-password")
        }
    }

    @Test("have pages: the list and each account for the administrator, the own one for everybody")
    func pages() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let visitor = Visitor(try await TestHouse.on(database))
            try await visitor.signIn("lin")
            #expect(try await visitor.get("/zh/office/persons").status == 403)
            let own = try await visitor.get("/en/office/account")
            #expect(own.status == 200)
            #expect(own.body.contains("Lend a role"))
            let lent = ["role": "drafter", "login": "chen", "since": "2022-06-01", "until": "2022-06-30"]
            #expect(try await visitor.post("/en/office/account/delegate", from: "/en/office/account", lent).status == 303)
            let unknown = try await visitor.post(
                "/en/office/account/delegate",
                from: "/en/office/account",
                ["role": "drafter", "login": "nobody", "since": "2022-06-01", "until": "2022-06-30"]
            )
            #expect(unknown.status == 422)
            #expect(unknown.body.contains("There is no account “nobody”."))
            try await visitor.signIn("admin")
            #expect(try await visitor.get("/zh/office/persons").body.contains("林舒"))
            let fields = ["login": "Wu Di", "zh": "吴迪", "en": "Wu Di", "unit": People.office, "role": "drafter", "password": "1234567890"]
            let refused = try await visitor.post("/en/office/persons", from: "/en/office/persons/new", fields)
            #expect(refused.status == 422)
            #expect(refused.body.contains("small letters"))
            #expect(!refused.body.contains("1234567890"))
            let added = try await visitor.post(
                "/en/office/persons",
                from: "/en/office/persons/new",
                fields.merging(["login": "wudi"]) { _, new in new }
            )
            #expect(added.status == 303)
            #expect(try await visitor.get("/en/office/persons/wudi").body.contains("Close the account"))
            #expect(try await visitor.post("/en/office/persons/wudi/close", from: "/en/office/persons/wudi", [:]).status == 303)
            #expect(try await visitor.get("/en/office/persons/wudi").body.contains("Open the account again"))
        }
    }
}
