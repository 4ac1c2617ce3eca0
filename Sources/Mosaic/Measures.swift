import Foundation

/// Questions about what a table discloses, alone or beside what is already out.
public enum Mosaic {
    /// What a missing quasi-identifier stands for.
    public enum Missing: String, Sendable, Codable {
        /// One value among others.
        case value
        /// Any value: such a row hides among all rows that agree in the rest (as in sdcMicro's freqCalc).
        case wildcard
    }

    /// The disclosure measures of a table.
    ///
    /// - Parameters:
    ///   - quasi: columns that an outsider may know.
    ///   - sensitive: columns that must not be learned; each measure is the worst over them.
    ///   - missing: how a missing quasi-identifier is read.
    ///   - population: the share of the population that the table holds, above 0 and at most 1, for estimates of population uniqueness.
    ///   - suda: also the special uniques of the quasi-identifiers.
    /// - Throws: `MosaicRefused` for unknown columns, none at all, or an empty table.
    public static func measure(
        _ table: Microdata,
        quasi: [String],
        sensitive: [String] = [],
        missing: Missing = .value,
        population: Double? = nil,
        suda: Bool = false
    ) throws(MosaicRefused) -> DisclosureMeasures {
        let quasiColumns = try table.columns(quasi)
        let sensitiveColumns = try table.columns(sensitive)
        guard !quasiColumns.isEmpty else { throw MosaicRefused(zh: "请指明准标识符列。", en: "Name the quasi-identifiers.") }
        guard table.rows > 0 else { throw MosaicRefused(zh: "表中没有数据行。", en: "The table has no rows.") }
        if let both = quasiColumns.first(where: { column in sensitiveColumns.contains { $0.name == column.name } }) {
            throw MosaicRefused(
                zh: "“\(both.name)”不能既是准标识符又是敏感列。",
                en: "“\(both.name)” can not be both quasi-identifier and sensitive."
            )
        }
        if let population, !(population > 0 && population <= 1) {
            throw MosaicRefused(zh: "抽样比例应大于 0、不大于 1。", en: "The sampling fraction lies above 0 and is at most 1.")
        }
        let crowds = Crowds(quasiColumns, rows: table.rows, missing: missing)
        var measures = DisclosureMeasures(rows: table.rows, crowds: crowds)
        for column in sensitiveColumns { measures.take(crowds.diversity(of: column), of: column.name) }
        measures.risk = ReidentificationRisk(crowds, rows: table.rows, fraction: population)
        if suda { measures.suda = SpecialUniques(quasiColumns, rows: table.rows).summary }
        return measures
    }
}

/// What a table discloses, in the words of the statisticians; the keys are those of `gongkai mosaic measure --json`.
public struct DisclosureMeasures: Sendable, Codable, Equatable {
    public let rows: Int
    /// Distinct combinations of quasi-identifiers.
    public let classes: Int
    /// k-anonymity: the smallest crowd (Samarati, Sweeney 1998).
    public let k: Int
    public private(set) var alpha: Double?
    public private(set) var lDistinct: Int?
    /// Entropy l-diversity, a real number.
    public private(set) var lEntropy: Double?
    /// For each l the value that c must exceed; null where no c suffices because a crowd has fewer than l values.
    public private(set) var c: [String: Double?]?
    /// t-closeness: ordered distance for numbers, equal distance for words.
    public private(set) var t: Double?
    public private(set) var tEqual: Double?
    public private(set) var tOrdered: Double?
    public private(set) var beta: Double?
    public private(set) var betaEnhanced: Double?
    public private(set) var delta: Double?
    /// Rows alone in their crowd.
    public let uniques: Int
    public fileprivate(set) var risk: ReidentificationRisk?
    public fileprivate(set) var suda: SpecialUniques.Summary?

    init(rows: Int, crowds: Crowds) {
        self.rows = rows
        classes = crowds.classes.count
        k = crowds.sizes.min() ?? 0
        uniques = zip(crowds.sizes, crowds.classes.sizes).reduce(0) { $0 + ($1.0 == 1 ? Int($1.1) : 0) }
    }

    mutating func take(_ diversity: Diversity, of column: String) {
        alpha = max(alpha ?? 0, diversity.alpha)
        lDistinct = min(lDistinct ?? .max, diversity.distinct)
        lEntropy = min(lEntropy ?? .infinity, diversity.entropy)
        tEqual = max(tEqual ?? 0, diversity.equalDistance)
        if diversity.isOrdered { tOrdered = max(tOrdered ?? 0, diversity.orderedDistance) }
        t = max(t ?? 0, diversity.isOrdered ? diversity.orderedDistance : diversity.equalDistance)
        beta = max(beta ?? 0, diversity.beta)
        betaEnhanced = max(betaEnhanced ?? 0, diversity.betaEnhanced)
        delta = max(delta ?? 0, diversity.delta)
        var least: [String: Double?] = c ?? [:]
        let lengths = max(diversity.recursive.count + 1, 2)
        for length in 2...lengths {
            let bound = length - 2 < diversity.recursive.count ? diversity.recursive[length - 2] : nil
            if let known = least["\(length)"] {
                least["\(length)"] = .some(known.flatMap { one in bound.map { max(one, $0) } })
            } else if c == nil {
                least["\(length)"] = .some(bound)
            }
        }
        for key in least.keys where key != "2" && (Int(key) ?? 0) > lengths { least[key] = nil }
        c = least
    }
}
