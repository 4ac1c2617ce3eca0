import Core
import HTTPTypes
import LegalText
import MerkleLog
import Records
import WorkCalendar

/// The lists and items of powers as their pages show them: plain words, nothing left to work out.
struct PowerListView {
    let lists, types, units: [Choice]
    let groups: [Group]
    let total: Int
    let isEmpty, isDesk, mayWrite, isFlagged: Bool

    struct Group {
        let name: String
        let lines: [PowerLine]
    }

    /// - Parameter own: the unit of whoever reads at the desk; its matters come first.
    init(
        _ entries: [Matters.Entry],
        _ filter: Matters.Filter,
        isDesk: Bool,
        own: String = "",
        mayWrite: Bool = false,
        in language: Language
    ) {
        (self.isDesk, self.mayWrite, isFlagged) = (isDesk, mayWrite, filter.isFlagged)
        lists = Matter.Sort.allCases.map { .init(value: $0.rawValue, label: $0.text.in(language), selected: $0 == filter.sort) }
        types = PowerType.allCases.map { .init(value: $0.rawValue, label: $0.text.in(language), selected: $0 == filter.type) }
        units = UnitNames.units.map {
            .init(value: $0.code, label: language == .zh ? $0.zh : $0.en, selected: $0.code == filter.unit)
        }
        total = entries.count
        isEmpty = entries.isEmpty
        // The desk reads by unit, the public by type.
        var groups: [Group] = []
        let lines = entries.map { PowerLine($0, isDesk: isDesk, in: language) }
        let ownName = UnitNames.name(of: own, in: language)
        func place(_ line: PowerLine) -> (Int, String, String) { (line.unit == ownName ? 0 : 1, line.unit, line.code) }
        for line in isDesk ? lines.sorted(by: { place($0) < place($1) }) : lines {
            let name = isDesk ? line.unit : line.type
            if let place = groups.firstIndex(where: { $0.name == name }) {
                groups[place] = Group(name: name, lines: groups[place].lines + [line])
            } else {
                groups.append(Group(name: name, lines: [line]))
            }
        }
        self.groups = groups
    }
}

struct PowerLine {
    let href, code, name, type, unit, bases, state, tone: String
    let flags: [FlagLine]
    let hasFlags: Bool

    init(_ entry: Matters.Entry, isDesk: Bool, in language: Language) {
        let matter = entry.matter
        let text = isDesk ? matter.draft : matter.watched
        code = matter.code
        href = isDesk ? "/\(language.rawValue)/office/powers/\(matter.key)" : "/\(language.rawValue)/powers/\(matter.code)"
        name = text.name(in: language)
        type = text.type?.text.in(language) ?? matter.sort.text.in(language)
        unit = UnitNames.name(of: text.unit, in: language)
        var (bases, last) = ("", "")
        for basis in text.bases {
            bases += basis.title == last ? "、\(basis.article)" : (last.isEmpty ? "" : "；") + "《\(basis.title)》\(basis.article)"
            last = basis.title
        }
        self.bases = bases
        state = matter.state.text.in(language)
        tone = matter.state == .published ? "good" : "warn"
        flags = entry.flags.map { FlagLine($0, in: language) }
        hasFlags = !flags.isEmpty
    }
}

struct FlagLine {
    let kind, basis, text, since, tone: String

    init(_ flag: Matters.Flagged, in language: Language) {
        kind = flag.kind.text.in(language)
        (basis, text, since) = (flag.basis, flag.text.in(language), flag.since.description)
        tone = flag.kind.isGrave ? "bad" : "warn"
    }
}

/// One article that an item rests on, with its words and its address.
struct BasisLine {
    let href, citation, quote, confirmed, dropAction: String
    let isConfirmed: Bool
    let flags: [FlagLine]

    init(_ basis: Basis, place: Int, action: String, flags: [Matters.Flagged], in language: Language) {
        href = "/\(language.rawValue)/releases/\(basis.release)/articles/\(basis.anchor)"
        (citation, quote) = (basis.citation, basis.quote)
        (confirmed, isConfirmed) = (basis.confirmedBy ?? "", basis.confirmedBy != nil)
        dropAction = "\(action)/bases/\(place)/drop"
        self.flags = flags.filter { $0.basis == basis.citation }.map { FlagLine($0, in: language) }
    }
}

/// A public item with everything that the law wants known of it.
struct PowerView {
    let name, code, type, unit, publishedOn, hash, list: String
    let elements: [Element]
    let bases: [BasisLine]
    let flags: [FlagLine]
    let hasFlags: Bool

    struct Element {
        let head, text, law: String
    }

    init?(_ entry: Matters.Entry, in language: Language) {
        guard let text = entry.matter.published, let day = entry.matter.publishedOn else { return nil }
        name = text.name(in: language)
        code = entry.matter.code
        type = text.type?.text.in(language) ?? entry.matter.sort.text.in(language)
        list = entry.matter.sort.text.in(language)
        unit = UnitNames.name(of: text.unit, in: language)
        publishedOn = day.description
        hash = text.hash.hex
        elements = MatterField.of(entry.matter.sort).map {
            Element(head: $0.text.in(language), text: text[$0], law: $0.row.law.citation.in(language))
        }
        bases = text.bases.enumerated().map { BasisLine($1, place: $0, action: "", flags: entry.flags, in: language) }
        flags = entry.flags.map { FlagLine($0, in: language) }
        hasFlags = !flags.isEmpty
    }
}

/// An item at the desk: its form, its bases, its steps.
struct PowerDeskView {
    let name, code, state, tone, action, publicHref, changes, fault, hash, reason: String
    let version: Int
    let form: FormView
    let bases: [BasisLine]
    let flags: [FlagLine]
    let steps: [Step]
    let trail: [StepLine]
    let isNew, isOpen, isPublic, hasChanges, hasFault, hasFlags, hasSteps, wantsReason, hasBasesFault: Bool
    let sort, basesFault: String

