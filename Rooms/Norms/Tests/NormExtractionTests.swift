import Core
import LegalText
import Testing
import WorkCalendar

@Suite("What laws say of other laws")
struct NormExtractionTests {
    @Test("repeals are those that a reader finds", arguments: try NormFixture.read([NormFixture.Repeal].self, "repeals.json"))
    func repeals(repeal: NormFixture.Repeal) {
        let clauses = LawReading.read(repeal.sentence, title: repeal.document).clauses.filter { $0.target != nil }
        #expect(clauses.compactMap(\.target?.title) == repeal.targets)
        #expect(clauses.allSatisfy { $0.kind.rawValue == repeal.kind })
    }

    @Test("citations are those that a reader finds", arguments: try NormFixture.read([NormFixture.Citing].self, "citations.json"))
    func citations(citing: NormFixture.Citing) {
        let known = ["刑法", "反垄断法", "传染病防治法", "海商法", "仲裁法"].enumerated().map {
            Titles.Entry(work: $0.offset, title: "中华人民共和国" + $0.element)
        }
        let found = LawReading.read(citing.sentence, title: citing.document, titles: Titles(known)).citations
        #expect(found.map(\.text) == citing.citations.map(\.text))
        #expect(found.map(\.kind.rawValue) == citing.citations.map(\.kind))
        #expect(found.map { $0.reference?.article?.printed } == citing.citations.map(\.article))
        #expect(found.map { TitleKey($0.title ?? "").key } == citing.citations.map { TitleKey($0.title ?? "").key })
    }
}
