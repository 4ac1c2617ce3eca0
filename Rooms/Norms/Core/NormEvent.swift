import WorkCalendar

/// Something that changes a work's force on a day, with the sentence that proves it.
public struct NormEvent: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case adopt, promulgate, commence, commencePartly, amend, repealOlder, repealPartly, suspend, override, expire, repeal
        /// What a source says of the work, without the clause that made it so.
        case attest
    }

    /// Where it is written.
    public struct Evidence: Codable, Hashable, Sendable {
        /// The document's title, or the source's name.
        public var document: String
        /// The document's address, where it is in the database.
        public var id: String?
        public var article: String?
        public var sentence: String
        /// The day from which the sentence counts; nil where it is not known.
        public var date: Day?

        public init(document: String, id: String? = nil, article: String? = nil, sentence: String, date: Day? = nil) {
            (self.document, self.id, self.article, self.sentence, self.date) = (document, id, article, sentence, date)
        }

        /// Every key is written, as null where nothing is known.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(document, forKey: .document)
            try container.encode(article, forKey: .article)
            try container.encode(sentence, forKey: .sentence)
            try container.encode(date, forKey: .date)
            try container.encodeIfPresent(id, forKey: .id)
        }

        private enum CodingKeys: String, CodingKey { case document, id, article, sentence, date }
    }

    public let kind: Kind
    /// The day it takes effect; nil where no text says.
    public let day: Day?
    public let evidence: Evidence
    /// The articles it concerns, as printed; empty where all.
    public let articles: [String]
    /// What is odd about it, or why it changes nothing.
    public let note: Text?
    /// Whether it changes the force of the work: an event that is only told does not.
    public let applies: Bool

    public init(_ kind: Kind, on day: Day?, evidence: Evidence, articles: [String] = [], note: Text? = nil, applies: Bool = true) {
        (self.kind, self.day, self.evidence, self.articles) = (kind, day, evidence, articles)
        (self.note, self.applies) = (note, applies)
    }

    /// Events in time; on one day a text begins before it is changed, and is changed before it ends.
    public static func inOrder(_ events: [NormEvent]) -> [NormEvent] {
        events.sorted { one, other in
            let (first, second) = (one.day?.ordinal ?? Int.max, other.day?.ordinal ?? Int.max)
            if first != second { return first < second }
            if one.kind != other.kind { return one.kind.turn < other.kind.turn }
            return (one.evidence.document, one.evidence.sentence) < (other.evidence.document, other.evidence.sentence)
        }
    }
}

extension NormEvent.Kind {
    /// Which comes first of two on one day.
    var turn: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How a work stands on a day.
public enum NormStatus: String, Codable, Sendable {
    case notYetInForce, inForce, amended, expired, repealed, noEvidence
}

/// The answer for a day, with what proves it.
public struct NormStanding: Codable, Equatable, Sendable {
    public let status: NormStatus
    public let evidence: [NormEvent.Evidence]
    /// What a reader must know of the answer: a presumption, an order of events, a text that is not held.
    public let notes: [Text]
}
