/// Reads the lines of a law one after another and keeps what is open: part, chapter, article, paragraph, item.
struct LawTextReader {
    private(set) var provisions: [Provision] = []
    private(set) var articles: [Int] = []
    private(set) var notes: [LawText.Note] = []
    /// The open provisions, outermost first.
    private var open: [Int] = []
    private var seen: [Key: Int] = [:]
    private var paragraphs = 0
    private var last: ArticleNumber?
    private var line = 0
    private var contents: Contents = .none
    private var lastEnd = 0

    private struct Key: Hashable {
        let kind: Provision.Kind
        let ordinal: Int
        let suffix: Int
        let parent: Int
    }

    /// The list of headings (目录) that some texts begin with: its headings are no provisions.
    private enum Contents: Equatable {
        case none, opened
        case inside(Provision.Kind, Int)
    }

    /// Reads all lines; gives the byte where the preamble ends.
    mutating func read(_ bytes: Bytes) -> Int {
        provisions.reserveCapacity(bytes.count / 90)
        var start = 0
        var preamble: Int?
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            line += 1
            let from = bytes.pastBlanks(start)
            if from < end {
                let before = provisions.count
                take(bytes, from, end)
                if preamble == nil, provisions.count > before { preamble = from }
            }
            start = end + 1
        }
        close(from: 0, at: bytes.count)
        return preamble ?? bytes.count
    }

    private mutating func take(_ bytes: Bytes, _ from: Int, _ end: Int) {
        switch bytes[from] {
        case 0xE7 where bytes.three(from) == 0xE7ACAC:  // 第
            if takeNumbered(bytes, from, end) { return }
        case 0xEF where bytes.three(from) == 0xEFBC88, 0x28:  // （ (
            if takeItem(bytes, from, end) { return }
        case 0x30...0x39, 0xEF:
            if takeDotted(bytes, from, end) { return }
        case 0x7C:
            return takeTable(bytes, from, end)
        case 0xE9 where bytes.has("附", from):
            if takeAnnex(bytes, from, end) { return }
        case 0xE7 where bytes.has("目", from):
            if isContents(bytes, from, end) {
                contents = .opened
                return
            }
        case 0x41...0x5A, 0x61...0x7A:
            if takeEnglish(bytes, from, end) { return }
        case 0xE4...0xE9:
            if takeClause(bytes, from, end) { return }
        default: break
        }
        takeParagraph(bytes, from, end)
    }

    /// 第X编, 章, 节, 条.
    private mutating func takeNumbered(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        guard let (ordinal, afterNumber) = bytes.number(bytes.pastBlanks(from + 3)) else { return false }
        let at = bytes.pastBlanks(afterNumber)
        let kind: Provision.Kind
        var after = at + 3
        switch bytes.three(at) {
        case 0xE69DA1: kind = .article  // 条
        case 0xE6A29D: kind = .article  // 條
        case 0xE7ABA0: kind = .chapter  // 章
        case 0xE88A82, 0xE7AF80: kind = .section  // 节 節
        case 0xE7BC96, 0xE7B7A8: kind = .part  // 编 編
        case 0xE58886 where bytes.has("分编", at):
            kind = .subpart
            after = at + 6
        default: return false
        }
        guard after <= end else { return false }
        if kind == .article {
            var suffix: Int?
            if let next = bytes.past("之", after), let (value, last) = bytes.number(next) { (suffix, after) = (value, last) }
            // 第三条、第四条… and 第三条的… go on with a sentence: a citation, no opening.
            guard bytes.pastOne(Self.goesOn, after) == nil else { return false }
            openArticle(bytes, ArticleNumber(ordinal, suffix ?? 0), from, after, end)
            return true
        }
        guard end - from <= 180, !bytes.endsSentence(from, end) else { return false }
        if isListed(kind, ordinal) { return true }
        openProvision(kind, ordinal, nil, from, after, bytes)
        return true
    }

    private static let goesOn: [StaticString] = ["、", "，", "和", "至", "的", "或", "及", "规定", "第"]

    private mutating func openArticle(_ bytes: Bytes, _ number: ArticleNumber, _ from: Int, _ after: Int, _ end: Int) {
        contents = .none
        openProvision(.article, number.ordinal, number.suffix > 0 ? number.suffix : nil, from, after, bytes)
        articles.append(provisions.count - 1)
        if let last {
            if provisions[provisions.count - 1].times > 1 {
                note(.repeatedNumber, number.printed)
            } else if number < last {
                note(.numberGoesBack, "\(last.printed) → \(number.printed)")
            } else if number.ordinal > last.ordinal + 1 {
                note(.skippedNumber, "\(last.printed) → \(number.printed)")
            }
        }
        last = number
        paragraphs = 0
        let words = bytes.pastBlanks(after)
        if words < end { openParagraph(words, bytes) }
    }

    /// （一） or (1), (a) in an article or clause.
    private mutating func takeItem(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        guard isInArticle else { return false }
        let at = bytes.pastBlanks(from + (bytes[from] == 0x28 ? 1 : 3))
        var kind = Provision.Kind.item
        var read = bytes.number(at)
        if read == nil, let (ordinal, last, isRoman) = letterOrdinal(bytes, at) {
            read = (ordinal, last)
            if isRoman { kind = .subitem }
        }
        guard let (ordinal, last) = read, ordinal > 0, ordinal < 1000 else { return false }
        let close = bytes.pastBlanks(last)
        guard let after = bytes.past("）", close) ?? bytes.past(")", close), after <= end else { return false }
        openProvision(kind, ordinal, nil, from, after, bytes)
        return true
    }

    /// The a of (a), the ii of (ii): Roman where an item is open and the letter does not follow it.
    private func letterOrdinal(_ bytes: Bytes, _ at: Int) -> (Int, Int, Bool)? {
        var end = at
        while end < bytes.count, bytes[end] >= 0x61, bytes[end] <= 0x7A, end - at < 5 { end += 1 }
        guard end > at else { return nil }
        let letter = Int(bytes[at]) - 0x60
        let openItem = open.last(where: { provisions[$0].kind == .item }).map { provisions[$0].ordinal }
        if end - at == 1, openItem.map({ letter == $0 + 1 }) ?? true { return (letter, end, false) }
        var cursor = Cursor(Array(bytes[at..<end]))
        if let roman = cursor.takeRoman(), cursor.isAtEnd { return (roman, end, openItem != nil) }
        return end - at == 1 ? (letter, end, false) : nil
    }

    /// `1.` or 1、 under an item.
    private mutating func takeDotted(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        guard isInArticle, let (ordinal, at) = bytes.number(from), ordinal > 0, ordinal < 1000 else { return false }
        guard let after = bytes.pastOne(["．", ".", "、"], at), bytes.number(after) == nil else { return false }
        openProvision(open.contains { provisions[$0].kind == .item } ? .subitem : .item, ordinal, nil, from, after, bytes)
        return true
    }

    /// 一、 opens an item in an article, a clause elsewhere.
    private mutating func takeClause(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        guard chineseDigit(bytes.three(from)) != nil || bytes.has("十", from) else { return false }
        guard let (ordinal, at) = bytes.numeral(from), ordinal > 0, let after = bytes.past("、", at), after < end else { return false }
        if open.contains(where: { provisions[$0].kind == .article }) {
            openProvision(.item, ordinal, nil, from, after, bytes)
        } else {
            openProvision(.clause, ordinal, nil, from, after, bytes)
            articles.append(provisions.count - 1)
            paragraphs = 0
            openParagraph(bytes.pastBlanks(after), bytes)
        }
        return true
    }

    private mutating func takeTable(_ bytes: Bytes, _ from: Int, _ end: Int) {
        if let index = open.last, provisions[index].kind == .table { return }
        guard !open.isEmpty else { return }
        let number = 1 + (seen[Key(kind: .table, ordinal: 0, suffix: 0, parent: -1)] ?? 0)
        seen[Key(kind: .table, ordinal: 0, suffix: 0, parent: -1)] = number
        openProvision(.table, number, nil, from, from, bytes)
    }

    private mutating func takeAnnex(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        guard end - from <= 90, !bytes.endsSentence(from, end) else { return false }
        guard let at = bytes.pastOne(["附件", "附录", "附表", "附图"], from) ?? (bytes.has("附：", from) || bytes.has("附:", from) ? from + 3 : nil)
        else { return false }
        let number = bytes.number(bytes.pastBlanks(at))
        openProvision(.annex, number?.value ?? 1, nil, from, number?.end ?? at, bytes)
        last = nil
        return true
    }

    /// Part I, Chapter 2, Section 3, Article 5.
    private mutating func takeEnglish(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        if bytes.has("Schedule", from) || bytes.has("SCHEDULE", from) || bytes.has("Annex", from), end - from <= 60 {
            openProvision(.annex, bytes.number(bytes.pastBlanks(from + 8))?.value ?? 1, nil, from, end, bytes)
            last = nil
            return true
        }
        guard let mark = Mark.english(Array(bytes[from..<end]), 0..<(end - from)) else { return false }
        switch mark.kind {
        case .article: openArticle(bytes, ArticleNumber(mark.ordinal, mark.suffix ?? 0), from, from + mark.end, end)
        case .part: openProvision(.part, mark.ordinal, nil, from, from + mark.end, bytes)
        case .chapter: openProvision(.chapter, mark.ordinal, nil, from, from + mark.end, bytes)
        case .section: openProvision(.section, mark.ordinal, nil, from, from + mark.end, bytes)
        case .heading, .bracketed, .dotted: return false
        }
        return true
    }

    private mutating func takeParagraph(_ bytes: Bytes, _ from: Int, _ end: Int) {
        if isInArticle { openParagraph(from, bytes) }
    }

    private var isInArticle: Bool {
        open.contains { provisions[$0].kind == .article || provisions[$0].kind == .clause }
    }

    private mutating func openParagraph(_ from: Int, _ bytes: Bytes) {
        paragraphs += 1
        openProvision(.paragraph, paragraphs, nil, from, from, bytes)
    }

    private mutating func openProvision(
        _ kind: Provision.Kind,
        _ ordinal: Int,
        _ suffix: Int?,
        _ from: Int,
        _ start: Int,
        _ bytes: Bytes
    ) {
        var keep = open.count
        while keep > 0, provisions[open[keep - 1]].kind.depth >= kind.depth { keep -= 1 }
        close(from: keep, at: from)
        let parent = open.last
        var times = 1
        if kind != .paragraph {
            let isCounted = kind == .article || kind == .clause
            let key = Key(kind: kind, ordinal: ordinal, suffix: suffix ?? 0, parent: isCounted ? -1 : parent ?? -1)
            times = (seen[key] ?? 0) + 1
            seen[key] = times
        }
        provisions.append(
            Provision(
                kind: kind,
                ordinal: ordinal,
                suffix: suffix,
                times: times,
                parent: parent,
                range: from..<bytes.count,
                start: start,
                line: line
            )
        )
        open.append(provisions.count - 1)
    }

    private mutating func close(from keep: Int, at end: Int) {
        for index in open[keep...] {
            provisions[index].range = provisions[index].range.lowerBound..<Swift.max(end, provisions[index].start)
        }
        open.removeSubrange(keep...)
    }

    private mutating func note(_ kind: LawText.Note.Kind, _ text: String) {
        notes.append(LawText.Note(kind: kind, line: line, text: text))
    }

    private func isContents(_ bytes: Bytes, _ from: Int, _ end: Int) -> Bool {
        let after = bytes.pastBlanks(from + 3)
        guard let last = bytes.pastOne(["录", "錄", "次"], after) else { return false }
        return bytes.pastBlanks(last) >= end
    }

    /// Whether a heading stands in the list of headings, not yet in the law.
    private mutating func isListed(_ kind: Provision.Kind, _ ordinal: Int) -> Bool {
        switch contents {
        case .none: return false
        case .opened:
            contents = .inside(kind, ordinal)
            return true
        case .inside(let first, let number):
            guard first == kind, number == ordinal else { return true }
            contents = .none
            return false
        }
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether a line ends like a sentence or a limb of one: 。；; . (a colon does not end one).
    func endsSentence(_ from: Int, _ lineEnd: Int) -> Bool {
        let end = backOverBlanks(lineEnd, downTo: from)
        guard end > from else { return false }
        if self[end - 1] == 0x2E || self[end - 1] == 0x3B { return true }
        let last = three(end - 3)
        return last == 0xE38082 || last == 0xEFBC9B
    }
}
