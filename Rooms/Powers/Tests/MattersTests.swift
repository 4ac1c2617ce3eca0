import Core
import MerkleLog
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

/// Published laws, and persons of the unit that rests powers on them.
struct PowersDesk {
    let gate: Gate
    var house: House { gate.house }
    let gao, meng: Actor
    var matters: Matters { house.matters }

    init(_ database: any Database) async throws {
        gate = try await Gate(database)
        try await gate.house.people.add(
            "gao",
            name: Text("高远", "Gao Yuan"),
            unit: "promotion",
            roles: [.drafter],
            password: TestHouse.password
        )
        try await gate.house.people.add(
            "meng",
            name: Text("孟和", "Meng He"),
            unit: "promotion",
            roles: [.unitHead],
            password: TestHouse.password
        )
        gao = try await gate.house.people.actor("gao")
        meng = try await gate.house.people.actor("meng")
    }

    static func law(
        _ title: String,
        _ body: String,
        kind: Content.Kind = .regulation,
        status: String? = "现行有效",
        from: Day? = nil
    ) -> Content {
        Content(
            kind: kind,
            language: .zh,
            title: title,
            writtenOn: from ?? Day(2018, 11, 6),
            unit: People.office,
            column: "laws",
            body: body,
            status: status,
            inForceFrom: from ?? Day(2019, 3, 1),
            sourceID: title
        )
    }

    static let agents = law("专利代理条例", "第一条 为了规范专利代理行为，制定本条例。\n第九条 从事专利代理业务，应当取得专利代理机构执业许可证。")

    func publish(_ contents: [Content]) async throws {
        let manifest = Hash(of: contents.map(\.hash.hex).joined())
        let batch = try await house.releases.open(
            title: "法",
            manifest: manifest,
            works: contents.count,
            reviewer: gate.zhao,
            leader: gate.wang
        )
        try await house.releases.put(contents, in: batch)
    }

    func text(_ name: String = "专利代理机构执业许可") -> MatterText {
        var text = MatterText(name: name, nameEn: "Licence of patent agencies", unit: "promotion", type: .licence)
        for field in MatterField.of(.power) { text[field] = "\(field.text.zh)的内容" }
        return text
    }

    /// A draft that rests on article 9 of the only work of a title.
    func draft(on title: String = "专利代理条例", isConfirmed: Bool = false) async throws -> String {
        let key = try await matters.add(text(), as: .power, by: gao)
        let release = try #require(try await matters.candidates(title).first).release.key
        try await matters.rest(key, version: 0, on: release, article: "art-9", isConfirmed: isConfirmed, by: gao)
        return key
    }

    func published(on title: String = "专利代理条例") async throws -> String {
        let key = try await draft(on: title)
        try await matters.take(.submit, on: key, by: gao)
        try await matters.take(.sign, on: key, by: meng)
        return key
    }
}

