import Core
import Foundation
import Hummingbird
import Index
import Records
import Storage
import WorkCalendar

/// Search over everything public: the page for people, and the same answers for software.
struct SearchPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("search", use: page)
        }
        router.get("api/v1/search", use: search)
        router.get("api/v1/suggest", use: suggest)
    }

    private func found(_ asked: Asked) async throws -> Findings {
        try await house.search(asked.question, at: asked.at, filter: asked.filter, limit: 20, offset: (asked.page - 1) * 20)
    }

    @Sendable private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = try Asked(request, today: house.world.now().beijingDay)
        let found = try await found(asked)
        let titles = try await titles(asked)
        let it = SearchPageView(asked, found, titles: titles, request, in: visit.language)
        let query = request.uri.query.map { "?\($0)" } ?? ""
        var frame = Frame(title: Text("检索", "Search").in(visit.language), path: request.uri.path + query)
        frame.question = asked.question
        return .page(try house.pages.html("search", it, words: .site, frame: frame, in: visit.language))
    }

    /// What the field offers while one types, without any script: titles that go on from the question, or the newest ones.
    private func titles(_ asked: Asked) async throws -> [String] {
        guard asked.question.isEmpty else {
            return try await house.suggestions(asked.question, at: asked.at).map(\.title)
        }
        return asked.at == nil ? try await house.releases.releases(Releases.Filter(), size: 12).releases.map(\.title) : []
    }

    @Sendable private func search(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = try asked(request)
        return try .json(SearchJSON(try await found(asked), question: asked.question, at: asked.at))
    }

    private struct SuggestJSON: Encodable {
        let suggestions: [Suggestion]

        struct Suggestion: Encodable {
            let title, number: String
        }
    }

    @Sendable private func suggest(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = try asked(request)
        let found = asked.question.isEmpty ? [] : try await house.suggestions(asked.question, at: asked.at)
        return try .json(SuggestJSON(suggestions: found.map { .init(title: $0.title, number: $0.number) }))
    }

    /// Software is told of a question that is too long; a person gets the answer to its beginning.
    private func asked(_ request: Request) throws(Refusal) -> Asked {
        let asked = try Asked(request, today: house.world.now().beijingDay)
        guard !asked.isCut else {
            throw .invalid("q", "检索词最多\(Asked.longest)个字。", "A question has at most \(Asked.longest) characters.")
        }
        return asked
    }
}

struct SearchPageView {
    let question, at, cut: String
    let total: Int
    let isEmpty, hasQuestion, isBlank, isCut, isAny, isDated, isGuessed, hasFacets: Bool
    let units, kinds: [Choice]
    let columns: [Choice]
    let year: String
    let titles: [String]
    let meant, meantHref, todayHref: String
    let facets: [SearchFacetView]
    let results: [SearchLine]
    let paging: Paging

    init(_ asked: Asked, _ found: Findings, titles: [String], _ request: Request, in language: Language) {
        (question, total, year, self.titles) = (asked.question, found.total, asked.year, titles)
        at = asked.at?.description ?? ""
        cut = "\(Asked.longest)"
        hasQuestion = !asked.question.isEmpty
        isBlank = hasQuestion && TextQuery.parse(asked.question).isEmpty
        isEmpty = hasQuestion && !isBlank && found.total == 0
        (isCut, isAny, isDated) = (asked.isCut, found.isAny && found.total > 0, asked.at != nil)
        (units, kinds) = (asked.units(in: language), asked.kinds(in: language))
        columns = Column.all.map { Choice(value: $0.slug, label: $0.name.in(language), selected: $0.slug == asked.filter.column) }
        meant = found.didYouMean ?? ""
        isGuessed = found.didYouMean != nil
        meantHref = request.address("q", found.didYouMean)
        todayHref = request.address("at", nil)
        let facets = Findings.Facet.allCases.compactMap { facet in
            found.facets[facet].map { SearchFacetView(facet, $0, chosen: asked.chosen(facet), request, in: language) }
        }
        self.facets = facets
        hasFacets = !facets.isEmpty
        results = found.results.map { SearchLine($0, asked.question, isAny: found.isAny, in: language) }
        paging = Paging(request, page: asked.page, size: 20, total: found.total)
    }
}

