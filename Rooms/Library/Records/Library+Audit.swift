import Core
import LegalText
import Storage
import WorkCalendar

/// Looks over the office's own documents.
extension Library {
    /// - Parameter unit: only papers and citations of one unit; the series of numbers run through all units.
    public func audit(on day: Day, calendar: WorkCalendar, unit: String? = nil) async throws -> SelfAudit {
        let papers = try await papers()
        let mine = papers.filter { unit == nil || $0.unit == unit }
        return SelfAudit(
            on: day,
            series: SelfAudit.series(of: papers),
            late: SelfAudit.late(mine, on: day, calendar: calendar),
            citedNotPublic: try await citedNotPublic(papers, unit: unit, at: day),
            citesLapsed: try await citesLapsed(unit: unit, at: day)
        )
    }

    /// Every document of the house with the first day it was public, withdrawn ones too: late is late.
    private func papers() async throws -> [SelfAudit.Paper] {
        struct Row: Decodable {
            let key, title, unit: String
            let documentNumber: String?
            let writtenOn, publishedOn: Day?
        }
        let rows = try await database.read { db in
            try db.all(
                Row.self,
                """
                SELECT document.key, document.title, document.unit, document.document_number, document.written_on,
                    (SELECT min(release.published_on) FROM release WHERE release.document = document.key) AS published_on
                FROM document ORDER BY document.key
                """
            )
        }
        return rows.map {
            SelfAudit.Paper(
                document: $0.key,
                title: $0.title,
                unit: $0.unit,
                documentNumber: $0.documentNumber,
                writtenOn: $0.writtenOn,
                publishedOn: $0.publishedOn
            )
        }
    }

    private struct Row: Decodable, Sendable {
        let id, title, unit, body: String
        let number, article, targetTitle: String?
        let status: NormStatus?

        var citing: SelfAudit.Citing {
            .init(work: id, title: title, unit: unit, article: number, words: body, target: targetTitle, status: status)
        }
    }

    /// The citations of own texts that nothing has ended by a day.
    private func citations(_ condition: SQL, unit: String?, at day: Day) async throws -> [Row] {
        let among: SQL = unit.map { " AND norm_work.unit = \($0)" } ?? ""
        return try await database.read { db in
            try db.all(
                Row.self,
                """
                SELECT norm_work.id, norm_work.title, norm_work.unit, norm_link.body, own.number, own.body AS article, target.title AS target_title,
                    target_force.status
                FROM norm_link
                JOIN norm_work ON norm_work.id = norm_link.work AND norm_work.is_own = 1
                JOIN release ON release.key = norm_work.release
                JOIN norm_force ON norm_force.work = norm_work.id AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day)
                    AND norm_force.version = norm_link.version
                    AND norm_force.status NOT IN (\(SQL.list([NormStatus.repealed, .expired, .notYetInForce])))
                LEFT JOIN norm_part AS own ON own.work = norm_link.work AND own.version = norm_link.version
                    AND own.article = norm_link.article
                LEFT JOIN norm_work AS target ON target.id = norm_link.target
                LEFT JOIN norm_force AS target_force ON target_force.work = norm_link.target AND target_force.from_day <= \(day)
                    AND target_force.until_day > \(day)
                WHERE \(condition) AND \(Self.publicly)\(among)
                ORDER BY norm_work.id, norm_link.position
                """
            )
        }
    }

    private func citesLapsed(unit: String?, at day: Day) async throws -> [SelfAudit.Citing] {
        let condition: SQL = "norm_link.is_clause = 0 AND target_force.status IN (\(SQL.list([NormStatus.repealed, .expired])))"
        return try await citations(condition, unit: unit, at: day).map(\.citing)
    }

    /// A number of one of the office's own series, or its name, in a citation of which nothing is held here.
    private func citedNotPublic(_ papers: [SelfAudit.Paper], unit: String?, at day: Day) async throws -> [SelfAudit.Citing] {
        let agencies = Set(papers.compactMap { $0.documentNumber.flatMap { DocumentNumber($0) }?.agency }.filter { $0.count > 2 })
        let rows = try await citations("norm_link.target IS NULL AND norm_link.candidates = ''", unit: unit, at: day)
        return rows.filter { row in
            // 《…的通知》（国知办发办字〔2022〕9号）: the number stands behind the title.
            row.body.contains(Agency.name.zh)
                || agencies.contains { row.body.contains($0) || row.article?.contains("\(row.body)（\($0)") ?? false }
        }.map(\.citing)
    }
}
