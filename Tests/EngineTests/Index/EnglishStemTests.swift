import Testing

@testable import Index

@Suite("An English word")
struct EnglishStemTests {
    @Test(
        "is searched by its Porter2 stem",
        arguments: [
            ("patents", "patent"), ("patented", "patent"), ("policies", "polici"), ("disclosure", "disclosur"),
            ("disclosing", "disclos"), ("information", "inform"), ("informational", "inform"), ("requests", "request"),
            ("agencies", "agenc"), ("agreed", "agre"), ("happy", "happi"), ("hopping", "hop"), ("hoping", "hope"),
            ("ties", "tie"), ("cries", "cri"), ("gas", "gas"), ("gaps", "gap"), ("kiwis", "kiwi"), ("generally", "general"),
            ("communities", "communiti"), ("exceed", "exceed"), ("exceeding", "exceed"), ("skies", "sky"), ("news", "news"),
            ("national", "nation"), ("rationalization", "ration"), ("vietnamization", "vietnam"), ("sensibility", "sensibl"),
            ("analogously", "analog"), ("youth", "youth"), ("boyish", "boyish"), ("controlling", "control"), ("roll", "roll"),
            ("adjustment", "adjust"), ("adoption", "adopt"), ("opinion", "opinion"), ("rate", "rate"), ("cease", "ceas"),
            ("by", "by"), ("a", "a"), ("sayings", "say"), ("beautifully", "beauti"), ("hopelessly", "hopeless"),
        ]
    )
    func stem(word: String, stem: String) {
        #expect(String(decoding: EnglishStem.of(Array(word.utf8)), as: UTF8.self) == stem)
    }

    @Test("with figures or accents keeps its form", arguments: ["3g", "café", "a4s"])
    func keeps(word: String) {
        #expect(String(decoding: EnglishStem.of(Array(word.utf8)), as: UTF8.self) == word)
    }
}
