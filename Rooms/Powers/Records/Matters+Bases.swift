import Core
import LegalText
import Storage
import WorkCalendar

/// How a basis is chosen: only among published documents, and only what may be rested on today.
extension Matters {
    /// A published text that a title finds, and how it stands today.
    public struct Candidate: Sendable {
        public let release: Release
        public let begins: Day
        public let standing: BasisStanding
    }

    /// Published texts whose title holds the words, those in force first; at most fifty.
    public func candidates(_ words: String) async throws -> [Candidate] {
        let today = world.now().beijingDay
        let asked = words.filter { !$0.isWhitespace && !"《》%_".contains($0) }
        guard !asked.isEmpty else { return [] }
        return try await database.read { db in
            let source = BasisSource(db: db)
            let keys = try db.all(
                String.self,
                "SELECT key FROM release WHERE title LIKE \("%\(asked)%") ORDER BY length(title), key DESC LIMIT 50"
            )
            let found = try keys.compactMap { key -> Candidate? in
                guard let text = try source.text(key) else { return nil }
                let standing = try source.standing(of: text, among: try source.texts(ofWorkOf: text.release), on: today)
                return Candidate(release: text.release, begins: text.begins, standing: standing)
            }
            return found.filter { $0.standing.status == .inForce } + found.filter { $0.standing.status != .inForce }
        }
    }

    /// The articles of a published text, to choose from.
    public func articles(of release: String) async throws -> (candidate: Candidate, articles: [Article]) {
        let today = world.now().beijingDay
        return try await database.read { db in
            let source = BasisSource(db: db)
            guard let text = try source.text(release) else { throw Refusal.notFound }
            let standing = try source.standing(of: text, among: try source.texts(ofWorkOf: text.release), on: today)
            return (Candidate(release: text.release, begins: text.begins, standing: standing), text.articles)
        }
    }

    /// Rests a draft on one more article.
    /// - Parameter isConfirmed: the person answers for a text of whose force there is no evidence.
    public func rest(
        _ key: String,
        version: Int,
        on release: String,
        article anchor: String,
        isConfirmed: Bool,
        by actor: Actor
    ) async throws {
        let role = try actor.acting(as: .disclosureOfficer, .drafter, or: Self.notYours)
        let now = world.now()
        try await database.write { db in
            let before = try editable(key, by: actor, in: db)
            let source = BasisSource(db: db)
            guard let text = try source.text(release) else { throw Refusal.notFound }
            let type = before.draft.type
            let basis = try chosen(text, { $0.anchor == anchor }, source, for: type, isConfirmed, on: now.beijingDay, by: actor)
            guard !before.draft.bases.contains(where: { $0.release == basis.release && $0.anchor == basis.anchor }) else {
                throw Refusal.invalid("bases", "该条已在依据之列。", "This article is among the bases already.")
            }
            var after = before.draft
            after.bases.append(basis)
            try write(after, over: before, version: version, in: db)
            try StepLog.write("rest", on: "matter/\(key)", by: actor, as: role, at: now, detail: basis.citation, in: db)
        }
    }

    /// Takes a basis away from a draft.
    public func drop(basis place: Int, of key: String, version: Int, by actor: Actor) async throws {
        let role = try actor.acting(as: .disclosureOfficer, .drafter, or: Self.notYours)
        let now = world.now()
        try await database.write { db in
            let before = try editable(key, by: actor, in: db)
            guard before.draft.bases.indices.contains(place) else { throw Refusal.notFound }
            var after = before.draft
            let gone = after.bases.remove(at: place)
            try write(after, over: before, version: version, in: db)
            try StepLog.write("dropBasis", on: "matter/\(key)", by: actor, as: role, at: now, detail: gone.citation, in: db)
        }
    }

    private static let notYours = Text("由承办人或者信息公开办选择依据。", "The drafter or the disclosure office chooses the basis.")

    private func editable(_ key: String, by actor: Actor, in db: any Connection) throws -> Matter {
        let matter = try matter(key, in: db)
        try requireUnit(actor, matter.unit)
        guard matter.state == .draft else { throw Refusal.outOfTurn }
        return matter
    }

    private func chosen(
        _ text: BasisSource.Published,
        _ isMeant: (Article) -> Bool,
        _ source: BasisSource,
        for type: PowerType?,
        _ isConfirmed: Bool,
        on day: Day,
        by actor: Actor
    ) throws -> Basis {
        let standing = try source.standing(of: text, among: try source.texts(ofWorkOf: text.release), on: day)
        try standing.check(text.release.title, for: type, isConfirmed: isConfirmed)
        guard let article = text.articles.first(where: isMeant) else {
            throw Refusal.invalid(
                "bases",
                "《\(text.release.title)》没有这一条。",
                "《\(text.release.title)》 has no such article."
            )
        }
        return Basis(
            release: text.release.key,
            title: text.release.title,
            kind: text.release.kind,
            versionDay: text.content.writtenOn,
            article: article.number,
            anchor: article.anchor,
            quote: article.text,
            confirmedBy: standing.status == .noEvidence ? actor.name.zh : nil
        )
    }

    /// The basis that a table names, chosen among published texts; refused with its reason.
    func resolve(
        _ name: BasisName,
        for type: PowerType?,
        isConfirmed: Bool,
        on day: Day,
        by actor: Actor,
        in db: any Connection
    ) throws -> Basis {
        let source = BasisSource(db: db)
        let texts = try source.texts(titled: name.title)
        guard !texts.isEmpty else {
            let law = Law.businessEnvironment(64).citation
            throw Refusal.invalid(
                "bases",
                "已公开的文件中没有《\(name.title)》，未经公布的不得作为依据（\(law.zh)）。",
                "No published document is called 《\(name.title)》; what is not published can not be a basis (\(law.en))."
            )
        }
        // The title as it is written comes before the one with 中华人民共和国 added or left out.
        let titles = texts.map(\.release.title)
        let title = titles.contains(name.title) ? name.title : titles[0]
        let meant = texts.filter { $0.release.title == title && (name.versionDay == nil || $0.content.writtenOn == name.versionDay) }
        guard let newest = meant.first else {
            throw Refusal.invalid(
                "bases",
                "《\(title)》没有\(name.versionDay?.description ?? "")的文本。",
                "《\(title)》 has no text of \(name.versionDay?.description ?? "")."
            )
        }
        guard Set(meant.map { "\($0.release.kind) \($0.content.issuer ?? "")" }).count == 1 else {
            throw Refusal.invalid(
                "bases",
                "名为《\(title)》的文件不止一件，请写明文本日期。",
                "More than one document is called 《\(title)》; write the text's day."
            )
        }
        let text = source.current(of: meant, on: day) ?? newest
        return try chosen(text, { $0.number == name.article }, source, for: type, isConfirmed, on: day, by: actor)
    }
}
