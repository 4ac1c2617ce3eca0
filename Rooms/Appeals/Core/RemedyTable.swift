/// Table 4: administrative reviews and lawsuits, three groups of five cells.
public struct RemedyTable: Equatable, Sendable {
    public enum Group: String, CaseIterable, Codable, Sendable {
        case review
        case suitDirect
        case suitAfterReview

        public var text: Text {
            switch self {
            case .review: Text("行政复议", "Administrative review")
            case .suitDirect: Text("行政诉讼：未经复议直接起诉", "Lawsuit without review")
            case .suitAfterReview: Text("行政诉讼：复议后起诉", "Lawsuit after review")
            }
        }
    }

    public enum Result: String, CaseIterable, Codable, Sendable {
        case upheld
        case corrected
        case other
        case pending

        public var text: Text {
            switch self {
            case .upheld: Text("结果维持", "Upheld")
            case .corrected: Text("结果纠正", "Corrected")
            case .other: Text("其他结果", "Other result")
            case .pending: Text("尚未审结", "Pending")
            }
        }
    }

    public var cells: [Group: [Result: Int]] = [:]
    /// Totals as stated; nil where they are summed.
    public var stated: [Group: Int] = [:]

    public init() {}

    public subscript(group: Group, result: Result) -> Int {
        get { cells[group]?[result] ?? 0 }
        set { cells[group, default: [:]][result] = newValue }
    }

    public func total(_ group: Group) -> Int { stated[group] ?? Result.allCases.reduce(0) { $0 + self[group, $1] } }
}
