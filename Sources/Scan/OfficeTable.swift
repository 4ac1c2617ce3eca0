import Foundation

/// An office's own table: rows that it adds, and what it changes in the house's rows; refused as a whole when one row does not keep its word.
///
/// JSON: `{"rows": [{"rule", "kind", "zh", "en", "pattern", "caseless", "check", "context", "weight", "weightInContext", "severity", "basis",
/// "positive", "negative", "allow"}]}`. A row without `pattern` changes the house's row of that name; `"off": true` takes it out.
public enum OfficeTable {
    /// Why a table is not taken, for the person who wrote it.
    public struct Refused: Error, Equatable, Sendable {
        public let words: Bilingual

        init(_ zh: String, _ en: String) { words = Bilingual(zh, en) }

        init(rule: String, _ words: Bilingual) {
            self.words = Bilingual("规则表不能采用：“\(rule)”：\(words.zh)。", "The table is refused: row “\(rule)”: \(words.en).")
        }
    }

    /// The most that a table may weigh, in bytes, and the most rows of it.
    static let mostBytes = 1 << 20
    static let mostRows = 500
    /// What an office's own pattern may be proven by; the other checks know the shape of the house's patterns.
    static let checks: [Check] = [.asIs, .isolated, .afterCue]
    private static let fields: Set = [
        "rule", "kind", "zh", "en", "pattern", "caseless", "check", "context", "weight", "weightInContext", "severity", "basis", "positive",
        "negative", "allow", "off",
    ]

    /// The house's table with an office's rows.
    public static func read(_ json: Data, over house: Table = .house) throws(Refused) -> Table {
        guard json.count <= mostBytes else { throw Refused("规则表超过1 MB。", "The table is larger than 1 MB.") }
        guard let top = parsed(json), let rows = top["rows"] as? [[String: Any]], top.count == 1 else {
            throw Refused(
                "规则表应当是形如 {\"rows\": [{\"rule\": …}]} 的 JSON。",
                "The table must be JSON of the form {\"rows\": [{\"rule\": …}]}."
            )
        }
        guard !rows.isEmpty, rows.count <= mostRows else {
            throw Refused("规则表应当有1至\(mostRows)行。", "The table must have 1 to \(mostRows) rows.")
        }
        var kinds = house.kinds
        var examples: [Examples] = []
        var seen: Set<String> = []
        for (place, row) in rows.enumerated() {
            let line = Line(name: row["rule"] as? String ?? "\(place + 1)", row: row)
            for field in row.keys.sorted() where !fields.contains(field) {
                throw line.refused("没有“\(field)”这一栏", "there is no field “\(field)”")
            }
            let rule = try line.text("rule", atMost: 60)
            guard seen.insert(rule).inserted else { throw line.refused("重复出现", "it stands there twice") }
            try change(&kinds, rule, line)
            examples.append(Examples(line: line, rule: rule, positive: try line.list("positive"), negative: try line.list("negative")))
        }
        let table = try Table(checking: kinds)
        for example in examples { try example.hold(by: table) }
        return table
    }

    /// The table's rows as an office reads them, in the form that `read` takes.
    public static func written(_ table: Table) -> [[String: Any]] {
        table.kinds.map { kind in
            [
                "rule": kind.rule.rawValue, "kind": kind.rule.kind, "zh": kind.rule.zh, "en": kind.rule.en, "pattern": kind.pattern,
                "caseless": kind.isCaseless, "check": kind.check.rawValue, "context": kind.context, "weight": kind.alone,
                "weightInContext": kind.inContext, "severity": kind.severity.name, "basis": kind.rule.basis, "positive": kind.seen,
                "negative": kind.unseen, "allow": kind.allowed.sorted(),
            ]
        }
    }

    private static func parsed(_ json: Data) -> [String: Any]? {
        do { return try JSONSerialization.jsonObject(with: json) as? [String: Any] } catch { return nil }
    }

    private static func change(_ kinds: inout [Kind], _ rule: String, _ line: Line) throws(Refused) {
        let known = kinds.indices.filter { kinds[$0].rule.rawValue == rule }
        if known.contains(where: { kinds[$0].severity == .refuse }) {
            throw line.refused("国家秘密标志的规则不能改动", "the rules on secrecy marks can not be changed")
        }
        if try line.flag("off") {
            guard !known.isEmpty else { throw line.refused("没有可以停用的这条规则", "there is no such rule to switch off") }
            kinds.removeAll { $0.rule.rawValue == rule }
            return
        }
        if line.row["pattern"] == nil {
            guard !known.isEmpty else { throw line.refused("缺少表达式（pattern）", "its pattern is missing") }
            for place in known { try line.amend(&kinds[place]) }
        } else {
            guard known.isEmpty else {
                throw line.refused(
                    "内置规则的表达式不能改动；请另取名称，或者去掉pattern只改权重",
                    "the pattern of a built-in rule can not be changed: give another name, or leave pattern out"
                )
            }
            kinds.append(try line.kind(rule))
        }
    }

