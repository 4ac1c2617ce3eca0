import Core
import Mosaic
import Records
import Scan

/// A table at the desk, as its page shows it.
struct DatasetView {
    let title, unit, state, tone, hash, rows, version, k, fault, action, sentence, verdictTone, alone, aloneTone, against,
        publicHref: String
    let hasFault, hasCheck, hasFindings, hasCures, hasLimits, hasMeasures, hasSteps, mayCorrect, isPublic, hasNotes, hasFound,
        hasFormers, hasDossier: Bool
    let columns: [Column]
    let findings, limits, notes, dossier: [String]
    let counts: CountsView
    let cures: [Cure]
    let found: [FoundLine]
    let formers: [FormerLine]
    let measures: [Measure]
    let steps: [Step]
    let trail: [StepLine]

    struct Column {
        let id, name, kind, values, role: String
        let choices: [Choice]
    }

    struct Measure {
        let name, value, meaning: String
    }

    struct Cure {
        let sentence: String
        let number: Int
        let mayTake: Bool
    }

    /// What the scan found in a column by a rule.
    struct FoundLine {
        let id, column, kind, rule, severity, tone, sure, why, basis, cells, places, decided, typed: String
        let isOpen: Bool
    }

    struct FormerLine {
        let href, number, hash, change, at: String
    }

    struct Step {
        let label, law, action: String
        let asksReason: Bool
    }

    init(
        _ dataset: Dataset,
        _ table: Microdata,
        _ risk: DatasetRisk,
        open: [Lifecycle<Dataset.State, Dataset.Step>.Row],
        steps: [StepLog.Entry],
        found: [Datasets.Found],
        formers: [Datasets.Former],
        mayCure: Bool,
        decides: Bool,
        typed: Form,
        mayCorrect: Bool,
        fault: Refusal?,
        in language: Language
    ) {
        func said(_ sentence: Sentence) -> String { language == .zh ? sentence.zh : sentence.en }
        title = dataset.title
        unit = UnitNames.name(of: dataset.unit, in: language)
        state = dataset.state.text.in(language)
        tone = dataset.state == .released ? "good" : dataset.state == .withdrawn ? "bad" : "warn"
        (hash, rows, version, k) = (dataset.hash, "\(dataset.rows)", "\(dataset.version)", "\(risk.k)")
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        action = "/\(language.rawValue)/office/datasets/\(dataset.key)"
        against = "\(risk.against)"
        publicHref = "/\(language.rawValue)/data/\(dataset.key)"
        isPublic = dataset.releasedAt != nil
        hasCheck = risk.check != nil
        sentence = risk.check.map { said($0.sentence) } ?? ""
        let beside = risk.check.map { $0.unique + $0.belowK + $0.certain } ?? 0
        verdictTone = beside == 0 ? "" : "warning"
        let counts = risk.check?.alone ?? .init()
        aloneTone = counts.isSafe ? "" : "warning"
        alone =
            counts.isSafe
            ? Text("没有唯一的行，没有过小的类，也没有可以确定的敏感值。", "No row is alone, no crowd is too small, no sensitive value is certain.").in(language)
            : Text(
                "\(counts.unique)行唯一，\(counts.belowK)行所在的类少于\(risk.k)行，\(counts.certain)行的敏感值可以确定。",
                "\(counts.unique) rows are alone, \(counts.belowK) stand in crowds below \(risk.k), of \(counts.certain) a sensitive value is certain."
            ).in(language)
        findings = risk.check?.findings.map { said($0.sentence) } ?? []
        cures =
            risk.check?.cures.prefix(8).enumerated().map { Cure(sentence: said($1.sentence), number: $0, mayTake: mayCure) } ?? []
        self.found = found.enumerated().map { FoundLine($1, place: $0, decides: decides, typed: typed, in: language) }
        hasFound = !found.isEmpty
        self.formers = formers.map { former in
            FormerLine(
                href: "/\(language.rawValue)/office/datasets/\(dataset.key)/versions/\(former.number)",
                number: "\(former.number)",
                hash: String(former.hash.prefix(16)),
                change: former.change.in(language),
                at: former.at.beijingMinute
            )
        }
        hasFormers = !formers.isEmpty
        dossier = (risk.dossier ?? []).map { finding in
            let more = Text("（另有\(finding.rows - 1)行如此）", " (and \(finding.rows - 1) more rows)").in(language)
            return said(finding.sentence) + (finding.rows > 1 ? more : "")
        }
        hasDossier = !dossier.isEmpty
        self.counts = CountsView(table, risk, mayDeclare: mayCorrect, mayHide: mayCure, typed: typed, in: language)
        limits = risk.check?.limits.map(said) ?? []
        (hasFindings, hasCures, hasLimits) = (!findings.isEmpty, !cures.isEmpty, !limits.isEmpty)
        notes = (risk.notes ?? []).map { $0.in(language) }
        hasNotes = !notes.isEmpty
        measures = risk.measures.map { Self.measures($0, in: language) } ?? []
        hasMeasures = !measures.isEmpty
        columns = table.columns.enumerated().map { place, column in
            let role = risk.roles[column.name] ?? .plain
            return Column(
                id: "column-\(place)",
                name: column.name,
                kind: (column.isNumeric ? Text("数", "Number") : Text("文字", "Words")).in(language),
                values: "\(column.values.count)",
                role: role.text.in(language),
                choices: ColumnRole.allCases.map { .init(value: $0.rawValue, label: $0.text.in(language), selected: $0 == role) }
            )
        }
        self.mayCorrect = mayCorrect
        self.steps = open.map { row in
            Step(
                label: row.step.text.in(language),
                law: row.law.citation.in(language),
                action: "/\(language.rawValue)/office/datasets/\(dataset.key)/\(row.step.rawValue)",
                asksReason: [.sendBack, .withdraw, .signAsReviewer].contains(row.step)
            )
        }
        hasSteps = !open.isEmpty
        trail = steps.map { StepLine($0, in: language) }
    }

