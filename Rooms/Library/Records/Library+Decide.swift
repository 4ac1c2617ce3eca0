import Core
import Storage
import WorkCalendar

/// What units decide: whether an event that a new document causes is so, and how a work stands of which no text tells.
extension Library {
    /// An event that one of the house's own documents causes, with what the unit in charge said of it.
    public struct Caused: Sendable, Equatable {
        public let work, title, unit: String
        public let by, byTitle: String
        public let event: NormEvent
        public let verdict: NormVerdict?

        public var key: NormVerdict.Event {
            NormVerdict.Event(by: by, of: work, kind: event.kind, sentence: event.evidence.sentence)
        }
    }

    /// Who answers for a work says so; nobody else.
    private static let deciders: [Role] = [.unitHead, .drafter, .disclosureOfficer]

    private static func role(_ actor: Actor, unit: String?) throws(Refusal) -> Role {
        guard let role = deciders.first(where: actor.roles.contains), unit == actor.unit else {
            throw .forbidden(
                because: Core.Text("由该文件的责任单位确认，您不属于该单位。", "The unit in charge of the document decides this, and it is not yours.")
            )
        }
        return role
    }

    /// The events that own documents cause in other works: those not yet decided first.
    public func caused(of work: String? = nil, by document: String? = nil) async throws -> [Caused] {
        struct Row: Decodable {
            let work, title, byWork, byTitle, json: String
            let unit: String?
        }
        let among: SQL = work.map { " AND norm_event.work = \($0)" } ?? ""
        let from: SQL = document.map { " AND norm_event.by_work = \($0)" } ?? ""
        let rows = try await database.read { db in
            try db.all(
                Row.self,
                """
                SELECT norm_event.work, norm_work.title, norm_work.unit, norm_event.by_work, causing.title AS by_title, norm_event.json
                FROM norm_event JOIN norm_work ON norm_work.id = norm_event.work
                JOIN norm_work AS causing ON causing.id = norm_event.by_work AND causing.is_own = 1
                WHERE norm_event.kind IN ('repeal', 'repealPartly', 'suspend', 'amend')\(among)\(from)
                ORDER BY norm_event.work, norm_event.position
                """
            )
        }
        let verdicts = Dictionary(try await verdicts().map { ($0.event, $0) }) { _, newer in newer }
        return try rows.map { row in
            let event = try Self.value(NormEvent.self, row.json)
            let key = NormVerdict.Event(by: row.byWork, of: row.work, kind: event.kind, sentence: event.evidence.sentence)
            return Caused(
                work: row.work,
                title: row.title,
                unit: row.unit ?? "",
                by: row.byWork,
                byTitle: row.byTitle,
                event: event,
                verdict: verdicts[key]
            )
        }.sorted { one, other in (one.verdict == nil ? 0 : 1) < (other.verdict == nil ? 0 : 1) }
    }

