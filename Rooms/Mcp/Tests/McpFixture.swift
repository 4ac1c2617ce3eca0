import Core
import Foundation
import HTTPTypes
import MerkleLog
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

/// A house with three laws and a document of its own, and an assistant that asks it.
struct Assistant {
    let gate: Gate
    let visitor: Visitor

    static func asks(_ engine: Engine, _ test: (Assistant) async throws -> Void) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            _ = try await gate.released()
            try await Self.addLaws(gate.house, reviewer: gate.zhao, leader: gate.wang)
            try await gate.house.library.rebuild()
            try await test(Assistant(gate: gate, visitor: Visitor(gate.house)))
        }
    }

    private static func addLaws(_ house: House, reviewer: Actor, leader: Actor) async throws {
        let records = try laws.map { try JSONDecoder().decode(NormRecord.self, from: Data($0.utf8)) }
        let contents = records.map { record in
            Content(
                kind: .law,
                language: .zh,
                title: record.title,
                documentNumber: record.docNumber,
                unit: People.office,
                column: "laws",
                body: record.text,
                status: record.status,
                sourceID: record.id
            )
        }
        let manifest = Hash(of: contents.map(\.hash.hex).joined(separator: "\n"))
        let batch = try await house.releases.open(
            title: "法律",
            manifest: manifest,
            works: contents.count,
            reviewer: reviewer,
            leader: leader
        )
        try await house.releases.put(contents, in: batch)
        try await NormRecords(house.database).put(records)
    }

    private static let laws = [
        """
        {"id": "flower", "title": "中华人民共和国花卉法", "doc_number": "主席令第五十五号", "issuer": "全国人民代表大会常务委员会", \
        "type": "法律", "issued": "2008-12-27", "version_date": "2020-10-17", "effective": "2021-06-01", "status": "现行有效", "status_source": "法规库（2022-05）", \
        "crawled_on": "2022-05-01", "versions": [\
        {"version_date": "2008-12-27", "effective": "2009-10-01", "current": false, "text": "第一条 花卉的保护期为十年，自登记之日起计算。\\n第二条 花农应当登记。"},\
        {"version_date": "2020-10-17", "effective": "2021-06-01", "current": true}], \
        "text": "第一条 花卉的保护期为十五年，自登记之日起计算。\\n第二条 花农应当登记。\\n第三条 本法自2021年6月1日起施行。"}
        """,
        """
        {"id": "florist", "title": "花卉代理条例", "doc_number": "国务院令第706号", "issuer": "国务院", "type": "行政法规", \
        "issued": "2021-09-01", "version_date": "2021-09-01", "effective": "2021-10-01", "status": "现行有效", "status_source": "法规库（2022-05）", "crawled_on": "2022-05-01", \
        "text": "第一条 根据《中华人民共和国花卉法》，制定本条例。\\n第二条 花卉代理机构依照花卉法第二条办理登记。\\n\
        第三条 本条例自2021年10月1日起施行。2003年公布的《花卉代理旧条例》同时废止。"}
        """,
        """
        {"id": "old", "title": "花卉代理旧条例", "issuer": "国务院", "type": "行政法规", "issued": "2003-03-01", \
        "version_date": "2003-03-01", "effective": "2003-04-01", "text": "第一条 花卉代理机构应当缴纳保证金。\\n第二条 本条例自2003年4月1日起施行。"}
        """,
    ]

    static let headers: HTTPFields = [.contentType: "application/json", .accept: "application/json, text/event-stream"]

    /// Sends a body as it stands.
    func send(_ body: String, _ headers: HTTPFields = Self.headers) async throws -> Visitor.Answer {
        try await visitor.send(.post, "/mcp", headers, Array(body.utf8))
    }

    /// Calls a method, and reads what comes back.
    func call(_ method: String, _ params: JSONValue = .object([:])) async throws -> JSONValue {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 7, "method": .string(method), "params": params]
        let answer = try await send(String(decoding: try JSONEncoder().encode(message), as: UTF8.self))
        #expect(answer.status == 200)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
        #expect(value["id"] == 7)
        #expect(value["jsonrpc"] == "2.0")
        return value
    }

    /// What a tool answers, structured; the text is the same.
    func tool(_ name: String, _ arguments: JSONValue, isError: Bool = false) async throws -> JSONValue {
        let value = try await call("tools/call", ["name": .string(name), "arguments": arguments])
        let result = try #require(value["result"], "\(value)")
        #expect(result["isError"] == .bool(isError), "\(result)")
        let structured = try #require(result["structuredContent"])
        guard case .array(let content)? = result["content"], let text = content.first?["text"]?.string else {
            Issue.record("no content")
            return structured
        }
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == structured)
        return structured
    }

    /// The number of the fault that a call meets.
    func fault(_ method: String, _ params: JSONValue) async throws -> JSONValue? {
        try await call(method, params)["error"]?["code"]
    }
}

extension JSONValue {
    subscript(_ place: Int) -> JSONValue? {
        guard case .array(let values) = self, values.indices.contains(place) else { return nil }
        return values[place]
    }

    var count: Int {
        guard case .array(let values) = self else { return 0 }
        return values.count
    }
}
