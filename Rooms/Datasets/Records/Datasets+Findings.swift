import Core
import Storage

/// What the reviewer says of what the scan found in the cells of a table: a rule in a column is decided as a whole.
extension Datasets {
    public struct Decided: Codable, Equatable, Sendable {
        public let col: String
        public let rule: String
        public let decision: Reviews.Decision
        public let reason: String
        public let person: String
        public let at: Moment
    }

    /// A finding with what was decided on it for exactly these bytes.
    public struct Found: Sendable {
        public let finding: TableFinding
        public let decided: Decided?

        /// Whether the reviewer can not sign yet.
        public var isOpen: Bool { finding.needsDecision && decided?.decision.letsStand != true }
    }

    public func findings(of key: String) async throws -> [Found] {
        try await database.read { db in
            try found(try self.dataset(key, in: db), try self.risk(key, in: db), in: db)
        }
    }

    func found(_ dataset: Dataset, _ risk: DatasetRisk, in db: any Connection) throws -> [Found] {
        let decided = try db.all(
            Decided.self,
            "SELECT * FROM dataset_decision WHERE dataset = \(dataset.key) AND hash = \(dataset.hash)"
        )
        return (risk.findings ?? []).map { finding in
            Found(finding: finding, decided: decided.first { $0.col == finding.column && $0.rule == finding.rule })
        }
    }

    /// - Parameter hash: the table that the reviewer had before the eyes.
    public func decide(
        _ column: String,
        _ rule: String,
        _ decision: Reviews.Decision,
        reason: String,
        on key: String,
        seeing hash: String,
        by actor: Actor
    ) async throws {
        _ = try actor.acting(
            as: .confidentialityReviewer,
            or: Text("由保密审核人处理扫描结果。", "The confidentiality reviewer decides on findings.")
        )
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("reason", "请写明理由。", "Give the reason.") }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let dataset = try self.dataset(key, in: db)
            guard dataset.state == .atConfidentiality else { throw Refusal.outOfTurn }
            guard dataset.hash == hash else { throw Refusal.stale }
            let known = try self.risk(key, in: db).findings ?? []
            guard known.contains(where: { $0.column == column && $0.rule == rule }) else { throw Refusal.notFound }
            try db.run(
                """
                INSERT INTO dataset_decision (dataset, hash, col, rule, decision, reason, person, at)
                VALUES (\(key), \(hash), \(column), \(rule), \(decision), \(reason), \(actor.person), \(now))
                ON CONFLICT (dataset, hash, col, rule) DO UPDATE
                SET decision = excluded.decision, reason = excluded.reason, person = excluded.person, at = excluded.at
                """
            )
            let detail = "\(column): \(rule) \(decision.rawValue)"
            try StepLog.write("decide", on: "dataset/\(key)", by: actor, as: .confidentialityReviewer, at: now, detail: detail, in: db)
        }
    }

    /// The reviewer may sign only when every serious or suspect finding is let stand with a reason.
    func requireDecisions(_ dataset: Dataset, in db: any Connection) throws {
        let open = try found(dataset, try risk(dataset.key, in: db), in: db).filter(\.isOpen)
        guard open.isEmpty else {
            throw Refusal.forbidden(
                because: Text(
                    "还有\(open.count)项单元格扫描结果没有处理：请逐项说明保留的理由，或者退回修改。",
                    "\(open.count) findings in cells are not decided: give the reason to let each stand, or send the table back."
                )
            )
        }
    }

    public static let reviewSchema = [
        Migration(
            "2026-11-28 80 findings in tables, and their versions",
            """
            CREATE TABLE dataset_decision (
                dataset TEXT NOT NULL REFERENCES dataset (key),
                hash TEXT NOT NULL,
                col TEXT NOT NULL,
                rule TEXT NOT NULL,
                decision TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (dataset, hash, col, rule)
            );
            CREATE TABLE dataset_version (
                dataset TEXT NOT NULL REFERENCES dataset (key),
                number BIGINT NOT NULL,
                hash TEXT NOT NULL,
                row_count BIGINT NOT NULL,
                body TEXT NOT NULL,
                risk TEXT NOT NULL,
                change_zh TEXT NOT NULL,
                change_en TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (dataset, number)
            );
            """
        )
    ]
}
