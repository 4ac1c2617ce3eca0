import Core
import LegalText
import Records
import Storage
import Synchronization
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The audit")
struct AuditTests {
    @Test("says who opened a draft, to the administrator only", arguments: Engine.available)
    func seen(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("chen")
            #expect(try await visitor.get("/zh/office/documents/\(document.key)").status == 200)
            #expect(try await visitor.get("/zh/office/audit").status == 403)
            let admin = try await gate.house.people.actor("admin")
            let lines = try await gate.house.audit.entries(of: "document/\(document.key)", for: admin)
            #expect(lines.map(\.step) == ["see"])
            #expect(lines.map(\.person) == [gate.chen.person])
            let reader = Visitor(gate.house)
            try await reader.signIn("admin")
            let page = try await reader.get("/zh/office/audit?subject=document/\(document.key)")
            #expect(page.body.contains("查看"))
            #expect(page.body.contains(document.key))
        }
    }

    @Test("and the step log are anchored once a day, and no line can be changed behind it", arguments: Engine.available)
    func anchored(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.draft()
            try await gate.house.audit.write(.see, on: "document/x", by: gate.chen)
            _ = try await gate.house.work()
            _ = try await gate.house.work()
            #expect(try await gate.house.log.size() == 1)
            let leaf = try await gate.house.log.leaf(0)
            #expect(leaf.contains("\"kind\":\"anchor\""))
            #expect(leaf.contains("2022-05-29"))
            #expect(try await gate.house.log.verify().faults == [])
            try await database.write { try $0.run("DELETE FROM audit") }
            #expect(
                try await gate.house.log.verify().faults == ["line 1 of the audit is not the one that was anchored on 2022-05-29"]
            )
        }
    }
}
