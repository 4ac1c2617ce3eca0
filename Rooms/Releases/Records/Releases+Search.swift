import Core
import Foundation
import Storage
import WorkCalendar

/// Search over everything public: an article a result.
extension Releases {
    public struct Found: Codable, Equatable, Sendable {
        public let release: String
        public let title: String
        public let article: String
        public let anchor: String
        public let body: String
        public let status: String?
        public let kind: Content.Kind
        public let language: Language
        public let documentNumber: String?
        public let publishedOn: Day

        /// About 160 characters around the first word that was asked for.
        public func excerpt(around words: [String]) -> String {
            let text = body.split(whereSeparator: \.isNewline).joined(separator: " ")
            let first = words.compactMap { text.range(of: $0, options: .caseInsensitive)?.lowerBound }.min() ?? text.startIndex
            let start = text.index(first, offsetBy: -40, limitedBy: text.startIndex) ?? text.startIndex
            let end = text.index(start, offsetBy: 160, limitedBy: text.endIndex) ?? text.endIndex
            return (start > text.startIndex ? "…" : "") + text[start..<end] + (end < text.endIndex ? "…" : "")
        }
    }

    /// - Parameters:
    ///   - question: words are all asked for, "a phrase" as it stands; a whole question finds the nearest passages.
    ///   - at: only what was public by that day.
    public func search(
        _ question: String,
        at day: Day? = nil,
        filter: Filter = Filter(),
        limit: Int = 10,
        offset: Int = 0
    ) async throws -> (results: [Found], total: Int) {
        let asked = TextQuery.parse(question)
        guard !asked.isEmpty else { return ([], 0) }
        return try await database.read { db in
            let query = try Self.passages.widened(asked, in: db)
            var condition = filter.condition
            if let day { condition += " AND release.published_on <= \(day)" }
            let total = try db.scalar(
                Int.self,
                """
                SELECT count(*) FROM passage JOIN release ON release.key = passage.release
                WHERE passage.id IN (\(Self.passages.matching(query))) AND \(condition)
                """
            )
            let results = try db.all(
                Found.self,
                """
                SELECT passage.release, release.title, passage.number AS article, passage.anchor, passage.body, release.status,
                    release.kind, release.language, release.document_number, release.published_on
                FROM (\(Self.passages.hits(query))) AS hit
                JOIN passage ON passage.id = hit.id JOIN release ON release.key = passage.release
                WHERE \(condition)
                ORDER BY hit.score DESC, passage.id LIMIT \(limit) OFFSET \(offset)
                """
            )
            return (results, total ?? 0)
        }
    }
}

extension Releases {
    /// Makes the index anew from the passages, as after a restore.
    public func indexAgain() async throws {
        struct Line: Decodable {
            let id, position: Int
            let body, title: String
        }
        var last = 0
        while true {
            let from = last
            let end: Int? = try await database.write { db in
                let lines = try db.all(
                    Line.self,
                    """
                    SELECT passage.id, passage.position, passage.body, release.title
                    FROM passage JOIN release ON release.key = passage.release WHERE passage.id > \(from) ORDER BY passage.id LIMIT 2000
                    """
                )
                for line in lines {
                    try Self.passages.put(line.id, line.position == 0 ? line.title + "\n" + line.body : line.body, in: db)
                }
                return lines.last?.id
            }
            guard let end else { return }
            last = end
        }
    }
}
