import Core
import Storage

/// Who saw what that is not public, and who signed in: append-only, chained, and anchored in the transparency log each day.
public struct Audit: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    public enum Act: String, CaseIterable, Sendable {
        case see
        case signIn
        case signInRefused
        case take
    }

    /// - Parameter subject: what was seen, as `document/KEY`. No personal data.
    public func write(_ act: Act, on subject: String, by actor: Actor, detail: String = "") async throws {
        let now = world.now()
        try await database.write { db in
            let role = actor.roles.map(\.rawValue).sorted().joined(separator: ",")
            try Chain.audit.write(act.rawValue, on: subject, by: actor, as: role, at: now, detail: detail, in: db)
        }
    }

    /// The newest lines, of one subject or of all; only for those who answer for the system.
    public func entries(of subject: String? = nil, limit: Int = 200, for actor: Actor) async throws -> [StepLog.Entry] {
        _ = try actor.acting(
            as: .administrator,
            .leader,
            or: Text("审计记录只供系统管理员和局领导查阅。", "The audit is for the administrator and the leader only.")
        )
        return try await database.read { db in
            let mine: SQL = subject.map { "WHERE subject = \($0)" } ?? ""
            return try db.all(StepLog.Entry.self, "SELECT * FROM audit \(mine) ORDER BY number DESC LIMIT \(limit)")
        }
    }

    public static let schema = [Chain.migration(named: "2026-11-27 09 audit", "audit")]
}

// The columns are the point.
// swift-format-ignore
extension Audit.Act {
    public var text: Text {
        switch self {
        case .see:           Text("查看",     "Saw")
        case .signIn:        Text("登录",     "Signed in")
        case .signInRefused: Text("登录被拒", "Sign-in refused")
        case .take:          Text("下载",     "Took a file")
        }
    }
}
