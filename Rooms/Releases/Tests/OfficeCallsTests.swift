import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The calls of a signed-in office")
struct OfficeCallsTests {
    private static let token = HTTPField.Name("X-CSRF-Token")!

    private func withVisitor(_ test: (Visitor, House, String) async throws -> Void) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let house = try await TestHouse.on(database)
            let visitor = Visitor(house)
            try await visitor.signIn("zhao")
            let told = try JSONDecoder().decode([String: String].self, from: Data(try await visitor.get("/api/v1/office/session").bytes))
            try await test(visitor, house, told["csrf"] ?? "")
        }
    }

    @Test("are refused to who is not signed in, and without the token", arguments: ["scan", "method", "mosaic/measure"])
    func refused(call: String) async throws {
        try await withVisitor { visitor, house, _ in
            let path = "/api/v1/office/\(call)"
            let bare = try await visitor.send(.post, path, [:], Array("{}".utf8))
            #expect(bare.status == 403)
            #expect(try await visitor.send(.post, path, [Self.token: "1.2"], Array("{}".utf8)).status == 403)
            let stranger = Visitor(house)
            #expect(try await stranger.get("/api/v1/office/session").status == 401)
            #expect(try await stranger.send(.post, path, [:], Array("{}".utf8)).status == 403)
        }
    }

    @Test("scan a file as the command does, keep nothing, and stop at a secrecy mark")
    func scan() async throws {
        try await withVisitor { visitor, house, csrf in
            let path = "/api/v1/office/scan?name=a.docx"
            let bytes = WordFile.bytes("名单", comment: "电话13912345678")
            let answer = try await visitor.send(.post, path, [Self.token: csrf], bytes)
            #expect(answer.status == 200)
            let found = try #require(try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [[String: Any]])
            #expect(found.map { $0["value"] as? String } == ["13912345678"])
            #expect(found.map { $0["kind"] as? String } == ["phone"])
            #expect(Set(found[0].keys) == ["file", "kind", "value", "start", "end", "place", "severity", "confidence", "rule"])
            // The token is good for the session's further calls.
            #expect(try await visitor.send(.post, path, [Self.token: csrf], Array("机密★10年".utf8)).status == 422)
            #expect(try await house.incidents.open().count == 1)
            #expect(try await visitor.send(.post, path, [Self.token: csrf], [0x4D, 0x5A, 0, 0]).status == 422)
            #expect(try await visitor.send(.post, "\(path)&floor=7", [Self.token: csrf], [65]).status == 422)
        }
    }

    @Test("answer the questions on the method")
    func method() async throws {
        try await withVisitor { visitor, _, csrf in
            let path = "/api/v1/office/method"
            let answer = try await visitor.send(
                .post,
                path,
                [Self.token: csrf],
                Array(#"{"madeOrHeldByUs": true, "stateSecret": "yes"}"#.utf8)
            )
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""method":"notDisclosed""#))
            for wrong in ["[]", "no", #"{"none": "yes"}"#, #"{"stateSecret": "perhaps"}"#] {
                #expect(try await visitor.send(.post, path, [Self.token: csrf], Array(wrong.utf8)).status == 422, "\(wrong)")
            }
        }
    }

    @Test("measure a table")
    func measure() async throws {
        try await withVisitor { visitor, _, csrf in
            let table = Array("city,year,amount\na,1,10\na,1,20\nb,2,30\n".utf8)
            let path = "/api/v1/office/mosaic/measure?quasi=city,year&sensitive=amount"
            let answer = try await visitor.send(.post, path, [Self.token: csrf], table)
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""k":1"#))
            #expect(answer.body.contains(#""rows":3"#))
            let none = try await visitor.send(.post, "/api/v1/office/mosaic/measure?quasi=none", [Self.token: csrf], table)
            #expect(none.status == 422)
        }
    }

    @Test("are described path by path")
    func described() throws {
        let room = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let yaml = try String(contentsOf: room.appending(path: "api.yaml"), encoding: .utf8)
        let described = yaml.split(separator: "\n").filter { $0.hasPrefix("  /") }.map { String($0.dropFirst(2).dropLast()) }
        let source = try String(contentsOf: room.appending(path: "Web/OfficeCalls.swift"), encoding: .utf8)
        let routed = source.matches(of: /router\.(?:get|post)\("([^"]+)"/).map { "/\($0.output.1)" }
        #expect(described == routed)
    }
}
