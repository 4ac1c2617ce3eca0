/// One place in the structure of a law: an 编, 章, 节, 条, 款, 项 or 目, an annex or a table, with its range in the text.
public struct Provision: Hashable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case part, subpart, chapter, section, article
        /// 一、 where a document is divided without 条.
        case clause
        /// 款: one line of an article that opens no item.
        case paragraph
        /// 项: （一）.
        case item
        /// 目: 1.
        case subitem
        case table, annex

        /// How deep it stands: what opens closes everything as deep or deeper.
        var depth: Int {
            switch self {
            case .annex: 0
            case .part: 1
            case .subpart: 2
            case .chapter: 3
            case .section: 4
            case .article, .clause: 5
            case .paragraph, .table: 6
            case .item: 7
            case .subitem: 8
            }
        }

        var sign: String {
            switch self {
            case .part: "part"
            case .subpart: "subpart"
            case .chapter: "ch"
            case .section: "sec"
            case .article: "art"
            case .clause: "s"
            case .paragraph: "p"
            case .item: "item"
            case .subitem: "point"
            case .table: "table"
            case .annex: "annex"
            }
        }
    }

    public let kind: Kind
    public let ordinal: Int
    /// The 一 of 第二十八条之一, the 1 of section 5.1.
    public let suffix: Int?
    /// 1, or 2, 3 … where the same number comes again.
    public let times: Int
    /// The provision it stands in, by its place in ``LawText/provisions``.
    public let parent: Int?
    /// From its number to the end of the last provision in it: bytes of UTF-8.
    public internal(set) var range: Range<Int>
    /// The byte where its words begin, after the number.
    public let start: Int
    /// Line of the text, from 1.
    public let line: Int
}

/// An article's number: 二十八 of 第二十八条, with the 一 of 之一.
public struct ArticleNumber: Hashable, Sendable, Comparable {
    public let ordinal: Int
    public let suffix: Int

    public init(_ ordinal: Int, _ suffix: Int = 0) {
        self.ordinal = ordinal
        self.suffix = suffix
    }

    /// Reads 第二十八条之一, 28, article 28, s. 28.1; nil where it is none.
    public init?(_ printed: String) {
        let all = Array(printed.utf8)
        let number: ArticleNumber? = all.withUnsafeBufferPointer { bytes in
            var at = bytes.pastBlanks(0)
            at = bytes.past("第", at) ?? at
            for word in ["article", "Article", "section", "Section", "art.", "Art.", "s."] as [StaticString] {
                at = bytes.past(word, at) ?? at
            }
            guard let (ordinal, end) = bytes.number(bytes.pastBlanks(at)), ordinal > 0 else { return nil }
            at = bytes.pastBlanks(end)
            at = bytes.past("条", at) ?? at
            guard let next = bytes.past("之", at) ?? bytes.past(".", at) ?? bytes.past("-", at) else {
                return bytes.pastBlanks(at) == bytes.count ? ArticleNumber(ordinal) : nil
            }
            guard let (suffix, last) = bytes.number(next), bytes.pastBlanks(last) == bytes.count else { return nil }
            return ArticleNumber(ordinal, suffix)
        }
        guard let number else { return nil }
        self = number
    }

    /// 第二十八条之一
    public var printed: String {
        "第\(ChineseNumeral.text(of: ordinal))条" + (suffix > 0 ? "之\(ChineseNumeral.text(of: suffix))" : "")
    }

    public static func < (one: ArticleNumber, other: ArticleNumber) -> Bool {
        (one.ordinal, one.suffix) < (other.ordinal, other.suffix)
    }
}
