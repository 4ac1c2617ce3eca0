import Core
import Storage

/// The reports of the units below, kept as they came in, and added to the agency's own.
extension AnnualReports {
    public static let partSchema = Migration(
        "2026-11-28 67 report parts",
        """
        CREATE TABLE report_part (
            year BIGINT NOT NULL,
            unit TEXT NOT NULL,
            csv TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (year, unit)
        );
        """
    )

    /// One unit's report of a year.
    public struct ReportPart: Sendable {
        public let unit: String
        public let report: AnnualReport
        public let at: Moment
    }

    private static func keeper(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            or: Text("由信息公开办汇总年度报告。", "The disclosure office puts the reports together.")
        )
    }

    /// Keeps a unit's report; the same unit's earlier file gives way.
    /// - Throws: `Refusal` where the file is no report of the year; nothing is kept of it then.
    public func put(part csv: String, of unit: String, year: Int, by actor: Actor) async throws {
        let role = try Self.keeper(actor)
        guard !unit.allSatisfy(\.isWhitespace), unit.count <= 100 else {
            throw Refusal.invalid("unit", "请填写单位名称（至多100字）。", "Name the unit (at most 100 characters).")
        }
        guard csv.utf8.count <= 1 << 20 else { throw Refusal.invalid("file", "文件超过1 MB，不是年度报告的数据。", "Over 1 MB: no report's tables.") }
        let csv = csv.hasPrefix("\u{feff}") ? String(csv.dropFirst()) : csv
        let head = AnnualReport(year: year).csv.split(separator: "\n").first
        guard csv.split(whereSeparator: \.isNewline).first == head else {
            throw Refusal.invalid("file", "第一行应当是“\(head ?? "")”。", "The first line is “\(head ?? "")”.")
        }
        _ = try AnnualReport(year: year, csv: csv)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                INSERT INTO report_part (year, unit, csv, at) VALUES (\(year), \(unit), \(csv), \(now))
                ON CONFLICT (year, unit) DO UPDATE SET csv = excluded.csv, at = excluded.at
                """
            )
            try StepLog.write("putPart", on: "report/\(year)", by: actor, as: role, at: now, detail: unit, in: db)
        }
    }

    public func remove(partOf unit: String, year: Int, by actor: Actor) async throws {
        let role = try Self.keeper(actor)
        let now = world.now()
        try await database.write { db in
            let done = try db.run("DELETE FROM report_part WHERE year = \(year) AND unit = \(unit)")
            guard done == 1 else { throw Refusal.notFound }
            try StepLog.write("removePart", on: "report/\(year)", by: actor, as: role, at: now, detail: unit, in: db)
        }
    }

    public func parts(_ year: Int) async throws -> [ReportPart] {
        struct Line: Decodable {
            let unit, csv: String
            let at: Moment
        }
        let lines = try await database.read { db in
            try db.all(Line.self, "SELECT unit, csv, at FROM report_part WHERE year = \(year) ORDER BY unit")
        }
        return try lines.map { ReportPart(unit: $0.unit, report: try AnnualReport(year: year, csv: $0.csv), at: $0.at) }
    }

    /// The agency's report with those of the units below it.
    public func whole(_ year: Int) async throws -> AnnualReport {
        try await report(year).including(try await parts(year).map(\.report))
    }
}