@Suite("The list of powers")
struct MattersTests {
    private func desk(_ engine: Engine, _ test: (PowersDesk) async throws -> Void) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { try await test(try await PowersDesk($0)) }
    }

    @Test("goes from the drafter to the head of the same unit, and is public then", arguments: Engine.available)
    func procedure(engine: Engine) async throws {
        try await desk(engine) { desk in
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.draft()
            #expect(try await desk.matters.entries(for: .everyone).isEmpty)
            await #expect(throws: Refusal.self) { try await desk.matters.take(.sign, on: key, by: desk.meng) }
            try await desk.matters.take(.submit, on: key, by: desk.gao)
            await #expect(throws: Refusal.self) { try await desk.matters.take(.sign, on: key, by: desk.gate.chen) }
            await #expect(throws: Refusal.stale) { try await desk.matters.take(.sign, on: key, seeing: "0", by: desk.meng) }
            try await desk.matters.take(.sign, on: key, by: desk.meng)
            let entry = try await desk.matters.published("Q-0001")
            #expect(entry.matter.published?.bases.map(\.citation) == ["《专利代理条例》（2018-11-06）第九条"])
            #expect(entry.flags == [])
            let steps = try await desk.matters.steps(of: key).map(\.step)
            #expect(steps == ["draft", "rest", "submit", "sign"])
        }
    }

    @Test("shows the signed text until a revision is signed, and nothing once it is taken down", arguments: Engine.available)
    func revision(engine: Engine) async throws {
        try await desk(engine) { desk in
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.published()
            try await desk.matters.take(.revise, on: key, by: desk.gao)
            let version = try await desk.matters.entry(key).matter.version
            try await desk.matters.save(key, version: version, desk.text("新名称"), by: desk.gao)
            await #expect(throws: Refusal.stale) { try await desk.matters.save(key, version: version, desk.text("x"), by: desk.gao) }
            #expect(try await desk.matters.published("Q-0001").matter.published?.name == "专利代理机构执业许可")
            try await desk.matters.take(.submit, on: key, by: desk.gao)
            try await desk.matters.take(.sign, on: key, by: desk.meng)
            #expect(try await desk.matters.published("Q-0001").matter.published?.name == "新名称")
            await #expect(throws: Refusal.self) { try await desk.matters.take(.withdraw, on: key, by: desk.meng) }
            try await desk.matters.take(.withdraw, on: key, reason: "职权取消", by: desk.meng)
            await #expect(throws: Refusal.notFound) { try await desk.matters.published("Q-0001") }
        }
    }

    @Test("is no other unit's to write, and takes in no secrecy mark", arguments: Engine.available)
    func whose(engine: Engine) async throws {
        try await desk(engine) { desk in
            await #expect(throws: Refusal.self) { try await desk.matters.add(desk.text(), as: .power, by: desk.gate.lin) }
            await #expect(throws: Refusal.self) { try await desk.matters.add(desk.text("机密★一年"), as: .power, by: desk.gao) }
            await #expect(throws: Refusal.self) { try await desk.matters.add(desk.text(" "), as: .power, by: desk.gao) }
            let admin = try await desk.house.people.actor("admin")
            _ = try await desk.matters.add(desk.text(), as: .power, code: "CNIPA-1", by: admin)
            await #expect(throws: Refusal.self) { try await desk.matters.add(desk.text(), as: .power, code: "CNIPA-1", by: admin) }
        }
    }

    @Test("rests on what is published and in force, on nothing else", arguments: Engine.available)
    func bases(engine: Engine) async throws {
        try await desk(engine) { desk in
            let body = "第九条 应当取得许可。"
            try await desk.publish([
                PowersDesk.agents, PowersDesk.law("甲办法", body, status: "已废止"), PowersDesk.law("乙办法", body, from: Day(2023, 1, 1)),
                PowersDesk.law("丙办法", body, status: nil), PowersDesk.law("丁办法", "第九条 本办法自2019年3月1日起施行，有效期二年。", status: nil),
            ])
            for title in ["甲办法", "乙办法", "丙办法", "丁办法"] {
                await #expect(throws: Refusal.self, "\(title)") { try await desk.draft(on: title) }
            }
            for title in ["甲办法", "乙办法", "丁办法"] {
                await #expect(throws: Refusal.self, "\(title)") { try await desk.draft(on: title, isConfirmed: true) }
            }
            let key = try await desk.draft(on: "丙办法", isConfirmed: true)
            #expect(try await desk.matters.entry(key).matter.draft.bases.first?.confirmedBy == "高远")
            #expect(
                try await desk.matters.candidates("办法").map(\.standing.status.rawValue).sorted() == [
                    "expired", "noEvidence", "notYetInForce", "repealed",
                ]
            )
        }
    }

    @Test("is flagged the same day when its basis is withdrawn, and its unit is told", arguments: Engine.available)
    func withdrawn(engine: Engine) async throws {
        try await desk(engine) { desk in
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.published()
            let release = try #require(try await desk.matters.candidates("专利代理条例").first).release.key
            #expect(try await desk.matters.resting(on: release) == [.power: 1])
            try await desk.house.releases.withdraw(release, reason: "文本有误", by: desk.gate.wang)
            _ = try await desk.house.work()
            let flag = try #require(try await desk.matters.entry(key).flags.first)
            #expect(flag.kind == .withdrawn)
            #expect(flag.since == Day(2022, 5, 30))
            let notices = try await desk.matters.notices(for: desk.gao, on: Day(2022, 5, 30))
            #expect(notices.map(\.zh) == ["Q-0001“专利代理机构执业许可”的依据《专利代理条例》（2018-11-06）第九条已撤回：文本有误"])
            #expect(try await desk.matters.notices(for: desk.gate.lin, on: Day(2022, 5, 30)).isEmpty)
            // The second look on the same day says nothing twice.
            #expect(try await desk.matters.watch(on: Day(2022, 5, 30)) == 0)
            await #expect(throws: Refusal.self) {
                try await desk.matters.take(.revise, on: key, by: desk.gao)
                try await desk.matters.take(.submit, on: key, by: desk.gao)
            }
        }
    }

    @Test("is announced a newer text, and flagged on the day it takes effect", arguments: Engine.available)
    func newer(engine: Engine) async throws {
        try await desk(engine) { desk in
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.published()
            let newer = "第一条 为了规范专利代理行为，制定本条例。\n第十条 从事专利代理业务，应当取得专利代理机构执业许可证。"
            try await desk.publish([PowersDesk.law("专利代理条例", newer, from: Day(2022, 7, 1))])
            _ = try await desk.house.work()
            #expect(try await desk.matters.entry(key).flags.map(\.kind) == [.coming])
            try await desk.matters.watch(on: Day(2022, 6, 30))
            #expect(try await desk.matters.entry(key).flags.map(\.kind) == [.coming])
            try await desk.matters.watch(on: Day(2022, 7, 1))
            let flags = try await desk.matters.entry(key).flags
            #expect(flags.map(\.kind) == [.drifted])
            #expect(flags.first?.zh == "新文本自2022-07-01起施行，原第九条现为第十条")
        }
    }

    @Test("is flagged when its basis lapses by its own term, whatever the source claims not", arguments: Engine.available)
    func sunset(engine: Engine) async throws {
        try await desk(engine) { desk in
            try await desk.publish([PowersDesk.law("试行办法", "第九条 本办法自2022年1月1日起施行，有效期至2022年12月31日。", from: Day(2022, 1, 1))])
            let key = try await desk.published(on: "试行办法")
            try await desk.matters.watch(on: Day(2022, 12, 31))
            #expect(try await desk.matters.entry(key).flags == [])
            try await desk.matters.watch(on: Day(2023, 1, 1))
            #expect(try await desk.matters.entry(key).flags.map(\.kind) == [.lapsed])
        }
    }
}
