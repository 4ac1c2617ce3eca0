import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web
import WorkCalendar

@Suite("The search page")
struct SearchPagesTests {
    private struct Answer: Decodable {
        struct Line: Decodable { let title, article, url, excerpt: String }
        struct Count: Decodable, Equatable { let value: String, count: Int }
        let results: [Line]
        let total: Int
        let facets: [String: [Count]]
        let didYouMean: String?
        let isAny: Bool
        let at: String?
    }

    private struct Suggestions: Decodable {
        struct Line: Decodable { let title, number: String }
        let suggestions: [Line]
    }

    /// A house of 30 May 2022 with two documents, and one of them in a newer text since 10 June; with and without an index.
    private static func ask(_ engine: Engine, _ test: (Visitor, _ isIndexed: Bool) async throws -> Void) async throws {
        try await FreshDatabase.each(engine, HouseSchema.all) { database in
            try await FreshDatabase.inFolder { folder in
                let first = try await Gate(database)
                let document = try await first.draft()
                _ = try await first.release(document)
                var other = Gate.fields("第一条 商标代理机构应当依法代理商标事务。\n第二条 <b>商标</b> & 代理 \"引号\"。")
                (other.title, other.documentNumber, other.kind) = ("商标代理办法", "国知办发办字〔2022〕19号", .normativeDocument)
                other.writtenOn = Day(2021, 3, 4)
                _ = try await first.release(try await first.house.documents.add(other, by: first.lin))
                var gate = try await Gate(database, at: "2022-06-10T02:00:00.000Z")
                let changed = Gate.fields("第一条 外观设计专利的保护期限改为二十年。\n第二条 本办法自公布之日起施行。")
                _ = try await gate.release(try await gate.house.reviews.revise(document.key, version: 1, changed, by: gate.lin))
                try await test(Visitor(gate.house), false)
                let index = try PublicIndex(gate.house.releases, folder: folder)
                try await index.follow()
                gate.house.index = index
                try await test(Visitor(gate.house), true)
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func answer(_ visitor: Visitor, _ question: String, _ rest: String = "") async throws -> Answer {
        let answer = try await visitor.get("/api/v1/search?q=\(encoded(question))\(rest)")
        try #require(answer.status == 200, "\(answer.body)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8))
    }

    @Test("counts exactly by column, unit, type and year, and narrows by each", arguments: Engine.available)
    func facets(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, _ in
            let all = try await Self.answer(visitor, "第 条")
            #expect(all.total == 0)
            let found = try await Self.answer(visitor, "代理")
            #expect(found.total == 2)
            #expect(found.facets["kind"] == [.init(value: "normativeDocument", count: 2)])
            #expect(found.facets["year"] == [.init(value: "2021", count: 2)])
            #expect(found.facets["column"] == [.init(value: "notices", count: 2)])
            #expect(try await Self.answer(visitor, "代理", "&kind=notice").total == 0)
            #expect(try await Self.answer(visitor, "代理", "&year=2021&column=notices").total == 2)
            #expect(try await Self.answer(visitor, "代理", "&column=laws").total == 0)
            let page = try await visitor.get("/zh/search?q=\(Self.encoded("代理"))&year=2021").body
            #expect(page.contains("aria-current=\"true\">2021 <b>2</b>"))
            #expect(page.contains("kind=normativeDocument\">规范性文件 <b>2</b>"))
        }
    }

    @Test("marks what was asked for, and nothing in a text is markup", arguments: Engine.available)
    func marks(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, _ in
            let page = try await visitor.get("/zh/search?q=\(Self.encoded("代理"))").body
            #expect(page.contains("商标<mark>代理</mark>办法 第一条"))
            #expect(page.contains("&lt;b&gt;商标&lt;/b&gt; &amp; <mark>代理</mark>"))
            #expect(!page.contains("<b>商标"))
        }
    }

    @Test("finds a document by its number in any spelling, first of all", arguments: Engine.available)
    func numbers(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, isIndexed in
            for spelling in [
                "国知办发办字〔2022〕19号", "国知办发办字[2022]19号", "国知办发办字（2022）第19号", "国知办发办字 (2022) 19 号", "[2022]19", "(2022) 19 号", "〔2022〕19号",
            ] {
                let found = try await Self.answer(visitor, spelling)
                #expect(found.results.map(\.title) == ["商标代理办法"], "\(spelling) \(isIndexed)")
            }
        }
    }

