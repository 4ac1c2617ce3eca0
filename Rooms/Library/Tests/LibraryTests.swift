import Core
import Foundation
import MerkleLog
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

/// A library of small laws, all public, and the five persons.
struct LibraryDesk {
    let gate: Gate
    var library: Library { gate.house.library }

    /// Each record with its publication as a work of one batch.
    init(_ database: any Database, _ records: [NormRecord]) async throws {
        gate = try await Gate(database)
        let contents = records.map { record in
            Content(
                kind: .regulation,
                language: .zh,
                title: record.title,
                issuer: record.issuer,
                writtenOn: record.versionDate.flatMap { Day($0) },
                unit: People.office,
                column: "laws",
                body: record.text,
                status: record.status,
                sourceID: record.id
            )
        }
        let releases = gate.house.releases
        let batch = try await releases.open(
            title: "法规",
            manifest: .init(of: "library"),
            works: contents.count,
            reviewer: gate.zhao,
            leader: gate.wang
        )
        try await releases.put(contents, in: batch)
        try await NormRecords(database).put(records)
        try await library.rebuild()
    }

    /// 商标条例 of 2010 with a text from 2027 on, and 商标规则 that cites its article 2.
    static var marks: [NormRecord] {
        var law = NormFixture.record(
            "商标条例",
            "2026-06-01",
            """
            第一条 为了保护商标专用权，制定本条例。
            第二条 申请人应当使用规定的格式。
            第三条 申请注册商标应当缴纳费用。
            第四条 本条例自2027年1月1日起施行。
            """,
            id: "marks"
        )
        law.issued = "2010-01-01"
        law.status = "现行有效"
        law.statusSource = "collection (2026-10)"
        law.versions = [
            .init(
                versionDate: "2010-01-01",
                effective: "2010-05-01",
                text: "第一条 为了保护商标专用权，制定本条例。\n第二条 申请注册商标应当缴纳费用。\n第三条 本条例自2010年5月1日起施行。"
            ),
            .init(versionDate: "2026-06-01", current: true),
        ]
        var rules = NormFixture.record("商标规则", "2011-01-01", "第一条 依照《商标条例》第二条缴纳的费用，按件计算。\n第二条 本规则自2011年2月1日起施行。", id: "rules")
        (rules.status, rules.statusSource) = ("现行有效", "collection (2026-10)")
        return [law, rules]
    }
}

