import Core
import MerkleLog
import Storage
import WorkCalendar

/// Units, persons, the roles they hold between two days, and who is signed in.
public struct People: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Checks the password and opens a session. Five failures in a row, and the login rests for a quarter of an hour.
    /// - Returns: the token for the cookie; only its hash is stored.
    public func signIn(_ login: String, password: String) async throws -> String {
        let now = world.now()
        let found = try await database.read { db in
            try db.first(Stored.self, "SELECT * FROM person WHERE login = \(login)")
        }
        let refused = Refusal.invalid("password", "账号或者密码不对。", "The account or the password is wrong.")
        if let rests = found?.restsUntil, rests > now {
            throw Refusal.tooOften(retryAfter: (rests.milliseconds - now.milliseconds) / 1000 + 1)
        }
        // An unknown login costs the same time as a known one; so does a closed account's.
        guard await Password.holds(password, found?.password ?? Self.nobody), let found, found.state == .open else {
            if let found { try await countFailure(of: found, now) }
            throw refused
        }
        // Others may have failed while this password was being checked: a login at rest opens to nobody.
        let rests = try await database.read { db in
            try db.scalar(Moment.self, "SELECT rests_until FROM person WHERE key = \(found.key)")
        }
        if let rests, rests > now { throw Refusal.tooOften(retryAfter: (rests.milliseconds - now.milliseconds) / 1000 + 1) }
        let token = Base64.text(of: world.bytes(32))
        let seal = Base64.text(of: world.bytes(32))
        try await database.write { db in
            try db.run("UPDATE person SET failures = 0, rests_until = NULL WHERE key = \(found.key)")
            try db.run("DELETE FROM session WHERE until < \(now)")
            try db.run(
                """
                INSERT INTO session (token, person, seal, until)
                VALUES (\(Hash(of: token)), \(found.key), \(seal), \(now.adding(hours: Session.hours)))
                """
            )
        }
        return token
    }

    private func countFailure(of person: Stored, _ now: Moment) async throws {
        try await database.write { db in
            // Counted where it is written: of many wrong passwords at once, each counts.
            try db.run("UPDATE person SET failures = failures + 1 WHERE key = \(person.key)")
            let failures = try db.scalar(Int.self, "SELECT failures FROM person WHERE key = \(person.key)") ?? 0
            guard failures >= Session.attempts else { return }
            try db.run(
                """
                UPDATE person SET failures = 0, rests_until = \(now.adding(seconds: Session.restSeconds)) WHERE key = \(person.key)
                """
            )
        }
    }

    /// Forgets forms that were sent long ago: the sessions whose seal they bore are over.
    public func forgetForms(before day: Day) async throws {
        try await database.write { db in try db.run("DELETE FROM spent_form WHERE at < \("\(day)")") }
    }

    public func signOut(_ token: String) async throws {
        try await database.write { try $0.run("DELETE FROM session WHERE token = \(Hash(of: token))") }
    }

    /// The session of a cookie's token; nil when there is none, or it is over.
    public func session(_ token: String) async throws -> Session? {
        struct Line: Decodable {
            let person, seal: String
        }
        let now = world.now()
        return try await database.read { db in
            let line = try db.first(
                Line.self,
                "SELECT person, seal FROM session WHERE token = \(Hash(of: token)) AND until > \(now)"
            )
            guard let line, let actor = try actor(key: line.person, on: now.beijingDay, in: db) else { return nil }
            return Session(actor: actor, seal: line.seal)
        }
    }

    /// A person with the roles held today, delegated ones among them.
    public func actor(_ login: String) async throws -> Actor {
        let today = world.now().beijingDay
        return try await database.read { db in
            guard let key = try db.scalar(String.self, "SELECT key FROM person WHERE login = \(login)"),
                let actor = try actor(key: key, on: today, in: db)
            else { throw Refusal.notFound }
            return actor
        }
    }

    private func actor(key: String, on day: Day, in db: any Connection) throws -> Actor? {
        guard let person = try db.first(Stored.self, "SELECT * FROM person WHERE key = \(key)"), person.state == .open else { return nil }
        let roles = try db.all(
            String.self,
            "SELECT role FROM assignment WHERE person = \(key) AND since <= \(day) AND (until IS NULL OR until >= \(day))"
        )
        return Actor(
            person: key,
            name: Text(person.nameZh, person.nameEn),
            unit: person.unit,
            roles: Set(roles.compactMap(Role.init))
        )
    }

    /// Lets another person of the same unit act in one's role between two days.
    public func delegate(_ role: Role, to login: String, since: Day, until: Day, by actor: Actor) async throws {
        guard actor.roles.contains(role) else {
            throw Refusal.forbidden(because: Text("只能委托本人担任的角色。", "Only a role of one's own can be delegated."))
        }
        guard since <= until else { throw Self.endsBeforeItBegins }
        let (other, now) = (try await self.actor(login), world.now())
        guard other.unit == actor.unit, other.person != actor.person else {
            throw Refusal.invalid("login", "只能委托本单位的其他人员。", "Delegate to another person of your own unit.")
        }
        try await database.write { db in
            // What was lent is not lent on.
            let own = try db.scalar(
                Int.self,
                """
                SELECT count(*) FROM assignment WHERE person = \(actor.person) AND role = \(role) AND delegated_by IS NULL
                    AND (until IS NULL OR until >= \(until))
                """
            )
            guard own ?? 0 > 0 else {
                throw Refusal.forbidden(
                    because: Text(
                        "只能在本人担任该角色的期间内委托，受托的角色不得再委托。",
                        "A role is lent within the days that one holds it oneself; what was lent is not lent on."
                    )
                )
            }
            try db.run(
                """
                INSERT INTO assignment (number, person, role, since, until, delegated_by)
                VALUES (\(try Self.nextNumber(in: db)), \(other.person), \(role), \(since), \(until), \(actor.person))
                """
            )
            try StepLog.write("delegate", on: "person/\(other.person)", by: actor, as: role, at: now, detail: "\(since) – \(until)", in: db)
        }
    }

    public func add(_ login: String, name: Text, unit: String, roles: [Role], password: String) async throws {
        guard password.count >= Account.shortestPassword else { throw Refusal.invalid(field: "password", because: Self.shortPassword) }
        let sealed = await Password.sealed(password)
        let (key, today) = (world.key(), world.now().beijingDay)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO person (key, login, name_zh, name_en, unit, password, failures)
                VALUES (\(key), \(login), \(name.zh), \(name.en), \(unit), \(sealed), 0)
                """
            )
            for role in roles {
                let number = try Self.nextNumber(in: db)
                try db.run("INSERT INTO assignment (number, person, role, since) VALUES (\(number), \(key), \(role), \(today))")
            }
        }
    }

    /// Units as they stand, made from the reference table where there are none yet.
    public func addReferenceUnits() async throws {
        try await database.write { db in
            for unit in UnitNames.reference.all where unit.kind == .unit {
                try db.run(
                    """
                    INSERT INTO unit (code, name_zh, name_en) VALUES (\(unit.code), \(unit.zh), \(unit.en))
                    ON CONFLICT (code) DO NOTHING
                    """
                )
            }
        }
    }

    private struct Stored: Decodable {
        let key, nameZh, nameEn, unit, password: String
        let failures: Int
        let state: Account.State
        let restsUntil: Moment?
    }

    // A sealed password that nothing opens, for the time it takes to try.
    private static let nobody = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + String(repeating: "A", count: 43)
}
