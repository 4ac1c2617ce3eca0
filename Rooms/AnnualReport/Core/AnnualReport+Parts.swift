/// The report of an agency with the units below it: their tables added up, its own text.
extension AnnualReport {
    /// - Throws: `Refusal.invalid` for a part of another year.
    public func including(_ parts: [AnnualReport]) throws(Refusal) -> AnnualReport {
        var whole = self
        for part in parts {
            guard part.year == year else {
                throw .invalid("year", "\(part.year)年的报告不能汇总到\(year)年。", "A report of \(part.year) is no part of that of \(year).")
            }
            whole.proactive.add(part.proactive)
            whole.requests.add(part.requests)
            whole.remedies.add(part.remedies)
            whole.processingFeesFen += part.processingFeesFen
        }
        return whole
    }
}

extension ProactiveTable {
    fileprivate mutating func add(_ other: ProactiveTable) {
        rules.add(other.rules)
        normativeDocuments.add(other.normativeDocuments)
        licences += other.licences
        penalties += other.penalties
        coercive += other.coercive
        feesFen += other.feesFen
    }
}

extension ProactiveTable.Documents {
    fileprivate mutating func add(_ other: ProactiveTable.Documents) {
        made += other.made
        repealed += other.repealed
        inForce += other.inForce
    }
}

extension RequestTable {
    /// The printed totals are added, too: a part that does not add up shows in the whole.
    fileprivate mutating func add(_ other: RequestTable) {
        for row in Row.allCases {
            for kind in ApplicantKind.allCases { self[row, kind] += other[row, kind] }
            self[row, nil] += other[row, nil]
        }
    }
}

extension RemedyTable {
    fileprivate mutating func add(_ other: RemedyTable) {
        for group in Group.allCases {
            if stated[group] != nil || other.stated[group] != nil { stated[group] = total(group) + other.total(group) }
        }
        for group in Group.allCases {
            for result in Result.allCases { self[group, result] += other[group, result] }
        }
    }
}
