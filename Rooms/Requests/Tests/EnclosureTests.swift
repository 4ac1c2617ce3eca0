import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("Files that applicants send")
struct EnclosureTests {
    private static let typed = [
        "subject": "外观设计保护期限", "description": "2022年的资料", "kind": "person", "name": "李四", "identity": "11010519491231002X",
        "contact": "li@example.com", "form": "电子邮件",
    ]
    static let png = [UInt8](
        Data(
            base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        ) ?? Data()
    )

    /// A form with files, as a browser sends it.
    static func upload(_ fields: [String: String], _ files: [(field: String, name: String, bytes: [UInt8])]) -> (HTTPFields, [UInt8]) {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--XX\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "--XX\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n"
            body += Array(head.utf8) + file.bytes + Array("\r\n".utf8)
        }
        return ([.contentType: "multipart/form-data; boundary=XX"], body + Array("--XX--\r\n".utf8))
    }

    struct Case: CustomTestStringConvertible, Sendable {
        /// Ten megabytes need not stand in the log.
        var testDescription: String { name }
        let name: String
        let bytes: [UInt8]
        var already = 0
        var kind: Enclosure.Kind?
    }

    static let cases: [Case] = [
        Case(name: "a.pdf", bytes: Array("%PDF-1.7".utf8), kind: .pdf), Case(name: "a.txt", bytes: Array("资料".utf8), kind: .text),
        Case(name: "a.pdf", bytes: png, kind: .png), Case(name: "a.exe", bytes: [0x4D, 0x5A, 0, 1]), Case(name: "a.txt", bytes: []),
        Case(name: "a\u{202E}fdp.exe", bytes: Array("x".utf8)), Case(name: "a.txt", bytes: Array("x".utf8), already: 6),
        Case(name: "big.txt", bytes: Array(repeating: 65, count: (10 << 20) + 1)),
    ]

    @Test("are told apart by their bytes, and refused with a sentence", arguments: cases)
    func kinds(_ each: Case) throws {
        let before = (0..<each.already).map {
            Enclosure(key: "\($0)", name: "x", kind: .text, purpose: .support, size: 1, hash: "", unread: "", at: Moment(milliseconds: 0))
        }
        if let kind = each.kind {
            #expect(try Enclosure.check(each.name, each.bytes, after: before, field: "f").kind == kind)
        } else {
            #expect(throws: Refusal.self) { try Enclosure.check(each.name, each.bytes, after: before, field: "f") }
        }
    }

    @Test("are kept while the form is refused and offered what is public, sealed, and opened by the desk", arguments: Engine.available)
    func filing(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.released()
            let visitor = Visitor(gate.house)
            var fields = Self.typed.merging(["contact": "", "csrf": try await visitor.seal(of: "/zh/requests/new")]) { $1 }
            let (head, body) = Self.upload(
                fields,
                [
                    ("identityFile", "身份证.png", Self.png), ("supportFile", "a.exe", [0x4D, 0x5A, 0]),
                    ("supportFile", "说明.txt", Array("附上说明".utf8)),
                ]
            )
            let refused = try await visitor.send(.post, "/zh/requests/new", head, body)
            #expect(refused.status == 422)
            #expect(refused.body.contains("“a.exe”不是PDF"))
            #expect(refused.body.contains("身份证.png"))
            #expect(refused.body.contains("说明.txt"))
            #expect(refused.body.contains("外观设计保护期限"))
            func hidden(_ name: String, _ html: String) throws -> String {
                String(try #require(html.components(separatedBy: "name=\"\(name)\" value=\"").last).prefix { $0 != "\"" })
            }
            fields = Self.typed
            fields["basket"] = try hidden("basket", refused.body)
            fields["csrf"] = try hidden("csrf", refused.body)
            let offered = try await visitor.post("/zh/requests/new", fields)
            #expect(offered.body.contains("也许已经公开"))
            fields["basket"] = try hidden("basket", offered.body)
            fields["csrf"] = try hidden("csrf", offered.body)
            #expect(try await visitor.post("/zh/requests", fields).body.contains("2022-1"))
            let stored = try await database.read { try $0.all(String.self, "SELECT sealed FROM request_attachment") }
            #expect(stored.count == 2)
            #expect(!stored.contains { $0.contains("附上说明") })
            let officer = Visitor(gate.house)
            try await officer.signIn("admin")
            let page = try await officer.get("/zh/office/requests/2022-1").body
            #expect(page.contains("说明.txt"))
            let admin = try await gate.house.people.actor("admin")
            let files = try await gate.house.requests.attachments(of: "2022-1", for: admin)
            #expect(files.map(\.name) == ["身份证.png", "说明.txt"])
            let taken = try await officer.get("/zh/office/requests/2022-1/files/\(files[1].key)")
            #expect(taken.body == "附上说明")
            #expect(taken.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            let lin = try await gate.house.people.actor("lin")
            #expect(try await gate.house.requests.attachments(of: "2022-1", for: lin).map(\.name) == ["说明.txt"])
            await #expect(throws: Refusal.self) { try await gate.house.requests.attachment(files[0].key, of: "2022-1", for: lin) }
            await #expect(throws: Refusal.notFound) { try await gate.house.requests.attachment(files[0].key, of: "2022-2", for: admin) }
        }
    }

    @Test("with a secrecy mark are stopped, and nothing of them is stored", arguments: Engine.available)
    func marked(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let visitor = Visitor(house)
            let (head, body) = Self.upload(
                Self.typed.merging(["csrf": try await visitor.seal(of: "/zh/requests/new")]) { $1 },
                [("supportFile", "a.txt", Array("机密★5年\n某某方案".utf8))]
            )
            let answer = try await visitor.send(.post, "/zh/requests/new", head, body)
            #expect(answer.status == 422)
            #expect(answer.body.contains("国家秘密标志"))
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM request_attachment") } == 0)
            #expect(try await house.incidents.open().count == 1)
        }
    }

    @Test("come with a correction on the applicant's own page, whose day starts the clock anew", arguments: Engine.available)
    func correction(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let receipt = try await desk.receipt()
            let visitor = Visitor(desk.house)
            let opening = ["number": receipt.number, "word": receipt.word]
            let early = try await visitor.post("/zh/requests/correction", from: "/zh/requests", opening.merging(["correction": "x"]) { $1 })
            #expect(early.status == 409)
            try await desk.take(.askToCorrect, receipt.number, by: desk.officer) { $0.note = "请写明年份" }
            let own = try await visitor.post("/zh/requests/status", from: "/zh/requests", opening).body
            #expect(own.contains("提交补正"))
            let seal = String(try #require(own.components(separatedBy: "name=\"csrf\" value=\"").last).prefix { $0 != "\"" })
            let (head, body) = Self.upload(
                opening.merging(["correction": "是2021年的<b>名单</b>", "csrf": seal]) { $1 },
                [("correctionFile", "名单.png", Self.png)]
            )
            let sent = try await visitor.send(.post, "/zh/requests/correction", head, body)
            #expect(sent.status == 200)
            #expect(sent.body.contains("是2021年的&lt;b&gt;名单"))
            #expect(sent.body.contains("名单.png"))
            // What an applicant writes is not to be read in the database.
            let stored = try await desk.house.database.read { try $0.all(String.self, "SELECT body FROM request_correction") }
            #expect(stored.count == 1)
            #expect(!stored[0].contains("2021年"))
            let notices = try await desk.house.requests.notices(for: desk.officer, on: Day(2022, 5, 30))
            #expect(notices.map(\.zh) == ["申请2022-1的申请人提交了补正"])
            let officer = Visitor(desk.house)
            try await officer.signIn("admin")
            let page = "/zh/office/requests/\(receipt.number)"
            _ = try await officer.post("\(page)/correct", from: page, ["version": "1", "on": ""])
            let entry = try await desk.house.requests.entry(receipt.number, calendar: desk.house.calendar)
            #expect(entry.request.state == .received)
            #expect(entry.clock.due == Day(2022, 6, 28))
            try await desk.take(.withdraw, receipt.number, by: desk.officer)
            _ = try await desk.house.requests.deleteExpired(on: Day(2032, 6, 28), keepingYears: 10, by: desk.officer)
            #expect(try await desk.house.requests.corrections(of: receipt.number) == [])
        }
    }

    @Test("are not even opened where a form brings more than a request may have")
    func many() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let visitor = Visitor(gate.house)
            let fields = Self.typed.merging(["csrf": try await visitor.seal(of: "/zh/requests/new")]) { $1 }
            let files = (1...7).map { ("supportFile", "\($0).txt", Array("附上说明".utf8)) }
            let (head, body) = Self.upload(fields, files)
            let answer = try await visitor.send(.post, "/zh/requests/new", head, body)
            #expect(answer.body.contains("附件至多6个"))
            #expect(answer.body.contains(Self.typed["subject"] ?? "?"))
            let kept = try await gate.house.database.read { try $0.scalar(Int.self, "SELECT count(*) FROM request_attachment") }
            #expect(kept == 0)
        }
    }

    @Test("are deleted with who asked, and from baskets that nobody filed", arguments: Engine.available)
    func retention(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await DisclosureRequestsTests.Desk(database)
            let requests = desk.house.requests
            let sent = DisclosureRequests.Sent(name: "a.png", kind: .png, purpose: .identity, bytes: Self.png, unread: "")
            try await requests.keep([sent], in: "filed")
            try await requests.keep([sent], in: "left")
            let number = try await requests.file(
                DisclosureRequestsTests.filing,
                basket: "filed",
                calendar: desk.house.calendar,
                by: desk.officer
            ).number
            #expect(try await requests.emptyBaskets(before: desk.house.world.now().adding(hours: -24)) == 0)
            #expect(try await requests.emptyBaskets(before: desk.house.world.now().adding(hours: 24)) == 1)
            #expect(try await requests.attachments(of: number).count == 1)
            try await desk.take(.withdraw, number, by: desk.officer)
            #expect(try await requests.expiredAttachments(on: Day(2032, 5, 1), keepingYears: 10).isEmpty)
            let held = try await requests.expiredAttachments(on: Day(2032, 6, 28), keepingYears: 10)
            #expect(held.map(\.request) == [number])
            #expect(held.map(\.size) == [Self.png.count])
            _ = try await requests.deleteExpired(on: Day(2032, 6, 28), keepingYears: 10, by: desk.officer)
            #expect(try await requests.attachments(of: number).isEmpty)
        }
    }
}
