import Core
import HTTPTypes
import MerkleLog
import Records
import Scan
import Storage
import TestSupport
import Testing
import Web

@Suite("A release in an emergency")
struct EmergencyReleaseTests {
    private func released(_ gate: Gate) async throws -> String {
        let document = try await gate.draft()
        let hash = document.content.hash.hex
        return try await gate.house.releases.releaseUrgently(document.key, seeing: hash, reason: "汛情", hours: 2, by: gate.wang)
    }

    @Test("has a sound procedure")
    func lifecycle() { #expect(EmergencyRelease.lifecycle.flaws == []) }

    @Test("is public at once, and confirmed by another person only", arguments: Engine.available)
    func confirmed(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let hash = document.content.hash.hex
            let releases = gate.house.releases
            await #expect(throws: Refusal.self) {
                try await releases.releaseUrgently(document.key, seeing: hash, reason: "汛情", hours: 2, by: gate.chen)
            }
            await #expect(throws: Refusal.stale) {
                try await releases.releaseUrgently(document.key, seeing: "other", reason: "汛情", hours: 2, by: gate.wang)
            }
            let key = try await releases.releaseUrgently(document.key, seeing: hash, reason: "汛情", hours: 2, by: gate.wang)
            #expect(try await releases.search("保护期限").total == 1)
            #expect(try await releases.unconfirmed().map(\.release) == [key])
            await #expect(throws: Refusal.self) { try await releases.decide(.confirm, on: key, by: gate.wang) }
            await #expect(throws: Refusal.self) { try await releases.decide(.confirm, on: key, by: gate.lin) }
            try await releases.decide(.confirm, on: key, by: gate.zhao)
            #expect(try await releases.unconfirmed().isEmpty)
            await #expect(throws: Refusal.outOfTurn) { try await releases.decide(.refuse, on: key, reason: "不当", by: gate.zhao) }
            #expect(try await gate.house.log.verify().faults == [])
        }
    }

    @Test("does not overrule what a reviewer of this very text said to withhold", arguments: Engine.available)
    func withheld(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft("第一条 联系人手机13912345678，办理备案。")
            let review = try await gate.house.reviews.submit(document.key, by: gate.lin)
            try await gate.house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: gate.chen)
            let phone = try #require(try await gate.house.reviews.findings(of: review).first { $0.finding.printed == "13912345678" })
                .finding
            let releases = gate.house.releases
            try await gate.house.reviews.decide(
                phone.range.lowerBound,
                phone.rule.rawValue,
                .redact,
                reason: "私人号码",
                ground: .privacy,
                on: review.key,
                by: gate.zhao
            )
            await #expect(throws: Refusal.self) {
                try await releases.releaseUrgently(document.key, seeing: review.hash, reason: "汛情", hours: 2, by: gate.wang)
            }
            #expect(try await gate.house.log.size() == 0)
            _ = try await gate.house.reviews.blackOut(review.key, by: gate.zhao)
            let black = try await gate.house.documents.document(document.key)
            let key = try await releases.releaseUrgently(
                document.key,
                seeing: black.content.hash.hex,
                reason: "汛情",
                hours: 2,
                by: gate.wang
            )
            #expect(!(try await releases.release(key).content.body.contains("13912345678")))
        }
    }

    @Test("is withdrawn with the refusal, and the reason is public", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await released(gate)
            let releases = gate.house.releases
            await #expect(throws: Refusal.self) { try await releases.decide(.refuse, on: key, reason: " ", by: gate.zhao) }
            try await releases.decide(.refuse, on: key, reason: "内容未经核实", by: gate.zhao)
            let release = try await releases.release(key).release
            #expect(release.state == .withdrawn)
            #expect(release.withdrawnReason == "内容未经核实")
            #expect(try await releases.search("保护期限").total == 0)
            #expect(try await gate.house.log.size() == 2)
            #expect(try await gate.house.log.verify().faults == [])
        }
    }

    @Test("stands on the desk until it is confirmed, and says when it is overdue")
    func overdue() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let document = try await gate.draft()
            let wang = Visitor(gate.house)
            try await wang.signIn("wang")
            let page = "/zh/office/documents/\(document.key)/urgent"
            let fields = ["hash": document.content.hash.hex, "reason": ""]
            #expect(try await wang.post(page, from: page, fields).status == 422)
            let answer = try await wang.post(page, from: page, fields.merging(["reason": "汛情"]) { $1 })
            #expect(answer.status == 303)
            let place = try #require(answer.headers[.location])
            let own = try await wang.get(place).body
            #expect(!own.contains("/confirm\""))
            #expect(own.contains("2022-05-31 10:00"))
            let zhao = Visitor(gate.house)
            try await zhao.signIn("zhao")
            #expect(try await zhao.get("/zh/office").body.contains("紧急公开待确认: 外观设计办法"))
            try await database.write { try $0.run("UPDATE emergency_release SET due = '2022-05-30T01:00:00.000Z'") }
            #expect(try await zhao.get("/zh/office").body.contains("紧急公开已超过确认时限: 外观设计办法"))
            #expect(try await zhao.post("\(place)/refuse", from: place, ["reason": "未经核实"]).status == 303)
            let key = place.split(separator: "/").last.map(String.init) ?? ""
            #expect(try await Visitor(gate.house).get("/zh/releases/\(key)").status == 410)
        }
    }
}
