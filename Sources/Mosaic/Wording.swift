import Foundation

/// What the attacks find, in sentences.
enum Wording {
    static func finding(
        _ attack: ReleaseCheck.Attack,
        with names: [String],
        by: [String],
        _ counts: ReleaseCheck.Counts,
        columns: [String],
        rows: Int,
        k: Int
    ) -> Sentence {
        let zhNames = names.map { "《\($0)》" }.joined(separator: "、")
        let enNames = list(names.map { "«\($0)»" })
        let zhBy = by.map { "“\($0)”" }.joined(separator: "、")
        let enBy = list(by)
        let zh: String
        let en: String
        switch attack {
        case .linkage:
            zh = "与\(zhNames)按\(zhBy)关联后"
            en = "joined with \(enNames) by \(enBy)"
        case .intersection:
            zh = "与\(zhNames)按\(zhBy)取可能值的交集后"
            en = "by what \(enNames) leave possible for equal \(enBy)"
        case .difference:
            zh = "与较早版本\(zhNames)按\(zhBy)逐类相减后"
            en = "compared with the earlier version \(enNames) by \(enBy)"
        case .withdrawn:
            zh = "与较早版本\(zhNames)相比，已撤下的行中"
            en = "among the rows withdrawn since \(enNames)"
        }
        return Sentence(zh: zh + "，" + tally(counts, columns, rows, k).zh + "。", en: en + ", " + tally(counts, columns, rows, k).en)
    }

    static func summary(_ counts: ReleaseCheck.Counts, _ findings: [ReleaseCheck.Finding], rows: Int, k: Int) -> Sentence {
        guard let worst = findings.first else {
            return Sentence(
                zh: "与已发布的表关联后，没有一行成为唯一，没有一类少于 \(k) 行，也没有敏感值可以确定。",
                en: "beside what is out, no row becomes unique, no crowd falls below \(k), and no sensitive value becomes certain"
            )
        }
        guard findings.count > 1 else { return worst.sentence }
        let all = tally(counts, [], rows, k)
        return Sentence(
            zh: worst.sentence.zh + "合计（含其他已发布的表）：" + all.zh + "。",
            en: worst.sentence.en + "; with all earlier releases, " + all.en
        )
    }

    static func cure(
        _ kind: ReleaseCheck.Cure.Kind,
        column: String?,
        amount: Int,
        loss: Double,
        _ counts: ReleaseCheck.Counts,
        detail: Recoding?
    ) -> Sentence {
        let name = column ?? ""
        let change: Sentence
        switch (kind, detail) {
        case (.generalise, .bands(let width)?):
            change = Sentence(zh: "将“\(name)”改为宽 \(width) 的区间", en: "write \(name) in bands of \(width)")
        case (.generalise, _): change = Sentence(zh: "“\(name)”只保留前 \(amount) 个字符", en: "keep the first \(amount) characters of \(name)")
        case (.suppressRows, _): change = Sentence(zh: "删去 \(amount) 行", en: "leave out \(amount) rows")
        case (.suppressCells, _): change = Sentence(zh: "隐去“\(name)”的 \(amount) 个单元格", en: "blank \(amount) cells of \(name)")
        case (.dropColumn, _): change = Sentence(zh: "删去“\(name)”列", en: "drop the column \(name)")
        case (.round, _): change = Sentence(zh: "“\(name)”取 \(amount) 位有效数字", en: "round \(name) to \(amount) digits")
        }
        let percent = String(format: "%.1f", loss * 100)
        let after =
            counts.isSafe
            ? Sentence(zh: "此后各项攻击均无所得", en: "then no attack finds anything")
            : Sentence(
                zh: "此后仍有 \(counts.unique) 行唯一、\(counts.belowK) 行所在类过小、\(counts.certain) 行敏感值可定",
                en: "then \(counts.unique) rows remain unique, \(counts.belowK) in small crowds, \(counts.certain) certain"
            )
        return Sentence(
            zh: "\(change.zh)（损失 \(percent)% 的信息）：\(after.zh)。",
            en: "\(change.en) (\(percent)% of the information): \(after.en)"
        )
    }

    private static func tally(_ counts: ReleaseCheck.Counts, _ columns: [String], _ rows: Int, _ k: Int) -> Sentence {
        var (zh, en): ([String], [String]) = ([], [])
        if counts.unique > 0 {
            zh.append("\(rows) 行中 \(counts.unique) 行成为唯一")
            en.append("\(number(counts.unique)) of \(number(rows)) rows become unique")
        }
        if counts.belowK > counts.unique {
            zh.append("\(counts.belowK) 行所在的类少于 \(k) 行")
            en.append("\(number(counts.belowK)) rows stand in crowds below \(k)")
        }
        if counts.certain > 0 {
            let what =
                columns.isEmpty
                ? Sentence(zh: "敏感值", en: "a sensitive value")
                : Sentence(
                    zh: columns.map { "“\($0)”" }.joined(separator: "、"),
                    en: "the " + list(columns)
                )
            zh.append("\(counts.certain) 行的\(what.zh)可以确定")
            en.append("for \(number(counts.certain)) \(what.en) becomes certain")
        }
        return Sentence(
            zh: zh.isEmpty ? "没有发现" : zh.joined(separator: "；"),
            en: en.isEmpty ? "nothing is found" : en.joined(separator: "; ")
        )
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
    }

    private static func number(_ value: Int) -> String {
        var text = String(value)
        var place = text.count - 3
        while place > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        return text
    }
}
