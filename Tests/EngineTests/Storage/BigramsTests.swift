import Testing

@testable import Storage

@Suite("Text cut for search")
struct BigramsTests {
    private func tokens(_ text: [UInt8], question: Bool = false) -> [String] {
        var tokens: [String] = []
        text.withUnsafeBufferPointer { bytes in
            Bigrams.forEachToken(in: bytes, question: question) { token, start, end in
                #expect(start < end && end <= bytes.count)
                tokens.append(String(decoding: token, as: UTF8.self))
                return true
            }
        }
        return tokens
    }

    @Test(
        "falls into pairs and words",
        arguments: [
            ("专利法", ["专利", "利法", "法"]),
            ("法", ["法"]),
            ("专利法28条", ["专利", "利法", "法", "28", "8", "条"]),
            ("专利，法。", ["专利", "利", "法"]),
            ("ＩＰＣ Ａ01Ｂ", ["ipc", "a", "01", "1", "b"]),
            ("Über Große", ["über", "große"]),
            ("二○二二", ["二〇", "〇二", "二二", "二"]),
            ("𠮷野家", ["𠮷野", "野家", "家"]),
            ("😀，\n\t", []),
        ]
    )
    func pairs(text: String, expected: [String]) {
        #expect(tokens(Array(text.utf8)) == expected)
    }

    @Test("of a question have no last single character, unless there is one alone")
    func question() {
        #expect(tokens(Array("专利法 法 law".utf8), question: true) == ["专利", "利法", "法", "law"])
    }

    @Test("cuts a very long word, so that no token is too long for an engine")
    func longWord() {
        let tokens = tokens(Array(repeating: UInt8(ascii: "a"), count: 100_000))
        #expect(tokens.map(\.utf8.count).max() == 64)
        #expect(tokens.count == 1_563)
    }

    @Test("bears ten thousand broken texts")
    func broken() {
        var dice = Dice(seed: 11)
        let text = Array("专利法𠮷 Ｌaw é 28".utf8)
        for _ in 1...10_000 {
            var bytes = text
            bytes[Int(dice.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: dice.next())
            bytes.removeLast(Int(dice.next() % 6))
            for token in tokens(bytes) { #expect(!token.isEmpty) }
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private static let questions: [(String, String, String)] = [
        ("外观设计 \"保护期限\" Trademark", "外观 + 观设 + 设计 | 保护 + 护期 + 期限 | trademark", "外观 观设 设计 保护 护期 期限 trademark"),
        ("专利法28条",                      "专利 + 利法 + 法 + 28 + 8 + 条 *",                        "专利 利法 28 条"),
        ("如何申请公开？",                  "如何 + 何申 + 申请 + 请公 + 公开",                    "何申 申请 请公 公开"),
        ("“a b” 法",                        "a + b | 法 *",                                        "b 法"),
    ]

    @Test("is asked for by phrases, or by any part", arguments: questions)
    func parsed(text: String, all: String, any: String) {
        let query = TextQuery.parse(text)
        #expect(query.terms.map { $0.fts5.filter { $0 != "\"" } }.joined(separator: " | ") == all)
        #expect(query.any.terms.map(\.folded).map { $0.filter { $0 != " " } }.joined(separator: " ") == any)
    }
}
