import Core
import Foundation
import HTTPTypes
import LegalText
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The pages of the ledger")
struct LedgerPagesTests {
    private static let notice = "2022年工作要点\n一、工作\n（一）公开名单。年底前公开代理机构名单。（办公室负责）\n"

    /// A released notice whose ledger is made, and the release's key.
    private func made(_ gate: Gate) async throws -> (document: Document, release: String) {
        var fields = Gate.fields(Self.notice)
        fields.writtenOn = Day(2022, 5, 26)
        let document = try await gate.house.documents.add(fields, by: gate.lin)
        let visitor = Visitor(gate.house)
        try await visitor.signIn("lin")
        let page = "/zh/office/documents/\(document.key)"
        let answer = try await visitor.post("\(page)/ledger", from: "\(page)/ledger", ["year": "2022"])
        #expect(answer.headers[.location] == "/zh/office/ledger/2022")
        return (document, try await gate.release(document))
    }

    @Test("show the public what a visible release says, and nothing else", arguments: Engine.available)
    func gate(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            var fields = Gate.fields(Self.notice)
            fields.writtenOn = Day(2022, 5, 26)
            let document = try await gate.house.documents.add(fields, by: gate.lin)
            let points = KeyPoints.read(.read(Self.notice), issued: Day(2022, 5, 26), calendar: gate.house.calendar, units: .reference)
            try await gate.house.ledgers.take(
                points,
                year: 2022,
                document: document.key,
                content: document.content.hash,
                issued: Day(2022, 5, 26),
                by: gate.lin
            )
            let visitor = Visitor(gate.house)
            #expect(try await visitor.get("/zh/ledger/2022").status == 404)
            #expect(!(try await visitor.get("/zh/units/office").body.contains("公开名单")))
            let release = try await gate.release(document)
            let task = try #require(try await gate.house.ledgers.entries(year: 2022, for: .desk).first).task.key
            try await gate.house.ledgers.attach(release: nil, note: "内部会议纪要", to: task, by: gate.chen)
            let board = try await visitor.get("/zh/ledger/2022").body
            #expect(board.contains("公开名单"))
            #expect(!board.contains("内部会议纪要"))
            #expect(!board.contains("/office/tasks/"))
            let other = Actor(person: "q", name: Text("顾新", "Gu Xin"), unit: "law", roles: [.drafter])
            await #expect(throws: Refusal.self) { try await gate.house.ledgers.attach(release: nil, note: "x", to: task, by: other) }
            try await gate.house.ledgers.correct(
                task,
                version: 0,
                title: "DEFACED 13812345678",
                lead: People.office,
                units: [],
                due: nil,
                by: gate.lin
            )
            #expect(!(try await visitor.get("/zh/ledger/2022").body.contains("DEFACED")))
            try await gate.house.releases.withdraw(release, reason: "有误", by: gate.wang)
            #expect(try await visitor.get("/zh/ledger/2022").status == 404)
            #expect(!(try await visitor.get("/zh/units/office").body.contains("公开名单")))
        }
    }

    @Test("keep what was typed when a correction is refused", arguments: Engine.available)
    func typed(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await made(gate)
            let task = try #require(try await gate.house.ledgers.entries(year: 2022, for: .desk).first).task
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let page = "/zh/office/tasks/\(task.key)"
            let answer = try await visitor.post(
                "\(page)/correct",
                from: page,
                ["version": "0", "title": "我改的名称", "lead": "", "units": "", "due": "2022-02-30"]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("我改的名称"))
            #expect(answer.body.contains("value=\"2022-02-30\""))
            #expect(answer.body.contains("没有“2022-02-30”这个日期"))
        }
    }

    @Test("let the disclosure office add a task, and say in days what is overdue", arguments: Engine.available)
    func added(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let officer = Actor(person: "p", name: Text("高远", "Gao Yuan"), unit: People.office, roles: [.disclosureOfficer])
            await #expect(throws: Refusal.self) {
                try await gate.house.ledgers.add("x", text: "", lead: People.office, due: nil, year: 2022, by: gate.lin)
            }
            await #expect(throws: Refusal.self) {
                try await gate.house.ledgers.add("x", text: "机密★10年", lead: People.office, due: nil, year: 2022, by: officer)
            }
            _ = try await gate.house.ledgers.add("补发公报", text: "", lead: People.office, due: Day(2022, 5, 20), year: 2022, by: officer)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("chen")
            let board = try await visitor.get("/zh/office/ledger/2022").body
            #expect(board.contains("补发公报"))
            #expect(board.contains("未开始，逾期10天"))
            #expect(try await visitor.get("/zh/ledger/2022").status == 404)
        }
    }

    @Test("let a unit head work on the unit's own tasks only", arguments: Engine.available)
    func units(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await made(gate)
            let task = try #require(try await gate.house.ledgers.entries(year: 2022, for: .desk).first).task
            let other = Actor(person: "q", name: Text("顾新", "Gu Xin"), unit: "law", roles: [.unitHead])
            await #expect(throws: Refusal.self) { try await gate.house.ledgers.take(.finish, on: task.key, by: other) }
            try await gate.house.ledgers.take(.finish, on: task.key, by: gate.chen)
        }
    }

    @Test("asks for the year and the date written before it makes a ledger, and keeps what was typed", arguments: Engine.available)
    func ledger(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let page = "/zh/office/documents/\(try await gate.draft().key)/ledger"
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let year = try await visitor.post(page, from: page, ["year": "二二"])
            #expect(year.status == 422)
            #expect(year.body.contains("请填写四位数字的年份"))
            let day = try await visitor.post(page, from: page, ["year": "2022"])
            #expect(day.status == 422)
            #expect(day.body.contains("请先"))
        }
    }
}
