import Core
import MerkleLog
import Storage
import WorkCalendar

/// Accounts that applicants may open to find their requests together. An account knows no name: its login is kept as a keyed hash, the words
/// of its requests sealed.
public struct ApplicantAccounts: Sendable {
    let requests: DisclosureRequests
    var database: any Database { requests.database }
    var world: World { requests.world }

    public init(_ requests: DisclosureRequests) { self.requests = requests }

    public static let schema = Migration(
        "2026-11-28 68 applicant accounts",
        """
        CREATE TABLE applicant_account (
            key TEXT PRIMARY KEY,
            login TEXT NOT NULL UNIQUE,
            password TEXT NOT NULL,
            failures BIGINT NOT NULL,
            rests_until TEXT
        );
        CREATE TABLE applicant_session (token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES applicant_account (key), until TEXT NOT NULL);
        CREATE INDEX applicant_session_account ON applicant_session (account);
        CREATE TABLE applicant_request (
            account TEXT NOT NULL REFERENCES applicant_account (key),
            request TEXT NOT NULL REFERENCES request (number),
            word TEXT NOT NULL,
            PRIMARY KEY (account, request)
        );
        """
    )

    private struct Stored: Decodable {
        let key, password: String
        let restsUntil: Moment?
    }

    /// A password nobody has: an unknown login costs the same time as a known one.
    private static let nobody = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// Opens an account, and signs in. - Returns: the token for the cookie; only its hash is stored.
    public func open(_ login: String, password: String) async throws -> String {
        guard (4...100).contains(login.count), !login.turnsDirection else {
            throw Refusal.invalid("login", "账号为4至100个字。", "A login has 4 to 100 characters.")
        }
        guard (10...200).contains(password.count) else {
            throw Refusal.invalid("password", "密码至少10个字符。", "A password has at least 10 characters.")
        }
        let (key, name) = (world.key(), requests.vault.name(of: login))
        let sealed = await Password.sealed(password)
        do {
            try await database.write { db in
                try db.run(
                    "INSERT INTO applicant_account (key, login, password, failures) VALUES (\(key), \(name), \(sealed), 0)"
                )
            }
        } catch let error as StorageError where error.isDuplicate(in: "applicant_account") {
            throw Refusal.invalid("login", "不能使用这个账号，请换一个。", "This login can not be used; choose another.")
        }
        return try await session(of: key)
    }

    /// Five failures in a row, and the login rests for a quarter of an hour.
    public func signIn(_ login: String, password: String) async throws -> String {
        let (now, name) = (world.now(), requests.vault.name(of: login))
        let found = try await database.read { db in
            try db.first(Stored.self, "SELECT key, password, rests_until FROM applicant_account WHERE login = \(name)")
        }
        if let rests = found?.restsUntil, rests > now {
            throw Refusal.tooOften(retryAfter: (rests.milliseconds - now.milliseconds) / 1000 + 1)
        }
        guard await Password.holds(password, found?.password ?? Self.nobody), let found else {
            if let found { try await countFailure(of: found.key, now) }
            throw Refusal.invalid("password", "账号或者密码不对。", "The account or the password is wrong.")
        }
        // Others may have failed while this password was being checked: a login at rest opens to nobody.
        let rests = try await database.read { db in
            try db.scalar(Moment.self, "SELECT rests_until FROM applicant_account WHERE key = \(found.key)")
        }
        if let rests, rests > now { throw Refusal.tooOften(retryAfter: (rests.milliseconds - now.milliseconds) / 1000 + 1) }
        return try await session(of: found.key)
    }

    private func countFailure(of key: String, _ now: Moment) async throws {
        try await database.write { db in
            try db.run("UPDATE applicant_account SET failures = failures + 1 WHERE key = \(key)")
            let failures = try db.scalar(Int.self, "SELECT failures FROM applicant_account WHERE key = \(key)") ?? 0
            guard failures >= Session.attempts else { return }
            try db.run(
                """
                UPDATE applicant_account SET failures = 0, rests_until = \(now.adding(seconds: Session.restSeconds)) WHERE key = \(key)
                """
            )
        }
    }

    private func session(of key: String) async throws -> String {
        let (now, token) = (world.now(), Base64.text(of: world.bytes(32)))
        try await database.write { db in
            try db.run("UPDATE applicant_account SET failures = 0, rests_until = NULL WHERE key = \(key)")
            try db.run("DELETE FROM applicant_session WHERE until < \(now)")
            try db.run(
                """
                INSERT INTO applicant_session (token, account, until) VALUES (\(Hash(of: token)), \(key), \(now.adding(hours: Session.hours)))
                """
            )
        }
        return token
    }

    /// The account of a cookie's token; nil when there is none, or the session is over.
    public func account(_ token: String) async throws -> String? {
        let now = world.now()
        return try await database.read { db in
            try db.scalar(String.self, "SELECT account FROM applicant_session WHERE token = \(Hash(of: token)) AND until > \(now)")
        }
    }

    public func signOut(_ token: String) async throws {
        try await database.write { try $0.run("DELETE FROM applicant_session WHERE token = \(Hash(of: token))") }
    }

    /// Takes the account away, with all that it knows; its requests stay, and open by number and word as before.
    public func close(_ account: String) async throws {
        try await database.write { db in
            for table in ["applicant_request", "applicant_session"] {
                try db.run("DELETE FROM \(SQL(trusted: table)) WHERE account = \(account)")
            }
            try db.run("DELETE FROM applicant_account WHERE key = \(account)")
        }
    }

    /// Puts a request with the account: whoever adds it holds its word.
    public func add(_ number: String, word: String, to account: String, calendar: WorkCalendar) async throws {
        _ = try await requests.entry(number, word: word, calendar: calendar)
        let sealed = requests.vault.seal(word, at: "\(account) \(number)")
        try await database.write { db in
            try db.run(
                """
                INSERT INTO applicant_request (account, request, word) VALUES (\(account), \(number), \(sealed))
                ON CONFLICT (account, request) DO NOTHING
                """
            )
        }
    }

    /// The account's requests, the newest first.
    public func requests(of account: String, limit: Int = 200) async throws -> [DisclosureRequest] {
        try await database.read { db in
            try db.all(
                DisclosureRequests.Stored.self,
                """
                SELECT request.* FROM request JOIN applicant_request ON applicant_request.request = request.number
                WHERE applicant_request.account = \(account) ORDER BY request.year DESC, request.serial DESC LIMIT \(limit)
                """
            ).map(\.request)
        }
    }

    /// The word of one of the account's requests.
    public func word(of number: String, in account: String) async throws -> String {
        let sealed = try await database.read { db in
            try db.scalar(String.self, "SELECT word FROM applicant_request WHERE account = \(account) AND request = \(number)")
        }
        guard let sealed else { throw Refusal.notFound }
        return try requests.vault.open(sealed, at: "\(account) \(number)")
    }
}
