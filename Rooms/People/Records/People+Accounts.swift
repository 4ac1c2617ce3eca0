import Core
import MerkleLog
import Storage
import WorkCalendar

/// What the administrator does for an account, and what a person does for the own one.
extension People {
    /// Every account of the house, by unit and login.
    public func accounts(for actor: Actor) async throws -> [Account] {
        try Self.administrates(actor)
        return try await database.read { db in
            try db.all(Account.self, "SELECT key, login, name_zh, name_en, unit, state FROM person ORDER BY unit, login")
        }
    }

    /// An account with its roles, the newest first; the own one is open to everybody.
    public func account(_ login: String, for actor: Actor) async throws -> (account: Account, assignments: [Account.Assignment]) {
        try await database.read { db in
            let account = try account(login, in: db)
            if account.key != actor.person { try Self.administrates(actor) }
            let assignments = try db.all(
                Account.Assignment.self,
                """
                SELECT assignment.number, assignment.person, assignment.role, assignment.since, assignment.until,
                    lender.name_zh AS lender_zh, lender.name_en AS lender_en
                FROM assignment LEFT JOIN person AS lender ON lender.key = assignment.delegated_by
                WHERE assignment.person = \(account.key) ORDER BY assignment.since DESC, assignment.number DESC
                """
            )
            return (account, assignments)
        }
    }

    /// The login of whoever is signed in.
    public func login(of actor: Actor) async throws -> String {
        try await database.read { try $0.scalar(String.self, "SELECT login FROM person WHERE key = \(actor.person)") ?? "" }
    }

