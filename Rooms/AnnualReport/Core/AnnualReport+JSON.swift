import Foundation

extension AnnualReport {
    /// The report for software: every table by its keys, every check with its difference.
    public struct Document: Encodable, Sendable {
        let year: Int
        let table2: ProactiveTable
        let table3: Table3
        let table4: [String: [String: Int]]
        let checks: [Check]
        let sections: [String: String]

        struct Table3: Encodable, Sendable {
            let columns: [String]
            let rows: [Row]

            struct Row: Encodable, Sendable {
                let key, label: String
                let values: [Int]
            }
        }
    }

    public func document(before: AnnualReport? = nil) -> Document {
        var table4: [String: [String: Int]] = [:]
        for group in RemedyTable.Group.allCases {
            for result in RemedyTable.Result.allCases { table4[group.rawValue, default: [:]][result.rawValue] = remedies[group, result] }
            table4[group.rawValue, default: [:]]["total"] = remedies.total(group)
        }
        return Document(
            year: year,
            table2: proactive,
            table3: .init(
                columns: ApplicantKind.allCases.map(\.rawValue) + ["total"],
                rows: RequestTable.Row.allCases.map { .init(key: $0.key, label: $0.label.zh, values: requests.values($0)) }
            ),
            table4: table4,
            checks: checks(before: before),
            sections: Dictionary(uniqueKeysWithValues: Section.allCases.map { ($0.rawValue, filled($0)) })
        )
    }

    /// All three tables as one CSV: table, row, column, value.
    public var csv: String {
        var lines = ["table,row,column,value"]
        for (item, documents) in [("rules", proactive.rules), ("normativeDocuments", proactive.normativeDocuments)] {
            lines.append("2,\(item),made,\(documents.made)")
            lines.append("2,\(item),repealed,\(documents.repealed)")
            lines.append("2,\(item),inForce,\(documents.inForce)")
        }
        lines += [
            "2,licences,decisions,\(proactive.licences)", "2,penalties,decisions,\(proactive.penalties)",
            "2,coercive,decisions,\(proactive.coercive)", "2,fees,tenThousandYuan,\(proactive.feesInTenThousandYuan)",
        ]
        let columns = ApplicantKind.allCases.map(\.rawValue) + ["total"]
        for row in RequestTable.Row.allCases {
            for (column, value) in zip(columns, requests.values(row)) { lines.append("3,\(row.key),\(column),\(value)") }
        }
        for group in RemedyTable.Group.allCases {
            for result in RemedyTable.Result.allCases {
                lines.append("4,\(group.rawValue),\(result.rawValue),\(remedies[group, result])")
            }
            lines.append("4,\(group.rawValue),total,\(remedies.total(group))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a CSV of an earlier year back. - Throws: `Refusal.invalid` that names the line.
    public init(year: Int, csv: String) throws(Refusal) {
        self.init(year: year)
        let lines = csv.split(whereSeparator: \.isNewline)
        for (place, line) in lines.enumerated().dropFirst() {
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            func bad() -> Refusal {
                .invalid("csv", "第\(place + 1)行无法读取：\(line)", "Line \(place + 1) can not be read: \(line)")
            }
            guard parts.count == 4 else { throw bad() }
            if parts[0] == "2", parts[1] == "fees" {
                guard let amount = Double(parts[3]), (0...Self.most).contains(amount) else { throw bad() }
                proactive.feesFen = Int((amount * 1_000_000).rounded())
                continue
            }
            guard let value = Int(parts[3]), abs(Double(value)) <= Self.most else { throw bad() }
            guard put(value, table: parts[0], row: parts[1], column: parts[2]) else { throw bad() }
        }
    }

    /// No figure of an agency is larger; what is, would only overflow the sums.
    private static let most = 1e12

    private mutating func put(_ value: Int, table: String, row: String, column: String) -> Bool {
        switch (table, row) {
        case ("2", "rules"), ("2", "normativeDocuments"):
            let path: WritableKeyPath<AnnualReport, ProactiveTable.Documents> =
                row == "rules" ? \.proactive.rules : \.proactive.normativeDocuments
            switch column {
            case "made": self[keyPath: path].made = value
            case "repealed": self[keyPath: path].repealed = value
            case "inForce": self[keyPath: path].inForce = value
            default: return false
            }
        case ("2", "licences"): proactive.licences = value
        case ("2", "penalties"): proactive.penalties = value
        case ("2", "coercive"): proactive.coercive = value
        case ("3", _):
            guard let named = RequestTable.Row.allCases.first(where: { $0.key == row }) else { return false }
            guard column == "total" || ApplicantKind(rawValue: column) != nil else { return false }
            requests[named, ApplicantKind(rawValue: column)] = value
        case ("4", _):
            guard let group = RemedyTable.Group(rawValue: row) else { return false }
            if column == "total" {
                remedies.stated[group] = value
            } else {
                guard let result = RemedyTable.Result(rawValue: column) else { return false }
                remedies[group, result] = value
            }
        default: return false
        }
        return true
    }
}
