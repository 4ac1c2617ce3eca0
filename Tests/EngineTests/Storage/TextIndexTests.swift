import Storage
import TestSupport
import Testing

private let index = TextIndex("passage")

/// Sentences of the Patent Law (2020) and of the notice of 2022, with the traps of search in them.
private let passages = [
    1: "专利法第二十八条：国务院专利行政部门收到专利申请文件之日为申请日。",
    2: "外观设计专利权的期限为十五年，均自申请日起计算。",
    3: "授予专利权的外观设计，应当不属于现有设计",
    4: "The Trademark Office publishes ＴＲＡＤＥＭＡＲＫ notices; see “e-mail@cnipa.gov.cn”.",
    5: "专利法28条 与 商标法 4 条",
    6: "国知办函办字〔二○二二〕495号",
    7: "法",
    8: "网上公开的法律、法规",
]

extension Database {
    fileprivate func found(_ query: TextQuery) async throws -> [Int] {
        try await read { db in
            try db.all(Int.self, "SELECT id FROM passage WHERE passage.id IN (\(index.matching(query))) ORDER BY id")
        }
    }

    fileprivate func ranked(_ query: TextQuery) async throws -> [Int] {
        try await read { db in
            try db.all(
                Int.self,
                """
                SELECT passage.id FROM (\(index.hits(query))) AS hit JOIN passage ON passage.id = hit.id
                ORDER BY hit.score DESC, hit.id LIMIT \(10)
                """
            )
        }
    }
}

@Suite("A text index")
struct TextIndexTests {
    private let schema = [
        Migration("2026-01-01 passage", "CREATE TABLE passage (id BIGINT PRIMARY KEY, text TEXT NOT NULL)"),
        index.migration(named: "2026-01-02 index"),
        index.wordMigration(named: "2026-01-03 words"),
    ]

    private func filled(
        _ engine: Engine,
        with texts: [Int: String] = passages,
        _ test: (any Database) async throws -> Void
    ) async throws {
        try await FreshDatabase.each(engine, schema) { database in
            try await database.write { db in
                for (id, text) in texts {
                    try db.run("INSERT INTO passage (id, text) VALUES (\(id), \(text))")
                    try index.put(id, text, in: db)
                }
            }
            try await test(database)
        }
    }

    @Test("finds words, phrases and mixed writing", arguments: Engine.available)
    func finding(engine: Engine) async throws {
        // The columns are the point.
        // swift-format-ignore
        let questions: [(String, [Int])] = [
            ("法",                      [1, 5, 7, 8]),
            ("专利",                    [1, 2, 3, 5]),
            ("外观设计",                [2, 3]),
            ("外观设计 期限",           [2]),
            ("外观 \"现有设计\"",       [3]),
            ("设计专利",                [2]),
            ("专利法28条",              [5]),
            ("商标法 4 条",             [5]),
            ("\"商标法4条\"",           [5]),
            ("十五年，均自",            [2]),
            ("年均",                    []),
            ("trademark",               [4]),
            ("trade",                   []),
            ("\"trademark notices\"",   [4]),
            ("\"notices trademark\"",   []),
            ("e-mail@cnipa.gov.cn",     [4]),
            ("ＣＮＩＰＡ",              [4]),
            ("〔二〇二二〕495号",       [6]),
            ("495",                     [6]),
            ("律",                      [8]),
            ("律法",                    []),
            ("计",                      [2, 3]),
            ("",                        []),
            ("，。",                    []),
        ]
        try await filled(engine) { database in
            for (question, ids) in questions {
                let found = try await database.found(.parse(question))
                #expect(found == ids, "\(question)")
                let ranked = try await database.ranked(.parse(question))
                #expect(ranked.sorted() == ids, "ranked: \(question)")
            }
        }
    }

