/// A question as read: terms that must all stand in a passage, each with its alternatives, and terms that must not.
struct Question: Sendable, Hashable {
    var groups: [Group] = []
    var excluded: [Term] = []

    /// The most terms and the longest question, in characters, that are looked at; the rest is left out.
    static let mostTerms = 24
    static let longest = 4000
    static let mostParts = 48

    /// What satisfies one requirement: any of these.
    struct Group: Sendable, Hashable {
        var alternatives: [Term]
    }

    /// Runs that stand one after another, whatever punctuation is between them.
    struct Term: Sendable, Hashable {
        var runs: [Run]
        /// Words as written, not by their stems.
        var isExact = false
        /// Where it must stand; nil for anywhere.
        var field: Field?
    }

    init(_ text: String) {
        var reader = QuestionReader()
        for scalar in DocumentNumberSpellings.joined(text.unicodeScalars.prefix(Self.longest)) { reader.take(scalar) }
        self = reader.finish()
    }

    init(groups: [Group], excluded: [Term]) {
        self.groups = groups
        self.excluded = excluded
    }

    var isEmpty: Bool { groups.isEmpty }

    /// The same question satisfied by any pair of characters or word in it; words that ask rather than name are left out.
    var parts: [Term] {
        var all: [Term] = []
        for run in groups.flatMap(\.alternatives).flatMap(\.runs) {
            for piece in run.pairs {
                let part = Term(runs: [piece])
                if !all.contains(part) { all.append(part) }
            }
        }
        let naming = all.filter { !$0.runs[0].asks }
        let telling = naming.filter { !$0.runs[0].isDense || $0.runs[0].scalars.count > 1 }
        let kept = !telling.isEmpty ? telling : !naming.isEmpty ? naming : all
        return Array(kept.prefix(Self.mostParts))
    }
}

extension Run {
    /// Its pairs of characters; a word, or one character, is itself.
    var pairs: [Run] {
        guard isDense, scalars.count > 2 else { return [self] }
        return (1..<scalars.count).map { Run(scalars: [scalars[$0 - 1], scalars[$0]], isDense: true) }
    }

    fileprivate var asks: Bool {
        let text = text
        return askingWords.contains(text) || (isDense && text.unicodeScalars.contains { askingCharacters.contains($0) })
    }
}

/// Reads a question scalar by scalar.
private struct QuestionReader {
    private var question = Question(groups: [], excluded: [])
    private var term = String.UnicodeScalarView()
    private var isQuoted = false
    private var isExcluded = false
    private var field: Field?
    private var joinsFormer = false

    mutating func take(_ scalar: Unicode.Scalar) {
        if quotationMarks.contains(scalar) {
            let wasQuoted = isQuoted
            close(isExact: wasQuoted)
            isQuoted.toggle()
            if wasQuoted { endTerm() }
        } else if isQuoted {
            term.append(scalar)
        } else if scalar.properties.isWhitespace {
            close(isExact: false)
            endTerm()
        } else if scalar == "|" || scalar == "｜" {
            close(isExact: false)
            endTerm()
            joinsFormer = !question.groups.isEmpty
        } else if scalar == "-", term.isEmpty, field == nil {
            isExcluded = true
        } else if scalar == ":" || scalar == "：", field == nil, let named = fieldNames[String(term).lowercased()] {
            field = named
            term.removeAll()
        } else {
            term.append(scalar)
        }
    }

    mutating func finish() -> Question {
        close(isExact: isQuoted)
        return question
    }

    private mutating func endTerm() {
        field = nil
        isExcluded = false
    }

    private mutating func close(isExact: Bool) {
        let text = String(term)
        term.removeAll()
        if text == "OR", !isExact {
            joinsFormer = !question.groups.isEmpty
            return
        }
        let runs = Run.all(in: text)
        guard !runs.isEmpty, question.groups.count + question.excluded.count < Question.mostTerms else { return }
        let read = Question.Term(runs: runs, isExact: isExact, field: field)
        if isExcluded {
            if !question.excluded.contains(read) { question.excluded.append(read) }
            return
        }
        let spellings = DocumentNumberSpellings.of(read)
        if joinsFormer {
            let last = question.groups.count - 1
            question.groups[last].alternatives += spellings.filter { !question.groups[last].alternatives.contains($0) }
        } else if !question.groups.contains(where: { $0.alternatives == spellings }) {
            question.groups.append(Question.Group(alternatives: spellings))
        }
        joinsFormer = false
    }
}

private let quotationMarks: Set<Unicode.Scalar> = ["\"", "＂", "“", "”", "„", "«", "»", "「", "」", "『", "』"]

private let fieldNames: [String: Field] = [
    "title": .title, "标题": .title, "題目": .title, "题目": .title,
    "number": .number, "文号": .number, "文號": .number,
    "head": .head, "text": .text, "正文": .text,
]

/// Characters that ask or only bind, and stand in hardly any term of the law: not 请 (申请), 有 (有效), 和 (和解).
private let askingCharacters: Set<Unicode.Scalar> = [
    "的", "了", "吗", "呢", "吧", "么", "啊", "我", "你", "您", "她", "它", "们", "这", "那", "哪", "谁", "怎", "很",
]

private let askingWords: Set<String> = [
    "请问", "如何", "为何", "何时", "多少", "多久", "几天", "是否", "能否", "可否", "可以", "需要", "应该", "一个", "一下", "想要", "知道", "告诉", "时候",
    "a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "is", "are", "was", "be", "do", "does", "did", "can", "i",
    "my", "we", "you", "it", "how", "what", "when", "where", "who", "which", "why", "must", "should", "with", "by", "at",
]
