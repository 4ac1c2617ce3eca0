import Core
import Extract
import Foundation
import HTTPTypes
import Hummingbird
import Mosaic
import NIOCore
import Records
import Scan
import WorkCalendar

/// What the desk's people call from their own programs: the scan, the questions on the method, the measures of a table.
///
/// A call bears the session's cookie and, in `X-CSRF-Token`, the value that `session` gives; nothing of what is sent is kept.
struct OfficeCalls: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.get("api/v1/office/session") { _, visit in
            _ = try visit.actor
            return try Response.json(["csrf": Seal.value(visit.seal, world: house.world)])
        }
        router.post("api/v1/office/scan", use: scan)
        router.post("api/v1/office/method", use: method)
        router.post("api/v1/office/mosaic/measure", use: measure)
    }

    /// The file is the body; `name` tells what bytes can not.
    @Sendable private func scan(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let query = request.uri.queryParameters
        let name = query["name"].map { String($0) } ?? "file"
        let floor = try Self.number("floor", query["floor"], in: 0...1) ?? 0.4
        let bytes = try await body(of: request)
        let (today, table) = (house.world.now().beijingDay, house.reviews.table)
        let day = today.year * 10_000 + today.month * 100 + today.day
        let read: (found: [FileScan.Found], unread: [String])
        do {
            read = try await FileScan(file: name, bytes: bytes).findings { Scan.results(in: $0, by: table, floor: floor, on: day) }
        } catch { throw Refusal.invalid("file", error.zh, error.en) }
        // What bears a mark is an incident, by whichever door it came.
        let marks = read.found.filter { $0.result.severity == Finding.Severity.refuse.name }.map(\.result.printed)
        try await house.incidents.refuseMarked(marks, unit: actor.unit, by: actor)
        guard read.unread.isEmpty else {
            let what = read.unread.joined(separator: "; ")
            throw Refusal.invalid("file", "文件里有一部分无法读取：\(what)", "A part of the file can not be read: \(what)")
        }
        return try .json(read.found.map { FindingJSON($0, in: name) })
    }

    @Sendable private func method(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let told: Any
        do { told = try JSONSerialization.jsonObject(with: Data(try await body(of: request))) } catch is CocoaError {
            throw Refusal.invalid("answers", "请求不是JSON。", "The body is not JSON.")
        }
        guard let answers = told as? [String: Any] else {
            throw Refusal.invalid("answers", "请求应为问题和回答的JSON对象。", "The body is a JSON object of questions and answers.")
        }
        return try .json(try MethodQuestions.outcome(try MethodQuestions.answers(answers)))
    }

    /// The table is the body, as CSV.
    @Sendable private func measure(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let query = request.uri.queryParameters
        func names(_ name: Substring) -> [String] {
            let list = query[name].map { String($0).replacing("+", with: " ") } ?? ""
            return list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let missing = query["missing"].map { String($0) } ?? "value"
        guard let meaning = Mosaic.Missing(rawValue: missing) else {
            throw Refusal.invalid("missing", "missing是value或者wildcard。", "missing is value or wildcard.")
        }
        let population = try Self.number("population", query["population"], in: 0...1)
        let (quasi, sensitive) = (names("quasi"), names("sensitive"))
        let suda = ["true", "1", "yes"].contains(query["suda"].map { String($0) } ?? "")
        let bytes = try await body(of: request)
        do {
            let measures = try Mosaic.measure(
                try CSV.read(bytes),
                quasi: quasi,
                sensitive: sensitive,
                missing: meaning,
                population: population,
                suda: suda
            )
            return try .json(measures)
        } catch let refused as MosaicRefused { throw Refusal.invalid("table", refused.reason.zh, refused.reason.en) }
    }

    private static func number(_ name: String, _ text: Substring?, in range: ClosedRange<Double>) throws(Refusal) -> Double? {
        guard let text else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .invalid(name, "\(name)是0到1之间的数。", "\(name) is a number from 0 to 1.")
        }
        return number
    }

    private func body(of request: Request) async throws -> [UInt8] {
        let limit = Extract.mostBytes
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Refusal.tooLarge(limit: limit) }
        do { return Array(try await request.body.collect(upTo: limit).readableBytesView) } catch is NIOTooManyBytesError {
            throw Refusal.tooLarge(limit: limit)
        }
    }
}
