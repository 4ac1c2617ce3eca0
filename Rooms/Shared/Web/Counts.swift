import Foundation
import Synchronization

/// What the house counts of itself, for the people who run it.
final class Counts: Sendable {
    private let visits = Atomic<Int>(0)

    private let offers = Atomic<Int>(0)
    private let filings = Atomic<Int>(0)

    /// Someone who wanted to file a request was shown what is public already.
    func offer() { offers.add(1, ordering: .relaxed) }
    /// Someone filed.
    func file() { filings.add(1, ordering: .relaxed) }

    func visit() { visits.add(1, ordering: .relaxed) }

    /// The text format of Prometheus.
    func text(leaves: Int, keptBytes: Int) -> String {
        let pages = ProcessInfo.processInfo
        // The columns are the point.
        // swift-format-ignore
        let rows: [(name: String, kind: String, help: String, value: Int)] = [
            ("gongkai_visits_total",     "counter", "Requests answered since the start.",           visits.load(ordering: .relaxed)),
            ("gongkai_request_offers_total", "counter", "Filings that were first shown what is public.", offers.load(ordering: .relaxed)),
            ("gongkai_requests_filed_total", "counter", "Requests filed on the web since the start.", filings.load(ordering: .relaxed)),
            ("gongkai_log_leaves",       "gauge",   "Leaves of the transparency log.",              leaves),
            ("gongkai_kept_page_bytes",  "gauge",   "Bytes of public pages kept ready.",            keptBytes),
            ("gongkai_resident_bytes",   "gauge",   "Resident memory of the process.",              Self.resident),
            ("gongkai_uptime_seconds",   "counter", "Seconds since the machine started.",           Int(pages.systemUptime)),
        ]
        return rows.map { "# HELP \($0.name) \($0.help)\n# TYPE \($0.name) \($0.kind)\n\($0.name) \($0.value)\n" }.joined()
    }

    private static var resident: Int {
        guard let status = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
        let fields = String(decoding: status, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
    }
}
