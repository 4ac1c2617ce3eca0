import Core
import Storage
import WorkCalendar

/// The years' ledgers: made from a key-points document in one step, correctable by hand, with evidence.
public struct Ledgers: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Makes the ledger of a year from the key points of a document; the same document again replaces nothing that was worked on.
    /// - Throws: `Refusal.alreadyDone` when the document's ledger stands already.
    public func take(_ points: KeyPoints, year: Int, document: String, by actor: Actor) async throws {
        guard !actor.roles.isDisjoint(with: [.drafter, .disclosureOfficer]) else {
            throw Refusal.forbidden(because: Text("由承办人或者信息公开办建立台账。", "The drafter or the disclosure office makes the ledger."))
        }
        guard !points.tasks.isEmpty else {
            throw Refusal.invalid("document", "没有读出任何任务，请检查正文的编号。", "No tasks were read; check the numbering of the text.")
        }
        let now = world.now()
        let keyed = points.tasks.map { (task: $0, key: world.key()) }
        try await database.write { db in
            guard try db.scalar(Int.self, "SELECT 1 FROM ledger_task WHERE document = \(document) LIMIT 1") == nil else {
                throw Refusal.alreadyDone
            }
            for (position, (task, key)) in keyed.enumerated() {
                let units = UnitNames.reference
                try db.run(
                    """
                    INSERT INTO ledger_task (key, year, document, position, number, heading, title, text, responsibility, lead, due,
                        due_text, kind, flags, state, version)
                    VALUES (\(key), \(year), \(document), \(position), \(task.number), \(task.heading), \(task.title), \(task.text),
                        \(task.responsibility), \(task.lead.flatMap { units.named($0)?.code }), \(task.due), \(task.dueText),
                        \(task.kind.rawValue), \(task.flags.map(\.description).joined(separator: "; ")), \(LedgerTask.State.open), 0)
                    """
                )
                for name in task.units {
                    guard let unit = units.named(name) else { continue }
                    try db.run("INSERT INTO task_unit (task, unit) VALUES (\(key), \(unit.code)) ON CONFLICT DO NOTHING")
                }
            }
            try StepLog.write("ledger", on: "document/\(document)", by: actor, as: .drafter, at: now, detail: "\(year)", in: db)
        }
    }

    public struct Entry: Equatable, Sendable {
        public let task: LedgerTask
        /// Co-responsible units' codes.
        public let units: [String]
        public let evidence: [Evidence]
    }

    public struct Evidence: Codable, Equatable, Sendable {
        public let task: String
        /// A release's key; nil for a note.
        public let release: String?
        public let note: String
        public let at: Moment
    }

    public func years() async throws -> [Int] {
        try await database.read { try $0.all(Int.self, "SELECT DISTINCT year FROM ledger_task ORDER BY year DESC") }
    }

    /// A year's tasks in the document's order; of one unit when a code is given.
    public func entries(year: Int, unit: String? = nil) async throws -> [Entry] {
        try await database.read { db in
            let mine: SQL = unit.map { "AND (lead = \($0) OR key IN (SELECT task FROM task_unit WHERE unit = \($0)))" } ?? ""
            let tasks = try db.all(
                LedgerTask.self,
                "SELECT * FROM ledger_task WHERE year = \(year) \(mine) ORDER BY document, position"
            )
            return try tasks.map { try entry($0, in: db) }
        }
    }

    public func entry(_ key: String) async throws -> Entry {
        try await database.read { db in try entry(try task(key, in: db), in: db) }
    }

    private func entry(_ task: LedgerTask, in db: any Connection) throws -> Entry {
        Entry(
            task: task,
            units: try db.all(String.self, "SELECT unit FROM task_unit WHERE task = \(task.key) ORDER BY unit"),
            evidence: try db.all(Evidence.self, "SELECT * FROM task_evidence WHERE task = \(task.key) ORDER BY at")
        )
    }

    private func task(_ key: String, in db: any Connection) throws -> LedgerTask {
        guard let task = try db.first(LedgerTask.self, "SELECT * FROM ledger_task WHERE key = \(key)") else { throw Refusal.notFound }
        return task
    }

    public func take(_ step: LedgerTask.Step, on key: String, by actor: Actor) async throws {
        let now = world.now()
        try await database.write { db in
            let task = try task(key, in: db)
            let row = try LedgerTask.lifecycle.row(step, from: task.state, by: actor, taken: [])
            let saved = try db.run(
                "UPDATE ledger_task SET state = \(row.to), version = version + 1 WHERE key = \(key) AND version = \(task.version)"
            )
            guard saved == 1 else { throw Refusal.stale }
            try StepLog.write(step.rawValue, on: "task/\(key)", by: actor, as: row.by, at: now, in: db)
        }
    }

    /// Corrects by hand what was read: title, lead, co-responsible units, due day.
    public func correct(
        _ key: String,
        version: Int,
        title: String,
        lead: String?,
        units: [String],
        due: Day?,
        by actor: Actor
    ) async throws {
        guard !actor.roles.isDisjoint(with: [.drafter, .disclosureOfficer, .unitHead]) else {
            throw Refusal.forbidden(because: Text("您无权更正台账。", "The ledger is not yours to correct."))
        }
        guard !title.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("title", "请填写任务名称。", "Write the task's title.") }
        let known = Set(UnitNames.reference.all.map(\.code))
        for unit in units + [lead].compactMap({ $0 }) where !known.contains(unit) {
            throw Refusal.invalid("units", "没有代码为“\(unit)”的单位。", "There is no unit with the code “\(unit)”.")
        }
        let now = world.now()
        try await database.write { db in
            let saved = try db.run(
                """
                UPDATE ledger_task SET title = \(title), lead = \(lead), due = \(due), version = version + 1
                WHERE key = \(key) AND version = \(version)
                """
            )
            guard saved == 1 else { throw Refusal.stale }
            try db.run("DELETE FROM task_unit WHERE task = \(key)")
            for unit in Set(units) { try db.run("INSERT INTO task_unit (task, unit) VALUES (\(key), \(unit))") }
            try StepLog.write(
                "correct",
                on: "task/\(key)",
                by: actor,
                as: actor.roles.contains(.drafter) ? .drafter : .unitHead,
                at: now,
                in: db
            )
        }
    }

    /// Attaches what shows that the task was done: a public release, or a note.
    public func attach(release: String?, note: String, to key: String, by actor: Actor) async throws {
        guard !note.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("note", "请写明材料的内容。", "Say what the evidence is.") }
        let now = world.now()
        try await database.write { db in
            _ = try task(key, in: db)
            if let release, try db.scalar(Int.self, "SELECT 1 FROM release WHERE key = \(release)") == nil {
                throw Refusal.invalid("release", "没有这条公开信息，请检查编号。", "There is no such release; check its key.")
            }
            try db.run("INSERT INTO task_evidence (task, release, note, at) VALUES (\(key), \(release), \(note), \(now))")
            try StepLog.write(
                "attach",
                on: "task/\(key)",
                by: actor,
                as: actor.roles.min { $0.rawValue < $1.rawValue } ?? .drafter,
                at: now,
                in: db
            )
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 08 ledger",
            """
            CREATE TABLE ledger_task (
                key TEXT PRIMARY KEY,
                year BIGINT NOT NULL,
                document TEXT NOT NULL,
                position BIGINT NOT NULL,
                number TEXT NOT NULL,
                heading TEXT,
                title TEXT NOT NULL,
                text TEXT NOT NULL,
                responsibility TEXT,
                lead TEXT,
                due TEXT,
                due_text TEXT,
                kind TEXT NOT NULL,
                flags TEXT NOT NULL,
                state TEXT NOT NULL,
                version BIGINT NOT NULL
            );
            CREATE INDEX ledger_task_year ON ledger_task (year, document, position);
            CREATE TABLE task_unit (
                task TEXT NOT NULL REFERENCES ledger_task (key), unit TEXT NOT NULL, PRIMARY KEY (task, unit)
            );
            CREATE TABLE task_evidence (
                task TEXT NOT NULL REFERENCES ledger_task (key), release TEXT, note TEXT NOT NULL, at TEXT NOT NULL
            );
            CREATE INDEX task_evidence_task ON task_evidence (task);
            """
        )
    ]
}

extension LedgerTask.State: SQLConvertible {}
