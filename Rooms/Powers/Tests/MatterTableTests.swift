import Core
import Records
import Sheets
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The standard table")
struct MatterTableTests {
    private static let heads = "职权编码,职权名称,职权类型,设定依据,行使主体,承办机构,责任事项,追责情形,监督方式"

    private func rows(_ lines: String...) -> [[String]] {
        ([Self.heads] + lines).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test("has the heads that the two lists have")
    func heads() {
        #expect(
            MatterTable.heads(of: .power, in: .zh) == [
                "序号", "职权编码", "职权名称", "职权类型", "设定依据", "行使主体", "承办机构", "责任事项", "追责情形", "监督方式", "英文名称", "备注",
            ]
        )
        #expect(
            MatterTable.heads(of: .guide, in: .zh)
                == ["序号", "事项编码", "事项名称", "设定依据", "申请条件", "办理材料", "办理流程", "办理时限", "收费", "办理地点", "办理方式", "咨询监督", "承办机构", "英文名称", "备注"]
        )
    }

    @Test("is told by its heads, in either language and in the order of another office")
    func reading() throws {
        for sort in Matter.Sort.allCases {
            for language in Language.allCases {
                #expect(try MatterTable.Reading(heads: MatterTable.heads(of: sort, in: language).reversed()).sort == sort)
            }
        }
        let refusal = #expect(throws: Refusal.self) { try MatterTable.Reading(heads: ["职权名称", "职权类型", "设定依据"]) }
        #expect(refusal?.text.zh.contains("“责任事项”") == true)
    }

    @Test("says everything that is wrong with a row")
    func faults() throws {
        let reading = try MatterTable.Reading(heads: rows()[0])
        let bad = rows("Q-1,,行政奖惩,《专利法》,国家知识产权局,不存在司,责,追,")[1]
        let refusal = #expect(throws: Refusal.self) { try reading.row(bad) }
        guard case .invalidForm(let faults)? = refusal else { return #expect(Bool(false), "several faults") }
        #expect(Set(faults.keys) == ["name", "type", "bases", "unit", "supervision"])
        #expect(try reading.row([" ", "", ""]) == nil)
    }

    @Test("is loaded row by row: bad rows are refused with reasons, the rest becomes drafts", arguments: Engine.available)
    func load(engine: Engine) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([
                PowersDesk.agents, PowersDesk.law("旧办法", "第一条 旧。", status: "已废止"), PowersDesk.law("通知", "第一条 新。", kind: .normativeDocument),
            ])
            let table = rows(
                "X-1,执业许可,行政许可,《专利代理条例》第九条,国家知识产权局,知识产权运用促进司,责,追,监",
                "X-2,旧的,其他行政权力,《旧办法》第一条,国家知识产权局,知识产权运用促进司,责,追,监",
                "X-3,没有公开,其他行政权力,《内部规定》第一条,国家知识产权局,知识产权运用促进司,责,追,监",
                "X-4,没有这条,其他行政权力,《专利代理条例》第九十九条,国家知识产权局,知识产权运用促进司,责,追,监",
                "X-5,层级不够,行政许可,《通知》第一条,国家知识产权局,知识产权运用促进司,责,追,监",
                ",,,,,,,,",
                "X-1,重复,行政许可,《专利代理条例》第九条,国家知识产权局,知识产权运用促进司,责,追,监",
                "X-8,他人的,行政许可,《专利代理条例》第九条,国家知识产权局,商标局,责,追,监",
                ",检查,行政检查,《专利代理条例》第一条、第九条,国家知识产权局,知识产权运用促进司,责,追,监"
            )
            let result = try await desk.matters.load(table, isConfirmed: false, by: desk.gao)
            #expect(result.loaded == 2)
            #expect(result.refused.map(\.line) == [3, 4, 5, 6, 8, 9])
            let reasons = result.refused.map(\.zh)
            #expect(reasons[0].contains("《旧办法》废止") && reasons[0].contains("《优化营商环境条例》第六十四条"))
            #expect(reasons[1].contains("未经公布的不得作为依据（《优化营商环境条例》第六十四条）"))
            #expect(reasons[2] == "《专利代理条例》没有这一条。")
            #expect(reasons[3].contains("《行政许可法》第十七条"))
            #expect(reasons[4].contains("与第2行重复"))
            #expect(try await desk.matters.entries(for: .desk).map(\.matter.code) == ["Q-0001", "X-1"])
            #expect(try await desk.matters.entries(for: .desk).map(\.matter.draft.bases.count) == [2, 1])
            let again = try await desk.matters.load(table, isConfirmed: false, by: desk.gao)
            // The row without a code is another matter each time.
            #expect(again.loaded == 1)
            #expect(again.unchanged == 1)
        }
    }

    @Test("comes back through every format as it went out, and changes nothing then", arguments: Sheet.Format.allCases)
    func roundTrip(format: Sheet.Format) async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let desk = try await PowersDesk(database)
            try await desk.publish([PowersDesk.agents])
            let key = try await desk.published()
            for language in Language.allCases {
                let sheet = Sheet.of(try await desk.matters.entries(for: .everyone), .power, for: .everyone, in: language)
                let read = try Sheet.read(sheet.data(as: format))
                let result = try await desk.matters.load(read.rows, isConfirmed: false, by: desk.gao)
                #expect(result.loaded == 0)
                #expect(result.unchanged == 1)
                #expect(result.refused == [])
            }
            var rows = Sheet.of(try await desk.matters.entries(for: .everyone), .power, for: .everyone, in: .zh).rows
            rows[1][7] = "新的责任事项"
            let result = try await desk.matters.load(
                try Sheet.read(Sheet(title: "", rows: rows).data(as: format)).rows,
                isConfirmed: false,
                by: desk.gao
            )
            #expect(result.loaded == 1)
            let entry = try await desk.matters.entry(key)
            #expect(entry.matter.state == .draft)
            #expect(entry.matter.draft[.responsibilities] == "新的责任事项")
            #expect(entry.matter.published?[.responsibilities] == "责任事项的内容")
        }
    }
}
