import Core
import Foundation
import LegalText
import Records

/// A text's pieces as HTML: escaped piece by piece, each article with its address, each citation a link.
struct NormText {
    let base, query: String
    /// The citations of the text by the address of the article they stand in; empty before the first.
    let links: [String: [Library.Link]]
    let language: Language

    init(_ base: String, query: String, links: [Library.Link], in language: Language) {
        (self.base, self.query, self.language) = (base, query, language)
        self.links = Dictionary(grouping: links) { $0.anchor ?? "" }
    }

    /// One page of a text: bytes after which a long text goes on with the next one.
    static let limit = 24_000

    /// The pieces of a text as pages.
    static func pages(_ parts: [Library.Part]) -> [[Library.Part]] {
        var pages: [[Library.Part]] = [[]]
        var bytes = 0
        for part in parts {
            let size = part.body.utf8.count + 160
            let opens = part.kind == .heading
            if bytes + size > limit && bytes > 0 || opens && bytes > limit * 2 / 3 {
                pages.append([])
                bytes = 0
            }
            pages[pages.count - 1].append(part)
            bytes += size
        }
        return pages
    }

    func html(_ parts: [Library.Part]) -> String { parts.map(html).joined() }

    func html(_ part: Library.Part) -> String {
        let anchor = HTML.escape(part.anchor)
        let id = anchor.isEmpty ? "" : " id=\"\(anchor)\""
        switch part.kind {
        case .heading: return "<h2\(id)>\(HTML.escape(part.body))</h2>\n"
        case .preamble, .text: return paragraphs(linked(part))
        case .article:
            let place = "<a class=\"place\" href=\"\(base)/articles/\(anchor)\(query)\">\(HTML.escape(part.number))</a>"
            let lines = linked(part).split(separator: "\n", omittingEmptySubsequences: true)
            let first = lines.first.map(String.init) ?? ""
            return "<p\(id)>\(place)\(first)</p>\n" + paragraphs(lines.dropFirst().joined(separator: "\n"))
        }
    }

    private func paragraphs(_ html: String) -> String {
        html.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .map { "<p>\($0)</p>\n" }.joined()
    }

    /// The escaped words of a piece with its citations as links, each in its turn.
    func linked(_ part: Library.Part) -> String {
        var (html, rest) = ("", HTML.escape(part.body)[...])
        for link in links[part.anchor] ?? [] {
            guard let target = link.target else { continue }
            let words = HTML.escape(link.body)
            guard !words.isEmpty, !words.contains("\n"), let found = rest.range(of: words) else { continue }
            html += rest[..<found.lowerBound]
            html += "<a class=\"cite\" href=\"\(Self.href(target, link.targetArticle, query, language))\">\(words)</a>"
            rest = rest[found.upperBound...]
        }
        return html + rest
    }

    /// The address of what a citation means: the work, at the article where one is named.
    static func href(_ target: String, _ article: String?, _ query: String, _ language: Language) -> String {
        let page = "/\(language.rawValue)/norms/\(target)"
        guard let number = article.flatMap({ ArticleNumber($0) }) else { return page + query }
        return "\(page)/articles/\(anchor(of: number))\(query)"
    }

    /// The address of an article within its text: `art-28-1`.
    static func anchor(of number: ArticleNumber) -> String {
        "art-\(number.ordinal)" + (number.suffix > 0 ? "-\(number.suffix)" : "")
    }
}
