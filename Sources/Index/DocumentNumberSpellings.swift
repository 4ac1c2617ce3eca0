/// Knows the spellings of a document number, so that one typed in any of them finds those written in another.
///
/// 国发〔2019〕5号 is typed with any brackets or none, with 年 or 第 or "No.", with zeros before the serial; orders are
/// numbered in figures or Chinese numerals (主席令第二十七号). Brackets part runs anyway, so only the runs differ.
enum DocumentNumberSpellings {
    /// The term itself, and what else it may be written as when it ends in a document number.
    static func of(_ term: Question.Term) -> [Question.Term] {
        let spellings = yearly(term.runs) ?? order(term.runs) ?? []
        let others = spellings.filter { $0 != term.runs }.map { Question.Term(runs: $0, isExact: term.isExact, field: term.field) }
        return [term] + others
    }

    /// The one form of GB/T 9704: 国发〔2019〕5号, 国务院令第711号; nil for a text that is no document number.
    static func normalised(_ text: String) -> String? {
        let runs = Run.all(in: text)
        if let parts = yearlyParts(runs) { return "\(parts.agency.text)〔\(parts.year)〕\(parts.serial)号" }
        if let parts = orderParts(runs) { return "\(parts.agency)第\(parts.serial)号" }
        return nil
    }

    private static func yearly(_ runs: [Run]) -> [[Run]]? {
        guard let (agency, year, serial) = yearlyParts(runs) else { return nil }
        let numbers = [String(serial), "0\(serial)", "00\(serial)"].filter { serial < 10 || ($0.count <= 3) }
        return numbers.flatMap { number in
            ["\(agency.text) \(year) \(number)号", "\(agency.text) \(year) 第\(number)号", "\(agency.text) \(year)年 第\(number)号"]
                .map(Run.all) + [Run.all(in: "\(agency.text) \(year)年 \(number)号")]
        }
    }

    /// Agency, year and serial, of runs like 国发 · 2019 · 年第 · 5 · 号.
    private static func yearlyParts(_ runs: [Run]) -> (agency: Run, year: Int, serial: Int)? {
        guard runs.count >= 3, runs[0].isDense, (1...20).contains(runs[0].scalars.count) else { return nil }
        // 〔二〇一九〕 is the year in the figures of numerals.
        guard runs[1].scalars.count == 4, let year = runs[1].isDense ? number(ofNumeral: runs[1].text[...]) : Int(runs[1].text),
            (1949...2099).contains(year)
        else { return nil }
        var rest = runs[2...]
        while let run = rest.first, fillers.contains(run.text) { rest = rest.dropFirst() }
        guard let number = rest.first, !number.isDense, let serial = Int(number.text), (1...99_999).contains(serial) else {
            return nil
        }
        rest = rest.dropFirst()
        // 国发 2019 5 alone may be anything: what says that it is a number is 号, or 第 or "No." before it.
        let saysNo = runs.contains { ["第", "no"].contains($0.text) || $0.text == "年第" }
        let isClosed = rest.count == 1 && rest.first?.text == "号"
        guard isClosed || (rest.isEmpty && (saysNo || runs.count == 3)) else { return nil }
        return (runs[0], year, serial)
    }

    private static func order(_ runs: [Run]) -> [[Run]]? {
        guard let (agency, serial) = orderParts(runs) else { return nil }
        return ["\(agency)第\(serial)号", "\(agency)\(serial)号", "\(agency)第\(numeral(serial))号"].map(Run.all)
    }

    /// 国务院令 and 711, of 国务院令第711号, 国务院令711号, 国务院令第七一一号 or 国务院令第七百一十一号.
    private static func orderParts(_ runs: [Run]) -> (agency: String, serial: Int)? {
        var text = runs.map(\.text).joined()
        guard text.hasSuffix("号"), runs.count == 1 || runs.count == 3, runs[0].isDense else { return nil }
        text.removeLast()
        guard let word = ["令", "公告"].first(where: { text.contains($0) }), let found = lastRange(of: word, in: text) else {
            return nil
        }
        let agency = String(text[..<found.upperBound])
        var rest = text[found.upperBound...]
        if rest.hasPrefix("第") { rest = rest.dropFirst() }
        guard agency.count > word.count, let serial = Int(rest) ?? number(ofNumeral: rest), (1...99_999).contains(serial) else {
            return nil
        }
        return (agency, serial)
    }

    private static func lastRange(of word: String, in text: String) -> Range<String.Index>? {
        var place = text.endIndex
        while place > text.startIndex {
            place = text.index(before: place)
            if text[place...].hasPrefix(word) { return place..<text.index(place, offsetBy: word.count) }
        }
        return nil
    }

    private static func number(ofNumeral text: Substring) -> Int? {
        guard !text.isEmpty else { return nil }
        var sum = 0
        var digit: Int?
        var isPositional = text.count > 1
        for character in text where units[character] != nil { isPositional = units[character] == nil }
        if isPositional {
            let digits = text.map { figures[$0] }
            guard !digits.contains(nil), digits.count <= 5 else { return nil }
            return digits.compactMap(\.self).reduce(0) { $0 * 10 + $1 }
        }
        for character in text {
            if let figure = figures[character] {
                digit = figure
            } else if let unit = units[character] {
                sum += max(digit ?? 1, digit == 0 ? 1 : 0) * unit
                digit = nil
            } else {
                return nil
            }
        }
        return sum + (digit ?? 0)
    }

    private static func numeral(_ number: Int) -> String {
        var rest = number
        var text = ""
        var skipsZero = true
        for (unit, sign) in [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let figure = rest / unit
            rest %= unit
            if figure == 0 {
                skipsZero = skipsZero || text.isEmpty
                if !text.isEmpty { skipsZero = false }
                continue
            }
            if !skipsZero { text += "零" }
            skipsZero = true
            text += (unit == 10 && number < 20 ? "" : numerals[figure]) + sign
        }
        return text
    }

    private static let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    private static let figures: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let units: [Character: Int] = ["十": 10, "百": 100, "千": 1000, "万": 10_000]
    private static let fillers: Set<String> = ["年", "第", "年第", "no"]
}
