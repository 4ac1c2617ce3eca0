import WorkCalendar

/// Titles in 《》, what stands before them (issuer, day) and after them (number, short name, articles).
extension CitationReader {
    /// Takes the title that opens here; gives the place after all that belongs to it.
    mutating func takeTitle(_ open: Int) -> Int {
        guard let close = closing(open) else {
            note(.unclosedTitle, bytes.string(open..<min(bytes.count, open + 30)))
            return open + 3
        }
        var title = bytes.string((open + 3)..<close)
        var end = close + 3
        var number: String?
        var alias: [UInt8]?
        while let (inside, after) = bracket(bytes.pastBlanks(end)) {
            let found = documentNumber(in: inside)
            let short = shortName(in: inside)
            let isVersion = isVersionNote(inside)
            guard found != nil || short != nil || isVersion else { break }
            number = number ?? found
            alias = alias ?? short
            if isVersion { title += "（\(bytes.string(inside))）" }
            end = after
        }
        var at = bytes.pastBlanks(end)
        at = bytes.pastOne(["中的", "中", "的"], at) ?? at
        let (references, last) = references(at)
        if !references.isEmpty { end = last }

        if let order = orderBefore(open) { number = number ?? order }
        let before = Issuer(bytes, endingAt: open, from: max(sentenceStart, lineStart))
        var kind = Citation.Kind.titled
        var works: [Int] = []
        if let known = aliases.last(where: { $0.name.count == close - open - 3 && bytes[(open + 3)..<close].elementsEqual($0.name) }) {
            (kind, title, works) = (.alias, known.title, known.works)
        }
        cite(
            kind,
            from: open,
            to: references.isEmpty ? close + 3 : end,
            references,
            title: title,
            issuer: before.issuer,
            number: number,
            dated: before.day,
            works: works
        )
        if let alias, kind == .titled { aliases.append(Alias(name: alias, title: title, works: [])) }
        if isAmending, amendsHere(open, after: end) {
            amended = title
            amendments.append(citations.count - 1)
        }
        return end
    }

    /// 以交通部令2001年第7号公布的《…》: the number is the title's own, not a citation beside it.
    private mutating func orderBefore(_ open: Int) -> String? {
        guard let last = citations.last, last.kind == .documentNumber, last.range.lowerBound >= sentenceStart else { return nil }
        guard let after = bytes.pastOne(Self.issuedWords, last.range.upperBound), bytes.past("的", after) ?? after == open else {
            return nil
        }
        citations.removeLast()
        return last.documentNumber
    }

    private static let issuedWords: [StaticString] = ["公布施行", "发布施行", "颁布施行", "公布", "发布", "颁布", "印发", "下发", "修订", "修正"]

    /// The 》 that closes a 《 on its line; one within counts, but an unbalanced one ends at the first 》.
    private func closing(_ open: Int) -> Int? {
        var (at, depth) = (open + 3, 1)
        var first: Int?
        let limit = min(bytes.count, open + 600)
        while at < limit {
            let byte = bytes[at]
            if byte == 0x0A { break }
            if byte == 0xE3 {
                let sign = bytes.three(at)
                if sign == 0xE3808A {
                    depth += 1
                } else if sign == 0xE3808B {
                    first = first ?? at
                    depth -= 1
                    if depth == 0 { return at }
                }
            }
            at += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        }
        return first
    }

    /// What stands in the brackets that open here, and the place after them.
    private func bracket(_ at: Int) -> (inside: Range<Int>, after: Int)? {
        guard at < bytes.count, bytes[at] == 0x28 || bytes.three(at) == 0xEFBC88 else { return nil }
        let start = at + (bytes[at] == 0x28 ? 1 : 3)
        var (end, depth) = (start, 1)
        while end < bytes.count, end - start < 400, bytes[end] != 0x0A {
            if bytes[end] == 0x28 || bytes.three(end) == 0xEFBC88 { depth += 1 }
            if bytes[end] == 0x29 || bytes.three(end) == 0xEFBC89 {
                depth -= 1
                if depth == 0 { return (start..<end, end + (bytes[end] == 0x29 ? 1 : 3)) }
            }
            end += 1
        }
        return nil
    }

    /// 2020年修正
    private func isVersionNote(_ inside: Range<Int>) -> Bool {
        inside.count <= 40 && (bytes.ends("修正", inside.upperBound) || bytes.ends("修订", inside.upperBound))
            && bytes.number(inside.lowerBound) != nil
    }

    func documentNumber(in inside: Range<Int>) -> String? {
        var at = inside.lowerBound
        while let sign = bytes.find("号", at..<inside.upperBound) {
            if let (_, number) = documentNumber(endingAt: sign + 3, downTo: inside.lowerBound) { return number }
            at = sign + 3
        }
        return nil
    }

    /// The name after 以下简称, without its quotes.
    private func shortName(in inside: Range<Int>) -> [UInt8]? {
        for word in ["以下简称", "以下统称", "以下称", "简称"] as [StaticString] {
            guard let at = bytes.find(word, inside) else { continue }
            var start = at + word.utf8CodeUnitCount
            start = bytes.past("为", start) ?? start
            start = bytes.pastOne(["“", "《", "\"", "「", "‘"], start) ?? start
            var end = start
            while end < inside.upperBound, bytes.pastOne(["”", "》", "\"", "，", "」", "’", "。", "、"], end) == nil { end += 1 }
            let length = end - start
            guard length >= 3, length <= 60, !bytes.has("本", start) else { return nil }
            return Array(bytes[start..<end])
        }
        return nil
    }

