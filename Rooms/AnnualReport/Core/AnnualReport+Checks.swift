extension AnnualReport {
    /// The checks A1 to A9. - Parameter before: last year's report, for A5 and A6; without it they are not made.
    public func checks(before: AnnualReport? = nil) -> [Check] {
        [a1(), a2(), a3(), a4()] + (before.map { [a5($0), a6($0)] } ?? []) + [a7(), a8(), a9()]
    }

    private static let columns: [ApplicantKind?] = ApplicantKind.allCases.map { $0 } + [nil]

    private static func name(_ column: ApplicantKind?) -> Text { column?.text ?? Text("总计", "Total") }

    private func check(_ id: String, _ places: [(Text, Int)], warning: Bool = false, _ zh: String, _ en: String) -> Check {
        let wrong = places.filter { $0.1 != 0 }.map { Check.Place(place: $0.0, difference: $0.1) }
        return Check(
            id: id,
            passed: wrong.isEmpty,
            isWarning: warning,
            difference: wrong.first?.difference ?? 0,
            zh: zh,
            en: en,
            at: wrong
        )
    }

    /// "第一项加第二项之和，等于第三项加第四项之和" (printed in table 3).
    private func a1() -> Check {
        let differences = Self.columns.map {
            (Self.name($0), requests[.received, $0] + requests[.carriedOver, $0] - requests[.total, $0] - requests[.carriedForward, $0])
        }
        return check("A1", differences, "表三各列：第一项加第二项等于第三项总计加第四项", "Table 3, each column: I + II = III(7) + IV")
    }

    private func a2() -> Check {
        let differences = Self.columns.map { kind in
            (Self.name(kind), RequestTable.Row.results.reduce(0) { $0 + requests[$1, kind] } - requests[.total, kind])
        }
        return check("A2", differences, "表三各列：各办理结果之和等于（七）总计", "Table 3, each column: the results add up to (7)")
    }

    private func a3() -> Check {
        let differences = RequestTable.Row.allCases.map { row in
            (Text(row.label.zh, row.label.en), ApplicantKind.allCases.reduce(0) { $0 + requests[row, $1] } - requests[row, nil])
        }
        return check("A3", differences, "表三各行：自然人加五类组织等于总计", "Table 3, each row: persons and five kinds of organisation make the total")
    }

    private func a4() -> Check {
        let differences = RemedyTable.Group.allCases.map { group in
            (group.text, RemedyTable.Result.allCases.reduce(0) { $0 + remedies[group, $1] } - remedies.total(group))
        }
        return check("A4", differences, "表四各组：维持、纠正、其他、尚未审结之和等于总计", "Table 4, each group: the four results make the total")
    }

    private func a5(_ before: AnnualReport) -> Check {
        let differences = Self.columns.map { (Self.name($0), requests[.carriedOver, $0] - before.requests[.carriedForward, $0]) }
        return check("A5", differences, "上年结转等于上年报告的结转下年度", "Carried over equals last year's carried forward")
    }

    /// Breaks legitimately where documents lapse without repeal: a warning to be explained.
    private func a6(_ before: AnnualReport) -> Check {
        func difference(_ now: ProactiveTable.Documents, _ then: ProactiveTable.Documents) -> Int {
            now.inForce - (then.inForce + now.made - now.repealed)
        }
        let (rules, documents) = (ProactiveTable.Item.rules.text, ProactiveTable.Item.normativeDocuments.text)
        let differences = [
            (Text(rules.zh, rules.en), difference(proactive.rules, before.proactive.rules)),
            (Text(documents.zh, documents.en), difference(proactive.normativeDocuments, before.proactive.normativeDocuments)),
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
        let table3 = RequestTable.Row.allCases.flatMap { row in
            requests.values(row).map { (Text("表三：\(row.label.zh)", "Table 3: \(row.label.en)"), $0) }
        }
        let table4 = RemedyTable.Group.allCases.flatMap { group in
            RemedyTable.Result.allCases.map { (Text("表四：\(group.text.zh)", "Table 4: \(group.text.en)"), remedies[group, $0]) }
        }
        let table2 =
            [proactive.rules, proactive.normativeDocuments].flatMap { [$0.made, $0.repealed, $0.inForce] }
            + [proactive.licences, proactive.penalties, proactive.coercive, proactive.feesFen]
        let all = table3 + table4 + table2.map { (Text("表二", "Table 2"), $0) } + [(Section.others.text, processingFeesFen)]
        return check("A7", all.map { ($0.0, min(0, $0.1)) }, "各项数据不为负数", "No figure is negative")
    }

    /// A section that denies what was collected does not report it, unless it names the amount.
    private func a8() -> Check {
        let text = filled(.others)
        let yuan = processingFeesFen / 100
        let denies = ["未收取", "没有收取", "不收取", "未收费", "没有收费"].contains(where: text.contains)
        let says = text.contains("信息处理费") && (!denies || text.contains("\(yuan)元"))
        let owed = processingFeesFen > 0 && !says ? max(1, yuan) : 0
        return check(
            "A8",
            [(Section.others.text, owed)],
            "收取信息处理费的，第六部分应当报告",
            "Fees for processing that were collected are reported in section six"
        )
    }

    /// Figures in a text are those of the tables. A bound field that names no cell fails; a figure typed after words that name a cell and
    /// unlike it is shown to be explained, for words can not be read with certainty.
    private func a9() -> Check {
        let broken = Section.allCases.flatMap { section in
            Self.fields(of: sections[section] ?? "").filter { cell($0) == nil }.map { (Text("[[\($0)]]", "[[\($0)]]"), 1) }
        }
        let typed = Section.allCases.flatMap { section in
            QuotedFigures.read(filled(section), in: self).map { quoted in
                let told = "\(quoted.phrase)\(quoted.figure)件"
                return (Text("\(section.text.zh)：\(told)", "\(section.text.en): \(told)"), quoted.figure - quoted.cell)
            }
        }
        let isExplained = broken.isEmpty && typed.contains { $0.1 != 0 }
        return check("A9", broken + typed, warning: isExplained, "文字引用的数据与表格一致", "Figures in the text are those of the tables")
    }
}
