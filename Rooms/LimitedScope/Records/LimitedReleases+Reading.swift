import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// What a recipient may do: look whether a link still opens, open it once, and read until the last day.
extension LimitedReleases {
    /// What a recipient is shown.
    public struct Copy: Sendable {
        public let release: LimitedRelease
        public let recipient: Recipient
        public let content: Content
    }

    /// Whether a link's token would open something now; looking changes nothing, for mail scanners look too.
    public func opens(_ token: String) async throws -> Bool {
        let today = world.now().beijingDay
        return try await database.read { db in
            let row = try waiting(token, on: today, in: db)
            return row != nil
        }
    }

    /// Opens a link, once.
    /// - Returns: the release's key, its last day, and the secret for the cookie, of which only the hash is kept.
    /// - Throws: `Refusal.notFound` for any link that does not open, whatever the reason.
    public func open(_ token: String) async throws -> (key: String, expiresOn: Day, session: String) {
        let (now, session) = (world.now(), newToken())
        return try await database.write { db in
            guard let row = try waiting(token, on: now.beijingDay, in: db) else { throw Refusal.notFound }
            let done = try db.run(
                """
                UPDATE limited_recipient SET state = \(Recipient.State.opened), token = NULL, session = \(Hash(of: session)),
                    opened_at = \(now)
                WHERE release = \(row.release) AND number = \(row.number) AND token = \(Hash(of: token))
                """
            )
            guard done == 1 else { throw Refusal.notFound }
            let release = try release(row.release, in: db)
            try note("open", row, release, at: now, in: db)
            return (release.key, release.expiresOn, session)
        }
    }

    private func waiting(_ token: String, on today: Day, in db: any Connection) throws -> Stored? {
        let row = try db.first(
            Stored.self,
            "SELECT * FROM limited_recipient WHERE token = \(Hash(of: token)) AND state = \(Recipient.State.waiting)"
        )
        guard let row, try release(row.release, in: db).isOpen(on: today) else { return nil }
        return row
    }

    /// The text for whoever holds the cookie's secret, with a receipt.
    /// - Throws: `Refusal.notFound` where it is not, or no longer, theirs to read.
    public func read(_ key: String, session: String) async throws -> Copy {
        try await read(key, "session = \(Hash(of: session))")
    }

    /// The text for a person who signed in, with a receipt.
    public func read(_ key: String, as actor: Actor) async throws -> Copy {
        try await read(key, "person = \(actor.person)")
    }

    private func read(_ key: String, _ whose: SQL) async throws -> Copy {
        let now = world.now()
        return try await database.write { db in
            let row = try db.first(
                Stored.self,
                """
                SELECT * FROM limited_recipient
                WHERE release = \(key) AND \(whose) AND state <> \(Recipient.State.recalled) ORDER BY number DESC
                """
            )
            guard let row else { throw Refusal.notFound }
            let release = try release(key, in: db)
            guard release.isOpen(on: now.beijingDay),
                let json = try db.scalar(String.self, "SELECT json FROM limited_release WHERE key = \(key)")
            else { throw Refusal.notFound }
            if row.state == .waiting {
                try db.run(
                    """
                    UPDATE limited_recipient SET state = \(Recipient.State.opened), opened_at = \(now)
                    WHERE release = \(key) AND number = \(row.number)
                    """
                )
                try note("open", row, release, at: now, in: db)
            }
            try db.run("INSERT INTO limited_reading (release, recipient, at) VALUES (\(key), \(row.number), \(now))")
            let content = try JSONDecoder().decode(Content.self, from: Data(json.utf8))
            return Copy(release: release, recipient: try opened(row), content: content)
        }
    }

    /// A recipient is named by number alone: the log holds no personal data.
    private func note(_ step: String, _ row: Stored, _ release: LimitedRelease, at now: Moment, in db: any Connection) throws {
        let who = Actor(
            person: "limited/\(release.key)/\(row.number)",
            name: Text("\(row.number)号收件人", "Recipient \(row.number)"),
            unit: release.unit,
            roles: []
        )
        try StepLog.write(step, on: "limited/\(release.key)", by: who, as: "recipient", at: now, in: db)
    }

    /// What was given to a person who signed in and can be read today.
    public func given(to actor: Actor) async throws -> [LimitedRelease] {
        let today = world.now().beijingDay
        return try await database.read { db in
            let keys = try db.all(
                String.self,
                """
                SELECT DISTINCT release FROM limited_recipient
                WHERE person = \(actor.person) AND state <> \(Recipient.State.recalled) ORDER BY release DESC
                """
            )
            return try keys.map { try release($0, in: db) }.filter { $0.isOpen(on: today) }
        }
    }

    /// A recipient whose mark a text bears.
    public struct Source: Sendable {
        public let release: LimitedRelease
        public let recipient: Recipient
        /// Of the mark's sixty-four runs, how many were found.
        public let agreement: Int
    }

    /// From whose copy a text was taken: the likeliest first, several where copies were mixed.
    public func sources(of text: String, by actor: Actor) async throws -> [Source] {
        let role = try actor.acting(
            as: .confidentialityReviewer,
            .leader,
            .disclosureOfficer,
            or: Text("由保密审核人、信息公开办或者局领导查验水印。", "Watermarks are read by the reviewer, the disclosure office or the leader.")
        )
        let (marks, now) = (MarkedText(text), world.now())
        guard marks.isMarked else { return [] }
        return try await database.write { db in
            var agreeing: [(row: Stored, agreement: Int)] = []
            try db.each(Stored.self, "SELECT * FROM limited_recipient ORDER BY release, number") { row in
                let agreement = marks.agreement(with: Watermark(code: UInt64(UInt(bitPattern: row.mark))))
                if agreement >= MarkedText.enough { agreeing.append((row, agreement)) }
            }
            return try agreeing.sorted { $0.agreement > $1.agreement }.map { found in
                let key = found.row.release
                try log("trace", on: key, by: actor, as: role, at: now, detail: "\(found.row.number) \(found.agreement)/64", in: db)
                return Source(release: try release(key, in: db), recipient: try opened(found.row), agreement: found.agreement)
            }
        }
    }
}