    /// The unit in charge confirms an event, or refuses it with the reason. It counts from its own day, past or to come.
    /// - Throws: `Refusal.forbidden` for a person of another unit, `.invalidForm` for a refusal without a reason.
    public func decide(_ key: NormVerdict.Event, isConfirmed: Bool, reason: String, by actor: Actor) async throws {
        guard let found = try await caused(of: key.of, by: key.by).first(where: { $0.key == key }) else { throw Refusal.notFound }
        let role = try Self.role(actor, unit: found.unit)
        guard isConfirmed || !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalidForm(["reason": Core.Text("不予确认的，请写明理由。", "Say why it is refused.")])
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                INSERT INTO norm_verdict (by_work, of_work, kind, sentence, is_confirmed, reason, person, unit, day)
                VALUES (\(key.by), \(key.of), \(key.kind), \(key.sentence), \(isConfirmed ? 1 : 0), \(reason), \(actor.person),
                    \(actor.unit), \(now.beijingDay))
                ON CONFLICT (by_work, of_work, kind, sentence) DO UPDATE SET is_confirmed = excluded.is_confirmed,
                    reason = excluded.reason, person = excluded.person, unit = excluded.unit, day = excluded.day
                """
            )
            try Jobs.put("library", key: "library \(key.of) \(world.key())", payload: key.of, at: now, in: db)
            let step = isConfirmed ? "confirmEvent" : "refuseEvent"
            try StepLog.write(step, on: "norm/\(key.of)", by: actor, as: role, at: now, detail: key.by, in: db)
        }
        try await take([key.of])
    }

    func verdicts() async throws -> [NormVerdict] {
        struct Row: Decodable {
            let byWork, ofWork: String
            let kind: NormEvent.Kind
            let sentence, reason, person, unit: String
            let isConfirmed: Int
            let day: Day
        }
        return try await database.read { db in
            try db.all(Row.self, "SELECT * FROM norm_verdict").map { row in
                NormVerdict(
                    .init(by: row.byWork, of: row.ofWork, kind: row.kind, sentence: row.sentence),
                    isConfirmed: row.isConfirmed == 1,
                    reason: row.reason,
                    person: row.person,
                    unit: row.unit,
                    day: row.day
                )
            }
        }
    }

    // MARK: what no text tells

    /// How a unit found a work to stand, and by which document.
    public struct Finding: Sendable {
        public let status: Status
        /// The document that shows it, and the sentence.
        public let document, sentence: String
        public let day: Day

        /// As sources write it.
        public enum Status: String, CaseIterable, Sendable {
            case inForce = "现行有效"
            case repealed = "已废止"
            case expired = "失效"
        }

        public init(_ status: Status, document: String, sentence: String, day: Day) {
            (self.status, self.document, self.sentence, self.day) = (status, document, sentence, day)
        }
    }

    /// The unit in charge says how a work stands and what shows it: the proof is kept, and stands on the work's page.
    public func find(_ finding: Finding, of id: String, by actor: Actor) async throws {
        let work = try await work(id)
        let role = try Self.role(actor, unit: work.unit)
        var faults: [String: Core.Text] = [:]
        if finding.document.allSatisfy(\.isWhitespace) {
            faults["document"] = Core.Text("请写明依据的文件及文号。", "Name the document that shows it, with its number.")
        }
        if finding.sentence.allSatisfy(\.isWhitespace) {
            faults["sentence"] = Core.Text("请摘录证明效力的原句。", "Quote the sentence that proves it.")
        }
        let now = world.now()
        if finding.day > now.beijingDay { faults["day"] = Core.Text("日期不能晚于今天。", "The day can not be later than today.") }
        guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        try await Incidents(database, world: world).refuseMarked([finding.document, finding.sentence], unit: actor.unit, by: actor)
        try await database.write { db in
            let number = (try db.scalar(Int.self, "SELECT max(number) FROM norm_finding WHERE work = \(id)") ?? 0) + 1
            try db.run(
                """
                INSERT INTO norm_finding (work, number, status, document, sentence, on_day, person, unit, day)
                VALUES (\(id), \(number), \(finding.status.rawValue), \(finding.document), \(finding.sentence), \(finding.day),
                    \(actor.person), \(actor.unit), \(now.beijingDay))
                """
            )
            try Jobs.put("library", key: "library \(id) \(world.key())", payload: id, at: now, in: db)
            try StepLog.write("findStatus", on: "norm/\(id)", by: actor, as: role, at: now, detail: finding.status.rawValue, in: db)
        }
        try await take([id])
    }

    func findings() async throws -> [String: [NormEvent]] {
        struct Row: Decodable {
            let work, status, document, sentence, unit: String
            let onDay: Day
        }
        let rows = try await database.read { try $0.all(Row.self, "SELECT * FROM norm_finding ORDER BY work, number") }
        return Dictionary(grouping: rows, by: \.work).mapValues { rows in
            rows.map { row in
                NormEvent(
                    .attest,
                    on: row.onDay,
                    evidence: .init(document: row.document, sentence: row.status, date: row.onDay),
                    note: Core.Text("责任单位核查：“\(row.sentence)”", "found by the unit in charge: “\(row.sentence)”")
                )
            }
        }
    }

    /// The works of a unit whose status no text tells today, the newest first.
    public func uncertain(unit: String?, at day: Day, page: Int = 1, size: Int = 50) async throws -> (lines: [Line], total: Int) {
        var filter = Filter()
        (filter.status, filter.unit) = (.noEvidence, unit)
        let found = try await catalogue(filter, at: day, page: page, size: size)
        return (found.lines, found.total)
    }

    // MARK: sunsets

    /// What a unit is reminded of: events that await its word, and its documents that end within six months.
    public func reminders(for actor: Actor, on day: Day) async throws -> [(text: Core.Text, day: Day?)] {
        let open = try await caused().filter { $0.verdict == nil && $0.unit == actor.unit }
        var reminders = open.map { event in
            (
                text: Core.Text(
                    "《\(event.byTitle)》将改变《\(event.title)》的效力，请确认",
                    "“\(event.byTitle)” would change the status of “\(event.title)”: confirm or refuse"
                ),
                day: event.event.day
            )
        }
        for sunset in try await sunsets(from: day, to: day.adding(183), unit: actor.unit, isOwn: true) {
            let text = Core.Text("《\(sunset.title)》将期满失效，请评估", "“\(sunset.title)” is about to lapse: assess it")
            reminders.append((text: text, day: sunset.day))
        }
        return reminders
    }

    /// A text that ends by its own sentence.
    public struct Sunset: Sendable, Equatable {
        public let id, title, unit: String
        /// The first day on which it is no longer in force.
        public let day: Day
        public let evidence: NormEvent.Evidence
    }

    /// The works that end by their own sentence between two days, the first to end first.
    public func sunsets(from first: Day, to last: Day, unit: String? = nil, isOwn: Bool = false) async throws -> [Sunset] {
        struct Row: Decodable {
            let id, title, json: String
            let unit: String?
            let day: Day
        }
        let among: SQL = unit.map { " AND norm_work.unit = \($0)" } ?? ""
        let own: SQL = isOwn ? " AND (norm_work.is_own = 1 OR norm_work.issuer LIKE \("%\(Agency.name.zh)%"))" : ""
        let rows = try await database.read { db in
            try db.all(
                Row.self,
                """
                SELECT norm_work.id, norm_work.title, norm_work.unit, norm_event.day, norm_event.json
                FROM norm_event JOIN norm_work ON norm_work.id = norm_event.work JOIN release ON release.key = norm_work.release
                WHERE norm_event.kind = 'expire' AND norm_event.applies = 1 AND norm_event.day BETWEEN \(first) AND \(last)
                    AND \(Self.publicly)\(among)\(own)
                ORDER BY norm_event.day, norm_work.id LIMIT 500
                """
            )
        }
        return try rows.map { row in
            Sunset(
                id: row.id,
                title: row.title,
                unit: row.unit ?? "",
                day: row.day,
                evidence: try Self.value(NormEvent.self, row.json).evidence
            )
        }
    }
}
