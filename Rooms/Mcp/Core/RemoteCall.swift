import Foundation

/// One message of JSON-RPC 2.0, as the Model Context Protocol sends it over HTTP: one a body, never several.
public enum RemoteCall: Equatable, Sendable {
    /// Asks for an answer under its name.
    case request(id: JSONValue, method: String, params: JSONValue)
    /// Tells something; nothing is answered.
    case notification(method: String)
    /// Answers something that was never asked here.
    case response

    public init(_ bytes: [UInt8]) throws(RemoteFault) {
        let body: JSONValue
        do { body = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) } catch {
            throw RemoteFault(.parse, "The body is not one JSON value.")
        }
        if case .array = body { throw RemoteFault(.request, "Send one message a request: batches are not taken (revision 2025-06-18).") }
        guard case .object(let message) = body, message["jsonrpc"] == "2.0" else {
            throw RemoteFault(.request, "The message is not JSON-RPC 2.0.")
        }
        guard let method = message["method"] else {
            guard message["id"] != nil, message["result"] != nil || message["error"] != nil else {
                throw RemoteFault(.request, "The message has no method.")
            }
            self = .response
            return
        }
        guard let name = method.string else { throw RemoteFault(.request, "A method is a string.") }
        let params = message["params"] ?? .object([:])
        switch message["id"] {
        case nil: self = .notification(method: name)
        case .string?, .int?:
            guard case .object = params else { throw RemoteFault(.params, "Parameters are an object.", id: message["id"]) }
            self = .request(id: message["id"] ?? .null, method: name, params: params)
        default: throw RemoteFault(.request, "An id is a string or a whole number.")
        }
    }
}

/// Why a message is not carried out, with the numbers of JSON-RPC 2.0.
public struct RemoteFault: Error, Equatable, Sendable {
    public enum Code: Int, Sendable {
        case parse = -32700
        case request = -32600
        case method = -32601
        case params = -32602
        case inside = -32603
    }

    public let code: Code
    public let message: String
    /// The message it answers; null where that could not be read.
    public var id: JSONValue

    public init(_ code: Code, _ message: String, id: JSONValue? = nil) {
        (self.code, self.message, self.id) = (code, message, id ?? .null)
    }
}
