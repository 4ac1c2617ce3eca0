import Core
import HTTPTypes
import MerkleLog
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("An attachment")
struct AttachmentTests {
    private static let notice = WordFile.bytes("名单\n一、甲公司\n二、乙公司", comment: "联系人手机13912345678")

    /// A draft to which the file was attached at the desk.
    private func attached(_ gate: Gate, _ name: String = "名单.docx", _ bytes: [UInt8] = notice) async throws -> (Document, Visitor.Answer) {
        let document = try await gate.draft()
        let visitor = Visitor(gate.house)
        try await visitor.signIn("lin")
        let page = "/zh/office/documents/\(document.key)/attachments"
        let answer = try await visitor.upload(page, from: page, "file", name, bytes)
        return (try await gate.house.documents.document(document.key), answer)
    }

    @Test("is under the hash that is signed, and a text without one keeps the hash it had")
    func hash() throws {
        var content = Content(kind: .notice, language: .zh, title: "题", unit: "u", column: "notices", body: "文")
        #expect(content.canonical == #"{"body":"文","column":"notices","kind":"notice","language":"zh","title":"题","unit":"u"}"#)
        let before = content.hash
        content.attachments = [Attachment(name: "a.pdf", type: "application/pdf", size: 3, hash: "00")]
        #expect(content.hash != before)
        #expect(content.canonical.hasPrefix(#"{"attachments":[{"hash":"00","name":"a.pdf","size":3,"type":"application/pdf"}],"#))
    }

    @Test(
        "has a name without folders or signs that no system takes",
        arguments: [("../../etc/passwd", "passwd"), ("C:\\x\\名 单.docx", "名 单.docx"), ("a\"b\u{7}.pdf", "ab.pdf"), ("..", "file")]
    )
    func names(name: String, safe: String) { #expect(Attachment.safe(name) == safe) }

    @Test("is read to the bottom, and what is found in it is decided like the text's", arguments: Engine.available)
    func findings(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let (document, answer) = try await attached(gate)
            #expect(answer.status == 303)
            #expect(document.attachments.map(\.name) == ["名单.docx"])
            #expect(document.version == 2)
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            let found = try await gate.house.reviews.findings(of: review)
            let phone = try #require(found.first { $0.finding.printed == "13912345678" })
            #expect(phone.place?.hasPrefix("名单.docx, comment") == true)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            }
            for open in found.filter(\.isOpen).map(\.finding) {
                try await gate.house.reviews.decide(
                    open.range.lowerBound,
                    open.rule.rawValue,
                    .accept,
                    reason: "公开的联系电话",
                    on: review.key,
                    by: gate.zhao
                )
            }
            try await gate.assess(review)
            try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
        }
    }

