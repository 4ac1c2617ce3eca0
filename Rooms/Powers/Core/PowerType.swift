/// The ten types of power (权责清单), and by what kind of document each may be established.
public enum PowerType: String, Codable, CaseIterable, Sendable {
    case penalty
    case licence
    case benefit
    case adjudication
    case confirmation
    case compulsion
    case levy
    case reward
    case inspection
    case other

    /// What the law asks of a basis: the kinds of which one must stand among the bases, and the articles.
    public struct Rule: Sendable {
        public let type: PowerType
        /// Empty where the law leaves the kind of document open.
        public let kinds: Set<Content.Kind>
        /// Why another kind does not do.
        public let level: Law
        /// Why a text that is not in force does not do.
        public let basis: Law

        init(_ type: PowerType, by kinds: Set<Content.Kind>, _ level: Law, _ basis: Law) {
            (self.type, self.kinds, self.level, self.basis) = (type, kinds, level, basis)
        }
    }

    public var rule: Rule { Self.rules[Self.allCases.firstIndex(of: self) ?? 0] }

    // Rows in the order of the cases; `.policy` is a decision of the State Council.
    // The columns are the point.
    // swift-format-ignore
    public static let rules: [Rule] = [
        .init(.penalty,      by: [.law, .regulation, .rule, .localRegulation],   .penalty(16),             .penalty(38)),
        .init(.licence,      by: [.law, .regulation, .policy, .localRegulation], .licensing(17),           .licensing(4)),
        .init(.benefit,      by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.adjudication, by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.confirmation, by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.compulsion,   by: [.law, .regulation, .localRegulation],          .compulsion(10),          .compulsion(4)),
        .init(.levy,         by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.reward,       by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.inspection,   by: [],                                             .house,                   .businessEnvironment(64)),
        .init(.other,        by: [],                                             .house,                   .businessEnvironment(64)),
    ]

    /// The type of a name in either language, or of its code.
    public init?(named name: some StringProtocol) {
        let name = String(name).trimmed.lowercased()
        guard let type = Self.allCases.first(where: { [$0.rawValue, $0.text.zh, $0.text.en.lowercased()].contains(name) }) else {
            return nil
        }
        self = type
    }

    // The columns are the point.
    // swift-format-ignore
    public var text: Text {
        switch self {
        case .penalty:      Text("行政处罚",     "Administrative penalty")
        case .licence:      Text("行政许可",     "Administrative licence")
        case .benefit:      Text("行政给付",     "Administrative benefit")
        case .adjudication: Text("行政裁决",     "Administrative adjudication")
        case .confirmation: Text("行政确认",     "Administrative confirmation")
        case .compulsion:   Text("行政强制",     "Administrative compulsion")
        case .levy:         Text("行政征收",     "Administrative levy")
        case .reward:       Text("行政奖励",     "Administrative reward")
        case .inspection:   Text("行政检查",     "Administrative inspection")
        case .other:        Text("其他行政权力", "Other administrative power")
        }
    }
}

extension String {
    /// Without the blanks around it.
    var trimmed: String {
        var part = self[...]
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
