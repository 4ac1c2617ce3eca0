/// Something that a reader may not see, why, and by which article.
public struct Withheld: Codable, Hashable, Sendable {
    /// A box on a page, in points from the top left.
    public struct Box: Codable, Hashable, Sendable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double

        public init(x: Double, y: Double, width: Double, height: Double) {
            (self.x, self.y, self.width, self.height) = (x, y, width, height)
        }
    }

    /// Withheld wherever it occurs, whatever its spacing or width of letters.
    public var text: String?
    /// Counted from 1; with `box`, for PDF only.
    public var page: Int?
    public var box: Box?
    public var reason: String
    /// As printed for the reader: `条例第十五条`.
    public var article: String

    public init(text: String? = nil, page: Int? = nil, box: Box? = nil, reason: String, article: String) {
        (self.text, self.page, self.box, self.reason, self.article) = (text, page, box, reason, article)
    }
}
