/// Reads the orders of one block of a decision, limb by limb: a limb without a place goes on with the place before it.
struct OrderReader {
    private let block: DecisionBlock
    private var places: [AmendingDecision.Place] = []
    /// What 作为第X条 says of the limb before it.
    private var pending: Pending = .none
    private var found: [AmendingDecision.Instruction] = []
    private var limb = ""
    /// Whether the place of this instruction was lost: what follows it may not be applied elsewhere.
    private var isLost = false

    private enum Pending: Equatable {
        case none
        case article(after: ArticleNumber?)
        case paragraphs
        case item
        case merge(as: ArticleNumber?)
    }

    init(_ block: DecisionBlock) {
        self.block = block
    }

    mutating func read() -> [AmendingDecision.Instruction] {
        for limb in Self.limbs(block.words) {
            self.limb = limb
            take(limb)
        }
        return found
    }

    private static func limbs(_ words: String) -> [String] {
        var limbs: [String] = []
        for sentence in words.split(whereSeparator: { "。；;\n".contains($0) }) {
            limbs += sentence.split(whereSeparator: { "，,：:".contains($0) }).map { String($0).trimmed }
        }
        // A quotation after a colon belongs to the limb before it.
        var joined: [String] = []
        for limb in limbs where !limb.isEmpty {
            if limb.hasPrefix("\u{1}"), let last = joined.last, !last.hasSuffix("\u{2}"), limb.hasSuffix("\u{2}") {
                joined[joined.count - 1] = last + limb
            } else {
                joined.append(limb)
            }
        }
        return joined
    }

    private mutating func take(_ limb: String) {
        let all = Array(limb.utf8)
        all.withUnsafeBufferPointer { bytes in
            if bytes.holds("顺序作相应调整") || bytes.holds("顺序作了相应调整") || bytes.holds("顺序相应调整") || bytes.holds("顺序作出相应调整") {
                return add(.putInOrder)
            }
            let quotes = bytes.quotes()
            var at = 0
            while let after = bytes.pastOne(Self.leads, bytes.pastBlanks(at)) { at = after }
            if let name = bytes.lawName(at) { at = name }
            let strikes = bytes.past("删去", at) ?? bytes.past("删除", at)
            at = strikes ?? at
            while let after = bytes.pastOne(["原", "其中的", "该条"], at) { at = after }
            let reader = CitationReader(bytes, LawText.read(""), nil, ownTitle: nil)
            let (named, end) = places(reader, bytes, at)
            if !named.isEmpty { places = named }
            read(bytes, from: end, quotes, strikes: strikes != nil, named: !named.isEmpty)
        }
    }

    private static let leads: [StaticString] = ["将", "在", "对", "并", "同时", "把", "其中", "此外", "分别", "，", "相应"]

    /// The places that stand here; a paragraph or item without its article belongs to the article before.
    private func places(_ reader: CitationReader, _ bytes: Bytes, _ at: Int) -> ([AmendingDecision.Place], Int) {
        let (references, end) = reader.references(at)
        if !references.isEmpty {
            return (
                references.flatMap { pair -> [AmendingDecision.Place] in
                    guard let article = pair.0.article else { return [] }
                    if let last = pair.0.last, last.suffix == 0, article.suffix == 0, last.ordinal - article.ordinal < 300, last > article {
                        return (article.ordinal...last.ordinal).map { AmendingDecision.Place(ArticleNumber($0)) }
                    }
                    return [AmendingDecision.Place(article, paragraph: pair.0.paragraph, item: pair.0.item)]
                }, end
            )
        }
        guard let article = places.first?.article else { return ([], at) }
        var found: [AmendingDecision.Place] = []
        var next = at
        while let (place, after) = part(bytes, next, of: article, paragraph: places.first?.paragraph) {
            found.append(place)
            next = after
            guard let joint = bytes.pastOne(["、", "和", "及", "至"], next), bytes.has("第", joint) else { break }
            next = joint
        }
        return (found, next)
    }

