import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The endpoint for assistants")
struct McpTests {
    @Test("greets, tells its tools, and answers a ping", arguments: Engine.available)
    func greets(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let greeting = try await assistant.call(
                "initialize",
                ["protocolVersion": "2025-06-18", "capabilities": .object([:]), "clientInfo": ["name": "test", "version": "1"]]
            )
            #expect(greeting["result"]?["protocolVersion"] == "2025-06-18")
            #expect(greeting["result"]?["capabilities"]?["tools"] != nil)
            #expect(greeting["result"]?["serverInfo"]?["name"] == "gongkai")
            let older = try await assistant.call("initialize", ["protocolVersion": "1999-01-01"])
            #expect(older["result"]?["protocolVersion"] == "2025-06-18")
            #expect(try await assistant.call("ping")["result"] == .object([:]))
            let tools = try #require(try await assistant.call("tools/list")["result"]?["tools"])
            #expect(
                (0..<tools.count).compactMap { tools[$0]?["name"]?.string } == ["search", "fetch_article", "verify_quotation", "cited_by"]
            )
            #expect(tools[1]?["inputSchema"]?["required"] == ["title"])
            #expect(tools[1]?["inputSchema"]?["properties"]?["at"]?["format"] == "date")
        }
    }

    @Test("takes a notification without a word", arguments: Engine.available)
    func notified(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            for body in [
                #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, #"{"jsonrpc":"2.0","method":"notifications/none"}"#,
                #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
            ] {
                let answer = try await assistant.send(body)
                #expect(answer.status == 202, "\(body)")
                #expect(answer.body.isEmpty)
            }
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private static let bad: [(body: String, status: Int, code: Int)] = [
        ("",                                                                                400, -32700),
        ("{",                                                                               400, -32700),
        (String(repeating: "[", count: 20_000),                                             400, -32700),
        ("\"text\"",                                                                        400, -32600),
        ("[]",                                                                              400, -32600),
        (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,                                    400, -32600),
        (#"{"id":1,"method":"ping"}"#,                                                      400, -32600),
        (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,                                      400, -32600),
        (#"{"jsonrpc":"2.0","id":1}"#,                                                      400, -32600),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#,                                   400, -32600),
        (#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#,                                     400, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":5}"#,                                           400, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,                          200, -32602),
        (#"{"jsonrpc":"2.0","id":"a","method":"resources/list"}"#,                          200, -32601),
        (#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#,                                200, -32602),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}"#,        200, -32602),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#,                    200, -32602),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"none"}}"#,       200, -32602),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":[]}}"#, 200, -32602),
    ]

    @Test("answers what it can not read with the number of the fault", arguments: Engine.available)
    func bad(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            for (body, status, code) in Self.bad {
                let answer = try await assistant.send(body)
                #expect(answer.status == status, "\(body.prefix(80))")
                #expect(answer.body.contains("\"code\":\(code)"), "\(body.prefix(80)) \(answer.body)")
            }
        }
    }

    @Test("refuses parameters that can not be read, each by its name", arguments: Engine.available)
    func parameters(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            let bad: [(String, JSONValue, String)] = [
                ("search", .object([:]), "question is missing."), ("search", ["question": 5], "question is a text, not empty."),
                ("search", ["question": " \u{1} "], "question is a text, not empty."),
                ("search", ["question": .string(String(repeating: "字", count: 201))], "question has at most 200 characters."),
                ("search", ["question": "x", "limit": 51], "limit is 1 to 50."),
                ("search", ["question": "x", "limit": 0], "limit is 1 to 50."),
                ("search", ["question": "x", "limit": "10"], "limit is a whole number."),
                ("search", ["question": "x", "at": "2022-02-30"], "at is a day of the form 2022-05-26."),
                ("search", ["question": "x", "other": 1], "There is no parameter other."),
                ("fetch_article", ["article": "第一条"], "title is missing."),
                ("cited_by", ["title": "花卉法", "article": "头一条"], "article is a number such as 第二十八条 or 28."),
                ("verify_quotation", ["quotation": "。。。花"], "quotation has at least four characters beside punctuation."),
                ("verify_quotation", ["quotation": .string(String(repeating: "字", count: 2001))], "quotation has at most 2000 characters."),
            ]
            for (tool, arguments, sentence) in bad {
                let answer = try await assistant.call("tools/call", ["name": .string(tool), "arguments": arguments])
                #expect(answer["error"]?["code"] == -32602, "\(sentence)")
                #expect(answer["error"]?["message"] == .string(sentence))
            }
        }
    }

    @Test("is no stream, takes no page of another site, and nothing that is too large or of another kind", arguments: Engine.available)
    func doors(engine: Engine) async throws {
        try await Assistant.asks(engine) { assistant in
            for method in [HTTPRequest.Method.get, .put, .delete] {
                let answer = try await assistant.visitor.send(method, "/mcp", [:], [])
                #expect(answer.status == 405)
                #expect(answer.headers[.allow] == "POST")
            }
            let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
            func status(_ name: HTTPField.Name, _ value: String) async throws -> Int {
                var headers = Assistant.headers
                headers[name] = value
                return try await assistant.send(ping, headers).status
            }
            for origin in ["http://evil.example", "http://localhost.evil.example", "https://localhost", "http://localhost:81", "null"] {
                #expect(try await status(.origin, origin) == 403, "\(origin)")
            }
            #expect(try await status(.origin, "http://localhost") == 200)
            #expect(try await status(.origin, "http://LOCALHOST:80") == 200)
            #expect(try await status(.contentType, "text/plain") == 415)
            #expect(try await status(.contentType, "application/json; charset=utf-8") == 200)
            #expect(try await status(.accept, "text/html") == 406)
            #expect(try await status(.accept, "*/*") == 200)
            let revision = try #require(HTTPField.Name("MCP-Protocol-Version"))
            #expect(try await status(revision, "2025-06-18") == 200)
            #expect(try await status(revision, "2031-01-01") == 400)
            let large = try await assistant.send(ping + String(repeating: " ", count: 70_000))
            #expect(large.status == 413)
            #expect(try await assistant.send(ping + String(repeating: " ", count: 60_000)).status == 200)
        }
    }

    @Test("lets one address ask six hundred times a minute")
    func often() async throws {
        try await Assistant.asks(.sqlite) { assistant in
            var last = 200
            for _ in 0..<601 where last == 200 { last = try await assistant.send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).status }
            #expect(last == 429)
        }
    }
}
