/// Articles, paragraphs and items that a text points at, and the names and numbers that stand without 《》.
extension CitationReader {
    /// The articles that stand here, joined by 、 和 至; and the place after the last.
    func references(_ start: Int) -> ([(Citation.Reference, Range<Int>)], Int) {
        var found: [(Citation.Reference, Range<Int>)] = []
        guard let (first, afterFirst) = reference(start, after: nil) else { return ([], start) }
        found.append((first, start..<afterFirst))
        var end = afterFirst
        while found.count < 200 {
            if let at = bytes.pastOne(Self.throughWords, end), let (next, after) = reference(at, after: found[found.count - 1].0),
                let last = next.article, next.paragraph == nil, found[found.count - 1].0.paragraph == nil
            {
                let from = found[found.count - 1].1.lowerBound
                found[found.count - 1].0.last = last
                found[found.count - 1].0.text = bytes.string(from..<after)
                found[found.count - 1].1 = from..<after
                end = after
                continue
            }
            guard let at = bytes.pastOne(Self.joints, end), let (next, after) = reference(at, after: found[found.count - 1].0) else {
                break
            }
            found.append((next, at..<after))
            end = after
        }
        return (found, end)
    }

    private static let throughWords: [StaticString] = ["至", "到", "—", "-", "－", "～"]
    private static let joints: [StaticString] = ["、", "和", "及", "以及", "或者", "或", "与", "，"]

    /// One article with its paragraph, item and subitem; after another, also a paragraph or item alone.
    private func reference(_ start: Int, after previous: Citation.Reference?) -> (Citation.Reference, Int)? {
        var reference = Citation.Reference()
        var at = start
        guard bytes.has("第", at), let (ordinal, afterNumber) = bytes.number(bytes.pastBlanks(at + 3)), ordinal > 0 else { return nil }
        let sign = bytes.pastBlanks(afterNumber)
        switch bytes.three(sign) {
        case 0xE69DA1, 0xE6A29D:  // 条
            at = sign + 3
            var suffix = 0
            if let next = bytes.past("之", at), let (value, end) = bytes.number(next) { (suffix, at) = (value, end) }
            reference.article = ArticleNumber(ordinal, suffix)
        case 0xE6ACBE:  // 款
            guard let previous else { return nil }
            (reference.article, reference.paragraph) = (previous.article, ordinal)
            at = sign + 3
        case 0xE9A1B9:  // 项
            guard let previous else { return nil }
            (reference.article, reference.paragraph, reference.item) = (previous.article, previous.paragraph, ordinal)
            at = sign + 3
        default: return nil
        }
        if reference.item == nil { at = deepen(&reference, at) }
        reference.text = bytes.string(start..<at)
        return (reference, at)
    }

    /// 第二款第（三）项第1目 after an article.
    private func deepen(_ reference: inout Citation.Reference, _ start: Int) -> Int {
        var at = start
        if reference.paragraph == nil, let (value, end) = part(at, "款") { (reference.paragraph, at) = (value, end) }
        if let (value, end) = part(at, "项") { (reference.item, at) = (value, end) }
        if let (value, end) = part(at, "目") { (reference.subitem, at) = (value, end) }
        return at
    }

    /// 第二款, 第（三）项, （三）项.
    private func part(_ start: Int, _ unit: StaticString) -> (Int, Int)? {
        var at = bytes.past("第", start) ?? start
        let isBare = at == start
        let open = bytes.past("（", at) ?? bytes.past("(", at)
        if isBare, open == nil { return nil }
        at = open ?? at
        guard let (value, afterNumber) = bytes.number(at), value > 0 else { return nil }
        at = afterNumber
        if open != nil {
            guard let close = bytes.past("）", at) ?? bytes.past(")", at) else { return nil }
            at = close
        }
        return bytes.past(unit, at).map { (value, $0) }
    }