    /// 第二款, 第二款第三项, 第三项 alone.
    private func part(_ bytes: Bytes, _ at: Int, of article: ArticleNumber, paragraph: Int?) -> (AmendingDecision.Place, Int)? {
        guard let start = bytes.past("第", at) else { return nil }
        let open = bytes.pastOne(["（", "("], start)
        guard let (value, afterNumber) = bytes.number(open ?? start) else { return nil }
        let end = open == nil ? afterNumber : bytes.pastOne(["）", ")"], afterNumber) ?? afterNumber
        if let after = bytes.past("款", end) {
            if let (inner, last) = part(bytes, after, of: article, paragraph: value), inner.item != nil { return (inner, last) }
            return (.init(article, paragraph: value), after)
        }
        if let after = bytes.past("项", end) { return (.init(article, paragraph: paragraph, item: value), after) }
        return nil
    }

    private mutating func read(_ bytes: Bytes, from end: Int, _ quotes: [Int], strikes: Bool, named: Bool) {
        let texts = quotes.map { block.quotes[$0] }
        if strikes {
            if let first = texts.first { return add(.strikeWords(named || !places.isEmpty ? places : [], first.joined(separator: "\n"))) }
            guard named else { return add(.unread("what is struck is not an article, paragraph or item")) }
            for place in places { add(.strike(place)) }
            return
        }
        if takeNumbers(bytes, end, texts) { return }
        if bytes.holds("增加"), takeAddition(bytes, end, texts) { return }
        if let first = texts.first, texts.count == 2, bytes.holds("修改为") || bytes.holds("改为") || bytes.holds("替换为") {
            return add(.replaceWords(placesOrAll(bytes, named), first.joined(separator: "\n"), by: texts[1].joined(separator: "\n")))
        }
        if texts.count == 1, bytes.holds("修改为") || bytes.holds("改为") || pending == .merge(as: nil) {
            // “A”，修改为“B”: the first half stood in the limb before.
            if let words = openWords, bytes.hasPrefixWord("修改为") || bytes.hasPrefixWord("改为") {
                openWords = nil
                return add(.replaceWords(words.0, words.1, by: texts[0].joined(separator: "\n")))
            }
            if case .merge(let number) = pending {
                pending = .none
                return add(.merge(places, as: number, text: texts[0]))
            }
            guard bytes.find("部分", 0..<bytes.count) == nil else { return add(.unread("only a part of the paragraph is meant")) }
            guard !isLost else { return add(.unread("the place before it is not understood")) }
            guard let place = places.first, places.count == 1 else {
                return add(.unread(places.isEmpty ? "it names no place" : "several places get one wording"))
            }
            return add(.replace(place, text: texts[0]))
        }
        if texts.count == 1, bytes.holds("中的") || bytes.hasPrefixWord("其中的") {
            openWords = (placesOrAll(bytes, named), texts[0].joined(separator: "\n"))
            return
        }
        if texts.count == 1, pending != .none { return close(texts[0]) }
        if !texts.isEmpty, bytes.holds("调整为") { return takeAdjustments(texts) }
        if !texts.isEmpty, named { add(.unread("its words are not understood")) }
    }

    /// “A” of “将第九条中的“A”，修改为“B””.
    private var openWords: ([AmendingDecision.Place], String)?

    private func placesOrAll(_ bytes: Bytes, _ named: Bool) -> [AmendingDecision.Place] {
        let isWhole =
            !named && (bytes.holds("本法中") || bytes.holds("有关条文") || bytes.holds("条文中") || bytes.holds("本条例中") || bytes.holds("办法中"))
        return isWhole ? [] : places
    }

