/// The span of numbers that a label of a dimension stands for: 18-59, 60岁及以上, 未满18岁.
struct LabelRange: Hashable {
    /// The first number that belongs to it, and the first that does not.
    let from: Double
    let to: Double

    /// The spans of all labels; nil if one is no span, or spans overlap.
    static func all(_ labels: [String]) -> [LabelRange]? {
        var bounds: [(least: Double, most: Double, isOpen: Bool)] = []
        for label in labels {
            guard let bound = parse(label) else { return nil }
            bounds.append(bound)
        }
        guard !bounds.isEmpty else { return nil }
        // 0-20, 20-40 share an end, so the end is left out; 0-19, 20-39 are whole numbers.
        let starts = Set(bounds.map(\.least))
        let sharesEnds = bounds.contains { !$0.isOpen && $0.least < $0.most && starts.contains($0.most) }
        let isWhole = bounds.allSatisfy { [$0.least, $0.most].allSatisfy { !$0.isFinite || $0 == $0.rounded() } }
        guard isWhole || sharesEnds else { return nil }
        return bounds.map { LabelRange(from: $0.least, to: $0.isOpen || sharesEnds ? $0.most : $0.most + 1) }
    }

    func contains(_ other: LabelRange) -> Bool { from <= other.from && other.to <= to }

    var name: String {
        switch (from.isFinite, to.isFinite) {
        case (true, true): to - from == 1 ? Self.text(from) : "\(Self.text(from))–\(Self.text(to - 1))"
        case (true, false): "≥\(Self.text(from))"
        default: "<\(Self.text(to))"
        }
    }

    private static func text(_ number: Double) -> String { PlainNumber.spelling(number) }

    /// `isOpen` leaves out the upper end.
    private static func parse(_ label: String) -> (least: Double, most: Double, isOpen: Bool)? {
        var text = Canonical.text(label)
        for unit in ["周岁", "岁", "万元", "元", "人", " "] { text = text.replacing(unit, with: "") }
        for word in ["及其以上", "及以上", "以上"] where text.hasSuffix(word) {
            return PlainRange.number(String(text.dropLast(word.count))).map { ($0, .infinity, true) }
        }
        if text.hasSuffix("及以下") { return PlainRange.number(String(text.dropLast(3))).map { (-.infinity, $0, false) } }
        if text.hasSuffix("以下") { return PlainRange.number(String(text.dropLast(2))).map { (-.infinity, $0, true) } }
        for word in ["未满", "不满", "不足"] where text.hasPrefix(word) {
            return PlainRange.number(String(text.dropFirst(word.count))).map { (-.infinity, $0, true) }
        }
        for mark in ["至", "到"] { text = text.replacing(mark, with: "-") }
        if let number = PlainRange.number(text) { return (number, number, false) }
        if text.hasPrefix("<"), !text.hasPrefix("<=") { return PlainRange.number(String(text.dropFirst())).map { (-.infinity, $0, true) } }
        if text.hasPrefix(">"), !text.hasPrefix(">=") {
            return PlainRange.number(String(text.dropFirst())).map { ($0 + 1, .infinity, true) }
        }
        return PlainRange.parse(text).map { ($0.0, $0.1, $0.1 == .infinity) }
    }
}
