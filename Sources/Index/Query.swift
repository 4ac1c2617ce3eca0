/// What somebody looks for, on which day, with whose eyes.
public struct Query: Sendable, Hashable {
    /// As typed: terms that must all occur, `"phrases"`, alternatives with `OR` or `|`, `-` before what must not occur,
    /// `title:` (标题:), `number:` (文号:), `head:` or `text:` (正文:) before what must stand in that field.
    public var text: String
    /// The day on which the passages found hold, in days since 1970-01-01; nil for any day.
    public var at: Int?
    /// The classes of passages that the reader may see; nothing else is found, counted or suggested.
    public var visible: Set<UInt8>
    /// For each facet named, the values of which a passage must have one.
    public var filters: [String: Set<String>]
    public var mode: Mode
    public var counting: Counting
    public var limit: Int
    public var offset: Int

    public enum Mode: Sendable, Hashable {
        /// All terms; if nothing holds them all, any of their parts, asking words left out.
        case automatic
        case all
        /// Any pair of characters or word, ranked by how much of the question a passage holds.
        case any
    }

    /// What is counted beside the hits; counting looks at every match, so it is asked for.
    public enum Counting: Sendable, Hashable {
        case nothing
        /// The exact number of matches.
        case total
        /// The exact number of matches, and of matches for each value of each facet.
        case facets
    }

    public init(
        _ text: String,
        at: Int? = nil,
        visible: Set<UInt8> = [0],
        filters: [String: Set<String>] = [:],
        mode: Mode = .automatic,
        counting: Counting = .total,
        limit: Int = 10,
        offset: Int = 0
    ) {
        self.text = text
        self.at = at
        self.visible = visible
        self.filters = filters
        self.mode = mode
        self.counting = counting
        self.limit = limit
        self.offset = offset
    }
}

/// What was found.
public struct Answer: Sendable, Hashable {
    /// The best first; equal ones in the order of the index.
    public var hits: [Hit] = []
    /// The exact number of matches; nil when it was not asked for.
    public var total: Int?
    /// The matches for each value of each facet, the most frequent first.
    public var facets: [String: [FacetCount]] = [:]
    /// Whether parts of the question were enough, because nothing holds all of it.
    public var isAny = false

    public struct FacetCount: Sendable, Hashable {
        public let value: String
        public let count: Int
    }
}

/// A passage that was found.
public struct Hit: Sendable, Hashable {
    public let passage: Passage
    /// The higher the better; comparable within one answer.
    public let score: Double
}
