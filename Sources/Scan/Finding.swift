/// Something in a text that a reviewer must see: where, what, how grave, how sure, and by which rule.
public struct Finding: Hashable, Sendable {
    public let rule: Rule
    /// Where it stands in the original text, in UTF-8 bytes.
    public let range: Range<Int>
    /// Counted from 1.
    public let line: Int
    /// As printed in the original.
    public let printed: String
    public let severity: Severity
    /// From 0 to 1: how sure the scan is that this is what the rule says.
    public let confidence: Double
    /// Why it was reported, for the reviewer.
    public let reason: Bilingual
    /// Without disguise: digits without blanks and dashes, a mark as 密级★期限.
    public let value: String

    /// The act and article on which the rule rests.
    public var basis: String { rule.basis }

    public enum Severity: Int, Comparable, Hashable, Sendable {
        /// Worth a look.
        case notice
        /// Has the shape, but its check digit does not hold: never dropped.
        case suspect
        /// Personal data or a work secret: someone must decide.
        case serious
        /// A secrecy mark: the text may not be kept at all.
        case refuse

        public static func < (one: Severity, other: Severity) -> Bool { one.rawValue < other.rawValue }
    }

    /// A rule of the table by name: what it looks for and the article it rests on.
    public struct Rule: Hashable, Sendable {
        /// Findings are many and rules few: a finding holds its rule by reference.
        private final class Row: Sendable {
            let rawValue, kind, zh, en, basis: String

            init(_ rawValue: String, _ kind: String, _ zh: String, _ en: String, _ basis: String) {
                (self.rawValue, self.kind, self.zh, self.en, self.basis) = (rawValue, kind, zh, en, basis)
            }
        }

        private let row: Row

        init(rawValue: String, kind: String, zh: String, en: String, basis: String) { row = Row(rawValue, kind, zh, en, basis) }

        public var rawValue: String { row.rawValue }
        /// The kind of thing, in the vocabulary that scores share: `person`, `phone`, `id_number`…; several rules may find one kind.
        public var kind: String { row.kind }
        public var zh: String { row.zh }
        public var en: String { row.en }
        /// The act and article on which the rule rests.
        public var basis: String { row.basis }

        public static func == (one: Rule, other: Rule) -> Bool { one.row === other.row || one.rawValue == other.rawValue }
        public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
    }
}

/// A sentence in both languages of the house.
public struct Bilingual: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) { (self.zh, self.en) = (zh, en) }
}

extension Finding.Severity {
    /// As the table and the command line write it.
    public var name: String {
        switch self {
        case .notice: "notice"
        case .suspect: "suspect"
        case .serious: "serious"
        case .refuse: "refuse"
        }
    }

    public init?(named name: String) {
        guard let severity = [.notice, .suspect, .serious, .refuse].first(where: { (one: Self) in one.name == name }) else { return nil }
        self = severity
    }
}

extension Finding.Rule: CaseIterable {
    /// The rules that the house brings along, in the order of the table.
    public static var allCases: [Finding.Rule] { byName.values.sorted { $0.rawValue < $1.rawValue } }

    /// The house's own rule of that name; an office's own rules are known to its `Table` alone.
    public init?(rawValue: String) {
        guard let rule = Self.byName[rawValue] else { return nil }
        self = rule
    }

    private static let byName = Dictionary(Table.house.kinds.map { ($0.rule.rawValue, $0.rule) }) { first, _ in first
    }
    private static func named(_ name: String) -> Finding.Rule { byName[name]! }

    public static let secrecyMark = named("secrecyMark")
    public static let residentID = named("residentID")
    public static let creditCode = named("creditCode")
    public static let bankCard = named("bankCard")
    public static let mobile = named("mobile")
    public static let landline = named("landline")
    public static let email = named("email")
    public static let workSecret = named("workSecret")
    public static let person = named("person")
    public static let address = named("address")
    public static let plate = named("plate")
    public static let passport = named("passport")
}