    @Test("as of a day shows what was public and newest then, and says so", arguments: Engine.available)
    func dated(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, _ in
            #expect(try await Self.answer(visitor, "十五年").total == 0)
            #expect(try await Self.answer(visitor, "二十年").total == 1)
            #expect(try await Self.answer(visitor, "十五年", "&at=2022-06-09").total == 1)
            #expect(try await Self.answer(visitor, "二十年", "&at=2022-06-09").total == 0)
            #expect(try await Self.answer(visitor, "二十年", "&at=2022-06-10").total == 1)
            #expect(try await Self.answer(visitor, "十五年", "&at=2022-05-29").total == 0)
            #expect(try await Self.answer(visitor, "十五年", "&at=2022-06-09").at == "2022-06-09")
            let page = try await visitor.get("/zh/search?q=\(Self.encoded("十五年"))&at=2022-06-09").body
            #expect(page.contains("<time datetime=\"2022-06-09\">"))
            #expect(page.contains("看今天的结果"))
            #expect(page.contains("name=\"at\" type=\"date\" value=\"2022-06-09\""))
        }
    }

    @Test("offers titles and numbers while one types, without script", arguments: Engine.available)
    func suggestions(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, _ in
            let answer = try await visitor.get("/api/v1/suggest?q=\(Self.encoded("商标"))").body
            let found = try JSONDecoder().decode(Suggestions.self, from: Data(answer.utf8)).suggestions
            #expect(found.map(\.title) == ["商标代理办法"])
            #expect(found.map(\.number) == ["国知办发办字〔2022〕19号"])
            let empty = try await visitor.get("/api/v1/suggest?q=\(Self.encoded("商标"))&at=2022-05-29").body
            #expect(empty == "{\"suggestions\":[]}")
            let page = try await visitor.get("/zh/search?q=\(Self.encoded("外观"))").body
            #expect(page.contains("<datalist id=\"titles\"><option value=\"外观设计办法\"></option></datalist>"))
            #expect(try await visitor.get("/en/search").body.contains("<option value=\"商标代理办法\"></option>"))
        }
    }

    @Test("guesses what was meant, and the guess finds something", arguments: Engine.available)
    func meant(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, isIndexed in
            guard isIndexed else { return }
            let answer = try await Self.answer(visitor, "商标待理机构")
            #expect(answer.total == 0)
            #expect(answer.didYouMean == "商标代理机构")
            let page = try await visitor.get("/zh/search?q=\(Self.encoded("商标待理机构"))").body
            #expect(page.contains("<strong>商标代理机构</strong>"))
            #expect(try await Self.answer(visitor, "商标代理机构").total == 1)
            #expect(try await Self.answer(visitor, "商标待理机构", "&at=2022-05-29").didYouMean == nil)
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private static let bad: [(query: String, status: Int, says: String)] = [
        ("q=x&at=2022-02-30",                                  422, "没有“2022-02-30”这个日期"),
        ("q=x&at=yesterday",                                   422, "没有“yesterday”这个日期"),
        ("q=x&at=2022-06-11",                                  422, "还没有到"),
        ("q=x&column=none",                                    422, "没有“none”这个栏目"),
        ("q=x&kind=none",                                      422, "没有“none”这个类别"),
        ("q=x&year=20220",                                     422, "四位数字"),
        ("q=x&page=-1",                                        422, "页码不对"),
        ("q=x&unit=%00%01",                                    200, "条结果"),
        ("q=%00%01%E4%BB%A3%E7%90%86%1b",                      200, "<strong>2</strong>"),
        ("q=%22%E4%BB%A3%E7%90%86",                            200, "<strong>2</strong>"),
        ("q=%E2%80%9C%E4%BB%A3%22%E7%90%86%E3%80%8D",          200, "条结果"),
        ("q=%E3%80%82%EF%BC%8C%EF%BC%81",                      200, "只有标点符号"),
        ("q=%E7%9A%84",                                        200, "<strong>1</strong>"),
        ("q=%E5%90%97%E5%91%A2",                               200, "没有找到"),
        ("q=-%E4%BB%A3%E7%90%86",                              200, "条结果"),
        ("q=OR%20OR%20%7C",                                    200, "条结果"),
        ("q=%ff%fe",                                           200, "search"),
        ("q=%3Cscript%3Ealert(1)%3C/script%3E",                200, "&lt;script&gt;"),
    ]

    @Test("answers bad input with a sentence, never with a fault", arguments: Engine.available)
    func bad(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, isIndexed in
            for (query, status, says) in Self.bad {
                let answer = try await visitor.get("/zh/search?\(query)")
                #expect(answer.status == status, "\(query) \(isIndexed)")
                #expect(answer.body.contains(says), "\(query) \(isIndexed)")
                #expect(!answer.body.contains("<script"), "\(query)")
                #expect(try await visitor.get("/api/v1/search?\(query)").status == status, "\(query) \(isIndexed)")
                #expect(try await visitor.get("/api/v1/suggest?\(query)").status == status, "\(query) \(isIndexed)")
            }
        }
    }

    @Test("looks for the beginning of a question of 10,000 characters, and says so", arguments: Engine.available)
    func long(engine: Engine) async throws {
        try await Self.ask(engine) { visitor, _ in
            let long = String(repeating: Self.encoded("代理"), count: 5000)
            let page = try await visitor.get("/zh/search?q=\(long)")
            #expect(page.status == 200)
            #expect(page.body.contains("问题太长，只检索了开头的字数： 200"))
            let answer = try await visitor.get("/api/v1/search?q=\(long)")
            #expect(answer.status == 422)
            #expect(answer.body.contains("A question has at most 200 characters."))
        }
    }
}