    @Test("cannot be broken by signs that its engines read", arguments: Engine.available)
    func signs(engine: Engine) async throws {
        let signs = [
            "\"", "\"\"\"", "'", "' OR 1=1 --", "NEAR(专利 法)", "专利 OR", "AND", "NOT 法", "body:法", "法*", "^法", "-法", "(法", "{法}",
            "法 + 利", "\\", "%", "_", "\u{0}法", "{\"a\",NULL}", String(repeating: "法", count: 5_000),
        ]
        try await filled(engine) { database in
            for sign in signs {
                _ = try await database.found(.parse(sign))
                _ = try await database.ranked(.parse(sign).any)
            }
            #expect(try await database.found(.parse("法*")) == [1, 5, 7, 8])
            #expect(try await database.found(.parse("body:法")) == [])
        }
    }

    @Test("forgets what was replaced and what was removed", arguments: Engine.available)
    func forgetting(engine: Engine) async throws {
        try await filled(engine) { database in
            try await database.write { db in
                try index.put(2, "商标", in: db)
                try index.remove(3, in: db)
            }
            #expect(try await database.found(.parse("外观设计")) == [])
            #expect(try await database.found(.parse("商标")) == [2, 5])
            #expect(try await database.integrityFaults() == [])
        }
    }

    @Test("puts the passage first that speaks most of what is asked", arguments: Engine.available)
    func ranking(engine: Engine) async throws {
        try await filled(engine) { database in
            let question = TextQuery.parse("请问外观设计专利权的期限是多少年？")
            #expect(question.isQuestion)
            #expect(try await database.found(question) == [])
            let widened = try await database.read { try index.widened(question, in: $0) }
            #expect(widened == question.any)
            #expect(try await database.ranked(widened).first == 2)
            let literal = TextQuery.parse("外观设计专利权的期限为十五年")
            #expect(try await database.read { try index.widened(literal, in: $0) } == literal)
        }
    }

    @Test("finds figures inside figures, and the words that hold what is no word", arguments: Engine.available)
    func insideWords(engine: Engine) async throws {
        try await filled(engine) { database in
            #expect(try await database.found(.parse("95号")) == [6])
            #expect(try await database.found(.parse("二二〕49")) == [6])
            #expect(try await database.found(.parse("8条 商标法")) == [5])
            #expect(try await database.found(.parse("rademar")) == [])
            let widened = try await database.read { try index.widened(.parse("rademar Office"), in: $0) }
            #expect(try await database.found(widened) == [4])
            #expect(try await database.ranked(widened) == [4])
            let nothing = try await database.read { try index.widened(.parse("rademarx Office"), in: $0) }
            #expect(try await database.found(nothing) == [])
            // A whole word is meant as one.
            let whole = try await database.read { try index.widened(.parse("mark office"), in: $0) }
            #expect(try await database.found(whole) == [4])
        }
    }

    @Test("finds every substring of Chinese text, and nothing else", arguments: Engine.available)
    func everySubstring(engine: Engine) async throws {
        var dice = Dice(seed: 20_220_501)
        let letters = Array("专利法条申请日外观设计权，。 a1239")
        let texts = Dictionary(
            uniqueKeysWithValues: (1...60).map { id in
                (id, String((0..<30).map { _ in letters[Int(dice.next() % UInt64(letters.count))] }))
            }
        )
        try await filled(engine, with: texts) { database in
            for length in [1, 2, 3, 4, 6] {
                for id in stride(from: 1, through: 60, by: 4) {
                    let start = Int(dice.next() % 20)
                    let part = String(Array(texts[id] ?? "")[start..<start + length])
                    let isText = part.unicodeScalars.allSatisfy { 0x30...0x39 ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
                    guard isText else { continue }
                    let expected = texts.filter { $0.value.contains(part) }.keys.sorted()
                    let found = try await database.found(.parse(part))
                    // Between figures and characters a space is as good as none.
                    let isMixed = Set(part.unicodeScalars.map { $0.value < 0x80 }).count == 2
                    #expect(isMixed ? Set(found).isSuperset(of: expected) : found == expected, "\(part)")
                }
            }
        }
    }
}

/// SplitMix64, so that a failure can be seen again.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