    private static func measures(_ found: DisclosureMeasures, in language: Language) -> [Measure] {
        func line(_ name: String, _ value: String?, _ zh: String, _ en: String) -> Measure? {
            value.map { Measure(name: name, value: $0, meaning: Text(zh, en).in(language)) }
        }
        func figure(_ number: Double?) -> String? { number.map { "\(($0 * 1000).rounded() / 1000)" } }
        // The columns are the point.
        // swift-format-ignore
        return [
            line("k",       "\(found.k)",                        "最小的等价类有几行",             "rows of the smallest class"),
            line("unique",  "\(found.uniques)",                  "独一无二的行数",                 "rows that are alone"),
            line("α",       figure(found.alpha),                 "敏感值在一类中所占的最大比例",   "largest share of one sensitive value in a class"),
            line("l",       found.lDistinct.map { "\($0)" },     "一类中至少有几种敏感值",         "fewest different sensitive values of a class"),
            line("l (entropy)", figure(found.lEntropy),          "按熵计的 l",                     "l by entropy"),
            line("t",       figure(found.t),                     "类的分布与全表分布的最大距离",   "largest distance of a class from the whole table"),
            line("β",       figure(found.beta),                  "类中敏感值频率的最大相对增幅",   "largest relative gain of a sensitive value in a class"),
            line("risk",    figure(found.risk?.prosecutorMax),   "最大的重新识别风险",             "highest risk of re-identification"),
        ].compactMap(\.self)
    }
}

