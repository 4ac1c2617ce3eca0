import Core
import Foundation
import Storage
import WorkCalendar

/// What is done on a request: every step is a row of the procedure's table, and most are events of the clock.
extension DisclosureRequests {
    /// What a step brings with it.
    public struct Detail: Sendable {
        /// The day it happened; today where nil.
        public var on: Day?
        public var workingDays: Int?
        public var unit: String?
        public var outcome: Outcome?
        public var note = ""
        /// The reply's text, and the assessment of what it may stir.
        public var body = ""
        public var assessment = ""

        public init() {}
    }

    public func take(
        _ step: DisclosureRequest.Step,
        on number: String,
        version: Int,
        _ detail: Detail = .init(),
        calendar: WorkCalendar,
        by actor: Actor
    ) async throws {
        let now = world.now()
        // A correction that the applicant sent on the web came in on the day it was sent, whenever the office opens it.
        let sent = step == .correct && detail.on == nil ? try await corrections(of: number).last?.at.beijingDay : nil
        let day = detail.on ?? sent ?? now.beijingDay
        guard day <= now.beijingDay else { throw Refusal.invalid("on", "日期不能晚于今天。", "The day can not lie in the future.") }
        try await Incidents(database, world: world).refuseMarked(
            [detail.note, detail.body, detail.assessment],
            unit: actor.unit,
            by: actor
        )
        try await database.write { db in
            let stored = try stored(number, in: db)
            guard stored.version == version else { throw Refusal.stale }
            var request = stored.request
            let outcome = try self.outcome(of: step, detail, stored, in: db)
            let row = try request.take(step, outcome: outcome, on: day, by: actor, taken: try taken(number, in: db))
            try requireUnit(step, actor, stored)
            var events = try stored.clockEvents()
            if let end = [.draft, .answerAtOnce].contains(step) ? detail.outcome : outcome { try end.check(after: events) }
            if let kind = DisclosureRequest.event(of: step) {
                events.append(ClockEvent(kind, on: day, workingDays: kind == .extended ? detail.workingDays : nil))
            }
            let clock = try ReplyClock.run(arrived: request.arrived, by: request.channel, events, calendar: calendar)
            if clock.due != nil || request.state.isOpen { (request.due, request.isProvisional) = (clock.due, clock.isProvisional) }
            if step == .assign { request.unit = try Self.assigned(detail.unit) }
            try save(request, events, stored, in: db)
            try keep(step, request, detail, by: actor, at: now, in: db)
            let note = [detail.on.map { "\($0)" }, detail.workingDays.map { "+\($0)" }, detail.note].compactMap(\.self).filter {
                !$0.isEmpty
            }
            try StepLog.write(
                step.rawValue,
                on: "request/\(number)",
                by: actor,
                as: row.by,
                at: now,
                detail: note.joined(separator: " "),
                in: db
            )
        }
    }

    static func assigned(_ unit: String?) throws -> String {
        guard let unit, UnitNames.reference.all.contains(where: { $0.code == unit }) else {
            throw Refusal.invalid("unit", "请选择承办处室。", "Choose the unit in charge.")
        }
        return unit
    }

    /// A unit's steps are taken by its own people.
    private func requireUnit(_ step: DisclosureRequest.Step, _ actor: Actor, _ stored: Stored) throws {
        guard [.draft, .returnToOffice].contains(step), stored.unit != actor.unit else { return }
        throw Refusal.forbidden(because: Text("该申请由其他处室承办。", "Another unit is in charge of this request."))
    }

