import WorkCalendar

/// Clauses that end a text by themselves, and those of a deciding text that changes another.
extension ClauseReader {
    /// 有效期五年; 有效期至2020年12月31日; 试行一年; 至…止. Only of the text itself: a licence's term is none.
    mutating func expire(_ sentence: CitationReader.Sentence) {
        let range = sentence.range
        let commences = clauses.last.map { $0.range == range && $0.kind == .commence } ?? false
        let previous = clauses.last { $0.kind == .commence }.map { $0.range.upperBound == range.lowerBound } ?? false
        for word in ["有效期限", "有效期", "试行期限", "试行期", "试行", "施行期限", "实施期限"] as [StaticString] {
            guard let at = bytes.find(word, range), !isCited(at, sentence) else { continue }
            let before = bytes.backOverBlanks(at, downTo: range.lowerBound)
            let isLimb = before == range.lowerBound || bytes.beforeOne(["，", ",", "；", "（", "。"], before) != nil
            let named = bytes.ends("的", before) ? before - 3 : before
            let isNamed = Self.isOwnName(endingAt: named, bytes)
            let fromStart = bytes.ends("起", before) && ownNameStands(in: range.lowerBound..<before)
            guard isLimb && (commences || previous) || isNamed || fromStart else { continue }
            if let (day, span) = end(bytes.pastBlanks(at + word.utf8CodeUnitCount)) {
                return add(.expire, range, effective: day.map { .day($0.adding(1)) } ?? .withText, term: span)
            }
        }
        // 自2018年1月1日起施行，至2020年12月31日止。
        guard commences || previous || ownNameStands(in: range.lowerBound..<min(range.upperBound, range.lowerBound + 60)) else { return }
        guard let end = bytes.findLast("至", range), let (day, after) = bytes.day(bytes.pastBlanks(end + 3)) else { return }
        let rest = bytes.pastOne(["起", "止", "后"], bytes.pastBlanks(after)) ?? bytes.pastBlanks(after)
        let ends = bytes.has("止", bytes.pastBlanks(after)) && commences
        guard ends || bytes.pastOne(["失效", "自行失效", "自动失效", "自行废止", "自动废止", "废止", "终止"], rest) != nil else { return }
        add(.expire, range, effective: .day(day.adding(1)))
    }

    /// What follows 有效期: a last day, or how long.
    private func end(_ start: Int) -> (Day?, Clause.Span?)? {
        var rest = start
        for _ in 0..<3 {
            rest = bytes.pastBlanks(bytes.pastOne(["暂定为", "暂定", "为", "是", "：", ":", "限"], rest) ?? rest)
            // 自2018年1月1日起至…; 自发布之日起5年.
            guard bytes.has("自", rest) || bytes.has("从", rest) else { break }
            if let (_, after) = bytes.day(bytes.pastBlanks(rest + 3)) {
                rest = bytes.pastOne(["起", "起，", "开始"], after) ?? after
            } else if let sign = bytes.find("之日起", rest..<min(bytes.count, rest + 60)) {
                rest = sign + 9
            } else {
                return nil
            }
            rest = bytes.pastOne(["，", ",", "计算"], rest) ?? rest
        }
        let until = bytes.pastOne(["截至", "截止到", "截止至", "截止", "延长至", "延续至", "到", "至", "-", "—"], rest)
        if let (day, _) = bytes.day(bytes.pastBlanks(until ?? rest)) { return until == nil ? nil : (day, nil) }
        guard let (span, after) = span(rest) else { return nil }
        if case .days = span { return nil }
        guard bytes.pastOne(["以", "内", "前", "的", "后"], after) == nil else { return nil }
        return (nil, span)
    }

    private static func isOwnName(endingAt end: Int, _ bytes: Bytes) -> Bool {
        CitationReader.ownNames.contains { bytes.ends($0, end) }
    }

    private func ownNameStands(in range: Range<Int>) -> Bool {
        CitationReader.ownNames.contains { bytes.find($0, range) != nil }
    }

    /// One clause for each law that a deciding text changes; where its title alone says so, the title is the sentence.
    mutating func amend(_ amendments: [Int]) {
        for index in amendments {
            let citation = citations[index]
            add(.amend, sentence(around: citation.range), target: citation)
        }
        guard amendments.isEmpty, let ownTitle, let title = AmendedTitle(ownTitle)?.single else { return }
        let named = citations.first { $0.kind == .titled && $0.title.map { TitleKey($0).key } == TitleKey(title).key }
        let range = named.map { sentence(around: $0.range) } ?? 0..<0
        let citation = Citation(
            text: title,
            range: named?.range ?? 0..<0,
            article: nil,
            kind: .titled,
            title: title,
            issuer: nil,
            documentNumber: nil,
            dated: nil,
            reference: nil,
            works: [],
            note: nil
        )
        clauses.append(
            Clause(
                .amend,
                target: named ?? citation,
                sentence: range.isEmpty ? ownTitle : text(range),
                range: range,
                article: nil
            )
        )
    }

    /// The line or sentence that holds a place.
    private func sentence(around range: Range<Int>) -> Range<Int> {
        var (from, to) = (range.lowerBound, range.upperBound)
        while from > 0, bytes[from - 1] != 0x0A, !bytes.ends("。", from) { from -= 1 }
        while to < bytes.count, bytes[to] != 0x0A, !bytes.has("。", to) { to += 1 }
        return from..<min(bytes.count, bytes.has("。", to) ? to + 3 : to)
    }
}