    struct Step {
        let step, label: String
    }

    /// The form of a matter that is not there yet.
    init(new sort: Matter.Sort, form: FormView, in language: Language) {
        (name, code, state, tone, publicHref, changes, hash, reason) = (sort.text.in(language), "", "", "warn", "", "", "", "")
        action = form.action
        (version, self.form, self.sort) = (0, form, sort.rawValue)
        (bases, flags, steps, trail) = ([], [], [], [])
        (isNew, isOpen, isPublic, hasChanges) = (true, true, false, false)
        (hasFlags, hasSteps, wantsReason) = (false, false, false)
        (fault, hasFault) = (form.fault, form.hasFault)
        (basesFault, hasBasesFault) = ("", false)
    }

    /// - Parameters:
    ///   - refusal: why the page came back; what is wrong with the bases is said beside them.
    ///   - typed: what was sent with it.
    init(
        _ entry: Matters.Entry,
        actor: Actor,
        form: FormView,
        refusal: Refusal?,
        typed: Form?,
        trail: [StepLog.Entry],
        in language: Language
    ) {
        let matter = entry.matter
        name = matter.draft.name(in: language)
        code = matter.code
        (state, tone) = (matter.state.text.in(language), matter.state == .published ? "good" : "warn")
        action = "/\(language.rawValue)/office/powers/\(matter.key)"
        publicHref = "/\(language.rawValue)/powers/\(matter.code)"
        (version, self.form, sort, hash) = (matter.version, form, matter.sort.rawValue, matter.draft.hash.hex)
        let places = matter.published.map { matter.draft.differences(from: $0) } ?? []
        changes = places.map { $0.in(language) }.joined(separator: language == .zh ? "、" : ", ")
        let action = action
        bases = matter.draft.bases.enumerated().map { BasisLine($1, place: $0, action: action, flags: entry.flags, in: language) }
        flags = entry.flags.map { FlagLine($0, in: language) }
        let isMine = actor.unit == matter.unit || actor.roles.contains(.disclosureOfficer)
        let open = isMine ? Matter.lifecycle.open(from: matter.state, to: actor, taken: []) : []
        steps = open.map { Step(step: $0.step.rawValue, label: $0.step.text.in(language)) }
        self.trail = trail.map { StepLine($0, in: language) }
        (isNew, isPublic, hasChanges) = (false, matter.published != nil, !places.isEmpty)
        isOpen = matter.state == .draft && isMine && !actor.roles.isDisjoint(with: [.drafter, .disclosureOfficer])
        (hasFlags, hasSteps) = (!flags.isEmpty, !steps.isEmpty)
        wantsReason = open.contains { $0.step == .sendBack || $0.step == .withdraw }
        (fault, hasFault) = (form.fault, form.hasFault)
        reason = typed?.text("reason") ?? ""
        basesFault = refusal?.faults["bases"]?.in(language) ?? ""
        hasBasesFault = !basesFault.isEmpty
    }
}

/// Where a basis is chosen: documents that the words find, or the articles of one.
struct BasisChoiceView {
    let name, back, action, question, fault: String
    let version: Int
    let hasFault, isEmpty, hasDocument, needsConfirmation, isRefused, hasMore: Bool
    /// What the articles were narrowed to.
    let words: String
    let document: Document
    let documents: [Document]
    let articles: [Line]

    struct Document {
        let href, title, day, status, tone, evidence, release: String

        init(_ candidate: Matters.Candidate, action: String, in language: Language) {
            release = candidate.release.key
            (href, title) = ("\(action)?release=\(release)", candidate.release.title)
            day = candidate.release.writtenOn?.description ?? ""
            status = candidate.standing.row.text.in(language)
            evidence = candidate.standing.evidence.in(language)
            switch candidate.standing.row.choice {
            case .taken: tone = "good"
            case .takenWhenConfirmed: tone = "warn"
            case .refused: tone = "bad"
            }
        }

        init() { (href, title, day, status, tone, evidence, release) = ("", "", "", "", "", "", "") }
    }

    struct Line {
        let anchor, number, text: String
    }

    /// So many articles, and so many characters of each, make a light page.
    private static let (most, longest) = (40, 160)

    init(
        _ matter: Matter,
        question: String,
        words: String,
        documents: [Matters.Candidate],
        chosen: (candidate: Matters.Candidate, articles: [Article])?,
        fault: Refusal?,
        in language: Language
    ) {
        name = matter.draft.name(in: language)
        let back = "/\(language.rawValue)/office/powers/\(matter.key)"
        let action = "\(back)/bases"
        (self.back, self.action, self.question, version) = (back, action, question, matter.version)
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        self.documents = documents.map { Document($0, action: action, in: language) }
        isEmpty = documents.isEmpty && !question.isEmpty
        hasDocument = chosen != nil
        document = chosen.map { Document($0.candidate, action: action, in: language) } ?? Document()
        let found = (chosen?.articles ?? []).filter { words.isEmpty || $0.number == words || $0.text.contains(words) }
        articles = found.prefix(Self.most).map { article in
            let isLong = article.text.count > Self.longest
            return Line(anchor: article.anchor, number: article.number, text: article.text.prefix(Self.longest) + (isLong ? "…" : ""))
        }
        (self.words, hasMore) = (words, found.count > Self.most)
        var (needs, refused) = (false, false)
        if let choice = chosen?.candidate.standing.row.choice {
            if case .takenWhenConfirmed = choice { needs = true }
            if case .refused = choice { refused = true }
        }
        (needsConfirmation, isRefused) = (needs, refused)
    }
}
