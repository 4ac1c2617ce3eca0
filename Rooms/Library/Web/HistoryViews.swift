import Core
import Foundation
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// How a work came to be, changed and ended: every event with its sentence.
struct HistoryView {
    let work, base, query, at, status, tone: String
    let bar: SpanBar
    let proofs: [ProofLine]
    let notes: [String]
    let hasNotes, hasSeveral: Bool
    let spans: [Span]
    let events: [Event]

    struct Span {
        let from, until, status, tone, href: String
    }

    struct Event {
        let day, kind, note, articles: String
        let applies, hasNote: Bool
        let proof: ProofLine
    }

    init(
        _ shown: NormPages.Shown,
        _ events: [NormEvent],
        _ forces: [Library.Force],
        linked: Set<String>,
        proofs: [ProofLine],
        notes: [Text],
        in language: Language
    ) {
        (work, base, query, at) = (shown.work.title, shown.base, shown.query, shown.day.description)
        status = (shown.force?.status ?? .noEvidence).text.in(language)
        tone = (shown.force?.status ?? .noEvidence).tone
        bar = SpanBar(forces, shown.base, at: shown.day, today: shown.today, in: language)
        (self.proofs, self.notes, hasNotes) = (proofs, notes.map { $0.in(language) }, !notes.isEmpty)
        hasSeveral = shown.texts.count > 1
        spans = forces.merged.drop { $0.status == .notYetInForce && $0.sinceDay == NormSpan.firstDay }.map { force in
            Span(
                from: force.sinceDay == NormSpan.firstDay ? "" : force.sinceDay.description,
                until: force.untilDay == NormSpan.never ? "" : force.untilDay.adding(-1).description,
                status: force.status.text.in(language),
                tone: force.status.tone,
                href: "\(shown.base)?at=\(force.sinceDay)"
            )
        }
        self.events = events.map { event in
            Event(
                day: event.day?.description ?? "—",
                kind: event.kind.text.in(language),
                note: event.note?.in(language) ?? "",
                articles: event.articles.joined(separator: "、"),
                applies: event.applies,
                hasNote: event.note != nil,
                proof: ProofLine(event.evidence, linked: linked, in: language)
            )
        }
    }
}

extension [Library.Force] {
    /// One for each status and text, without regard to what proves it.
    var merged: [Library.Force] {
        var merged: [Library.Force] = []
        for force in self {
            if let last = merged.last, last.sinceDay == force.sinceDay { merged.removeLast() }
            merged.append(force)
        }
        return merged
    }
}

/// Two texts of a work side by side, article by article; what only moved or changed its punctuation is the same.
struct CompareView {
    let work, base, fromLabel, toLabel, all: String
    let from, to: [Choice]
    let pairs: [Pair]
    let same, changed, renumbered, added, removed: Int
    let isAll: Bool
    let paging: Paging

    struct Pair {
        let older, newer, olderHref, newerHref, change, tone: String
        let old, new: [DiffRun]
        let isSame, hasOlder, hasNewer: Bool
    }

    /// So many bytes of words are shown on a page.
    private static let limit = 18_000

