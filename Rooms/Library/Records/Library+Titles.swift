import Core
import Foundation
import Storage

/// What titles and document numbers are found by: the heads of all works of which a text is public.
extension Library {
    public func heads() async throws -> [NormHead] {
        let rows = try await database.read { db in
            try db.all(
                String.self,
                """
                SELECT norm_record.head FROM \(Self.works) JOIN norm_record ON norm_record.id = norm_work.id
                WHERE \(Self.publicly) ORDER BY norm_work.id
                """
            )
        }
        return try rows.map { try Self.value(NormHead.self, $0) }
    }

    /// Changes whenever a work comes, goes, or is released anew.
    public func mark() async throws -> String {
        struct Line: Decodable {
            let count: Int
            let last: String?
        }
        let line = try await database.read { db in
            try db.first(Line.self, "SELECT count(*) AS count, max(release) AS last FROM norm_work")
        }
        return "\(try await releases.log.size()) \(line?.count ?? 0) \(line?.last ?? "")"
    }

    /// The record of a work, with all its texts as its sources gave them.
    public func record(of id: String) async throws -> NormRecord? { try await records.records([id]).first }
}
