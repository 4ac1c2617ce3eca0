import WorkCalendar

/// All that one text says of itself and others: its tree, citations, clauses, short names and history.
public struct LawReading: Sendable {
    public let text: LawText
    /// In order of the text.
    public let citations: [Citation]
    public let clauses: [Clause]
    public let history: [HistoryLine]
    public let notes: [LawText.Note]

    /// Reads a text. `title` is its own (it decides what 本法 and 同名 mean), `titles` the works that are known: without
    /// them names that stand without 《》 are not found. Linear in the text; never refuses.
    public static func read(_ source: String, title: String? = nil, preamble: String? = nil, titles: Titles? = nil) -> LawReading {
        read(bytes: Array(source.utf8), title: title, preamble: preamble, titles: titles)
    }

    /// The same from bytes of UTF-8.
    public static func read(bytes: [UInt8], title: String? = nil, preamble: String? = nil, titles: Titles? = nil) -> LawReading {
        let text = LawText.read(bytes: bytes)
        return text.bytes.withUnsafeBufferPointer { buffer in
            var reader = CitationReader(buffer, text, titles, ownTitle: title)
            reader.run()
            var clauses = ClauseReader(bytes: buffer, law: text, citations: reader.citations, sentences: reader.sentences, ownTitle: title)
            clauses.run()
            clauses.amend(reader.amendments)
            let head = preamble ?? buffer.string(text.preamble.lowerBound..<min(text.preamble.upperBound, 20_000))
            return LawReading(
                text: text,
                citations: reader.citations,
                clauses: clauses.clauses,
                history: HistoryLine.read(head),
                notes: text.notes + reader.notes
            )
        }
    }
}
