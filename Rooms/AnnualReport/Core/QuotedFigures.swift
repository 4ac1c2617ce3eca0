/// Figures that a report's text quotes after words that name a cell: "新收政府信息公开申请14069件".
struct QuotedFigures {
    struct Quoted: Equatable {
        let phrase: String
        let figure: Int
        let cell: Int
    }

    /// The words, the longer before the shorter that they contain, and the cells whose sum they name.
    // The columns are the point.
    // swift-format-ignore
    private static let phrases: [(words: String, cells: [String])] = [
        ("新收政府信息公开申请",     ["requests.received.total"]),
        ("收到政府信息公开申请",     ["requests.received.total"]),
        ("上年结转政府信息公开申请", ["requests.carriedOver.total"]),
        ("上年结转",                 ["requests.carriedOver.total"]),
        ("结转下年度继续办理",       ["requests.carriedForward.total"]),
        ("结转下年度",               ["requests.carriedForward.total"]),
        ("办结政府信息公开申请",     ["requests.total.total"]),
        ("予以公开",                 ["requests.disclosed.total"]),
        ("部分公开",                 ["requests.partial.total"]),
        ("不予公开",                 ["stateSecret", "forbiddenByLaw", "threeSecuritiesOneStability", "thirdParty", "internalAffairs", "processInfo",
                                      "enforcementFile", "registryAccess"].map { "requests.\($0).total" }),
        ("无法提供",                 ["notHeld", "wouldNeedProcessing", "unclearAfterCorrection"].map { "requests.\($0).total" }),
        ("不予处理",                 ["petition", "repeated", "publication", "excessive", "confirmOrReissue"].map { "requests.\($0).total" }),
        ("行政复议",                 ["remedies.review.total"]),
        ("行政诉讼",                 ["remedies.suitDirect.total", "remedies.suitAfterReview.total"]),
        ("制发规章",                 ["proactive.rules.made"]),
        ("废止规章",                 ["proactive.rules.repealed"]),
        ("现行有效规章",             ["proactive.rules.inForce"]),
        ("制发行政规范性文件",       ["proactive.normativeDocuments.made"]),
        ("废止行政规范性文件",       ["proactive.normativeDocuments.repealed"]),
        ("现行有效行政规范性文件",   ["proactive.normativeDocuments.inForce"]),
    ]

    /// What may stand between the words and the figure.
    private static let fillers: Set<Character> = ["共", "计", "为", "的", "案", "件", "数", "量", "总", "：", ":", " "]
    /// A clause that holds one of these speaks of something else than this year's whole.
    private static let elsewhere = ["上年度", "上一年", "去年", "同期", "同比", "其中", "通过", "网络", "信函", "当面"]

    /// The quoted figures of a text whose bound fields are filled, in order.
    static func read(_ text: String, in report: AnnualReport) -> [Quoted] {
        clauses(text).flatMap { clause in
            let isElsewhere = elsewhere.contains(where: clause.contains) || years(clause).contains { $0 != report.year }
            return isElsewhere ? [] : quoted(clause, report)
        }
    }

    /// Between Chinese marks; the comma of a figure's thousands (14,069) is none.
    private static func clauses(_ text: String) -> [String] {
        text.split { "，。；;！？（）\n".contains($0) }.map(String.init)
    }

    private static func quoted(_ clause: String, _ report: AnnualReport) -> [Quoted] {
        var (found, rest) = ([Quoted](), clause[...])
        while !rest.isEmpty {
            guard let phrase = phrases.first(where: { rest.hasPrefix($0.words) }) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(phrase.words.count)
            guard let figure = figure(rest) else { continue }
            let cell = phrase.cells.reduce(0) { $0 + (report.cell($1).flatMap { Int($0) } ?? 0) }
            found.append(Quoted(phrase: phrase.words, figure: figure, cell: cell))
        }
        return found
    }

    /// "14069件", "共计 14,069 件", "１４０６９件": nil where no number of cases follows.
    private static func figure(_ rest: Substring) -> Int? {
        let digits = rest.drop(while: fillers.contains)
        guard rest.count - digits.count <= 6 else { return nil }
        var (value, length) = (0, 0)
        for character in digits {
            if character == ",", length > 0 { continue }
            guard let digit = character.wholeNumberValue, (0...9).contains(digit), length < 12 else { break }
            (value, length) = (value * 10 + digit, length + 1)
        }
        let after = digits.drop { $0 == "," || $0.wholeNumberValue != nil }.drop { $0 == " " }
        return length > 0 && after.hasPrefix("件") ? value : nil
    }

    /// The years that a clause names: 2024年.
    private static func years(_ clause: String) -> [Int] {
        clause.split(separator: "年", omittingEmptySubsequences: false).dropLast().compactMap { part in
            part.count >= 4 ? Int(part.suffix(4)).flatMap { (1949...2200).contains($0) ? $0 : nil } : nil
        }
    }
}
