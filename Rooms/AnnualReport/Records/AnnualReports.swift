import Core
import Foundation
import Storage
import WorkCalendar

/// The annual reports: counted from the registers, with imported figures, and texts that people write.
public struct AnnualReports: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// The report of a year as the registers stand now.
    public func report(_ year: Int) async throws -> AnnualReport {
        try await database.read { db in
            var report = AnnualReport(year: year)
            report.requests = try requests(year, in: db)
            report.remedies = try remedies(year, in: db)
            try figures(year, into: &report, in: db)
            struct Line: Decodable {
                let section: AnnualReport.Section
                let text: String
            }
            for line in try db.all(Line.self, "SELECT section, text FROM report_section WHERE year = \(year)") {
                report.sections[line.section] = line.text
            }
            return report
        }
    }

    private struct Count: Decodable {
        let kind: ApplicantKind
        let outcome: Outcome?
        let count: Int
    }

    /// Which cases a cell of table 3 counts, as a condition on `request`: the same for the count and for its explanation.
    static func condition(_ row: RequestTable.Row, _ year: Int) -> SQL {
        let (first, last) = ("\(year)-01-01", "\(year)-12-31")
        switch row {
        case .received: return "arrived BETWEEN \(first) AND \(last)"
        case .carriedOver: return "arrived < \(first) AND (closed_on IS NULL OR closed_on >= \(first))"
        case .carriedForward: return "arrived <= \(last) AND (closed_on IS NULL OR closed_on > \(last))"
        case .total: return "closed_on BETWEEN \(first) AND \(last)"
        default:
            let outcomes = SQL.joined(Outcome.allCases.filter { $0.row == row }.map { "\($0)" as SQL }, by: ", ")
            return "closed_on BETWEEN \(first) AND \(last) AND outcome IN (\(outcomes))"
        }
    }

    private func requests(_ year: Int, in db: any Connection) throws -> RequestTable {
        var table = RequestTable()
        for row in [RequestTable.Row.received, .carriedOver, .carriedForward] {
            let counts = try db.all(
                Count.self,
                """
                SELECT applicant_kind AS kind, count(*) AS count, NULL AS outcome
                FROM request WHERE \(Self.condition(row, year)) GROUP BY applicant_kind
                """
            )
            for count in counts { table.count(count.count, row, count.kind) }
        }
        let results = try db.all(
            Count.self,
            """
            SELECT applicant_kind AS kind, outcome, count(*) AS count
            FROM request WHERE \(Self.condition(.total, year)) GROUP BY outcome, applicant_kind
            """
        )
        for result in results { table.count(result.count, (result.outcome ?? .other).row, result.kind) }
        table.sum()
        return table
    }

    private func remedies(_ year: Int, in db: any Connection) throws -> RemedyTable {
        struct Line: Decodable {
            let kind: Appeal.Kind
            let result: RemedyTable.Result?
            let count: Int
        }
        let (first, last) = ("\(year)-01-01", "\(year)-12-31")
        var table = RemedyTable()
        let decided = try db.all(
            Line.self,
            "SELECT kind, result, count(*) AS count FROM appeal WHERE decided_on BETWEEN \(first) AND \(last) GROUP BY kind, result"
        )
        let pending = try db.all(
            Line.self,
            """
            SELECT kind, NULL AS result, count(*) AS count FROM appeal
            WHERE filed_on <= \(last) AND (decided_on IS NULL OR decided_on > \(last)) GROUP BY kind
            """
        )
        for line in decided { if let group = line.kind.group, let result = line.result { table[group, result] += line.count } }
        for line in pending { if let group = line.kind.group { table[group, .pending] += line.count } }
        return table
    }

    private func figures(_ year: Int, into report: inout AnnualReport, in db: any Connection) throws {
        struct Line: Decodable {
            let item: String
            let col: String
            let value: Int
        }
        for line in try db.all(Line.self, "SELECT item, col, value FROM report_figure WHERE year = \(year)") {
            switch (line.item, line.col) {
            case ("rules", "made"): report.proactive.rules.made = line.value
            case ("rules", "repealed"): report.proactive.rules.repealed = line.value
            case ("rules", "inForce"): report.proactive.rules.inForce = line.value
            case ("normativeDocuments", "made"): report.proactive.normativeDocuments.made = line.value
            case ("normativeDocuments", "repealed"): report.proactive.normativeDocuments.repealed = line.value
            case ("normativeDocuments", "inForce"): report.proactive.normativeDocuments.inForce = line.value
            case ("licences", _): report.proactive.licences = line.value
            case ("penalties", _): report.proactive.penalties = line.value
            case ("coercive", _): report.proactive.coercive = line.value
            case ("fees", _): report.proactive.feesFen = line.value
            case ("processingFees", _): report.processingFeesFen = line.value
            default: break
            }
        }
    }

    /// Names that `put` takes: the item and its column.
    public static let figures = [
        "rules.made", "rules.repealed", "rules.inForce", "normativeDocuments.made", "normativeDocuments.repealed",
        "normativeDocuments.inForce", "licences.decisions", "penalties.decisions", "coercive.decisions", "fees.fen", "processingFees.fen",
    ]

    /// Puts an imported figure in, with the source it comes from.
    public func put(_ name: String, _ value: Int, source: String, year: Int, by actor: Actor) async throws {
        let role = try Self.writer(actor)
        guard Self.figures.contains(name) else { throw Refusal.invalid("name", "没有“\(name)”这一项。", "There is no figure “\(name)”.") }
        guard value >= 0 else { throw Refusal.invalid("value", "数据不能为负数。", "A figure can not be negative.") }
        guard !source.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("source", "请写明数据来源。", "Say where the figure comes from.") }
        let parts = name.split(separator: ".").map(String.init)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                INSERT INTO report_figure (year, item, col, value, source) VALUES (\(year), \(parts[0]), \(parts[1]), \(value), \(source))
                ON CONFLICT (year, item, col) DO UPDATE SET value = excluded.value, source = excluded.source
                """
            )
            try StepLog.write("figure", on: "report/\(year)", by: actor, as: role, at: now, detail: "\(name) = \(value): \(source)", in: db)
        }
    }

    public func write(_ section: AnnualReport.Section, _ text: String, year: Int, by actor: Actor) async throws {
        let role = try Self.writer(actor)
        try await Incidents(database, world: world).refuseMarked([text], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                INSERT INTO report_section (year, section, text) VALUES (\(year), \(section), \(text))
                ON CONFLICT (year, section) DO UPDATE SET text = excluded.text
                """
            )
            try StepLog.write("section", on: "report/\(year)", by: actor, as: role, at: now, detail: section.rawValue, in: db)
        }
    }

    private static func writer(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(as: .disclosureOfficer, .officeHead, or: Text("由信息公开办编写年度报告。", "The disclosure office writes the annual report."))
    }

    /// Keeps an earlier year's report, to compare with.
    public func keep(_ report: AnnualReport, by actor: Actor) async throws {
        let role = try Self.writer(actor)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                INSERT INTO earlier_report (year, csv) VALUES (\(report.year), \(report.csv))
                ON CONFLICT (year) DO UPDATE SET csv = excluded.csv
                """
            )
            try StepLog.write("keep", on: "report/\(report.year)", by: actor, as: role, at: now, in: db)
        }
    }

    public func earlier(_ year: Int) async throws -> AnnualReport? {
        let csv = try await database.read { try $0.scalar(String.self, "SELECT csv FROM earlier_report WHERE year = \(year)") }
        return try csv.map { try AnnualReport(year: year, csv: $0) }
    }

    public func earlierYears() async throws -> [Int] {
        try await database.read { try $0.all(Int.self, "SELECT year FROM earlier_report ORDER BY year") }
    }

    /// The cases behind a cell: explain this figure.
    public func cases(_ row: RequestTable.Row, _ kind: ApplicantKind?, year: Int, limit: Int = 500) async throws -> [DisclosureRequest] {
        try await database.read { db in
            let mine: SQL = kind.map { "AND applicant_kind = \($0)" } ?? ""
            return try db.all(
                DisclosureRequests.Stored.self,
                "SELECT * FROM request WHERE \(Self.condition(row, year)) \(mine) ORDER BY arrived, number LIMIT \(limit)"
            ).map(\.request)
        }
    }

    public static let schema = [
        Migration(
            "2026-11-27 22 annual report",
            """
            CREATE TABLE report_figure (
                year BIGINT NOT NULL,
                item TEXT NOT NULL,
                col TEXT NOT NULL,
                value BIGINT NOT NULL,
                source TEXT NOT NULL,
                PRIMARY KEY (year, item, col)
            );
            CREATE TABLE report_section (year BIGINT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (year, section));
            CREATE TABLE earlier_report (year BIGINT PRIMARY KEY, csv TEXT NOT NULL);
            """
        )
    ]
}

extension AnnualReport.Section: SQLConvertible {}
