import Core
import Foundation
import Storage
import WorkCalendar

extension Releases {
    /// The house's own public documents as records of law: those that came in no collection.
    public func ownRecords(withCollections: Bool = false) async throws -> [NormRecord] {
        let collections: SQL = withCollections ? "" : " AND release.batch IS NULL"
        let rows = try await log.database.read { db in
            try db.all(
                Own.self,
                """
                SELECT release.key AS key, content.json AS json FROM release JOIN content ON content.hash = release.content
                WHERE release.state = 'released' AND release.superseded_by IS NULL\(collections) ORDER BY release.key
                """
            )
        }
        let decoder = JSONDecoder()
        return try rows.map { row in
            let content = try decoder.decode(Content.self, from: Data(row.json.utf8))
            var record = NormRecord(id: content.sourceID ?? row.key, title: content.title, text: content.body)
            (record.docNumber, record.issuer, record.type) = (content.documentNumber, content.issuer, content.kind.text.zh)
            (record.issued, record.versionDate) = (content.writtenOn?.description, content.writtenOn?.description)
            (record.effective, record.status) = (content.inForceFrom?.description, content.status)
            record.statusSource = content.status == nil ? nil : content.title
            record.source = "gongkai"
            return record
        }
    }

    private struct Own: Decodable, Sendable {
        let key: String
        let json: String
    }
}
