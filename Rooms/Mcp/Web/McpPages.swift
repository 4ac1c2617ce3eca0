import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// The endpoint that assistants ask: the Model Context Protocol over streamable HTTP, revision 2025-06-18.
///
/// It keeps no sessions and opens no streams: each message is answered by itself.
struct McpPages: Sendable {
    let house: House
    private let tools: McpTools

    init(house: House) {
        self.house = house
        tools = McpTools(house)
    }

    func add(to router: Router<Visit>) {
        router.post("mcp", use: take)
        for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
            router.on("mcp", method: method) { _, _ in Response(status: .methodNotAllowed, headers: [.allow: "POST"]) }
        }
    }

    /// Those that are spoken, the newest first.
    static let revisions = ["2025-06-18", "2025-03-26"]
    static let mostBytes = 64 << 10

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        if let no = try refusal(of: request) { return no }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Self.mostBytes) } catch is NIOTooManyBytesError {
            return try Self.answer(RemoteFault(.request, "A message has at most 64 KB."), .contentTooLarge)
        }
        let call: RemoteCall
        do { call = try RemoteCall(Array(body.readableBytesView)) } catch {
            return try Self.answer(error, error.code == .params ? .ok : .badRequest)
        }
        guard case .request(let id, let method, let params) = call else { return Response(status: .accepted) }
        do {
            return try await result(of: method, params, id)
        } catch let fault as RemoteFault {
            return try Self.answer(RemoteFault(fault.code, fault.message, id: id), .ok)
        }
    }

    // MARK: before the message is read

    private func refusal(of request: Request) throws -> Response? {
        // A page of another site that has this house's name resolve to this machine must not ask through a visitor's browser.
        if let origin = request.headers[.origin], !Self.isOwn(origin, site: house.site) {
            return try Self.answer(RemoteFault(.request, "Requests from the pages of another site are not taken."), .forbidden)
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.mostBytes {
            return try Self.answer(RemoteFault(.request, "A message has at most 64 KB."), .contentTooLarge)
        }
        let type = (request.headers[.contentType] ?? "").split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        guard type == "application/json" else {
            return try Self.answer(RemoteFault(.request, "The body is application/json."), .unsupportedMediaType)
        }
        let accepted = (request.headers[.accept] ?? "*/*").lowercased()
        guard ["application/json", "application/*", "*/*"].contains(where: accepted.contains) else {
            return try Self.answer(RemoteFault(.request, "Answers are application/json."), .notAcceptable)
        }
        if let revision = request.headers[.mcpRevision], !Self.revisions.contains(revision) {
            let spoken = Self.revisions.joined(separator: ", ")
            return try Self.answer(RemoteFault(.request, "Revision \(revision) is not spoken; \(spoken) are."), .badRequest)
        }
        return nil
    }

    static func isOwn(_ origin: String, site: String) -> Bool {
        guard let asking = Self.origin(of: origin), let own = Self.origin(of: site) else { return false }
        return asking == own
    }

    /// Scheme, name and port of an address.
    private static func origin(of address: String) -> String? {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased() else { return nil }
        return "\(scheme)://\(host):\(url.port ?? (scheme == "https" ? 443 : 80))"
    }

    // MARK: methods

    private func result(of method: String, _ params: JSONValue, _ id: JSONValue) async throws -> Response {
        switch method {
        case "initialize": return try Self.answer(try Self.greeting(params), id)
        case "ping": return try Self.answer([:], id)
        case "tools/list":
            guard params["cursor"] == nil else { throw RemoteFault(.params, "There is one page of tools: leave the cursor out.") }
            return try Self.answer(["tools": .array(McpTools.described)], id)
        case "tools/call": return try Self.answer(try await tools.call(params), id)
        default: throw RemoteFault(.method, "There is no method \(method.prefix(60)).")
        }
    }

    private static func greeting(_ params: JSONValue) throws(RemoteFault) -> JSONValue {
        guard let asked = params["protocolVersion"]?.string else { throw RemoteFault(.params, "protocolVersion is missing.") }
        return [
            "protocolVersion": .string(revisions.contains(asked) ? asked : revisions[0]),
            "capabilities": ["tools": ["listChanged": false]],
            "serverInfo": ["name": "gongkai", "title": .string("\(Agency.name.zh) \(Agency.name.en)"), "version": "1"],
            "instructions": """
            Public documents and laws of the office, each proved by a leaf of a transparency log. Law is answered as of a day: give \
            `at` (YYYY-MM-DD) when the question is about another day than today, and quote status, dates and url with every statement. \
            Before you show words as a quotation, check them with verify_quotation.
            """,
        ]
    }

    private struct Outcome<T: Encodable>: Encodable {
        let jsonrpc = "2.0"
        let id: JSONValue
        let result: T
    }

    private struct Failure: Encodable {
        struct Fault: Encodable {
            let code: Int
            let message: String
        }
        let jsonrpc = "2.0"
        let id: JSONValue
        let error: Fault
    }

    private static func answer(_ result: JSONValue, _ id: JSONValue) throws -> Response {
        try Response.json(Outcome(id: id, result: result)).unkept
    }

    private static func answer(_ fault: RemoteFault, _ status: HTTPResponse.Status) throws -> Response {
        try Response.json(Failure(id: fault.id, error: .init(code: fault.code.rawValue, message: fault.message)), status: status).unkept
    }
}

extension Response {
    fileprivate var unkept: Response {
        var response = self
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension HTTPField.Name {
    static let mcpRevision = HTTPField.Name("MCP-Protocol-Version").unsafelyUnwrapped
}
