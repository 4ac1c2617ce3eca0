import Core
import Foundation
import Storage
import WorkCalendar

/// What the desk looks at: my day, the boards, likeness, and due days derived anew.
extension DisclosureRequests {
    /// Which requests a list shows.
    public struct Filter: Sendable {
        public var unit: String?
        public var states: [DisclosureRequest.State] = DisclosureRequest.State.allCases.filter(\.isOpen)
        public var text: String?
        /// Only those due by then.
        public var dueBy: Day?

        public init() {}

        /// Of one state: so the index gives the rows in order, and only as many as are shown are read.
        func condition(_ state: DisclosureRequest.State) -> SQL {
            var parts: [SQL] = ["state = \(state)"]
            if let unit { parts.append("unit = \(unit)") }
            if let dueBy { parts.append("due <= \(dueBy)") }
            if let text, !text.isEmpty {
                let pattern = "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
                parts.append(
                    """
                    (number = \(text) OR subject LIKE \(pattern) ESCAPE '\\' OR description LIKE \(pattern) ESCAPE '\\'
                        OR number IN (SELECT request FROM request_letter WHERE body LIKE \(pattern) ESCAPE '\\'))
                    """
                )
            }
            return SQL.joined(parts, by: " AND ")
        }
    }

    /// Requests in the order in which they are due; those that wait for the applicant last.
    public func requests(_ filter: Filter, limit: Int = 100) async throws -> [DisclosureRequest] {
        let last = Day(9999, 1, 1)
        let found = try await database.read { db in
            try filter.states.flatMap { state in
                let condition = filter.condition(state)
                let dated = try db.all(
                    Stored.self,
                    "SELECT * FROM request WHERE \(condition) AND due IS NOT NULL ORDER BY due LIMIT \(limit)"
                )
                guard dated.count < limit else { return dated.map(\.request) }
                let waiting = try db.all(Stored.self, "SELECT * FROM request WHERE \(condition) AND due IS NULL LIMIT \(limit)")
                return (dated + waiting).map(\.request)
            }
        }
        return Array(found.sorted { ($0.due ?? last, $0.number) < ($1.due ?? last, $1.number) }.prefix(limit))
    }

    /// What awaits this person, the first due first.
    public func turns(of actor: Actor, limit: Int = 50) async throws -> [DisclosureRequest] {
        var states: [DisclosureRequest.State] = []
        func may(_ role: Role, _ more: DisclosureRequest.State...) { if actor.roles.contains(role) { states += more } }
        may(.disclosureOfficer, .awaitingConfirmation, .received, .drafted)
        may(.leader, .forSignature)
        var found: [DisclosureRequest] = []
        if !states.isEmpty {
            var filter = Filter()
            filter.states = states
            found = try await requests(filter, limit: limit)
        }
        if actor.roles.contains(.drafter) {
            var filter = Filter()
            (filter.states, filter.unit) = ([.atUnit], actor.unit)
            found += try await requests(filter, limit: limit)
        }
        return found.sorted { ($0.due ?? Day(9999, 1, 1), $0.number) < ($1.due ?? Day(9999, 1, 1), $1.number) }
    }

    /// How many open requests stand in each state, and how many are overdue.
    public func counts(on day: Day) async throws -> (states: [DisclosureRequest.State: Int], overdue: Int) {
        struct Count: Decodable {
            let state: DisclosureRequest.State
            let count: Int
        }
        return try await database.read { db in
            let open = SQL.joined(DisclosureRequest.State.allCases.filter(\.isOpen).map { "\($0)" as SQL }, by: ", ")
            let rows = try db.all(
                Count.self,
                "SELECT state, count(*) AS count FROM request WHERE state IN (\(open)) GROUP BY state"
            )
            let overdue = try db.scalar(Int.self, "SELECT count(*) FROM request WHERE state IN (\(open)) AND due < \(day)") ?? 0
            return (Dictionary(uniqueKeysWithValues: rows.map { ($0.state, $0.count) }), overdue)
        }
    }

