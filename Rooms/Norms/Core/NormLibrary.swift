import LegalText
import WorkCalendar

/// The works that are known: finds what a title means, and what other texts say of a work.
///
/// It holds the head of every work, and whole those that a question needs: ``needles(for:)`` says which.
public struct NormLibrary: Sendable {
    public let heads: [NormHead]
    public let titles: Titles
    private(set) var norms: [Int: Norm] = [:]
    /// For each work what clauses of all texts read say of its force.
    private(set) var clausesOn: [Int: [Said]] = [:]
    private let places: [String: Int]
    /// The house's own documents: what they say of other works counts when the unit that answers for the work agrees.
    public var own: Set<Int> = []
    /// What units decided of the events that own documents cause.
    public var verdicts: [NormVerdict.Event: NormVerdict] = [:]
    /// What units found of works whose status no text tells.
    public var findings: [String: [NormEvent]] = [:]

    /// A clause on another work, with what must be known of the text it stands in.
    struct Said: Sendable {
        let by: Int
        let clause: Clause
        let article: String?
        let promulgated: Day?
        let effective: Day?
    }

    public init(heads: [NormHead]) {
        self.heads = heads
        titles = Titles(
            heads.enumerated().map { place, head in
                Titles.Entry(work: place, title: head.title, issuer: head.issuer, numbers: head.numbers)
            }
        )
        places = Dictionary(heads.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes records in; those that are in already stay as they are.
    public mutating func add(_ records: [NormRecord], currentOnly: Bool = false) {
        for record in records {
            guard let place = places[record.id], norms[place] == nil else { continue }
            let norm = Norm(record, titles: titles, currentOnly: currentOnly)
            norms[place] = norm
            if collected.insert(place).inserted { keepClauses(of: norm, at: place) }
        }
    }

    /// Keeps only what a record's texts say of other works, not the texts: for passes over everything in little memory.
    public mutating func collect(_ record: NormRecord) {
        guard let place = places[record.id], collected.insert(place).inserted else { return }
        keepClauses(of: Norm(record, titles: titles), at: place)
    }

    private var collected: Set<Int> = []

    private mutating func keepClauses(of norm: Norm, at place: Int) {
        for text in norm.versions {
            for clause in text.reading.clauses {
                guard let target = clause.target, case .work(let meant) = meaning(of: target, in: place) else { continue }
                clausesOn[meant, default: []].append(
                    Said(
                        by: place,
                        clause: clause,
                        article: clause.article.map { text.reading.text.number(of: $0) },
                        promulgated: text.promulgated,
                        effective: text.effective
                    )
                )
            }
        }
    }

    /// A work by its place; nil where its text is not taken in.
    public func norm(_ place: Int) -> Norm? { norms[place].map { settled($0, at: place) } }

    /// A work read for this once, with the days that deciding texts give its texts.
    public func reading(_ record: NormRecord) -> Norm? {
        places[record.id].map { settled(Norm(record, titles: titles), at: $0) }
    }

    /// A text without a day of its own takes effect with the decision of the same day that changed it.
    private func settled(_ norm: Norm, at place: Int) -> Norm {
        guard norm.versions.contains(where: { $0.effective == nil }) else { return norm }
        let decisions = (clausesOn[place] ?? []).filter { $0.clause.kind == .amend && $0.by != place }
        return norm.settled { promulgated in
            guard let said = decisions.first(where: { $0.promulgated == promulgated && $0.effective != nil }), let day = said.effective
            else {
                return nil
            }
            return (
                day,
                .init(
                    document: heads[said.by].title,
                    id: heads[said.by].id,
                    article: said.article,
                    sentence: said.clause.sentence,
                    date: day
                )
            )
        }
    }

    public func place(of id: String) -> Int? { places[id] }

    /// The works whose texts are held, in order of their places.
    public var held: [Int] { norms.keys.sorted() }

    /// What a title asked for means.
    public enum Found: Equatable, Sendable {
        /// A work, and the year or number of the text where the title names one.
        case work(Int, number: String?)
        case ambiguous([Int])
        /// None bears it; some that are like it.
        case unknown(near: [Int])
    }

    /// A work by its full title, short title, or document number in any spelling.
    public func find(_ asked: String) -> Found {
        let plain = Self.unmarked(asked)
        let same = heads.indices.filter { heads[$0].title == asked || heads[$0].title == plain }
        if same.count == 1 { return .work(same[0], number: nil) }
        if same.count > 1 { return .ambiguous(same) }
        switch titles.resolve(number: plain) {
        case .work(let place): return .work(place, number: plain)
        case .ambiguous(let places): return .ambiguous(places)
        case .unknown: break
        }
        switch titles.resolve(plain) {
        case .work(let place): return .work(place, number: nil)
        case .ambiguous(let places): return .ambiguous(places)
        case .unknown: break
        }
        let key = TitleKey(plain).key
        guard key.count >= 2 else { return .unknown(near: []) }
        let near = heads.indices.filter { TitleKey(heads[$0].title).key.contains(key) }
        // A number cut short (第492号) or a title cut short means a work only where no other bears it.
        if let number = Self.onlyNumber(key, heads) { return .work(number, number: plain) }
        return .unknown(near: Array(near.sorted { heads[$0].title.count < heads[$1].title.count }.prefix(20)))
    }

    private static func onlyNumber(_ key: String, _ heads: [NormHead]) -> Int? {
        guard key.hasSuffix("号"), key.contains(where: \.isNumber) else { return nil }
        let found = heads.indices.filter { place in
            heads[place].numbers.contains { number in
                let whole = TitleKey(DocumentNumber(number)?.normalised ?? number).key
                return whole == key || whole.hasSuffix(TitleKey(DocumentNumber(key)?.normalised ?? key).key)
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    private static func unmarked(_ title: String) -> String {
        guard title.hasPrefix("《"), title.hasSuffix("》") else { return title }
        return String(title.dropFirst().dropLast())
    }

    /// Words of which one stands in every text that may speak of a work: its title without what is often left out, its numbers.
    public func needles(for place: Int) -> [String] {
        let head = heads[place]
        var needles = [Self.core(of: head.title)]
        for number in head.numbers {
            let normal = DocumentNumber(number)?.normalised ?? number
            let tail = normal.reversed().prefix { $0.isNumber || "第号〔〕年".contains($0) }
            needles.append(String(tail.reversed()))
        }
        return needles.filter { $0.count >= 3 }
    }

    /// The longest run of Chinese characters of a title, without issuer and nation.
    static func core(of title: String) -> String {
        var key = title.replacing("中华人民共和国", with: "")
        if let about = key.firstRange(of: "关于"), about.lowerBound > key.startIndex { key = String(key[about.lowerBound...]) }
        let runs = key.split { character in !(character.unicodeScalars.first.map { (0x4E00...0x9FFF).contains($0.value) } ?? false) }
        return runs.max { $0.count < $1.count }.map(String.init) ?? title
    }

    /// What a citation means: the work it names, none, or several.
    public func meaning(of citation: Citation, in norm: Int) -> Titles.Resolution {
        if citation.kind == .internal, citation.title == nil { return .work(norm) }
        if citation.kind == .bare || citation.kind == .anaphoric, !citation.works.isEmpty {
            return citation.works.count == 1 ? .work(citation.works[0]) : .ambiguous(citation.works)
        }
        if let title = citation.title {
            let found = titles.resolve(title, issuer: citation.issuer, number: citation.documentNumber)
            guard case .ambiguous(let places) = found, let day = citation.dated?.description else { return found }
            // Two works of one title are told apart by the day of the text that is meant.
            let same = places.filter { heads[$0].issued == day || heads[$0].versionDate == day }
            return same.count == 1 ? .work(same[0]) : found
        }
        if let number = citation.documentNumber { return titles.resolve(number: number) }
        return .unknown
    }
}
