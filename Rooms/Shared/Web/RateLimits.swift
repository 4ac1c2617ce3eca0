import Core
import Synchronization

/// How often one address may knock: so many visits in a minute, by what they ask for.
final class RateLimits: Sendable {
    enum Kind: Hashable, Sendable {
        case signIn
        case search
        case form
        case filing
        case status
        case print
        case assistant
    }

    // The columns are the point.
    // swift-format-ignore
    private static let perMinute: [Kind: Int] = [
        .signIn:  20,
        .search:  600,
        .form:    240,
        .filing:  30,
        .status:  20,
        .print:   60,
        .assistant: 120,
    ]

    private struct Window {
        var minute: Int
        var visits: [String: Int] = [:]
    }

    private let windows = Mutex<[Kind: Window]>([:])

    func check(_ kind: Kind, _ visit: Visit) throws(Refusal) {
        let minute = Int(Self.start.duration(to: .now).components.seconds) / 60
        let count = windows.withLock { windows in
            var window = windows[kind] ?? Window(minute: minute)
            if window.minute != minute { window = Window(minute: minute) }
            window.visits[visit.address, default: 0] += 1
            windows[kind] = window
            return window.visits[visit.address] ?? 0
        }
        if count > Self.perMinute[kind] ?? 0 { throw .tooOften(retryAfter: 60) }
    }

    private static let start = ContinuousClock.now
}
