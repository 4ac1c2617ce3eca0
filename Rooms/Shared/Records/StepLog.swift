import Core
import MerkleLog
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
        let before = try db.scalar(String.self, "SELECT chain FROM step_log ORDER BY number DESC LIMIT 1") ?? ""
        let number = (try db.scalar(Int.self, "SELECT max(number) FROM step_log") ?? 0) + 1
        let line = [before, subject, step, actor.person, role.rawValue, moment.description, detail].joined(separator: "\u{1f}")
        try db.run(
            """
            INSERT INTO step_log (number, subject, step, person, name_zh, name_en, role, at, detail, chain)
            VALUES (\(number), \(subject), \(step), \(actor.person), \(actor.name.zh), \(actor.name.en), \(role), \(moment),
                \(detail), \(Hash(of: line)))
            """
        )
    }

    /// The steps taken on a subject, the first one first.
    public static func of(_ subject: String, in db: any Connection) throws -> [Entry] {
        try db.all(Entry.self, "SELECT * FROM step_log WHERE subject = \(subject) ORDER BY number")
    }

    /// The numbers of the lines that do not follow from the line before: an edit behind the house's back.
    public static func brokenLines(in db: any Connection) throws -> [Int] {
        struct Line: Decodable {
            let number: Int
            let subject, step, person, role, at, detail, chain: String
        }
        var before = ""
        var broken: [Int] = []
        try db.each(Line.self, "SELECT * FROM step_log ORDER BY number") { line in
            let text = [before, line.subject, line.step, line.person, line.role, line.at, line.detail]
            if Hash(of: text.joined(separator: "\u{1f}")).hex != line.chain { broken.append(line.number) }
            before = line.chain
        }
        return broken
    }

    public static let schema = [
        Migration(
            "2026-11-27 01 step log",
            """
            CREATE TABLE step_log (
                number BIGINT PRIMARY KEY,
                subject TEXT NOT NULL,
                step TEXT NOT NULL,
                person TEXT NOT NULL,
                name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL,
                role TEXT NOT NULL,
                at TEXT NOT NULL,
                detail TEXT NOT NULL,
                chain TEXT NOT NULL
            );
            CREATE INDEX step_log_subject ON step_log (subject, number);
            """
        )
    ]
}
