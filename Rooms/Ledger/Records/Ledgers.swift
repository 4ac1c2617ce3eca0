import Core
import MerkleLog
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
    /// - Parameters:
    ///   - content: the hash of the content that was read: the tasks are public while a release of it is.
    ///   - issued: the day from which terms such as "within 5 working days of issue" run.
    /// - Throws: `Refusal.alreadyDone` when the document's ledger stands already.
    public func take(
        _ points: KeyPoints,
        year: Int,
        document: String,
        content: Hash? = nil,
        issued: Day,
        by actor: Actor
    ) async throws {
        let role = try actor.acting(
            as: .drafter,
            .disclosureOfficer,
            or: Text("由承办人或者信息公开办建立台账。", "The drafter or the disclosure office makes the ledger.")
        )
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
                    INSERT INTO ledger_task (key, year, document, content, issued, position, number, heading, title, read_title,
                        roles, text, responsibility, lead, due, due_text, kind, flags, state, version)
                    VALUES (\(key), \(year), \(document), \(content), \(issued), \(position), \(task.number), \(task.heading),
                        \(task.title), \(task.title), \(task.roles.joined(separator: "、")), \(task.text), \(task.responsibility), \(task.lead.flatMap { units.named($0)?.code }),
                        \(task.due), \(task.dueText), \(task.kind.rawValue),
                        \(task.flags.map(\.description).joined(separator: "; ")), \(LedgerTask.State.open), 0)
                    """
                )
                for name in task.units {
                    guard let unit = units.named(name) else { continue }
                    try db.run("INSERT INTO task_unit (task, unit) VALUES (\(key), \(unit.code)) ON CONFLICT DO NOTHING")
                }
            }
            try StepLog.write("ledger", on: "document/\(document)", by: actor, as: role, at: now, detail: "\(year)", in: db)
        }
    }

    /// Adds a task that no document names.
    public func add(_ title: String, text: String, lead: String, due: Day?, year: Int, by actor: Actor) async throws -> String {
        let role = try actor.acting(as: .disclosureOfficer, or: Text("由信息公开办增加任务。", "The disclosure office adds tasks."))
        guard !title.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("title", "请填写任务名称。", "Write the task's title.") }
        guard (2000...2100).contains(year) else { throw Refusal.invalid("year", "请填写四位数字的年份。", "Write the year as four digits.") }
        try Self.requireUnits([lead])
        try await Incidents(database, world: world).refuseMarked([title, text], unit: actor.unit, by: actor)
        let (now, key) = (world.now(), world.key())
        try await database.write { db in
            let count = try db.scalar(Int.self, "SELECT count(*) FROM ledger_task WHERE document = 'hand' AND year = \(year)") ?? 0
            try db.run(
                """
                INSERT INTO ledger_task (key, year, document, position, number, title, text, lead, due, kind, flags, state, version)
                VALUES (\(key), \(year), 'hand', \(count), \("+\(count + 1)"), \(title), \(text), \(lead), \(due), 'task', '',
                    \(LedgerTask.State.open), 0)
                """
            )
            try StepLog.write("add", on: "task/\(key)", by: actor, as: role, at: now, in: db)
        }
        return key
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

    /// For whom a ledger is read. The public reads what a visible release of the very content says, and nothing that was
    /// only typed at the desk: there is one gate.
    public enum Reader: Sendable {
        case desk
        case everyone

        var condition: SQL {
            switch self {
            case .desk: ""
            case .everyone:
                """
                AND EXISTS (SELECT 1 FROM release WHERE release.document = ledger_task.document
                    AND release.content = ledger_task.content AND \(SQL(trusted: Visibility.condition)))
                """
            }
        }

        /// The public reads a release's own title beside a task, not the officer's note.
        var note: SQL {
            switch self {
            case .desk: "note"
            case .everyone: "(SELECT title FROM release WHERE release.key = task_evidence.release)"
            }
        }

        var evidence: SQL {
            switch self {
            case .desk: ""
            case .everyone: "AND release IN (SELECT key FROM release WHERE \(SQL(trusted: Visibility.condition)))"
            }
        }
    }

    public func years(for reader: Reader) async throws -> [Int] {
        try await database.read { db in
            try db.all(Int.self, "SELECT DISTINCT year FROM ledger_task WHERE true \(reader.condition) ORDER BY year DESC")
        }
    }

    /// A year's tasks in the document's order; of one unit when a code is given.
    public func entries(year: Int, unit: String? = nil, for reader: Reader) async throws -> [Entry] {
        try await database.read { db in
            let mine: SQL = unit.map { "AND (lead = \($0) OR key IN (SELECT task FROM task_unit WHERE unit = \($0)))" } ?? ""
            let tasks = try db.all(
                LedgerTask.self,
                "SELECT * FROM ledger_task WHERE year = \(year) \(mine) \(reader.condition) ORDER BY document, position"
            )
            return try tasks.map { try entry($0, for: reader, in: db) }
        }
    }

    public func entry(_ key: String) async throws -> Entry {
        try await database.read { db in try entry(try task(key, in: db), for: .desk, in: db) }
    }

    func entry(_ task: LedgerTask, for reader: Reader, in db: any Connection) throws -> Entry {
        var task = task
        // A title that was typed has passed no gate: the public reads the one that was read.
        if reader == .everyone { task.title = task.readTitle ?? task.title }
        return Entry(
            task: task,
            units: try db.all(String.self, "SELECT unit FROM task_unit WHERE task = \(task.key) ORDER BY unit"),
            evidence: try db.all(
                Evidence.self,
                """
                SELECT task, release, at, \(reader.note) AS note FROM task_evidence
                WHERE task = \(task.key) \(reader.evidence) ORDER BY at
                """
            )
        )
    }

    func task(_ key: String, in db: any Connection) throws -> LedgerTask {
        guard let task = try db.first(LedgerTask.self, "SELECT * FROM ledger_task WHERE key = \(key)") else { throw Refusal.notFound }
        return task
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
        ),
        Migration(
            "2026-11-27 13 what a task was read from",
            """
            ALTER TABLE ledger_task ADD COLUMN content TEXT;
            ALTER TABLE ledger_task ADD COLUMN issued TEXT;
            ALTER TABLE ledger_task ADD COLUMN read_title TEXT;
            ALTER TABLE ledger_task ADD COLUMN roles TEXT NOT NULL DEFAULT '';
            """
        ),
    ]
}

extension LedgerTask.State: SQLConvertible {}