    private func outcome(of step: DisclosureRequest.Step, _ detail: Detail, _ stored: Stored, in db: any Connection) throws -> Outcome? {
        switch step {
        case .sign:
            guard let draft = try draft(stored.number, in: db) else {
                throw Refusal.invalid("draft", "还没有答复稿。", "There is no draft of the reply yet.")
            }
            return draft.outcome
        case .draft, .answerAtOnce:
            guard let outcome = detail.outcome, outcome.isReply else {
                throw Refusal.invalid("outcome", "请选择答复类型。", "Choose the kind of reply.")
            }
            guard !detail.body.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("body", "请填写答复内容。", "Write the reply.") }
            return step == .draft ? nil : outcome
        case .abandon: return stored.state == .awaitingFee ? .feeNotPaid : .notCorrected
        case .withdraw: return .other
        default: return nil
        }
    }

    private func save(_ request: DisclosureRequest, _ events: [ClockEvent], _ before: Stored, in db: any Connection) throws {
        let saved = try db.run(
            """
            UPDATE request SET unit = \(request.unit), state = \(request.state), outcome = \(request.outcome),
                closed_on = \(request.closedOn), due = \(request.due), provisional = \(request.isProvisional ? 1 : 0),
                events = \(Self.json(events)), version = version + 1
            WHERE number = \(request.number) AND version = \(before.version)
            """
        )
        guard saved == 1 else { throw Refusal.stale }
    }

    private func keep(
        _ step: DisclosureRequest.Step,
        _ request: DisclosureRequest,
        _ detail: Detail,
        by actor: Actor,
        at now: Moment,
        in db: any Connection
    ) throws {
        let number = request.number
        if step == .draft || step == .answerAtOnce, let outcome = detail.outcome {
            let version = (try db.scalar(Int.self, "SELECT max(version) FROM request_draft WHERE request = \(number)") ?? 0) + 1
            try db.run(
                """
                INSERT INTO request_draft (request, version, outcome, body, assessment, person, at)
                VALUES (\(number), \(version), \(outcome), \(detail.body), \(detail.assessment), \(actor.person), \(now))
                """
            )
        }
        guard request.state == .answered, let draft = try draft(number, in: db) else { return }
        let parts = number.split(separator: "-")
        try db.run(
            """
            INSERT INTO request_letter (request, number, body, signed_by, at)
            VALUES (\(number), \("国知公开复〔\(parts[0])〕\(parts[1])号"), \(draft.body), \(actor.person), \(now))
            """
        )
    }

    /// A draft of the reply.
    public struct Draft: Codable, Equatable, Sendable {
        public let version: Int
        public let outcome: Outcome
        public let body, assessment: String
        public let at: Moment
    }

    func draft(_ number: String, in db: any Connection) throws -> Draft? {
        try db.first(Draft.self, "SELECT * FROM request_draft WHERE request = \(number) ORDER BY version DESC LIMIT 1")
    }

    public func draft(_ number: String) async throws -> Draft? { try await database.read { try draft(number, in: $0) } }

    /// The signed reply.
    public struct Letter: Codable, Equatable, Sendable {
        public let request, number, body: String
        public let at: Moment
        public let deliveredOn: Day?
        public let delivery: String?
        public let satisfaction: Int?
    }

    public func letter(_ number: String) async throws -> Letter? {
        try await database.read { try $0.first(Letter.self, "SELECT * FROM request_letter WHERE request = \(number)") }
    }

    public func deliver(_ number: String, on day: Day, by way: String, _ actor: Actor) async throws {
        let role = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            or: Text("由信息公开办登记送达。", "The disclosure office registers delivery.")
        )
        let now = world.now()
        guard day <= now.beijingDay else { throw Refusal.invalid("on", "日期不能晚于今天。", "The day can not lie in the future.") }
        guard !way.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("way", "请写明送达方式和凭证。", "Say how it was delivered, and the proof.")
        }
        try await database.write { db in
            let done = try db.run("UPDATE request_letter SET delivered_on = \(day), delivery = \(way) WHERE request = \(number)")
            guard done == 1 else { throw Refusal.outOfTurn }
            try StepLog.write("deliver", on: "request/\(number)", by: actor, as: role, at: now, detail: "\(day) \(way)", in: db)
        }
    }

    /// One to five, by the applicant.
    public func rate(_ number: String, word: String, _ satisfaction: Int, calendar: WorkCalendar) async throws {
        guard (1...5).contains(satisfaction) else { throw Refusal.invalid("satisfaction", "请选择1至5。", "Choose 1 to 5.") }
        _ = try await entry(number, word: word, calendar: calendar)
        try await database.write { db in
            let done = try db.run("UPDATE request_letter SET satisfaction = \(satisfaction) WHERE request = \(number)")
            guard done == 1 else { throw Refusal.outOfTurn }
        }
    }

    /// Where was looked, and what was found.
    public struct Search: Codable, Equatable, Sendable {
        public let place, found: String
        public let at: Moment
    }

    public func note(_ place: String, found: String, on number: String, by actor: Actor) async throws {
        let role = try actor.acting(
            as: .drafter,
            .unitHead,
            .disclosureOfficer,
            or: Text("由承办处室记录检索情况。", "The unit in charge notes its searches.")
        )
        guard !place.allSatisfy(\.isWhitespace), !found.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("place", "请写明检索了哪里、结果如何。", "Say where was looked and what was found.")
        }
        try await Incidents(database, world: world).refuseMarked([place, found], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            guard try stored(number, in: db).state.isOpen else { throw Refusal.outOfTurn }
            try db.run(
                """
                INSERT INTO request_search (request, place, found, person, at)
                VALUES (\(number), \(place), \(found), \(actor.person), \(now))
                """
            )
            try StepLog.write("search", on: "request/\(number)", by: actor, as: role, at: now, detail: place, in: db)
        }
    }

    public func searches(of number: String) async throws -> [Search] {
        try await database.read { try $0.all(Search.self, "SELECT * FROM request_search WHERE request = \(number) ORDER BY at") }
    }

    public func taken(_ number: String) async throws -> [Lifecycle<DisclosureRequest.State, DisclosureRequest.Step>.Taken] {
        try await database.read { try taken(number, in: $0) }
    }

    private func taken(
        _ number: String,
        in db: any Connection
    ) throws -> [Lifecycle<DisclosureRequest.State, DisclosureRequest.Step>.Taken] {
        try StepLog.of("request/\(number)", in: db).compactMap { entry in
            DisclosureRequest.Step(rawValue: entry.step).map { .init($0, by: entry.person) }
        }
    }
}
