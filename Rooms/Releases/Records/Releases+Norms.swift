import Core
import Foundation
import Storage
import WorkCalendar

extension Releases {
    /// The house's own public documents as records of law, with their older public texts: those that came in no collection.
    ///
    /// An answer to a request is no work of law, though it is public.
    /// - Parameter ids: only works of these names; all where there are none.
    public func ownRecords(of ids: [String]? = nil, withCollections: Bool = false) async throws -> [NormRecord] {
        let collections: SQL = withCollections ? "" : " AND release.batch IS NULL"
        let among: SQL = ids.map { " AND (release.document IN (\(SQL.list($0))) OR release.key IN (\(SQL.list($0))))" } ?? ""
        let rows = try await log.database.read { db in
            try db.all(
                Own.self,
                """
                SELECT release.key AS key, release.document AS document, release.published_on AS published_on,
                    release.superseded_by AS superseded_by, content.json AS json
                FROM release JOIN content ON content.hash = release.content
                WHERE \(SQL(trusted: Visibility.conditionOnEachDay)) AND release.col <> 'replies'\(collections)\(among)
                ORDER BY release.key
                """
            )
        }
        let decoder = JSONDecoder()
        var works: [String] = []
        var texts: [String: [(Own, Content)]] = [:]
        for row in rows {
            let content = try decoder.decode(Content.self, from: Data(row.json.utf8))
            let work = content.work(document: row.document, key: row.key)
            if texts[work] == nil { works.append(work) }
            texts[work, default: []].append((row, content))
        }
        return works.compactMap { work in texts[work].flatMap { Self.record(work, $0) } }
    }

    private static func record(_ work: String, _ texts: [(Own, Content)]) -> NormRecord? {
        guard let (row, content) = texts.last(where: { $0.0.supersededBy == nil }) ?? texts.last else { return nil }
        var record = NormRecord(id: work, title: content.title, text: content.body)
        (record.docNumber, record.issuer, record.type) = (content.documentNumber, content.issuer, content.kind.text.zh)
        record.issued = texts.first.map { ($0.1.writtenOn ?? $0.0.publishedOn).description }
        record.source = "gongkai"
        record.versions = texts.map { other, content in
            let isNewest = other.key == row.key
            return version(other, content, isNewest: isNewest)
        }
        // A collection says itself how its works stand; what the office keeps public stands until something ends it.
        (record.status, record.statusSource) = (content.status, content.status == nil ? nil : content.title)
        if row.document != nil, content.status == nil { (record.status, record.statusSource) = ("现行有效", "本机关政府信息公开平台") }
        return record
    }

    private static func version(_ row: Own, _ content: Content, isNewest: Bool) -> NormRecord.Version {
        let written = content.writtenOn ?? (row.document == nil ? nil : row.publishedOn)
        return NormRecord.Version(
            versionDate: written?.description,
            effective: (content.inForceFrom ?? (row.document == nil ? nil : written))?.description,
            effectiveSource: content.inForceFrom == nil && row.document != nil ? "成文日期（正文未写明施行日期）" : nil,
            current: isNewest,
            source: "gongkai",
            text: isNewest ? nil : content.body
        )
    }

    private struct Own: Decodable, Sendable {
        let key: String
        let document: String?
        let publishedOn: Day
        let supersededBy: String?
        let json: String
    }
}
