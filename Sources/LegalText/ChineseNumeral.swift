/// Numbers as Chinese documents write them: 二十八, 一百零五, 二〇二二, 两千.
public enum ChineseNumeral {
    /// The value of a whole numeral, or nil where the text is none. Reads place values (一百零五) and digit
    /// rows (二〇二二); 第一百五条 is read as 105, the way drafters mean it.
    public static func value(of text: some StringProtocol) -> Int? {
        let bytes = Array(text.utf8)
        guard let read = read(bytes, at: 0), read.end == bytes.count else { return nil }
        return read.value
    }

    /// The numeral of a number from 0 to 999,999,999,999, in the form laws print: 10 is 十, 105 is 一百零五.
    public static func text(of value: Int) -> String {
        precondition((0..<1_000_000_000_000).contains(value), "a numeral of a document is below a trillion")
        guard value > 0 else { return "零" }
        var text = ""
        for (unit, sign) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let section = value / unit % 10_000
            guard section > 0 else { continue }
            if !text.isEmpty, section < 1000 { text += "零" }
            text += sectionText(section) + sign
        }
        return text.hasPrefix("一十") ? String(text.dropFirst()) : text
    }

    private static func sectionText(_ section: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        var text = ""
        var owesZero = false
        for (unit, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = section / unit % 10
            if digit == 0 {
                owesZero = !text.isEmpty
            } else {
                text += (owesZero ? "零" : "") + digits[digit] + sign
                owesZero = false
            }
        }
        return text
    }

    /// The longest numeral that starts at a byte, and where it ends; nil where none starts or it makes no number.
    static func read(_ bytes: [UInt8], at start: Int) -> (value: Int, end: Int)? {
        var at = start
        var row = 0
        var length = 0
        var total = 0
        var section = 0
        var digit: Int?
        var lastPlace = 10_000
        var lastMyriad = Int.max
        var hasPlaces = false
        while let sign = sign(bytes, at: at) {
            length += 1
            guard length <= 40 else { return nil }
            switch sign {
            case .digit(let value):
                guard !hasPlaces || digit == nil || digit == 0 else { return nil }
                if !hasPlaces {
                    guard row < 1_000_000_000 else { return nil }
                    row = row * 10 + value
                }
                digit = value
            case .place(let place):
                guard hasPlaces || length <= 2, place < lastPlace else { return nil }
                if digit == nil || digit == 0, place != 10 { return nil }
                section += (digit == nil || digit == 0 ? 1 : digit ?? 1) * place
                (digit, lastPlace, hasPlaces) = (nil, place, true)
            case .myriad(let myriad):
                let before = section + (digit ?? 0)
                guard hasPlaces || length <= 2, before > 0, myriad < lastMyriad else { return nil }
                total += before * myriad
                (section, digit, lastPlace, lastMyriad, hasPlaces) = (0, nil, 10_000, myriad, true)
            }
            at += 3
        }
        guard length > 0 else { return nil }
        return (hasPlaces ? total + section + (digit ?? 0) : row, at)
    }

    private enum Sign {
        case digit(Int)
        case place(Int)
        case myriad(Int)
    }

    private static func sign(_ bytes: [UInt8], at: Int) -> Sign? {
        guard at + 2 < bytes.count, bytes[at] >= 0xE2 else { return nil }
        // Every sign is three bytes of UTF-8.
        switch UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) {
        case 0xE38087, 0xE99BB6, 0xE2978B: return .digit(0)  // 〇 零 ○
        case 0xE4B880: return .digit(1)  // 一
        case 0xE4BA8C, 0xE4B8A4: return .digit(2)  // 二 两
        case 0xE4B889: return .digit(3)  // 三
        case 0xE59B9B: return .digit(4)  // 四
        case 0xE4BA94: return .digit(5)  // 五
        case 0xE585AD: return .digit(6)  // 六
        case 0xE4B883: return .digit(7)  // 七
        case 0xE585AB: return .digit(8)  // 八
        case 0xE4B99D: return .digit(9)  // 九
        case 0xE58D81: return .place(10)  // 十
        case 0xE799BE: return .place(100)  // 百
        case 0xE58D83: return .place(1000)  // 千
        case 0xE4B887: return .myriad(10_000)  // 万
        case 0xE4BABF: return .myriad(100_000_000)  // 亿
        default: return nil
        }
    }
}
