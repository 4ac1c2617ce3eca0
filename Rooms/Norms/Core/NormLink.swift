import LegalText

/// A citation of one text as the library keeps it: where it stands and what it means.
public struct NormLink: Codable, Equatable, Sendable {
    /// The text it stands in, by its place among the work's texts.
    public let version: Int
    /// The article it stands in, by its place in ``LawText/articles``; nil before the first.
    public let article: Int?
    /// As printed.
    public let text: String
    public let kind: String
    /// The work it means; nil where that is unknown or ambiguous.
    public let target: String?
    /// The number of the article cited, in its one spelling.
    public let targetArticle: String?
    /// The works it may mean where several bear the title.
    public let candidates: [String]
    /// Whether it stands in a clause that ends or changes what it cites: no reliance on it.
    public let isClause: Bool
}

extension NormLibrary {
    /// What all texts of a work cite of other works, in order.
    public func links(of norm: Norm, at place: Int) -> [NormLink] {
        var links: [NormLink] = []
        for (number, version) in norm.versions.enumerated() {
            let law = version.reading.text
            let articles = Dictionary(uniqueKeysWithValues: law.articles.enumerated().map { ($0.element, $0.offset) })
            let clauses = Set(version.reading.clauses.filter { $0.kind != .amend }.compactMap { $0.target?.range })
            for citation in version.reading.citations where !isHistory(citation, of: norm, version) {
                let meaning = meaning(of: citation, in: place)
                if case .work(place) = meaning { continue }
                if citation.kind == .internal, case .unknown = meaning { continue }
                var target: String?
                var candidates: [String] = []
                if case .work(let meant) = meaning { target = heads[meant].id }
                if case .ambiguous(let places) = meaning { candidates = places.map { heads[$0].id } }
                links.append(
                    NormLink(
                        version: number,
                        article: citation.article.flatMap { articles[$0] },
                        text: citation.text,
                        kind: citation.kind.rawValue,
                        target: target,
                        targetArticle: citation.reference?.article?.printed,
                        candidates: candidates,
                        isClause: clauses.contains(citation.range)
                    )
                )
            }
        }
        return links
    }

    /// The works whose clauses end or change a work, itself not among them.
    public func speakers(on place: Int) -> Set<Int> {
        Set((clausesOn[place] ?? []).map(\.by)).subtracting([place])
    }

    /// The works of which a work's clauses say something.
    public func spokenOf(by norm: Norm, at place: Int) -> Set<Int> {
        var found: Set<Int> = []
        for version in norm.versions {
            for clause in version.reading.clauses {
                guard let target = clause.target, case .work(let meant) = meaning(of: target, in: place) else { continue }
                found.insert(meant)
            }
        }
        return found.subtracting([place])
    }
}
