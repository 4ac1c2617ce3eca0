import Core
import Scan
import Storage
import WorkCalendar

/// What the reviewer does with each finding: the decision and its reason stay with the review.
extension Reviews {
    public enum Decision: String, Codable, CaseIterable, Sendable {
        /// It is what the rule says, and may be public in this text, for this reason.
        case accept
        /// The text is changed: the review will be void, and begins anew.
        case redact
        /// The rule has no business here, for this reason; can be remembered for the content type.
        case waive

        /// Whether the text may go on as it stands.
        public var letsStand: Bool { self != .redact }
    }

    public struct Decided: Codable, Equatable, Sendable {
        public let place: Int
        public let rule: String
        public let decision: Decision
        public let reason: String
        public let person: String
        public let at: Moment
        /// On which ground it is withheld; only with `redact`.
        public let ground: Ground?
    }

    /// A finding of the text, what was decided on it here, and the waiver of its content type that covers it.
    public struct Found: Sendable {
        public let finding: Finding
        public let decided: Decided?
        public let waiver: Waiver?
        /// In which attachment it stands, and where; nil for the text itself.
        public let place: String?
        /// The number of that attachment.
        public let attachment: Int?

        /// Whether the reviewer must still do something: what is worth a look only may pass without a word.
        public var isOpen: Bool {
            guard finding.severity > .notice else { return false }
            if let decided { return !decided.decision.letsStand }
            return waiver == nil
        }

        /// Whether it is personal information that the reviewer lets go out.
        public var publishesPersonalInformation: Bool {
            finding.severity > .notice && decided?.decision == .accept && finding.rule.basis.contains("个人信息保护法")
        }
    }

    /// The findings of a document's text, each with what was decided.
    public func findings(of review: Review) async throws -> [Found] {
        try await database.read { try found(by: review, in: $0) }
    }

    func found(by review: Review, in db: any Connection) throws -> [Found] {
        let document = try Documents(database, world: world).document(review.document, in: db)
        let decided = try db.all(Decided.self, "SELECT * FROM finding_decision WHERE review = \(review.key)")
        let waivers = try Waivers.holding(for: document.kind, in: db)
        let inspected = try inspected(document, in: db)
        return scan(inspected).map { finding in
            Found(
                finding: finding,
                decided: decided.first { $0.place == finding.range.lowerBound && $0.rule == finding.rule.rawValue },
                // A number that is nearly one is looked at each time.
                waiver: finding.severity >= .refuse || finding.severity == .suspect
                    ? nil : waivers.first { $0.rule == finding.rule.rawValue },
                place: inspected.label(at: finding.range.lowerBound),
                attachment: inspected.attachment(at: finding.range.lowerBound)
            )
        }
    }

    private func inspected(_ document: Document, in db: any Connection) throws -> Inspected {
        try Inspected(document, Documents(database, world: world).stored(of: document.key, in: db))
    }

    private func scan(_ inspected: Inspected) -> [Finding] {
        let day = world.now().beijingDay
        return Scan.findings(in: inspected.text, by: table, on: day.year * 10_000 + day.month * 100 + day.day)
    }

    /// - Parameter remembering: whether the same rule is waived from now on in all documents of this content type.
    public func decide(
        _ place: Int,
        _ rule: String,
        _ decision: Decision,
        reason: String,
        ground: Ground? = nil,
        remembering: Bool = false,
        on key: String,
        by actor: Actor
    ) async throws {
        guard actor.roles.contains(.confidentialityReviewer) else {
            throw Refusal.forbidden(because: Text("由保密审核人处理扫描结果。", "The confidentiality reviewer decides on findings."))
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明理由。", "Give the reason.")
        }
        guard decision == .redact || ground == nil else {
            throw Refusal.invalid("ground", "只有“须删改”需要依据。", "Only what is to be redacted has a ground.")
        }
        guard !remembering || decision == .waive else {
            throw Refusal.invalid("remember", "只有“不适用”可以对同类内容记住。", "Only a waiver can be remembered for the content type.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let (now, waiver) = (world.now(), world.key())
        try await database.write { db in
            guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
            guard review.state == .atConfidentiality else { throw Refusal.outOfTurn }
            let document = try Documents(database, world: world).document(review.document, in: db)
            guard
                let finding = scan(try inspected(document, in: db)).first(where: {
                    $0.range.lowerBound == place && $0.rule.rawValue == rule
                })
            else {
                throw Refusal.notFound
            }
            guard finding.severity != .refuse else { throw Refusal.outOfTurn }
            try db.run(
                """
                INSERT INTO finding_decision (review, place, rule, decision, reason, person, at, ground)
                VALUES (\(key), \(place), \(rule), \(decision), \(reason), \(actor.person), \(now), \(ground))
                ON CONFLICT (review, place, rule) DO UPDATE
                SET decision = excluded.decision, reason = excluded.reason, person = excluded.person, at = excluded.at, ground = excluded.ground
                """
            )
            let detail = "\(rule)@\(place) \(decision.rawValue)"
            try StepLog.write("decide", on: "review/\(key)", by: actor, as: .confidentialityReviewer, at: now, detail: detail, in: db)
            if remembering {
                try Waivers.add(waiver, rule: rule, kind: document.kind, reason: reason, review: key, by: actor, at: now, in: db)
            }
        }
    }

    /// The reviewer may sign only when every serious or suspect finding is let stand with a reason.
    func requireDecisions(_ key: String, in db: any Connection) throws {
        guard let review = try db.first(Review.self, "SELECT * FROM review WHERE key = \(key)") else { throw Refusal.notFound }
        let findings = try found(by: review, in: db)
        let open = findings.filter(\.isOpen)
        guard open.isEmpty else {
            throw Refusal.forbidden(
                because: Text(
                    "还有\(open.count)处扫描结果没有处理：请逐项说明保留的理由，或者退回修改。",
                    "\(open.count) findings are not decided: give the reason to let each stand, or send the text back."
                )
            )
        }
        if findings.contains(where: \.publishesPersonalInformation), try Assessments.assessment(of: key, in: db) == nil {
            throw Refusal.forbidden(
                because: Text(
                    "决定公开的内容含有个人信息：签字前须完成个人信息保护影响评估（《个人信息保护法》第五十五条）。",
                    "Personal information is to be published: assess the impact before you sign (Personal Information Protection Law, art. 55)."
                )
            )
        }
    }
}

extension Reviews.Decision: SQLConvertible {}
