import LegalText
import WorkCalendar

/// What the office finds of itself when it looks over its own documents: each a question to the unit, none a verdict.
public struct SelfAudit: Encodable, Equatable, Sendable {
    /// The numbers of one series in one year: 国知办发办字〔2022〕1号 and on.
    public struct Series: Encodable, Equatable, Sendable {
        public let agency: String
        public let year: Int
        /// The highest serial that is known.
        public let last: Int
        /// Serials that no document in the house bears, each span with its first and last.
        public let missing: [Span]
        /// Serials of documents that the house has and nothing public bears.
        public let notPublic: [Int]
    }

    public struct Span: Encodable, Equatable, Sendable {
        public let first, last: Int
    }

    /// A document that became public late, or is not public though the term is over.
    public struct Late: Encodable, Equatable, Sendable {
        public let document, title, unit: String
        public let documentNumber: String?
        public let writtenOn, due: Day
        /// Whether a notice of holidays is missing, so that only weekends were left out.
        public let isProvisional: Bool
        /// nil where it is not public yet.
        public let publishedOn: Day?
    }

    /// A citation in a document of the office's own.
    public struct Citing: Codable, Equatable, Sendable {
        public let work, title, unit: String
        /// The article it stands in; nil before the first.
        public let article: String?
        public let words: String
        /// What is cited and how it stands; nil where it is not public here.
        public let target: String?
        public let status: NormStatus?

        public init(
            work: String,
            title: String,
            unit: String,
            article: String?,
            words: String,
            target: String? = nil,
            status: NormStatus? = nil
        ) {
            (self.work, self.title, self.unit, self.article) = (work, title, unit, article)
            (self.words, self.target, self.status) = (words, target, status)
        }
    }

    public let on: Day
    public let series: [Series]
    public let late: [Late]
    /// Documents of the office's own series that its texts cite and the house does not show.
    public let citedNotPublic: [Citing]
    /// Texts that had ended on that day, cited in documents that had not.
    public let citesLapsed: [Citing]

    public init(on day: Day, series: [Series], late: [Late], citedNotPublic: [Citing], citesLapsed: [Citing]) {
        (on, self.series, self.late) = (day, series, late)
        (self.citedNotPublic, self.citesLapsed) = (citedNotPublic, citesLapsed)
    }

    /// From the day a document is made to the day it is public, in working days.
    public static let term = (workingDays: 20, law: Law.openness(26))

    /// A document of the house, as its number and days tell.
    public struct Paper: Equatable, Sendable {
        public let document, title, unit: String
        public let documentNumber: String?
        public let writtenOn: Day?
        /// The first day it was public; nil where it never was.
        public let publishedOn: Day?

        public init(document: String, title: String, unit: String, documentNumber: String?, writtenOn: Day?, publishedOn: Day?) {
            (self.document, self.title, self.unit) = (document, title, unit)
            (self.documentNumber, self.writtenOn, self.publishedOn) = (documentNumber, writtenOn, publishedOn)
        }
    }

    /// Gaps in each series, the newest year first. Numbers that can not be read are of no series.
    public static func series(of papers: [Paper]) -> [Series] {
        struct Key: Hashable {
            let agency: String
            let year: Int
        }
        var known: [Key: [Int: Bool]] = [:]
        for paper in papers {
            guard let number = paper.documentNumber.flatMap({ DocumentNumber($0) }), let year = number.year, !number.isRomanised else {
                continue
            }
            let key = Key(agency: number.agency, year: year)
            known[key, default: [:]][number.serial] = known[key]?[number.serial] ?? false || paper.publishedOn != nil
        }
        return known.map { key, serials in
            var missing: [Span] = []
            var next = 1
            for serial in serials.keys.sorted() {
                if serial > next { missing.append(Span(first: next, last: serial - 1)) }
                next = serial + 1
            }
            let hidden = serials.filter { !$0.value }.keys.sorted()
            return Series(agency: key.agency, year: key.year, last: next - 1, missing: missing, notPublic: hidden)
        }.sorted { ($1.year, $0.agency) < ($0.year, $1.agency) }
    }

    /// Whose term was over before they were public, or on the day while they are not.
    public static func late(_ papers: [Paper], on day: Day, calendar: WorkCalendar) -> [Late] {
        papers.compactMap { paper in
            guard let written = paper.writtenOn else { return nil }
            let due = calendar.provisionalDue(after: written, workingDays: term.workingDays)
            guard due.due < paper.publishedOn ?? day else { return nil }
            return Late(
                document: paper.document,
                title: paper.title,
                unit: paper.unit,
                documentNumber: paper.documentNumber,
                writtenOn: written,
                due: due.due,
                isProvisional: due.isProvisional,
                publishedOn: paper.publishedOn
            )
        }.sorted { ($0.due, $0.document) < ($1.due, $1.document) }
    }
}
