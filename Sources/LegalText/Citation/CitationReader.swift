import WorkCalendar

/// Walks once over the bytes of a law and keeps each citation, and each sentence that may change the force of a law.
struct CitationReader {
    /// A sentence with words that commence, repeal, end or override.
    struct Sentence {
        let range: Range<Int>
        let signs: Signs
        /// The citations that stand in it.
        let citations: Range<Int>
    }

    struct Signs: OptionSet {
        let rawValue: Int
        static let repeals = Signs(rawValue: 1)
        static let commences = Signs(rawValue: 2)
        static let ends = Signs(rawValue: 4)
        static let overrides = Signs(rawValue: 8)
    }

    struct Alias {
        let name: [UInt8]
        let title: String
        let works: [Int]
    }

    let bytes: Bytes
    let law: LawText
    let titles: Titles?
    var citations: [Citation] = []
    var notes: [LawText.Note] = []
    var sentences: [Sentence] = []
    var aliases: [Alias] = []
    /// The law that a deciding text changes: 第三条 and 本法 in it are that law's.
    var amended: String?
    let isAmending: Bool
    /// The citations, by their place in the list, of the laws that a deciding text changes.
    var amendments: [Int] = []
    var lineStart = 0
    var sentenceStart = 0
    private var line = 1
    private var signs: Signs = []
    private var firstCitation = 0
    private var articleAt = 0
    /// The last law named in the open paragraph: what 该法 means.
    var lastNamed: Citation?

    init(_ bytes: Bytes, _ law: LawText, _ titles: Titles?, ownTitle: String?) {
        self.bytes = bytes
        self.law = law
        self.titles = titles
        let amendment = ownTitle.flatMap(AmendedTitle.init)
        isAmending = amendment != nil
        amended = amendment?.single
    }

    mutating func run() {
        var at = 0
        let count = bytes.count
        while at < count {
            let byte = bytes[at]
            if byte < 0x80 {
                if byte == 0x0A { endLine(at) }
                at += 1
                continue
            }
            guard byte >= 0xE0 else {
                at += 2
                continue
            }
            guard byte < 0xF0 else {
                at += 4
                continue
            }
            guard at + 2 < count else { break }
            at = take(bytes.three(at), at)
        }
        endSentence(count)
    }

    /// Looks at one character; gives the place to go on from.
    @inline(__always)
    private mutating func take(_ sign: UInt32, _ at: Int) -> Int {
        switch sign {
        case 0xE3808A: return takeTitle(at)  // 《
        case 0xE7ACAC: return takeReference(at)  // 第
        case 0xE58FB7: takeNumber(at)  // 号
        case 0xE6B395, 0xE585B8, 0xE4BE8B, 0xE58899: takeName(at + 3)  // 法 典 例 则
        case 0xE5898D: return takeBefore(at)  // 前
        case 0xE38082:  // 。
            endSentence(at + 3)
        case 0xE5BA9F: if bytes.has("废止", at) || bytes.has("废除", at) { signs.insert(.repeals) }
        case 0xE5BBA2: if bytes.has("廢止", at) { signs.insert(.repeals) }
        case 0xE5A4B1: if bytes.has("失效", at) { signs.insert([.repeals, .ends]) }
        case 0xE4BD9C: if bytes.has("作废", at) { signs.insert(.repeals) }
        case 0xE5819C: if bytes.has("停止", at) { signs.insert(.repeals) }
        case 0xE4B88D: if bytes.has("不再", at) { signs.insert(.repeals) } else if bytes.has("不一致", at) { signs.insert(.overrides) }
        case 0xE69BBF: signs.insert(.repeals)  // 替
        case 0xE8B5B7: signs.insert(.commences)  // 起
        case 0xE8AF95: if bytes.has("试行", at) { signs.insert(.ends) }
        case 0xE69C9F: if bytes.ends("效", at) || bytes.ends("试行", at) { signs.insert(.ends) }  // 期
        case 0xE6ADA2: if bytes.ends("日", at) || bytes.ends("时", at) { signs.insert(.ends) }  // 止
        case 0xE68AB5: if bytes.has("抵触", at) { signs.insert(.overrides) }
        default: break
        }
        return at + 3
    }

