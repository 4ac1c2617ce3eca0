/// When a cell tells too much about one subject, and how far its value must stay uncertain then.
public struct SensitivityRules: Sendable, Hashable {
    /// A cell of fewer subjects is sensitive, unless it has none.
    public var minimum: Int?
    /// A cell is sensitive if its largest n contributions are more than k percent of it.
    public var dominance: Dominance?
    /// A cell is sensitive if the second largest subject can estimate the largest one's amount to within p percent.
    public var p: Double?
    /// The same if everyone knows every amount to within q percent beforehand.
    public var pq: PriorPosterior?
    /// How many percent of an amount must stay uncertain on both sides where only the minimum is missed.
    public var range: Double

    public struct Dominance: Sendable, Hashable {
        public var n: Int
        public var k: Double

        public init(n: Int, k: Double) {
            self.n = n
            self.k = k
        }
    }

    public struct PriorPosterior: Sendable, Hashable {
        public var p: Double
        public var q: Double

        public init(p: Double, q: Double) {
            self.p = p
            self.q = q
        }
    }

    /// - Throws: `MosaicRefused` for numbers that no rule can have.
    public init(
        minimum: Int? = 3,
        dominance: Dominance? = nil,
        p: Double? = nil,
        pq: PriorPosterior? = nil,
        range: Double = 30
    ) throws(MosaicRefused) {
        self.minimum = minimum
        self.dominance = dominance
        self.p = p
        self.pq = pq
        self.range = range
        func refuse(_ isWrong: Bool, _ zh: String, _ en: String) throws(MosaicRefused) {
            if isWrong { throw MosaicRefused(zh: zh, en: en) }
        }
        try refuse((minimum ?? 2) < 2, "最小频数至少为 2。", "The minimum frequency is at least 2.")
        try refuse((dominance?.n ?? 1) < 1, "支配规则的 n 至少为 1。", "The n of the dominance rule is at least 1.")
        let percents = [dominance?.k, p, pq?.p, pq?.q, range].compactMap { $0 }
        try refuse(percents.contains { !($0 > 0 && $0 <= 100) }, "百分数须大于 0 且不超过 100。", "A percentage is above 0 and at most 100.")
        try refuse(pq.map { $0.p >= $0.q } ?? false, "p 须小于 q。", "In the pq rule p is less than q.")
    }

    /// Whether any rule looks at single contributions.
    public var needsContributions: Bool { dominance != nil || p != nil || pq != nil }

    /// The rules that a cell breaks, and how far the attacker's interval must reach beyond its value.
    struct Need: Equatable {
        var rules: [String]
        /// In units, above zero.
        var below: Int64
        var above: Int64
    }

    /// A count below the minimum must be able to be less, and to be large enough.
    func need(count: Int64) -> Need? {
        guard let minimum, count > 0, count < Int64(minimum) else { return nil }
        return Need(rules: ["minimum"], below: 1, above: Int64(minimum) - count)
    }

    /// How far each rule wants an amount uncertain follows from the rule itself: the interval must reach where the rule would be kept.
    func need(amount: Int64, subjects: Int?, largest: [Int64]) -> Need? {
        guard amount > 0 || largest.contains(where: { $0 != 0 }) else { return nil }
        let whole = Double(amount)
        let first = Double(largest.first ?? 0)
        let rest = whole - first - Double(largest.dropFirst().first ?? 0)
        var rules: [String] = []
        var width = 0.0
        if let minimum, let subjects, subjects > 0, subjects < minimum {
            rules.append("minimum")
            width = max(width, range / 100 * whole)
        }
        if let dominance {
            let top = largest.prefix(dominance.n).reduce(0) { $0 + Double($1) }
            if top * 100 > dominance.k * whole {
                rules.append("dominance")
                width = max(width, 100 / dominance.k * top - whole)
            }
        }
        if let p, rest * 100 < p * first {
            rules.append("p")
            width = max(width, p / 100 * first - rest)
        }
        if let pq, rest * pq.q < pq.p * first {
            rules.append("pq")
            width = max(width, pq.p / pq.q * first - rest)
        }
        guard !rules.isEmpty else { return nil }
        let units = max(1, Int64(width.rounded(.up)))
        return Need(rules: rules, below: min(units, max(amount, 1)), above: units)
    }
}