    /// How many fall due on each day from `day` on, as far as `last`.
    public func forecast(from day: Day, through last: Day) async throws -> [Day: Int] {
        struct Count: Decodable {
            let due: Day
            let count: Int
        }
        return try await database.read { db in
            let open = SQL.joined(DisclosureRequest.State.allCases.filter(\.isOpen).map { "\($0)" as SQL }, by: ", ")
            let rows = try db.all(
                Count.self,
                """
                SELECT due, count(*) AS count FROM request WHERE state IN (\(open)) AND due BETWEEN \(day) AND \(last) GROUP BY due
                """
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.due, $0.count) })
        }
    }

    /// Requests that read nearly the same: shown beside each other, never refused for it. Found by shared keys, whatever their age.
    public func alike(_ request: DisclosureRequest) async throws -> [(request: DisclosureRequest, share: Double)] {
        let own = Likeness(request.subject + request.description)
        return try await database.read { db in
            let near = try db.all(
                Stored.self,
                """
                SELECT * FROM request WHERE number <> \(request.number) AND number IN (
                    SELECT other.request FROM request_likeness AS own JOIN request_likeness AS other ON other.piece = own.piece
                    WHERE own.request = \(request.number)
                )
                """
            )
            return near.map { ($0.request, own.share(with: Likeness($0.subject + $0.description))) }.filter { $0.1 >= Likeness.alike }
                .sorted { ($1.1, $1.0.number) < ($0.1, $0.0.number) }.prefix(10).map { (request: $0.0, share: $0.1) }
        }
    }

    func putLikeness(_ request: DisclosureRequest, in db: any Connection) throws {
        for piece in Set(Likeness(request.subject + request.description).keys) {
            try db.run("INSERT INTO request_likeness (piece, request) VALUES (\(Int(bitPattern: UInt(piece))), \(request.number))")
        }
    }

    /// A due day that moved, and why it was looked at.
    public struct Moved: Codable, Equatable, Sendable {
        public let number: String
        public let from, to: Day?
    }

    /// Derives all open requests anew: after a calendar was loaded, or a rule corrected.
    public func derive(with calendar: WorkCalendar, by actor: Actor) async throws -> [Moved] {
        let role = try actor.acting(
            as: .administrator,
            .disclosureOfficer,
            or: Text("由系统管理员或者信息公开办办理。", "The administrator or the disclosure office does this.")
        )
        let now = world.now()
        return try await database.write { db in
            let open = SQL.joined(DisclosureRequest.State.allCases.filter(\.isOpen).map { "\($0)" as SQL }, by: ", ")
            return try db.all(Stored.self, "SELECT * FROM request WHERE state IN (\(open)) ORDER BY number").compactMap { stored in
                let clock = try stored.entry(calendar).clock
                guard clock.due != stored.due || clock.isProvisional != (stored.provisional != 0) else { return nil }
                try db.run(
                    """
                    UPDATE request SET due = \(clock.due), provisional = \(clock.isProvisional ? 1 : 0), version = version + 1
                    WHERE number = \(stored.number)
                    """
                )
                guard clock.due != stored.due else { return nil }
                let detail = "\(stored.due?.description ?? "—") → \(clock.due?.description ?? "—")"
                try StepLog.write("derive", on: "request/\(stored.number)", by: actor, as: role, at: now, detail: detail, in: db)
                return Moved(number: stored.number, from: stored.due, to: clock.due)
            }
        }
    }

    /// Corrects the day a request came in, and derives its dates anew.
    public func correct(_ number: String, arrived day: Day, reason: String, calendar: WorkCalendar, by actor: Actor) async throws -> Moved {
        let role = try actor.acting(as: .officeHead, or: Text("由公开办负责人更正收到日期。", "The head of the office corrects the day."))
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("reason", "请写明更正的理由。", "Say why it is corrected.") }
        let now = world.now()
        guard day <= now.beijingDay else { throw Refusal.invalid("arrived", "收到日期不能晚于今天。", "The day can not lie in the future.") }
        return try await database.write { db in
            let stored = try stored(number, in: db)
            let clock = try stored.recorded(calendar, arrived: day)
            try db.run(
                """
                UPDATE request SET arrived = \(day), due = \(clock.due), provisional = \(clock.isProvisional ? 1 : 0), version = version + 1
                WHERE number = \(number)
                """
            )
            let detail = "\(stored.arrived) → \(day): \(reason)"
            try StepLog.write("correct", on: "request/\(number)", by: actor, as: role, at: now, detail: detail, in: db)
            return Moved(number: number, from: stored.due, to: clock.due)
        }
    }

    /// Splits a request of several matters: each further matter becomes a request of its own, with the same applicant and clock.
    public func split(_ number: String, into subjects: [String], version: Int, by actor: Actor) async throws -> [String] {
        let role = try actor.acting(as: .disclosureOfficer, or: Text("由信息公开办拆分申请。", "The disclosure office splits requests."))
        let subjects = subjects.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        guard subjects.count >= 2 else {
            throw Refusal.invalid("subjects", "请至少写出两件事项，一行一件。", "Write at least two matters, one a line.")
        }
        let now = world.now()
        return try await database.write { db in
            let stored = try stored(number, in: db)
            guard stored.version == version else { throw Refusal.stale }
            guard stored.state.isOpen else { throw Refusal.outOfTurn }
            try db.run("UPDATE request SET subject = \(subjects[0]), version = version + 1 WHERE number = \(number)")
            let party = try db.scalar(String.self, "SELECT sealed FROM request_party WHERE request = \(number)")
            return try [number]
                + subjects.dropFirst().map { subject in
                    let part = try nextNumber(stored.arrived.year, in: db)
                    let whole = stored.request
                    let request = DisclosureRequest(
                        number: part,
                        unit: whole.unit,
                        channel: whole.channel,
                        applicantKind: whole.applicantKind,
                        arrived: whole.arrived,
                        subject: subject,
                        description: whole.description,
                        form: whole.form,
                        state: whole.state,
                        outcome: nil,
                        closedOn: nil,
                        due: whole.due,
                        isProvisional: whole.isProvisional,
                        version: 0
                    )
                    try insert(request, events: try stored.clockEvents(), word: nil, splitFrom: number, in: db)
                    try putLikeness(request, in: db)
                    if let party {
                        let resealed = vault.seal(try vault.open(party, at: number), at: part)
                        try db.run(
                            """
                            INSERT INTO request_party (request, sealed, person)
                            SELECT \(part), \(resealed), person FROM request_party WHERE request = \(number)
                            """
                        )
                    }
                    try StepLog.write("split", on: "request/\(part)", by: actor, as: role, at: now, detail: "← \(number)", in: db)
                    try StepLog.write("split", on: "request/\(number)", by: actor, as: role, at: now, detail: "→ \(part)", in: db)
                    return part
                }
        }
    }

    /// Personal data that is due for deletion: the parties of requests closed longer ago than the schedule keeps them.
    public func expired(on day: Day, keepingYears years: Int) async throws -> [String] {
        let last = Self.lastDay(before: day, keepingYears: years)
        return try await database.read { db in
            try db.all(
                String.self,
                """
                SELECT request_party.request FROM request_party JOIN request ON request.number = request_party.request
                WHERE request.closed_on < \(last) ORDER BY request_party.request
                """
            )
        }
    }

    /// Deletes them, and the files that came with their requests. - Returns: how many parties.
    public func deleteExpired(on day: Day, keepingYears years: Int, by actor: Actor) async throws -> Int {
        let role = try actor.acting(
            as: .administrator,
            .officeHead,
            or: Text("由系统管理员或者公开办负责人删除。", "The administrator or the office head deletes.")
        )
        let now = world.now()
        let numbers = try await expired(on: day, keepingYears: years)
        let held = try await expiredAttachments(on: day, keepingYears: years)
        try await database.write { db in
            for number in numbers { try db.run("DELETE FROM request_party WHERE request = \(number)") }
            for number in held.map(\.request) { try db.run("DELETE FROM request_attachment WHERE request = \(number)") }
            let last = Self.lastDay(before: day, keepingYears: years)
            let decided: SQL = "SELECT number FROM record_correction WHERE decided_on < \(last)"
            try db.run("DELETE FROM request_attachment WHERE correction IN (\(decided))")
            // What applicants wrote of themselves goes with their names; what the office decided stays.
            let closed: SQL = "SELECT number FROM request WHERE closed_on < \(last)"
            try db.run("DELETE FROM request_correction WHERE request IN (\(closed))")
            try db.run("DELETE FROM applicant_request WHERE request IN (\(closed))")
            try db.run(
                """
                UPDATE record_correction SET sealed = NULL, fault = '', proper = '', evidence = ''
                WHERE decided_on < \(last) AND sealed IS NOT NULL
                """
            )
            let detail = "\(numbers.count), \(held.map(\.files).reduce(0, +)) files, kept \(years) years"
            try StepLog.write("deleteParties", on: "requests", by: actor, as: role, at: now, detail: detail, in: db)
        }
        return numbers.count
    }
}
