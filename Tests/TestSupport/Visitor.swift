import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import MerkleLog
import NIOCore
import NIOEmbedded
import Records
import Storage
import Synchronization
import Web
import WorkCalendar

/// A visitor without a network: whole requests in, whole pages out, cookies kept.
public final class Visitor {
    private let site: Site
    private var cookies: [String: String] = [:]

    public init(_ house: House) {
        site = Site(house)
    }

    public struct Answer: Sendable {
        public let status: Int
        public let headers: HTTPFields
        public let body: String
        public let bytes: [UInt8]
    }

    public func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers, [])
    }

    /// Sends a form with the seal of the page at `from`.
    public func post(_ path: String, from page: String, _ fields: [String: String]) async throws -> Answer {
        let seal = try await self.seal(of: page)
        return try await post(path, fields.merging(["csrf": seal]) { typed, _ in typed })
    }

    public func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(.post, path, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
    }

    /// Sends a form with a file, and with the seal of the page at `from`.
    public func upload(
        _ path: String,
        from page: String,
        _ fields: [String: String],
        file: (field: String, name: String, bytes: [UInt8])
    ) async throws -> Answer {
        let mark = "--mark-of-the-visitor"
        var body: [UInt8] = []
        for (name, value) in fields.merging(["csrf": try await seal(of: page)], uniquingKeysWith: { typed, _ in typed }) {
            body += Array("\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let head = "Content-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
        body += Array("\(mark)\r\n\(head)\r\n\r\n".utf8) + file.bytes + Array("\r\n\(mark)--\r\n".utf8)
        return try await send(.post, path, [.contentType: "multipart/form-data; boundary=\(mark.dropFirst(2))"], body)
    }

    /// The same with the file's field, name and bytes in a row.
    public func upload(
        _ path: String,
        from page: String,
        _ field: String,
        _ name: String,
        _ bytes: [UInt8],
        _ fields: [String: String] = [:]
    ) async throws -> Answer {
        try await upload(path, from: page, fields, file: (field, name, bytes))
    }

    public func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]) async throws -> Answer {
        var headers = headers
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let request = Request(head: head, body: .init(buffer: ByteBuffer(bytes: body)))
        var logger = Logger(label: "visitor")
        logger[metadataKey: "hb.request.id"] = "visit"
        let visit = Visit(source: .init(channel: EmbeddedChannel(), logger: logger))
        let response = try await site.respond(to: request, context: visit)
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.split(separator: ";").first?.split(separator: "=", maxSplits: 1).map(String.init) ?? []
            if pair.count == 2 { cookies[pair[0]] = pair[1] }
        }
        let page = Page()
        try await response.body.write(page)
        return Answer(status: response.status.code, headers: response.headers, body: page.text, bytes: page.all)
    }

    /// Signs a demo person in.
    public func signIn(_ login: String) async throws {
        _ = try await post("/zh/office/sign-in", from: "/zh/office/sign-in", ["login": login, "password": TestHouse.password])
    }

    /// The seal in the first form of a page.
    public func seal(of page: String) async throws -> String {
        let html = try await get(page).body
        guard let start = html.range(of: "name=\"csrf\" value=\"") else { return "" }
        return String(html[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }

    private final class Page: ResponseBodyWriter, Sendable {
        private let bytes = Mutex<[UInt8]>([])
        var all: [UInt8] { bytes.withLock { $0 } }
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

        func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// A house of a test's own, with the five persons in it, whose clock stands where the test puts it.
public enum TestHouse {
    public static let password = "a-long-test-password"

    public static func on(_ database: any Database, at moment: String = "2022-05-30T02:00:00.000Z") async throws -> House {
        let ticks = Mutex(0)
        guard let start = Moment(moment), let key = SigningKey(seed: Array(0..<32)) else { throw Refusal.notFound }
        let world = World(
            now: {
                ticks.withLock {
                    $0 += 1
                    return Moment(milliseconds: start.milliseconds + $0)
                }
            },
            bytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
        )
        let log = TransparencyLog(database, world: world, key: key, origin: "test.example/log")
        let calendar = WorkCalendar(notices: [
            HolidayNotice(year: 2022, knownFrom: Day(2021, 12, 1), daysOff: [Day(2022, 6, 3): "端午节"], workedWeekends: [:]),
            HolidayNotice(year: 2023, knownFrom: Day(2022, 12, 1), daysOff: [:], workedWeekends: [:]),
        ])
        let house = try House(log: log, calendar: calendar, secret: "secret", site: "http://localhost", isSecure: false)
        try await house.people.addDemo(password: password)
        return house
    }
}