    /// 第X条 that stands without 《》: of a known law, of this one, of the one named before, or of an unknown one.
    mutating func takeReference(_ at: Int) -> Int {
        guard let (_, afterNumber) = bytes.number(bytes.pastBlanks(at + 3)) else { return at + 3 }
        let sign = bytes.pastBlanks(afterNumber)
        let isArticle = bytes.three(sign) == 0xE69DA1
        guard isArticle || bytes.has("款", sign) || bytes.has("项", sign) else { return at + 3 }
        if bytes.pastBlanks(lineStart) == at, isArticle, let article = article(at: at), law.provisions[article].range.lowerBound == at {
            return law.provisions[article].start
        }
        guard isArticle else { return takePart(at) }
        let (references, end) = references(at)
        guard !references.isEmpty else { return at + 3 }
        let name = bytes.backOverBlanks(at, downTo: lineStart)
        if let start = bytes.beforeOne(Self.ownNames, name) {
            let isDecision = bytes.has("本决定", start)
            cite(.internal, from: start, to: end, references, title: isDecision ? nil : amended)
        } else if let start = bytes.beforeOne(Self.thatNames, name) {
            let last = lastNamed
            cite(
                .anaphoric,
                from: start,
                to: end,
                references,
                title: last?.title,
                works: last?.works ?? [],
                note: last == nil ? "no law is named before it in its paragraph" : nil
            )
        } else if let alias = aliases.last(where: { endsWith($0.name, name) }) {
            cite(.alias, from: name - alias.name.count, to: end, references, title: alias.title, works: alias.works)
        } else if let (start, works) = titles?.name(endingAt: name, in: bytes, downTo: lineStart) {
            cite(.bare, from: start, to: end, references, title: bytes.string(start..<name), works: works)
        } else if bytes.beforeOne(Self.lawEnds, name) != nil {
            cite(.bare, from: at, to: end, references, note: "the law named before it is not known")
        } else {
            cite(.internal, from: at, to: end, references, title: amended)
        }
        return end
    }

    /// 第一款, 第（一）项 of the article itself: 本条第一款, 前条第二款, 前款第（三）项.
    private mutating func takePart(_ at: Int) -> Int {
        var reference = Citation.Reference()
        var end = deepen(&reference, at)
        guard end > at else { return at + 3 }
        var start = at
        var number = article(at: at).flatMap { law.provisions[$0].kind == .article ? law.articleNumber(of: $0) : nil }
        if bytes.ends("本条", at) {
            start = at - 6
        } else if reference.paragraph == nil, !bytes.ends("本款", at) {
            return end
        } else if bytes.ends("本款", at) {
            start = at - 6
            reference.paragraph = paragraph(at: at)
        }
        if isAmending { number = nil }
        reference.article = number
        reference.text = bytes.string(at..<end)
        cite(.internal, start..<end, title: amended, reference: reference)
        while let next = bytes.pastOne(["、", "和", "或者", "及"], end), bytes.has("第", next) {
            var further = Citation.Reference()
            let after = deepen(&further, next)
            guard after > next, further.paragraph != nil else { break }
            further.article = number
            further.text = bytes.string(next..<after)
            cite(.internal, next..<after, title: amended, reference: further)
            end = after
        }
        return end
    }

    /// 前款, 前条, 前两款: the place before the one they stand in.
    mutating func takeBefore(_ at: Int) -> Int {
        var next = at + 3
        var count = 1
        if let (value, end) = bytes.numeral(next), value > 1, value < 10 { (count, next) = (value, end) }
        let isArticle = bytes.has("条", next)
        guard isArticle || bytes.has("款", next) || bytes.has("项", next), let here = article(at: at) else { return at + 3 }
        guard law.provisions[here].kind == .article, !isAmending else { return next + 3 }
        var end = next + 3
        var reference = Citation.Reference()
        if isArticle {
            guard !bytes.has("件", end), articlesBefore(here, count) != nil, let before = articlesBefore(here, count) else { return end }
            reference.article = law.articleNumber(of: before)
            if count > 1, let last = articlesBefore(here, 1) { reference.last = law.articleNumber(of: last) }
        } else {
            reference.article = law.articleNumber(of: here)
            let own = paragraph(at: at)
            if bytes.has("款", next), own > count { reference.paragraph = own - count }
            if bytes.has("项", next) { reference.paragraph = own }
        }
        if reference.item == nil { end = deepen(&reference, end) }
        reference.text = bytes.string(at..<end)
        cite(.internal, at..<end, reference: reference)
        return end
    }

