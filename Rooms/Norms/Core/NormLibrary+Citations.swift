import LegalText
import WorkCalendar

/// A citation with what it means: the work, the text in force on the citing day, and whether its article still stands there.
public struct NormCitation: Codable, Equatable, Sendable {
    public struct Target: Codable, Equatable, Sendable {
        public let title: String
        public let article: String?
        public let id: String
        /// The day from which the text in force on the citing day counted; nil where that text is not held.
        public let version: Day?

        private enum CodingKeys: String, CodingKey { case title, article, id, version }

        /// Every key stands there; no article is null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(title, forKey: .title)
            try container.encode(article, forKey: .article)
            try container.encode(id, forKey: .id)
            try container.encode(version, forKey: .version)
        }
    }

    /// As printed.
    public let text: String
    /// nil where it names nothing known, or several.
    public let target: Target?
    public let kind: String
    /// The article it stands in; `preamble` before the first.
    public let place: String
    /// Whether the article named is gone or bears other words in the text now in force; nil where that can not be told.
    public let drift: Bool?
    public let note: String?
    /// What an ambiguous title may mean.
    public let candidates: [String]?

    private enum CodingKeys: String, CodingKey { case text, target, kind, place, drift, note, candidates }

    /// `target` and `drift` are written as null, not left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        try container.encode(target, forKey: .target)
        try container.encode(kind, forKey: .kind)
        try container.encode(place, forKey: .place)
        try container.encode(drift, forKey: .drift)
        try container.encodeIfPresent(note, forKey: .note)
        try container.encodeIfPresent(candidates, forKey: .candidates)
    }
}

extension NormLibrary {
    /// The works that a work's texts cite.
    public func cited(by place: Int) -> Set<Int> {
        guard let norm = norm(place) else { return [] }
        var found: Set<Int> = []
        for version in norm.versions {
            for citation in version.reading.citations {
                if case .work(let target) = meaning(of: citation, in: place), target != place { found.insert(target) }
            }
        }
        return found
    }

    /// The citations of a work's text in order. Works that they mean must be taken in, or drift can not be told.
    public func citations(of place: Int, version: Int? = nil, today: Day) -> [NormCitation] {
        guard let norm = norm(place), !norm.versions.isEmpty else { return [] }
        let text = norm.versions[version ?? norm.version(at: today) ?? norm.versions.count - 1]
        var lineages: [LineageKey: Lineage] = [:]
        return text.reading.citations.filter { !isHistory($0, of: norm, text) }.map { citation in
            resolved(citation, in: place, text, today: today, &lineages)
        }
    }

    /// Whether a citation only tells the work's own history: 国务院令第711号修订, 《…的决定》第四次修正.
    func isHistory(_ citation: Citation, of norm: Norm, _ text: Norm.Version) -> Bool {
        guard let preamble = norm.record.preamble, citation.article == nil, citation.range.upperBound <= preamble.utf8.count,
            text.text.hasPrefix(preamble)
        else { return false }
        return text.reading.history.contains { line in
            line.by != nil && line.by == citation.title || line.number != nil && line.number == citation.documentNumber
        }
    }

    struct LineageKey: Hashable {
        let norm: Int
        let from: Int
        let to: Int
    }

    private func resolved(
        _ citation: Citation,
        in place: Int,
        _ text: Norm.Version,
        today: Day,
        _ lineages: inout [LineageKey: Lineage]
    ) -> NormCitation {
        let stands = citation.article.map { text.reading.text.number(of: $0) } ?? "preamble"
        func answer(_ target: NormCitation.Target?, _ drift: Bool?, _ note: String?, _ candidates: [String]? = nil) -> NormCitation {
            NormCitation(
                text: citation.text,
                target: target,
                kind: citation.kind.rawValue,
                place: stands,
                drift: drift,
                note: note ?? citation.note,
                candidates: candidates
            )
        }
        switch meaning(of: citation, in: place) {
        case .unknown: return answer(nil, nil, "not in the database")
        case .ambiguous(let places):
            return answer(
                nil,
                nil,
                "several works bear this title",
                places.map { heads[$0].title + (heads[$0].issuer.map { "（\($0)）" } ?? "") }
            )
        case .work(let meant):
            let article = citation.reference?.article.map(\.printed)
            guard let norm = norm(meant) else {
                return answer(.init(title: heads[meant].title, article: article, id: heads[meant].id, version: nil), nil, nil)
            }
            let cited = text.promulgated ?? text.effective
            let then = meant == place ? norm.versions.firstIndex { $0.text == text.text } : cited.flatMap { norm.version(at: $0) }
            let target = NormCitation.Target(
                title: norm.title,
                article: article,
                id: norm.id,
                version: then.flatMap { norm.versions[$0].effective }
            )
            guard let number = citation.reference?.article else { return answer(target, false, nil) }
            if citation.kind == .internal, text.reading.text.article(number) == nil, !citation.text.hasPrefix("本") {
                // 第七十五条 in a text of twelve articles is another law's, named somewhere before.
                if meant == place { return answer(nil, nil, "this text has no \(number.printed): another law's may be meant") }
                // A deciding text speaks of the articles as they stood before it.
                if then == nil { return answer(target, nil, "the text in force on the citing day is not held") }
            }
            let (drift, note) = drift(of: number, norm, meant, then: then, now: meant == place ? then : norm.version(at: today), &lineages)
            return answer(target, drift, note)
        }
    }