    private mutating func endLine(_ at: Int) {
        endSentence(at)
        line += 1
        lineStart = at + 1
        sentenceStart = at + 1
        lastNamed = nil
    }

    private mutating func endSentence(_ end: Int) {
        if !signs.isEmpty {
            sentences.append(Sentence(range: sentenceStart..<end, signs: signs, citations: firstCitation..<citations.count))
        }
        signs = []
        sentenceStart = end
        firstCitation = citations.count
    }

    /// The article at a place: places come in order, so one step forward finds it.
    mutating func article(at offset: Int) -> Int? {
        let articles = law.articles
        while articleAt < articles.count, law.provisions[articles[articleAt]].range.lowerBound <= offset { articleAt += 1 }
        guard articleAt > 0, law.provisions[articles[articleAt - 1]].range.contains(offset) else { return nil }
        return articles[articleAt - 1]
    }

    mutating func note(_ kind: LawText.Note.Kind, _ text: String) {
        notes.append(LawText.Note(kind: kind, line: line, text: text))
    }

    mutating func cite(
        _ kind: Citation.Kind,
        _ range: Range<Int>,
        title: String? = nil,
        issuer: String? = nil,
        number: String? = nil,
        dated: Day? = nil,
        reference: Citation.Reference? = nil,
        works: [Int] = [],
        note: String? = nil
    ) {
        let citation = Citation(
            text: bytes.string(range),
            range: range,
            article: article(at: range.lowerBound),
            kind: kind,
            title: title,
            issuer: issuer,
            documentNumber: number,
            dated: dated,
            reference: reference,
            works: works,
            note: note
        )
        citations.append(citation)
        if kind == .titled || kind == .bare || kind == .alias { lastNamed = citation }
    }

    /// One citation for each article of a list; the first carries the name in its text.
    mutating func cite(
        _ kind: Citation.Kind,
        from start: Int,
        to end: Int,
        _ references: [(Citation.Reference, Range<Int>)],
        title: String? = nil,
        issuer: String? = nil,
        number: String? = nil,
        dated: Day? = nil,
        works: [Int] = [],
        note: String? = nil
    ) {
        guard let first = references.first else {
            return cite(kind, start..<end, title: title, issuer: issuer, number: number, dated: dated, works: works, note: note)
        }
        for (reference, range) in references {
            cite(
                kind,
                (range == first.1 ? start : range.lowerBound)..<range.upperBound,
                title: title,
                issuer: issuer,
                number: number,
                dated: dated,
                reference: reference,
                works: works,
                note: note
            )
        }
    }
}

/// What a deciding text changes, read from its title: 关于修改《…》的决定.
struct AmendedTitle {
    /// The one law it changes; nil where it changes several.
    let single: String?

    init?(_ printed: String) {
        // 刑法修正案（九）
        var title = printed
        if title.hasSuffix("）") || title.hasSuffix(")"), let open = title.lastIndex(where: { $0 == "（" || $0 == "(" }) {
            title = String(title[..<open])
        }
        guard title.contains("修改") || title.contains("修正"), title.hasSuffix("决定") || title.hasSuffix("修正案") || title.hasSuffix("通知") else {
            return nil
        }
        guard let open = title.firstIndex(where: { $0 == "《" || $0 == "〈" || $0 == "<" }),
            let close = title.lastIndex(where: { $0 == "》" || $0 == "〉" || $0 == ">" }), open < close
        else {
            guard title.hasSuffix("修正案") else { return nil }
            single = title.contains("修正案") ? title.firstRange(of: "修正案").map { String(title[..<$0.lowerBound]) } : nil
            return
        }
        let after = title[close...].dropFirst()
        single = after.hasPrefix("等") ? nil : String(title[title.index(after: open)..<close])
    }
}
