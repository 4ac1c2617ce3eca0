import LegalText
import WorkCalendar

/// What a matter rests on: one article of one published text of a normative document.
public struct Basis: Codable, Equatable, Sendable {
    /// The release of the text; its address is the article's.
    public let release: String
    public let title: String
    public let kind: Content.Kind
    /// The day the text was written or promulgated: what tells it from the work's other texts.
    public let versionDay: Day?
    /// As printed: 第二十八条.
    public let article: String
    public let anchor: String
    /// The article's words when it was chosen: what is compared when a newer text comes.
    public let quote: String
    /// Who answered for a text of whose force there is no evidence; nil where there is.
    public let confirmedBy: String?

    public init(
        release: String,
        title: String,
        kind: Content.Kind,
        versionDay: Day?,
        article: String,
        anchor: String,
        quote: String,
        confirmedBy: String? = nil
    ) {
        (self.release, self.title, self.kind, self.versionDay) = (release, title, kind, versionDay)
        (self.article, self.anchor, self.quote, self.confirmedBy) = (article, anchor, quote, confirmedBy)
    }

    /// "《中华人民共和国专利法》（2020-10-17）第三条".
    public var citation: String { "《\(title)》" + (versionDay.map { "（\($0)）" } ?? "") + article }
}

/// A basis as a table or a form names it: a title, perhaps the text's day, an article.
public struct BasisName: Hashable, Sendable {
    public let title: String
    public let versionDay: Day?
    public let article: String

    public init(title: String, versionDay: Day? = nil, article: String) {
        (self.title, self.versionDay, self.article) = (title, versionDay, article)
    }

    /// Reads the cell of a table: 《专利法》（2020-10-17）第四十五条、第四十六条第一款. What stands after an article up to the
    /// next title is the quoted text, and is passed over.
    /// - Throws: a refusal for a cell without a title, or a title without an article.
    public static func read(_ cell: String) throws(Refusal) -> [BasisName] {
        var names: [BasisName] = []
        for part in cell.split(separator: "《").dropFirst(cell.hasPrefix("《") ? 0 : 1) {
            guard let end = part.firstIndex(of: "》") else {
                throw .invalid("bases", "依据“《\(part.prefix(30))”缺少“》”。", "The basis “《\(part.prefix(30))” has no closing 》.")
            }
            let title = String(part[..<end]).trimmed
            let rest = part[part.index(after: end)...]
            let articles = articles(of: rest)
            guard !articles.isEmpty else {
                throw .invalid("bases", "依据《\(title)》没有写明条款。", "The basis 《\(title)》 names no article.")
            }
            let day = day(of: rest)
            names += articles.map { BasisName(title: title, versionDay: day, article: $0) }
        }
        guard !names.isEmpty else {
            throw .invalid(
                "bases",
                "设定依据应写作《文件名称》第X条。",
                "Write a basis as 《title of the document》第X条."
            )
        }
        return names
    }

    /// The day in the parentheses right after the title.
    private static func day(of rest: Substring) -> Day? {
        guard let first = rest.first, first == "（" || first == "(" else { return nil }
        return Day(String(rest.dropFirst().prefix { $0 != "）" && $0 != ")" }))
    }

    /// The articles that stand right after the title: 第三条、第十条第一款和第十一条之一.
    private static func articles(of rest: Substring) -> [String] {
        var rest = rest
        if let first = rest.first, first == "（" || first == "(", let close = rest.firstIndex(where: { $0 == "）" || $0 == ")" }) {
            rest = rest[rest.index(after: close)...]
        }
        var articles: [String] = []
        while true {
            rest = rest.drop { $0.isWhitespace || "、，,和及以".contains($0) }
            guard rest.first == "第", let end = rest.firstIndex(of: "条") else { return articles }
            let number = rest[rest.index(after: rest.startIndex)..<end].filter { !$0.isWhitespace }
            guard !number.isEmpty, number.count < 12, number.allSatisfy({ numerals.contains($0) || $0.isASCII && $0.isNumber }) else {
                return articles
            }
            var article = "第" + (Int(number).map { ChineseNumeral.text(of: $0) } ?? number) + "条"
            rest = rest[rest.index(after: end)...]
            if rest.first == "之" {
                let suffix = rest.dropFirst().prefix { numerals.contains($0) }
                article += "之" + suffix
                rest = rest.dropFirst(1 + suffix.count)
            }
            // A paragraph or an item of the article: the article is what is rested on.
            while rest.first == "第", let unit = rest.firstIndex(where: { "款项目条".contains($0) }), rest[unit] != "条" {
                rest = rest[rest.index(after: unit)...]
            }
            if articles.last != article { articles.append(article) }
        }
    }

    private static let numerals: Set<Character> = Set("零〇一二三四五六七八九十百千两")
}
