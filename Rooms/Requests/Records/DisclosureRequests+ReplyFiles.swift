import Core
import Foundation
import Storage
import WorkCalendar

/// Files that go with a reply: whole, or built anew without what is withheld and proved (art. 37). The original stays at the desk, sealed.
extension DisclosureRequests {
    public static let replyFileSchema = Migration(
        "2026-11-28 65 reply files",
        """
        CREATE TABLE reply_file (
            key TEXT PRIMARY KEY,
            request TEXT NOT NULL REFERENCES request (number),
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            size BIGINT NOT NULL,
            places BIGINT NOT NULL,
            articles TEXT NOT NULL,
            how TEXT NOT NULL,
            checks TEXT NOT NULL,
            original TEXT NOT NULL,
            sealed TEXT NOT NULL,
            person TEXT NOT NULL,
            at TEXT NOT NULL
        );
        CREATE INDEX reply_file_request ON reply_file (request, at);
        """
    )

    /// A file of a reply, as it would leave the house.
    public struct ReplyFile: Codable, Equatable, Sendable {
        public let key: String
        public let name: String
        public let kind: Enclosure.Kind
        public let size: Int
        /// At how many places something is withheld; 0 for a file that is given whole.
        public let places: Int
        /// The articles by which something is withheld, as printed.
        public let articles: String
        /// How it was built, and what was looked at to prove it.
        public let how, checks: String
        public let at: Moment
    }

    /// What is to go with a reply: the file as it stands, and the rendition that was proved.
    public struct Rendered: Sendable {
        public let name: String
        public let kind: Enclosure.Kind
        public let original, bytes: [UInt8]
        public let places: Int
        public let articles, how, checks: String

        public init(
            name: String,
            kind: Enclosure.Kind,
            original: [UInt8],
            bytes: [UInt8],
            places: Int,
            articles: String,
            how: String,
            checks: String
        ) {
            (self.name, self.kind, self.original, self.bytes) = (name, kind, original, bytes)
            (self.places, self.articles, self.how, self.checks) = (places, articles, how, checks)
        }
    }

    /// Files of one reply at most.
    public static let mostReplyFiles = 20

    /// Puts a file with the reply; only before the reply is at the leader's.
    public func add(_ file: Rendered, to number: String, by actor: Actor) async throws {
        let role = try Self.attacher(actor)
        let now = world.now()
        try await database.write { db in
            try requireDrafting(number, actor, in: db)
            let count = try db.scalar(Int.self, "SELECT count(*) FROM reply_file WHERE request = \(number)") ?? 0
            guard count < Self.mostReplyFiles else {
                throw Refusal.invalid("replyFile", "附件至多\(Self.mostReplyFiles)个。", "At most \(Self.mostReplyFiles) files.")
            }
            let key = world.key()
            try db.run(
                """
                INSERT INTO reply_file (key, request, name, kind, size, places, articles, how, checks, original, sealed, person, at)
                VALUES (\(key), \(number), \(file.name), \(file.kind), \(file.bytes.count), \(file.places), \(file.articles), \(file.how),
                    \(file.checks), \(vault.seal(file.original, at: "\(key) original")), \(vault.seal(file.bytes, at: key)),
                    \(actor.person), \(now))
                """
            )
            let detail = "\(file.name) \(file.articles)"
            try StepLog.write("replyFile", on: "request/\(number)", by: actor, as: role, at: now, detail: detail, in: db)
        }
    }

    public func remove(replyFile key: String, of number: String, by actor: Actor) async throws {
        let role = try Self.attacher(actor)
        let now = world.now()
        try await database.write { db in
            try requireDrafting(number, actor, in: db)
            guard let name = try db.scalar(String.self, "SELECT name FROM reply_file WHERE key = \(key) AND request = \(number)") else {
                throw Refusal.notFound
            }
            try db.run("DELETE FROM reply_file WHERE key = \(key)")
            try StepLog.write("dropReplyFile", on: "request/\(number)", by: actor, as: role, at: now, detail: name, in: db)
        }
    }

    private static func attacher(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(
            as: .drafter,
            .disclosureOfficer,
            .officeHead,
            or: Text("由承办处室或者信息公开办附上文件。", "The unit in charge or the disclosure office adds files.")
        )
    }

    /// What is checked and signed must be what leaves: nothing is added or taken away after the draft is handed in.
    private func requireDrafting(_ number: String, _ actor: Actor, in db: any Connection) throws {
        let stored = try stored(number, in: db)
        guard [.received, .atUnit].contains(stored.state) else { throw Refusal.outOfTurn }
        guard stored.unit == actor.unit || !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead]) else {
            throw Refusal.forbidden(because: Text("该申请由其他处室承办。", "Another unit is in charge of this request."))
        }
    }

    public func replyFiles(of number: String) async throws -> [ReplyFile] {
        try await database.read { db in
            try db.all(
                ReplyFile.self,
                """
                SELECT key, name, kind, size, places, articles, how, checks, at FROM reply_file
                WHERE request = \(number) ORDER BY at, key
                """
            )
        }
    }

    /// The rendition, as the applicant gets it.
    public func replyFile(_ key: String, of number: String) async throws -> (about: ReplyFile, bytes: [UInt8]) {
        let sealed = try await database.read { db in
            try db.scalar(String.self, "SELECT sealed FROM reply_file WHERE key = \(key) AND request = \(number)")
        }
        guard let sealed, let about = try await replyFiles(of: number).first(where: { $0.key == key }) else { throw Refusal.notFound }
        return (about, try vault.openFile(sealed, at: key))
    }

    /// The same for who holds the word, once the reply is signed.
    public func replyFile(
        _ key: String,
        of number: String,
        word: String,
        calendar: WorkCalendar
    ) async throws -> (about: ReplyFile, bytes: [UInt8]) {
        let entry = try await entry(number, word: word, calendar: calendar)
        guard entry.request.state == .answered else { throw Refusal.outOfTurn }
        return try await replyFile(key, of: number)
    }
}
