/// One year's annual report: its tables, its text, and whether the figures agree.
public struct AnnualReport: Equatable, Sendable {
    public let year: Int
    public var proactive: ProactiveTable
    public var requests: RequestTable
    public var remedies: RemedyTable
    public var sections: [Section: String]
    /// Fees collected under the fee measures this year, in fen: section six must report them (A8).
    public var processingFeesFen: Int

    public init(
        year: Int,
        proactive: ProactiveTable = .init(),
        requests: RequestTable = .init(),
        remedies: RemedyTable = .init(),
        sections: [Section: String] = [:],
        processingFeesFen: Int = 0
    ) {
        (self.year, self.proactive, self.requests, self.remedies) = (year, proactive, requests, remedies)
        (self.sections, self.processingFeesFen) = (sections, processingFeesFen)
    }

    /// The sections that people write; two to four are tables.
    public enum Section: String, CaseIterable, Codable, Sendable {
        case overview
        case problems
        case others

        // The columns are the point.
        // swift-format-ignore
        public var text: Text {
            switch self {
            case .overview: Text("一、总体情况",                 "I. Overview")
            case .problems: Text("五、存在的主要问题及改进情况", "V. Main problems and improvements")
            case .others:   Text("六、其他需要报告的事项",       "VI. Other matters to report")
            }
        }
    }

    /// One rule of arithmetic, passed or not, with the difference.
    public struct Check: Codable, Equatable, Sendable {
        public let id: String
        public let passed: Bool
        /// Only to be explained, not to be mended (A6).
        public let isWarning: Bool
        /// Left side minus right side, where it first fails.
        public let difference: Int
        public let zh: String
        public let en: String
        /// Every place where it fails: a column, a row, a group, a phrase of the text.
        public let at: [Place]

        public struct Place: Codable, Equatable, Sendable {
            public let place: Text
            public let difference: Int
        }
    }

    /// A value of a table by its name, `requests.received.total`, as texts bind to it; nil where there is none.
    public func cell(_ name: String) -> String? {
        let parts = name.split(separator: ".").map(String.init)
        switch (parts.first, parts.count) {
        case ("requests", 3):
            guard let row = RequestTable.Row.allCases.first(where: { $0.key == parts[1] }) else { return nil }
            if parts[2] == "total" { return "\(requests[row, nil])" }
            return ApplicantKind(rawValue: parts[2]).map { "\(requests[row, $0])" }
        case ("remedies", 3):
            guard let group = RemedyTable.Group(rawValue: parts[1]) else { return nil }
            if parts[2] == "total" { return "\(remedies.total(group))" }
            return RemedyTable.Result(rawValue: parts[2]).map { "\(remedies[group, $0])" }
        case ("proactive", 3):
            guard
                let documents = parts[1] == "rules"
                    ? proactive.rules : parts[1] == "normativeDocuments" ? proactive.normativeDocuments : nil
            else { return nil }
            return switch parts[2] {
            case "made": "\(documents.made)"
            case "repealed": "\(documents.repealed)"
            case "inForce": "\(documents.inForce)"
            default: nil
            }
        case ("proactive", 2):
            return switch parts[1] {
            case "licences": "\(proactive.licences)"
            case "penalties": "\(proactive.penalties)"
            case "coercive": "\(proactive.coercive)"
            case "fees": proactive.feesInTenThousandYuan
            default: nil
            }
        case ("fees", 2) where parts[1] == "yuan": return "\(processingFeesFen / 100)"
        default: return nil
        }
    }

    /// The text with its bound fields `[[requests.received.total]]` filled; a field without a cell stays as it is.
    public func filled(_ section: Section) -> String {
        Self.fields(of: sections[section] ?? "").reduce(sections[section] ?? "") { text, field in
            cell(field).map { text.replacing("[[\(field)]]", with: $0) } ?? text
        }
    }

    /// The names of the fields a text binds.
    static func fields(of text: String) -> [String] {
        text.split(separator: "[[").dropFirst().compactMap { part in
            let name = part.prefix { $0 != "]" }
            return part.dropFirst(name.count).hasPrefix("]]") ? String(name) : nil
        }
    }
}
