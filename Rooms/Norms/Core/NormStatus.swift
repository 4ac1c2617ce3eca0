import LegalText
import WorkCalendar

/// How a work stands on a day: computed from its events, never typed in.
public enum NormForce {
    /// The standing of a work, or of one of its texts where `edition` gives the day that text was promulgated.
    ///
    /// A work is in force on a day where it had begun and something proves that it lived on that day or later: its own
    /// beginning, a later amendment, a later repeal, a source that listed it. Otherwise there is no evidence.
    public static func standing(of norm: Norm, events: [NormEvent], at day: Day, edition: Day? = nil) -> NormStanding {
        let life = Life(norm, events)
        if let ending = life.ending(at: day) { return ending }
        if let begins = life.notYet(at: day) { return begins }
        if let edition, let named = life.named(edition, at: day) { return named }
        return life.living(at: day)
    }

    /// How a work stands on every day: one span after another, each until the day its successor begins.
    ///
    /// A standing changes only on days that the events, the texts or the sources name, or on the day after one.
    public static func spans(of norm: Norm, events: [NormEvent]) -> [NormSpan] {
        let life = Life(norm, events)
        var days: Set<Day> = [NormSpan.firstDay]
        var named = events.flatMap { [$0.day, $0.evidence.date] }.compactMap(\.self)
        for version in norm.versions { named += [version.promulgated, version.effective].compactMap(\.self) }
        named += [norm.record.issued.flatMap { Day($0) }, norm.record.crawledOn.flatMap(NormLibrary.readDay)].compactMap(\.self)
        if let promulgated = life.promulgated { named.append(promulgated.adding(Life.daysToBegin)) }
        for day in named where day > NormSpan.firstDay { days.formUnion([day, day.adding(1)]) }
        var spans: [NormSpan] = []
        for day in days.sorted() {
            let standing = life.ending(at: day) ?? life.notYet(at: day) ?? life.living(at: day)
            let text = norm.version(at: day)
            if let last = spans.last {
                if last.standing == standing, last.text == text { continue }
                spans[spans.count - 1].until = day
                let goesOn = last.standing.status == standing.status && last.text == text
                spans.append(NormSpan(from: day, until: nil, since: goesOn ? last.since : day, standing: standing, text: text))
            } else {
                spans.append(NormSpan(from: day, until: nil, since: day, standing: standing, text: text))
            }
        }
        return spans
    }
}

/// How a work stands from one day on, until something changes.
public struct NormSpan: Codable, Equatable, Sendable {
    public let from: Day
    /// The first day of the next span; nil for the last.
    public fileprivate(set) var until: Day?
    /// The first day of this status and this text: earlier spans differ only in what proves it.
    public let since: Day
    public let standing: NormStanding
    /// The text in force, by its place among the work's texts; nil where that text is not held.
    public let text: Int?

    public init(from: Day, until: Day?, since: Day, standing: NormStanding, text: Int?) {
        (self.from, self.until, self.since, self.standing, self.text) = (from, until, since, standing, text)
    }

    /// Before it nothing is told of any work.
    public static let firstDay = Day(1900, 1, 1)
    /// Stands for "no end" where days are compared.
    public static let never = Day(9999, 12, 31)
}

/// The beginning, the proofs of life and the endings of one work.
private struct Life {
    let norm: Norm
    let events: [NormEvent]
    /// Whole commencements with a day, the earliest first.
    let begins: [NormEvent]
    let promulgated: Day?

    init(_ norm: Norm, _ events: [NormEvent]) {
        self.norm = norm
        self.events = NormEvent.inOrder(events)
        begins = self.events.filter { $0.kind == .commence && $0.day != nil }
        let promulgations = self.events.filter {
            $0.kind == .adopt || $0.kind == .promulgate || $0.kind == .amend && $0.evidence.id == norm.id
        }
        promulgated = [promulgations.first?.day, norm.record.issued.flatMap { Day($0) }].compactMap(\.self).min()
    }

