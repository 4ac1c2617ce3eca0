import Core
import Foundation
import LegalText
import Records
import WorkCalendar

/// A work's text on a day, with all that must be known of it.
struct NormView {
    let title, indexTitle, issuer, topic, number, promulgated, effective, until, status, tone, at, base, query: String
    let release, proof, hash, body: String
    let banners: [NormBanner]
    let proofs: [ProofLine]
    let notes: [String]
    let hasNotes, hasProofs, hasText, hasContents, isParted, hasSeveral: Bool
    let contents: [Place]
    let pages: [Page]
    let days: [Version]
    let bar: SpanBar
    let files: [Download]

    struct Place {
        let href, text: String
    }

    struct Page {
        let href, label: String
        let isHere: Bool
    }

    struct Version {
        let href, label: String
        let isHere: Bool
    }

    struct Download {
        let href, label: String
    }

    init(
        _ shown: NormPages.Shown,
        _ parts: [[Library.Part]],
        part: Int,
        links: [Library.Link],
        forces: [Library.Force],
        proofs: [ProofLine],
        in language: Language
    ) throws {
        let (work, text) = (shown.work, shown.text)
        title = work.title
        indexTitle = work.id
        (issuer, topic, number) = (work.issuer ?? "—", work.topic ?? "—", work.documentNumber ?? "—")
        promulgated = (text?.promulgated ?? work.promulgated)?.description ?? "—"
        effective = text?.effective?.description ?? "—"
        until = text.map { $0.isLast ? "—" : $0.untilDay.adding(-1).description } ?? "—"
        status = (shown.force?.status ?? .noEvidence).text.in(language)
        tone = (shown.force?.status ?? .noEvidence).tone
        at = shown.day.description
        let (base, query) = (shown.base, shown.query)
        (self.base, self.query) = (base, query)
        release = "/\(language.rawValue)/releases/\(work.release)"
        proof = "\(release)/proof"
        hash = text?.hash ?? ""
        banners = shown.banners(in: language)
        self.proofs = proofs
        let standing = try shown.force?.standing
        notes = (standing?.notes ?? []).map { $0.in(language) } + [try text?.remark?.in(language)].compactMap(\.self)
        (hasNotes, hasProofs, hasText) = (!notes.isEmpty, !proofs.isEmpty, text != nil)
        body = NormText(base, query: query, links: links, in: language).html(parts.isEmpty ? [] : parts[part - 1])
        func address(_ page: Int) -> String {
            let at = shown.day == shown.today ? "" : "at=\(shown.day)"
            let number = page == 1 ? "" : "part=\(page)"
            let asked = [at, number].filter { !$0.isEmpty }.joined(separator: "&")
            return base + (asked.isEmpty ? "" : "?\(asked)")
        }
        isParted = parts.count > 1
        pages = parts.indices.map { Page(href: address($0 + 1), label: "\($0 + 1)", isHere: $0 + 1 == part) }
        let headings = parts.enumerated().flatMap { place, page in
            page.filter { $0.kind == .heading && $0.path.count < 2 }.map { piece in
                Place(href: (place + 1 == part ? "" : address(place + 1)) + "#\(piece.anchor)", text: piece.body)
            }
        }
        contents = headings.count > 80 ? [] : headings
        hasContents = contents.count > 2
        days = shown.texts.map { other in
            let from = other.effective.map { "\($0)" } ?? "?"
            return Version(href: "\(base)?at=\(other.fromDay)", label: from, isHere: other.version == text?.version)
        }
        hasSeveral = days.count > 1
        bar = SpanBar(forces, base, at: shown.day, today: shown.today, in: language)
        files = NormFiles.formats.map { format in Download(href: "\(base).\(format.name)\(query)", label: format.label.in(language)) }
    }
}

/// One article at its address.
struct ArticleView {
    let work, number, body, base, query, at, status, tone, back: String
    let path: [String]
    let banners: [NormBanner]
    let history: [Wording]
    let cites: [LinkLine]
    let citing: [CitingLine]
    let total: Int
    let hasHistory, hasCites, hasCiting, hasMore: Bool
    let more: String

    /// The article in one of the texts.
    struct Wording {
        let label, number, href: String
        let isHere, isSame: Bool
        let runs: [DiffRun]
    }