    @Test("voids what was signed when it comes, and when it goes", arguments: Engine.available)
    func voids(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let review = try await gate.reviewed()
            try await gate.house.reviews.attach("a.txt", "text/plain", [65], [], to: review.document, by: gate.lin)
            #expect(try await gate.house.reviews.review(review.key).review.state == .void)
            let second = try await gate.house.reviews.submit(review.document, by: gate.lin)
            try await gate.house.reviews.detach(1, from: review.document, by: gate.lin)
            #expect(try await gate.house.reviews.review(second.key).review.state == .void)
            #expect(try await gate.house.documents.document(review.document).content.hash.hex == review.hash)
            await #expect(throws: Refusal.notFound) { try await gate.house.reviews.detach(1, from: review.document, by: gate.lin) }
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.attach("a.txt", "text/plain", [65], [], to: review.document, by: gate.zhao)
            }
        }
    }

    @Test("with a secrecy mark anywhere is not stored, and leaves an incident", arguments: ["text", "comment", "inner"])
    func marked(place: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let inner = WordFile.zip([("内.docx", WordFile.bytes("机密★10年\n内容"))])
            let bytes =
                switch place {
                case "text": WordFile.bytes("机密★10年\n内容")
                case "comment": WordFile.bytes("名单", comment: "机密★10年")
                default: WordFile.zip([("外.txt", Array("通知".utf8)), ("包.zip", inner)])
                }
            let (document, answer) = try await attached(gate, "名单.docx", bytes)
            #expect(answer.status == 422)
            #expect(document.attachments.isEmpty)
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM attachment_file") } == 0)
            #expect(try await gate.house.incidents.open().map(\.level) == ["机密★10年"])
        }
    }

    @Test("that is empty, is a program or can not be read is refused with a sentence")
    func refused() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let page = "/zh/office/documents/\(document.key)/attachments"
            let page1 = Array("<html><body><script>alert(1)</script>名单</body></html>".utf8)
            let cases: [(String, [UInt8], String)] = [
                ("a.exe", [0x4D, 0x5A, 0, 0], "不认识这种文件格式"),
                ("a.doc", [0xD0, 0xCF, 0x11, 0xE0], "已损坏"),
                ("a.html", page1, "文件含有宏或者脚本"),
                ("a.txt", [], "文件里没有文字"),
            ]
            for (name, bytes, sentence) in cases {
                let answer = try await visitor.upload(page, from: page, "file", name, bytes)
                #expect(answer.status == 422, "\(name)")
                #expect(answer.body.contains(sentence), "\(name)")
            }
            #expect(try await gate.house.documents.document(document.key).attachments.isEmpty)
        }
    }

    @Test("is listed and served with the release, and gone with it", arguments: ["zh", "en"])
    func served(language: String) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let bytes: [UInt8] = Array("名单：甲、乙\n".utf8)
            try await gate.house.reviews.attach("名 单.txt", "text/plain; charset=utf-8", bytes, [], to: document.key, by: gate.lin)
            let key = try await gate.release(try await gate.house.documents.document(document.key))
            let visitor = Visitor(gate.house)
            let page = "/\(language)/releases/\(key)"
            #expect(try await visitor.get(page).body.contains("href=\"\(page)/attachments/1\">名 单.txt</a>"))
            let file = try await visitor.get("\(page)/attachments/1")
            #expect(file.bytes == bytes)
            #expect(file.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(file.headers[.xContentTypeOptions] == "nosniff")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"_ _.txt\"; filename*=UTF-8''%E5%90%8D%20%E5%8D%95%2Etxt")
            #expect(try await visitor.get("/api/v1/releases/\(key)").body.contains("\"attachments\":[{"))
            for none in ["0", "2", "x"] { #expect(try await visitor.get("\(page)/attachments/\(none)").status >= 400) }
            #expect(try await gate.house.log.verify().faults == [])
            try await gate.house.releases.withdraw(key, reason: "内容有误", by: gate.wang)
            gate.house.forgetPages()
            #expect(try await visitor.get("\(page)/attachments/1").status == 404)
        }
    }

    @Test("that was changed behind the house's back is seen by the log's verification", arguments: Engine.available)
    func verified(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            try await gate.house.reviews.attach("a.txt", "text/plain", [65, 66], [], to: document.key, by: gate.lin)
            let key = try await gate.release(try await gate.house.documents.document(document.key))
            #expect(try await gate.house.log.verify().faults == [])
            let other: [UInt8] = [65, 67]
            try await database.write { try $0.run("UPDATE attachment_file SET bytes = \(other)") }
            let faults = try await gate.house.log.verify().faults
            #expect(faults.count == 2)
            #expect(faults.last == "the attachment a.txt of 外观设计办法 (\(key)) is not there as it was signed")
        }
    }

    @Test("goes to a recipient of limited scope with the text, and to nobody else")
    func limited() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            try await gate.house.reviews.attach("a.txt", "text/plain", [65], [], to: document.key, by: gate.lin)
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            let answers = DisclosureMethodTests.free.merging([.scopePrescribed: .yes]) { $1 }
            try await gate.house.releases.choose(answers, for: review.key, by: gate.wang)
            let limited = gate.house.limited
            let key = try await limited.release(
                review: review.key,
                seeing: review.hash,
                reason: "理由",
                until: Day(2022, 6, 30),
                by: gate.wang
            )
            let token = try #require(try await limited.give(key, to: "张三", "z@example.com", .link, by: gate.wang).token)
            let reader = Visitor(gate.house)
            let opened = try await reader.post("/zh/limited/open", from: "/zh/limited/\(token)", ["token": token])
            let page = try #require(opened.headers[.location])
            #expect(try await reader.get("\(page)/attachments/1").bytes == [65])
            let stranger = try await Visitor(gate.house).get("\(page)/attachments/1")
            #expect(stranger.status == 404)
            #expect(stranger.body.contains("此链接不能打开文件"))
        }
    }
}

@Suite("A file from which a text is read")
struct DeepUploadTests {
    @Test("is refused for a secrecy mark in a comment, and shows what else is hidden in it")
    func hidden() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let page = "/zh/office/documents/new"
            let marked = WordFile.bytes("关于通知的函\n各单位：请办理。", comment: "秘密★5年")
            #expect(try await visitor.upload(page, from: page, "file", "a.docx", marked).status == 422)
            #expect(try await gate.house.incidents.open().count == 1)
            let commented = WordFile.bytes("关于通知的函\n各单位：请办理。", comment: "老王说先别发")
            let read = try await visitor.upload(page, from: page, "file", "a.docx", commented)
            #expect(read.status == 200)
            #expect(read.body.contains("老王说先别发"))
            #expect(read.body.contains("原文件不得原样外发"))
        }
    }
}
