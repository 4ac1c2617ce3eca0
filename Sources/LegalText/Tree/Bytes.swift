/// The bytes of a text while it is read: what stands at a place, without making a string of it.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
    /// The three bytes at a place as one number; 0 where fewer are left. Most Chinese characters are three bytes.
    @inline(__always)
    func three(_ at: Int) -> UInt32 {
        guard at >= 0, at + 2 < count else { return 0 }
        return UInt32(self[at]) << 16 | UInt32(self[at + 1]) << 8 | UInt32(self[at + 2])
    }

    /// Whether a word stands at a place.
    @inline(__always)
    func has(_ word: StaticString, _ at: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard at >= 0, at + length <= count else { return false }
        let start = word.utf8Start
        for step in 0..<length where self[at + step] != start[step] { return false }
        return true
    }

    /// Whether a word ends right before a place.
    @inline(__always)
    func ends(_ word: StaticString, _ at: Int) -> Bool {
        has(word, at - word.utf8CodeUnitCount)
    }

    /// The byte after a word that stands at a place, or nil.
    @inline(__always)
    func past(_ word: StaticString, _ at: Int) -> Int? {
        has(word, at) ? at + word.utf8CodeUnitCount : nil
    }

    /// The byte after the first of several words that stands at a place, or nil.
    func pastOne(_ words: [StaticString], _ at: Int) -> Int? {
        for word in words where has(word, at) { return at + word.utf8CodeUnitCount }
        return nil
    }

    /// The byte where one of several words begins that ends right before a place, or nil.
    func beforeOne(_ words: [StaticString], _ at: Int) -> Int? {
        for word in words where ends(word, at) { return at - word.utf8CodeUnitCount }
        return nil
    }

    /// The first place of a word within a range.
    func find(_ word: StaticString, _ range: Range<Int>) -> Int? {
        let length = word.utf8CodeUnitCount
        let first = word.utf8Start[0]
        var at = range.lowerBound
        while at + length <= range.upperBound {
            if self[at] == first, has(word, at) { return at }
            at += 1
        }
        return nil
    }

    /// The last place of a word within a range.
    func findLast(_ word: StaticString, _ range: Range<Int>) -> Int? {
        var at = range.upperBound - word.utf8CodeUnitCount
        while at >= range.lowerBound {
            if has(word, at) { return at }
            at -= 1
        }
        return nil
    }

    /// The byte after blanks of every width.
    func pastBlanks(_ at: Int) -> Int {
        var at = at
        while at < count {
            switch self[at] {
            case 0x20, 0x09, 0x0D, 0x0B, 0x0C: at += 1
            case 0xC2:
                guard at + 1 < count, self[at + 1] == 0xA0 else { return at }
                at += 2
            case 0xE2, 0xE3, 0xEF:
                let sign = three(at)
                guard sign == 0xE38080 || sign == 0xEFBBBF || sign >= 0xE28080 && sign <= 0xE2808F || sign == 0xE280AF else { return at }
                at += 3
            default: return at
            }
        }
        return at
    }

    /// The byte after the last that is no blank, looking back from a place.
    func backOverBlanks(_ at: Int, downTo floor: Int) -> Int {
        var at = at
        while at > floor {
            let last = self[at - 1]
            if last == 0x20 || last == 0x09 || last == 0x0D || last == 0x0A {
                at -= 1
            } else if at - 3 >= floor, three(at - 3) == 0xE38080 {
                at -= 3
            } else if at - 2 >= floor, last == 0xA0, self[at - 2] == 0xC2 {
                at -= 2
            } else {
                break
            }
        }
        return at
    }

    /// The start of the character that ends right before a place.
    @inline(__always)
    func back(_ at: Int) -> Int {
        var at = at - 1
        while at > 0, self[at] & 0xC0 == 0x80 { at -= 1 }
        return at
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: self[range], as: UTF8.self)
    }

    /// A number in Arabic, full-width or Chinese figures (at most nine digits) and where it ends.
    func number(_ at: Int) -> (value: Int, end: Int)? {
        var (value, end, length) = (0, at, 0)
        while end < count {
            if self[end] >= 0x30, self[end] <= 0x39 {
                (value, end) = (value * 10 + Int(self[end] - 0x30), end + 1)
            } else if three(end) >= 0xEFBC90, three(end) <= 0xEFBC99 {
                (value, end) = (value * 10 + Int(three(end) - 0xEFBC90), end + 3)
            } else {
                break
            }
            length += 1
            guard length <= 9 else { return nil }
        }
        return length > 0 ? (value, end) : numeral(at)
    }

    /// A Chinese numeral below a hundred thousand: 二十八, 一百零五, 一千二百六十, and rows of digits 二〇二二.
    func numeral(_ start: Int) -> (value: Int, end: Int)? {
        var (at, total, digit, row, digits, places) = (start, 0, -1, 0, 0, 0)
        while true {
            let sign = three(at)
            let place: Int
            switch sign {
            case 0xE58D81: place = 10
            case 0xE799BE: place = 100
            case 0xE58D83: place = 1000
            case 0xE4B887: place = 10_000
            default:
                place = 0
                guard let value = chineseDigit(sign), digits < 9 else {
                    guard at > start else { return nil }
                    return (places > 0 ? total + Swift.max(digit, 0) : row, at)
                }
                digit = value
                row = row * 10 + value
                digits += 1
            }
            if place > 0 {
                guard places < 6, digits <= 1 || places > 0 else { return nil }
                if place == 10_000 {
                    total = (total + Swift.max(digit, 0)) * place
                } else {
                    total += (digit <= 0 ? 1 : digit) * place
                }
                places += 1
                digit = -1
            }
            at += 3
        }
    }
}

@inline(__always)
func chineseDigit(_ sign: UInt32) -> Int? {
    switch sign {
    case 0xE38087, 0xE99BB6, 0xE2978B: 0
    case 0xE4B880: 1
    case 0xE4BA8C, 0xE4B8A4, 0xE585A9: 2
    case 0xE4B889: 3
    case 0xE59B9B: 4
    case 0xE4BA94: 5
    case 0xE585AD: 6
    case 0xE4B883: 7
    case 0xE585AB: 8
    case 0xE4B99D: 9
    default: nil
    }
}