    /// 改为第八条, 作为第五条, 合并, 作为第二款至第五款.
    private mutating func takeNumbers(_ bytes: Bytes, _ end: Int, _ texts: [[String]]) -> Bool {
        if bytes.has("合并", end) {
            pending = .merge(as: nil)
            if let text = texts.first {
                pending = .none
                add(.merge(places, as: nil, text: text))
            }
            return true
        }
        guard let word = bytes.pastOne(["改为", "改作", "调整为"], end) ?? (bytes.has("作为", 0) ? 6 : bytes.has("分别作为", 0) ? 12 : nil),
            bytes.has("第", word)
        else {
            return false
        }
        let reader = CitationReader(bytes, LawText.read(""), nil, ownTitle: nil)
        let (references, _) = reader.references(word)
        if let number = references.first?.0.article {
            if case .article(let after) = pending, word <= 12 {
                pending = .none
                guard let text = texts.first else { return true }
                insertArticles(references.compactMap(\.0.article), after: after, text)
                return true
            }
            if case .merge = pending {
                pending = .merge(as: number)
                return true
            }
            if let from = places.first, places.count == 1, from.paragraph == nil {
                add(.renumber(from.article, as: number))
                return true
            }
            if let from = places.first, places.count == 1, from.item == nil {
                add(.moveParagraph(from, as: number))
                return true
            }
            isLost = true
            add(.unread("what is renumbered is not one article or paragraph"))
            return true
        }
        guard let (place, _) = part(bytes, word, of: places.first?.article ?? ArticleNumber(0), paragraph: places.first?.paragraph) else {
            return false
        }
        guard let article = places.first?.article else { return false }
        switch pending {
        case .paragraphs:
            if let text = texts.first { (pending, _) = (.none, add(.insertParagraphs(article, at: place.paragraph ?? 0, text: text))) }
        case .item:
            if let text = texts.first {
                (pending, _) = (
                    .none, add(.insertItem(article, paragraph: place.paragraph ?? places.first?.paragraph, at: place.item ?? 0, text: text))
                )
            }
        case .none, .article, .merge:
            // 第三款改为第四款: the paragraphs before it grew; it keeps its words.
            return bytes.holds("款") || bytes.holds("项")
        }
        return true
    }

    /// 增加一条, 增加二款, 增加一项, “A”后增加“B”.
    private mutating func takeAddition(_ bytes: Bytes, _ end: Int, _ texts: [[String]]) -> Bool {
        guard let word = bytes.find("增加", 0..<bytes.count) else { return false }
        if texts.count == 2 {
            let (base, added) = (texts[0].joined(separator: "\n"), texts[1].joined(separator: "\n"))
            if bytes.ends("后", word) || bytes.ends("之后", word) {
                add(.addWords(placesOrAll(bytes, true), base, isAfter: true, added: added))
            } else if bytes.ends("前", word) || bytes.ends("之前", word) {
                add(.addWords(placesOrAll(bytes, true), base, isAfter: false, added: added))
            } else {
                add(.unread("where it is added is not said"))
            }
            return true
        }
        guard let (_, after) = bytes.number(word + 6) else {
            if !texts.isEmpty { add(.unread("where it is added is not said")) }
            return !texts.isEmpty
        }
        if bytes.has("条", after) {
            pending = .article(after: bytes.ends("后", word) ? places.first?.article : nil)
        } else if bytes.has("款", after) {
            pending = .paragraphs
        } else if bytes.has("项", after) {
            pending = .item
        } else {
            if bytes.has("章", after) || bytes.has("节", after) { add(.unread("a chapter or section is not inserted")) }
            return true
        }
        // 增加一款作为第二款: “…” in one limb.
        if let at = bytes.find("作为", after..<bytes.count), let text = texts.first { return closeInline(bytes, at + 6, text) }
        if let text = texts.first, case .paragraphs = pending { return closeInline(bytes, bytes.count, text) }
        return true
    }

