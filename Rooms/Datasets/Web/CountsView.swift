import Core
import Mosaic
import Records

/// A table as one of counts or amounts: the form that declares it, and what its cells tell.
struct CountsView {
    let population, minimum, n, k, p, tone: String
    let isDeclared, mayDeclare, hasVerdict, hasFindings, hasHide, mayHide, hasHiding, hasLimits: Bool
    let whats: [Choice]
    let columns: [Column]
    let sentences, findings, limits: [String]
    let hide, hiding: [Cell]

    struct Column {
        let id, name: String
        let choices: [Choice]
    }

    struct Cell {
        let place, why, interval, tone, isWide: String
    }

    // The columns are the point.
    // swift-format-ignore
    private static let uses: [(value: String, text: Text)] = [
        ("",          Text("不用",                       "Not used")),
        ("dimension", Text("分类",                       "Divides the subjects")),
        ("value",     Text("数值",                       "The count or amount")),
        ("behind",    Text("单元格的主体数（不公开）",   "How many subjects (not published)")),
        ("largest",   Text("最大的贡献（不公开）",       "A largest contribution (not published)")),
    ]

    // The columns are the point.
    // swift-format-ignore
    private static let kinds: [(value: String, text: Text)] = [
        ("records", Text("不是统计表：每行是一条记录", "No table of counts: a row is a record")),
        ("counts",  Text("计数表（人数、件数）",       "Of counts")),
        ("amounts", Text("数额表（金额等）",           "Of amounts")),
    ]

    init(_ table: Microdata, _ risk: DatasetRisk, mayDeclare: Bool, mayHide: Bool, typed: Form, in language: Language) {
        let form = risk.counts
        let isTyped = typed.fields["population"] != nil
        func shown(_ name: String, _ stored: String) -> String { isTyped ? typed.text(name) : stored }
        func figure(_ number: Double?) -> String { number.map(Self.number) ?? "" }
        population = shown("population", form?.population ?? "")
        minimum = shown("minimum", "\(form?.minimum ?? 3)")
        n = shown("n", form?.dominance.map { "\($0.n)" } ?? "")
        k = shown("k", figure(form?.dominance?.k))
        p = shown("p", figure(form?.p))
        let kind = shown("what", form.map { $0.isAmount ? "amounts" : "counts" } ?? "records")
        whats = Self.kinds.map { Choice(value: $0.value, label: $0.text.in(language), selected: $0.value == kind) }
        columns = table.columns.enumerated().map { place, column in
            let use = shown("use-\(place)", form.map { Self.use(of: column.name, in: $0) } ?? "")
            return Column(
                id: "use-\(place)",
                name: column.name,
                choices: Self.uses.map { Choice(value: $0.value, label: $0.text.in(language), selected: $0.value == use) }
            )
        }
        func said(_ sentence: Sentence) -> String { language == .zh ? sentence.zh : sentence.en }
        let verdict = risk.cells
        (isDeclared, self.mayDeclare, hasVerdict) = (form != nil, mayDeclare, verdict != nil)
        sentences = verdict?.sentences.map(said) ?? []
        findings = verdict?.findings.map(said) ?? []
        limits = verdict?.limits.map(said) ?? []
        tone = verdict?.isSafe == false ? "warning" : ""
        hide = verdict?.hide.prefix(200).map { Cell($0, in: language) } ?? []
        hiding = risk.hiding?.prefix(200).map { Cell($0, in: language) } ?? []
        (hasFindings, hasHide, hasHiding, hasLimits) = (!findings.isEmpty, !hide.isEmpty, !hiding.isEmpty, !limits.isEmpty)
        self.mayHide = mayHide && (!hide.isEmpty || form?.unpublished.isEmpty == false)
    }

    private static func use(of column: String, in form: CountsForm) -> String {
        if form.dimensions.contains(column) { return "dimension" }
        if form.value == column { return "value" }
        if form.behind == column { return "behind" }
        return form.largest.contains(column) ? "largest" : ""
    }

    static func number(_ number: Double) -> String {
        if number.isInfinite { return number < 0 ? "−∞" : "∞" }
        return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }

    /// The declaration that came in; nil where the table is said to be none of counts.
    static func declared(_ form: Form, for table: Microdata) throws(Refusal) -> CountsForm? {
        let what = form.text("what")
        guard what != "records" else { return nil }
        guard ["counts", "amounts"].contains(what) else { throw .invalid("what", "请选择统计表的种类。", "Choose the kind of table.") }
        func columns(_ use: String) -> [String] {
            table.columns.enumerated().filter { form.text("use-\($0.offset)") == use }.map(\.element.name)
        }
        func number(_ field: String) throws(Refusal) -> Double? {
            guard let text = form.filled(field) else { return nil }
            guard let number = Double(text), number.isFinite else { throw .invalid(field, "“\(text)”不是数。", "“\(text)” is no number.") }
            return number
        }
        let values = columns("value")
        guard values.count == 1, !columns("dimension").isEmpty, columns("behind").count <= 1 else {
            throw .invalid("what", "请指明一列数值和至少一列分类。", "Name one column of values and at least one that divides the subjects.")
        }
        var counts = CountsForm(population: form.text("population"), dimensions: columns("dimension"), value: values[0])
        counts.isAmount = what == "amounts"
        (counts.behind, counts.largest) = (columns("behind").first, columns("largest"))
        guard let minimum = Int(form.text("minimum")), (2...1000).contains(minimum) else {
            throw .invalid("minimum", "最小频数应在2至1000之间。", "The minimum frequency is between 2 and 1000.")
        }
        counts.minimum = minimum
        switch (try number("n"), try number("k")) {
        case (nil, nil): break
        case (let n?, let k?) where n >= 1 && n <= 10 && n == n.rounded(): counts.dominance = .init(n: Int(n), k: k)
        default: throw .invalid("n", "(n, k) 规则请同时填写：n 为1至10的整数。", "Write both of the (n, k) rule: n is a whole number from 1 to 10.")
        }
        counts.p = try number("p")
        return counts
    }
}

extension CountsView.Cell {
    // The columns are the point.
    // swift-format-ignore
    private static let rules: [String: Text] = [
        "minimum":   Text("少于最小频数",   "below the minimum frequency"),
        "dominance": Text("(n, k) 规则",    "(n, k) rule"),
        "p":         Text("p% 规则",        "p% rule"),
    ]

    init(_ cell: HiddenCell, in language: Language) {
        place = cell.labels.joined(separator: " · ")
        why =
            cell.rules.isEmpty
            ? Text("以防推算其他单元格", "so that others can not be worked out").in(language)
            : cell.rules.map { Self.rules[$0]?.in(language) ?? $0 }.joined(separator: ", ")
        interval = "[\(CountsView.number(cell.least)), \(CountsView.number(cell.most))]"
        tone = cell.isProtected == false ? "bad" : "good"
        isWide =
            (cell.isProtected == false
            ? Text("仍可推算得过准：请合并类别", "Still too narrow: merge categories") : Text("足够宽", "Wide enough")).in(language)
    }
}
