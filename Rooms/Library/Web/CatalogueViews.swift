import Core
import Foundation
import Records
import WorkCalendar

/// A work in a list.
struct NormLine {
    let href, title, detail, day, status, tone: String

    /// - Parameter isDesk: leads to the desk's page of the work.
    init(_ line: Library.Line, query: String, in language: Language, isDesk: Bool = false) {
        href = "/\(language.rawValue)/\(isDesk ? "office/norms/works" : "norms")/\(line.id)\(query)"
        title = line.title
        detail = [line.documentNumber, line.issuer].compactMap(\.self).map { "\($0) · " }.joined()
        day = line.promulgated?.description ?? ""
        status = line.status.text.in(language)
        tone = line.status.tone
    }
}

struct CatalogueView {
    let title, question, at, csv: String
    let total: Int
    let isColumn, isPast: Bool
    let lines: [NormLine]
    let facets: [FacetView]
    let kept: [Hidden]
    let paging: Paging

    struct Hidden {
        let name, value: String
    }

    struct FacetView {
        let name: String
        let isChosen: Bool
        let chosen, clear: String
        let values: [Value]

        struct Value {
            let label, href: String
            let count: Int
        }
    }

    init(
        _ found: Library.Catalogue,
        _ filter: Library.Filter,
        at day: Day,
        today: Day,
        isColumn: Bool,
        title: Text,
        paging: Paging,
        in language: Language
    ) {
        (self.title, question, at) = (title.in(language), filter.words, day.description)
        (total, self.isColumn, isPast, self.paging) = (found.total, isColumn, day != today, paging)
        let query = day == today ? "" : "?at=\(day)"
        lines = found.lines.map { NormLine($0, query: query, in: language) }
        let base = "/\(language.rawValue)/norms" + (isColumn ? "/in-force" : "")
        var asked: [(String, String)] = []
        if !filter.words.isEmpty { asked.append(("q", filter.words)) }
        if day != today { asked.append(("at", day.description)) }
        if let status = filter.status, !isColumn { asked.append(("status", status.rawValue)) }
        if let topic = filter.topic { asked.append(("topic", topic)) }
        if let issuer = filter.issuer { asked.append(("issuer", issuer)) }
        if let year = filter.year { asked.append(("year", "\(year)")) }
        kept = asked.filter { $0.0 != "q" && $0.0 != "at" }.map { Hidden(name: $0.0, value: $0.1) }
        func address(_ changed: String, _ value: String?) -> String {
            let rest = asked.filter { $0.0 != changed } + (value.map { [(changed, $0)] } ?? [])
            let query = rest.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
            return base + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        }
        csv = "/api/v1/norms.csv" + (address("", nil).split(separator: "?").dropFirst().first.map { "?\($0)" } ?? "")
        facets = Library.Facet.allCases.filter { !isColumn || $0 != .status }.map { facet in
            let chosen = asked.first { $0.0 == facet.rawValue }?.1
            func label(_ value: String) -> String {
                facet == .status ? NormStatus(rawValue: value)?.text.in(language) ?? value : value
            }
            return FacetView(
                name: facet.text.in(language),
                isChosen: chosen != nil,
                chosen: chosen.map(label) ?? "",
                clear: address(facet.rawValue, nil),
                values: (found.counts[facet] ?? []).filter { $0.value != chosen }.prefix(facet == .status ? 6 : 12).map {
                    .init(label: label($0.value), href: address(facet.rawValue, $0.value), count: $0.count)
                }
            )
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Library.Facet {
    var text: Text {
        switch self {
        case .status: Text("效力",     "Status")
        case .topic:  Text("主题分类", "Topic")
        case .issuer: Text("发文机关", "Issuer")
        case .year:   Text("年份",     "Year")
        }
    }
}

/// What began, changed and ended between two days.
struct ChangesView {
    let from, to: String
    let coming, past: [Line]
    let hasComing, hasPast: Bool

    struct Line {
        let day, title, href, status, tone, before, proof: String
        let hasBefore: Bool

        init(_ change: Library.Change, in language: Language) throws {
            day = change.fromDay.description
            title = change.title
            href = "/\(language.rawValue)/norms/\(change.id)?at=\(change.fromDay)"
            let isText = change.before == change.status
            status = (isText ? Text("新文本施行", "A new text takes effect") : change.status.text).in(language)
            tone = change.status.tone
            before = change.before.map { $0.text.in(language) } ?? ""
            hasBefore = change.before != nil && !isText
            let evidence = try change.standing.evidence.first
            proof = evidence.map { "《\($0.document)》\($0.article ?? "")：\($0.sentence.replacing("\n", with: " ").prefix(160))" } ?? ""
        }
    }

    init(_ changes: [Library.Change], from: Day, to: Day, today: Day, in language: Language) throws {
        (self.from, self.to) = (from.description, to.description)
        coming = try changes.filter { $0.fromDay > today }.reversed().map { try Line($0, in: language) }
        past = try changes.filter { $0.fromDay <= today }.map { try Line($0, in: language) }
        (hasComing, hasPast) = (!coming.isEmpty, !past.isEmpty)
    }
}
