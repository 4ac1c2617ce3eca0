import LegalText
import WorkCalendar

/// The events of a work: what its own texts, other texts and its sources say of its force.
extension NormLibrary {
    /// All events of a work in order of time. Complete where every text that may speak of it is taken in.
    public func events(of place: Int) -> [NormEvent] {
        norm(place).map { events(of: $0, at: place) } ?? []
    }

    /// The events of a work that is held elsewhere.
    public func events(of norm: Norm) -> [NormEvent] {
        place(of: norm.id).map { events(of: norm, at: $0) } ?? []
    }

    private func events(of norm: Norm, at place: Int) -> [NormEvent] {
        var events = Self.own(norm)
        for said in clausesOn[place] ?? [] {
            guard let kind = Self.kinds[said.clause.kind], said.by != place || said.clause.kind == .repeal else { continue }
            events.append(event(kind, said, on: norm, isSelf: said.by == place))
        }
        events += findings[norm.id] ?? []
        events += Self.claims(of: norm, events)
        var seen: Set<NormEvent> = []
        return NormEvent.inOrder(events.filter { seen.insert($0).inserted })
    }

    // MARK: its own texts

    private static func own(_ norm: Norm) -> [NormEvent] {
        var events = history(norm)
        var begins: Day?
        for (place, version) in norm.versions.enumerated() {
            for clause in version.reading.clauses {
                events += own(clause, of: version, norm)
                if clause.kind == .commence, let day = clause.effective.day(promulgated: version.promulgated),
                    version.promulgated.map({ day < $0 }) ?? true, begins.map({ day < $0 }) ?? true
                {
                    begins = day
                    let evidence = version.reading.evidence(of: clause, in: norm.record, date: day)
                    if day != version.effective { events.append(NormEvent(.commence, on: day, evidence: evidence)) }
                }
            }
            if let evidence = version.effectiveEvidence {
                let isLater = place > 0 || hasAmendment(events, before: version.promulgated)
                events.append(
                    NormEvent(
                        .commence,
                        on: version.effective,
                        evidence: evidence,
                        note: version.note ?? (isLater ? Self.textOf(version.promulgated) : nil)
                    )
                )
            }
            if let day = version.promulgated, !events.contains(where: { $0.day == day && $0.kind != .commence }) {
                let isFirst = place == 0 && norm.record.issued.flatMap { Day($0) }.map { $0 >= day } ?? true
                events.append(
                    NormEvent(
                        isFirst ? .promulgate : .amend,
                        on: day,
                        evidence: .init(document: norm.title, id: norm.id, sentence: "\(day) 文本", date: day)
                    )
                )
            }
        }
        return events
    }

    private static func hasAmendment(_ events: [NormEvent], before day: Day?) -> Bool {
        events.contains { $0.kind == .amend && $0.day.map { known in day.map { known <= $0 } ?? false } ?? false }
    }

    private static func history(_ norm: Norm) -> [NormEvent] {
        var events: [NormEvent] = []
        for version in norm.versions {
            for line in version.reading.history {
                let kind: NormEvent.Kind
                switch line.action {
                case .adopted: kind = .adopt
                case .promulgated, .approved: kind = .promulgate
                case .amended, .revised: kind = .amend
                case .commenced: kind = .commence
                case .repealed: continue
                }
                // What was decided long before the first text is another's history.
                events.append(
                    NormEvent(
                        kind,
                        on: line.day,
                        evidence: .init(
                            document: line.by ?? norm.title,
                            id: line.by == nil ? norm.id : nil,
                            sentence: line.sentence,
                            date: line.day
                        )
                    )
                )
            }
        }
        return events
    }

    private static func own(_ clause: Clause, of version: Norm.Version, _ norm: Norm) -> [NormEvent] {
        let start = version.effective
        switch clause.kind {
        case .expire:
            var day = clause.effective.day(promulgated: version.promulgated)
            if let term = clause.term { day = start.map { term.after($0) } }
            let evidence = version.reading.evidence(of: clause, in: norm.record, date: day)
            let isRenewed = norm.versions.contains { later in
                day.map { end in later.effective.map { $0 <= end } ?? false } ?? false && later.order > version.order
            }
            return [
                NormEvent(
                    .expire,
                    on: day,
                    evidence: evidence,
                    note: isRenewed ? Text("此前已有新文本取代", "a later text took its place before") : nil,
                    applies: !isRenewed
                )
            ]
        case .commencePartly:
            let day = clause.effective.day(promulgated: version.promulgated)
            let evidence = version.reading.evidence(of: clause, in: norm.record, date: day)
            return [NormEvent(.commencePartly, on: day, evidence: evidence, articles: clause.references.map(\.text))]
        case .repealOlder:
            let evidence = version.reading.evidence(of: clause, in: norm.record, date: start)
            let note = Text("指同名的旧文本", "an older text of the same title")
            return [NormEvent(.repealOlder, on: start, evidence: evidence, note: note, applies: false)]
        case .repealedBy, .repealedPartlyBy:
            let day = clause.target?.dated ?? clause.effective.day(promulgated: version.promulgated)
            let evidence = version.reading.evidence(of: clause, in: norm.record, date: day)
            return [NormEvent(clause.kind == .repealedBy ? .repeal : .repealPartly, on: day, evidence: evidence)]
        case .repeal, .repealPartly, .suspend, .amend, .override, .commence: return []
        }
    }

