/// What the values of a column are: numbers or words, and which of them means "missing".
extension Microdata.Column {
    /// Spellings of a missing value, compared without regard to ASCII case.
    static let missingMarks: Set<String> = ["", "na", "n/a", "nan", "null", "none", "\\n", "缺失", "空值"]

    /// Settles which codes are missing and which are the same number written twice ("76" and "76.0").
    init(name: String, raw codes: [UInt32], values: Microdata.Values) {
        var first: [UInt32] = []
        first.reserveCapacity(values.count)
        var numbers: [Double] = []
        numbers.reserveCapacity(values.count)
        var missing: UInt32?
        var merges = false
        var uniform = true
        var numeric = true
        values.bytes.withUnsafeBufferPointer { bytes in
            for code in 0..<values.count {
                let text = UnsafeBufferPointer(rebasing: bytes[values.range(code)])
                if text.count <= 6, Self.isMissing(text) {
                    first.append(missing ?? UInt32(code))
                    merges = merges || missing != nil
                    missing = missing ?? UInt32(code)
                    numbers.append(.nan)
                    continue
                }
                first.append(UInt32(code))
                guard numeric else { continue }
                if let number = PlainNumber.parse(text) {
                    numbers.append(number.value)
                    uniform = uniform && number.isCanonical
                } else {
                    numeric = false
                }
            }
        }
        numeric = numeric && values.count > (missing == nil ? 0 : 1)
        if numeric, !uniform {
            var seen: [Double: UInt32] = [:]
            for code in 0..<values.count where !numbers[code].isNaN {
                if let earlier = seen[numbers[code]] {
                    first[code] = earlier
                    merges = true
                } else {
                    seen[numbers[code]] = UInt32(code)
                }
            }
        }
        guard merges else {
            self.init(name: name, codes: codes, values: values, missing: missing, numbers: numeric ? numbers : nil)
            return
        }
        var kept = Microdata.Values()
        var renumbered = [UInt32](repeating: 0, count: values.count)
        var keptNumbers: [Double] = []
        for code in 0..<values.count {
            if first[code] == UInt32(code) {
                renumbered[code] = UInt32(kept.count)
                kept.append(Array(values.bytes[values.range(code)]))
                if numeric { keptNumbers.append(numbers[code]) }
            } else {
                renumbered[code] = renumbered[Int(first[code])]
            }
        }
        self.init(
            name: name,
            codes: codes.map { renumbered[Int($0)] },
            values: kept,
            missing: missing.map { renumbered[Int($0)] },
            numbers: numeric ? keptNumbers : nil
        )
    }

    private static func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.isEmpty { return true }
        switch text[0] {
        case 0x4E, 0x6E, 0x5C, 0xE7: return missingMarks.contains(String(decoding: text, as: UTF8.self).lowercased())
        default: return text.allSatisfy { $0 == 0x20 }
        }
    }
}

/// A number as tables write it: sign, digits, a point, an exponent; at most 15 digits that count before any point.
struct PlainNumber {
    let value: Double
    /// No other spelling of this number is canonical, so two canonical spellings are two numbers.
    let isCanonical: Bool

    private static let powers: [Double] = (0...22).map { exponent in
        var power = 1.0
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    /// Nil for anything else: also for longer numbers (identity and card numbers lose digits as a Double) and for codes such as 007.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> PlainNumber? {
        var place = 0
        var end = text.count
        while place < end, text[place] == 0x20 { place += 1 }
        while end > place, text[end - 1] == 0x20 { end -= 1 }
        var isCanonical = place == 0 && end == text.count
        guard end > place, end - place <= 32 else { return nil }
        var isNegative = false
        if text[place] == 0x2D || text[place] == 0x2B {
            isNegative = text[place] == 0x2D
            isCanonical = isCanonical && isNegative
            place += 1
        }
        let start = place
        var mantissa: UInt64 = 0
        var (digits, significant, fraction) = (0, 0, 0)
        var sawPoint = false
        while place < end {
            let byte = text[place]
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                if mantissa > 0 || byte > 0x30 { significant += 1 }
                if significant > 18, sawPoint {
                    place += 1
                    continue
                }
                guard significant <= 18 else { return nil }
                mantissa = mantissa * 10 + UInt64(byte - 0x30)
                if sawPoint { fraction += 1 }
            } else if byte == 0x2E, !sawPoint {
                sawPoint = true
            } else {
                break
            }
            place += 1
        }
        guard digits > 0, significant <= 15 || sawPoint else { return nil }
        if text[start] == 0x30, digits - fraction > 1 { return nil }
        var exponent = -fraction
        if place < end {
            guard let power = self.exponent(UnsafeBufferPointer(rebasing: text[place..<end])) else { return nil }
            exponent += power
            isCanonical = false
        }
        if sawPoint { isCanonical = false }
        if mantissa == 0 { isCanonical = isCanonical && !isNegative }
        guard abs(exponent) <= 22 else { return nil }
        let size = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
        return PlainNumber(value: isNegative && mantissa > 0 ? -size : size, isCanonical: isCanonical)
    }

    private static func exponent(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count >= 2, text.count <= 5, text[0] == 0x65 || text[0] == 0x45 else { return nil }
        return Int(String(decoding: text.dropFirst(), as: UTF8.self))
    }
}
