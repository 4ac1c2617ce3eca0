import WorkCalendar

/// A text disclosed to named recipients alone, until a day; the portal knows nothing of it.
public struct LimitedRelease: Codable, Equatable, Sendable {
    public let key: String
    /// The content hash that was signed.
    public let content: String
    public let document: String
    public let review: String
    public let unit: String
    public let title: String
    public let language: Language
    /// Why this disclosure attribute and this scope.
    public let reason: String
    /// The last day on which it can be read, Beijing time.
    public let expiresOn: Day
    public let releasedAt: Moment
    public let state: State
    public let withdrawnAt: Moment?
    public let withdrawnReason: String?

    public enum State: String, Codable, CaseIterable, Sendable {
        case released
        case withdrawn
    }

    public enum Step: String, CaseIterable, Sendable {
        case give
        case renew
        case recall
        case recallAll
        case withdraw
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .released, [
        .init(.give,      from: [.released], to: .released,  by: .disclosureOfficer, .openness(13)),
        .init(.give,      from: [.released], to: .released,  by: .leader,            .openness(13)),
        .init(.renew,     from: [.released], to: .released,  by: .disclosureOfficer, .house),
        .init(.renew,     from: [.released], to: .released,  by: .leader,            .house),
        .init(.recall,    from: [.released], to: .released,  by: .disclosureOfficer, .house),
        .init(.recall,    from: [.released], to: .released,  by: .leader,            .house),
        .init(.recallAll, from: [.released], to: .released,  by: .disclosureOfficer, .house),
        .init(.recallAll, from: [.released], to: .released,  by: .leader,            .house),
        .init(.withdraw,  from: [.released], to: .withdrawn, by: .leader,            .openness(6)),
    ])

    /// Whether a recipient may read it on a day.
    public func isOpen(on day: Day) -> Bool { state == .released && day <= expiresOn }
}

/// One of those to whom a limited release was given: by a link that opens once, or by their own sign-in.
public struct Recipient: Equatable, Sendable {
    /// Counts within the release, from 1: what logs name, for they hold no personal data.
    public let number: Int
    public let name: String
    /// An e-mail address, or the login of a person at the desk.
    public let address: String
    public let way: Way
    public let state: State
    /// What the text shown to this recipient is marked with.
    public let mark: Watermark
    public let openedAt: Moment?
    public let recalledAt: Moment?

    public init(
        number: Int,
        name: String,
        address: String,
        way: Way,
        state: State,
        mark: Watermark,
        openedAt: Moment?,
        recalledAt: Moment?
    ) {
        (self.number, self.name, self.address, self.way) = (number, name, address, way)
        (self.state, self.mark, self.openedAt, self.recalledAt) = (state, mark, openedAt, recalledAt)
    }

    public enum Way: String, Codable, CaseIterable, Sendable {
        case link
        case signIn
    }

    public enum State: String, Codable, CaseIterable, Sendable {
        case waiting
        case opened
        case recalled
    }
}

// The columns are the point.
// swift-format-ignore
extension Recipient.State {
    public var text: Text {
        switch self {
        case .waiting:  Text("尚未打开", "Not opened yet")
        case .opened:   Text("已打开",   "Opened")
        case .recalled: Text("已收回",   "Recalled")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Recipient.Way {
    public var text: Text {
        switch self {
        case .link:   Text("一次性链接", "One-time link")
        case .signIn: Text("登录查看",   "Sign-in")
        }
    }
}
