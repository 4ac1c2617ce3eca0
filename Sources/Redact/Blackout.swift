/// Puts ▇ in the place of what is withheld, with the article for the reader.
struct Blackout: Sendable {
    let needles: [Needle]
    /// Always five marks, so that nobody can count the letters.
    let isFixedWidth: Bool

    /// The text without what is withheld, and at how many places.
    func apply(to text: String) -> (text: String, count: Int) {
        let places = Haystack(text).places(of: needles)
        guard !places.isEmpty else { return (text, 0) }
        let scalars = Array(text.unicodeScalars)
        var (out, next) = (String.UnicodeScalarView(), 0)
        for (range, article) in places {
            out.append(contentsOf: scalars[next..<range.lowerBound])
            out.append(contentsOf: mark(range.count, article).unicodeScalars)
            next = range.upperBound
        }
        out.append(contentsOf: scalars[next...])
        return (String(out), places.count)
    }

    func mark(_ count: Int, _ article: String) -> String {
        String(repeating: "▇", count: isFixedWidth ? 5 : count) + label(article)
    }

    /// The article in brackets, unless it says itself what is withheld.
    func label(_ article: String) -> String {
        let article = article.filter { !$0.isNewline }
        guard !article.isEmpty else { return "" }
        let label = "（\(article)）"
        let haystack = Haystack(label)
        return needles.contains(where: haystack.contains) ? "" : label
    }
}
