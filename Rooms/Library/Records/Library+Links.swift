import Core
import Storage
import WorkCalendar

/// What texts cite, and what cites them, with how each stands on a day.
extension Library {
    /// A citation in a text.
    public struct Link: Decodable, Equatable, Sendable {
        public let position: Int
        /// The article it stands in; nil before the first.
        public let number, anchor: String?
        public let body: String
        public let kind: String
        public let target, targetTitle, targetArticle: String?
        /// How the work cited stands on the day asked; nil where it is not in the database, or not public.
        public let status: NormStatus?
        let candidates: String
        let thread, nowThread: Int?
        let hasThen, hasNow: Int?

        public var isAmbiguous: Bool { !candidates.isEmpty }
    }

    /// Whether the article that was cited is still what it was.
    public enum Drift: String, Sendable, Equatable {
        /// Its words are there, under the same number.
        case none
        /// The text now in force has no article of that number, or another one.
        case moved
        case struck
        /// A text that would tell is not held.
        case unknown
    }

    /// The citations of a text; of one article where it is given.
    public func links(of id: String, version: Int, article: Int? = nil, at day: Day) async throws -> [Link] {
        let among: SQL = article.map { " AND norm_link.article = \($0)" } ?? ""
        return try await database.read { db in
            try db.all(
                Link.self,
                """
                SELECT norm_link.position, own.number, own.anchor, norm_link.body, norm_link.kind, norm_link.candidates,
                    norm_link.target_article,
                    CASE WHEN \(Self.isShown) THEN norm_work.id END AS target,
                    CASE WHEN \(Self.isShown) THEN norm_work.title END AS target_title,
                    CASE WHEN \(Self.isShown) THEN norm_force.status END AS status,
                    cited.thread AS thread, new_part.thread AS now_thread,
                    cited_text.version AS has_then, norm_force.version AS has_now
                FROM norm_link
                JOIN norm_text AS own_text ON own_text.work = norm_link.work AND own_text.version = norm_link.version
                LEFT JOIN norm_part AS own ON own.work = norm_link.work AND own.version = norm_link.version
                    AND own.article = norm_link.article
                LEFT JOIN norm_work ON norm_work.id = norm_link.target
                LEFT JOIN release ON release.key = norm_work.release
                LEFT JOIN norm_force ON norm_force.work = norm_link.target AND norm_force.from_day <= \(day)
                    AND norm_force.until_day > \(day)
                LEFT JOIN norm_text AS cited_text ON cited_text.work = norm_link.target
                    AND cited_text.from_day <= COALESCE(own_text.promulgated, own_text.from_day)
                    AND cited_text.until_day > COALESCE(own_text.promulgated, own_text.from_day)
                LEFT JOIN norm_part AS cited ON cited.work = norm_link.target AND cited.version = cited_text.version
                    AND cited.number_key = norm_link.target_article
                LEFT JOIN norm_part AS new_part ON new_part.work = norm_link.target AND new_part.version = norm_force.version
                    AND new_part.number_key = norm_link.target_article
                WHERE norm_link.work = \(id) AND norm_link.version = \(version)\(among) ORDER BY norm_link.position
                """
            )
        }.unique
    }

    private static let isShown: SQL = SQL(trusted: Visibility.conditionOnEachDay)

    /// The works of which a text cites one of some works; nil where the library was not made yet.
    public func citers(of ids: [String]) async throws -> [String]? {
        guard try await !isEmpty else { return nil }
        return try await database.read { db in
            try db.all(String.self, "SELECT DISTINCT work FROM norm_link WHERE target IN (\(SQL.list(ids))) ORDER BY work")
        }
    }

    /// A place that cites a work.
    public struct Citing: Decodable, Equatable, Sendable {
        public let id, title: String
        public let number, anchor, targetArticle: String?
        public let body: String
        public let status: NormStatus
        public let isClause: Int
    }

    /// The places in texts that nothing has ended by a day that cite a work, or one of its articles: the office's own first.
    public func citing(
        _ id: String,
        article: String? = nil,
        at day: Day,
        limit: Int = 100,
        offset: Int = 0
    ) async throws
        -> (places: [Citing], total: Int, works: Int)
    {
        let among: SQL = article.map { " AND norm_link.target_article = \($0)" } ?? ""
        let source: SQL = """
            FROM norm_link
            JOIN norm_work ON norm_work.id = norm_link.work
            JOIN release ON release.key = norm_work.release
            JOIN norm_force ON norm_force.work = norm_link.work AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day)
                AND norm_force.version = norm_link.version
                AND norm_force.status NOT IN (\(SQL.list([NormStatus.repealed, .expired, .notYetInForce])))
            LEFT JOIN norm_part AS own ON own.work = norm_link.work AND own.version = norm_link.version
                AND own.article = norm_link.article
            WHERE norm_link.target = \(id)\(among) AND \(Self.publicly)
            """
        return try await database.read { db in
            let total = try db.scalar(Int.self, "SELECT count(*) \(source)") ?? 0
            let works = try db.scalar(Int.self, "SELECT count(DISTINCT norm_link.work) \(source)") ?? 0
            let places = try db.all(
                Citing.self,
                """
                SELECT norm_work.id, norm_work.title, own.number, own.anchor, norm_link.target_article, norm_link.body, norm_force.status,
                    norm_link.is_clause
                \(source)
                ORDER BY norm_work.is_own DESC, CASE norm_force.status WHEN 'inForce' THEN 0 ELSE 1 END, norm_work.title,
                    norm_link.position
                LIMIT \(limit) OFFSET \(offset)
                """
            )
            return (places, total, works)
        }
    }
}

extension Library.Link {
    public var drift: Library.Drift {
        guard targetArticle != nil, target != nil, hasNow != nil else { return targetArticle == nil ? .none : .unknown }
        guard hasThen != nil else { return nowThread == nil ? .moved : .unknown }
        guard let thread else { return .unknown }
        guard let nowThread else { return .struck }
        return thread == nowThread ? .none : .moved
    }
}

extension [Library.Link] {
    /// Once each: a number that comes twice in a text makes two rows.
    fileprivate var unique: [Library.Link] {
        var seen: Set<Int> = []
        return filter { seen.insert($0.position).inserted }
    }
}
