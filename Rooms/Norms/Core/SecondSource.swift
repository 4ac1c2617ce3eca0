import Index
import LegalText

/// How two sources word one text: article beside article, without the noise of punctuation, white space, width or script.
public struct SecondSource: Encodable, Equatable, Sendable {
    public struct Difference: Encodable, Equatable, Sendable {
        public struct Run: Encodable, Equatable, Sendable {
            public let kind: WordDiff.Run.Kind
            public let text: String
        }

        /// The article's number here and there; nil where one has none like it, empty for a text without articles.
        public let ours, theirs: String?
        /// What differs: `removed` stands here alone, `added` there alone; empty where the whole article stands on one side.
        public let runs: [Run]
    }

    /// - Returns: What is worded otherwise; empty where the texts are the same.
    public static func differences(ours: String, theirs: String) -> [Difference] {
        guard !isSame(ours, theirs) else { return [] }
        let (here, there) = (LawText.read(ours), LawText.read(theirs))
        guard !here.articles.isEmpty, !there.articles.isEmpty else {
            return [Difference(ours: "", theirs: "", runs: runs(ours, theirs))]
        }
        var found: [Difference] = []
        for pair in Lineage(from: here, to: there).pairs {
            let (old, new) = (pair.older.map { here.articles[$0] }, pair.newer.map { there.articles[$0] })
            let (one, other) = (old.map { here.words(of: $0) }, new.map { there.words(of: $0) })
            let numbers = (old.map { here.number(of: $0) }, new.map { there.number(of: $0) })
            if let one, let other {
                let isRenumbered = old.map { here.articleNumber(of: $0) } != new.map { there.articleNumber(of: $0) }
                guard isRenumbered || !isSame(one, other) else { continue }
                found.append(Difference(ours: numbers.0, theirs: numbers.1, runs: isSame(one, other) ? [] : runs(one, other)))
            } else {
                found.append(Difference(ours: numbers.0, theirs: numbers.1, runs: []))
            }
        }
        return found
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        FoldedText(one).scalars == FoldedText(other).scalars
    }

    /// Without what is the same, and without punctuation alone.
    private static func runs(_ one: String, _ other: String) -> [Difference.Run] {
        WordDiff(from: one, to: other).runs.filter { $0.kind != .same && !FoldedText($0.text).isEmpty }
            .map { Difference.Run(kind: $0.kind, text: $0.text) }
    }
}
