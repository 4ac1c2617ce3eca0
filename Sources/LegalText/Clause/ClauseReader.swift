import WorkCalendar

/// Reads the sentences that may change the force of a law, and keeps what each does.
struct ClauseReader {
    let bytes: Bytes
    let law: LawText
    let citations: [Citation]
    let sentences: [CitationReader.Sentence]
    let ownTitle: String?
    var clauses: [Clause] = []

    mutating func run() {
        for sentence in sentences {
            if sentence.signs.contains(.commences) { commence(sentence) }
            if sentence.signs.contains(.ends) { expire(sentence) }
            if sentence.signs.contains(.repeals) { repeal(sentence) }
            if sentence.signs.contains(.overrides) { override(sentence) }
        }
        repealListed()
    }

    func text(_ range: Range<Int>) -> String { law.text(range) }

    /// Whether a place lies in a title or another citation of a sentence.
    func isCited(_ at: Int, _ sentence: CitationReader.Sentence) -> Bool {
        citations[sentence.citations].contains { $0.range.contains(at) && $0.kind != .internal }
    }

    mutating func add(
        _ kind: Clause.Kind,
        _ sentence: Range<Int>,
        target: Citation? = nil,
        references: [Citation.Reference] = [],
        effective: Clause.Effective = .withText,
        term: Clause.Span? = nil,
        note: String? = nil
    ) {
        clauses.append(
            Clause(
                kind,
                target: target,
                references: references,
                effective: effective,
                term: term,
                sentence: text(sentence),
                range: sentence,
                article: law.article(at: sentence.lowerBound) ?? law.article(at: max(sentence.lowerBound, sentence.upperBound - 3)),
                note: note
            )
        )
    }

    /// 与本办法不一致的，以本办法为准; 凡与本规定抵触的同时失效.
    private mutating func override(_ sentence: CitationReader.Sentence) {
        let range = sentence.range
        var at = range.lowerBound
        while let own = bytes.find("本", at..<range.upperBound) {
            at = own + 3
            guard bytes.ends("与", own) || bytes.ends("同", own) || bytes.ends("和", own) || bytes.ends("及", own) else { continue }
            guard let after = CitationReader.ownNames.compactMap({ bytes.past($0, own) }).max() else { continue }
            let rest = bytes.pastOne(["的规定", "规定", "有关规定"], after) ?? after
            guard bytes.pastOne(["不一致", "相抵触", "抵触", "有抵触", "不相符", "相冲突"], rest) != nil else { continue }
            let prevails = ["为准", "以本", "按本", "按照本", "依照本", "适用本", "执行本", "废止", "失效"] as [StaticString]
            guard prevails.contains(where: { bytes.find($0, rest..<range.upperBound) != nil }) else { continue }
            let target = citations[sentence.citations].first { $0.kind == .titled && $0.range.upperBound <= own }
            return add(.override, range, target: target)
        }
    }

    /// 本法自2020年1月1日起施行; 自公布之日起三十日后施行; 第三条自…起施行.
    private mutating func commence(_ sentence: CitationReader.Sentence) {
        var at = sentence.range.lowerBound
        while let sign = bytes.find("起", at..<sentence.range.upperBound) {
            at = sign + 3
            guard !isCited(sign, sentence), let (effective, from) = start(endingAt: sign, sentence) else { continue }
            var (rest, when) = (sign + 3, effective)
            if when == .onPromulgation, let (span, after) = span(bytes.past("满", rest) ?? rest),
                let next = bytes.past("后", after) ?? (after > rest ? after : nil)
            {
                (when, rest) = (.afterPromulgation(span), next)
            }
            guard bytes.pastOne(["正式施行", "施行", "实施", "执行", "生效", "试行", "正式实施"], rest) != nil else { continue }
            guard let subject = subject(endingAt: from, sentence) else { continue }
            add(subject.isEmpty ? .commence : .commencePartly, sentence.range, references: subject, effective: when)
        }
    }

    /// The day that 自…起 names, and where 自 stands.
    private func start(endingAt sign: Int, _ sentence: CitationReader.Sentence) -> (Clause.Effective, Int)? {
        let floor = max(sentence.range.lowerBound, sign - 120)
        guard let from = bytes.findLast("自", floor..<sign) ?? bytes.findLast("从", floor..<sign) else { return nil }
        let at = bytes.pastBlanks(from + 3)
        if let (day, after) = bytes.day(at) {
            let rest = bytes.pastOne(["零时", "0时", "之日", "00:00"], after) ?? after
            return bytes.pastBlanks(rest) >= sign || rest >= sign ? (.day(day), from) : nil
        }
        guard bytes.ends("之日", sign) else { return nil }
        let words: [StaticString] = ["公布", "发布", "印发", "颁布", "签署", "下发", "公告", "通过", "批准", "刊登"]
        guard sign - 6 - at <= 60, words.contains(where: { bytes.find($0, at..<sign) != nil }) else { return nil }
        return (.onPromulgation, from)
    }

    /// Whose day it is: nothing for the text itself, its articles where only some; nil where another's.
    private func subject(endingAt end: Int, _ sentence: CitationReader.Sentence) -> [Citation.Reference]? {
        let end = bytes.backOverBlanks(end, downTo: sentence.range.lowerBound)
        var start = end
        while start > sentence.range.lowerBound {
            let before = bytes.back(start)
            let sign = bytes.three(before)
            if sign == 0xEFBC8C || sign == 0xEFBC9B || sign == 0xEFBC88 || bytes[before] == 0x2C || bytes[before] == 0x28
                || sign == 0xE38080
            {
                break
            }
            start = before
        }
        start = bytes.pastSpace(start, end)
        if start < end, bytes.three(start) == 0xE7ACAC, let article = law.article(at: start),
            law.provisions[article].range.lowerBound <= start, law.provisions[article].start > start
        {
            start = bytes.pastSpace(law.provisions[article].start, end)
        }
        guard start < end else { return [] }
        let cited = citations[sentence.citations].filter { $0.range.lowerBound >= start && $0.range.upperBound <= end }
        if let last = cited.last, last.range.upperBound == end || bytes.ends("的规定", end) || bytes.ends("规定", end) {
            if last.kind == .internal { return cited.compactMap(\.reference) }
            if let title = last.title, let ownTitle, last.reference == nil {
                return TitleKey(title).key == TitleKey(ownTitle).key ? [] : nil
            }
            return nil
        }
        let own =
            CitationReader.ownNames.contains { bytes.ends($0, end) || bytes.has($0, start) } || bytes.has("本", start) && end - start <= 45
        if own || bytes.ends("公布", end) || bytes.ends("发布", end) || bytes.ends("并", end) || bytes.ends("并且", end) { return [] }
        return bytes.ends("通过", end) || bytes.ends("号", end) ? [] : nil
    }

    /// 三十日, 六个月, 一年.
    func span(_ at: Int) -> (Clause.Span, Int)? {
        let at = bytes.pastBlanks(at)
        guard let (count, end) = bytes.number(at), count > 0, count < 1000 else { return nil }
        let unit = bytes.pastBlanks(end)
        if let after = bytes.past("日", unit) ?? bytes.past("天", unit) { return (.days(count), after) }
        if let after = bytes.past("个月", unit) { return (.months(count), after) }
        if let after = bytes.past("年", unit) { return (.years(count), after) }
        return nil
    }
}
