import Core
import Storage
import WorkCalendar

/// What is kept beside a review: the assessment of personal information in it, and the day on which a refusal is looked at again.
public struct Assessments: Sendable {
    public let reviews: Reviews
    private var database: any Database { reviews.database }
    private var world: World { reviews.world }

    public init(_ reviews: Reviews) { self.reviews = reviews }

    // MARK: Personal information

    public func assessment(of review: String) async throws -> ImpactAssessment? {
        try await database.read { try Self.assessment(of: review, in: $0) }
    }

    static func assessment(of review: String, in db: any Connection) throws -> ImpactAssessment? {
        try db.first(ImpactAssessment.self, "SELECT * FROM impact_assessment WHERE review = \(review)")
    }

    /// Keeps the assessment with the review, three years at least; it may be written again until the reviewer has signed.
    public func assess(_ review: String, purpose: String, impact: String, measures: String, by actor: Actor) async throws {
        guard actor.roles.contains(.confidentialityReviewer) else {
            throw Refusal.forbidden(because: Text("由保密审核人评估。", "The confidentiality reviewer assesses."))
        }
        let texts = ["purpose": purpose, "impact": impact, "measures": measures]
        let empty = texts.filter { $0.value.allSatisfy(\.isWhitespace) }
        guard empty.isEmpty else { throw Refusal.invalidForm(empty.mapValues { _ in Text("请填写。", "Write it.") }) }
        try await Incidents(database, world: world).refuseMarked([purpose, impact, measures], unit: actor.unit, by: actor)
        let now = world.now()
        let day = now.beijingDay
        // A report of 29 February is kept until 1 March.
        let until = Day("\(day.year + ImpactAssessment.years)" + "\(day)".dropFirst(4)) ?? Day(day.year + ImpactAssessment.years, 3, 1)
        try await database.write { db in
            guard let state = try db.scalar(String.self, "SELECT state FROM review WHERE key = \(review)") else { throw Refusal.notFound }
            guard state == Review.State.atConfidentiality.rawValue else { throw Refusal.outOfTurn }
            try db.run(
                """
                INSERT INTO impact_assessment (review, purpose, impact, measures, person, at, keep_until)
                VALUES (\(review), \(purpose), \(impact), \(measures), \(actor.person), \(now), \(until))
                ON CONFLICT (review) DO UPDATE SET purpose = excluded.purpose, impact = excluded.impact, measures = excluded.measures,
                    person = excluded.person, at = excluded.at, keep_until = excluded.keep_until
                """
            )
            try StepLog.write(
                "assess",
                on: "review/\(review)",
                by: actor,
                as: .confidentialityReviewer,
                at: now,
                detail: "\(until)",
                in: db
            )
        }
    }

    /// All assessments that are kept, the first to be deleted first.
    public func assessments(for actor: Actor) async throws -> [(assessment: ImpactAssessment, title: String)] {
        _ = try actor.acting(
            as: .confidentialityReviewer,
            .leader,
            .disclosureOfficer,
            or: Text("影响评估只供保密审核人、信息公开办和局领导查阅。", "Assessments are for the reviewer, the disclosure office and the leader.")
        )
        return try await database.read { db in
            try db.all(ImpactAssessment.self, "SELECT * FROM impact_assessment ORDER BY keep_until, review").map { assessment in
                let title = try db.scalar(
                    String.self,
                    """
                    SELECT document.title FROM review JOIN document ON document.key = review.document
                    WHERE review.key = \(assessment.review)
                    """
                )
                return (assessment, title ?? "")
            }
        }
    }

    /// Deletes what has been kept long enough.
    public func forget(on day: Day) async throws {
        try await database.write { db in try db.run("DELETE FROM impact_assessment WHERE keep_until < \(day)") }
    }

    // MARK: What was refused

    /// Sets the day on which it is looked at whether it must still be withheld.
    public func set(_ day: Day, reason: String, for review: String, by actor: Actor) async throws {
        let role = try self.role(actor)
        let now = world.now()
        guard day > now.beijingDay else {
            throw Refusal.invalid("due", "再评估日应当晚于今天。", "The day of the next assessment is after today.")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明现在不予公开的理由。", "Say why it is not disclosed now.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        try await database.write { db in
            guard let found = try db.first(Review.self, "SELECT * FROM review WHERE key = \(review)") else { throw Refusal.notFound }
            guard found.state != .released else { throw Refusal.outOfTurn }
            try db.run(
                """
                INSERT INTO reassessment (review, due, reason, person, at) VALUES (\(review), \(day), \(reason), \(actor.person), \(now))
                ON CONFLICT (review) DO UPDATE SET due = excluded.due, reason = excluded.reason, person = excluded.person,
                    at = excluded.at, done_at = NULL, result = NULL
                """
            )
            try StepLog.write("reassessOn", on: "review/\(review)", by: actor, as: role, at: now, detail: "\(day)", in: db)
        }
    }

    /// Ends it: what was found on looking again. Where it stays withheld, a new day is set.
    public func conclude(_ result: String, for review: String, by actor: Actor) async throws {
        let role = try self.role(actor)
        guard !result.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("result", "请写明再评估的结论。", "Write what the assessment came to.")
        }
        try await Incidents(database, world: world).refuseMarked([result], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let done = try db.run(
                "UPDATE reassessment SET done_at = \(now), result = \(result) WHERE review = \(review) AND done_at IS NULL"
            )
            guard done == 1 else { throw Refusal.outOfTurn }
            try StepLog.write("reassessed", on: "review/\(review)", by: actor, as: role, at: now, detail: result, in: db)
        }
    }

    public func reassessment(of review: String) async throws -> Reassessment? {
        try await database.read { try $0.first(Reassessment.self, "\(Self.listed) WHERE reassessment.review = \(review)") }
    }

    /// Those to be looked at again by a day that this person may open, the first due first.
    public func reassessments(by day: Day, for actor: Actor) async throws -> [Reassessment] {
        try await database.read { db in
            try db.all(
                Reassessment.self,
                "\(Self.listed) WHERE reassessment.done_at IS NULL AND reassessment.due <= \(day) ORDER BY reassessment.due, reassessment.review"
            ).filter { actor.mayOpen(unit: $0.unit) }
        }
    }

    private static let listed: SQL = """
        SELECT reassessment.review, review.document, document.title, document.unit, reassessment.due, reassessment.reason,
            reassessment.done_at, reassessment.result
        FROM reassessment JOIN review ON review.key = reassessment.review JOIN document ON document.key = review.document
        """

    private func role(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(
            as: .confidentialityReviewer,
            .leader,
            .disclosureOfficer,
            or: Text("由保密审核人、信息公开办或者局领导定期评估。", "The reviewer, the disclosure office or the leader assesses again.")
        )
    }

    public static let schema = [
        Migration(
            "2026-11-28 53 assessments",
            """
            CREATE TABLE impact_assessment (
                review TEXT PRIMARY KEY REFERENCES review (key),
                purpose TEXT NOT NULL,
                impact TEXT NOT NULL,
                measures TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                keep_until TEXT NOT NULL
            );
            CREATE TABLE reassessment (
                review TEXT PRIMARY KEY REFERENCES review (key),
                due TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                done_at TEXT,
                result TEXT
            );
            CREATE INDEX reassessment_due ON reassessment (due);
            """
        )
    ]
}
