/// The number a line opens with (第二十八条, 一、, （三）, 2., Article 5), and where the words after it begin.
struct Mark: Equatable {
    enum Kind: Equatable {
        case part, chapter, section, article
        /// 一、 or, in English, `1.`
        case heading
        /// （一）, (1)
        case bracketed
        /// `1.` or 1、 in a Chinese text
        case dotted

        /// How deep a head line stands; nil for what is no head line.
        var depth: Int? {
            switch self {
            case .part: 1
            case .chapter: 2
            case .section: 3
            case .article, .heading, .bracketed, .dotted: nil
            }
        }
    }

    let kind: Kind
    let ordinal: Int
    var suffix: Int?
    /// The byte after the number.
    let end: Int

    /// The address wanted: `art-28-1`, `ch-2`, `s-1`, `clause-3`.
    var anchor: String {
        let tail = suffix.map { "-\($0)" } ?? ""
        return switch kind {
        case .part: "part-\(ordinal)"
        case .chapter: "ch-\(ordinal)"
        case .section: "sec-\(ordinal)"
        case .article: "art-\(ordinal)\(tail)"
        case .heading: "s-\(ordinal)"
        case .bracketed: "clause-\(ordinal)"
        case .dotted: "point-\(ordinal)"
        }
    }

    static func read(_ bytes: [UInt8], _ line: Range<Int>) -> Mark? {
        guard !line.isEmpty else { return nil }
        return numbered(bytes, line) ?? bracketed(bytes, line) ?? listed(bytes, line) ?? english(bytes, line)
    }

    /// 第X编, 章, 节, 条. The hot path of a corpus: most lines fail at the first byte.
    static func numbered(_ bytes: [UInt8], _ line: Range<Int>) -> Mark? {
        let start = line.lowerBound
        guard line.count >= 9, bytes[start] == 0xE7, bytes[start + 1] == 0xAC, bytes[start + 2] == 0xAC else {
            return nil
        }
        var cursor = Cursor(bytes, at: start + 3)
        cursor.takeBlanks()
        guard let ordinal = cursor.takeNumber() else { return nil }
        cursor.takeBlanks()
        guard cursor.at < line.upperBound, let word = cursor.takeOne(of: numberedWords) else { return nil }
        guard word == 0 else {
            return Mark(kind: [.article, .chapter, .section, .part, .part][word], ordinal: ordinal, end: cursor.at)
        }
        var suffix: Int?
        let before = cursor.at
        if cursor.take(inserted) {
            suffix = cursor.takeNumber()
            if suffix == nil { cursor.at = before }
        }
        // 第三条、第四条… and 第三条的… go on with a sentence: a citation, no opening.
        let end = cursor.at
        guard cursor.takeOne(of: goesOn) == nil else { return nil }
        return Mark(kind: .article, ordinal: ordinal, suffix: suffix, end: end)
    }

    private static let numberedWords = ["条", "章", "节", "编", "分编"].map { Array($0.utf8) }
    private static let inserted = Array("之".utf8)
    private static let goesOn = ["、", "，", "和", "至", "的", "或", "及", "规定"].map { Array($0.utf8) }

    private static func bracketed(_ bytes: [UInt8], _ line: Range<Int>) -> Mark? {
        var cursor = Cursor(bytes, at: line.lowerBound)
        guard cursor.takeOne(of: [opens.half, opens.full]) != nil else { return nil }
        cursor.takeBlanks()
        guard let ordinal = cursor.takeNumber(), ordinal < 1000 else { return nil }
        cursor.takeBlanks()
        guard cursor.takeOne(of: [closes.half, closes.full]) != nil else { return nil }
        return Mark(kind: .bracketed, ordinal: ordinal, end: cursor.at)
    }

    private static let opens = (half: Array("(".utf8), full: Array("（".utf8))
    private static let closes = (half: Array(")".utf8), full: Array("）".utf8))

    /// 一、 and `1.`; 1.5 and 2022.5.26 are no list numbers.
    private static func listed(_ bytes: [UInt8], _ line: Range<Int>) -> Mark? {
        let isArabic = bytes[line.lowerBound] < 0x80 || bytes[line.lowerBound] == 0xEF
        var cursor = Cursor(bytes, at: line.lowerBound)
        guard let ordinal = cursor.takeNumber(), ordinal < 1000 else { return nil }
        guard let point = cursor.takeOne(of: points) else { return nil }
        if isArabic, point > 0 {
            var after = cursor
            guard after.takeNumber() == nil else { return nil }
        }
        if !isArabic, point > 0 { return nil }
        return Mark(kind: isArabic ? .dotted : .heading, ordinal: ordinal, end: cursor.at)
    }

    private static let points = ["、", ".", "．"].map { Array($0.utf8) }

    static func english(_ bytes: [UInt8], _ line: Range<Int>) -> Mark? {
        guard isLatin(bytes[line.lowerBound]) else { return nil }
        var cursor = Cursor(bytes, at: line.lowerBound)
        guard let word = cursor.takeOne(of: englishWords) else { return nil }
        let before = cursor.at
        cursor.takeBlanks()
        guard cursor.at > before, let ordinal = cursor.takeNumber() ?? cursor.takeRoman() else { return nil }
        let end = cursor.at
        if !cursor.isAtEnd, isLatin(bytes[cursor.at]) || bytes[cursor.at] == 0x2C { return nil }
        cursor.takeBlanks()
        guard cursor.takeOne(of: englishGoesOn) == nil else { return nil }
        return Mark(kind: [.article, .chapter, .section, .part][word], ordinal: ordinal, end: end)
    }

    private static let englishWords = ["article", "chapter", "section", "part"].map { Array($0.utf8) }
    private static let englishGoesOn = ["of ", "and ", "to ", "or ", "shall ", "is ", "does "].map { Array($0.utf8) }
}

extension Cursor {
    /// Reads a Roman number below 4000 (Chapter IV).
    mutating func takeRoman() -> Int? {
        let values: [UInt8: Int] = [0x69: 1, 0x76: 5, 0x78: 10, 0x6C: 50, 0x63: 100, 0x64: 500, 0x6D: 1000]
        var figures: [Int] = []
        while !isAtEnd, let value = values[lowered(bytes[at])] {
            figures.append(value)
            at += 1
            guard figures.count <= 15 else { return nil }
        }
        guard !figures.isEmpty else { return nil }
        var total = 0
        for (index, value) in figures.enumerated() {
            total += index + 1 < figures.count && value < figures[index + 1] ? -value : value
        }
        return total > 0 && total < 4000 ? total : nil
    }
}