    func ending(at day: Day) -> NormStanding? {
        let ends = events.filter { event in
            guard event.applies, event.kind == .repeal || event.kind == .expire, let end = event.day else { return false }
            // A text promulgated after the end begins a new life under the old title.
            let isReborn = norm.versions.contains { version in
                guard let born = version.promulgated, let from = version.effective else { return false }
                return born > end && from <= day
            }
            return end <= day && !isReborn
        }
        // Of several endings the first ended it; the later ones found it ended.
        if let end = ends.first {
            let others = ends.dropFirst().map { later in
                let (day, document) = (later.day?.description ?? "", later.evidence.document)
                return Text("\(day)：《\(document)》再次废止", "\(day): \(document) ends it again")
            }
            return NormStanding(
                status: end.kind == .expire ? .expired : .repealed,
                evidence: [end.evidence],
                notes: ([end.note] + sameDay(end)).compactMap(\.self) + others
            )
        }
        guard let claim = claim(at: day) else { return nil }
        switch claim.evidence.sentence {
        case "失效": return NormStanding(status: .expired, evidence: [claim.evidence], notes: [Self.claimed])
        case "已废止", "废止": return NormStanding(status: .repealed, evidence: [claim.evidence], notes: [Self.claimed])
        default: return nil
        }
    }

    private static let claimed = Text("来源如此注明，未找到使其失效的条款", "a source says so; no clause that ends it was found")

    /// Why the order mattered where other events fell on the day of the end.
    private func sameDay(_ end: NormEvent) -> [Text] {
        events.filter { $0.day == end.day && $0 != end && $0.applies && $0.kind != .attest }
            .map { other in
                let document = other.evidence.document
                return Text("同日另有：《\(document)》；失效排在最后", "on the same day: \(other.kind.rawValue) (\(document)); the end comes last")
            }
    }

    /// What a source claimed on or before a day, or today where its day is later than any.
    private func claim(at day: Day) -> NormEvent? {
        events.last { $0.kind == .attest && $0.day.map { $0 <= day } ?? true }
    }

    func notYet(at day: Day) -> NormStanding? {
        if let first = begins.first, let start = first.day {
            guard day < start else { return nil }
            // An older text was in force before the first commencement that is known.
            if let promulgated, day >= promulgated, hasUnknownBeginning(before: start) { return nil }
            return NormStanding(status: .notYetInForce, evidence: [first.evidence], notes: [first.note].compactMap(\.self))
        }
        guard let promulgated, day < promulgated else { return nil }
        let proof = events.first { $0.day == promulgated }?.evidence
        return NormStanding(
            status: .notYetInForce,
            evidence: [proof ?? .init(document: norm.title, id: norm.id, sentence: "\(promulgated)", date: promulgated)],
            notes: [Text("\(promulgated)才公布", "it was promulgated only on \(promulgated)")]
        )
    }

    /// Whether the work was amended before the first commencement that is known, so that it began earlier.
    private func hasUnknownBeginning(before start: Day) -> Bool {
        events.contains { event in
            guard event.kind == .amend, event.applies, let day = event.day, let promulgated else { return false }
            return day <= start && day > promulgated
        }
    }

    /// The text named is not yet in force, or was replaced by a newer one that is.
    func named(_ edition: Day, at day: Day) -> NormStanding? {
        if let own = norm.versions.first(where: { $0.promulgated == edition }), let start = own.effective, start > day,
            let evidence = own.effectiveEvidence
        {
            return NormStanding(status: .notYetInForce, evidence: [evidence], notes: [])
        }
        let later = norm.versions.first { version in
            guard let promulgated = version.promulgated, let start = version.effective else { return false }
            return promulgated > edition && start <= day
        }
        if let evidence = later?.effectiveEvidence { return NormStanding(status: .amended, evidence: [evidence], notes: []) }
        let amendment = events.first { event in
            guard event.kind == .amend, event.applies, let when = event.day else { return false }
            return when > edition && when <= day
                && !norm.versions.contains { $0.promulgated == when && $0.effective.map { $0 > day } ?? false }
        }
        return amendment.map { NormStanding(status: .amended, evidence: [$0.evidence], notes: []) }
    }

