import LegalText

/// One piece of a text as it is shown and addressed: what stands before the first article, a heading, an article, an annex.
public struct NormPart: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case preamble, heading, article, text
    }

    public let kind: Kind
    /// `art-28-1`, `part-1-ch-2`; empty for what has no address.
    public let anchor: String
    /// An article's number as printed, 第二十八条; empty otherwise.
    public let number: String
    /// The number in its one spelling, by which texts are compared; empty where it is no article.
    public let key: String
    /// The headings above, outermost first.
    public let headings: [String]
    public let body: String
    /// The article's place in ``LawText/articles``; nil for everything else.
    public let article: Int?

    /// The pieces of a text in its order: together they are the whole of it.
    public static func of(_ law: LawText) -> [NormPart] {
        var parts: [NormPart] = []
        let opening = law.text(law.preamble)
        if !opening.isEmpty { parts.append(plain(.preamble, opening)) }
        let articles = Dictionary(uniqueKeysWithValues: law.articles.enumerated().map { ($0.element, $0.offset) })
        let cuts = law.provisions.indices.filter { isCut(law.provisions[$0].kind) }
        for (turn, place) in cuts.enumerated() {
            let provision = law.provisions[place]
            let end = turn + 1 < cuts.count ? law.provisions[cuts[turn + 1]].range.lowerBound : law.bytes.count
            if let article = articles[place] {
                parts.append(
                    NormPart(
                        kind: .article,
                        anchor: law.anchor(of: place),
                        number: law.number(of: place),
                        key: provision.kind == .article ? law.articleNumber(of: place).printed : law.number(of: place),
                        headings: law.headings(of: place),
                        body: law.text(provision.start..<end),
                        article: article
                    )
                )
                continue
            }
            let line = law.bytes[provision.range.lowerBound..<end].firstIndex(of: 0x0A) ?? end
            parts.append(
                NormPart(
                    kind: .heading,
                    anchor: law.anchor(of: place),
                    number: "",
                    key: "",
                    headings: law.headings(of: place),
                    body: law.text(provision.range.lowerBound..<line),
                    article: nil
                )
            )
            let rest = law.text(line..<end)
            if !rest.isEmpty { parts.append(plain(.text, rest)) }
        }
        return parts
    }

    private static func plain(_ kind: Kind, _ body: String) -> NormPart {
        NormPart(kind: kind, anchor: "", number: "", key: "", headings: [], body: body, article: nil)
    }

    private static func isCut(_ kind: Provision.Kind) -> Bool {
        switch kind {
        case .part, .subpart, .chapter, .section, .article, .clause, .annex: true
        case .paragraph, .item, .subitem, .table: false
        }
    }
}

extension Norm {
    /// For each text the thread of each of its articles: an article keeps its thread through renumbering and rewording.
    public var threads: [[Int]] {
        var threads: [[Int]] = []
        var next = 0
        for (place, version) in versions.enumerated() {
            let count = version.reading.text.articles.count
            var own = [Int?](repeating: nil, count: count)
            if place > 0 {
                let before = threads[place - 1]
                for pair in Lineage(from: versions[place - 1].reading.text, to: version.reading.text).pairs {
                    if let older = pair.older, let newer = pair.newer { own[newer] = before[older] }
                }
            }
            threads.append(
                own.map { thread in
                    if let thread { return thread }
                    next += 1
                    return next - 1
                }
            )
        }
        return threads
    }
}
