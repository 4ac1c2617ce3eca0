import Mosaic

/// A table on its way to the public, and after: what its columns are to an attacker, and where it stands.
public struct Dataset: Codable, Equatable, Sendable {
    public let key: String
    public let unit: String
    public let title: String
    /// SHA-256 of the published form: what is signed, and what the leaf of the log names.
    public let hash: String
    public let rows: Int
    public let drafter: String
    public let state: State
    public let version: Int
    public let releasedAt: Moment?
    public let leaf: Int?
    public let withdrawnAt: Moment?
    public let withdrawnReason: String?
    public let withdrawalLeaf: Int?

    public enum State: String, Codable, CaseIterable, Sendable {
        case drafted
        case atConfidentiality
        case atLeader
        case released
        case withdrawn
    }

    public enum Step: String, CaseIterable, Sendable {
        case submit
        case signAsReviewer
        case sendBack
        case release
        case withdraw
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .drafted, [
        .init(.submit,         from: [.drafted],           to: .atConfidentiality, by: .drafter,                 .openness(17)),
        .init(.signAsReviewer, from: [.atConfidentiality], to: .atLeader,          by: .confidentialityReviewer, apartFrom: [.submit], .openness(17)),
        .init(.sendBack,       from: [.atConfidentiality], to: .drafted,           by: .confidentialityReviewer, .openness(17)),
        .init(.sendBack,       from: [.atLeader],          to: .drafted,           by: .leader,                  .openness(17)),
        .init(.release,        from: [.atLeader],          to: .released,          by: .leader,                  apartFrom: [.submit, .signAsReviewer], .openness(17)),
        .init(.withdraw,       from: [.released],          to: .withdrawn,         by: .leader,                  .openness(6)),
    ])

    /// The most rows and columns of a table that comes in through the desk.
    public static let mostRows = 1_000_000
    public static let mostColumns = 200
}

// The columns are the point.
// swift-format-ignore
extension Dataset.State {
    public var text: Text {
        switch self {
        case .drafted:           Text("起草",         "Drafted")
        case .atConfidentiality: Text("保密审核",     "At the confidentiality reviewer")
        case .atLeader:          Text("待签发",       "At the leader")
        case .released:          Text("已公开",       "Public")
        case .withdrawn:         Text("已撤回",       "Withdrawn")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Dataset.Step {
    public var text: Text {
        switch self {
        case .submit:         Text("送审",     "Submit for review")
        case .signAsReviewer: Text("审核同意", "Sign the review")
        case .sendBack:       Text("退回",     "Send back")
        case .release:        Text("签发公开", "Sign and release")
        case .withdraw:       Text("撤回",     "Withdraw")
        }
    }
}

/// What the person at the desk says of a table's columns, and what the attacks find with it.
public struct DatasetRisk: Codable, Equatable, Sendable {
    /// The role of each column, in the table's order.
    public var roles: [String: ColumnRole]
    /// The smallest crowd that is large enough.
    public var k: Int
    public var check: ReleaseCheck?
    public var measures: DisclosureMeasures?
    /// How many tables had come out when the check was run: with more, it is run anew.
    public var against: Int
    /// What the scan finds in the cells; nil for a table of before cells were scanned.
    public var findings: [TableFinding]?
    /// What the table counts; nil for one of records.
    public var counts: CountsForm?
    public var cells: CountsVerdict?
    /// The cells that were hidden in this draft, with the intervals as they were measured then.
    public var hiding: [HiddenCell]?
    public var dossier: [DossierFinding]?
    /// How many mentions the ledger of dossiers held when the check was run.
    public var ledger: Int?
    /// What the reading of the file left aside, or took as it was last shown.
    public var notes: [Text]?

    public init(roles: [String: ColumnRole], k: Int = 5) {
        (self.roles, self.k, against) = (roles, k, 0)
    }

    public func columns(_ role: ColumnRole, of table: Microdata) -> [String] {
        table.columns.map(\.name).filter { roles[$0] == role }
    }

    /// Nothing is found beside what is out, nor in the table alone.
    public var isSafe: Bool {
        (check.map { $0.unique + $0.belowK + $0.certain == 0 && $0.alone.isSafe } ?? true) && cells?.isSafe != false
            && (dossier ?? []).isEmpty
    }

    /// What the attacks find, without the scan: if it changes, what was signed is looked at again.
    public func findsOther(than before: DatasetRisk) -> Bool {
        check != before.check || cells != before.cells || (dossier ?? []) != (before.dossier ?? [])
    }
}

// The columns are the point.
// swift-format-ignore
extension ColumnRole {
    public var text: Text {
        switch self {
        case .identifier: Text("标识符（直接指明个体）",   "Identifier (names its row)")
        case .quasi:      Text("准标识符（他人可能知道）", "Quasi-identifier (outsiders may know it)")
        case .sensitive:  Text("敏感",                     "Sensitive")
        case .plain:      Text("一般",                     "Plain")
        }
    }
}
