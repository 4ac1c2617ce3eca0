import Core
import Storage
import WorkCalendar

/// The catalogue of works as it stands on a day.
extension Library {
    public struct Filter: Equatable, Sendable {
        public var words = ""
        public var topic, issuer: String?
        public var year: Int?
        public var status: NormStatus?
        /// Only the office's own: what it issued or published itself.
        public var isOwn = false
        public var unit: String?

        public init() {}

        /// - Parameter besides: a facet that is left out, so that its other values are counted too.
        func condition(at day: Day, besides facet: Facet? = nil) -> SQL {
            var parts: [SQL] = [Library.publicly, "(norm_work.promulgated IS NULL OR norm_work.promulgated <= \(day))"]
            for word in words.split(separator: " ").prefix(8) {
                let pattern = "%" + word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
                parts.append("(norm_work.title LIKE \(pattern) ESCAPE '\\' OR norm_work.document_number LIKE \(pattern) ESCAPE '\\')")
            }
            if let topic, facet != .topic { parts.append("norm_work.topic = \(topic)") }
            if let issuer, facet != .issuer { parts.append("norm_work.issuer = \(issuer)") }
            if let year, facet != .year { parts.append("norm_work.year = \(year)") }
            if let status, facet != .status { parts.append("norm_force.status = \(status)") }
            if let unit { parts.append("norm_work.unit = \(unit)") }
            if isOwn { parts.append("(norm_work.is_own = 1 OR norm_work.issuer LIKE \("%\(Agency.name.zh)%"))") }
            return SQL.joined(parts, by: " AND ")
        }
    }

    public enum Facet: String, CaseIterable, Sendable {
        case status, topic, issuer, year

        var column: SQL {
            switch self {
            case .status: "norm_force.status"
            case .topic: "norm_work.topic"
            case .issuer: "norm_work.issuer"
            case .year: "norm_work.year"
            }
        }
    }

    public struct Count: Decodable, Equatable, Sendable {
        public let value: String
        public let count: Int
    }

    public struct Catalogue: Sendable {
        public let lines: [Line]
        public let total: Int
        public let counts: [Facet: [Count]]
    }

    private static func source(at day: Day) -> SQL {
        """
        FROM \(works) JOIN norm_force ON norm_force.work = norm_work.id AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day)
        """
    }

    /// A page of the catalogue on a day, with exact counts of every value of each facet under the other filters.
    public func catalogue(_ filter: Filter, at day: Day, page: Int = 1, size: Int = 30) async throws -> Catalogue {
        try await database.read { db in
            let condition = filter.condition(at: day)
            let total = try db.scalar(Int.self, "SELECT count(*) \(Self.source(at: day)) WHERE \(condition)") ?? 0
            let lines = try db.all(
                Line.self,
                """
                SELECT norm_work.*, norm_force.status, norm_force.since_day, norm_force.version
                \(Self.source(at: day)) WHERE \(condition)
                ORDER BY COALESCE(norm_work.promulgated, '') DESC, norm_work.title, norm_work.id
                LIMIT \(size) OFFSET \((page - 1) * size)
                """
            )
            var counts: [Facet: [Count]] = [:]
            for facet in Facet.allCases {
                counts[facet] = try db.all(
                    Count.self,
                    """
                    SELECT CAST(\(facet.column) AS TEXT) AS value, count(*) AS count \(Self.source(at: day))
                    WHERE \(filter.condition(at: day, besides: facet)) AND \(facet.column) IS NOT NULL
                    GROUP BY \(facet.column) ORDER BY \(facet == .year ? "value DESC" : "count DESC, value" as SQL) LIMIT 40
                    """
                )
            }
            return Catalogue(lines: lines, total: total, counts: counts)
        }
    }
}
