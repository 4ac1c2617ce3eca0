/// What differencing finds, in sentences.
enum DifferenceWording {
    static func disclosed(_ key: Sentence, _ table: String, _ value: Double?, _ with: [String]) -> Sentence {
        let number = value.map(PlainNumber.spelling)
        return Sentence(
            zh: "《\(table)》隐去的（\(key.zh)）" + beside(with).zh + (number.map { "可推出为 \($0)。" } ?? "可以推出。"),
            en: "(\(key.en)), hidden in «\(table)», can be worked out" + beside(with).en + (number.map { ": it is \($0)" } ?? "")
        )
    }

    static func narrow(_ key: Sentence, _ table: String, _ range: CountsReport.Range, _ with: [String]) -> Sentence {
        let (least, most) = (PlainNumber.spelling(range.least), PlainNumber.spelling(range.most))
        return Sentence(
            zh: "《\(table)》隐去的（\(key.zh)）" + beside(with).zh + "可推出在 \(least) 与 \(most) 之间。",
            en: "(\(key.en)), hidden in «\(table)», can be worked out" + beside(with).en + " to lie between \(least) and \(most)"
        )
    }

    static func small(_ group: Sentence, _ value: Double, _ with: [String]) -> Sentence {
        Sentence(
            zh: "已公布的数相减" + beside(with).zh + "得到只有 \(PlainNumber.spelling(value)) 个的群体（\(group.zh)）。",
            en: "subtracting what is printed" + beside(with).en + " leaves a group of \(PlainNumber.spelling(value)): \(group.en)"
        )
    }

    static func summary(_ disclosed: Int, _ narrow: Int, _ small: Int, _ changed: Int, _ with: [String]) -> Sentence {
        var (zh, en): ([String], [String]) = ([], [])
        func add(_ count: Int, _ inChinese: String, _ inEnglish: String) {
            guard count > 0 else { return }
            zh.append("\(count) \(inChinese)")
            en.append("\(count) \(inEnglish)")
        }
        add(disclosed, "个隐去的数可以推出", "hidden numbers can be worked out")
        add(narrow, "个隐去的数可以推得很准", "nearly so")
        add(small, "个过小的群体由相减得出", "small groups are left over by subtracting")
        add(changed, "个数与较早公布的只差几个", "numbers differ by a few from what was printed before")
        guard !zh.isEmpty else {
            return Sentence(zh: "与已公布的各表相减，推不出隐去的数。", en: "beside what is out, no hidden number can be worked out")
        }
        return Sentence(zh: beside(with).zh + zh.joined(separator: "；") + "。", en: en.joined(separator: "; ") + beside(with).en)
    }

    private static func beside(_ with: [String]) -> Sentence {
        guard !with.isEmpty else { return Sentence(zh: "", en: "") }
        let shown = with.prefix(6)
        let more = with.count > 6 ? Sentence(zh: "等 \(with.count) 项", en: " and \(with.count - 6) more") : Sentence(zh: "", en: "")
        return Sentence(
            zh: "与" + shown.map { "《\($0)》" }.joined(separator: "、") + more.zh + "相比，",
            en: " with " + shown.map { "«\($0)»" }.joined(separator: ", ") + more.en
        )
    }
}
