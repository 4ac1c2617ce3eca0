import WorkCalendar

/// A place in a text that points at a law or an article: what it says, where it stands, what it names.
public struct Citation: Hashable, Sendable {
    public enum Kind: String, Codable, Sendable {
        /// 《中华人民共和国专利法》第二十八条
        case titled
        /// 专利法第二十八条
        case bare
        /// 《解释》 or 民法典 where the text says 以下简称
        case alias
        /// 本法第二条, 前款, 第三条 of the text itself
        case `internal`
        /// 国发〔2019〕5号
        case documentNumber
        /// 该法第三条
        case anaphoric
    }

    /// An article, or a part of one, as a citation names it.
    public struct Reference: Hashable, Sendable {
        public var article: ArticleNumber?
        public var paragraph: Int?
        public var item: Int?
        public var subitem: Int?
        /// The last article of a range (第三条至第五条).
        public var last: ArticleNumber?
        /// As printed: 第二十八条第一款.
        public var text = ""
    }

    /// As printed, with the article.
    public let text: String
    /// Bytes of UTF-8 in the text read.
    public let range: Range<Int>
    /// The article it stands in, by its place in ``LawText/provisions``; nil in preambles and annexes.
    public let article: Int?
    public let kind: Kind
    /// The title it names, without 《》; of an alias, what the alias stands for; nil where it names none.
    public let title: String?
    /// Who issued what it names, where it says so.
    public let issuer: String?
    /// Normalised, where it gives one.
    public let documentNumber: String?
    /// The day of the text it names (1993年7月25日公布的), where it says so.
    public let dated: Day?
    public let reference: Reference?
    /// The works a bare name means, by their place in the list ``Titles`` was made of.
    public let works: [Int]
    /// Why it is not clear what it means.
    public let note: String?
}
