import Core
import Scan
import Storage

/// What the reviewer does with each finding: the decision and its reason stay with the review.
extension Reviews {
    public enum Decision: String, Codable, CaseIterable, Sendable {
        /// The text is changed: the review will be void, and begins anew.
        case redact
        /// It may stand, for this reason.
        case waive
    }

    public struct Decided: Codable, Equatable, Sendable {
        public let place: Int
        public let rule: String
        public let decision: Decision
        public let reason: String
        public let person: String
        public let at: Moment
    }

    /// The findings of a document's text, each with what was decided.
    public func findings(of review: Review) async throws -> [(finding: Finding, decided: Decided?)] {
        try await database.read { db in
            let document = try Documents(database, world: world).document(review.document, in: db)
            let decided = try db.all(Decided.self, "SELECT * FROM finding_decision WHERE review = \(review.key)")
            return Scan.findings(in: document.everything).map { finding in
                (finding, decided.first { $0.place == finding.range.lowerBound && $0.rule == finding.rule.rawValue })
            }
        }
    }

    public func decide(_ place: Int, _ rule: String, _ decision: Decision, reason: String, on key: String, by actor: Actor) async throws {
        guard actor.roles.contains(.confidentialityReviewer) else {
            throw Refusal.forbidden(because: Text("由保密审核人处理扫描结果。", "The confidentiality reviewer decides on findings."))
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明理由。", "Give the reason.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
            guard review.state == .atConfidentiality else { throw Refusal.outOfTurn }
            let document = try Documents(database, world: world).document(review.document, in: db)
            guard Scan.findings(in: document.everything).contains(where: { $0.range.lowerBound == place && $0.rule.rawValue == rule })
            else {
                throw Refusal.notFound
            }
            try db.run(
                """
                INSERT INTO finding_decision (review, place, rule, decision, reason, person, at)
                VALUES (\(key), \(place), \(rule), \(decision), \(reason), \(actor.person), \(now))
                ON CONFLICT (review, place, rule) DO UPDATE
                SET decision = excluded.decision, reason = excluded.reason, person = excluded.person, at = excluded.at
                """
            )
            let detail = "\(rule)@\(place) \(decision.rawValue)"
            try StepLog.write("decide", on: "review/\(key)", by: actor, as: .confidentialityReviewer, at: now, detail: detail, in: db)
        }
    }

    /// The reviewer may sign only when every serious or suspect finding is waived with a reason.
    func requireDecisions(_ key: String, in db: any Connection) throws {
        guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
        let document = try Documents(database, world: world).document(review.document, in: db)
        let decided = try db.all(Decided.self, "SELECT * FROM finding_decision WHERE review = \(key)")
        let open = Scan.findings(in: document.everything).filter { finding in
            finding.severity > .notice
                && !decided.contains {
                    $0.place == finding.range.lowerBound && $0.rule == finding.rule.rawValue && $0.decision == .waive
                }
        }
        guard open.isEmpty else {
            throw Refusal.forbidden(
                because: Text(
                    "还有\(open.count)处扫描结果没有处理：请逐项说明保留的理由，或者退回修改。",
                    "\(open.count) findings are not decided: give the reason to let each stand, or send the text back."
                )
            )
        }
    }
}

extension Reviews.Decision: SQLConvertible {}