    /// What an office promises of a row: it finds here, and does not find there.
    private struct Examples {
        let line: Line
        let rule: String
        let positive: [String]
        let negative: [String]

        func hold(by table: Table) throws(Refused) {
            func finds(_ text: String) -> Bool { Scan.findings(in: text, by: table).contains { $0.rule.rawValue == rule } }
            if let missed = positive.first(where: { !finds($0) }) {
                throw line.refused("在自己的正例“\(missed)”中没有发现", "it finds nothing in its own positive example “\(missed)”")
            }
            if let false_ = negative.first(where: finds) {
                throw line.refused("在自己的反例“\(false_)”中误报", "it finds something in its own negative example “\(false_)”")
            }
        }
    }
}

/// One row as it was written.
private struct Line {
    let name: String
    let row: [String: Any]

    func refused(_ zh: String, _ en: String) -> OfficeTable.Refused { OfficeTable.Refused(rule: name, Bilingual(zh, en)) }

    /// A new row: everything must be there.
    func kind(_ rule: String) throws(OfficeTable.Refused) -> Kind {
        guard !(try list("positive").isEmpty), !(try list("negative").isEmpty) else {
            throw refused("请至少各给一个正例（positive）和反例（negative）", "give at least one positive and one negative example")
        }
        let check = try checking()
        var kind = Kind(
            rule,
            try text("kind", atMost: 60),
            try text("zh", atMost: 100),
            try text("en", atMost: 100),
            pattern: try text("pattern", atMost: 2_000),
            isCaseless: try flag("caseless"),
            check: check,
            alone: 0,
            .notice,
            try text("basis", atMost: 300),
            seen: try list("positive"),
            unseen: try list("negative")
        )
        guard row["weight"] != nil, row["severity"] != nil else {
            throw refused("缺少权重（weight）或者程度（severity）", "its weight or severity is missing")
        }
        kind.inContext = 0
        try amend(&kind)
        return kind
    }

    /// Changes what the row names, and nothing else.
    func amend(_ kind: inout Kind) throws(OfficeTable.Refused) {
        if row["context"] != nil { kind.context = try list("context").map { $0.lowercased() } }
        if row["weight"] != nil { kind.alone = try weight("weight") }
        if row["weightInContext"] != nil { kind.inContext = try weight("weightInContext") }
        kind.inContext = max(kind.inContext, kind.alone)
        if row["severity"] != nil {
            guard let severity = Finding.Severity(named: try text("severity", atMost: 10)) else {
                throw refused("程度（severity）应当是notice、suspect、serious或者refuse", "severity is notice, suspect, serious or refuse")
            }
            kind.severity = severity
        }
        if row["allow"] != nil { kind.allowed = Set(try list("allow")) }
        if row["basis"] != nil, row["pattern"] == nil {
            let rule = kind.rule
            kind.rule = Finding.Rule(
                rawValue: rule.rawValue,
                kind: rule.kind,
                zh: rule.zh,
                en: rule.en,
                basis: try text("basis", atMost: 300)
            )
        }
    }

    private func checking() throws(OfficeTable.Refused) -> Check {
        guard row["check"] != nil else { return .isolated }
        guard let check = Check(rawValue: try text("check", atMost: 30)), OfficeTable.checks.contains(check) else {
            let names = OfficeTable.checks.map(\.rawValue)
            throw refused("核对方式（check）应当是\(names.joined(separator: "、"))", "check is one of \(names.joined(separator: ", "))")
        }
        return check
    }

    func text(_ field: String, atMost: Int) throws(OfficeTable.Refused) -> String {
        guard let text = row[field] as? String, !text.allSatisfy(\.isWhitespace) else {
            throw refused("缺少“\(field)”，或者不是文字", "“\(field)” is missing, or is no text")
        }
        guard text.unicodeScalars.count <= atMost else {
            throw refused("“\(field)”超过\(atMost)字", "“\(field)” is longer than \(atMost) characters")
        }
        return text
    }

    func list(_ field: String) throws(OfficeTable.Refused) -> [String] {
        guard let value = row[field] else { return [] }
        guard let list = value as? [String], list.allSatisfy({ !$0.isEmpty }), list.count <= 1_000 else {
            throw refused("“\(field)”应当是文字的列表", "“\(field)” must be a list of texts")
        }
        return list
    }

    func flag(_ field: String) throws(OfficeTable.Refused) -> Bool {
        guard let value = row[field] else { return false }
        guard let flag = value as? Bool else { throw refused("“\(field)”应当是true或者false", "“\(field)” must be true or false") }
        return flag
    }

    private func weight(_ field: String) throws(OfficeTable.Refused) -> Double {
        guard let number = row[field] as? NSNumber, (0...1).contains(number.doubleValue) else {
            throw refused("“\(field)”应当是0至1的数", "“\(field)” must be a number from 0 to 1")
        }
        return number.doubleValue
    }
}
