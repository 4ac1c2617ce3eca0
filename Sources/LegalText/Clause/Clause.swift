import WorkCalendar

/// A sentence of a law that changes the force of a law: its own or another's.
public struct Clause: Hashable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case repeal
        /// Some articles, or what a text says on a subject.
        case repealPartly
        /// 由《X》废止: the text itself, by another.
        case repealedBy
        /// （该章已由《X》废止）: some of the text itself, by another.
        case repealedPartlyBy
        /// 原办法同时废止: an older text of the same work.
        case repealOlder
        case suspend
        /// A deciding text changes another: 对《X》作如下修改.
        case amend
        case commence, commencePartly
        case expire
        /// 与本办法不一致的，以本办法为准
        case override
    }

    /// From which day it counts.
    public enum Effective: Hashable, Sendable {
        case day(Day)
        /// 自公布之日起
        case onPromulgation
        /// 自公布之日起三十日后, 六个月后
        case afterPromulgation(Span)
        /// 同时: with the text it stands in.
        case withText
    }

    public enum Span: Hashable, Sendable {
        case days(Int)
        case months(Int)
        case years(Int)

        /// The day so far after a day; the last of a month where the month is shorter.
        public func after(_ day: Day) -> Day {
            switch self {
            case .days(let count): return day.adding(count)
            case .months(let count):
                let months = day.year * 12 + day.month - 1 + count
                let (year, month) = (months / 12, months % 12 + 1)
                return Day(year, month, min(day.day, WrittenDate.days(in: month, of: year)))
            case .years(let count): return Span.months(count * 12).after(day)
            }
        }
    }

    public let kind: Kind
    /// What it strikes, or who strikes (repealedBy); nil where it means the text itself or names none.
    public let target: Citation?
    /// The articles it strikes or commences; empty where all.
    public let references: [Citation.Reference]
    public let effective: Effective
    /// Expiry: the last day is known, or the term runs from commencement.
    public let term: Span?
    public let sentence: String
    /// Bytes of UTF-8 in the text read.
    public let range: Range<Int>
    /// The article it stands in, by its place in ``LawText/provisions``.
    public let article: Int?
    public let note: String?

    init(
        _ kind: Kind,
        target: Citation? = nil,
        references: [Citation.Reference] = [],
        effective: Effective = .withText,
        term: Span? = nil,
        sentence: String,
        range: Range<Int>,
        article: Int?,
        note: String? = nil
    ) {
        self.kind = kind
        self.target = target
        self.references = references
        self.effective = effective
        self.term = term
        self.sentence = sentence
        self.range = range
        self.article = article
        self.note = note
    }
}
