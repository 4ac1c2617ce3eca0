import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A record to be corrected")
struct RecordCorrectionTests {
    static let typed = [
        "record": "申请2022-1的答复附表第3行", "fault": "注册资本写作100万元", "proper": "注册资本是1000万元", "evidence": "营业执照", "name": "甲公司",
        "identity": "91350100M000100Y43", "contact": "jia@example.com",
    ]
    static var filing: RecordFiling {
        RecordFiling(
            name: "甲公司",
            identity: "91350100M000100Y43",
            contact: "jia@example.com",
            record: "申请2022-1的答复附表第3行",
            fault: "100万元",
            proper: "1000万元",
            evidence: "营业执照"
        )
    }

    @Test("has a sound procedure, and asks for evidence")
    func procedure() {
        #expect(RecordCorrection.lifecycle.flaws == [])
        var filing = Self.filing
        filing.evidence = "  "
        #expect(throws: Refusal.self) { try filing.check() }
    }

    @Test("is filed on the portal, examined by the unit, decided apart from it, and followed by its word", arguments: Engine.available)
    func whole(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let (visitor, officer, lin, head) = (Visitor(desk.house), Visitor(desk.house), Visitor(desk.house), Visitor(desk.house))
            for (who, login) in [(officer, "admin"), (lin, "lin"), (head, "he")] { try await who.signIn(login) }
            let new = "/zh/requests/records/new"
            let missing = try await visitor.post(new, from: new, Self.typed.merging(["evidence": ""]) { $1 })
            #expect(missing.status == 422)
            #expect(missing.body.contains("注册资本是1000万元"))
            let (headers, body) = EnclosureTests.upload(
                Self.typed.merging(["csrf": try await visitor.seal(of: new)]) { $1 },
                [("evidenceFile", "营业执照.png", EnclosureTests.png)]
            )
            let receipt = try await visitor.send(.post, new, headers, body)
            #expect(receipt.body.contains("G2022-1"))
            let word = String(try #require(receipt.body.components(separatedBy: "class=\"hash\">").last).prefix { $0 != "<" })
            #expect(try await officer.get("/en/office/records").body.contains("G2022-1"))
            let page = "/zh/office/records/G2022-1"
            #expect(try await lin.get(page).status == 403)
            #expect(try await officer.get(page).body.contains("2022-06-28"))
            _ = try await officer.post("\(page)/assign", from: page, ["version": "0", "unit": People.office])
            #expect(try await lin.get(page).body.contains("营业执照.png"))
            _ = try await lin.post("\(page)/examine", from: page, ["version": "1", "text": "核对档案，确为1000万元。"])
            let empty = try await head.post("\(page)/correctRecord", from: page, ["version": "2", "text": " "])
            #expect(empty.status == 422)
            _ = try await head.post("\(page)/correctRecord", from: page, ["version": "2", "text": "经核查属实，已经更正。"])
            let own = try await visitor.post(
                "/zh/requests/records/status",
                from: "/zh/requests/records",
                ["number": "G2022-1", "word": word]
            )
            #expect(own.body.contains("经核查属实，已经更正。"))
            let wrong = try await visitor.post(
                "/zh/requests/records/status",
                from: "/zh/requests/records",
                ["number": "G2022-1", "word": "aaaa"]
            )
            #expect(wrong.status == 422)
            let letter = try await officer.get("\(page)/letter").body
            #expect(letter.contains("国知公开更〔2022〕1号"))
            #expect(letter.contains("甲公司"))
            #expect(try await desk.house.annualReports.report(2022).requests[.received, .person] == 0)
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM request") } == 0)
        }
    }

    @Test("is not decided by whoever examined it, nor twice", arguments: Engine.available)
    func apart(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let records = RecordCorrections(desk.house.requests)
            let number = try await records.file(Self.filing, basket: nil).number
            let both = Actor(person: desk.lin.person, name: desk.lin.name, unit: desk.lin.unit, roles: [.drafter, .officeHead])
            try await records.take(.assign, on: number, version: 0, unit: People.office, by: desk.officer)
            try await records.take(.examine, on: number, version: 1, text: "不属实", by: both)
            await #expect(throws: Refusal.self) {
                try await records.take(.refuseCorrection, on: number, version: 2, text: "不属实", by: both)
            }
            try await records.take(.refer, on: number, version: 2, text: "已转送市场监管部门", by: desk.head)
            await #expect(throws: Refusal.outOfTurn) {
                try await records.take(.direct, on: number, version: 3, text: "请向市场监管部门提出", by: desk.head)
            }
            let sealed = try await database.read { try $0.scalar(String.self, "SELECT sealed FROM record_correction") }
            #expect(sealed?.contains("甲公司") == false)
            _ = try await desk.house.requests.deleteExpired(on: Day(2032, 6, 28), keepingYears: 10, by: desk.officer)
            #expect(try await records.party(number, for: desk.officer) == nil)
        }
    }
}
