/// How tables write "all of them".
enum TotalLabel {
    static let words: Set<String> = [
        "合计", "总计", "小计", "共计", "总数", "总和", "全部", "全体", "计",
        "total", "totals", "all", "sum", "grand total", "subtotal", "overall",
    ]

    /// True for 合计 also when it is written 合　计, and without regard to case.
    static func stands(for label: String) -> Bool {
        let plain = label.lowercased()
        if words.contains(plain.withoutEdges) { return true }
        return words.contains(String(plain.unicodeScalars.filter { !$0.properties.isWhitespace }.map(Character.init)))
    }
}

extension String {
    /// Without white space at both ends, the ideographic space too.
    var withoutEdges: String {
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
