/// What one place of a release says of one subject: a row of a table, a paragraph of a reply, an entry of a gazette.
public struct Mention: Sendable, Hashable, Codable {
    public enum Source: String, Sendable, Hashable, Codable {
        case table, document, reply, gazette
    }

    public struct Fact: Sendable, Hashable, Codable {
        public let kind: FactKind
        public let digest: Digest

        public init(kind: FactKind, digest: Digest) { (self.kind, self.digest) = (kind, digest) }
    }

    public let release: String
    public let source: Source
    /// Where in the release: "row 12", "page 3".
    public let place: String
    public let facts: [Fact]

    /// The values are hashed at once; none is kept. Empty ones say nothing.
    public init(release: String, source: Source, place: String, facts: [(FactKind, String)], key: DossierKey) {
        self.release = release
        self.source = source
        self.place = place
        self.facts = facts.filter { !Canonical.text($0.1).isEmpty }.map { Fact(kind: $0.0, digest: key.digest($0.0, $0.1)) }
    }

    /// A mention as it was kept: its facts are digests already.
    public init(release: String, source: Source, place: String, facts: [Fact]) {
        (self.release, self.source, self.place, self.facts) = (release, source, place, facts)
    }

    /// One mention for each row of a table.
    ///
    /// - Parameter kinds: what each column says; columns that are not named say nothing.
    public static func rows(
        of table: Microdata,
        release: String,
        source: Source = .table,
        kinds: [String: FactKind],
        key: DossierKey
    ) throws(MosaicRefused) -> [Mention] {
        let columns = try table.columns(kinds.keys.sorted())
        return (0..<table.rows).map { row in
            let facts = columns.compactMap { column in
                kinds[column.name].map { ($0, column.codes[row] == column.missing ? "" : column.text(row)) }
            }
            return Mention(release: release, source: source, place: "row \(row + 1)", facts: facts, key: key)
        }
    }

    func digests(_ kind: FactKind) -> Set<Digest> { Set(facts.lazy.filter { $0.kind == kind }.map(\.digest)) }
}
