import Core
import Foundation
import LegalText
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
    ///   - at: what was public by that day and the newest text on it; nil for now.
    public func search(
        _ question: String,
        at day: Day? = nil,
        filter: Filter = Filter(),
        limit: Int = 10,
        offset: Int = 0,
        countsFacets: Bool = false
    ) async throws -> Findings {
        let asked = TextQuery.parse(question)
        guard !asked.isEmpty else { return Findings(results: [], total: 0) }
        return try await database.read { db in
            let query = try Self.passages.widened(asked, in: db)
            let condition = filter.condition(at: day)
            let hits = Self.hits(of: query, question)
            let results = try db.all(
                Found.self,
                """
                SELECT passage.release, release.title, passage.number AS article, passage.anchor, passage.body, release.status,
                    release.kind, release.language, release.document_number, release.published_on
                FROM (\(hits)) AS hit
                JOIN passage ON passage.id = hit.id JOIN release ON release.key = passage.release
                WHERE \(condition)
                ORDER BY hit.score DESC, passage.id LIMIT \(limit) OFFSET \(offset)
                """
            )
            let matches: SQL =
                """
                FROM passage JOIN release ON release.key = passage.release
                WHERE passage.id IN (SELECT id FROM (\(hits)) AS hit) AND \(condition)
                """
            let total = try db.scalar(Int.self, "SELECT count(*) \(matches)") ?? 0
            var findings = Findings(results: results, total: total)
            findings.isAny = query.isAny
            if countsFacets {
                for facet in Findings.Facet.allCases {
                    findings.facets[facet] = try db.all(
                        FacetLine.self,
                        "SELECT \(facet.column) AS value, count(*) AS count \(matches) GROUP BY \(facet.column) ORDER BY 2 DESC, 1"
                    ).map { .init(value: $0.value, count: $0.count) }
                }
            }
            return findings
        }
    }

    /// The passages that hold most of some words, nothing in them read as a sign.
    public func nearest(to words: String, limit: Int) async throws -> [Found] {
        let query = TextQuery.parse(Self.plain(words)).any
        guard !query.isEmpty else { return [] }
        return try await database.read { db in
            try db.all(
                Found.self,
                """
                SELECT passage.release, release.title, passage.number AS article, passage.anchor, passage.body, release.status,
                    release.kind, release.language, release.document_number, release.published_on
                FROM (\(Self.passages.hits(query))) AS hit
                JOIN passage ON passage.id = hit.id JOIN release ON release.key = passage.release
                WHERE \(Filter().condition) ORDER BY hit.score DESC, passage.id LIMIT \(limit)
                """
            )
        }
    }

    /// Words alone: punctuation is a blank.
    static func plain(_ words: String) -> String {
        words.split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
    }

    private struct FacetLine: Decodable {
        let value: String
        let count: Int
    }

    /// Passages with their score; a document whose number was asked for, in whatever spelling, stands first.
    private static func hits(of query: TextQuery, _ question: String) -> SQL {
        guard let number = NumberAsked(question) else { return passages.hits(query) }
        let start = number.text.unicodeScalars.count - 1
        let bears: SQL =
            number.isWhole
            ? "release.document_number = \(number.text)"
            : "substr(release.document_number, length(release.document_number) - CAST(\(start) AS INTEGER)) = \(number.text)"
        return """
            SELECT id, max(score) AS score FROM (
                SELECT id, score FROM (\(passages.hits(query))) AS said
                UNION ALL
                SELECT passage.id, CAST(1000000 AS DOUBLE PRECISION) AS score
                FROM passage JOIN release ON release.key = passage.release WHERE passage.position = 0 AND \(bears)
            ) AS each_hit GROUP BY id
            """
    }

    /// A title that completes what was typed, with its document number.
    public struct Suggestion: Decodable, Equatable, Sendable {
        public let title: String
        /// As printed; empty where there is none.
        public let number: String
    }

    /// Titles and numbers that begin with what was typed, shorter ones first.
    public func suggestions(_ typed: String, at day: Day? = nil, limit: Int = 8) async throws -> [Suggestion] {
        let length = typed.unicodeScalars.count
        guard length > 0 else { return [] }
        return try await database.read { db in
            try db.all(
                Suggestion.self,
                """
                SELECT DISTINCT release.title, COALESCE(release.document_number, '') AS number, length(release.title) AS size
                FROM release
                WHERE (substr(release.title, 1, CAST(\(length) AS INTEGER)) = \(typed)
                    OR substr(release.document_number, 1, CAST(\(length) AS INTEGER)) = \(typed))
                    AND \(Filter().condition(at: day))
                ORDER BY size, release.title, number LIMIT \(limit)
                """
            )
        }
    }
}

/// A question that is a document number and nothing else, in the one spelling that documents keep.
private struct NumberAsked {
    let text: String
    /// Whether it names the agency; 〔2022〕19号 alone is the end of a number.
    let isWhole: Bool

    init?(_ question: String) {
        if let number = DocumentNumber(question), !number.isRomanised {
            (text, isWhole) = (number.normalised, true)
            return
        }
        // Read with an agency put before it: a number has one.
        guard let number = DocumentNumber("字" + question) ?? DocumentNumber("字\(question)号"), number.form == .yearly else { return nil }
        (text, isWhole) = (String(number.normalised.dropFirst()), false)
    }
}

extension Findings.Facet {
    fileprivate var column: SQL {
        switch self {
        case .column: "release.col"
        case .unit: "release.unit"
        case .kind: "release.kind"
        case .year: "substr(COALESCE(release.written_on, release.published_on), 1, 4)"
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