    /// Adds an account with one role to begin with.
    public func add(_ login: String, name: Text, unit: String, role: Role, password: String, by actor: Actor) async throws {
        try Self.administrates(actor)
        var faults: [String: Text] = [:]
        let allowed = login.unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "." || $0 == "-" }
        if login.isEmpty || login.count > 40 || allowed.count < login.unicodeScalars.count {
            faults["login"] = Text("账号由小写字母、数字、点和短横组成，至多40个字符。", "An account name is small letters, figures, dots and hyphens, at most 40.")
        }
        if name.zh.isEmpty { faults["zh"] = Text("请填写中文姓名。", "Write the name in Chinese.") }
        if name.en.isEmpty { faults["en"] = Text("请填写拼音姓名。", "Write the name in Latin letters.") }
        if password.count < Account.shortestPassword { faults["password"] = Self.shortPassword }
        guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        do {
            try await add(login, name: name, unit: unit, roles: [role], password: password)
        } catch let error as StorageError where error.isDuplicate(in: "person") {
            throw Refusal.invalid("login", "已有账号“\(login)”。", "There is an account “\(login)” already.")
        }
        try await log("assign", on: login, by: actor, detail: role.rawValue)
    }

    /// Gives a role from a day on; nobody gives one to oneself.
    public func assign(_ role: Role, to login: String, since: Day?, until: Day?, by actor: Actor) async throws {
        let first = since ?? world.now().beijingDay
        if let until, until < first { throw Self.endsBeforeItBegins }
        try await take(.assign, on: login, by: actor, detail: role.rawValue) { account, db in
            try db.run(
                """
                INSERT INTO assignment (number, person, role, since, until)
                VALUES (\(try Self.nextNumber(in: db)), \(account.key), \(role), \(first), \(until))
                """
            )
        }
    }

    /// Ends a role with yesterday: from now on it is not held.
    public func end(_ number: Int, of login: String, by actor: Actor) async throws {
        let today = world.now().beijingDay
        try await take(.end, on: login, by: actor, detail: "\(number)") { account, db in
            guard let since = try db.scalar(Day.self, "SELECT since FROM assignment WHERE number = \(number) AND person = \(account.key)")
            else { throw Refusal.notFound }
            if since >= today {
                try db.run("DELETE FROM assignment WHERE number = \(number)")
            } else {
                try db.run("UPDATE assignment SET until = \(today.adding(-1)) WHERE number = \(number)")
            }
        }
    }

    /// Sets the password of somebody who lost it; who is signed in under it is signed out.
    public func setPassword(_ password: String, of login: String, by actor: Actor) async throws {
        guard password.count >= Account.shortestPassword else { throw Refusal.invalid(field: "password", because: Self.shortPassword) }
        let sealed = await Password.sealed(password)
        try await take(.setPassword, on: login, by: actor) { account, db in
            try db.run("UPDATE person SET password = \(sealed), failures = 0, rests_until = NULL WHERE key = \(account.key)")
            try db.run("DELETE FROM session WHERE person = \(account.key)")
        }
    }

    /// Closes an account at once: its sessions end. Or opens it again.
    public func take(_ step: Account.Step, on login: String, by actor: Actor) async throws {
        guard step == .close || step == .reopen else { throw Refusal.outOfTurn }
        try await take(step, on: login, by: actor) { account, db in
            try db.run("DELETE FROM session WHERE person = \(account.key)")
        }
    }

    /// Changes the own password; other sessions of the same person end.
    public func changePassword(from old: String, to new: String, keeping token: String, by actor: Actor) async throws {
        guard new.count >= Account.shortestPassword else { throw Refusal.invalid(field: "new", because: Self.shortPassword) }
        let stored = try await database.read { try $0.scalar(String.self, "SELECT password FROM person WHERE key = \(actor.person)") }
        guard let stored, await Password.holds(old, stored) else {
            throw Refusal.invalid("old", "现用密码不对。", "The present password is wrong.")
        }
        let (sealed, kept) = (await Password.sealed(new), Hash(of: token))
        let now = world.now()
        try await database.write { db in
            try db.run("UPDATE person SET password = \(sealed) WHERE key = \(actor.person)")
            try db.run("DELETE FROM session WHERE person = \(actor.person) AND token <> \(kept)")
            try StepLog.write("setPassword", on: "person/\(actor.person)", by: actor, as: Self.anyRole(actor), at: now, in: db)
        }
    }

    public func steps(of account: Account) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("person/\(account.key)", in: $0) }
    }

    private func take(
        _ step: Account.Step,
        on login: String,
        by actor: Actor,
        detail: String = "",
        _ change: @escaping @Sendable (Account, any Connection) throws -> Void
    ) async throws {
        let now = world.now()
        try await database.write { db in
            let account = try account(login, in: db)
            let row = try Account.lifecycle.row(step, from: account.state, by: actor, taken: [])
            guard account.key != actor.person else {
                throw Refusal.forbidden(
                    because: Text("不得为自己授予、结束角色或者停用账号，请由其他管理员办理。", "Nobody changes the own account here: another administrator does.")
                )
            }
            try change(account, db)
            try db.run("UPDATE person SET state = \(row.to) WHERE key = \(account.key)")
            try StepLog.write(step.rawValue, on: "person/\(account.key)", by: actor, as: row.by, at: now, detail: detail, in: db)
        }
    }

    private func log(_ step: String, on login: String, by actor: Actor, detail: String) async throws {
        let now = world.now()
        try await database.write { db in
            let account = try account(login, in: db)
            try StepLog.write(step, on: "person/\(account.key)", by: actor, as: .administrator, at: now, detail: detail, in: db)
        }
    }

    private func account(_ login: String, in db: any Connection) throws -> Account {
        let found = try db.first(Account.self, "SELECT key, login, name_zh, name_en, unit, state FROM person WHERE login = \(login)")
        guard let found else { throw Refusal.notFound }
        return found
    }

    static func nextNumber(in db: any Connection) throws -> Int {
        (try db.scalar(Int.self, "SELECT max(number) FROM assignment") ?? 0) + 1
    }

    private static func anyRole(_ actor: Actor) -> Role { actor.roles.min { $0.rawValue < $1.rawValue } ?? .drafter }

    private static func administrates(_ actor: Actor) throws(Refusal) {
        _ = try actor.acting(as: .administrator, or: Text("账号由系统管理员管理。", "Accounts are the administrator's."))
    }

    static let shortPassword = Text(
        "密码至少\(Account.shortestPassword)个字符。",
        "A password has at least \(Account.shortestPassword) characters."
    )
    static let endsBeforeItBegins = Refusal.invalid("until", "结束日期不得早于开始日期。", "The last day can not come before the first.")
}

extension Account.State: SQLConvertible {}
