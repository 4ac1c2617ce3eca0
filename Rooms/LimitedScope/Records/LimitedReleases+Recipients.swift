import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// To whom a limited release is given, and how it is taken back; names and addresses are sealed, of links only the hash is kept.
extension LimitedReleases {
    /// A recipient's name and address at rest.
    private struct Who: Codable {
        let name, address: String
    }

    struct Stored: Decodable {
        let release: String
        let number: Int
        let sealed: String
        let way: Recipient.Way
        let person: String?
        let state: Recipient.State
        let mark: Int
        let openedAt, recalledAt: Moment?
    }

    /// Gives it to one more recipient.
    /// - Parameter address: an e-mail address, or with `.signIn` the login of a person at the desk.
    /// - Returns: the recipient's number, and for a link its token, which is shown once and stored nowhere.
    public func give(
        _ key: String,
        to name: String,
        _ address: String,
        _ way: Recipient.Way,
        by actor: Actor
    ) async throws -> (number: Int, token: String?) {
        guard (1...200).contains(name.utf8.count), !name.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("name", "请填写收件人的姓名或者名称。", "Write the recipient's name.")
        }
        if way == .link {
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254, !address.contains(where: \.isWhitespace)
            else {
                throw Refusal.invalid("address", "请填写电子邮件地址。", "Write the e-mail address.")
            }
        }
        try await Incidents(database, world: world).refuseMarked([name, address], unit: actor.unit, by: actor)
        let (now, token) = (world.now(), way == .link ? newToken() : nil)
        let mark = Watermark(bytes: world.bytes(8))
        let number = try await database.write { db in
            let row = try row(.give, of: try release(key, in: db), by: actor)
            var person: String?
            if way == .signIn {
                person = try db.scalar(String.self, "SELECT key FROM person WHERE login = \(address)")
                guard person != nil else {
                    throw Refusal.invalid("address", "没有账号“\(address)”。", "There is no account “\(address)”.")
                }
            }
            let number = (try db.scalar(Int.self, "SELECT max(number) FROM limited_recipient WHERE release = \(key)") ?? 0) + 1
            let who = String(decoding: try JSONEncoder().encode(Who(name: name, address: address)), as: UTF8.self)
            try db.run(
                """
                INSERT INTO limited_recipient (release, number, sealed, way, person, state, mark, token)
                VALUES (\(key), \(number), \(vault.seal(who, at: place(key, number))), \(way), \(person), \(Recipient.State.waiting),
                    \(Int(bitPattern: UInt(mark.code))), \(token.map { Hash(of: $0) }))
                """
            )
            try log("give", on: key, by: actor, as: row.by, at: now, detail: "\(number) \(way.rawValue)", in: db)
            return number
        }
        return (number, token)
    }

    /// Makes a new link for a recipient; the one before, and what it opened, end.
    public func renew(_ key: String, _ number: Int, by actor: Actor) async throws -> String {
        let (now, token) = (world.now(), newToken())
        try await database.write { db in
            let release = try release(key, in: db)
            let row = try row(.renew, of: release, by: actor)
            guard release.isOpen(on: now.beijingDay), try stored(key, number, in: db).way == .link else { throw Refusal.outOfTurn }
            try db.run(
                """
                UPDATE limited_recipient SET token = \(Hash(of: token)), session = NULL, state = \(Recipient.State.waiting),
                    opened_at = NULL, recalled_at = NULL
                WHERE release = \(key) AND number = \(number)
                """
            )
            try log("renew", on: key, by: actor, as: row.by, at: now, detail: "\(number)", in: db)
        }
        return token
    }

    /// Takes it back from one recipient, or from all of them.
    public func recall(_ key: String, _ number: Int?, by actor: Actor) async throws {
        let now = world.now()
        try await database.write { db in
            let step: LimitedRelease.Step = number == nil ? .recallAll : .recall
            let row = try row(step, of: try release(key, in: db), by: actor)
            let only: SQL = number.map { " AND number = \($0)" } ?? ""
            let done = try db.run(
                """
                UPDATE limited_recipient SET state = \(Recipient.State.recalled), recalled_at = \(now), token = NULL, session = NULL
                WHERE release = \(key) AND state <> \(Recipient.State.recalled)\(only)
                """
            )
            guard done > 0 else { throw Refusal.outOfTurn }
            try log(step.rawValue, on: key, by: actor, as: row.by, at: now, detail: number.map(String.init) ?? "\(done)", in: db)
        }
    }

    /// A recipient with the times at which the text was read.
    public struct Receipt: Sendable {
        public let recipient: Recipient
        public let readings: [Moment]
    }

    public func recipients(of key: String) async throws -> [Receipt] {
        struct Reading: Decodable {
            let recipient: Int
            let at: Moment
        }
        return try await database.read { db in
            let readings = try db.all(Reading.self, "SELECT recipient, at FROM limited_reading WHERE release = \(key) ORDER BY at")
            return try db.all(Stored.self, "SELECT * FROM limited_recipient WHERE release = \(key) ORDER BY number").map { row in
                Receipt(recipient: try opened(row), readings: readings.filter { $0.recipient == row.number }.map(\.at))
            }
        }
    }

    func opened(_ row: Stored) throws -> Recipient {
        let json = try vault.open(row.sealed, at: place(row.release, row.number))
        let who = try JSONDecoder().decode(Who.self, from: Data(json.utf8))
        return Recipient(
            number: row.number,
            name: who.name,
            address: who.address,
            way: row.way,
            state: row.state,
            mark: Watermark(code: UInt64(UInt(bitPattern: row.mark))),
            openedAt: row.openedAt,
            recalledAt: row.recalledAt
        )
    }

    func stored(_ key: String, _ number: Int, in db: any Connection) throws -> Stored {
        let row = try db.first(Stored.self, "SELECT * FROM limited_recipient WHERE release = \(key) AND number = \(number)")
        guard let row else { throw Refusal.notFound }
        return row
    }

    private func place(_ key: String, _ number: Int) -> String { "limited/\(key)/\(number)" }

    /// Nobody guesses it: 256 bits.
    func newToken() -> String { Hash(of: world.bytes(32)).hex }
}
