import WorkCalendar

/// Lists of what is repealed: under a colon, line by line, with or without 《》, and in annexes.
extension ClauseReader {
    /// 下列文件同时废止：and a list in the lines below.
    mutating func isListOpening(_ sign: Sign, _ sentence: CitationReader.Sentence) -> Bool {
        let end = bytes.backOverBlanks(sentence.range.upperBound, downTo: sign.after)
        guard bytes.ends("：", end) || bytes.ends(":", end), holds(["下列", "以下", "如下"], sentence.range) else { return false }
        guard !isPlanned(max(sentence.range.lowerBound, sign.start - 60)..<sign.start) else { return false }
        var line = sentence.range.upperBound
        var found = false
        var index = sentence.citations.upperBound
        while line < bytes.count {
            let start = bytes.pastSpace(line, bytes.count)
            var stop = start
            while stop < bytes.count, bytes[stop] != 0x0A { stop += 1 }
            guard start < stop else { break }
            line = stop + 1
            while index < citations.count, citations[index].range.lowerBound < start { index += 1 }
            let titled =
                index < citations.count && citations[index].range.lowerBound < stop && citations[index].range.lowerBound - start <= 200
            if titled {
                while index < citations.count, citations[index].range.lowerBound < stop {
                    if citations[index].kind == .titled { strike(citations[index], sign, sentence, .withText, line: start..<stop) }
                    index += 1
                }
            } else if let plain = plainTitle(start..<stop) {
                strike(plain, sign, sentence, .withText, line: start..<stop)
            } else if bytes.pastOne(Self.particulars, start) != nil {
                continue
            } else {
                break
            }
            found = true
        }
        return found
    }

    /// What a list says of the title above it.
    private static let particulars: [StaticString] = ["发文单位", "发文机关", "发布单位", "制定机关", "文号", "发文字号", "发布日期", "发文日期"]

    /// A title that a line of a list names without 《》: 1．关于惩治走私罪的补充规定.
    private func plainTitle(_ line: Range<Int>) -> Citation? {
        var at = line.lowerBound
        if let open = bytes.pastOne(["（", "("], at), let (_, after) = bytes.number(open) {
            guard let close = bytes.pastOne(["）", ")"], after) else { return nil }
            at = close
        } else {
            guard let (_, after) = bytes.number(at), let mark = bytes.pastOne(["．", ".", "、", " ", "　"], after) else { return nil }
            at = mark
        }
        at = bytes.pastSpace(at, line.upperBound)
        let end = bytes.beforeOne(["；", "。", ";", "，"], bytes.backOverBlanks(line.upperBound, downTo: at)) ?? line.upperBound
        var title = at..<end
        var number: String?
        if let open = bytes.findLast("（", title) ?? bytes.findLast("(", title), bytes.find("号", open..<end) != nil {
            number = CitationReader(bytes, law, nil, ownTitle: nil).documentNumber(in: open..<end)
            title = at..<open
        }
        let name = bytes.string(title.lowerBound..<bytes.backOverBlanks(title.upperBound, downTo: title.lowerBound))
        let bare = name.firstIndex { "（(".contains($0) }.map { String(name[..<$0]) } ?? name
        guard name.utf8.count <= 400, Self.lawEnds.contains(where: { bare.hasSuffix($0) }) else { return nil }
        return Citation(
            text: name,
            range: title,
            article: law.article(at: line.lowerBound),
            kind: .titled,
            title: name,
            issuer: nil,
            documentNumber: number ?? numberBelow(line.upperBound),
            dated: nil,
            reference: nil,
            works: [],
            note: nil
        )
    }

    /// 文号：沪科〔2007〕第533号 in the lines right below a title.
    private func numberBelow(_ end: Int) -> String? {
        var line = end
        while true {
            let start = bytes.pastSpace(line, bytes.count)
            guard bytes.pastOne(Self.particulars, start) != nil else { return nil }
            var stop = start
            while stop < bytes.count, bytes[stop] != 0x0A { stop += 1 }
            if bytes.has("文号", start) || bytes.has("发文字号", start) {
                return CitationReader(bytes, law, nil, ownTitle: nil).documentNumber(in: start..<stop)
            }
            line = stop
        }
    }

    private static let lawEnds = [
        "法", "条例", "办法", "规定", "细则", "规则", "决定", "通知", "意见", "解释", "批复", "制度", "规程", "规范", "标准", "方案", "公告", "决议", "章程", "目录",
        "指引", "指南", "函", "答复", "通告", "命令", "纪要", "要求", "措施", "通报", "准则", "名录", "计划", "规划",
    ]

    /// A deciding text on repeal whose titles stand in its annex: 关于废止部分规章的决定, 附件：废止的规章目录.
    mutating func repealListed() {
        guard let ownTitle, ownTitle.contains("废止") || ownTitle.contains("失效") || ownTitle.contains("清理") else { return }
        for annex in law.provisions where annex.kind == .annex {
            var end = annex.range.lowerBound
            var lines = 0
            while end < annex.range.upperBound, lines < 3 {
                if bytes[end] == 0x0A { lines += 1 }
                end += 1
            }
            let head = annex.range.lowerBound..<end
            guard holds(["废止", "失效"], head), !holds(["修改", "继续有效"], head) else { continue }
            for citation in citations where citation.kind == .titled && annex.range.contains(citation.range.lowerBound) {
                let start = citation.range.lowerBound
                if head.contains(start), bytes.ends("关于", start) { continue }
                var (from, to) = (start, start)
                while from > annex.range.lowerBound, bytes[from - 1] != 0x0A { from -= 1 }
                while to < annex.range.upperBound, bytes[to] != 0x0A { to += 1 }
                if clauses.contains(where: { $0.target == citation }) { continue }
                add(.repeal, from..<to, target: citation, note: "listed in an annex")
            }
        }
    }
}
