/// What a visitor looks for: words that must all occur, or a question of which any part may.
public struct TextQuery: Sendable, Hashable {
    /// The terms; each is found where its runs stand one after another.
    let terms: [Term]

    /// Whether one term is enough.
    public let isAny: Bool

    /// The most terms and the longest term, in characters, that are looked at; the rest of a question is left out.
    static let mostTerms = 24
    static let longestTerm = 120

    /// Nothing in the question can be searched for: it holds only punctuation, or nothing.
    public var isEmpty: Bool { terms.isEmpty }

    /// Reads what was typed: terms parted by white space, and phrases in quotation marks of any kind.
    ///
    /// Punctuation inside a term is a gap of no width: `外观，设计` finds 外观，设计 and 外观。设计, not 外观设计.
    public static func parse(_ text: String) -> TextQuery {
        var terms: [Term] = []
        var term = String.UnicodeScalarView()
        var isQuoted = false
        func close() {
            let runs = Bigrams.runs(String(term.prefix(longestTerm)))
            term.removeAll(keepingCapacity: true)
            guard !runs.isEmpty, terms.count < mostTerms else { return }
            let read = Term(runs: runs)
            if !terms.contains(read) { terms.append(read) }
        }
        for scalar in text.unicodeScalars.prefix(4_000) {
            if quotationMarks.contains(scalar) {
                close()
                isQuoted.toggle()
            } else if scalar.properties.isWhitespace && !isQuoted {
                close()
            } else {
                term.append(scalar)
            }
        }
        close()
        return TextQuery(terms: terms, isAny: false)
    }

    /// Whether it reads like a question in everyday words (more than eight Chinese characters in one piece, or more
    /// than five words), which hardly stands in a text word for word.
    public var isQuestion: Bool {
        terms.count > 5
            || terms.contains { $0.runs.reduce(0) { $0 + $1.characters } > 8 }
    }

    /// The same question satisfied by any of its pairs of characters or words, for an answer ranked by how many occur;
    /// words that ask rather than name (什么, 如何, "how") are left out.
    public var any: TextQuery {
        var parts: [Term] = []
        for run in terms.flatMap(\.runs) {
            let pieces = run.isPaired ? run.pairs : [run]
            for piece in pieces.map({ Term(runs: [$0]) }) where !piece.asks && !parts.contains(piece) {
                parts.append(piece)
            }
        }
        return TextQuery(terms: parts.isEmpty ? terms : Array(parts.prefix(Self.mostTerms * 2)), isAny: true)
    }

    /// The same with each lone word satisfied by any word that holds it.
    func replacing(_ words: [String: [String]]) -> TextQuery {
        let terms = terms.map { term in
            guard let word = term.word, let holders = words[word] else { return term }
            return Term(runs: term.runs, holders: holders)
        }
        return TextQuery(terms: terms, isAny: isAny)
    }

    struct Term: Sendable, Hashable {
        let runs: [Bigrams.Run]
        /// Words that hold this one inside; empty where the word itself is looked for.
        var holders: [String] = []

        /// The one word that the term is; nil for others.
        var word: String? { runs.count == 1 && !runs[0].isPaired ? runs[0].text : nil }

        /// The term as FTS5 reads it: every token quoted, one after another; a last single character is the beginning
        /// of a pair. Runs hold no quotation mark, so nothing can break out.
        var fts5: String {
            guard holders.isEmpty else { return holders.map { "\"\($0)\"" }.joined(separator: " OR ") }
            var tokens: [String] = []
            for (place, run) in runs.enumerated() {
                tokens += run.tokens(isLast: place == runs.count - 1).map { "\"\($0)\"" }
            }
            let opens = runs.last.map { $0.isPaired && $0.scalars.count == 1 } ?? false
            return tokens.joined(separator: " + ") + (opens ? " *" : "")
        }

        /// The tokens that a text with this term holds among its grams.
        var grams: [String] {
            runs.enumerated().flatMap { $1.tokens(isLast: $0 == runs.count - 1) }
        }

        /// The term as it stands in a text written as runs with spaces between.
        var folded: String {
            let text = runs.map(\.text).joined(separator: " ")
            guard holders.isEmpty else { return text }
            return (runs[0].isPaired ? "" : " ") + text + (runs[runs.count - 1].isPaired ? "" : " ")
        }

        /// One gram of the index says all: nothing is left to verify in the text.
        var isGram: Bool { runs.count == 1 && (!runs[0].isPaired || runs[0].scalars.count <= 2) }

        fileprivate var asks: Bool {
            let text = runs[0].text
            return runs[0].isPaired
                ? runs[0].scalars.contains { askingCharacters.contains($0) } || askingWords.contains(text)
                : askingWords.contains(text)
        }
    }
}

extension Bigrams.Run {
    /// How many Chinese characters it has; figures are none.
    var characters: Int { isPaired ? scalars.count { $0.value > 0x39 } : 0 }

    var pairs: [Bigrams.Run] {
        guard scalars.count > 2 else { return [self] }
        return (1..<scalars.count).map { Bigrams.Run(scalars: [scalars[$0 - 1], scalars[$0]], isPaired: true) }
    }

    /// The tokens of a run in a question; only the last run may end inside a longer one.
    func tokens(isLast: Bool) -> [String] {
        guard isPaired else { return [text] }
        let pairs = scalars.count < 2 ? [] : pairs.map(\.text)
        guard let last = scalars.last, pairs.isEmpty || !isLast else { return pairs }
        return pairs + [String(Character(last))]
    }
}

private let quotationMarks: Set<Unicode.Scalar> = ["\"", "＂", "“", "”", "„", "«", "»", "「", "」", "『", "』"]

/// Characters that ask or only bind, and stand in hardly any term of the law: not 请 (申请), 有 (有效), 和 (和解).
private let askingCharacters: Set<Unicode.Scalar> = [
    "的", "了", "吗", "呢", "吧", "么", "啊", "我", "你", "您", "她", "它", "们", "这", "那", "哪", "谁", "怎", "很",
]

private let askingWords: Set<String> = [
    "请问", "如何", "为何", "何时", "多少", "多久", "几天", "是否", "能否", "可否", "可以", "需要", "应该", "一个", "一下", "想要", "知道", "告诉", "时候",
    "a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "is", "are", "was", "be", "do", "does", "did", "can", "i",
    "my", "we", "you", "it", "how", "what", "when", "where", "who", "which", "why", "must", "should", "with", "by", "at",
]
