/// Reads a secrecy mark from a place in a text: the level, the star, and what stands behind it.
struct MarkReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    struct Read {
        var level: String
        var range: Range<Int>
        var term = SecrecyTerm.standard
        var hasStar = false
        var isDeclassified = false
    }

    private static let levels: [(String, String)] = [
        ("绝", "绝密"), ("機", "机密"), ("机", "机密"), ("秘", "秘密"), ("絕", "绝密"), ("祕", "秘密"), ("绐", "绝密"), ("枫", "机密"), ("杌", "机密"),
        ("扒", "机密"), ("稘", "秘密"), ("泌", "秘密"),
    ]
    private static let seconds = ["密", "宻", "宓", "蜜"]
    private static let stars: Set<Unicode.Scalar> = [
        "★", "☆", "*", "✩", "✪", "✫", "✬", "✭", "✮", "✯", "✰", "⭐", "⋆", "🌟", "✦", "✧", "✶", "⚝", "⍟", "٭", "✱", "✲", "∗", "﹡", "⛤", "🟊",
        "＊",
    ]
    /// What OCR and typists make of a star: believed only before a term.
    private static let nearlyStars: Set<Unicode.Scalar> = [
        "大", "女", "太", "食", "※", "#", "▲", "△", "◆", "●", "·", "•", "+", "卞", "火", "交", "丈", "+", "?", "■", "k", "x", "☀", "卡", "—", "-",
        "/", "|", "、",
    ]

    /// The mark whose level begins at `place`; nil if none does.
    func mark(at place: Int) -> Read? {
        guard let (first, afterFirst) = scalar(place), let level = Self.levels.first(where: { $0.0 == String(first) })?.1 else {
            return nil
        }
        let second = skip(afterFirst, atMost: 3, lines: 1)
        guard let (letter, afterLevel) = scalar(second), Self.seconds.contains(String(letter)) else { return nil }
        // A noisy first and a noisy second letter together are another word (泌蜜).
        guard letter == "密" || ["绝", "机", "秘", "機", "絕"].contains(first) else { return nil }
        var read = Read(level: level, range: place..<afterLevel)
        var next = skip(afterLevel, atMost: 6, lines: 2)
        if let (close, after) = scalar(next), "】]）)」〕>》".unicodeScalars.contains(close) { next = skip(after, atMost: 4, lines: 1) }
        guard let (star, afterStar) = scalar(next) else { return read }
        if Self.stars.contains(star) {
            var end = afterStar
            while let (more, after) = scalar(end), Self.stars.contains(more) || more.value == 0xFE0F { end = after }
            read.hasStar = true
            read.range = place..<end
            let start = skip(end, atMost: 6, lines: 1)
            if let (term, end) = term(at: start, isSure: true) {
                read.term = term
                read.range = place..<end
            }
        } else if Self.nearlyStars.contains(star), let (term, end) = term(at: skip(afterStar, atMost: 3, lines: 0), isSure: false) {
            (read.hasStar, read.term, read.range) = (true, term, place..<end)
        }
        if read.hasStar { read.isDeclassified = says("已解密", at: read.range.upperBound) || says("解除", at: read.range.upperBound) }
        return read
    }

    /// A term behind the star, and where it ends.
    /// - Parameter isSure: whether a star was seen; only then is a condition in words believed.
    func term(at place: Int, isSure: Bool) -> (SecrecyTerm, Int)? {
        for word in ["长期", "長期", "永久"] where starts(with: word, at: place) { return (.longTerm, place + word.utf8.count) }
        if let (number, end) = number(at: place) {
            let unit = skip(end, atMost: 2, lines: 0)
            if number >= 1900, number < 2200, let (day, end) = day(number, at: unit) { return (.until(day), behindDay(end)) }
            for (word, term) in units(number) where starts(with: word, at: unit) { return (term, unit + word.utf8.count) }
            guard isSure else { return nil }
        }
        guard isSure else { return nil }
        return condition(at: place)
    }

    // The columns are the point.
    // swift-format-ignore
    private func units(_ number: Int) -> [(String, SecrecyTerm)] {
        guard number > 0, number <= 999 else { return [] }
        return [
            ("年", .years(number)), ("個月", .months(number)), ("个月", .months(number)), ("月", .months(number)),
            ("日", .days(number)), ("天", .days(number)), ("years", .years(number)), ("months", .months(number)),
        ]
    }

    private func day(_ year: Int, at place: Int) -> (SecrecyTerm.Day, Int)? {
        func part(_ place: Int, _ marks: [String], most: Int) -> (Int, Int)? {
            let place = skip(place, atMost: 1, lines: 0)
            guard let (value, end) = number(at: place), (1...most).contains(value) else { return nil }
            let next = skip(end, atMost: 1, lines: 0)
            for mark in marks where starts(with: mark, at: next) { return (value, next + mark.utf8.count) }
            return marks.contains("") ? (value, end) : nil
        }
        for (yearMark, monthMark) in [("年", "月"), ("-", "-"), (".", "."), ("/", "/")] where starts(with: yearMark, at: place) {
            let afterYear = place + yearMark.utf8.count
            guard let (month, afterMonth) = part(afterYear, [monthMark], most: 12) else {
                return yearMark == "年" ? (SecrecyTerm.Day(year), afterYear) : nil
            }
            guard let (day, afterDay) = part(afterMonth, yearMark == "年" ? ["日", "号"] : ["日", ""], most: 31) else {
                return (SecrecyTerm.Day(year, month), afterMonth)
            }
            return (SecrecyTerm.Day(year, month, day), afterDay)
        }
        return nil
    }

    private func behindDay(_ place: Int) -> Int {
        for word in ["前解密", "后解密", "解密", "前", "止", "后", "启封前", "启用前"] where starts(with: word, at: place) { return place + word.utf8.count }
        return place
    }

    /// Up to twenty characters that end in 前, 后, 解密 or 时: 启用前, 工程竣工后解密.
    private func condition(at place: Int) -> (SecrecyTerm, Int)? {
        var end = place
        var best: Int?
        for _ in 0..<24 {
            guard let (scalar, next) = scalar(end), !"\n，。；、,;()（）【】[] \t".unicodeScalars.contains(scalar) else { break }
            end = next
            for word in ["前", "后", "後", "解密", "时", "为止"] where ends(with: word, at: end) { best = end }
        }
        guard let best, best - place >= 6 else { return nil }
        return (.condition(String(decoding: bytes[place..<best], as: UTF8.self)), best)
    }

    /// A number in digits or in Chinese (十, 二十, 三十五), and where it ends.
    private func number(at place: Int) -> (Int, Int)? {
        var value = 0
        var end = place
        while end < bytes.count, bytes[end].isDigit, end - place < 5 {
            value = value * 10 + Int(bytes[end]) - 48
            end += 1
        }
        if end > place { return (value, end) }
        let digits = Array("〇一二三四五六七八九".unicodeScalars)
        let large = Array("零壹贰叁肆伍陆柒捌玖".unicodeScalars)
        var (total, digit, isSpelled) = (0, 0, false)
        while let (scalar, next) = scalar(end), end - place < 18 {
            if let one = digits.firstIndex(of: scalar) ?? large.firstIndex(of: scalar) {
                // 二〇三〇: digits one by one.
                digit = isSpelled && digit > 0 || isSpelled ? digit * 10 + one : one
            } else if scalar == "十" || scalar == "拾" {
                total += max(digit, 1) * 10
                digit = 0
            } else {
                break
            }
            isSpelled = scalar != "十" && scalar != "拾"
            end = next
        }
        return end > place ? (total + digit, end) : nil
    }

    func scalar(_ place: Int) -> (Unicode.Scalar, Int)? {
        guard place < bytes.count else { return nil }
        let lead = bytes[place]
        let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard place + width <= bytes.count else { return nil }
        var value = width == 1 ? UInt32(lead) : UInt32(lead) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
        for next in 1..<max(1, width) { value = value << 6 | UInt32(bytes[place + next] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, place + width) }
    }

    /// Past blanks, and past line breaks when they are few.
    func skip(_ place: Int, atMost: Int, lines: Int) -> Int {
        var (next, blanks, breaks) = (place, 0, 0)
        while next < bytes.count, blanks < atMost, bytes[next] == 32 || bytes[next] == 13 || bytes[next] == 10 && breaks < lines {
            if bytes[next] == 10 { breaks += 1 }
            next += 1
            blanks += 1
        }
        return next
    }

    private func starts(with word: String, at place: Int) -> Bool {
        place + word.utf8.count <= bytes.count && bytes[place..<(place + word.utf8.count)].elementsEqual(word.utf8)
    }

    private func ends(with word: String, at place: Int) -> Bool {
        let start = place - word.utf8.count
        return start >= 0 && starts(with: word, at: start)
    }

    private func says(_ word: String, at place: Int) -> Bool {
        let end = min(bytes.count, place + 24)
        return place < end && Context.contains(Array(bytes[place..<end]), Array(word.utf8))
    }
}