    /// Whether an article cited then is another now.
    private func drift(
        of number: ArticleNumber,
        _ norm: Norm,
        _ place: Int,
        then: Int?,
        now: Int?,
        _ lineages: inout [LineageKey: Lineage]
    ) -> (Bool?, String?) {
        guard let now else { return (nil, "no text of it in force now is held") }
        let new = norm.versions[now].reading.text
        let stands = new.article(number)
        guard let then, then != now else {
            if stands == nil, !new.articles.isEmpty { return (true, "the text now in force has no \(number.printed)") }
            if then == nil { return (nil, "the text in force on the citing day is not held") }
            return (stands == nil ? nil : false, nil)
        }
        let old = norm.versions[then].reading.text
        guard let from = old.article(number), let oldPlace = old.articles.firstIndex(of: from) else {
            return (true, "the text in force on the citing day has no \(number.printed)")
        }
        let key = LineageKey(norm: place, from: then, to: now)
        let lineage = lineages[key] ?? Lineage(from: old, to: new)
        lineages[key] = lineage
        guard let pair = lineage.newer(of: oldPlace), let newPlace = pair.newer else {
            return (true, "\(number.printed) was struck")
        }
        let newNumber = new.articleNumber(of: new.articles[newPlace])
        if newNumber != number { return (true, "now \(newNumber.printed)") }
        return (false, pair.change == .same ? nil : "its words changed")
    }
}

/// What a work's coming into force does to others, and what rests on it.
public struct NormImpact: Codable, Equatable, Sendable {
    public struct Change: Codable, Equatable, Sendable {
        public let kind: String
        public let title: String
        /// nil where the work is not in the database.
        public let id: String?
        public let articles: [String]
        public let day: Day?
        public let evidence: NormEvent.Evidence
        public let note: String?
    }

    public struct Place: Codable, Equatable, Sendable {
        public let place: String
        public let text: String
        /// The title of the work meant.
        public let target: String
        public let article: String?
    }

    public struct Dependent: Codable, Equatable, Sendable {
        public let title: String
        public let id: String
        /// `cites`, or `rests on repealed` where what it cites is struck.
        public let relation: String
        public let places: [Place]
    }

    public let title: String
    public let on: Day
    public let changes: [Change]
    public let dependents: [Dependent]
    /// How many places of dependents there are.
    public let places: Int
}

extension NormLibrary {
    /// The works that a work's clauses strike or change.
    public func struck(by place: Int) -> Set<Int> {
        guard let norm = norm(place) else { return [] }
        var found: Set<Int> = []
        for version in norm.versions {
            for clause in version.reading.clauses {
                guard let target = clause.target, [.repeal, .repealPartly, .suspend].contains(clause.kind) else { continue }
                if case .work(let meant) = meaning(of: target, in: place), meant != place { found.insert(meant) }
            }
        }
        return found
    }

    /// What a work changes, and the works that cite it or what it strikes. Complete where all that mention them are taken in.
    public func impact(of place: Int, on day: Day) -> NormImpact? {
        guard let norm = norm(place), let version = norm.version(at: day).map({ norm.versions[$0] }) ?? norm.versions.last else {
            return nil
        }
        var changes: [NormImpact.Change] = []
        var struck: Set<Int> = []
        for clause in version.reading.clauses {
            guard let target = clause.target else { continue }
            guard [.repeal, .repealPartly, .suspend, .amend, .repealOlder].contains(clause.kind) else { continue }
            var meant: Int?
            if case .work(let found) = meaning(of: target, in: place) { meant = found }
            let start = clause.effective.day(promulgated: version.promulgated) ?? version.effective ?? version.promulgated
            if let meant, meant != place, clause.kind == .repeal { struck.insert(meant) }
            changes.append(
                .init(
                    kind: clause.kind.rawValue,
                    title: meant.map { heads[$0].title } ?? target.title ?? target.documentNumber ?? target.text,
                    id: meant.map { heads[$0].id },
                    articles: clause.references.map(\.text),
                    day: start,
                    evidence: version.reading.evidence(of: clause, in: norm.record, date: start),
                    note: meant == nil ? "not in the database" : clause.note
                )
            )
        }
        let wanted = struck.union([place])
        var dependents: [NormImpact.Dependent] = []
        for other in held where !wanted.contains(other) {
            guard let citing = self.norm(other), let text = citing.version(at: day).map({ citing.versions[$0] }) ?? citing.versions.last
            else {
                continue
            }
            if let dependent = dependent(citing, other, text, on: place, struck: struck) { dependents.append(dependent) }
        }
        return NormImpact(
            title: norm.title,
            on: day,
            changes: changes,
            dependents: dependents.sorted { ($0.places.count, $1.title) > ($1.places.count, $0.title) },
            places: dependents.reduce(0) { $0 + $1.places.count }
        )
    }

    private func dependent(_ citing: Norm, _ other: Int, _ text: Norm.Version, on place: Int, struck: Set<Int>) -> NormImpact.Dependent? {
        var places: [NormImpact.Place] = []
        var rests = false
        for citation in text.reading.citations where citation.kind != .internal {
            guard case .work(let meant) = meaning(of: citation, in: other), meant == place || struck.contains(meant) else { continue }
            // A repeal of the same old law is no reliance on it.
            if text.reading.clauses.contains(where: { $0.target?.range == citation.range && $0.kind != .amend }) { continue }
            rests = rests || struck.contains(meant)
            places.append(
                .init(
                    place: citation.article.map { text.reading.text.number(of: $0) } ?? "preamble",
                    text: citation.text,
                    target: heads[meant].title,
                    article: citation.reference?.article?.printed
                )
            )
        }
        guard !places.isEmpty else { return nil }
        return .init(title: citing.title, id: citing.id, relation: rests ? "rests on repealed" : "cites", places: places)
    }
}