    /// Whether the title is the law that a deciding text goes on to change.
    private func amendsHere(_ open: Int, after end: Int) -> Bool {
        if bytes.ends("修改", open) { return true }
        return bytes.ends("对", open) && (bytes.pastOne(["作如下修改", "作出如下修改", "作以下修改", "作出修改", "作如下修订"], end) != nil)
    }
}

/// Who issued a cited text, and when, as the words before its title say: 1993年7月25日国务院发布的《…》.
struct Issuer {
    private(set) var issuer: String?
    private(set) var day: Day?

    init(_ bytes: Bytes, endingAt open: Int, from floor: Int) {
        let start = Self.limb(bytes, open, floor)
        guard start < open else { return }
        var end = open
        end = bytes.beforeOne(["的"], end) ?? end
        let isSaid = end < open
        var verbs = 0
        while verbs < 3, let before = bytes.beforeOne(Self.verbs, end), before >= start { (end, verbs) = (before, verbs + 1) }
        var at = start
        while at < end {
            if let (found, after) = bytes.day(at) {
                day = found
                at = after
                if at >= end { end = at }
            } else {
                at += 1
            }
        }
        guard isSaid && verbs > 0 || verbs == 0 else { return }
        issuer = Self.agency(bytes, start, end)
    }

    /// The start of the limb of a sentence that ends at a place.
    private static func limb(_ bytes: Bytes, _ open: Int, _ floor: Int) -> Int {
        var at = open
        let lowest = max(floor, open - 240)
        while at - 3 >= lowest {
            let last = bytes[at - 1]
            if last == 0x2C || last == 0x3B || last == 0x28 || last == 0x29 { return at }
            let before = bytes.back(at)
            switch bytes.three(before) {
            case 0xEFBC8C, 0xE38082, 0xEFBC9B, 0xE38081, 0xEFBC9A, 0xE3808B, 0xEFBC88, 0xEFBC89: return at
            default: at = before
            }
        }
        return at <= floor + 2 ? floor : at
    }

    /// The agency at the end of a limb: the last run of characters that ends like one, without the words before it.
    private static func agency(_ bytes: Bytes, _ start: Int, _ end: Int) -> String? {
        var end = end
        // 国务院1993年7月25日…: the day stands between.
        while end > start, let day = dayEnding(bytes, start, end) { end = day }
        guard bytes.beforeOne(agencyEnds, end) != nil else { return nil }
        var from = end
        while from - 3 >= start, bytes[from - 3] >= 0xE4, bytes[from - 3] <= 0xE9 { from -= 3 }
        from = pastDay(bytes, from, end)
        for word in leads {
            if let at = bytes.findLast(word, from..<end) { from = max(from, at + word.utf8CodeUnitCount) }
        }
        if let after = bytes.past("原", from), end - after >= 6 { from = after }
        return end - from >= 6 && end - from <= 90 ? bytes.string(from..<end) : nil
    }

    /// After 日 where a day stands before it: 一九五四年九月七日政务院, 1993年7月25日国务院.
    private static func pastDay(_ bytes: Bytes, _ from: Int, _ end: Int) -> Int {
        var at = end - 3
        while at >= from {
            let isDigit = at > 0 && bytes[at - 1] >= 0x30 && bytes[at - 1] <= 0x39
            if bytes.has("日", at) || bytes.has("年", at) || bytes.has("月", at),
                isDigit || chineseDigit(bytes.three(at - 3)) != nil || bytes.ends("十", at)
            {
                return at + 3
            }
            at -= 3
        }
        return from
    }

    private static func dayEnding(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int? {
        guard bytes.ends("日", end) else { return nil }
        var at = end - 12
        while at >= max(start, end - 40) {
            if let (_, after) = bytes.day(at), after == end { return at }
            at -= 1
        }
        return nil
    }

    private static let verbs: [StaticString] = [
        "发布", "公布", "印发", "制定", "颁布", "批准", "通过", "下发", "施行", "实施", "修订", "修正", "颁发", "转发", "批转", "联合", "颁行", "制发",
    ]
    private static let agencyEnds: [StaticString] = [
        "国务院", "委员会", "办公厅", "办公室", "总局", "总署", "法院", "检察院", "人民政府", "政府", "部", "委", "局", "署", "院", "会", "常委会", "厅",
    ]
    private static let leads: [StaticString] = [
        "依照", "按照", "根据", "依据", "执行", "违反", "适用", "参照", "遵守", "废止", "修改", "由", "经", "和", "与", "及", "将", "对", "以", "在",
    ]
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// The date that stands at a place (2022年5月26日, 二〇二二年五月二十六日, 2022-05-26), and where it ends.
    func day(_ at: Int) -> (Day, Int)? {
        guard at < count else { return nil }
        let first = self[at]
        guard first >= 0x30 && first <= 0x39 || first >= 0xE2 else { return nil }
        if at > 0, first <= 0x39, self[at - 1] >= 0x30, self[at - 1] <= 0x39 { return nil }
        guard let (year, afterYear) = number(at), year >= 1900, year < 2200 else { return nil }
        guard let month = past("年", pastBlanks(afterYear)), let (monthNumber, afterMonth) = number(pastBlanks(month)) else { return nil }
        guard let day = past("月", pastBlanks(afterMonth)), let (dayNumber, afterDay) = number(pastBlanks(day)) else { return nil }
        let at = pastBlanks(afterDay)
        guard let end = past("日", at) ?? past("号", at), let day = Day(year: year, month: monthNumber, day: dayNumber) else { return nil }
        return (day, end)
    }
}
