import Core
import LegalText
import Testing
import WorkCalendar

@Suite("A work's status on a day")
struct NormStatusTests {
    @Test(
        "is what its texts and others prove, with the sentence",
        arguments: try NormFixture.read([NormFixture.Question].self, "as-of.json")
    )
    func corpus(question: NormFixture.Question) throws {
        let standing = try NormFixture.standing(NormFixture.library(), question.title, question.at)
        #expect(standing.status.rawValue == question.status)
        #expect(
            standing.evidence.contains { $0.document == question.document && (question.article == nil || $0.article == question.article) }
        )
        #expect(standing.evidence.allSatisfy { !$0.sentence.isEmpty })
    }

    @Test("knows a term that ends without any notice, from its clause")
    func sunset() throws {
        let library = NormFixture.library([
            NormFixture.record("试行办法", "2020-01-01", "第一条 制定本办法。\n第二条 本办法自2020年2月1日起施行，有效期五年。")
        ])
        #expect(try NormFixture.standing(library, "试行办法", "2020-01-31").status == .notYetInForce)
        #expect(try NormFixture.standing(library, "试行办法", "2025-01-31").status == .inForce)
        #expect(try NormFixture.standing(library, "试行办法", "2025-02-01").status == .expired)
    }

    @Test("is not ended by a document that names itself")
    func repealsItself() throws {
        let library = NormFixture.library([
            NormFixture.record("供水办法", "2020-01-01", "第一条 本办法自2020年2月1日起施行。《供水办法》同时废止。")
        ])
        #expect(try NormFixture.standing(library, "供水办法", "2020-02-01").status == .inForce)
    }

    @Test("is not ended by a repeal older than itself: an older text of its title was meant")
    func reusedName() throws {
        let library = NormFixture.library([
            NormFixture.record("供水条例", "2000-01-01", "第一条 本条例自2000年2月1日起施行。1990年3月1日发布的《供水办法》同时废止。"),
            NormFixture.record("供水办法", "2010-01-01", "第一条 本办法自2010年2月1日起施行。"),
        ])
        #expect(try NormFixture.standing(library, "供水办法", "2010-02-01").status == .inForce)
        guard case .work(let place, _) = library.find("供水办法") else { return #expect(Bool(false)) }
        #expect(library.events(of: place).contains { $0.kind == .repeal && !$0.applies && $0.note != nil })
    }

    @Test("ends for both where two documents repeal each other, each on its own day")
    func repealedBack() throws {
        let library = NormFixture.library([
            NormFixture.record("甲规定", "2001-01-01", "第一条 本规定自2001年1月1日起施行。"),
            NormFixture.record("乙规定", "2005-01-01", "第一条 本规定自2005年1月1日起施行。《甲规定》同时废止。"),
            NormFixture.record("丙规定", "2009-01-01", "第一条 本规定自2009年1月1日起施行。《乙规定》同时废止。"),
        ])
        #expect(try NormFixture.standing(library, "甲规定", "2004-12-31").status == .inForce)
        #expect(try NormFixture.standing(library, "甲规定", "2010-01-01").status == .repealed)
        #expect(try NormFixture.standing(library, "乙规定", "2009-01-01").status == .repealed)
    }

    @Test("names a work that is not in the database without harm")
    func unknownTarget() throws {
        let library = NormFixture.library([NormFixture.record("甲规定", "2001-01-01", "第一条 本规定自2001年1月1日起施行。《无此规定》同时废止。")])
        guard case .work(let place, _) = library.find("甲规定"), let impact = library.impact(of: place, on: Day(2001, 1, 1)) else {
            return #expect(Bool(false))
        }
        #expect(impact.changes.map(\.title) == ["无此规定"])
        #expect(impact.changes[0].id == nil)
    }

    @Test("keeps two works of one title apart, and does not guess which is meant")
    func sameTitle() throws {
        let records = [
            NormFixture.record("供水办法", "2001-01-01", "第一条 本办法自2001年1月1日起施行。", id: "a", issuer: "甲市人民政府"),
            NormFixture.record("供水办法", "2002-01-01", "第一条 本办法自2002年1月1日起施行。", id: "b", issuer: "乙市人民政府"),
            NormFixture.record("水务条例", "2010-01-01", "第一条 本条例自2010年1月1日起施行。《供水办法》同时废止。"),
            NormFixture.record("乙市水务办法", "2012-01-01", "第一条 本办法自2012年1月1日起施行。乙市人民政府发布的《供水办法》同时废止。"),
        ]
        let library = NormFixture.library(records)
        #expect(library.find("供水办法") == .ambiguous([0, 1]))
        #expect(library.events(of: 0).allSatisfy { $0.kind != .repeal })
        #expect(library.events(of: 1).filter { $0.kind == .repeal }.map(\.evidence.document) == ["乙市水务办法"])
        let citations = library.citations(of: 2, today: Day(2010, 1, 1))
        #expect(citations.first?.target == nil)
        #expect(citations.first?.candidates?.count == 2)
    }

    @Test("says when a text takes effect before it was promulgated")
    func beforePromulgation() throws {
        var record = NormFixture.record("甲规定", "2001-06-01", "第一条 总则。")
        record.effective = "2001-01-01"
        let library = NormFixture.library([record])
        let events = library.events(of: 0)
        #expect(events.contains { $0.kind == .commence && $0.note?.en.contains("before its promulgation") == true })
    }

    @Test("orders several events of one day: the end comes last, and the answer says so")
    func oneDay() throws {
        let library = NormFixture.library([
            NormFixture.record("甲规定", "2001-01-01", "第一条 本规定自2001年2月1日起施行。"),
            NormFixture.record("乙规定", "2001-01-15", "第一条 本规定自2001年2月1日起施行。《甲规定》同时废止。"),
        ])
        let standing = try NormFixture.standing(library, "甲规定", "2001-02-01")
        #expect(standing.status == .repealed)
        #expect(standing.notes.contains { $0.en.contains("same day") })
    }

    @Test("puts texts that came out of order in order")
    func outOfOrder() throws {
        var record = NormFixture.record("甲规定", "2010-01-01", "第一条 新。\n第二条 本规定自2010年2月1日起施行。")
        record.versions = [
            .init(versionDate: "2010-01-01", current: true), .init(versionDate: "2020-01-01", text: "第一条 更新。\n第二条 本规定自2020年2月1日起施行。"),
            .init(versionDate: "2001-01-01", text: "第一条 旧。\n第二条 本规定自2001年2月1日起施行。"),
        ]
        let norm = Norm(record)
        #expect(norm.versions.map(\.effective) == [Day(2001, 2, 1), Day(2010, 2, 1), Day(2020, 2, 1)])
        #expect(norm.version(at: Day(2001, 1, 31)) == nil)
        #expect(norm.version(at: Day(2010, 1, 31)) == 0)
        #expect(norm.version(at: Day(2020, 2, 1)) == 2)
    }

    @Test("is never in force where nothing proves it, though nothing ended it")
    func noEvidence() throws {
        let library = NormFixture.library([NormFixture.record("甲规定", "2001-01-01", "第一条 本规定自2001年2月1日起施行。")])
        #expect(try NormFixture.standing(library, "甲规定", "2001-02-01").status == .inForce)
        #expect(try NormFixture.standing(library, "甲规定", "2026-01-01").status == .noEvidence)
    }

    @Test("changes with the article cited: an article that moved is a drift")
    func drift() throws {
        var law = NormFixture.record("水法", "2010-01-01", "第一条 为了保护水源，制定本法。\n第二条 新增的一条讲的是别的事情。\n第三条 取水应当申请许可，缴纳费用。\n第四条 本法自2010年2月1日起施行。")
        law.versions = [
            .init(versionDate: "2010-01-01", current: true),
            .init(versionDate: "2001-01-01", text: "第一条 为了保护水源，制定本法。\n第二条 取水应当申请许可，缴纳费用。\n第三条 本法自2001年2月1日起施行。"),
        ]
        let citing = NormFixture.record("取水办法", "2005-01-01", "第一条 根据《水法》第一条、第二条、第九条，制定本办法。")
        let library = NormFixture.library([law, citing])
        let citations = library.citations(of: 1, today: Day(2015, 1, 1))
        #expect(citations.map(\.drift) == [false, true, true])
        #expect(citations[1].note == "now 第三条")
        #expect(citations[0].target?.version == Day(2001, 2, 1))
    }
}
