import Core
import Foundation
import MerkleLog
import Mosaic
import Scan
import Storage
import WorkCalendar

/// Tables of data: each is attacked with every table that was ever released before it may be.
///
/// The ledger of what is out is the released tables themselves, withdrawn ones too: what was out stays known.
public struct Datasets: Sendable {
    public let log: TransparencyLog
    public var database: any Database { log.database }
    public var world: World { log.world }

    /// The rules by which cells are scanned.
    let table: Table
    public let ledger: DossierLedger

    /// - Parameter table: the office's own rules of the scan; without them the house's.
    public init(_ log: TransparencyLog, ledger: DossierLedger, table: Table? = nil) {
        (self.log, self.ledger) = (log, ledger)
        self.table = table ?? .house
    }

    /// Takes a table in as a draft, with a role proposed for each column.
    /// - Parameters:
    ///   - bytes: CSV with `,` `;` `|` or tab, in UTF-8, UTF-16 or GB18030.
    ///   - notes: what the reading of the file left aside; kept with the draft.
    ///   - aside: texts of the file that are no part of the table; scanned for secrecy marks, not stored.
    public func add(
        _ title: String,
        _ bytes: [UInt8],
        notes: [Text] = [],
        aside: String = "",
        by actor: Actor
    ) async throws -> String {
        _ = try actor.acting(as: .drafter, or: Text("由承办人登记数据表。", "A drafter takes a table in."))
        let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !title.isEmpty, title.count <= 120 else {
            throw Refusal.invalid("title", "请填写名称，至多120个字。", "Write a title of at most 120 characters.")
        }
        guard !title.turnsDirection else {
            throw Refusal.invalid("title", "名称含有改变文字方向的控制字符，请去除。", "The title holds marks that turn its direction; remove them.")
        }
        let table: Microdata
        do throws(MosaicRefused) { table = try CSV.read(bytes) } catch {
            throw Refusal.invalid("file", error.reason.zh, error.reason.en)
        }
        guard table.rows > 0 else { throw Refusal.invalid("file", "表中没有数据行。", "The table has no rows.") }
        guard table.rows <= Dataset.mostRows, table.columns.count <= Dataset.mostColumns else {
            throw Refusal.invalid(
                "file",
                "表过大：至多\(Dataset.mostRows)行、\(Dataset.mostColumns)列。",
                "The table is too large: at most \(Dataset.mostRows) rows and \(Dataset.mostColumns) columns."
            )
        }
        // What is published is written anew: one encoding, no formulas, nothing that was not read as a cell.
        let text = String(decoding: CSV.write(table), as: UTF8.self)
        try await Incidents(database, world: world).refuseMarked([title, text, aside], unit: actor.unit, by: actor)
        let roles = Dictionary(Mosaic.proposeRoles(table).map { ($0.column, $0.role) }) { first, _ in first }
        let (key, now) = (world.key(), world.now())
        var draft = DatasetRisk(roles: roles)
        draft.notes = notes
        let risk = try await assess(table, draft, name: title)
        // A mark may need the column's name to be known as one.
        let marks = (risk.findings ?? []).filter { $0.severity == Finding.Severity.refuse.name }
        let marked = marks.flatMap { mark in mark.places.map { "\(mark.column)：\($0.printed)" } }
        try await Incidents(database, world: world).refuseMarked(marked, unit: actor.unit, by: actor)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO dataset (key, unit, title, hash, row_count, body, risk, drafter, state, version)
                VALUES (\(key), \(actor.unit), \(title), \(Hash(of: text)), \(table.rows), \(text), \(try Self.json(risk)), \(actor.person),
                    \(Dataset.State.drafted), 0)
                """
            )
            try StepLog.write("draft", on: "dataset/\(key)", by: actor, as: .drafter, at: now, detail: Hash(of: text).hex, in: db)
        }
        return key
    }

    /// Corrects what the columns are to an attacker, and runs the attacks again.
    public func setRoles(_ roles: [String: ColumnRole], k: Int, of key: String, version: Int, by actor: Actor) async throws {
        guard (2...1000).contains(k) else { throw Refusal.invalid("k", "k 应在2至1000之间。", "k is between 2 and 1000.") }
        let (dataset, table, before) = try await open(key, for: actor)
        let role = try describing(dataset, by: actor)
        var risk = before
        for column in table.columns { risk.roles[column.name] = roles[column.name] ?? risk.roles[column.name] }
        risk.k = k
        let (fresh, now) = (try await assess(table, risk, name: dataset.title), world.now())
        try await database.write { db in
            try save(fresh, of: key, version: version, in: db)
            let said = fresh.roles.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" }.joined(separator: ", ")
            try StepLog.write("correct", on: "dataset/\(key)", by: actor, as: role, at: now, detail: "k \(k); \(said)", in: db)
        }
    }

    /// Whose word it is what the table's columns are.
    func describing(_ dataset: Dataset, by actor: Actor) throws -> Role {
        // Whoever signs must have seen what is signed: once submitted, the roles are the reviewer's alone.
        let holder: Role? =
            switch dataset.state {
            case .drafted: .drafter
            case .atConfidentiality: .confidentialityReviewer
            case .atLeader, .released, .withdrawn: nil
            }
        guard let holder else { throw Refusal.outOfTurn }
        let role = try actor.acting(as: holder, or: Self.rolesSentence)
        guard role == .confidentialityReviewer || dataset.unit == actor.unit else { throw Refusal.forbidden(because: Self.rolesSentence) }
        return role
    }

    /// One step of the table's way; releasing runs all attacks again where other tables came out since.
    public func take(_ step: Dataset.Step, on key: String, seeing hash: String, reason: String, by actor: Actor) async throws {
        let (dataset, table, before) = try await open(key, for: actor)
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        if reason.isEmpty {
            switch step {
            case .sendBack, .withdraw: throw Refusal.invalid("reason", "请写明理由。", "Give the reason.")
            case .signAsReviewer where !before.isSafe:
                throw Refusal.invalid(
                    "reason",
                    "聚合攻击有所发现：同意须写明理由，或者退回修改。",
                    "The attacks find something: give the reason for agreeing, or send it back."
                )
            case .submit, .signAsReviewer, .release: break
            }
        }
        if step != .withdraw { try await ledger.catchUp() }
        let (known, count) = (try await ledger.size(), try await out())
        if step != .withdraw, known != before.ledger ?? 0 || count != before.against {
            let (fresh, now) = (try await assess(table, before, name: dataset.title), world.now())
            let isWorse = fresh.findsOther(than: before)
            try await database.write { db in
                try save(fresh, of: key, version: dataset.version, in: db)
                guard isWorse, dataset.state == .atLeader else { return }
                try db.run("UPDATE dataset SET state = \(Dataset.State.atConfidentiality) WHERE key = \(key)")
                try StepLog.write("derive", on: "dataset/\(key)", by: actor, as: .leader, at: now, detail: "\(fresh.against)", in: db)
            }
            if isWorse {
                throw Refusal.invalid(
                    "check",
                    "审核之后又有数据表公开，已重新检查，结果有变化：请重新审核。",
                    "Other tables came out since the review. The check was run anew and its result changed: review it again."
                )
            }
        }
        let now = world.now()
        try await database.write { db in
            let dataset = try self.dataset(key, in: db)
            guard dataset.hash == hash else { throw Refusal.stale }
            let row = try Dataset.lifecycle.row(step, from: dataset.state, by: actor, taken: try taken(key, in: db))
            if step == .submit, dataset.unit != actor.unit {
                throw Refusal.forbidden(because: Text("由起草单位的承办人送审。", "The drafting unit's drafter submits it."))
            }
            if step == .signAsReviewer { try requireDecisions(dataset, in: db) }
            switch step {
            case .release: try release(dataset, at: now, in: db)
            case .withdraw: try withdraw(dataset, reason: reason, at: now, in: db)
            case .submit, .signAsReviewer, .sendBack: try db.run("UPDATE dataset SET state = \(row.to) WHERE key = \(key)")
            }
            try db.run("UPDATE dataset SET version = version + 1 WHERE key = \(key)")
            try StepLog.write(
                step.rawValue,
                on: "dataset/\(key)",
                by: actor,
                as: row.by,
                at: now,
                detail: reason.isEmpty ? hash : reason,
                in: db
            )
        }
    }

    private func release(_ dataset: Dataset, at now: Moment, in db: any Connection) throws {
        guard try countOut(in: db) == (try risk(dataset.key, in: db)).against else { throw Refusal.stale }
        let entry = LogEntry(
            kind: .dataset,
            key: dataset.key,
            content: dataset.hash,
            title: dataset.title,
            unit: dataset.unit,
            at: now,
            reason: nil
        )
        let leaf = try log.append([entry], in: db)
        try db.run(
            "UPDATE dataset SET state = \(Dataset.State.released), released_at = \(now), leaf = \(leaf) WHERE key = \(dataset.key)"
        )
    }

    private func withdraw(_ dataset: Dataset, reason: String, at now: Moment, in db: any Connection) throws {
        let entry = LogEntry(
            kind: .withdrawal,
            key: dataset.key,
            content: dataset.hash,
            title: dataset.title,
            unit: dataset.unit,
            at: now,
            reason: reason
        )
        let leaf = try log.append([entry], in: db)
        try db.run(
            """
            UPDATE dataset SET state = \(Dataset.State.withdrawn), withdrawn_at = \(now), withdrawn_reason = \(reason), withdrawal_leaf = \(leaf)
            WHERE key = \(dataset.key)
            """
        )
    }

    /// What the scan finds in the cells, and the attacks with everything that was ever out.
    func assess(_ table: Microdata, _ risk: DatasetRisk, name: String) async throws -> DatasetRisk {
        var risk = risk
        let day = world.now().beijingDay
        risk.findings = TableFinding.all(in: table, by: self.table, on: day.year * 10_000 + day.month * 100 + day.day)
        try await ledger.catchUp()
        risk.ledger = try await ledger.size()
        risk.dossier = DossierFinding.gathered(try await ledger.check(ledger.rows(of: table, name: name)))
        let earlier = try await earlier()
        risk.against = earlier.count
        (risk.check, risk.measures, risk.cells) = (nil, nil, nil)
        do throws(MosaicRefused) {
            if let form = risk.counts {
                let others = try cells(of: earlier, about: form.population)
                risk.cells = try CountsVerdict(table, as: form, name: name, beside: others)
                return risk
            }
            let quasi = risk.columns(.quasi, of: table)
            guard !quasi.isEmpty else { return risk }
            let sensitive = risk.columns(.sensitive, of: table)
            risk.check = try Mosaic.check(table, against: try records(of: earlier), quasi: quasi, sensitive: sensitive, k: risk.k)
            risk.measures = try Mosaic.measure(table, quasi: quasi, sensitive: sensitive)
        } catch { throw Refusal.invalid("check", error.reason.zh, error.reason.en) }
        return risk
    }

    func save(_ risk: DatasetRisk, of key: String, version: Int, in db: any Connection) throws {
        let saved = try db.run("UPDATE dataset SET risk = \(try Self.json(risk)) WHERE key = \(key) AND version = \(version)")
        guard saved == 1 else { throw Refusal.stale }
    }

    static func json(_ risk: DatasetRisk) throws -> String { try Mosaic.json(risk) }

    func taken(_ key: String, in db: any Connection) throws -> [Lifecycle<Dataset.State, Dataset.Step>.Taken] {
        // Who sent it back has taken no part in what comes after.
        let entries = try StepLog.of("dataset/\(key)", in: db)
        let start = entries.lastIndex { $0.step == Dataset.Step.sendBack.rawValue } ?? -1
        return entries[(start + 1)...].compactMap { entry in Dataset.Step(rawValue: entry.step).map { .init($0, by: entry.person) } }
    }

    private static let rolesSentence = Text(
        "送审前由起草单位的承办人、送审后由保密审核人确定各列的性质。",
        "The drafting unit's drafter says what the columns are; once it is submitted, the confidentiality reviewer does."
    )
}

extension Dataset.State: SQLConvertible {}
