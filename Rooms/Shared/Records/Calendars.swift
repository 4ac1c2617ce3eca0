import Core
import Storage
import WorkCalendar

/// The State Council's holiday notices that were loaded after the program was made, a year's amendments among them.
public struct Calendars: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Loads notices; from then on every term is counted by them.
    /// - Throws: `Refusal.alreadyDone` where that year's notice of that day stands already.
    public func add(_ notices: [HolidayNotice], by actor: Actor) async throws {
        let role = try actor.acting(
            as: .administrator,
            .disclosureOfficer,
            or: Text("由系统管理员或者信息公开办载入放假安排通知。", "The administrator or the disclosure office loads a holiday notice.")
        )
        let now = world.now()
        try await database.write { db in
            for notice in notices {
                let made = try db.run(
                    """
                    INSERT INTO holiday_notice (year, known_from) VALUES (\(notice.year), \(notice.knownFrom))
                    ON CONFLICT (year, known_from) DO NOTHING
                    """
                )
                guard made == 1 else { throw Refusal.alreadyDone }
                let rows = notice.daysOff.map { ($0.key, $0.value, 0) } + notice.workedWeekends.map { ($0.key, $0.value, 1) }
                for (day, name, worked) in rows {
                    try db.run(
                        """
                        INSERT INTO holiday_day (year, known_from, day, name, worked)
                        VALUES (\(notice.year), \(notice.knownFrom), \(day), \(name), \(worked))
                        """
                    )
                }
                try StepLog.write(
                    "load",
                    on: "calendar/\(notice.year)",
                    by: actor,
                    as: role,
                    at: now,
                    detail: "\(notice.knownFrom)",
                    in: db
                )
            }
        }
    }

    public func notices() async throws -> [HolidayNotice] {
        struct Notice: Decodable {
            let year: Int
            let knownFrom: Day
        }
        struct Line: Decodable {
            let year: Int
            let knownFrom, day: Day
            let name: String
            let worked: Int
        }
        return try await database.read { db in
            let days = try db.all(Line.self, "SELECT * FROM holiday_day")
            return try db.all(Notice.self, "SELECT * FROM holiday_notice ORDER BY year, known_from").map { notice in
                let mine = days.filter { $0.year == notice.year && $0.knownFrom == notice.knownFrom }
                func named(_ worked: Int) -> [Day: String] {
                    Dictionary(mine.filter { $0.worked == worked }.map { ($0.day, $0.name) }) { $1 }
                }
                return HolidayNotice(year: notice.year, knownFrom: notice.knownFrom, daysOff: named(0), workedWeekends: named(1))
            }
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 11 holiday notices",
            """
            CREATE TABLE holiday_notice (year BIGINT NOT NULL, known_from TEXT NOT NULL, PRIMARY KEY (year, known_from));
            CREATE TABLE holiday_day (
                year BIGINT NOT NULL,
                known_from TEXT NOT NULL,
                day TEXT NOT NULL,
                name TEXT NOT NULL,
                worked BIGINT NOT NULL,
                PRIMARY KEY (year, known_from, day),
                FOREIGN KEY (year, known_from) REFERENCES holiday_notice (year, known_from)
            );
            """
        )
    ]
}
