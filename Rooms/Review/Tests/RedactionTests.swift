import Core
import MerkleLog
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("Redaction at the review")
struct RedactionTests {
    static let body = "第一条 联系人手机13912345678，办理备案。\n第二条 备案电话13912345678。"

    @Test("prints ▇ for each character with the article behind it, or five for every place")
    func blackening() {
        let text = "甲13912345678乙"
        let phone = 3..<14
        #expect(Blackening.apply([(phone, .privacy)], to: text) == "甲▇▇▇▇▇▇▇▇▇▇▇（条例第十五条）乙")
        #expect(Blackening.apply([(phone, .enforcementFile)], to: text, fixedWidth: true) == "甲▇▇▇▇▇（条例第十六条）乙")
        #expect(Blackening.apply([(3..<9, .privacy), (5..<14, .privacy)], to: text, fixedWidth: true) == "甲▇▇▇▇▇（条例第十五条）▇▇▇▇▇（条例第十五条）乙")
        #expect(Blackening.apply([(40..<50, .privacy)], to: text) == text)
    }

    private func atReviewer(_ gate: Gate, _ document: Document) async throws -> Review {
        let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
        try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
        return review
    }

    @Test(
        "makes what was decided unreadable in the text, voids the review, and the released body bears the article",
        arguments: Engine.available
    )
    func body(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft(Self.body)
            let review = try await atReviewer(gate, document)
            let phones = try await gate.house.reviews.findings(of: review).filter { $0.finding.printed == "13912345678" }
            #expect(phones.count == 2)
            for phone in phones.map(\.finding) {
                try await gate.house.reviews.decide(
                    phone.range.lowerBound,
                    phone.rule.rawValue,
                    .redact,
                    reason: "私人号码",
                    ground: .privacy,
                    on: review.key,
                    by: gate.zhao
                )
            }
            await #expect(throws: Refusal.self) { try await gate.house.reviews.blackOut(review.key, by: gate.lin) }
            #expect(try await gate.house.reviews.blackOut(review.key, by: gate.zhao) == 2)
            #expect(try await gate.house.reviews.review(review.key).review.state == .void)
            let key = try await gate.release(try await gate.house.documents.document(document.key))
            let (_, content) = try await gate.house.releases.release(key)
            #expect(content.body == "第一条 联系人手机▇▇▇▇▇▇▇▇▇▇▇（条例第十五条），办理备案。\n第二条 备案电话▇▇▇▇▇▇▇▇▇▇▇（条例第十五条）。")
            #expect(try await gate.house.releases.search("13912345678").total == 0)
        }
    }

    @Test("rebuilds an attachment, shows it before and after, and lets the rendition alone go out")
    func attachment() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let lin = Visitor(gate.house)
            try await lin.signIn("lin")
            let page = "/zh/office/documents/\(document.key)/attachments"
            let bytes = WordFile.bytes("名单\n甲公司 13912345678\n乙公司 报价三百万元", comment: "电话13912345678")
            #expect(try await lin.upload(page, from: page, "file", "名单.docx", bytes).status == 303)
            let original = try await gate.house.documents.document(document.key).attachments[0].hash
            let review = try await atReviewer(gate, document)
            let zhao = Visitor(gate.house)
            try await zhao.signIn("zhao")
            let redact = "/zh/office/reviews/\(review.key)/redact"
            #expect(try await zhao.get(redact).body.contains("value=\"13912345678\""))
            let nothing = try await zhao.post("\(redact)/1", from: redact, ["reason": "理由", "ground": "privacy"])
            #expect(nothing.status == 422)
            #expect(nothing.body.contains("请选择或者填写要遮盖的内容"))
            let fields = ["pick": "13912345678", "more": "报价三百万元 | 商业秘密", "reason": "第三方不同意", "ground": "privacy"]
            let made = try await zhao.post("\(redact)/1", from: redact, fields)
            #expect(made.status == 303, "\(made.body)")
            let shown = try await zhao.get(redact).body
            #expect(shown.contains("已制作并验证"))
            #expect(shown.contains("▇▇▇▇▇▇▇▇▇▇▇（条例第十五条）"))
            #expect(try await zhao.post("\(redact)/1/adopt", from: redact, [:]).status == 303)
            let held = try await gate.house.documents.attachments(of: document.key)[0]
            #expect(held.original == original)
            #expect(held.attachment.hash != original)
            #expect(!held.pieces.map(\.text).joined().contains("13912345678"))
            #expect(!held.pieces.map(\.text).joined().contains("三百万元"))
            #expect(try await gate.house.reviews.review(review.key).review.state == .void)
            let key = try await gate.release(try await gate.house.documents.document(document.key))
            let file = try await Visitor(gate.house).get("/zh/releases/\(key)/attachments/1")
            #expect(Hash(of: file.bytes).hex == held.attachment.hash)
            #expect(try await gate.house.log.verify().faults == [])
        }
    }

    @Test("is the reviewer's alone, and only while the review is theirs")
    func whose() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft(Self.body)
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.reviews.blackOut(review.key, by: gate.zhao) }
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.reviews.adopt(1, on: review.key, by: gate.zhao) }
            await #expect(throws: Refusal.self) { try await gate.house.reviews.adopt(1, on: review.key, by: gate.wang) }
        }
    }
}
