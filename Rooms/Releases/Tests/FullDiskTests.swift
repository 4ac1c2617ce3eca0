import Core
import HTTPTypes
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("A full disk")
struct FullDiskTests {
    @Test("in the middle of a release leaves nothing half-public")
    func full() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let body = (1...3000).map { "第\($0)条 外观设计专利的保护期限为十五年，自申请日起计算，第\($0)号。" }.joined(separator: "\n")
            let document = try await gate.draft(body)
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            try await gate.house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: gate.zhao)
            let pages = try await database.write { try $0.scalar(Int.self, "PRAGMA page_count") ?? 0 }
            try await database.write { _ = try $0.scalar(Int.self, SQL(trusted: "PRAGMA max_page_count = \(pages + 20)")) }
            func release() async throws -> String {
                try await gate.house.releases.release(
                    review: review.key,
                    seeing: review.hash,
                    attribute: .proactive,
                    reason: "条例第十九条",
                    method: .internet,
                    by: gate.wang
                )
            }
            await #expect(throws: StorageError.self) { try await release() }
            #expect(try await gate.house.log.size() == 0)
            #expect(try await gate.house.releases.search("保护期限").total == 0)
            #expect(try await gate.house.reviews.review(review.key).review.state == .atLeader)
            #expect(try await gate.house.log.verify().faults == [])
            try await database.write { _ = try $0.scalar(Int.self, "PRAGMA max_page_count = 1000000") }
            _ = try await release()
            #expect(try await gate.house.releases.search("保护期限").total == 3000)
            #expect(try await gate.house.log.verify().faults == [])
        }
    }
}
