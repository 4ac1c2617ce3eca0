import Core
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("A suspended provision")
struct SuspensionTests {
    @Test("is marked on the document's public page until it is lifted", arguments: Engine.available)
    func marked(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let release = try await gate.released()
            let visitor = Visitor(gate.house)
            try await visitor.signIn("admin")
            let admin = try await gate.house.people.actor("admin")
            let number = try await gate.house.appeals.file(
                .review,
                about: "release/\(release)",
                filedOn: Day(2022, 5, 20),
                servedOn: Day(2022, 5, 26),
                isSimplified: false,
                by: admin
            )
            let (page, document) = ("/zh/office/suspensions/\(number)", "/zh/releases/\(release)")
            #expect(!(try await visitor.get(document).body.contains("停止执行")))
            let order = ["release": release, "provision": "第九条", "since": "2022-05-28", "reason": "超越权限<i>"]
            let absent = try await visitor.post(page, from: page, order)
            #expect(absent.status == 422)
            #expect(absent.body.contains("该文件没有“第九条”"))
            _ = try await visitor.post(page, from: page, order.merging(["provision": "第一条"]) { $1 })
            let marked = try await visitor.get(document).body
            #expect(marked.contains("第一条自2022-05-28起停止执行"))
            #expect(marked.contains("超越权限&lt;i&gt;"))
            #expect(try await visitor.get("/en/releases/\(release)").body.contains("第一条 is suspended since 2022-05-28"))
            await #expect(throws: Refusal.self) {
                try await gate.house.appeals.suspend("第一条", of: release, in: number, reason: "再次", since: Day(2022, 5, 28), by: admin)
            }
            let key = try #require(try await gate.house.appeals.suspensions(of: release).first?.key)
            #expect(try await visitor.post("\(page)/\(key)", from: page, ["endReason": " "]).status == 422)
            _ = try await visitor.post("\(page)/\(key)", from: page, ["endReason": "已经修改"])
            #expect(!(try await visitor.get(document).body.contains("停止执行")))
            #expect(try await gate.house.appeals.suspensions(in: number).map(\.endReason) == ["已经修改"])
            await #expect(throws: Refusal.outOfTurn) { try await gate.house.appeals.lift(key, of: number, reason: "再次", by: admin) }
        }
    }

    @Test("is ordered in a review only, not before it was served, and by those whose step it is", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let release = try await gate.released()
            let admin = try await gate.house.people.actor("admin")
            func filed(_ kind: Appeal.Kind) async throws -> String {
                try await gate.house.appeals.file(
                    kind,
                    about: "release/\(release)",
                    filedOn: Day(2022, 5, 20),
                    servedOn: Day(2022, 5, 26),
                    isSimplified: false,
                    by: admin
                )
            }
            let (review, suit) = (try await filed(.review), try await filed(.suitDirect))
            for (number, day, actor) in [
                (suit, Day(2022, 5, 28), admin), (review, Day(2022, 5, 25), admin), (review, Day(2022, 6, 25), admin),
                (review, Day(2022, 5, 28), gate.lin),
            ] {
                await #expect(throws: Refusal.self) {
                    try await gate.house.appeals.suspend("", of: release, in: number, reason: "违反上位法", since: day, by: actor)
                }
            }
            #expect(try await gate.house.appeals.suspensions(of: release).isEmpty)
        }
    }
}