    init(
        _ shown: NormPages.Shown,
        _ part: Library.Part,
        links: [Library.Link],
        history: [Library.Part],
        citing: (places: [Library.Citing], total: Int, works: Int),
        in language: Language
    ) {
        (work, number, path) = (shown.work.title, part.number, part.path)
        (base, query, at) = (shown.base, shown.query, shown.day.description)
        status = (shown.force?.status ?? .noEvidence).text.in(language)
        tone = (shown.force?.status ?? .noEvidence).tone
        back = "\(base)\(query)"
        body = NormText(base, query: query, links: links, in: language).linked(part)
            .split(separator: "\n").map { "<p>\($0.trimmingCharacters(in: .whitespaces))</p>" }.joined(separator: "\n")
        banners = shown.banners(in: language)
        var before: Library.Part?
        let base = shown.base
        self.history = history.map { wording in
            let text = shown.texts.first { $0.version == wording.version }
            let runs = before.map { WordDiff(from: $0.body, to: wording.body).runs.map(DiffRun.init) } ?? []
            defer { before = wording }
            return Wording(
                label: text?.effective?.description ?? "?",
                number: wording.number,
                href: "\(base)/articles/\(wording.anchor)?at=\(text?.fromDay ?? shown.day)",
                isHere: wording.version == part.version,
                isSame: before != nil && runs.allSatisfy { $0.isSame },
                runs: runs
            )
        }
        hasHistory = self.history.count > 1
        cites = links.map { LinkLine($0, query: shown.query, in: language) }
        self.citing = citing.places.map { CitingLine($0, query: shown.query, in: language) }
        total = citing.total
        (hasCites, hasCiting, hasMore) = (!cites.isEmpty, !citing.places.isEmpty, citing.total > citing.places.count)
        more = "\(base)/citations\(query)"
    }
}

/// A run of words that stayed, went or came.
struct DiffRun {
    let text: String
    let isSame, isRemoved, isAdded: Bool

    init(_ run: WordDiff.Run) {
        text = run.text
        (isSame, isRemoved, isAdded) = (run.kind == .same, run.kind == .removed, run.kind == .added)
    }
}

/// A citation in a list.
struct LinkLine {
    let place, placeHref, text, target, href, status, tone, drift, driftTone: String
    let hasTarget, hasDrift: Bool

    init(_ link: Library.Link, base: String = "", query: String, in language: Language) {
        place = link.number ?? Text("前言", "Preamble").in(language)
        placeHref = link.anchor.map { "\(base)/articles/\($0)\(query)" } ?? "\(base)\(query)"
        text = link.body
        hasTarget = link.target != nil
        href = link.target.map { NormText.href($0, link.targetArticle, query, language) } ?? ""
        if let title = link.targetTitle {
            target = title + (link.targetArticle.map { language == .zh ? $0 : " \($0)" } ?? "")
        } else if link.isAmbiguous {
            target = Text("名称有歧义，不作链接", "ambiguous: several works bear this title").in(language)
        } else {
            target = Text("未收录", "not in the database").in(language)
        }
        status = link.status?.text.in(language) ?? ""
        tone = link.status?.tone ?? ""
        switch link.drift {
        case .none, .unknown: (drift, driftTone, hasDrift) = ("", "", false)
        case .moved: (drift, driftTone, hasDrift) = (Text("条号已变", "the number now means another article").in(language), "warn", true)
        case .struck: (drift, driftTone, hasDrift) = (Text("该条已删去", "the article was struck").in(language), "bad", true)
        }
    }
}

struct CitingLine {
    let title, place, href, text, article, status, tone: String
    let isClause: Bool

    init(_ citing: Library.Citing, query: String, in language: Language) {
        (title, text, article) = (citing.title, citing.body, citing.targetArticle ?? "")
        place = citing.number ?? ""
        (status, tone) = (citing.status.text.in(language), citing.status.tone)
        let page = "/\(language.rawValue)/norms/\(citing.id)"
        href = citing.anchor.map { "\(page)/articles/\($0)\(query)" } ?? page + query
        isClause = citing.isClause == 1
    }
}

struct CitationsView {
    let work, base, query, at: String
    let banners: [NormBanner]
    let cites: [LinkLine]
    let citing: [CitingLine]
    let total, works: Int
    let hasCites, hasCiting: Bool
    let paging: Paging

    init(
        _ shown: NormPages.Shown,
        _ links: [Library.Link],
        _ citing: (places: [Library.Citing], total: Int, works: Int),
        paging: Paging,
        in language: Language
    ) {
        (work, base, query, at) = (shown.work.title, shown.base, shown.query, shown.day.description)
        banners = shown.banners(in: language)
        cites = links.prefix(300).map { LinkLine($0, base: shown.base, query: shown.query, in: language) }
        self.citing = citing.places.map { CitingLine($0, query: shown.query, in: language) }
        (total, works, self.paging) = (citing.total, citing.works, paging)
        (hasCites, hasCiting) = (!cites.isEmpty, !citing.places.isEmpty)
    }
}
