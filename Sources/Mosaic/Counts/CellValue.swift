/// The text of a cell as published tables write it: a number, a mark that hides it, a mark with a bound.
enum CellValue: Equatable {
    /// Digits without a point, and how many of them stand behind the point: 12.50 is 1250 and 2.
    case number(Int64, decimals: Int)
    /// Hidden, and at most so much if the mark says so.
    case hidden(atMost: Int64?)
    case unreadable

    private static let marks: Set<String> = [
        "", "*", "**", "***", "x", "×", "▇", "■", "█", "□", "…", "……", "...", "c", "s", "d", "(d)", "-", "—", "–", "——", "/", "na", "n/a",
        "nan", "null", "不予公开", "未公开", "保密", "隐去",
    ]

    init(_ text: String) {
        let plain = Self.halfWidth(text.withoutEdges)
        if Self.marks.contains(plain.lowercased()) {
            self = .hidden(atMost: nil)
        } else if let bound = Self.bound(plain) {
            self = .hidden(atMost: bound)
        } else {
            self = Self.digits(plain)
        }
    }

    /// "<5" and 少于5 leave at most 4, "≤4" and 不超过4 leave 4.
    private static func bound(_ text: String) -> Int64? {
        for (mark, less) in [("<=", 0), ("≤", 0), ("不超过", 0), ("<", 1), ("少于", 1), ("不足", 1), ("小于", 1)] as [(String, Int64)]
        where text.hasPrefix(mark) {
            guard let number = Int64(text.dropFirst(mark.count).filter { $0 != " " }), number >= less else { return nil }
            return number - less
        }
        return nil
    }

    private static func digits(_ text: String) -> CellValue {
        var value: Int64 = 0
        var (count, decimals) = (0, 0)
        var (isNegative, afterPoint) = (false, false)
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case 0x2D where index == 0: isNegative = true
            case 0x2B where index == 0: break
            case 0x2C where count > 0 && !afterPoint: break
            case 0x2E where !afterPoint: afterPoint = true
            case 0x30...0x39:
                count += 1
                guard count <= 15 else { return .unreadable }
                value = value * 10 + Int64(byte - 0x30)
                if afterPoint { decimals += 1 }
            default: return .unreadable
            }
        }
        guard count > 0 else { return .unreadable }
        while decimals > 0, value % 10 == 0 {
            value /= 10
            decimals -= 1
        }
        return .number(isNegative ? -value : value, decimals: decimals)
    }

    private static func halfWidth(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var folded = ""
        for scalar in text.unicodeScalars {
            if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
                folded.unicodeScalars.append(plain)
            } else {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    static func power(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
