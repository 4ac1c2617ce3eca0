/// A release that one leader made in an emergency, and that another person must confirm within a set time.
public struct EmergencyRelease: Codable, Equatable, Sendable {
    public let release: String
    public let title: String
    /// Who released it.
    public let person: String
    public let at: Moment
    /// Until when another person confirms or refuses it.
    public let due: Moment
    public let state: State
    public let decidedAt: Moment?

    public enum State: String, Codable, CaseIterable, Sendable {
        case waiting
        case confirmed
        /// It was withdrawn with the refusal.
        case refused
    }

    public enum Step: String, CaseIterable, Sendable {
        case releaseUrgently
        case confirm
        case refuse
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .waiting, [
        .init(.releaseUrgently, from: [],      to: .waiting,   by: .leader,                                            .house),
        .init(.confirm, from: [.waiting],      to: .confirmed, by: .confidentialityReviewer, apartFrom: [.releaseUrgently], .openness(17)),
        .init(.confirm, from: [.waiting],      to: .confirmed, by: .leader,                  apartFrom: [.releaseUrgently], .openness(17)),
        .init(.refuse,  from: [.waiting],      to: .refused,   by: .confidentialityReviewer, apartFrom: [.releaseUrgently], .openness(17)),
        .init(.refuse,  from: [.waiting],      to: .refused,   by: .leader,                  apartFrom: [.releaseUrgently], .openness(17)),
    ])

    public func isOverdue(at now: Moment) -> Bool { state == .waiting && now > due }
}