@Suite("The library")
struct LibraryTests {
    @Test("holds for every day the text and the status that the events prove", arguments: Engine.available)
    func days(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let library = try await LibraryDesk(database, LibraryDesk.marks).library
            func force(_ day: Day) async throws -> String {
                let force = try #require(try await library.force(of: "marks", at: day))
                return "\(force.status.rawValue) \(force.version.map(String.init) ?? "-") since \(force.sinceDay)"
            }
            #expect(try await force(Day(2009, 12, 31)).hasPrefix("notYetInForce"))
            #expect(try await force(Day(2010, 4, 30)).hasPrefix("notYetInForce"))
            #expect(try await force(Day(2010, 5, 1)) == "inForce 0 since 2010-05-01")
            #expect(try await force(Day(2026, 12, 31)) == "inForce 0 since 2010-05-01")
            #expect(try await force(Day(2027, 1, 1)) == "inForce 1 since 2027-01-01")
            let texts = try await library.texts(of: "marks")
            #expect(texts.map(\.fromDay) == [Day(2010, 5, 1), Day(2027, 1, 1)])
            #expect(texts[0].untilDay == Day(2027, 1, 1))
        }
    }

    @Test("agrees on every day with what the events say when they are asked anew")
    func spansAgree() throws {
        let library = NormFixture.library(LibraryDesk.marks + [NormFixture.record("旧办法", "1999-01-01", "第一条 本办法自1999年2月1日起施行，有效期二年。")])
        for place in library.heads.indices {
            let norm = try #require(library.norm(place))
            let events = library.events(of: place)
            let spans = NormForce.spans(of: norm, events: events)
            #expect(spans.first?.from == NormSpan.firstDay)
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.until == $1.from })
            for ordinal in stride(from: Day(1998, 1, 1).ordinal, to: Day(2028, 1, 1).ordinal, by: 1) {
                let day = Day(ordinal: ordinal)
                let span = try #require(spans.last { $0.from <= day })
                #expect(span.standing == NormForce.standing(of: norm, events: events, at: day), "\(norm.title) \(day)")
            }
        }
    }

    @Test("follows an article through renumbering, and says so where it is cited", arguments: Engine.available)
    func threads(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let library = try await LibraryDesk(database, LibraryDesk.marks).library
            let fee = try #require(try await library.part(of: "marks", version: 0, anchor: "art-2"))
            let history = try await library.thread(try #require(fee.thread), of: "marks")
            #expect(history.map(\.number) == ["第二条", "第三条"])
            let before = try await library.links(of: "rules", version: 0, at: Day(2026, 12, 31))
            #expect(before.map(\.body) == ["《商标条例》第二条"])
            #expect(before.map(\.drift) == [.none])
            #expect(before.map(\.status) == [.inForce])
            let after = try await library.links(of: "rules", version: 0, at: Day(2027, 1, 1))
            #expect(after.map(\.drift) == [.moved])
            let citing = try await library.citing("marks", article: "第二条", at: Day(2026, 12, 31))
            #expect(citing.places.map(\.title) == ["商标规则"])
            #expect(citing.total == 1)
            #expect(try await library.citing("marks", article: "第九条", at: Day(2026, 12, 31)).total == 0)
        }
    }

    @Test("counts its facets exactly, on any day", arguments: Engine.available)
    func catalogue(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let library = try await LibraryDesk(database, LibraryDesk.marks).library
            let today = try await library.catalogue(.init(), at: Day(2026, 11, 28))
            #expect(today.lines.map(\.title) == ["商标规则", "商标条例"])
            #expect(today.counts[.status]?.map { "\($0.value) \($0.count)" } == ["inForce 2"])
            let early = try await library.catalogue(.init(), at: Day(2010, 6, 1))
            #expect(early.lines.map(\.title) == ["商标条例"])
            var filter = Library.Filter()
            filter.words = "商标_"
            #expect(try await library.catalogue(filter, at: Day(2026, 11, 28)).total == 0)
        }
    }

    @Test("takes in a release and drops it again when it is withdrawn, at once for every reader", arguments: Engine.available)
    func own(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await LibraryDesk(database, LibraryDesk.marks)
            let draft = try await desk.gate.draft()
            let key = try await desk.gate.release(draft)
            _ = try await desk.gate.house.work()
            let work = try await desk.library.work(draft.key)
            #expect(work.title == "外观设计办法")
            #expect(try await desk.library.force(of: draft.key, at: Day(2030, 1, 1))?.status == .inForce)
            try await desk.gate.house.releases.withdraw(key, reason: "内容有误", by: desk.gate.wang)
            // Before the job is done nothing of it is read.
            await #expect(throws: Refusal.notFound) { try await desk.library.work(draft.key) }
            _ = try await desk.gate.house.work()
            await #expect(throws: Refusal.notFound) { try await desk.library.work(draft.key) }
            #expect(try await desk.library.parts(of: draft.key, version: 0) == [])
        }
    }

    @Test("asks the unit in charge before a new document ends another, and then ends it on its day", arguments: Engine.available)
    func confirmed(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await LibraryDesk(database, LibraryDesk.marks)
            var fields = Gate.fields("第一条 本办法自2028年1月1日起施行。《商标规则》同时废止。")
            (fields.title, fields.writtenOn) = ("商标新规则", Day(2026, 11, 1))
            let draft = try await desk.gate.house.documents.add(fields, by: desk.gate.lin)
            let effects = try await desk.library.effects(of: draft)
            #expect(effects.changes.map(\.title) == ["商标规则"])
            #expect(effects.changes.map(\.day) == [Day(2028, 1, 1)])
            _ = try await desk.gate.release(draft)
            _ = try await desk.gate.house.work()
            #expect(try await desk.library.force(of: "rules", at: Day(2028, 1, 1))?.status == .inForce)
            let caused = try await desk.library.caused(of: "rules")
            let event = try #require(caused.first)
            #expect(event.event.evidence.sentence.contains("《商标规则》同时废止"))
            try await desk.gate.house.people.add(
                "gao",
                name: Text("高远", "Gao Yuan"),
                unit: "promotion",
                roles: [.unitHead],
                password: TestHouse.password
            )
            let other = try await desk.gate.house.people.actor("gao")
            await #expect(throws: Refusal.self) { try await desk.library.decide(event.key, isConfirmed: true, reason: "", by: other) }
            await #expect(throws: Refusal.self) {
                try await desk.library.decide(event.key, isConfirmed: false, reason: " ", by: desk.gate.chen)
            }
            try await desk.library.decide(event.key, isConfirmed: true, reason: "", by: desk.gate.chen)
            #expect(try await desk.library.force(of: "rules", at: Day(2027, 12, 31))?.status == .inForce)
            #expect(try await desk.library.force(of: "rules", at: Day(2028, 1, 1))?.status == .repealed)
            try await desk.library.decide(event.key, isConfirmed: false, reason: "仍需适用", by: desk.gate.chen)
            #expect(try await desk.library.force(of: "rules", at: Day(2028, 1, 1))?.status == .inForce)
        }
    }

    @Test("lets the unit in charge say how an old work stands, with the sentence that shows it", arguments: Engine.available)
    func finding(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let old = NormFixture.record("旧通知", "2001-01-01", "第一条 本通知自2001年2月1日起施行。", id: "old")
            let desk = try await LibraryDesk(database, [old])
            let today = desk.gate.house.world.now().beijingDay
            #expect(try await desk.library.uncertain(unit: People.office, at: today).lines.map(\.id) == ["old"])
            let finding = Library.Finding(.repealed, document: "清理决定", sentence: "下列文件予以废止：旧通知", day: Day(2015, 3, 1))
            try await desk.library.find(finding, of: "old", by: desk.gate.chen)
            let force = try #require(try await desk.library.force(of: "old", at: today))
            #expect(force.status == .repealed)
            #expect(try force.standing.evidence.map(\.document) == ["清理决定"])
            await #expect(throws: Refusal.self) {
                try await desk.library.find(.init(.inForce, document: "", sentence: "", day: today), of: "old", by: desk.gate.chen)
            }
        }
    }

    @Test("makes three lists of a clean-up once every unit has spoken", arguments: Engine.available)
    func campaign(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await LibraryDesk(database, [])
            _ = try await desk.gate.release(try await desk.gate.draft())
            _ = try await desk.gate.house.work()
            let office = try await desk.gate.house.people.actor("admin")
            let key = try await desk.library.openCampaign(titled: "2026年清理", due: Day(2099, 1, 1), by: office)
            await #expect(throws: Refusal.self) { try await desk.library.concludeCampaign(key, by: office) }
            let work = try #require(try await desk.library.campaign(key).works.first)
            await #expect(throws: Refusal.self) {
                try await desk.library.judge(work.work, in: key, .repealed, reason: "", by: desk.gate.lin)
            }
            try await desk.library.judge(work.work, in: key, .repealed, reason: "已被替代", by: desk.gate.lin)
            await #expect(throws: Refusal.self) { try await desk.library.openCampaign(titled: "", due: Day(2000, 1, 1), by: desk.gate.lin) }
            let drafter = Actor(person: office.person, name: office.name, unit: office.unit, roles: office.roles.union([.drafter]))
            let document = try await desk.library.concludeCampaign(key, by: drafter)
            #expect(document.body.contains("下列规范性文件予以废止（1件）\n1. 《外观设计办法》（国知办函办字〔2022〕1号）"))
            #expect(document.body.contains("下列规范性文件继续有效（0件）\n无。"))
        }
    }
}