    private mutating func closeInline(_ bytes: Bytes, _ at: Int, _ text: [String]) -> Bool {
        let reader = CitationReader(bytes, LawText.read(""), nil, ownTitle: nil)
        if case .article(let after) = pending {
            pending = .none
            guard let number = reader.references(at).0.first?.0.article else {
                add(.unread("the new article has no number"))
                return true
            }
            add(.insertArticle(as: number, after: after, text: text))
            return true
        }
        guard let article = places.first?.article else {
            add(.unread("it names no article"))
            return true
        }
        let place = part(bytes, at, of: article, paragraph: places.first?.paragraph)?.0
        if pending == .item {
            add(
                place?.item.map { .insertItem(article, paragraph: place?.paragraph, at: $0, text: text) }
                    ?? .unread("the new item has no number")
            )
        } else {
            add(place?.paragraph.map { .insertParagraphs(article, at: $0, text: text) } ?? .unread("the new paragraph has no number"))
        }
        pending = .none
        return true
    }

    /// Several new articles in one quotation begin with their own numbers: “第四十四条 …”.
    private mutating func insertArticles(_ numbers: [ArticleNumber], after: ArticleNumber?, _ text: [String]) {
        guard numbers.count > 1 else {
            if let number = numbers.first { add(.insertArticle(as: number, after: after, text: text)) }
            return
        }
        var parts: [[String]] = []
        for line in text {
            let next = numbers.indices.contains(parts.count) ? numbers[parts.count].printed : "\u{1}"
            if line.hasPrefix(next) {
                parts.append([String(line.dropFirst(next.count)).trimmed])
            } else if !parts.isEmpty {
                parts[parts.count - 1].append(line)
            } else {
                return add(.unread("which words are which article's is not clear"))
            }
        }
        guard parts.count == numbers.count else { return add(.unread("which words are which article's is not clear")) }
        for (number, part) in zip(numbers, parts) { add(.insertArticle(as: number, after: nil, text: part)) }
    }

    /// A quotation that stands alone after 作为第X条.
    private mutating func close(_ text: [String]) {
        pending = .none
        add(.unread("its words are not understood"))
    }

    /// “第八条”调整为“第七条”.
    private mutating func takeAdjustments(_ texts: [[String]]) {
        for pair in stride(from: 0, to: texts.count - 1, by: 2) {
            guard let from = ArticleNumber(texts[pair].joined()), let to = ArticleNumber(texts[pair + 1].joined()) else {
                add(.unread("its words are not understood"))
                continue
            }
            add(.renumber(from, as: to))
        }
    }

    private mutating func add(_ order: AmendingDecision.Order) {
        var text = ""
        var inside = false
        for character in limb {
            if character == "\u{1}" {
                (inside, text) = (true, text + "“")
            } else if character == "\u{2}" {
                (inside, text) = (false, text + "”")
            }
            if inside, character.isNumber, let place = Int(String(character)), place < block.quotes.count {
                text += String(block.quotes[place].first?.prefix(24) ?? "") + (block.quotes[place].joined().count > 24 ? "…" : "")
            } else if !inside, character != "\u{2}" {
                text.append(character)
            }
        }
        found.append(.init(number: block.number, text: text, order: order))
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    func holds(_ word: StaticString) -> Bool { find(word, 0..<count) != nil }

    func hasPrefixWord(_ word: StaticString) -> Bool { has(word, pastBlanks(0)) }

    /// The numbers of the quotations that stand in a limb.
    func quotes() -> [Int] {
        var found: [Int] = []
        var at = 0
        while at < count {
            if self[at] == 1, let (value, end) = number(at + 1) {
                found.append(value)
                at = end
            }
            at += 1
        }
        return found
    }

    /// After the law's own name that stands before an article: 刑法第十七条, 《解释》第二条.
    func lawName(_ at: Int) -> Int? {
        guard let place = find("第", at..<Swift.min(count, at + 120)), place > at else { return nil }
        return beforeOne(["法", "条例", "办法", "规定", "》", "细则", "规则", "解释"], place) != nil ? place : nil
    }
}
