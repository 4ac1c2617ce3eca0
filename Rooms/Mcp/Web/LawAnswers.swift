import Core
import Foundation
import Index
import LegalText
import Records
import WorkCalendar

/// Answers what assistants ask of law and of the office's documents: only what is public, as of a day.
struct LawAnswers: Sendable {
    let house: House
    let titles: TitleShelf

    init(_ house: House) {
        self.house = house
        titles = TitleShelf(house.library)
    }

    var today: Day { house.world.now().beijingDay }

    /// A text longer than this, in characters, is answered by its list of articles.
    private static let longest = 20_000

    // MARK: search

    func search(_ question: String, at day: Day?, limit: Int) async throws -> McpAnswer.Search {
        if let day, day > today { throw ToolRefusal("\(day) is yet to come: what is public then is not known.") }
        let found = try await house.search(question, at: day, limit: limit)
        var lines: [McpAnswer.Search.Line] = []
        for each in found.results {
            let (release, content) = try await house.releases.release(each.release)
            guard Visibility.isPublic(release) else { continue }
            let work = try await house.library.work(ofRelease: each.release)
            lines.append(
                .init(
                    title: each.title,
                    article: each.article,
                    excerpt: Excerpt(of: each.body, for: question, isAny: found.isAny, length: 240).text,
                    url: address(of: release.key, each.anchor),
                    documentNumber: each.documentNumber,
                    publishedOn: each.publishedOn,
                    status: try await work.mapAsync { try await house.library.force(of: $0.id, at: day ?? today)?.status } ?? nil,
                    proof: proof(of: release, holdsThisText: content.body.contains(each.body))
                )
            )
        }
        return .init(results: lines, total: found.total, at: day ?? today, didYouMean: found.didYouMean)
    }

    // MARK: articles

    func article(_ asked: String?, of title: String, at day: Day?) async throws -> McpAnswer.Article {
        let work = try await found(title)
        let (day, standing) = (day ?? today, try await work.standing(at: day ?? today, in: house.library))
        let texts = try await house.library.texts(of: work.line.id)
        let text = try await work.text(at: day, among: texts, in: house.library)
        if text == nil, asked != nil { throw ToolRefusal("\(work.line.title): the text in force on \(day) is not held.") }
        let parts = try await text.mapAsync { try await house.library.parts(of: work.line.id, version: $0.version) } ?? []
        let content = try await house.releases.release(work.line.release).content
        let wanted = try asked.map { try Self.parts($0, parts, "\(work.line.title) on \(day)") }
        let whole = parts.filter { !$0.body.isEmpty && $0.kind != .heading }
        let isShort = whole.reduce(0) { $0 + $1.body.count } <= Self.longest
        let shown = wanted ?? whole
        let lines = shown.map { part in
            McpAnswer.Article.Line(
                number: part.number,
                headings: part.path,
                text: isShort || wanted != nil ? part.body : nil,
                url: address(ofWork: work.line.id, part, at: text.flatMap { work.edition == nil ? day : $0.fromDay } ?? day)
            )
        }
        let released = FoldedText(content.body)
        return .init(
            title: work.line.title,
            id: work.line.id,
            documentNumber: work.line.documentNumber,
            issuer: work.line.issuer,
            at: day,
            status: standing.status,
            evidence: standing.evidence,
            notes: standing.notes,
            version: text.map(McpAnswer.Version.init),
            upcoming: texts.first { $0.effective.map { $0 > day } ?? false }.map(McpAnswer.Version.init),
            articles: lines,
            isWhole: wanted == nil && isShort && text != nil,
            url: address(ofWork: work.line.id, at: day),
            proof: proof(
                of: work,
                holdsThisText: !shown.isEmpty && shown.allSatisfy { part in released.firstRange(of: FoldedText(part.body)) != nil }
            )
        )
    }

    private static func parts(_ asked: String, _ parts: [Library.Part], _ title: String) throws -> [Library.Part] {
        let key = ArticleNumber(asked)?.printed
        let found = parts.filter { $0.kind == .article && ($0.numberKey == key || $0.number == asked) }
        guard !found.isEmpty else {
            let numbers = parts.filter { $0.kind == .article }.map(\.number)
            let range = numbers.isEmpty ? "It has no articles." : "It has \(numbers.first ?? "") to \(numbers.last ?? "")."
            throw ToolRefusal("\(title): there is no \(asked). \(range)")
        }
        return found
    }

    // MARK: what cites it

