import WorkCalendar

/// A person's account at the desk: open or closed, with the roles held between two days.
public struct Account: Codable, Equatable, Sendable {
    public let key: String
    public let login: String
    public let nameZh: String
    public let nameEn: String
    public let unit: String
    public let state: State

    public var name: Text { Text(nameZh, nameEn) }

    public enum State: String, Codable, CaseIterable, Sendable {
        case open
        case closed
    }

    public enum Step: String, CaseIterable, Sendable {
        case assign
        case end
        case setPassword
        case close
        case reopen
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .open, [
        .init(.assign,      from: [.open],   to: .open,   by: .administrator, .house),
        .init(.end,         from: [.open],   to: .open,   by: .administrator, .house),
        .init(.setPassword, from: [.open],   to: .open,   by: .administrator, .house),
        .init(.close,       from: [.open],   to: .closed, by: .administrator, .house),
        .init(.reopen,      from: [.closed], to: .open,   by: .administrator, .house),
    ])

    /// A role that the person holds, has held or is to hold.
    public struct Assignment: Codable, Equatable, Sendable {
        public let number: Int
        public let person: String
        public let role: Role
        public let since: Day
        public let until: Day?
        /// The name of whoever lent the role; nil where the administrator gave it.
        public let lenderZh: String?
        public let lenderEn: String?

        public var lender: Text? { lenderZh.map { Text($0, lenderEn ?? $0) } }

        public func holds(on day: Day) -> Bool { since <= day && until.map { day <= $0 } ?? true }
    }

    /// Fewest characters of a password.
    public static let shortestPassword = 10
}

// The columns are the point.
// swift-format-ignore
extension Account.Step {
    public var text: Text {
        switch self {
        case .assign:      Text("授予角色",   "Give a role")
        case .end:         Text("结束角色",   "End a role")
        case .setPassword: Text("重设密码",   "Set the password")
        case .close:       Text("停用账号",   "Close the account")
        case .reopen:      Text("恢复账号",   "Open the account again")
        }
    }
}

extension Account.State {
    public var text: Text {
        switch self {
        case .open: Text("在用", "Open")
        case .closed: Text("已停用", "Closed")
        }
    }
}
