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
            let others = ends.dropFirst().map { "\($0.day?.description ?? ""): \($0.evidence.document) ends it again" }
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

    private static let claimed = "a source says so; no clause that ends it was found"

    /// Why the order mattered where other events fell on the day of the end.
    private func sameDay(_ end: NormEvent) -> [String] {
        events.filter { $0.day == end.day && $0 != end && $0.applies && $0.kind != .attest }
            .map { "on the same day: \($0.kind.rawValue) (\($0.evidence.document)); the end comes last" }
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
            notes: ["it was promulgated only on \(promulgated)"]
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
                notes: [last?.day.map { "nothing shows how it stands after \($0)" } ?? "no day is known of it"]
            )
        }
        if let claim = claim(at: day), claim.evidence.sentence == "已被修改" {
            return NormStanding(status: .amended, evidence: [claim.evidence], notes: ["the source has a newer text that is not held"])
        }
        let start = begins.last { $0.day.map { $0 <= day } ?? false }
        var evidence = start.map { [$0.evidence] } ?? []
        if proof.evidence != start?.evidence { evidence.append(proof.evidence) }
        var notes: [String] = []
        if start == nil {
            notes.append("the day it first took effect is not known; \(proof.evidence.document) shows that it lived")
        } else if norm.version(at: day) == nil || isOlderThanHeld(day) {
            notes.append("the text in force on that day is not held")
        }
        if proof.kind == .attest, let said = proof.day, said < day { notes.append("as its source said on \(said); nothing later is known") }
        notes += events.filter { $0.kind == .repealPartly && $0.applies && $0.day.map { $0 <= day } ?? false }
            .map { "partly repealed: \($0.articles.joined(separator: "、"))（\($0.evidence.document)）" }
        return NormStanding(status: .inForce, evidence: evidence, notes: notes)
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

    /// Where no commencement is known: a law amended on a later day had begun; how soon after its promulgation is not known.
    private func hasBegun(by day: Day, promulgated: Day) -> Bool {
        day.ordinal - promulgated.ordinal > 548
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
