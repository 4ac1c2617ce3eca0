import WorkCalendar

/// One thing that the office owes: who, by when, and what shows that it was done.
public struct LedgerTask: Codable, Equatable, Sendable {
    public let key: String
    public let year: Int
    /// The document it comes from.
    public let document: String
    /// The hash of the content it was read from; nil for a task added by hand or read from a file.
    public let content: String?
    /// The day its printed term runs from; nil once a person has set the day.
    public let issued: Day?
    public let position: Int
    public let number: String
    public let heading: String?
    public var title: String
    /// The title as it was read; nil for a task added by hand.
    public let readTitle: String?
    /// Roles that the text names in place of units ("the policy drafting department"): for each document a person says who that is.
    public let roles: String
    public let text: String
    public let responsibility: String?
    /// The lead unit's code; nil where the text names none.
    public var lead: String?
    public var due: Day?
    public let dueText: String?
    public let kind: String
    public let flags: String
    public let state: State
    public let version: Int

    public enum State: String, Codable, CaseIterable, Sendable {
        case open
        case underWay
        case done
        case dropped
    }

    public enum Step: String, CaseIterable, Sendable {
        case start
        case finish
        case drop
        case reopen
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .open, [
        .init(.start,  from: [.open],            to: .underWay, by: .unitHead,          .house),
        .init(.start,  from: [.open],            to: .underWay, by: .disclosureOfficer, .house),
        .init(.finish, from: [.open, .underWay], to: .done,     by: .unitHead,          .house),
        .init(.finish, from: [.open, .underWay], to: .done,     by: .disclosureOfficer, .house),
        .init(.drop,   from: [.open, .underWay], to: .dropped,  by: .leader,            .house),
        .init(.reopen, from: [.done, .dropped],  to: .open,     by: .disclosureOfficer, .house),
    ])

    public func isOverdue(on day: Day) -> Bool { daysOver(on: day) > 0 }

    /// How many days its term is over; 0 where it is not, or where it is done.
    public func daysOver(on day: Day) -> Int {
        guard let due, state == .open || state == .underWay else { return 0 }
        return max(0, day.ordinal - due.ordinal)
    }
}

// The columns are the point.
// swift-format-ignore
extension LedgerTask.State {
    public var text: Text {
        switch self {
        case .open:     Text("未开始", "Open")
        case .underWay: Text("进行中", "Under way")
        case .done:     Text("已完成", "Done")
        case .dropped:  Text("已取消", "Dropped")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension LedgerTask.Step {
    public var text: Text {
        switch self {
        case .start:  Text("开始", "Start")
        case .finish: Text("完成", "Finish")
        case .drop:   Text("取消", "Drop")
        case .reopen: Text("重开", "Open again")
        }
    }
}
