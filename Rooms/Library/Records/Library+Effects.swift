import Core
import LegalText
import Storage
import WorkCalendar

/// What a document would do to others if it were released: each event with its sentence, and all that rests on what it ends.
extension Library {
    public struct Effects: Sendable, Equatable {
        public struct Change: Sendable, Equatable {
            public let kind: NormEvent.Kind
            /// The work meant; nil where none of that name is in the database.
            public let work: String?
            public let title, unit: String
            public let day: Day?
            public let articles: [String]
            public let evidence: NormEvent.Evidence
        }

        /// A work that cites what would be ended or replaced.
        public struct Dependent: Decodable, Sendable, Equatable {
            public let id, title: String
            public let unit: String?
            public let places: Int
        }

        public let changes: [Change]
        public let dependents: [Dependent]
        public let places: Int
        /// Names of powers and service guides that rest on what would be ended.
        public let matters: [String]
    }

    private static let changing: [Clause.Kind: NormEvent.Kind] = [
        .repeal: .repeal, .repealPartly: .repealPartly, .suspend: .suspend, .amend: .amend,
    ]

    /// Reads a document that is not public yet, and looks up what rests on the works that its clauses name.
    public func effects(of document: Document) async throws -> Effects {
        var record = NormRecord(id: document.key, title: document.title, text: document.body)
        (record.docNumber, record.issuer) = (document.documentNumber, document.issuer)
        record.issued = (document.writtenOn ?? world.now().beijingDay).description
        record.versionDate = record.issued
        let known = try await records.heads().filter { $0.id != document.key }
        let library = NormLibrary(heads: known + [NormHead(record)])
        guard let norm = library.reading(record), let place = library.place(of: document.key), let version = norm.versions.last else {
            return Effects(changes: [], dependents: [], places: 0, matters: [])
        }
        let units = try await database.read { db in
            try db.all(Unit.self, "SELECT id, unit FROM norm_work WHERE unit IS NOT NULL")
        }
        let unit = Dictionary(units.map { ($0.id, $0.unit) }) { first, _ in first }
        var changes: [Effects.Change] = []
        for clause in version.reading.clauses {
            guard let kind = Self.changing[clause.kind], let target = clause.target else { continue }
            var meant: Int?
            if case .work(let found) = library.meaning(of: target, in: place) { meant = found }
            guard meant != place else { continue }
            let day = clause.effective.day(promulgated: version.promulgated) ?? version.effective ?? version.promulgated
            let id = meant.map { library.heads[$0].id }
            changes.append(
                .init(
                    kind: kind,
                    work: id,
                    title: meant.map { library.heads[$0].title } ?? target.title ?? target.documentNumber ?? target.text,
                    unit: id.flatMap { unit[$0] } ?? "",
                    day: day,
                    articles: clause.references.map(\.text),
                    evidence: version.reading.evidence(of: clause, in: record, date: day)
                )
            )
        }
        let ended = Set(changes.filter { $0.kind == .repeal || $0.kind == .repealPartly }.compactMap(\.work)).sorted()
        let replaced = try await same(as: document.title, besides: document.key)
        return try await resting(on: ended + replaced, changes: changes, besides: document.key)
    }

    private struct Unit: Decodable, Sendable {
        let id, unit: String
    }

    /// The works that bear the title: those whose newer text the document would be.
    private func same(as title: String, besides key: String) async throws -> [String] {
        try await database.read { try $0.all(String.self, "SELECT id FROM norm_work WHERE title = \(title) AND id <> \(key)") }
    }

    /// What rests on some works today: places in texts in force, powers and guides.
    private func resting(on ids: [String], changes: [Effects.Change], besides key: String) async throws -> Effects {
        let day = world.now().beijingDay
        return try await database.read { db in
            let dependents = try db.all(
                Effects.Dependent.self,
                """
                SELECT norm_work.id, norm_work.title, norm_work.unit, count(*) AS places
                FROM norm_link JOIN norm_work ON norm_work.id = norm_link.work
                JOIN norm_force ON norm_force.work = norm_link.work AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day)
                    AND norm_force.version = norm_link.version
                WHERE norm_link.target IN (\(SQL.list(ids))) AND norm_link.is_clause = 0 AND norm_link.work <> \(key)
                    AND norm_link.work NOT IN (\(SQL.list(ids)))
                GROUP BY norm_work.id, norm_work.title, norm_work.unit ORDER BY places DESC, norm_work.title LIMIT 1000
                """
            )
            let matters = try db.all(
                String.self,
                """
                SELECT DISTINCT matter.code FROM matter JOIN matter_basis ON matter_basis.matter = matter.key
                JOIN release ON release.key = matter_basis.release
                WHERE release.work IN (\(SQL.list(ids))) ORDER BY matter.code
                """
            )
            return Effects(
                changes: changes,
                dependents: dependents,
                places: dependents.reduce(0) { $0 + $1.places },
                matters: matters
            )
        }
    }
}
