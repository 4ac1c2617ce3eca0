/// A place in a text that moves forward as words and numbers are recognised; works on UTF-8 bytes for speed.
struct Cursor {
    let bytes: [UInt8]
    var at: Int

    init(_ bytes: [UInt8], at start: Int = 0) {
        self.bytes = bytes
        self.at = start
    }

    var isAtEnd: Bool { at >= bytes.count }

    /// Moves past a word if it stands here; capitals of ASCII do not matter (the word itself is given in small ones).
    mutating func take(_ word: [UInt8]) -> Bool {
        guard at + word.count <= bytes.count else { return false }
        for step in 0..<word.count where lowered(bytes[at + step]) != word[step] { return false }
        at += word.count
        return true
    }

    /// Moves past blanks of every width.
    mutating func takeBlanks() {
        while let width = blankWidth(bytes, at: at) { at += width }
    }

    /// Reads a number in Arabic (also full-width) or Chinese figures, at most nine digits.
    mutating func takeNumber() -> Int? {
        var value = 0
        var end = at
        var count = 0
        while let (digit, width) = digit(at: end) {
            guard count < 9 else { return nil }
            value = value * 10 + digit
            end += width
            count += 1
        }
        if count > 0 {
            at = end
            return value
        }
        guard let numeral = ChineseNumeral.read(bytes, at: at) else { return nil }
        at = numeral.end
        return numeral.value
    }

    private func digit(at place: Int) -> (Int, Int)? {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        if byte >= 0x30, byte <= 0x39 { return (Int(byte - 0x30), 1) }
        guard byte == 0xEF, place + 2 < bytes.count, bytes[place + 1] == 0xBC else { return nil }
        let last = bytes[place + 2]
        return last >= 0x90 && last <= 0x99 ? (Int(last - 0x90), 3) : nil
    }

    /// Moves past the first of several words that stands here, and says which.
    mutating func takeOne(of words: [[UInt8]]) -> Int? {
        for index in words.indices where take(words[index]) { return index }
        return nil
    }
}

/// ASCII capitals made small; every other byte as it is.
func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

func isLatin(_ byte: UInt8) -> Bool {
    let small = byte | 0x20
    return small >= 0x61 && small <= 0x7A
}

/// The width in bytes of a blank that stands at a place: ASCII, no-break, U+2000-200F, U+3000, byte order mark.
func blankWidth(_ bytes: [UInt8], at place: Int) -> Int? {
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case 0x20, 0x09, 0x0D, 0x0B, 0x0C: return 1
    case 0xC2: return place + 1 < bytes.count && bytes[place + 1] == 0xA0 ? 2 : nil
    case 0xE2:
        guard place + 2 < bytes.count, bytes[place + 1] == 0x80 else { return nil }
        return bytes[place + 2] <= 0x8F || bytes[place + 2] == 0xAF ? 3 : nil
    case 0xE3: return place + 2 < bytes.count && bytes[place + 1] == 0x80 && bytes[place + 2] == 0x80 ? 3 : nil
    case 0xEF: return place + 2 < bytes.count && bytes[place + 1] == 0xBB && bytes[place + 2] == 0xBF ? 3 : nil
    default: return nil
    }
}

/// The text between two byte offsets.
func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
}