/// A facet with its values: each leads to the results that have it, the chosen one back to all.
struct SearchFacetView {
    let name: String
    let values: [Value]

    struct Value {
        let label, href: String
        let count: Int
        let isChosen: Bool
    }

    init(_ facet: Findings.Facet, _ counts: [Findings.Count], chosen: String?, _ request: Request, in language: Language) {
        name = facet.name.in(language)
        let shown = facet == .year ? counts.sorted { $0.value > $1.value } : counts
        values = shown.map { each in
            let isChosen = each.value == chosen
            return Value(
                label: facet.label(each.value, in: language),
                href: request.address(facet.rawValue, isChosen ? nil : each.value),
                count: each.count,
                isChosen: isChosen
            )
        }
    }
}

struct SearchLine {
    let href, number, kind, published, status, statusClass: String
    /// As HTML, escaped, with what was asked for marked.
    let title, excerpt: String

    init(_ found: Releases.Found, _ question: String, isAny: Bool, in language: Language) {
        href = "/\(language.rawValue)/releases/\(found.release)" + (found.anchor.isEmpty ? "" : "/articles/\(found.anchor)")
        title = Self.marked(found.title, question, isAny, length: 500) + (found.article.isEmpty ? "" : " " + HTML.escape(found.article))
        number = found.documentNumber ?? ""
        kind = found.kind.text.in(language)
        published = found.publishedOn.description
        status = Validity.text(of: found.status).in(language)
        statusClass = Validity.tone(of: found.status)
        excerpt = Self.marked(found.body, question, isAny, length: 120)
    }

    private static func marked(_ text: String, _ question: String, _ isAny: Bool, length: Int) -> String {
        Excerpt(of: text, for: question, isAny: isAny, length: length).pieces
            .map { $0.isMarked ? "<mark>\(HTML.escape($0.text))</mark>" : HTML.escape($0.text) }.joined()
    }
}

/// `{"results": [{"title", "article", "url", "excerpt", "status", …}], "total", "facets", "didYouMean", "isAny", "at"}`.
public struct SearchJSON: Encodable, Sendable {
    struct Line: Encodable, Sendable {
        let title, article, url, excerpt, publishedOn: String
        let status, documentNumber: String?

        private enum Key: String, CodingKey { case title, article, url, excerpt, status, documentNumber, publishedOn }

        /// All keys always stand there; no evidence of status is null.
        func encode(to encoder: any Encoder) throws {
            var row = encoder.container(keyedBy: Key.self)
            try row.encode(title, forKey: .title)
            try row.encode(article, forKey: .article)
            try row.encode(url, forKey: .url)
            try row.encode(excerpt, forKey: .excerpt)
            try row.encode(status, forKey: .status)
            try row.encode(documentNumber, forKey: .documentNumber)
            try row.encode(publishedOn, forKey: .publishedOn)
        }
    }

    let results: [Line]
    let total: Int
    let facets: [String: [Findings.Count]]
    let didYouMean: String?
    let isAny: Bool
    let at: Day?

    private enum Key: String, CodingKey { case results, total, facets, didYouMean, isAny, at }

    public init(_ found: Findings, question: String, at day: Day? = nil) {
        results = found.results.map {
            Line(
                title: $0.title,
                article: $0.article,
                url: "/zh/releases/\($0.release)" + ($0.anchor.isEmpty ? "" : "/articles/\($0.anchor)"),
                excerpt: Excerpt(of: $0.body, for: question, isAny: found.isAny).text,
                publishedOn: $0.publishedOn.description,
                status: $0.status,
                documentNumber: $0.documentNumber
            )
        }
        (total, didYouMean, isAny, at) = (found.total, found.didYouMean, found.isAny, day)
        facets = Dictionary(uniqueKeysWithValues: found.facets.map { ($0.key.rawValue, $0.value) })
    }

    public func encode(to encoder: any Encoder) throws {
        var answer = encoder.container(keyedBy: Key.self)
        try answer.encode(results, forKey: .results)
        try answer.encode(total, forKey: .total)
        try answer.encode(facets, forKey: .facets)
        try answer.encode(didYouMean, forKey: .didYouMean)
        try answer.encode(isAny, forKey: .isAny)
        try answer.encode(at, forKey: .at)
    }
}
