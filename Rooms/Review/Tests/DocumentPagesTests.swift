import Core
import HTTPTypes
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("The desk's page of a document")
struct DocumentPagesTests {
    @Test("is not opened by a drafter of another unit", arguments: Engine.available)
    func otherUnit(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.people.add(
                "gu",
                name: Text("顾新", "Gu Xin"),
                unit: "law",
                roles: [.drafter, .unitHead],
                password: TestHouse.password
            )
            let visitor = Visitor(gate.house)
            try await visitor.signIn("gu")
            let paths = ["documents/\(document.key)", "reviews/\(review.key)"]
            for path in paths { #expect(try await visitor.get("/zh/office/\(path)").status == 403, "\(path)") }
            let gu = try await gate.house.people.actor("gu")
            await #expect(throws: Refusal.self) {
                try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gu)
            }
        }
    }

    @Test("takes the same notice again as a new version, and not as a second document", arguments: Engine.available)
    func again(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let typed = ["title": document.title, "documentNumber": "国知办函办字[2022]1号", "language": "zh", "kind": "notice", "body": "改过的正文"]
            let refused = try await visitor.post("/zh/office/documents", from: "/zh/office/documents/new", typed)
            #expect(refused.status == 422)
            #expect(refused.body.contains("改过的正文"))
            #expect(refused.body.contains("formaction=\"/zh/office/documents/\(document.key)\""))
            let saved = try await visitor.post(
                "/zh/office/documents/\(document.key)",
                from: "/zh/office/documents/new",
                typed.merging(["sameVersion": "1", "version": ""]) { $1 }
            )
            #expect(saved.headers[.location] == "/zh/office/documents/\(document.key)")
            #expect(try await gate.house.documents.document(document.key).body == "改过的正文")
            let second = try await visitor.post(
                "/zh/office/documents",
                from: "/zh/office/documents/new",
                typed.merging(["another": "yes"]) { $1 }
            )
            #expect(second.status == 303 || second.status == 302)
        }
    }

    @Test("still says that the text is under review when a change is refused", arguments: Engine.available)
    func underReview(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            _ = try await gate.house.reviews.submit(document.key, by: gate.lin)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            let page = "/zh/office/documents/\(document.key)"
            let answer = try await visitor.post(page, from: page, ["version": "1", "title": "", "body": "正文"])
            #expect(answer.status == 422)
            #expect(answer.body.contains("待处室负责人审核"))
            #expect(!answer.body.contains("/submit\""))
        }
    }

    @Test(
        "stores nothing of a secrecy mark in any field",
        arguments: Engine.available,
        ["documentNumber", "topic", "issuer", "indexNumber"]
    )
    func marks(engine: Engine, field: String) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let visitor = Visitor(gate.house)
            try await visitor.signIn("lin")
            var typed = ["title": "通知", "body": "正文", "language": "zh", "kind": "notice"]
            typed[field] = "机密★10年"
            let answer = try await visitor.post("/zh/office/documents", from: "/zh/office/documents/new", typed)
            #expect(answer.status == 422)
            #expect(answer.body.contains("24小时"))
            #expect(!answer.body.contains("机密★10年"))
            #expect(try await gate.house.documents.newest(unit: nil).isEmpty)
            #expect(try await gate.house.incidents.open().count == 1)
        }
    }
}
