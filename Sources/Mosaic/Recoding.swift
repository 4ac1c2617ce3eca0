import Foundation

/// A coarser writing of a column's values.
enum Recoding: Hashable, Sendable {
    /// Numbers as bands of this width: 20-29.
    case bands(Int)
    /// The first characters, then a star.
    case prefix(Int)
    /// Numbers to so many digits that count.
    case digits(Int)

    func apply(_ text: String) -> String {
        if text.isEmpty { return text }
        switch self {
        case .bands(let width):
            guard let number = PlainRange.number(text) else { return text }
            let low = (number / Double(width)).rounded(.down) * Double(width)
            return "\(PlainNumber.spelling(low))-\(PlainNumber.spelling(low + Double(width) - 1))"
        case .prefix(let count): return text.count <= count ? text : text.prefix(count) + "*"
        case .digits(let count):
            guard let number = PlainRange.number(text), number != 0 else { return text }
            let scale = pow(10, (log10(abs(number))).rounded(.down) - Double(count - 1))
            return PlainNumber.spelling((number / scale).rounded() * scale)
        }
    }

    /// The column as the attacks compare it: in one spelling.
    func apply(_ column: Microdata.Column) -> Microdata.Column { rewrite(column) { apply(Canonical.text($0)) } }

    /// The column as it is published: prefixes keep the spelling of the table.
    func written(_ column: Microdata.Column) -> Microdata.Column {
        guard case .prefix = self else { return apply(column) }
        return rewrite(column) { apply($0) }
    }

    private func rewrite(_ column: Microdata.Column, _ change: (String) -> String) -> Microdata.Column {
        var index: [String: UInt32] = [:]
        var values = Microdata.Values()
        let recode: [UInt32] = (0..<column.values.count).map { code in
            let text = UInt32(code) == column.missing ? "" : change(column.values[code])
            if let known = index[text] { return known }
            let new = UInt32(values.count)
            index[text] = new
            values.append(Array(text.utf8))
            return new
        }
        return Microdata.Column(name: column.name, raw: column.codes.map { recode[Int($0)] }, values: values)
    }

    /// Ever coarser writings of a column, at most four.
    static func ladder(of column: Microdata.Column) -> [Recoding] {
        if let numbers = column.numbers?.filter({ !$0.isNaN }), let low = numbers.min(), let high = numbers.max(), high > low {
            let widths = [2, 5, 10, 20, 50, 100, 1000, 10_000, 100_000].filter { Double($0) < (high - low) * 2 }
            return stride(from: 0, to: widths.count, by: max(1, (widths.count + 3) / 4)).map { .bands(widths[$0]) }
        }
        let longest = (0..<min(column.values.count, 1000)).map { column.values[$0].count }.max() ?? 0
        var lengths: [Int] = []
        var length = longest * 2 / 3
        while length >= 1, lengths.count < 3 {
            lengths.append(length)
            length /= 2
        }
        return lengths.map { .prefix($0) }
    }
}
