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
        if let parts = yearlyParts(runs), !parts.agency.isEmpty { return "\(parts.agency)〔\(parts.year)〕\(parts.serial)号" }
        if let parts = orderParts(runs) { return "\(parts.agency)第\(parts.serial)号" }
        return nil
    }

    /// A question with the blanks taken out of the document numbers in it, so that each is one term: 国发 (2019) 5 号.
    static func joined(_ text: some Collection<Unicode.Scalar>) -> [Unicode.Scalar] {
        let scalars = Array(text)
        var joined: [Unicode.Scalar] = []
        var place = 0
        while place < scalars.count {
            guard let end = endOfYearAndSerial(scalars, from: place) else {
                joined.append(scalars[place])
                place += 1
                continue
            }
            // The agency before the bracket belongs to it; a quotation mark or a Latin word does not.
            let before = joined.last { !$0.properties.isWhitespace }
            if let before, (0x4E00...0x9FFF).contains(before.value) {
                while let last = joined.last, last.properties.isWhitespace { joined.removeLast() }
            }
            joined += scalars[place..<end].filter { !$0.properties.isWhitespace }
            place = end
        }
        return joined
    }

    /// Where [2019] 5 号 that begins at a place ends; nil where none does.
    private static func endOfYearAndSerial(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var place = start
        func skip(_ most: Int, while isSo: (Unicode.Scalar) -> Bool) -> Int {
            var count = 0
            while place < scalars.count, count < most, isSo(scalars[place]) { (place, count) = (place + 1, count + 1) }
            return count
        }
        func skipBlanks() { _ = skip(8) { $0.properties.isWhitespace } }
        guard skip(1, while: { "([（［〔【﹝".unicodeScalars.contains($0) }) == 1 else { return nil }
        skipBlanks()
        guard skip(4, while: isFigure) == 4 else { return nil }
        _ = skip(1) { $0 == "年" }
        skipBlanks()
        guard skip(1, while: { ")]）］〕】﹞".unicodeScalars.contains($0) }) == 1 else { return nil }
        skipBlanks()
        _ = skip(1) { $0 == "第" }
        skipBlanks()
        guard skip(5, while: isFigure) > 0 else { return nil }
        let end = place
        skipBlanks()
        return skip(1) { $0 == "号" || $0 == "號" } == 1 ? place : end
    }

    private static func isFigure(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    private static func yearly(_ runs: [Run]) -> [[Run]]? {
        guard let (agency, year, serial) = yearlyParts(runs) else { return nil }
        let numbers = [String(serial), "0\(serial)", "00\(serial)"].filter { serial < 10 || ($0.count <= 3) }
        return numbers.flatMap { number in
            ["\(agency) \(year) \(number)号", "\(agency) \(year) 第\(number)号", "\(agency) \(year)年 第\(number)号"].map(Run.all)
                + [Run.all(in: "\(agency) \(year)年 \(number)号")]
        }
    }

    /// Agency, year and serial, of runs like 国发 · 2019 · 年第 · 5 · 号; 〔2019〕5号 alone has an empty agency.
    private static func yearlyParts(_ asked: [Run]) -> (agency: String, year: Int, serial: Int)? {
        let isBare = asked.first.map { !$0.isDense && $0.scalars.count == 4 } ?? false
        let runs = isBare ? [Run(scalars: [], isDense: true)] + asked : asked
        guard runs.count >= 3, runs[0].isDense, isBare || (1...20).contains(runs[0].scalars.count) else { return nil }
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
        guard isClosed || (rest.isEmpty && (saysNo || runs.count == 3 && !isBare)) else { return nil }
        return (runs[0].text, year, serial)
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
