/// A mark of state secrecy: 密级★期限, 密级★解密时间 or 密级★解密条件, in its spaced, full-width, bracketed, star and OCR variants.
public struct SecrecyMark: Hashable, Sendable {
    /// 绝密, 机密 or 秘密.
    public let level: String
    /// Where it stands, in UTF-8 bytes.
    public let range: Range<Int>
    public let term: SecrecyTerm
    /// Whether the mark says that the secret has ended.
    public let isDeclassified: Bool

    public init(level: String, range: Range<Int>, term: SecrecyTerm = .standard, isDeclassified: Bool = false) {
        (self.level, self.range, self.term, self.isDeclassified) = (level, range, term, isDeclassified)
    }

    /// 3 for 绝密, 2 for 机密, 1 for 秘密.
    public var rank: Int { Self.ranks[level] ?? 1 }

    private static let ranks = ["秘密": 1, "CONFIDENTIAL": 1, "机密": 2, "SECRET": 2, "绝密": 3, "TOP SECRET": 3]

    /// As it ought to be written: 机密★10年.
    public var written: String { term == .standard ? level : "\(level)★\(term.written)" }

    /// The marks of a text. A sentence that speaks of 绝密、机密、秘密 bears none.
    public static func marks(in text: String) -> [SecrecyMark] {
        Scan.findings(in: text).compactMap { finding in
            guard finding.rule == .secrecyMark else { return nil }
            let read = MarkReader(Array(finding.value.utf8)).mark(at: 0)
            return SecrecyMark(level: read?.level ?? finding.value, range: finding.range, term: read?.term ?? .standard)
        }
    }

    /// What a compilation of marked parts must bear: the highest level, and the longest term of the parts.
    ///
    /// A term that ends on a day is measured from `day`; one that ends on a condition cannot be measured and is listed beside the term.
    /// Parts whose secret has ended do not count. nil when no part is secret.
    public static func compilation(of parts: [SecrecyMark], on day: SecrecyTerm.Day) -> Compilation? {
        let parts = parts.filter { !$0.isDeclassified }
        guard let highest = parts.max(by: { $0.rank < $1.rank }) else { return nil }
        var conditions: [String] = []
        var longest: (term: SecrecyTerm, months: Int)?
        for part in parts {
            guard let months = part.term.months(at: part.rank, from: day) else {
                if case .condition(let condition) = part.term, !conditions.contains(condition) { conditions.append(condition) }
                continue
            }
            if longest.map({ months > $0.months }) ?? true {
                longest = (part.term == .standard ? .years(months / 12) : part.term, months)
            }
        }
        return Compilation(level: highest.level, term: longest?.term, conditions: conditions)
    }

    public struct Compilation: Hashable, Sendable {
        public let level: String
        /// nil when every part ends on a condition.
        public let term: SecrecyTerm?
        public let conditions: [String]
    }
}

/// What stands behind the star: how long, until when, or until what.
public enum SecrecyTerm: Hashable, Sendable {
    /// None given: the level's standard term (绝密 30, 机密 20, 秘密 10 years; Secrecy Act art. 20).
    case standard
    case years(Int)
    case months(Int)
    case days(Int)
    case longTerm
    /// Until a day; month and day may be missing (0).
    case until(Day)
    case condition(String)

    public struct Day: Hashable, Sendable {
        public let year: Int
        public let month: Int
        public let day: Int

        public init(_ year: Int, _ month: Int = 0, _ day: Int = 0) { (self.year, self.month, self.day) = (year, month, day) }
    }

    public var written: String {
        switch self {
        case .standard: ""
        case .years(let years): "\(years)年"
        case .months(let months): "\(months)个月"
        case .days(let days): "\(days)日"
        case .longTerm: "长期"
        case .until(let day):
            "\(day.year)年" + (day.month > 0 ? "\(day.month)月" : "") + (day.day > 0 ? "\(day.day)日" : "") + "解密"
        case .condition(let condition): condition
        }
    }

    /// The length in months, rounded up; a term without end is longer than any other; nil for a condition.
    func months(at rank: Int, from day: Day) -> Int? {
        switch self {
        case .standard: rank * 120
        case .years(let years): years * 12
        case .months(let months): months
        case .days(let days): (days + 29) / 30
        case .longTerm: .max
        // A year or month without a day lasts to its end.
        case .until(let end):
            (end.year - day.year) * 12 + (end.month == 0 ? 12 : end.month) - max(1, day.month) + (end.day == 0 || end.day > day.day ? 1 : 0)
        case .condition: nil
        }
    }
}