    init(
        _ shown: NormPages.Shown,
        from: Int,
        to: Int,
        old: [Library.Part],
        new: [Library.Part],
        isAll: Bool,
        page: Int,
        _ request: Request,
        in language: Language
    ) {
        (work, base, self.isAll) = (shown.work.title, shown.base, isAll)
        func label(_ version: Int) -> String {
            let text = shown.texts.first { $0.version == version }
            let day = text?.effective?.description ?? text?.promulgated?.description ?? "?"
            return Text("\(day)起施行的文本", "text in force from \(day)").in(language)
        }
        (fromLabel, toLabel) = (label(from), label(to))
        self.from = shown.texts.map { Choice(value: "\($0.version)", label: label($0.version), selected: $0.version == from) }
        self.to = shown.texts.map { Choice(value: "\($0.version)", label: label($0.version), selected: $0.version == to) }
        let days = Dictionary(shown.texts.map { ($0.version, $0.fromDay) }) { first, _ in first }
        let rows = Self.rows(old.filter { $0.kind == .article }, new.filter { $0.kind == .article })
        var counts: [Change: Int] = [:]
        var pages: [[Pair]] = [[]]
        var bytes = 0
        for row in rows {
            let runs = WordDiff(from: row.older?.body ?? "", to: row.newer?.body ?? "").runs.map(DiffRun.init)
            let change = Change(row.older, row.newer, isSame: runs.allSatisfy(\.isSame))
            counts[change, default: 0] += 1
            guard isAll || change != .same else { continue }
            bytes += runs.reduce(160) { $0 + $1.text.utf8.count * ($1.isSame ? 2 : 1) }
            if bytes > Self.limit, pages[pages.count - 1].isEmpty == false {
                pages.append([])
                bytes = 0
            }
            func href(_ part: Library.Part?) -> String {
                part.map { "\(shown.base)/articles/\($0.anchor)?at=\(days[$0.version] ?? shown.day)" } ?? ""
            }
            pages[pages.count - 1].append(
                Pair(
                    older: row.older?.number ?? "",
                    newer: row.newer?.number ?? "",
                    olderHref: href(row.older),
                    newerHref: href(row.newer),
                    change: change.text.in(language),
                    tone: change.tone,
                    old: runs.filter { !$0.isAdded },
                    new: runs.filter { !$0.isRemoved },
                    isSame: change == .same,
                    hasOlder: row.older != nil,
                    hasNewer: row.newer != nil
                )
            )
        }
        pairs = page <= pages.count ? pages[page - 1] : []
        paging = Paging(request, page: page, size: 1, total: pages.count)
        (same, changed) = (counts[.same] ?? 0, (counts[.changed] ?? 0) + (counts[.renumberedAndChanged] ?? 0))
        renumbered = (counts[.renumbered] ?? 0) + (counts[.renumberedAndChanged] ?? 0)
        (added, removed) = (counts[.added] ?? 0, counts[.removed] ?? 0)
        all = "\(shown.base)/compare?from=\(from)&to=\(to)" + (isAll ? "" : "&all")
    }

    enum Change {
        case same, changed, renumbered, renumberedAndChanged, added, removed

        init(_ older: Library.Part?, _ newer: Library.Part?, isSame: Bool) {
            guard let older else {
                self = .added
                return
            }
            guard let newer else {
                self = .removed
                return
            }
            let keeps = older.numberKey == newer.numberKey
            self = keeps ? (isSame ? .same : .changed) : isSame ? .renumbered : .renumberedAndChanged
        }

        // The columns are the point.
        // swift-format-ignore
        var text: Text {
            switch self {
            case .same:                 Text("相同",         "Same")
            case .changed:              Text("修改",         "Changed")
            case .renumbered:           Text("条号变动",     "Renumbered")
            case .renumberedAndChanged: Text("修改，条号变动", "Changed and renumbered")
            case .added:                Text("新增",         "Added")
            case .removed:              Text("删去",         "Struck")
            }
        }

        var tone: String {
            switch self {
            case .same, .renumbered: ""
            case .changed, .renumberedAndChanged: "warn"
            case .added: "good"
            case .removed: "bad"
            }
        }
    }

    /// Articles of one thread beside each other, in the newer text's order; what was struck stands where it stood.
    private static func rows(_ old: [Library.Part], _ new: [Library.Part]) -> [(older: Library.Part?, newer: Library.Part?)] {
        let places = Dictionary(old.enumerated().compactMap { place, part in part.thread.map { ($0, place) } }) { first, _ in first }
        let living = Set(new.compactMap(\.thread))
        var rows: [(older: Library.Part?, newer: Library.Part?)] = []
        var told = 0
        for part in new {
            let place = part.thread.flatMap { places[$0] }
            if let place, place >= told {
                for gone in old[told..<place] where !living.contains(gone.thread ?? -1) { rows.append((gone, nil)) }
                told = place + 1
            }
            rows.append((place.map { old[$0] }, part))
        }
        for gone in old.dropFirst(told) where !living.contains(gone.thread ?? -1) { rows.append((gone, nil)) }
        return rows
    }
}
