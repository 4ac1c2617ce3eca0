/// One paragraph of a document with its place in the structure.
public struct Block: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// The document's own title, or that of the text it issues.
        case title
        case documentNumber, addressees, signature, date
        case part, chapter, section
        /// A head line 一、 or `1.` (level 1), （一） or 1. under it (level 2 …): no sentence.
        case heading(level: Int)
        case article
        /// A numbered paragraph that says something: （一）…。
        case clause
        /// （一） within an article.
        case item
        /// `1.` within an item or clause.
        case subitem
        case paragraph
    }

    public let kind: Kind
    /// As printed, with its brackets and points; nil where the paragraph has none.
    public let number: String?
    public let ordinal: Int?
    /// The 一 of 第二十八条之一.
    public let suffix: Int?
    /// Stable address in the document: `art-28`, `clause-3`, `s-2`, `art-5-item-1`, `p-7`. Each stands once.
    public let anchor: String
    /// Without the number.
    public let text: String
    /// Lines of the text read, from 1.
    public let lines: ClosedRange<Int>
}
