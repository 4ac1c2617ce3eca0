import Core
import MerkleLog
import Storage
import WorkCalendar

/// Files that applicants send: sealed at rest, kept in a basket until the request is filed, deleted with who asked.
extension DisclosureRequests {
    public static let attachmentSchema = Migration(
        "2026-11-28 60 attachments",
        """
        CREATE TABLE request_attachment (
            key TEXT PRIMARY KEY,
            basket TEXT,
            request TEXT REFERENCES request (number),
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            purpose TEXT NOT NULL,
            size BIGINT NOT NULL,
            hash TEXT NOT NULL,
            unread TEXT NOT NULL,
            sealed TEXT NOT NULL,
            at TEXT NOT NULL
        );
        CREATE INDEX request_attachment_basket ON request_attachment (basket, at);
        CREATE INDEX request_attachment_request ON request_attachment (request);
        CREATE TABLE request_correction (
            key TEXT PRIMARY KEY, request TEXT NOT NULL REFERENCES request (number), body TEXT NOT NULL, at TEXT NOT NULL
        );
        CREATE INDEX request_correction_request ON request_correction (request, at);
        """
    )

    /// A file as it came in, read and found harmless.
    public struct Sent: Sendable {
        public let name: String
        public let kind: Enclosure.Kind
        public let purpose: Enclosure.Purpose
        public let bytes: [UInt8]
        public let unread: String

        public init(name: String, kind: Enclosure.Kind, purpose: Enclosure.Purpose, bytes: [UInt8], unread: String) {
            (self.name, self.kind, self.purpose, self.bytes, self.unread) = (name, kind, purpose, bytes, unread)
        }
    }

    /// Bytes that may come in within a day, filed or not; who comes later is asked to send the files by post.
    static let mostInADay = 2 << 30

    /// A fresh name for a basket: who knows it may add to it and file it.
    public func basketName() -> String { Hash(of: world.bytes(32)).hex }

    /// Puts files into a basket, where they wait a day for the request to be filed.
    public func keep(_ sent: [Sent], in basket: String) async throws {
        let (now, name) = (world.now(), Hash(of: basket))
        try await database.write { db in
            let held = try db.scalar(
                Int.self,
                "SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) FROM request_attachment WHERE at > \(now.adding(hours: -24))"
            )
            guard (held ?? 0) + sent.map(\.bytes.count).reduce(0, +) <= Self.mostInADay else {
                throw Refusal.unavailable(
                    because: Text(
                        "现在收到的附件太多，请先不带附件申请，附件随后邮寄或者在补正时提交。",
                        "Too many files are coming in now. File without them, and send them by post or with a correction."
                    )
                )
            }
            for file in sent {
                let key = world.key()
                try db.run(
                    """
                    INSERT INTO request_attachment (key, basket, name, kind, purpose, size, hash, unread, sealed, at)
                    VALUES (\(key), \(name), \(file.name), \(file.kind), \(file.purpose), \(file.bytes.count),
                        \(Hash(of: file.bytes)), \(file.unread), \(vault.seal(file.bytes, at: key)), \(now))
                    """
                )
            }
        }
    }

    private static let columns: SQL = "key, name, kind, purpose, size, hash, unread, at"

    /// What lies in a basket, oldest first.
    public func attachments(in basket: String) async throws -> [Enclosure] {
        try await database.read { db in
            try db.all(
                Enclosure.self,
                "SELECT \(Self.columns) FROM request_attachment WHERE basket = \(Hash(of: basket)) ORDER BY at, key"
            )
        }
    }

    public func drop(_ keys: [String], from basket: String) async throws {
        guard !keys.isEmpty else { return }
        let listed = SQL.joined(keys.prefix(20).map { "\($0)" as SQL }, by: ", ")
        try await database.write { db in
            try db.run(
                "DELETE FROM request_attachment WHERE basket = \(Hash(of: basket)) AND key IN (\(listed))"
            )
        }
    }

    /// The basket's files become the request's.
    func hand(_ basket: String?, to number: String, in db: any Connection) throws {
        guard let basket else { return }
        try db.run(
            """
            UPDATE request_attachment SET request = \(number), basket = NULL
            WHERE basket = \(Hash(of: basket))
            """
        )
    }

    func hand(_ basket: String?, toCorrection number: String, in db: any Connection) throws {
        guard let basket else { return }
        try db.run("UPDATE request_attachment SET correction = \(number), basket = NULL WHERE basket = \(Hash(of: basket))")
    }

    /// What came with a request and its corrections, oldest first; proofs of identity for the office only.
    public func attachments(of number: String, for actor: Actor) async throws -> [Enclosure] {
        Self.seen(try await attachments(of: number), by: actor)
    }

    /// The same, whoever asks: what the applicant's own page names.
    public func attachments(of number: String) async throws -> [Enclosure] { try await attachments(where: "request = \(number)") }

    /// What came with a request to have a record corrected.
    public func attachments(ofCorrection number: String, for actor: Actor) async throws -> [Enclosure] {
        Self.seen(try await attachments(where: "correction = \(number)"), by: actor)
    }

    private func attachments(where condition: SQL) async throws -> [Enclosure] {
        try await database.read { db in
            try db.all(Enclosure.self, "SELECT \(Self.columns) FROM request_attachment WHERE \(condition) ORDER BY at, key")
        }
    }

    private static func seen(_ all: [Enclosure], by actor: Actor) -> [Enclosure] {
        seesIdentity(actor) ? all : all.filter { !$0.purpose.isForOfficeOnly }
    }

