import Core
import MerkleLog
import Storage

/// A table that only grows: each line holds the hash of itself and of the line before, so that no line can be changed unseen.
public struct Chain: Sendable {
    let table: SQL
    let name: String

    /// Every step that was taken.
    public static let steps = Chain(table: "step_log", name: "steps")
    /// Who saw what.
    public static let audit = Chain(table: "audit", name: "audit")

    /// The last line's number and hash; nil where there is none.
    public struct End: Decodable, Equatable, Sendable {
        public let number: Int
        public let chain: String
    }

    public func end(in db: any Connection) throws -> End? {
        try db.first(End.self, "SELECT number, chain FROM \(table) ORDER BY number DESC LIMIT 1")
    }

    public func hash(ofLine number: Int, in db: any Connection) throws -> String? {
        try db.scalar(String.self, "SELECT chain FROM \(table) WHERE number = \(number)")
    }

    func write(
        _ step: String,
        on subject: String,
        by actor: Actor,
        as role: String,
        at moment: Moment,
        detail: String,
        in db: any Connection
    ) throws {
        let end = try end(in: db)
        let line = Self.line(after: end?.chain ?? "", subject, step, actor.person, role, moment.description, detail)
        try db.run(
            """
            INSERT INTO \(table) (number, subject, step, person, name_zh, name_en, role, at, detail, chain)
            VALUES (\((end?.number ?? 0) + 1), \(subject), \(step), \(actor.person), \(actor.name.zh), \(actor.name.en), \(role),
                \(moment), \(detail), \(line))
            """
        )
    }

    private static func line(after before: String, _ parts: String...) -> Hash {
        Hash(of: ([before] + parts).joined(separator: "\u{1f}"))
    }

    /// The numbers of the lines that do not follow from the line before: an edit behind the house's back.
    public func brokenLines(in db: any Connection) throws -> [Int] {
        struct Line: Decodable {
            let number: Int
            let subject, step, person, role, at, detail, chain: String
        }
        var before = ""
        var broken: [Int] = []
        try db.each(Line.self, "SELECT * FROM \(table) ORDER BY number") { line in
            let expected = Self.line(after: before, line.subject, line.step, line.person, line.role, line.at, line.detail)
            if expected.hex != line.chain { broken.append(line.number) }
            before = line.chain
        }
        return broken
    }

    static func migration(named name: String, _ table: String) -> Migration {
        Migration(
            name,
            """
            CREATE TABLE \(table) (
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
            CREATE INDEX \(table)_subject ON \(table) (subject, number);
            """
        )
    }
}
