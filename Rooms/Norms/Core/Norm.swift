import LegalText
import WorkCalendar

/// One work of law through all its texts, with the events that made it begin, change and end.
public struct Norm: Sendable {
    /// One text of it and the days it is in force.
    public struct Version: Sendable {
        /// The day it was decided or promulgated.
        public let promulgated: Day?
        /// The day it takes effect, and who says so.
        public fileprivate(set) var effective: Day?
        public fileprivate(set) var effectiveEvidence: NormEvent.Evidence?
        public let text: String
        public let reading: LawReading
        public let note: Text?
    }

    public let record: NormRecord
    /// From the oldest to the newest, by the day each takes effect.
    public private(set) var versions: [Version]

    public var title: String { record.title }
    public var id: String { record.id }

    /// Reads all texts of a record. Texts that came out of order are put in order.
    public init(_ record: NormRecord, titles: Titles? = nil, currentOnly: Bool = false) {
        self.record = record
        var texts: [(NormRecord.Version, String)] = []
        for version in record.versions ?? [] where version.current != true {
            if let text = version.text, !text.isEmpty, !currentOnly { texts.append((version, text)) }
        }
        var own = record.versions?.first { $0.current == true } ?? NormRecord.Version(current: true, source: record.source)
        own.versionDate = own.versionDate ?? record.versionDate
        own.effective = own.effective ?? record.effective
        own.effectiveSource = own.effectiveSource ?? record.effectiveSource
        texts.append((own, NormRecord.whole(record.text, preamble: record.preamble)))
        versions = texts.map { Self.version($0.0, $0.1, record, titles) }.sorted { one, other in
            let (first, second) = (one.order, other.order)
            return first < second
        }
    }

    /// The same with days for texts that have none.
    public func settled(_ day: (Day) -> (Day, NormEvent.Evidence)?) -> Norm {
        var norm = self
        for place in versions.indices where versions[place].effective == nil {
            guard let promulgated = versions[place].promulgated, let (start, evidence) = day(promulgated) else { continue }
            norm.versions[place].effective = start
            norm.versions[place].effectiveEvidence = evidence
        }
        norm.versions.sort { $0.order < $1.order }
        return norm
    }

    private static func version(_ version: NormRecord.Version, _ text: String, _ record: NormRecord, _ titles: Titles?) -> Version {
        let reading = LawReading.read(text, title: record.title, titles: titles)
        let promulgated = (version.versionDate ?? record.versionDate ?? record.issued).flatMap { Day($0) }
        var effective: Day?
        var evidence: NormEvent.Evidence?
        var note: Text?
        for clause in reading.clauses where clause.kind == .commence {
            guard let day = clause.effective.day(promulgated: promulgated) else { continue }
            // An older day is that of the first text: 本法自1985年4月1日起施行 in a text amended in 2020.
            if let promulgated, day < promulgated, !isJustBefore(day, promulgated) { continue }
            if let known = effective, known >= day { continue }
            effective = day
            evidence = reading.evidence(of: clause, in: record, date: day)
        }
        if effective == nil, let said = version.effective.flatMap({ Day($0) }) {
            effective = said
            evidence = NormEvent.Evidence(
                document: version.effectiveSource ?? version.source ?? record.title,
                sentence: "施行日期 \(said)",
                date: said
            )
        }
        if let day = effective, let promulgated, day < promulgated {
            note = Text("自\(day)起施行，早于公布日\(promulgated)", "takes effect on \(day), before its promulgation on \(promulgated)")
        }
        return Version(
            promulgated: promulgated,
            effective: effective,
            effectiveEvidence: evidence,
            text: text,
            reading: reading,
            note: note
        )
    }

    /// A text dated some days after it began: sources date judicial interpretations by their publication.
    private static func isJustBefore(_ day: Day, _ promulgated: Day) -> Bool {
        promulgated.ordinal - day.ordinal <= 31
    }

    /// The text in force on a day: the last that has taken effect; nil where none of those held has.
    public func version(at day: Day) -> Int? {
        versions.indices.last { index in versions[index].order.0 <= day.ordinal && versions[index].effective != nil }
            ?? (versions.count == 1 && versions[0].effective == nil ? 0 : nil)
    }

    /// The day the text was promulgated that a number or a year names: 国务院令第492号, （2013年修正）; nil where it names the work.
    public func edition(named title: String, number: String?) -> Day? {
        let history = versions.flatMap(\.reading.history).filter { $0.action != .commenced && $0.action != .repealed }
        if let number {
            let key = TitleKey(DocumentNumber(number)?.normalised ?? number).key
            let line = history.first { $0.number.map { TitleKey($0).key.hasSuffix(key) || key.hasSuffix(TitleKey($0).key) } ?? false }
            return line?.day
        }
        guard let year = TitleKey(title).versionYear, TitleKey(title).version?.isEmpty == false else { return nil }
        return history.last { $0.day.year == year }?.day ?? versions.last { $0.promulgated?.year == year }?.promulgated
    }
}

extension Norm.Version {
    /// By the day in force, then by the day promulgated.
    var order: (Int, Int) {
        let day = effective ?? promulgated
        return (day?.ordinal ?? Int.min, promulgated?.ordinal ?? Int.min)
    }
}

extension Clause.Effective {
    /// The day that counts, where the text's promulgation is known.
    public func day(promulgated: Day?) -> Day? {
        switch self {
        case .day(let day): day
        case .onPromulgation: promulgated
        case .afterPromulgation(let span): promulgated.map { span.after($0) }
        case .withText: nil
        }
    }
}

extension LawReading {
    public func evidence(of clause: Clause, in record: NormRecord, date: Day?) -> NormEvent.Evidence {
        NormEvent.Evidence(
            document: record.title,
            id: record.id,
            article: clause.article.map { text.number(of: $0) },
            sentence: clause.sentence,
            date: date
        )
    }
}
