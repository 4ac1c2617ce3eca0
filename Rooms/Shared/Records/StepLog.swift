import Core
import Storage

/// Every step that was taken, by whom and when: written in the step's own transaction, and never changed.
public enum StepLog {
    /// One line of the log.
    public struct Entry: Codable, Equatable, Sendable {
        public let subject: String
        public let step: String
        public let person: String
        public let nameZh: String
        public let nameEn: String
        public let role: String
        public let at: Moment
        public let detail: String

        public var name: Text { Text(nameZh, nameEn) }
    }

    /// - Parameters:
    ///   - subject: what the step was taken on, as `document/KEY`.
    ///   - detail: what a reader needs besides: a reason, a hash. No personal data.
    public static func write(
        _ step: String,
        on subject: String,
        by actor: Actor,
        as role: Role,
        at moment: Moment,
        detail: String = "",
        in db: any Connection
    ) throws {
        try Chain.steps.write(step, on: subject, by: actor, as: role.rawValue, at: moment, detail: detail, in: db)
    }

    /// The same for someone who holds no role at the desk: an applicant.
    static func write(
        _ step: String,
        on subject: String,
        by actor: Actor,
        as role: String,
        at moment: Moment,
        in db: any Connection
    ) throws {
        try Chain.steps.write(step, on: subject, by: actor, as: role, at: moment, detail: "", in: db)
    }

    /// The steps taken on a subject, the first one first.
    public static func of(_ subject: String, in db: any Connection) throws -> [Entry] {
        try db.all(Entry.self, "SELECT * FROM step_log WHERE subject = \(subject) ORDER BY number")
    }

    public static let schema = [Chain.migration(named: "2026-11-27 01 step log", "step_log")]
}
