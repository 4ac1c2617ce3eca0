extension AnnualReport {
    /// The checks A1 to A9. - Parameter before: last year's report, for A5 and A6; without it they are not made.
    public func checks(before: AnnualReport? = nil) -> [Check] {
        [a1(), a2(), a3(), a4()] + (before.map { [a5($0), a6($0)] } ?? []) + [a7(), a8(), a9()]
    }

    private static let columns: [ApplicantKind?] = ApplicantKind.allCases.map { $0 } + [nil]

    private func check(_ id: String, _ differences: [Int], warning: Bool = false, _ zh: String, _ en: String) -> Check {
        let wrong = differences.first { $0 != 0 } ?? 0
        return Check(id: id, passed: wrong == 0, isWarning: warning, difference: wrong, zh: zh, en: en)
    }

    /// "第一项加第二项之和，等于第三项加第四项之和" (printed in table 3).
    private func a1() -> Check {
        let differences = Self.columns.map {
            requests[.received, $0] + requests[.carriedOver, $0] - requests[.total, $0] - requests[.carriedForward, $0]
        }
        return check("A1", differences, "表三各列：第一项加第二项等于第三项总计加第四项", "Table 3, each column: I + II = III(7) + IV")
    }

    private func a2() -> Check {
        let differences = Self.columns.map { kind in
            RequestTable.Row.results.reduce(0) { $0 + requests[$1, kind] } - requests[.total, kind]
        }
        return check("A2", differences, "表三各列：各办理结果之和等于（七）总计", "Table 3, each column: the results add up to (7)")
    }

    private func a3() -> Check {
        let differences = RequestTable.Row.allCases.map { row in
            ApplicantKind.allCases.reduce(0) { $0 + requests[row, $1] } - requests[row, nil]
        }
        return check("A3", differences, "表三各行：自然人加五类组织等于总计", "Table 3, each row: persons and five kinds of organisation make the total")
    }

    private func a4() -> Check {
        let differences = RemedyTable.Group.allCases.map { group in
            RemedyTable.Result.allCases.reduce(0) { $0 + remedies[group, $1] } - remedies.total(group)
        }
        return check("A4", differences, "表四各组：维持、纠正、其他、尚未审结之和等于总计", "Table 4, each group: the four results make the total")
    }

    private func a5(_ before: AnnualReport) -> Check {
        let differences = Self.columns.map { requests[.carriedOver, $0] - before.requests[.carriedForward, $0] }
        return check("A5", differences, "上年结转等于上年报告的结转下年度", "Carried over equals last year's carried forward")
    }

    /// Breaks legitimately where documents lapse without repeal: a warning to be explained.
    private func a6(_ before: AnnualReport) -> Check {
        func difference(_ now: ProactiveTable.Documents, _ then: ProactiveTable.Documents) -> Int {
            now.inForce - (then.inForce + now.made - now.repealed)
        }
        let differences = [
            difference(proactive.rules, before.proactive.rules),
            difference(proactive.normativeDocuments, before.proactive.normativeDocuments),
        ]
        return check(
            "A6",
            differences,
            warning: true,
            "现行有效等于上年现行有效加制发减废止（到期失效的请说明）",
            "In force = last year's in force + made − repealed (explain what lapsed)"
        )
    }

    private func a7() -> Check {
        let documents = [proactive.rules, proactive.normativeDocuments].flatMap { [$0.made, $0.repealed, $0.inForce] }
        let remedy = RemedyTable.Group.allCases.flatMap { group in RemedyTable.Result.allCases.map { remedies[group, $0] } }
        let all =
            requests.cells + documents + remedy
            + [proactive.licences, proactive.penalties, proactive.coercive, proactive.feesFen, processingFeesFen]
        return check("A7", all.map { min(0, $0) }, "各项数据不为负数", "No figure is negative")
    }

    private func a8() -> Check {
        let says = filled(.others).contains("信息处理费")
        let owed = processingFeesFen > 0 && !says ? 1 : 0
        return check("A8", [owed], "收取信息处理费的，第六部分应当报告", "Fees for processing that were collected are reported in section six")
    }

    /// Figures in a text are bound to cells: a field that names no cell, or a figure typed beside a bound phrase, fails.
    private func a9() -> Check {
        let broken = Section.allCases.reduce(0) { count, section in
            count + Self.fields(of: sections[section] ?? "").count { cell($0) == nil }
        }
        return check("A9", [broken], "文字引用的数据与表格一致", "Figures in the text are those of the tables")
    }
}
