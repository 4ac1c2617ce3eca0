import Core
import Storage
import WorkCalendar

/// What the desk did between two days, counted in the database by day and put together in memory.
extension DisclosureRequests {
    /// - Parameter unit: only what this unit was in charge of; all where nil.
    /// - Throws: `Refusal` where the span is turned round, or holds too many steps.
    public func statistics(
        _ step: DeskStatistics.Step,
        from: Day,
        through: Day,
        unit: String?,
        calendar: WorkCalendar
    ) async throws -> DeskStatistics {
        try DeskStatistics.check(step, from: from, through: through)
        struct Line: Decodable {
            let arrived, closedOn: Day
            let outcome: Outcome?
            let unit: String
            let answered, late, count: Int
        }
        let mine: SQL = unit.map { "AND unit = \($0)" } ?? ""
        return try await database.read { db in
            let arrivals = try db.all(
                DeskStatistics.Arrival.self,
                """
                SELECT arrived, channel, count(*) AS count FROM request
                WHERE arrived BETWEEN \(from) AND \(through) \(mine) GROUP BY arrived, channel
                """
            )
            let lines = try db.all(
                Line.self,
                """
                SELECT arrived, closed_on, outcome, COALESCE(unit, '') AS unit,
                    CASE WHEN state = 'answered' THEN 1 ELSE 0 END AS answered,
                    CASE WHEN closed_on > due THEN 1 ELSE 0 END AS late, count(*) AS count
                FROM request WHERE closed_on BETWEEN \(from) AND \(through) \(mine)
                GROUP BY arrived, closed_on, outcome, COALESCE(unit, ''), CASE WHEN state = 'answered' THEN 1 ELSE 0 END,
                    CASE WHEN closed_on > due THEN 1 ELSE 0 END
                """
            )
            let closings = lines.map {
                DeskStatistics.Closing(
                    arrived: $0.arrived,
                    closedOn: $0.closedOn,
                    outcome: $0.outcome,
                    unit: $0.unit,
                    isAnswered: $0.answered == 1,
                    isLate: $0.late == 1,
                    count: $0.count
                )
            }
            return try DeskStatistics(step, from: from, through: through, arrivals: arrivals, closings: closings, calendar: calendar)
        }
    }
}