    func citing(_ title: String, article: String?, at day: Day?, limit: Int) async throws -> McpAnswer.Citing {
        let (work, day) = (try await found(title), day ?? today)
        let key = try article.map { asked in
            guard let number = ArticleNumber(asked) else { throw RemoteFault(.params, "article is a number such as 第二十八条 or 28.") }
            return number.printed
        }
        let found = try await house.library.citing(work.line.id, article: key, at: day, limit: limit)
        var places: [McpAnswer.Citing.Place] = []
        for each in found.places {
            places.append(
                .init(
                    title: each.title,
                    id: each.id,
                    article: each.number,
                    words: each.body,
                    citedArticle: each.targetArticle,
                    isClause: each.isClause == 1,
                    status: each.status,
                    url: address(ofWork: each.id, anchor: each.number == nil ? nil : each.anchor, at: day)
                )
            )
        }
        return .init(
            title: work.line.title,
            id: work.line.id,
            article: key,
            at: day,
            status: try await work.standing(at: day, in: house.library).status,
            total: found.total,
            works: found.works,
            places: places,
            proof: proof(of: work, holdsThisText: true)
        )
    }

    // MARK: which work

    /// A public work that a title means, and the text of it that the title names where it names one.
    struct Meant: Sendable {
        let line: Library.Work
        let release: Release
        let edition: Day?

        func standing(at day: Day, in library: Library) async throws -> NormStanding {
            if let edition, let record = try await library.record(of: line.id) {
                return NormForce.standing(of: Norm(record), events: try await library.events(of: line.id), at: day, edition: edition)
            }
            guard let force = try await library.force(of: line.id, at: day) else {
                throw ToolRefusal("Nothing is told of any work before \(NormSpan.firstDay).")
            }
            return try force.standing
        }

        func text(at day: Day, among texts: [Library.Text], in library: Library) async throws -> Library.Text? {
            if let edition, let named = texts.first(where: { $0.promulgated == edition }) { return named }
            let version = Library.version(try await library.force(of: line.id, at: day), texts, at: day)
            return texts.first { $0.version == version }
        }
    }

    func found(_ title: String) async throws -> Meant {
        let known = try await titles.current()
        let place: Int
        let number: String?
        switch known.find(title) {
        case .work(let found, let named): (place, number) = (found, named)
        case .ambiguous(let places): throw refusal("Several works bear the title \(title): give the document number.", places, known)
        case .unknown(let near): throw refusal("No public work bears the title \(title).", near, known)
        }
        let work = try await house.library.work(known.heads[place].id)
        var edition: Day?
        if number != nil || TitleKey(title).versionYear != nil, let record = try await house.library.record(of: work.id) {
            edition = Norm(record).edition(named: title, number: number)
        }
        return try await meant(work, edition: edition)
    }

    func meant(_ work: Library.Work, edition: Day? = nil) async throws -> Meant {
        let (release, _) = try await house.releases.release(work.release)
        // What was withdrawn a moment ago answers no more, whatever is still kept of it.
        guard Visibility.isPublic(release) else { throw Refusal.notFound }
        return Meant(line: work, release: release, edition: edition)
    }

    private func refusal(_ sentence: String, _ places: [Int], _ known: NormLibrary) -> ToolRefusal {
        ToolRefusal(
            sentence,
            places.prefix(20).map { place in
                let head = known.heads[place]
                return .init(
                    title: head.title,
                    issuer: head.issuer,
                    issued: head.issued ?? head.versionDate,
                    documentNumber: head.docNumber
                )
            }
        )
    }

    // MARK: addresses and proofs

    func address(of release: String, _ anchor: String = "") -> String {
        let place = anchor.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "."])) ?? ""
        return "\(house.site)/zh/releases/\(release)" + (place.isEmpty ? "" : "/articles/\(place)")
    }

    /// The permanent address of a work, or of one of its articles, as it was on a day.
    func address(ofWork id: String, anchor: String? = nil, at day: Day) -> String {
        "\(house.site)/zh/norms/\(id)" + (anchor.map { "/articles/\($0)" } ?? "") + "?at=\(day)"
    }

    func address(ofWork id: String, _ part: Library.Part, at day: Day) -> String {
        address(ofWork: id, anchor: part.kind == .article && !part.anchor.isEmpty ? part.anchor : nil, at: day)
    }

    func proof(of work: Meant, holdsThisText: Bool) -> McpAnswer.Proof { proof(of: work.release, holdsThisText: holdsThisText) }

    func proof(of release: Release, holdsThisText: Bool) -> McpAnswer.Proof {
        .init(
            release: release.key,
            leaf: release.leaf,
            contentHash: release.content,
            publishedOn: release.publishedOn,
            releaseUrl: address(of: release.key),
            leafUrl: "\(house.site)/log/leaf/\(release.leaf)",
            inclusionUrl: "\(house.site)/log/proof/inclusion?leaf=\(release.leaf)",
            holdsThisText: holdsThisText
        )
    }
}
