/// A text's folded shadow for scanning: disguises of digits, letters and blanks undone, with a map back into the original.
///
/// Full width becomes ASCII, every dash `-`, every blank a space, circled and mathematical digits digits; what cannot be seen is left
/// out. Chinese characters and Chinese punctuation stay, so that a word boundary is ASCII's and a pattern may name both.
struct Shadow: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Every scalar that did not stay as it was, in order.
    private var folds: [Fold] = []

    private struct Fold {
        let shadow: Range<Int32>
        let original: Range<Int32>
    }

    /// - Parameters:
    ///   - text: UTF-8; what is not valid stays byte for byte.
    ///   - spelled: also writes rows of seven digits and more that are spelled in Chinese (一三九…, 壹叁玖…) as digits.
    init(_ text: UnsafeBufferPointer<UInt8>, spelled: Bool = false) {
        bytes.reserveCapacity(text.count)
        let rows = spelled ? SpelledDigits.rows(in: text) : []
        var row = 0
        var copied = 0
        var place = 0
        Self.width.withUnsafeBufferPointer { width in
            while true {
                // In spelled rows every scalar is looked at; elsewhere those alone that may fold.
                let stop = row < rows.count ? rows[row].lowerBound : text.count
                place = Self.next(in: text, from: place, to: stop, width)
                guard place < text.count else { break }
                let inRow = row < rows.count && rows[row].contains(place)
                let wide = Int(width[Int(text[place])] & 7)
                guard place + wide <= text.count else { break }
                let folded = inRow ? SpelledDigits.digit(text, place, wide) ?? fold(text, place, wide) : fold(text, place, wide)
                let start = place
                place += wide
                if row < rows.count, place >= rows[row].upperBound { row += 1 }
                guard let folded else { continue }
                if start > copied { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<start])) }
                let from = Int32(bytes.count)
                if folded != Self.invisible { bytes.append(folded) }
                copied = place
                folds.append(Fold(shadow: from..<Int32(bytes.count), original: Int32(start)..<Int32(place)))
            }
        }
        if copied < text.count { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...])) }
    }

    /// The next scalar that may fold, or `stop`.
    private static func next(
        in text: UnsafeBufferPointer<UInt8>,
        from start: Int,
        to stop: Int,
        _ width: UnsafeBufferPointer<UInt8>
    ) -> Int {
        guard let bytes = text.baseAddress, let width = width.baseAddress else { return stop }
        var place = start
        while place < stop {
            let lead = bytes[place]
            // Most of a Chinese text: E4 to E9.
            if lead &- 0xE4 < 6 {
                place += 3
                continue
            }
            let step = width[Int(lead)]
            if step < 5 {
                place += Int(step)
                continue
            }
            // 、《》 and the Chinese marks in full width stay; they are every tenth character.
            if place + 2 < text.count {
                let (second, third) = (bytes[place + 1], bytes[place + 2])
                if lead == 0xE3, second == 0x80, third != 0x80, third != 0x82 {
                    place += 3
                    continue
                }
                if lead == 0xEF, second == 0xBC, third == 0x8C || third == 0x9A || third == 0x9B || third == 0x88 || third == 0x89 {
                    place += 3
                    continue
                }
                // A full stop behind anything but ASCII or full width ends a sentence.
                if lead == 0xE3, second == 0x80, third == 0x82, place > 2, bytes[place - 1] >= 0x80, bytes[place - 3] != 0xEF {
                    place += 3
                    continue
                }
            }
            return place
        }
        return place
    }

    var isFolded: Bool { !folds.isEmpty }

    /// A range of the shadow as the range of the original that it stands for, in UTF-8 bytes.
    func original(_ range: Range<Int>) -> Range<Int> {
        let start = last { $0.shadow.lowerBound <= range.lowerBound }
        let end = last { $0.shadow.lowerBound < range.upperBound }
        let from = start.map {
            range.lowerBound < $0.shadow.upperBound
                ? Int($0.original.lowerBound) : range.lowerBound - Int($0.shadow.upperBound) + Int($0.original.upperBound)
        }
        let to = end.map {
            range.upperBound <= $0.shadow.upperBound
                ? Int($0.original.upperBound) : range.upperBound - Int($0.shadow.upperBound) + Int($0.original.upperBound)
        }
        let lower = from ?? range.lowerBound
        return lower..<max(lower, to ?? range.upperBound)
    }

    private func last(_ holds: (Fold) -> Bool) -> Fold? {
        var (low, high) = (0, folds.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(folds[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? folds[low - 1] : nil
    }

    static let invisible: UInt8 = 0

    /// Bytes of a scalar by its lead; plus 8 where the scalar may have to fold.
    private static let width: [UInt8] = (0..<256).map { lead in
        switch lead {
        case 0x09, 0x00: 9
        case 0xC2, 0xCC, 0xCD, 0xD9, 0xDB: 10
        case 0xC0..<0xE0: 2
        case 0xE1, 0xE2, 0xE3, 0xEF: 11
        case 0xE0..<0xF0: 3
        case 0xF0: 12
        case 0xF1...0xF4: 4
        default: 1
        }
    }

    /// The ASCII that a scalar folds to, `invisible` for one that is left out, nil for one that stays.
    private func fold(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ width: Int) -> UInt8? {
        let lead = text[place]
        if width == 1 { return lead == 0x09 ? UInt8(ascii: " ") : lead == 0 ? Self.invisible : nil }
        let second = text[place + 1]
        if width == 3, lead == 0xE3 {
            guard second == 0x80 else { return second == 0x83 && text[place + 2] == 0xBB ? betweenDigits(text, place) : nil }
            switch text[place + 2] {
            case 0x80: return UInt8(ascii: " ")
            case 0x82: return betweenLetters(text, place)
            default: return nil
            }
        }
        var value = UInt32(lead & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07))
        for next in 1..<width { value = value << 6 | UInt32(text[place + next] & 0x3F) }
        if let simple = Self.simple(value) { return simple }
        switch value {
        case 0xB7, 0x2022, 0x2027, 0x22C5: return betweenDigits(text, place)
        case 0xFF61: return betweenLetters(text, place)
        default: return nil
        }
    }

    /// A full stop that stands for a dot: 192。168。1。1, 163。com.
    private func betweenLetters(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt8? {
        guard place > 0, place + 3 < text.count else { return nil }
        let (before, after) = (text[place - 1], text[place + 3])
        let wide = after == 0xEF && place + 5 < text.count && (text[place + 4] == 0xBD || (0x90...0xBA).contains(text[place + 5]))
        let wideBefore = place > 2 && text[place - 3] == 0xEF && (text[place - 2] == 0xBD || (0x90...0xBA).contains(before))
        return (before.isWord || wideBefore) && (after.isWord || wide) ? UInt8(ascii: ".") : nil
    }

    /// A middle dot that stands for a dash: 138·1234·5678.
    private func betweenDigits(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt8? {
        let width = text[place] == 0xC2 ? 2 : 3
        guard place > 0, place + width < text.count else { return nil }
        return text[place - 1].isDigit && text[place + width].isDigit ? UInt8(ascii: "-") : nil
    }

    // The columns are the point.
    // swift-format-ignore
    private static func simple(_ value: UInt32) -> UInt8? {
        switch value {
        // Chinese punctuation in full width is Chinese: patterns name both forms.
        case 0xFF0C, 0xFF1A, 0xFF1B, 0xFF08, 0xFF09, 0xFF01, 0xFF1F: nil
        case 0xFF01...0xFF5E:                   UInt8(value - 0xFEE0)
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFFA0: UInt8(ascii: " ")
        case 0x2010...0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63, 0x2500, 0x2501: UInt8(ascii: "-")
        case 0xAD, 0x300...0x36F, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF,
             0xFE00...0xFE0F, 0x20DD...0x20E3:  invisible
        case 0xB9:                              UInt8(ascii: "1")
        case 0xB2, 0xB3:                        UInt8(48 + value - 0xB0)
        case 0x2070, 0x2074...0x2079:           UInt8(48 + value - 0x2070)
        case 0x2080...0x2089:                   UInt8(48 + value - 0x2080)
        case 0x2460...0x2468:                   UInt8(49 + value - 0x2460)
        case 0x2474...0x247C:                   UInt8(49 + value - 0x2474)
        case 0x2488...0x2490:                   UInt8(49 + value - 0x2488)
        case 0x24EA, 0x24FF:                    UInt8(ascii: "0")
        case 0x2776...0x277E:                   UInt8(49 + value - 0x2776)
        case 0x2780...0x2788:                   UInt8(49 + value - 0x2780)
        case 0x278A...0x2792:                   UInt8(49 + value - 0x278A)
        case 0x24F5...0x24FD:                   UInt8(49 + value - 0x24F5)
        case 0x24B6...0x24CF:                   UInt8(65 + value - 0x24B6)
        case 0x24D0...0x24E9:                   UInt8(97 + value - 0x24D0)
        case 0x660...0x669:                     UInt8(48 + value - 0x660)
        case 0x6F0...0x6F9:                     UInt8(48 + value - 0x6F0)
        case 0x1D7CE...0x1D7FF:                 UInt8(48 + (value - 0x1D7CE) % 10)
        case 0x1FBF0...0x1FBF9:                 UInt8(48 + value - 0x1FBF0)
        case 0x1D400...0x1D6A3:                 letter((value - 0x1D400) % 52)
        case 0xFE52:                            UInt8(ascii: ".")
        case 0xFE6B:                            UInt8(ascii: "@")
        case 0xFE62:                            UInt8(ascii: "+")
        default:                                nil
        }
    }

    private static func letter(_ place: UInt32) -> UInt8 { UInt8(place < 26 ? 65 + place : 71 + place) }
}

extension UInt8 {
    var isDigit: Bool { self &- 48 < 10 }
    var isLetter: Bool { (self | 32) &- 97 < 26 }
    /// A word character of ASCII; nothing Chinese is one.
    var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isContinuation: Bool { self & 0xC0 == 0x80 }
    var upper: UInt8 { isLetter ? self & 0xDF : self }
    /// What people put between the digits of one number.
    var isSeparator: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "\n")
    }
}