    private static func seesIdentity(_ actor: Actor) -> Bool {
        !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader])
    }

    /// One file, opened for those who may see it; that it was opened is the page's to audit.
    public func attachment(_ key: String, of number: String, for actor: Actor) async throws -> (about: Enclosure, bytes: [UInt8]) {
        try await attachment(key, where: "request = \(number)", for: actor)
    }

    public func attachment(
        _ key: String,
        ofCorrection number: String,
        for actor: Actor
    ) async throws -> (about: Enclosure, bytes: [UInt8]) {
        try await attachment(key, where: "correction = \(number)", for: actor)
    }

    private func attachment(_ key: String, where condition: SQL, for actor: Actor) async throws -> (about: Enclosure, bytes: [UInt8]) {
        try await database.read { db in
            let found = try db.first(
                Enclosure.self,
                "SELECT \(Self.columns) FROM request_attachment WHERE key = \(key) AND \(condition)"
            )
            guard let found, let sealed = try db.scalar(String.self, "SELECT sealed FROM request_attachment WHERE key = \(key)") else {
                throw Refusal.notFound
            }
            guard !found.purpose.isForOfficeOnly || Self.seesIdentity(actor) else {
                throw Refusal.forbidden(because: Text("身份证明只供信息公开办核对。", "Proofs of identity are for the disclosure office only."))
            }
            return (found, try vault.openFile(sealed, at: key))
        }
    }

    /// So often may an applicant answer one notice.
    static let mostCorrections = 10

    /// A correction as the applicant sent it; kept sealed, as all that applicants say of themselves.
    public struct Correction: Codable, Equatable, Sendable {
        public let body: String
        public let at: Moment
    }

    /// Takes a correction from the applicant's own page; the office then registers its receipt, on the day it came in.
    public func sendCorrection(_ number: String, word: String, _ body: String, basket: String?, calendar: WorkCalendar) async throws {
        let entry = try await entry(number, word: word, calendar: calendar)
        guard entry.request.state == .awaitingCorrection else { throw Refusal.outOfTurn }
        guard !body.allSatisfy(\.isWhitespace), body.count <= 5000 else {
            throw Refusal.invalid("correction", "请写明补正的内容，至多5000字。", "Write what you correct, at most 5,000 characters.")
        }
        try await Incidents(database, world: world).refuseMarked([body], unit: People.office, by: .applicant)
        let now = world.now()
        try await database.write { db in
            guard try stored(number, in: db).state == .awaitingCorrection else { throw Refusal.outOfTurn }
            let sent = try db.scalar(Int.self, "SELECT count(*) FROM request_correction WHERE request = \(number)") ?? 0
            guard sent < Self.mostCorrections else { throw Refusal.tooOften(retryAfter: 86_400) }
            let (key, sealed) = (world.key(), vault)
            try db.run(
                """
                INSERT INTO request_correction (key, request, body, at)
                VALUES (\(key), \(number), \(sealed.seal(body, at: key)), \(now))
                """
            )
            try hand(basket, to: number, in: db)
            try StepLog.write("sendCorrection", on: "request/\(number)", by: .applicant, as: "applicant", at: now, in: db)
            let text = Text("申请\(number)的申请人提交了补正", "The applicant of request \(number) has sent a correction")
            try db.run(
                """
                INSERT INTO desk_notice (day, request, role, unit, zh, en)
                VALUES (\(now.beijingDay), \(number), \(Role.disclosureOfficer), '', \(text.zh), \(text.en))
                ON CONFLICT (day, request, role) DO UPDATE SET zh = excluded.zh, en = excluded.en
                """
            )
        }
    }

    public func corrections(of number: String) async throws -> [Correction] {
        struct Row: Decodable {
            let key, body: String
            let at: Moment
        }
        let rows = try await database.read { db in
            try db.all(Row.self, "SELECT key, body, at FROM request_correction WHERE request = \(number) ORDER BY at")
        }
        return try rows.map { Correction(body: try vault.open($0.body, at: $0.key), at: $0.at) }
    }

    /// Baskets that nobody filed are emptied.
    public func emptyBaskets(before moment: Moment) async throws -> Int {
        try await database.write { db in
            try db.run("DELETE FROM request_attachment WHERE basket IS NOT NULL AND at < \(moment)")
        }
    }

    /// What the schedule would delete of a request besides who asked.
    public struct Held: Codable, Equatable, Sendable {
        public let request: String
        /// Files, and their bytes.
        public let files, size: Int
    }

    /// Files of requests closed longer ago than the schedule keeps them.
    public func expiredAttachments(on day: Day, keepingYears years: Int) async throws -> [Held] {
        let last = Self.lastDay(before: day, keepingYears: years)
        return try await database.read { db in
            try db.all(
                Held.self,
                """
                SELECT request_attachment.request AS request, count(*) AS files, CAST(sum(request_attachment.size) AS BIGINT) AS size
                FROM request_attachment JOIN request ON request.number = request_attachment.request
                WHERE request.closed_on < \(last) GROUP BY request_attachment.request ORDER BY request_attachment.request
                """
            )
        }
    }

    static func lastDay(before day: Day, keepingYears years: Int) -> Day { Day(day.year - years, day.month, min(day.day, 28)) }
}

extension Enclosure.Kind: SQLConvertible {}
extension Enclosure.Purpose: SQLConvertible {}
