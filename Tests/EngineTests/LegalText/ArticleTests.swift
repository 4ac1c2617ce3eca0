import Foundation
import LegalText
import Testing

@Suite("The articles of a law")
struct ArticleTests {
    static let law = """
        第一章　总　则
        第一条　为了规范，制定本条例。
        第二条 下列事项：
        （一）甲；
        （二）乙。
        第三条和第四条规定的情形除外。
        第二条之一 插入的一条。
        第二章 附 则
        第一节 施行
        第二十八条　本条例自公布之日起施行。
        附件：目录
        这一行不属于任何条文。
        """

    @Test("stand under their chapters, with their paragraphs and addresses")
    func reading() {
        let articles = Article.read(Self.law)
        #expect(articles.map(\.number) == ["第一条", "第二条", "第二条之一", "第二十八条"])
        #expect(articles.map(\.ordinal) == [1, 2, 2, 28])
        #expect(articles.map(\.suffix) == [nil, nil, 1, nil])
        #expect(articles.map(\.anchor) == ["art-1", "art-2", "art-2-1", "art-28"])
        #expect(articles[1].text == "下列事项：\n（一）甲；\n（二）乙。\n第三条和第四条规定的情形除外。")
        #expect(articles[1].headings == ["第一章　总　则"])
        #expect(articles[3].headings == ["第二章 附 则", "第一节 施行"])
        #expect(articles[3].text == "本条例自公布之日起施行。")
    }

    @Test("have an address each, even where a text holds two laws")
    func twice() {
        let articles = Article.read(Self.law + "\n" + Self.law)
        #expect(articles.map(\.anchor).suffix(4) == ["art-1.2", "art-2.2", "art-2-1.2", "art-28.2"])
    }

    @Test("are none in an empty text and in one that only cites")
    func none() {
        #expect(Article.read("") == [])
        #expect(Article.read("依照第三条、第四条办理。\n第三条、第四条所称") == [])
    }

    @Test(
        "of the corpus are those the corpus counts, and eight more whose number is printed with a blank in it",
        .enabled(if: LawCorpus.isThere, "the corpus is not here")
    )
    func corpus() throws {
        var (counted, found) = (0, 0)
        var odd: [String] = []
        for work in try LawCorpus.works() {
            let articles = Article.read(work.text)
            let numbers = Set(articles.filter { !$0.number.contains(" ") }.map { "\($0.ordinal)-\($0.suffix ?? 0)" })
            odd += articles.map(\.number).filter { $0.contains(" ") }
            counted += work.articles
            found += numbers.count
            #expect(numbers.count == work.articles, "\(work.id) \(work.title)")
            #expect(Set(articles.map(\.anchor)).count == articles.count, "\(work.id) \(work.title)")
        }
        #expect(found == counted)
        if LawCorpus.isWhole { #expect((counted, odd.count) == (164_120, 8)) }
    }
}

/// The laws that lie beside the project, where they do.
private enum LawCorpus {
    struct Work: Decodable {
        let id: String
        let title: String
        let articles: Int
        let text: String
    }

    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/\(isWhole ? "laws" : "laws-core").jsonl.gz")
    /// The whole corpus takes a minute without optimisation: by `GONGKAI_CORPUS=whole`.
    static let isWhole = ProcessInfo.processInfo.environment["GONGKAI_CORPUS"] == "whole"
    static let isThere = FileManager.default.fileExists(atPath: file.path())

    static func works() throws -> [Work] {
        let unzip = Process()
        let pipe = Pipe()
        unzip.executableURL = URL(filePath: "/usr/bin/env")
        unzip.arguments = ["gzip", "-dc", file.path()]
        unzip.standardOutput = pipe
        try unzip.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        unzip.waitUntilExit()
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(Work.self, from: $0) }
    }
}
