import Foundation
import Testing

@testable import Index

@Suite("The index finds what a plain scan finds")
struct SearchTests {
    @Test("on random passages, questions, days and eyes, while passages are replaced, removed and merged", arguments: [1, 2])
    func differential(seed: UInt64) throws {
        let folder = try Folder()
        var texts = RandomTexts(random: SystemlessRandom(state: seed))
        var passages: [String: PlainScan.Page] = [:]
        var found = 0
        let writer = try IndexWriter(folder.path)
        let reader = try IndexReader(folder.path)
        for round in 0..<4 {
            for _ in 0..<(round == 0 ? 500 : 120) {
                let key = "p\(Int.random(in: 0..<900, using: &texts.random))"
                if Int.random(in: 0..<5, using: &texts.random) == 0 {
                    writer.remove(key)
                    passages[key] = nil
                } else {
                    let passage = texts.passage(key)
                    try writer.add(passage)
                    passages[key] = PlainScan.Page(passage)
                }
            }
            try writer.commit(position: round)
            if round == 2 { try writer.merge(all: true) }
            try reader.refresh()
            #expect(reader.count == passages.count)
            #expect(reader.position == round)
            for _ in 0..<40 { found += compare(reader, passages, &texts) }
        }
        // Questions of which few find anything would compare little.
        #expect(found > 500)
    }

    private func compare(_ reader: IndexReader, _ passages: [String: PlainScan.Page], _ texts: inout RandomTexts) -> Int {
        let (text, groups, excluded) = texts.question()
        var query = Query(text, mode: .all, counting: .facets, limit: 10_000)
        if Bool.random(using: &texts.random) { query.at = Int.random(in: 0..<1500, using: &texts.random) }
        query.visible = [[0], [0, 1], [0, 1, 2], [2], []][Int.random(in: 0..<5, using: &texts.random)]
        if Int.random(in: 0..<3, using: &texts.random) == 0 { query.filters["kind"] = ["law", "notice"] }
        if Int.random(in: 0..<3, using: &texts.random) == 0 { query.filters["year"] = ["2019"] }
        let expected = passages.values.filter { page in
            PlainScan.isShown(page.passage, query)
                && groups.allSatisfy { $0.contains { $0.stands(in: page) } }
                && !excluded.contains { $0.stands(in: page) }
        }.map(\.passage)
        let answer = reader.search(query)
        let found = answer.hits.map(\.passage)
        #expect(Set(found) == Set(expected), "\(text)")
        #expect(found.count == expected.count, "\(text)")
        #expect(answer.total == expected.count, "\(text)")
        for name in ["kind", "year"] {
            var counts: [String: Int] = [:]
            for value in expected.flatMap({ $0.facets[name] ?? [] }) { counts[value, default: 0] += 1 }
            let facets = (answer.facets[name] ?? []).map { ($0.value, $0.count) }
            #expect(Dictionary(uniqueKeysWithValues: facets) == counts, "\(text)")
        }
        query.counting = .nothing
        query.limit = 10
        #expect(reader.search(query).hits == Array(answer.hits.prefix(10)), "\(text)")
        query.mode = .any
        query.limit = 10_000
        query.counting = .total
        let any = reader.search(query)
        #expect(any.hits.count == any.total && any.hits.allSatisfy { PlainScan.isShown($0.passage, query) })
        query.counting = .nothing
        query.limit = 7
        query.offset = 3
        #expect(reader.search(query).hits == Array(any.hits.dropFirst(3).prefix(7)), "\(text)")
        return expected.count
    }

    @Test("the best ten of many windows are those of a ranking of all")
    func windows() throws {
        let folder = try Folder()
        var texts = RandomTexts(random: SystemlessRandom(state: 9))
        let writer = try IndexWriter(folder.path)
        for number in 0..<9000 {
            try writer.add(Passage(key: "\(number)", text: texts.text(1...12), visibility: UInt8(number % 2)))
        }
        try writer.commit()
        let reader = try IndexReader(folder.path)
        for number in 0..<24 {
            let text = number % 2 == 0 ? texts.han(4...12) : "\(texts.han(1...2)) \(texts.han(2...3))"
            for mode in [Query.Mode.any, .all] {
                let whole = reader.search(Query(text, mode: mode, counting: .total, limit: 10_000))
                let best = reader.search(Query(text, mode: mode, counting: .nothing, limit: 10))
                #expect(best.hits == Array(whole.hits.prefix(10)), "\(text)")
            }
        }
    }

    @Test("every substring of a text finds it", arguments: [11, 12])
    func recall(seed: UInt64) throws {
        let folder = try Folder()
        var texts = RandomTexts(random: SystemlessRandom(state: seed))
        let passages = (0..<400).map { texts.passage("p\($0)") }
        let writer = try IndexWriter(folder.path)
        for passage in passages { try writer.add(passage) }
        try writer.commit()
        let reader = try IndexReader(folder.path)
        for _ in 0..<300 {
            let passage = passages[Int.random(in: 0..<400, using: &texts.random)]
            let dense = Run.all(in: passage.text).filter(\.isDense)
            guard let run = dense.randomElement(using: &texts.random) else { continue }
            let characters = Array(run.text)
            let from = Int.random(in: 0..<characters.count, using: &texts.random)
            let size = Int.random(in: 1...(characters.count - from), using: &texts.random)
            let sought = String(characters[from..<(from + size)])
            let hits = reader.search(Query(sought, visible: [0, 1, 2], mode: .all, limit: 400)).hits
            #expect(hits.contains { $0.passage.key == passage.key }, "\(sought)")
        }
    }
}

/// A folder of its own, gone with the test.
final class Folder {
    let path = NSTemporaryDirectory() + "index-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
