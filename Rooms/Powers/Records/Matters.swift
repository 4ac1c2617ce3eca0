import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// The office's powers and service guides: drafted by their units, signed by the unit's head, public from then on.
public struct Matters: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// A matter with what is flagged of it.
    public struct Entry: Equatable, Sendable {
        public let matter: Matter
        public let flags: [Flagged]
    }

    /// A flag of a matter, and the day it was raised.
    public struct Flagged: Codable, Equatable, Sendable {
        public let kind: BasisFlag.Kind
        public let basis: String
        public let zh: String
        public let en: String
        public let since: Day

        public var text: Text { Text(zh, en) }
    }

    /// Takes a new matter in as a draft.
    /// - Parameter code: nil for the next code of its list.
    /// - Returns: its key.
    public func add(_ text: MatterText, as sort: Matter.Sort, code: String? = nil, by actor: Actor) async throws -> String {
        let role = try await checkChange(text, by: actor)
        let (key, now) = (world.key(), world.now())
        try await database.write { db in
            let code = try code ?? nextCode(sort, in: db)
            try insert(text, key: key, code: code, sort: sort, in: db)
            try StepLog.write("draft", on: "matter/\(key)", by: actor, as: role, at: now, detail: text.hash.hex, in: db)
        }
        return key
    }

    func insert(_ text: MatterText, key: String, code: String, sort: Matter.Sort, in db: any Connection) throws {
        guard try db.scalar(Int.self, "SELECT 1 FROM matter WHERE code = \(code)") == nil else { throw Self.taken(code) }
        guard code.count <= 60, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.".contains($0) }) else {
            throw Refusal.invalid(
                "code",
                "编码“\(code)”应由字母、数字、“-”“_”“.”组成。",
                "A code such as “\(code)” has only letters, digits, -, _ and dots."
            )
        }
        try db.run(
            """
            INSERT INTO matter (key, code, sort, unit, state, version, draft)
            VALUES (\(key), \(code), \(sort), \(text.unit), \(Matter.lifecycle.start), 0, \(text.canonical))
            """
        )
        try rest(key, on: text.bases, in: db)
    }

    static func taken(_ code: String) -> Refusal {
        .invalid("code", "编码“\(code)”已有其他事项使用。", "Another matter has the code “\(code)”.")
    }

    func nextCode(_ sort: Matter.Sort, in db: any Connection) throws -> String {
        let last = try db.scalar(String.self, "SELECT max(code) FROM matter WHERE code LIKE \("\(sort.letter)-____")")
        let figures = "\((last.flatMap { Int($0.suffix(4)) } ?? 0) + 1)"
        return "\(sort.letter)-" + String(repeating: "0", count: max(0, 4 - figures.count)) + figures
    }

    /// Saves a change of a draft. Its bases are changed by `rest(_:on:)` and `drop`, not here.
    public func save(_ key: String, version: Int, _ text: MatterText, by actor: Actor) async throws {
        let role = try await checkChange(text, by: actor)
        let now = world.now()
        try await database.write { db in
            let before = try matter(key, in: db)
            try requireUnit(actor, before.unit)
            guard before.state == .draft else { throw Refusal.outOfTurn }
            var after = text
            after.bases = before.draft.bases
            try write(after, over: before, version: version, in: db)
            try StepLog.write("revise", on: "matter/\(key)", by: actor, as: role, at: now, detail: after.hash.hex, in: db)
        }
    }

    func write(_ text: MatterText, over before: Matter, version: Int, in db: any Connection) throws {
        let saved = try db.run(
            """
            UPDATE matter SET draft = \(text.canonical), unit = \(text.unit), version = version + 1
            WHERE key = \(before.key) AND version = \(version)
            """
        )
        guard saved == 1 else { throw Refusal.stale }
        if before.published == nil { try rest(before.key, on: text.bases, in: db) }
    }

    /// Writes down on which releases the watched text rests.
    func rest(_ key: String, on bases: [Basis], in db: any Connection) throws {
        try db.run("DELETE FROM matter_basis WHERE matter = \(key)")
        for (place, basis) in bases.enumerated() {
            try db.run(
                "INSERT INTO matter_basis (matter, place, release, anchor) VALUES (\(key), \(place), \(basis.release), \(basis.anchor))"
            )
        }
    }

    /// Takes a step of the procedure.
    /// - Parameters:
    ///   - seen: the hash of the draft that the person had before the eyes; the unit head signs exactly that.
    ///   - reason: why it is sent back or taken down.
    public func take(_ step: Matter.Step, on key: String, seeing seen: String? = nil, reason: String = "", by actor: Actor) async throws {
        if [.sendBack, .withdraw].contains(step), reason.allSatisfy(\.isWhitespace) {
            throw Refusal.invalid("reason", "请写明理由。", "Give the reason.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let before = try matter(key, in: db)
            let row = try Matter.lifecycle.row(step, from: before.state, by: actor, taken: try submitted(key, in: db))
            if row.by != .disclosureOfficer { try requireUnit(actor, before.unit) }
            let hash = before.draft.hash.hex
            if step == .submit || step == .sign { try checkDraft(before, on: now.beijingDay, in: db) }
            if step == .sign, let seen, seen != hash { throw Refusal.stale }
            let saved = try db.run(
                "UPDATE matter SET state = \(row.to), version = version + 1 WHERE key = \(key) AND version = \(before.version)"
            )
            guard saved == 1 else { throw Refusal.stale }
            if step == .sign {
                try db.run(
                    "UPDATE matter SET published = \(before.draft.canonical), published_on = \(now.beijingDay) WHERE key = \(key)"
                )
                try rest(key, on: before.draft.bases, in: db)
            }
            if step == .withdraw { try db.run("UPDATE matter SET published = NULL, published_on = NULL WHERE key = \(key)") }
            if step == .sign || step == .withdraw { try db.run("DELETE FROM matter_flag WHERE matter = \(key)") }
            let detail = reason.isEmpty ? hash : reason
            try StepLog.write(step.rawValue, on: "matter/\(key)", by: actor, as: row.by, at: now, detail: detail, in: db)
        }
        if step == .sign { try await watch(on: now.beijingDay, only: key) }
    }

    /// Who submitted the draft that is signed now: the four eyes are of this round.
    private func submitted(_ key: String, in db: any Connection) throws -> [Lifecycle<Matter.State, Matter.Step>.Taken] {
        try StepLog.of("matter/\(key)", in: db).last { $0.step == Matter.Step.submit.rawValue }.map { [.init(.submit, by: $0.person)] }
            ?? []
    }

    /// Nothing is signed that lacks an element, or rests on what may not be rested on today.
    private func checkDraft(_ matter: Matter, on day: Day, in db: any Connection) throws {
        try matter.draft.check(as: matter.sort)
        for basis in matter.draft.bases { try requireStanding(basis, for: matter.draft.type, on: day, in: db) }
    }

    /// Refuses a basis that was chosen before and may not be rested on today.
    func requireStanding(_ basis: Basis, for type: PowerType?, on day: Day, in db: any Connection) throws {
        let source = BasisSource(db: db)
        guard let text = try source.text(basis.release) else { throw Refusal.notFound }
        let standing = try source.standing(of: text, among: try source.texts(ofWorkOf: text.release), on: day)
        try standing.check(basis.title, for: type, isConfirmed: basis.confirmedBy != nil)
    }

    /// Refuses a change that may not be kept: by whom, of a missing name or unit, for a secrecy mark.
    @discardableResult
    func checkChange(_ text: MatterText, by actor: Actor) async throws -> Role {
        let role = try actor.acting(
            as: .disclosureOfficer,
            .drafter,
            or: Text("由承办单位的承办人或者信息公开办填写。", "The unit's drafter or the disclosure office writes it.")
        )
        try requireUnit(actor, text.unit)
        var faults: [String: Text] = [:]
        if text.name.allSatisfy(\.isWhitespace) { faults["name"] = Text("请填写事项名称。", "Write the matter's name.") }
        if !UnitNames.units.contains(where: { $0.code == text.unit }) {
            faults["unit"] = Text("没有代码为“\(text.unit)”的单位。", "There is no unit with the code “\(text.unit)”.")
        }
        for (field, words) in text.fields where words.utf8.count > 20_000 {
            faults[field] = Text("内容过长（至多约6000字）。", "Too long (about 6,000 characters at most).")
        }
        guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        try await Incidents(database, world: world).refuseMarked(text.everything, unit: actor.unit, by: actor)
        return role
    }

    /// A unit works on its own matters; the disclosure office on all.
    func requireUnit(_ actor: Actor, _ unit: String) throws(Refusal) {
        guard actor.unit == unit || actor.roles.contains(.disclosureOfficer) else {
            throw .forbidden(because: Text("该事项由其他单位承办。", "This matter is another unit's."))
        }
    }

    func matter(_ key: String, in db: any Connection) throws -> Matter {
        guard let stored = try db.first(Stored.self, "SELECT * FROM matter WHERE key = \(key)") else { throw Refusal.notFound }
        return try stored.matter()
    }

    struct Stored: Decodable {
        let key, code, draft: String
        let sort: Matter.Sort
        let state: Matter.State
        let version: Int
        let published: String?
        let publishedOn: Day?

        func matter() throws -> Matter {
            let decoder = JSONDecoder()
            return Matter(
                key: key,
                code: code,
                sort: sort,
                state: state,
                version: version,
                draft: try decoder.decode(MatterText.self, from: Data(draft.utf8)),
                published: try published.map { try decoder.decode(MatterText.self, from: Data($0.utf8)) },
                publishedOn: publishedOn
            )
        }
    }
}