extension DatasetView.FoundLine {
    init(_ found: Datasets.Found, place: Int, decides: Bool, typed: Form, in language: Language) {
        let finding = found.finding
        let severity = Finding.Severity(named: finding.severity) ?? .refuse
        id = "finding-\(place)"
        (column, rule) = (finding.column, finding.rule)
        kind = finding.name.in(language)
        self.severity = severity.text.in(language)
        tone = severity > .notice ? "bad" : "warn"
        sure = "\(Int((finding.confidence * 100).rounded()))%"
        (why, basis) = (finding.reason.in(language), finding.basis.in(language))
        cells = "\(finding.cells)"
        let row = Text("第%行", "row %")
        places = finding.places.map { "\(row.in(language).replacing("%", with: "\($0.row)")): \($0.printed)" }
            .joined(separator: language == .zh ? "；" : "; ")
        decided = found.decided.map { "\($0.decision.text.in(language)): \($0.reason)" } ?? ""
        isOpen = decides && found.isOpen
        self.typed = typed.text("column") == finding.column && typed.text("rule") == finding.rule ? typed.text("reason") : ""
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let datasets: Words = [
        "datasets":  Text("数据表",               "Data tables"),
        "new":       Text("登记数据表",           "Take a table in"),
        "none":      Text("还没有数据表。",       "There are no tables yet."),
        "title":     Text("名称",                 "Title"),
        "unit":      Text("单位",                 "Unit"),
        "rows":      Text("行数",                 "Rows"),
        "state":     Text("状态",                 "State"),
        "file":      Text("XLSX 或 CSV 文件",     "XLSX or CSV file"),
        "fileHint":  Text("工作簿取第一张可见的工作表；文本用逗号、分号、竖线或制表符分隔，UTF-8 或 GB18030；首行为列名", "Of a workbook the first sheet that is shown; of a text commas, semicolons, bars or tabs, UTF-8 or GB18030; names in the first row"),
        "notes":     Text("读取文件时",           "On reading the file"),
        "take":      Text("登记并检查",           "Take in and check"),
        "verdict":   Text("与已公开的全部数据一起看", "Beside everything already out"),
        "against":   Text("已公开（含已撤回）的数据表：", "Tables that are or were out: "),
        "noQuasi":   Text("没有准标识符列：请确认各列的性质，否则不作聚合攻击。", "No column is a quasi-identifier: confirm the columns, or nothing is attacked."),
        "findings":  Text("发现",                 "Findings"),
        "cures":     Text("可选的处理（每一种都重新检查过）", "What would help (each was attacked again)"),
        "takeCure":  Text("采用，作为新版本",     "Take it as the new version"),
        "found":     Text("单元格扫描结果",       "What the scan finds in cells"),
        "noFound":   Text("没有发现个人信息或者其他敏感内容。", "No personal data or other sensitive content was found."),
        "where":     Text("位置（自列名之下数起）", "Where (counted under the names)"),
        "cells":     Text("单元格数",             "Cells"),
        "what":      Text("种类",                 "What"),
        "severity":  Text("程度",                 "Severity"),
        "why":       Text("理由与依据",           "Reason and basis"),
        "decision":  Text("处理",                 "Decision"),
        "accept":    Text("属实，可以公开",       "True, and may be public"),
        "waive":     Text("不适用",               "Does not apply"),
        "redact":    Text("须删改",               "To be redacted"),
        "formers":   Text("以前的版本",           "Former versions"),
        "dossier":   Text("同一主体的信息拼合",   "Facts about one subject put together"),
        "noDossier": Text("与已公开的文件和数据表拼合，没有补齐任何敏感组合。", "Beside the texts and tables that are out, no sensitive combination is completed."),
        "counts":    Text("统计表",               "Table of counts or amounts"),
        "population": Text("统计的对象",          "Who or what is counted"),
        "populationHint": Text("如“专利代理机构”；统计同一对象的各表会相减推算", "Such as “patent agencies”; tables about the same are subtracted from each other"),
        "kindOf":    Text("种类",                 "Kind"),
        "use":       Text("用途",                 "Use"),
        "minimum":   Text("最小频数",             "Minimum frequency"),
        "dominance": Text("最大的 n 个不得超过 k%", "The n largest are at most k% of a cell"),
        "pRule":     Text("第二大者推算最大者，误差不得小于 p%", "The second largest must not tell the largest to within p%"),
        "declare":   Text("保存并检查单元格",     "Save and check the cells"),
        "hide":      Text("须隐去的单元格",       "Cells to be hidden"),
        "hideNow":   Text("隐去这些单元格，作为新版本", "Hide these cells: the new version"),
        "hiding":    Text("已隐去的单元格（推算区间为隐去时所测）", "Hidden cells (intervals as measured when they were hidden)"),
        "cell":      Text("单元格",               "Cell"),
        "interval":  Text("可推算的区间",         "What a reader can work out"),
        "limits":    Text("未能完全比较的",       "What could not be compared in full"),
        "columns":   Text("各列的性质",           "What the columns are"),
        "column":    Text("列",                   "Column"),
        "kind":      Text("类型",                 "Type"),
        "values":    Text("不同的值",             "Values"),
        "role":      Text("性质",                 "Role"),
        "k":         Text("最小人群 k",           "Smallest crowd k"),
        "again":     Text("保存并重新检查",       "Save and check again"),
        "measures":  Text("单独看本表",           "The table alone"),
        "steps":     Text("可以办理",             "What can be done"),
        "reason":    Text("理由",                 "Reason"),
        "trail":     Text("办理记录",             "Record"),
        "public":    Text("公开页面",             "Public page"),
        "data":      Text("开放数据",             "Open data"),
        "intro":     Text("数据表，可以下载；每一张在公开前都与已公开的全部数据一起检查过。", "Tables to download; each was checked beside everything already out before it was released."),
        "download":  Text("下载",                 "Download"),
        "published": Text("发布日期",             "Published"),
        "first":     Text("前20行",               "The first 20 rows"),
        "verify":    Text("日志中的记录",         "Its leaf in the log"),
        "withdrawn": Text("本数据表已撤回",       "This table was withdrawn"),
        "withdrawnOn": Text("撤回日期",           "Withdrawn on"),
    ]
}