    private func articlesBefore(_ article: Int, _ count: Int) -> Int? {
        var at = article - 1
        var left = count
        while at >= 0 {
            if law.provisions[at].kind == .article {
                left -= 1
                if left == 0 { return at }
            }
            at -= 1
        }
        return nil
    }

    /// The number of the paragraph (款) that holds a place.
    private mutating func paragraph(at offset: Int) -> Int {
        guard let article = article(at: offset) else { return 1 }
        var index = article + 1
        var found = 1
        while index < law.provisions.count, law.provisions[index].range.lowerBound <= offset {
            if law.provisions[index].kind == .paragraph { found = law.provisions[index].ordinal }
            index += 1
        }
        return found
    }

    private func endsWith(_ name: [UInt8], _ end: Int) -> Bool {
        let start = end - name.count
        return start >= lineStart && bytes[start..<end].elementsEqual(name)
    }

    static let ownNames: [StaticString] = [
        "本法", "本条例", "本办法", "本规定", "本细则", "本解释", "本决定", "本规则", "本法典", "本意见", "本通知", "本章程", "本准则", "本标准", "本规范",
        "本制度", "本规程", "本实施细则", "本实施办法", "本暂行规定", "本暂行办法", "本暂行条例", "本若干规定", "本守则", "本公告", "本安排", "本程序", "本纪要",
        "本批复", "本指引", "本实施条例", "本試行辦法", "本條例", "本辦法", "本规划", "本方案", "本目录", "本令",
    ]
    private static let thatNames: [StaticString] = ["该法", "该条例", "该办法", "该规定", "该细则", "该解释", "同法", "该法典"]
    private static let lawEnds: [StaticString] = ["法", "条例", "办法", "规定", "细则", "规则", "解释", "公约", "协定", "议定书", "法典", "章程", "决定"]

    /// A known law named without 《》 and without an article: 适用民法典的规定. Only between words that show where it ends.
    mutating func takeName(_ end: Int) {
        guard let titles, bytes.pastOne(Self.after, end) != nil || end >= bytes.count || bytes[end] == 0x0A else { return }
        guard let (start, works) = titles.name(endingAt: end, in: bytes, downTo: lineStart), end - start >= 6 else { return }
        guard start == lineStart || bytes.beforeOne(Self.before, start) != nil else { return }
        if let last = citations.last, last.range.upperBound > start { return }
        cite(.bare, start..<end, title: bytes.string(start..<end), works: works)
    }

    private static let after: [StaticString] = [
        "的规定", "有关规定", "的有关", "和", "、", "，", "。", "等", "及", "规定", "的相关", "相关规定", "施行", "所称", "或者", "；", "以及", "与",
    ]
    private static let before: [StaticString] = [
        "依照", "按照", "根据", "依据", "违反", "适用", "符合", "执行", "和", "、", "与", "及", "或者", "以及", "遵守", "参照", "，", "。", "“", "（", "对", "在", "实施",
    ]

    /// A document number in the running text.
    mutating func takeNumber(_ at: Int) {
        guard let (start, number) = documentNumber(endingAt: at + 3, downTo: lineStart) else { return }
        if let last = citations.last, last.range.upperBound > start { return }
        cite(.documentNumber, start..<(at + 3), number: number)
    }
}
