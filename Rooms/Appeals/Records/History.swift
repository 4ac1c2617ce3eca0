import Core
import Storage
import WorkCalendar

/// Cases of an earlier register with their reviews and lawsuits: taken in by the thousand, each checked by the same clock; a bad row
/// is refused alone.
public struct History: Sendable {
    private let database: any Database

    public init(_ database: any Database) { self.database = database }

    /// A row that was not taken, and why.
    public struct Bad: Codable, Equatable, Sendable {
        public let line: Int
        public let zh: String
        public let en: String

        public init(line: Int, _ refusal: Refusal) { (self.line, zh, en) = (line, refusal.text.zh, refusal.text.en) }

        init(line: Int, _ zh: String, _ en: String) { (self.line, self.zh, self.en) = (line, zh, en) }
    }

    /// - Parameter rows: each with its line, in batches of some thousands.
    /// - Returns: the rows that were refused; the rest are stored.
    public func take(_ rows: [(line: Int, row: HistoryRow)], calendar: WorkCalendar) async throws -> [Bad] {
        try await store(Self.check(rows, calendar: calendar))
    }

    /// Rows whose clocks are derived, ready to be stored: the next batch can be checked while one is written.
    public struct Checked: Sendable {
        let sound: [(line: Int, row: HistoryRow, clock: ReplyClock)]
        let bad: [Bad]
    }

    /// Derives the clocks of some thousand rows; needs no store.
    public static func check(_ rows: [(line: Int, row: HistoryRow)], calendar: WorkCalendar) -> Checked {
        var bad: [Bad] = []
        var sound: [(line: Int, row: HistoryRow, clock: ReplyClock)] = []
        for (line, row) in rows {
            do {
                sound.append((line, row, try ReplyClock.run(arrived: row.received, by: row.channel, row.events, calendar: calendar)))
            } catch {
                bad.append(Bad(line: line, error))
            }
        }
        return Checked(sound: sound, bad: bad)
    }

    /// Stores them in one transaction. - Returns: the rows that were refused, at the check or here.
    public func store(_ checked: Checked) async throws -> [Bad] {
        try await database.write { db in
            var bad: [Bad] = []
            for (line, row, clock) in checked.sound {
                let request = DisclosureRequest(
                    number: row.number,
                    unit: nil,
                    channel: row.channel,
                    applicantKind: row.kind,
                    arrived: row.received,
                    subject: row.subject,
                    description: "",
                    form: "",
                    state: row.state(clock),
                    outcome: row.outcome,
                    closedOn: row.closed,
                    due: clock.due,
                    isProvisional: clock.isProvisional,
                    version: 0
                )
                guard try insertOnce(request, row.events, in: db) else {
                    bad.append(Bad(line: line, "登记号\(row.number)已经存在", "the number \(row.number) stands already"))
                    continue
                }
                for (place, appeal) in row.appeals.enumerated() {
                    let hasReview = row.appeals.contains { !$0.isSuit }
                    let kind: Appeal.Kind = !appeal.isSuit ? .review : hasReview ? .suitAfterReview : .suitDirect
                    try db.run(
                        """
                        INSERT INTO appeal (number, kind, about, filed_on, served_on, simplified, state, result, decided_on, lesson, version)
                        VALUES (\("\(row.number)/\(place + 1)"), \(kind), \("request/\(row.number)"), \(appeal.filed), \(appeal.filed), 0,
                            \(appeal.decided == nil ? Appeal.State.answered : .closed),
                            \(appeal.decided == nil ? nil : appeal.result), \(appeal.decided), '', 0)
                        """
                    )
                }
            }
            return bad
        } + checked.bad
    }

    private func insertOnce(_ request: DisclosureRequest, _ events: [ClockEvent], in db: any Connection) throws -> Bool {
        let parts = request.number.split(separator: "-").compactMap { Int($0) }
        return try db.run(
            """
            INSERT INTO request (number, year, serial, channel, applicant_kind, arrived, subject, description, form, state, outcome,
                closed_on, due, provisional, events, version)
            VALUES (\(request.number), \(parts[0]), \(parts[1]), \(request.channel), \(request.applicantKind), \(request.arrived),
                \(request.subject), '', '', \(request.state), \(request.outcome), \(request.closedOn), \(request.due),
                \(request.isProvisional ? 1 : 0), \(DisclosureRequests.json(events)), 0)
            ON CONFLICT (number) DO NOTHING
            """
        ) == 1
    }
}
