/// The review of one document at one content hash: who signed for exactly these bytes, and whose turn it is.
public struct Review: Codable, Equatable, Sendable {
    public let key: String
    public let document: String
    /// The content hash that is signed. One byte more, and the review is void.
    public let hash: String
    public private(set) var state: State
    public let version: Int

    public init(key: String, document: String, hash: String) {
        (self.key, self.document, self.hash, self.version) = (key, document, hash, 0)
        state = Self.lifecycle.start
    }

    /// Whose turn it is.
    public enum State: String, Codable, CaseIterable, Sendable {
        case atUnit
        case atConfidentiality
        case atLeader
        case released
        case returned
        case void
    }

    public enum Step: String, Codable, CaseIterable, Sendable {
        case submit
        case signAsUnit
        case signAsReviewer
        case release
        case sendBack
        case void
    }

    // Drafter, reviewer and approver are three persons: the fourth column says so, and no page can offer otherwise.
    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .atUnit, [
        .init(.submit,         from: [.returned, .void],   to: .atUnit,            by: .drafter,                .openness(17)),
        .init(.signAsUnit,     from: [.atUnit],            to: .atConfidentiality, by: .unitHead,               apartFrom: [.submit], .openness(17)),
        .init(.signAsReviewer, from: [.atConfidentiality], to: .atLeader,          by: .confidentialityReviewer, apartFrom: [.submit, .signAsUnit], .secrecyRegulation(42)),
        .init(.release,        from: [.atLeader],          to: .released,          by: .leader,                 apartFrom: [.submit, .signAsUnit, .signAsReviewer], .openness(17)),
        .init(.sendBack,       from: [.atUnit],            to: .returned,          by: .unitHead,               .openness(17)),
        .init(.sendBack,       from: [.atConfidentiality], to: .returned,          by: .confidentialityReviewer, .secrecyRegulation(42)),
        .init(.sendBack,       from: [.atLeader],          to: .returned,          by: .leader,                 .openness(17)),
        .init(.void,           from: [.atUnit, .atConfidentiality, .atLeader], to: .void, by: .drafter,         .openness(17)),
        // A rendition without what is withheld is another content: what was signed for the first one is void.
        .init(.void,           from: [.atConfidentiality], to: .void,             by: .confidentialityReviewer, .openness(37)),
    ])

    /// Takes one step, or refuses. `seen` is the hash that the person had before the eyes.
    public mutating func take(
        _ step: Step,
        seeing seen: String,
        by actor: Actor,
        taken: [Lifecycle<State, Step>.Taken]
    ) throws(Refusal) -> Lifecycle<State, Step>.Row {
        let row = try Self.lifecycle.row(step, from: state, by: actor, taken: taken)
        guard seen == hash else { throw .stale }
        state = row.to
        return row
    }
}

// The columns are the point.
// swift-format-ignore
extension Review.State {
    public var text: Text {
        switch self {
        case .atUnit:            Text("待处室负责人审核", "With the unit head")
        case .atConfidentiality: Text("待保密审核",       "With the confidentiality reviewer")
        case .atLeader:          Text("待领导签发",       "With the leader")
        case .released:          Text("已公开",           "Released")
        case .returned:          Text("已退回",           "Sent back")
        case .void:              Text("内容已变，签字作废", "Void: the text was changed")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Review.Step {
    public var text: Text {
        switch self {
        case .submit:         Text("送审",           "Submit for review")
        case .signAsUnit:     Text("处室负责人签字", "Sign as unit head")
        case .signAsReviewer: Text("保密审核签字",   "Sign the confidentiality review")
        case .release:        Text("签发公开",       "Sign and release")
        case .sendBack:       Text("退回修改",       "Send back")
        case .void:           Text("作废",           "Void")
        }
    }
}
