/// What becomes known when a new table of counts or amounts is laid beside all that is out.
public struct DifferenceReport: Sendable, Encodable {
    /// A hidden cell whose value can be worked out.
    public struct Disclosed: Sendable, Encodable {
        public let at: [String: String]
        /// The table that hides it.
        public let table: String
        /// Nil if it is settled but not written out.
        public let value: Double?
        /// The earlier releases that it takes.
        public let with: [String]
        /// The new table is not even needed.
        public let already: Bool
        public let sentence: Sentence
    }

    /// A hidden cell that is below the minimum for certain, or one of two neighbouring numbers; an amount known to a tenth.
    public struct Narrow: Sendable, Encodable {
        public let at: [String: String]
        public let table: String
        public let interval: CountsReport.Range
        public let with: [String]
        public let sentence: Sentence
    }

    /// A group below the minimum that no table prints, and that is left over when printed numbers are subtracted.
    public struct Small: Sendable, Encodable {
        public let group: Sentence
        public let value: Double
        public let with: [String]
        public let sentence: Sentence
    }

    /// A number that an earlier release gave differently, by less than the minimum: who came or went can be told.
    public struct Changed: Sendable, Encodable {
        public let at: [String: String]
        public let value: Double
        public let before: Double
        public let with: [String]
        public let sentence: Sentence
    }

    public let cells: Int
    /// Hidden cells of the new table.
    public let hidden: Int
    /// Cells of all earlier releases.
    public let published: Int
    public let disclosed: [Disclosed]
    public let narrow: [Narrow]
    public let small: [Small]
    public let changed: [Changed]
    /// The earlier releases that take part in any finding.
    public let with: [String]
    public let safe: Bool
    public let sentence: Sentence
    /// What could not be examined in full; empty if everything was.
    public let limits: [Sentence]
}

extension Mosaic {
    /// Lays a new table beside all tables that are out: every hidden number that the printed ones settle or nearly settle,
    /// and every small group left over between two printed numbers.
    ///
    /// - Parameters:
    ///   - new: the table as it would be printed, hidden cells by a mark such as *.
    ///   - published: everything that is out, whether withdrawn since or not.
    ///   - minimum: groups of fewer subjects are too small.
    /// - Throws: `MosaicRefused` for a minimum below 2.
    public static func difference(
        _ new: CellTable,
        against published: PublishedCells,
        minimum: Int = 3
    ) throws(MosaicRefused) -> DifferenceReport {
        guard minimum >= 2 else { throw MosaicRefused(zh: "最小频数至少为 2。", en: "The minimum frequency is at least 2.") }
        var difference = Difference(new, published, minimum: minimum)
        return difference.report()
    }
}