    private static func textOf(_ day: Day?) -> Text {
        let day = day?.description ?? "?"
        return Text("\(day)公布的文本", "the text promulgated on \(day)")
    }

    private static let itself = Text(
        "文本不能废止自身：指同名的旧文本",
        "a text can not end itself: only an older text of its title is meant"
    )

    private static func youngerThan(_ day: Day) -> Text {
        Text("本件\(day)才公布：指同名的旧文本", "the work was promulgated only on \(day): an older text of its title is meant")
    }

    // MARK: other texts

    private static let kinds: [Clause.Kind: NormEvent.Kind] = [
        .repeal: .repeal, .repealPartly: .repealPartly, .suspend: .suspend, .amend: .amend, .override: .override, .repealOlder: .repeal,
    ]

    private func event(_ kind: NormEvent.Kind, _ said: Said, on norm: Norm, isSelf: Bool) -> NormEvent {
        let clause = said.clause
        let day = clause.effective.day(promulgated: said.promulgated) ?? said.effective ?? said.promulgated
        let evidence = NormEvent.Evidence(
            document: heads[said.by].title,
            id: heads[said.by].id,
            article: said.article,
            sentence: clause.sentence,
            date: day
        )
        var note: Text?
        var applies = true
        if kind == .repeal || kind == .repealPartly {
            if isSelf {
                (note, applies) = (Self.itself, false)
            } else if let older = olderText(clause, norm, day) {
                (note, applies) = (older, false)
            }
        }
        if applies, !isSelf, own.contains(said.by), kind != .override, norm.id != heads[said.by].id {
            let cause = NormVerdict.Event(by: heads[said.by].id, of: norm.id, kind: kind, sentence: clause.sentence)
            (note, applies) = NormVerdict.effect(of: verdicts[cause])
        }
        if let promulgated = said.promulgated, let day, day < promulgated, note == nil {
            note = Text("自\(day)起算，早于公布日\(promulgated)", "counts from \(day), before its promulgation on \(promulgated)")
        }
        return NormEvent(kind, on: day, evidence: evidence, articles: clause.references.map(\.text), note: note, applies: applies)
    }

    /// Why a repeal means an older text that bore the title, not the work as it now is.
    private func olderText(_ clause: Clause, _ norm: Norm, _ day: Day?) -> Text? {
        let first = norm.record.issued.flatMap { Day($0) } ?? norm.versions.first?.promulgated
        if let first, let day, first > day { return Self.youngerThan(first) }
        guard let dated = clause.target?.dated else { return nil }
        let days = Set(
            norm.versions.flatMap { [$0.promulgated, $0.effective] + $0.reading.history.map { Optional($0.day) } }.compactMap(\.self)
        )
        guard let first, !days.isEmpty, !days.contains(dated), dated.ordinal < first.ordinal - 60 else { return nil }
        return Text("指\(dated)的文本；本件始于\(first)", "the text of \(dated) is meant; this work dates from \(first)")
    }

    // MARK: what sources claim

    private static func claims(of norm: Norm, _ events: [NormEvent]) -> [NormEvent] {
        let record = norm.record
        guard let status = record.status, let source = record.statusSource else { return [] }
        let ended = events.contains { ($0.kind == .repeal || $0.kind == .expire) && $0.applies }
        if source.hasPrefix("repeal clause"), ended { return [] }
        var claimed = [
            NormEvent(
                .attest,
                on: firstDay(in: source) ?? record.crawledOn.flatMap(readDay),
                evidence: .init(document: source, sentence: status, date: firstDay(in: source) ?? record.crawledOn.flatMap(readDay))
            )
        ]
        if !ended, ["已废止", "废止"].contains(status) {
            for repealer in record.repealedBy ?? [] {
                let day = repealer.effective.flatMap { Day($0) }
                claimed.append(
                    NormEvent(
                        .repeal,
                        on: day,
                        evidence: .init(
                            document: repealer.title ?? source,
                            id: repealer.id,
                            article: repealer.article,
                            sentence: "\(status)（\(source)）",
                            date: day
                        ),
                        note: Text("来源如此注明，未找到条款", "the source says so; no clause was found")
                    )
                )
            }
        }
        return claimed
    }

    /// The day that a source's name holds: (2026-10) is its last day.
    static func firstDay(in source: String) -> Day? {
        source.split { !($0.isNumber || $0 == "-") }.lazy.compactMap { readDay(String($0)) }.first
    }

    /// 2026-10-03, 2026-10 (its last day), 2023 (its last day).
    static func readDay(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard let year = parts.first, (1949...2199).contains(year) else { return nil }
        if parts.count == 2, (1...12).contains(parts[1]) {
            return (parts[1] == 12 ? Day(year + 1, 1, 1) : Day(year, parts[1] + 1, 1)).adding(-1)
        }
        return parts.count == 1 && text.count == 4 ? Day(year, 12, 31) : nil
    }
}
