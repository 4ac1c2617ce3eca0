/// A text's shadow for scanning: full width made half, dashes, blanks and invisible characters inside numbers closed up,
/// with a map back, so that a disguise does not help and a finding still points into the original.
struct FoldedText {
    /// ASCII as it is, everything else as one byte 0xFF a scalar, so that word boundaries are ASCII's.
    let bytes: [UInt8]
    /// Where each byte's scalar begins and ends in the original, in UTF-8 bytes.
    let starts: [Int32]
    let ends: [Int32]

    /// - Parameter closesNumbers: leaves out separators that stand between two digits.
    init(_ text: [UInt8], closesNumbers: Bool) {
        var bytes: [UInt8] = []
        var starts: [Int32] = []
        var ends: [Int32] = []
        bytes.reserveCapacity(text.count / 2)
        var place = 0
        // Separators seen since the last digit: kept only when no digit follows.
        var held = 0
        while place < text.count {
            let start = place
            let folded = Self.fold(text, &place)
            guard let folded else { continue }
            if closesNumbers {
                if Self.isDigit(folded) || folded == UInt8(ascii: "X") || folded == UInt8(ascii: "x") {
                    if held > 0, held <= 2, Self.isDigit(folded) || held <= 2 {
                        bytes.removeLast(held)
                        starts.removeLast(held)
                        ends.removeLast(held)
                    }
                    held = 0
                } else if Self.separates(folded), let last = bytes.dropLast(held).last, Self.isDigit(last) {
                    held += 1
                } else {
                    held = 0
                }
            }
            bytes.append(folded)
            starts.append(Int32(start))
            ends.append(Int32(place))
        }
        (self.bytes, self.starts, self.ends) = (bytes, starts, ends)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }

    private static func separates(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") }

    /// The scalar at `place` as one byte; nil for one that cannot be seen. `place` moves on.
    private static func fold(_ text: [UInt8], _ place: inout Int) -> UInt8? {
        let lead = text[place]
        guard lead >= 0x80 else {
            place += 1
            return lead
        }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard place + length <= text.count else {
            place += 1
            return 0xFF
        }
        let second = UInt32(text[place + 1] & 0x3F)
        let third = length > 2 ? UInt32(text[place + 2] & 0x3F) : 0
        defer { place += length }
        guard length == 3 else { return length == 2 && lead == 0xC2 && second == 0x20 ? UInt8(ascii: " ") : 0xFF }
        switch UInt32(lead & 0x0F) << 12 | second << 6 | third {
        case let wide where (0xFF01...0xFF5E).contains(wide): return UInt8(wide - 0xFEE0)
        case 0x3000, 0x2000...0x200A: return UInt8(ascii: " ")
        case 0x2010...0x2015, 0x2212: return UInt8(ascii: "-")
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: return nil
        default: return 0xFF
        }
    }
}
