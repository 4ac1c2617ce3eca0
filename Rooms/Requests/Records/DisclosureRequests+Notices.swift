import Core
import Storage
import WorkCalendar

/// What the office is told of by itself: terms that near or passed, how much one person asks in a month, matters joined into one.
extension DisclosureRequests {
    /// A line in somebody's inbox.
    public struct Notice: Codable, Equatable, Sendable {
        public let request: String
        public let zh: String
        public let en: String
        public let day: Day
    }

    /// Working days before the end at which a warning goes out; the day after the end is the last.
    public static let warningDays = [10, 5, 2, 1]

    /// Writes the day's warnings: to the unit in charge and its head, and to the office. The same day writes nothing twice.
    /// - Returns: how many requests were warned of.
    public func warn(on day: Day, calendar: WorkCalendar) async throws -> Int {
        guard calendar.isWorked(day) else { return 0 }
        let last = calendar.provisionalDue(after: day, workingDays: Self.warningDays[0]).due
        var filter = Filter()
        filter.dueBy = last
        let near = try await requests(filter, limit: 100_000)
        return try await database.write { db in
            var count = 0
            for request in near {
                guard let due = request.due else { continue }
                let left = due < day ? -calendar.workingDays(after: due, through: day) : calendar.workingDays(after: day, through: due)
                // An overdue case is told of on its first day over, and each tenth after it.
                guard Self.warningDays.contains(left) || left == -1 || (left < -1 && left % 10 == 0) else { continue }
                count += 1
                let text =
                    left > 0
                    ? Text(
                        "申请\(request.number)还有\(left)个工作日到期（\(due)）",
                        "Request \(request.number) is due in \(left) working days (\(due))"
                    )
                    : Text(
                        "申请\(request.number)已逾期\(-left)个工作日（\(due)）",
                        "Request \(request.number) is \(-left) working days overdue (\(due))"
                    )
                for (role, unit) in [(Role.drafter, request.unit), (.unitHead, request.unit), (.disclosureOfficer, nil)] {
                    guard role == .disclosureOfficer || unit != nil else { continue }
                    try db.run(
                        """
                        INSERT INTO desk_notice (day, request, role, unit, zh, en)
                        VALUES (\(day), \(request.number), \(role), \(unit ?? ""), \(text.zh), \(text.en))
                        ON CONFLICT (day, request, role) DO NOTHING
                        """
                    )
                }
            }
            return count
        }
    }

    /// The newest warnings for this person, of the last two weeks.
    public func notices(for actor: Actor, on day: Day) async throws -> [Notice] {
        let roles = SQL.joined(actor.roles.map { "\($0)" as SQL }, by: ", ")
        guard !actor.roles.isEmpty else { return [] }
        return try await database.read { db in
            try db.all(
                Notice.self,
                """
                SELECT DISTINCT request, zh, en, day FROM desk_notice
                WHERE role IN (\(roles)) AND (unit = '' OR unit = \(actor.unit)) AND day > \(day.adding(-14))
                ORDER BY day DESC, request LIMIT 50
                """
            )
        }
    }

    /// How many requests the same person filed in the calendar month of this one, this one's place among them, and the fee by items.
    public struct Month: Equatable, Sendable {
        public let count: Int
        /// What this request adds to the month's fee.
        public let yuan: Int
        public let others: [String]
    }

    /// "同一申请人一个自然月内累计申请" (信息处理费管理办法第四条): the person is told apart by a keyed hash, not by the number itself.
    public func month(of number: String) async throws -> Month {
        let others = try await database.read { db in
            guard let person = try db.scalar(String.self, "SELECT person FROM request_party WHERE request = \(number)"),
                let arrived = try db.scalar(String.self, "SELECT arrived FROM request WHERE number = \(number)")
            else { return [String]() }
            let month = String(arrived.prefix(7))
            return try db.all(
                String.self,
                """
                SELECT request.number FROM request JOIN request_party ON request_party.request = request.number
                WHERE request_party.person = \(person) AND request.arrived BETWEEN \(month + "-01") AND \(month + "-31")
                ORDER BY request.year, request.serial
                """
            )
        }
        let place = others.firstIndex(of: number) ?? 0
        return Month(count: others.count, yuan: try Fee.share(of: 1, after: place).yuan, others: others.filter { $0 != number })
    }

    /// Joins a request into another of the same matter: it is closed with the trace of where it went.
    public func merge(_ number: String, into other: String, version: Int, by actor: Actor) async throws {
        let role = try actor.acting(as: .disclosureOfficer, or: Text("由信息公开办合并申请。", "The disclosure office joins requests."))
        let now = world.now()
        guard number != other else { throw Refusal.invalid("into", "不能并入自己。", "It can not be joined into itself.") }
        try await database.write { db in
            let (one, two) = (try stored(number, in: db), try stored(other, in: db))
            guard one.version == version else { throw Refusal.stale }
            guard one.state.isOpen, two.state.isOpen else { throw Refusal.outOfTurn }
            let persons = try db.all(String.self, "SELECT person FROM request_party WHERE request IN (\(number), \(other))")
            guard Set(persons).count == 1, persons.count == 2 else {
                throw Refusal.invalid("into", "只能合并同一申请人的申请。", "Only requests of the same applicant are joined.")
            }
            let events = try one.clockEvents() + [ClockEvent(.withdrawn, on: now.beijingDay)]
            try db.run(
                """
                UPDATE request SET state = \(DisclosureRequest.State.withdrawn), outcome = \(Outcome.other), closed_on = \(now.beijingDay),
                    merged_into = \(other), events = \(Self.json(events)), version = version + 1
                WHERE number = \(number)
                """
            )
            try StepLog.write("merge", on: "request/\(number)", by: actor, as: role, at: now, detail: "→ \(other)", in: db)
            try StepLog.write("merge", on: "request/\(other)", by: actor, as: role, at: now, detail: "← \(number)", in: db)
        }
    }
}