    func living(at day: Day) -> NormStanding {
        guard let proof = proofOfLife(at: day) else {
            let last = events.last { $0.day.map { $0 <= day } ?? false && $0.kind != .override }
            return NormStanding(
                status: .noEvidence,
                evidence: last.map { [$0.evidence] } ?? [],
                notes: [Self.unknown(after: last?.day)]
            )
        }
        if let claim = claim(at: day), claim.evidence.sentence == "已被修改" {
            return NormStanding(status: .amended, evidence: [claim.evidence], notes: [Self.newerNotHeld])
        }
        let start = begins.last { $0.day.map { $0 <= day } ?? false }
        var evidence = start.map { [$0.evidence] } ?? []
        if proof.evidence != start?.evidence { evidence.append(proof.evidence) }
        var notes: [Text] = []
        if start == nil {
            let document = proof.evidence.document
            notes.append(
                Text("最初施行日期不详；《\(document)》表明其有效", "the day it first took effect is not known; \(document) shows that it lived")
            )
        } else if norm.version(at: day) == nil || isOlderThanHeld(day) {
            notes.append(Text("未收录该日有效的文本", "the text in force on that day is not held"))
        }
        if proof.kind == .attest, let said = proof.day, said < day {
            notes.append(Text("来源于\(said)注明，此后未见变化", "as its source said on \(said); nothing later is known"))
        }
        notes += events.filter { $0.kind == .repealPartly && $0.applies && $0.day.map { $0 <= day } ?? false }
            .map { part in
                let (articles, document) = (part.articles.joined(separator: "、"), part.evidence.document)
                return Text("部分废止：\(articles)（《\(document)》）", "partly repealed: \(articles) (\(document))")
            }
        return NormStanding(status: .inForce, evidence: evidence, notes: notes)
    }

    private static let newerNotHeld = Text("来源另有新文本，未收录", "the source has a newer text that is not held")

    private static func unknown(after day: Day?) -> Text {
        guard let day else { return Text("没有任何日期可考", "no day is known of it") }
        return Text("\(day)以后的效力没有依据", "nothing shows how it stands after \(day)")
    }

    private func isOlderThanHeld(_ day: Day) -> Bool {
        norm.versions.first?.effective.map { day < $0 } ?? false
    }

    /// The event that proves the work to live on a day: its beginning that day, or anything later that supposes it alive.
    private func proofOfLife(at day: Day) -> NormEvent? {
        let started = begins.first?.day.map { $0 <= day } ?? false
        guard started || promulgated.map({ known in hasBegun(by: day, promulgated: known) }) ?? false else { return nil }
        return events.first { event in
            guard event.applies, let when = event.day, when >= day else { return false }
            switch event.kind {
            case .commence, .amend, .repeal, .repealPartly, .expire, .suspend: return true
            case .attest: return Self.alive.contains(event.evidence.sentence)
            case .adopt, .promulgate, .commencePartly, .override, .repealOlder: return false
            }
        } ?? events.last { $0.kind == .attest && Self.alive.contains($0.evidence.sentence) } ?? listing(at: day)
    }

    /// What a source says of a text that lives, or will: it counts until something ends it.
    private static let alive: Set<String> = ["现行有效", "有效", "尚未施行", "尚未生效", "已被修改"]

    /// After so many days a law whose commencement is not known is taken to have begun: a year and a half.
    static let daysToBegin = 548

    /// Where no commencement is known: a law amended on a later day had begun; how soon after its promulgation is not known.
    private func hasBegun(by day: Day, promulgated: Day) -> Bool {
        day.ordinal - promulgated.ordinal > Self.daysToBegin
            || events.contains { $0.kind == .amend && $0.day.map { $0 <= day && $0 > promulgated } ?? false }
    }

    /// A source that listed the text as not expired on or after the day.
    private func listing(at day: Day) -> NormEvent? {
        guard let current = norm.record.versions?.first(where: { $0.current == true }), current.expired == false else { return nil }
        guard let read = norm.record.crawledOn.flatMap(NormLibrary.readDay), read >= day else { return nil }
        return NormEvent(
            .attest,
            on: read,
            evidence: .init(document: current.source ?? norm.title, sentence: "listed as not expired on \(read)", date: read)
        )
    }
}
