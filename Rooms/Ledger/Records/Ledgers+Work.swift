import Core
import LegalText
import Storage
import WorkCalendar

/// What is done on a task: steps, corrections, evidence, and due days counted anew when a calendar changes.
extension Ledgers {
    public func take(_ step: LedgerTask.Step, on key: String, by actor: Actor) async throws {
        let now = world.now()
        try await database.write { db in
            let entry = try entry(try task(key, in: db), for: .desk, in: db)
            let row = try LedgerTask.lifecycle.row(step, from: entry.task.state, by: actor, taken: [])
            if row.by == .unitHead { try requireResponsible(actor, for: entry) }
            let saved = try db.run(
                "UPDATE ledger_task SET state = \(row.to), version = version + 1 WHERE key = \(key) AND version = \(entry.task.version)"
            )
            guard saved == 1 else { throw Refusal.stale }
            try StepLog.write(step.rawValue, on: "task/\(key)", by: actor, as: row.by, at: now, in: db)
        }
    }

    /// A unit works on its own tasks; the disclosure office, and the Office's drafter who made the ledger, on all.
    private func requireResponsible(_ actor: Actor, for entry: Entry) throws(Refusal) {
        let isMaker = actor.unit == People.office && actor.roles.contains(.drafter)
        guard actor.roles.contains(.disclosureOfficer) || isMaker || entry.task.lead == actor.unit || entry.units.contains(actor.unit)
        else {
            throw .forbidden(
                because: Text(
                    "该任务不由本单位负责，请由牵头或者责任单位办理。",
                    "This is not your unit's task: the lead or a responsible unit takes this step."
                )
            )
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
        let role = try actor.acting(
            as: .disclosureOfficer,
            .unitHead,
            .drafter,
            or: Text("您无权更正台账。", "The ledger is not yours to correct.")
        )
        guard !title.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("title", "请填写任务名称。", "Write the task's title.") }
        try Self.requireUnits(units + [lead].compactMap { $0 })
        try await Incidents(database, world: world).refuseMarked([title], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let before = try task(key, in: db)
            try requireResponsible(actor, for: try entry(before, for: .desk, in: db))
            // A day set by hand is no longer counted from the notice.
            let issued = before.due == due ? before.issued : nil
            let saved = try db.run(
                """
                UPDATE ledger_task SET title = \(title), lead = \(lead), due = \(due), issued = \(issued), version = version + 1
                WHERE key = \(key) AND version = \(version)
                """
            )
            guard saved == 1 else { throw Refusal.stale }
            try db.run("DELETE FROM task_unit WHERE task = \(key)")
            for unit in Set(units) { try db.run("INSERT INTO task_unit (task, unit) VALUES (\(key), \(unit))") }
            try StepLog.write("correct", on: "task/\(key)", by: actor, as: role, at: now, in: db)
        }
    }

    static func requireUnits(_ units: [String]) throws(Refusal) {
        let known = Set(UnitNames.reference.all.map(\.code))
        for unit in units where !known.contains(unit) {
            throw .invalid("units", "没有代码为“\(unit)”的单位。", "There is no unit with the code “\(unit)”.")
        }
    }

    /// Attaches what shows that the task was done: a public release, or a note.
    public func attach(release: String?, note: String, to key: String, by actor: Actor) async throws {
        let role = try actor.acting(
            as: .disclosureOfficer,
            .unitHead,
            .drafter,
            or: Text("由责任单位或者信息公开办附上材料。", "The responsible unit or the disclosure office attaches evidence.")
        )
        guard !note.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("note", "请写明材料的内容。", "Say what the evidence is.") }
        try await Incidents(database, world: world).refuseMarked([note], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            try requireResponsible(actor, for: try entry(try task(key, in: db), for: .desk, in: db))
            if let release {
                let condition = SQL(trusted: Visibility.condition)
                guard try db.scalar(Int.self, "SELECT 1 FROM release WHERE key = \(release) AND \(condition)") != nil else {
                    throw Refusal.invalid(
                        "release",
                        "没有这条公开信息，或者它已撤回，请检查编号。",
                        "There is no such release, or it was withdrawn; check its key."
                    )
                }
            }
            try db.run("INSERT INTO task_evidence (task, release, note, at) VALUES (\(key), \(release), \(note), \(now))")
            try StepLog.write("attach", on: "task/\(key)", by: actor, as: role, at: now, in: db)
        }
    }

    /// A due day that a calendar moved.
    public struct Moved: Codable, Equatable, Sendable {
        public let task: String
        public let number: String
        public let from: Day?
        public let to: Day
    }

    /// Counts the terms of all open tasks anew, and says which days moved.
    public func derive(with calendar: WorkCalendar, by actor: Actor) async throws -> [Moved] {
        let role = try actor.acting(
            as: .administrator,
            .disclosureOfficer,
            or: Text("由系统管理员或者信息公开办办理。", "The administrator or the disclosure office does this.")
        )
        let now = world.now()
        return try await database.write { db in
            let open = try db.all(
                LedgerTask.self,
                "SELECT * FROM ledger_task WHERE state IN ('open', 'underWay') AND issued IS NOT NULL AND due_text IS NOT NULL ORDER BY key"
            )
            return try open.compactMap { task in
                guard let issued = task.issued, let printed = task.dueText else { return nil }
                let found = Deadline.find(in: printed, year: issued.year).compactMap { deadline -> Day? in
                    do { return try deadline.due(issued: issued, calendar: calendar) } catch { return nil }
                }
                guard let due = found.first, due != task.due else { return nil }
                try db.run("UPDATE ledger_task SET due = \(due), version = version + 1 WHERE key = \(task.key)")
                let detail = "\(task.due?.description ?? "—") → \(due)"
                try StepLog.write("derive", on: "task/\(task.key)", by: actor, as: role, at: now, detail: detail, in: db)
                return Moved(task: task.key, number: task.number, from: task.due, to: due)
            }
        }
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("task/\(key)", in: $0) }
    }
}
