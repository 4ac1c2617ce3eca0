import Core
import Scan
import Storage

/// What was turned away at the door: a text with a secrecy mark leaves a number, a time and a rule here, and no content.
public struct Incidents: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    public struct Incident: Codable, Equatable, Sendable {
        public let number: String
        public let unit: String
        public let person: String
        public let level: String
        public let at: Moment
        /// Reported to the secrecy administration by then (Regulation implementing the Law on Guarding State Secrets, art. 61).
        public let reportBy: Moment
        public let reportedAt: Moment?
    }

    /// Refuses texts of which one bears a secrecy mark; nothing of them is stored.
    public func refuseMarked(_ texts: [String], unit: String, by actor: Actor) async throws {
        guard let mark = texts.lazy.flatMap(Scan.findings).first(where: { $0.severity == .refuse }) else { return }
        let (now, number) = (world.now(), world.key())
        try await database.write { db in
            try db.run(
                """
                INSERT INTO incident (number, unit, person, level, at, report_by)
                VALUES (\(number), \(unit), \(actor.person), \(mark.printed), \(now), \(now.adding(hours: 24)))
                """
            )
        }
        throw Refusal.quarantined(
            incident: number,
            because: Text(
                "发现国家秘密标志，该内容没有保存。请立即停止在本系统处理，保护好原件，并在24小时内报告保密工作机构（\(Law.secrecyRegulation(61).citation.zh)）。事件编号：\(number)",
                "A secrecy mark was found, and nothing was stored. Stop handling this text here, secure the original, and report to the secrecy office within 24 hours (\(Law.secrecyRegulation(61).citation.en)). Incident \(number)."
            )
        )
    }

    public func open() async throws -> [Incident] {
        try await database.read { db in
            try db.all(Incident.self, "SELECT * FROM incident WHERE reported_at IS NULL ORDER BY number")
        }
    }

    public func report(_ number: String, by actor: Actor) async throws {
        guard !actor.roles.isDisjoint(with: [.confidentialityReviewer, .administrator, .leader]) else {
            throw Refusal.forbidden(because: Text("由保密审核人登记报告。", "The confidentiality reviewer registers the report."))
        }
        let now = world.now()
        let done = try await database.write { db in
            try db.run("UPDATE incident SET reported_at = \(now) WHERE number = \(number) AND reported_at IS NULL")
        }
        guard done == 1 else { throw Refusal.notFound }
    }

    public static let schema = [
        Migration(
            "2026-11-27 02 incidents",
            """
            CREATE TABLE incident (
                number TEXT PRIMARY KEY,
                unit TEXT NOT NULL,
                person TEXT NOT NULL,
                level TEXT NOT NULL,
                at TEXT NOT NULL,
                report_by TEXT NOT NULL,
                reported_at TEXT
            );
            """
        )
    ]
}
