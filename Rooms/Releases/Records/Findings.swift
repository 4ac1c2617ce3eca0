/// What a search found: a page of passages, how many there are in all, and what they can be narrowed by.
public struct Findings: Sendable {
    public let results: [Releases.Found]
    /// The exact number, over all pages.
    public let total: Int
    /// For each facet the exact number of passages found of each of its values, the most frequent first; empty where none were counted.
    public var facets: [Facet: [Count]] = [:]
    /// Whether parts of the question were enough, because nothing holds all of it.
    public var isAny = false
    /// What a question that finds nothing may have meant; it finds something.
    public var didYouMean: String?

    public init(results: [Releases.Found], total: Int) {
        (self.results, self.total) = (results, total)
    }

    public struct Count: Equatable, Encodable, Sendable {
        public let value: String
        public let count: Int
    }

    /// By what a result can be narrowed.
    public enum Facet: String, CaseIterable, Sendable {
        case column
        case unit
        case kind
        case year
    }
}
