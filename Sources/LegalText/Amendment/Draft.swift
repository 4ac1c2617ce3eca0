/// A law's articles while they are changed: each knows the number it had.
struct Draft {
    struct Paragraph {
        /// The number it had; nil for a new one.
        var old: Int?
        /// Its own line, then its items.
        var lines: [String]
        /// Whether the decision changed words in it.
        var isTouched = false
    }

    struct Piece {
        /// A heading or what is no article; nil for an article.
        var other: String?
        var old: ArticleNumber?
        var new: ArticleNumber?
        var paragraphs: [Paragraph] = []
        var isStruck = false
        /// Whether the decision says its number.
        var isPinned = false
        /// Whether it has no place of its own yet but by its number.
        var isLoose = false
        /// The paragraph that it was.
        var from: AmendingDecision.Place?
    }

    struct Remark {
        let sentence: String
        let isFailure: Bool
    }

    var pieces: [Piece] = []
    /// Whether the decision orders the articles to be put in order.
    var isOrdered = false

    init(_ law: LawText) {
        let head = law.text(law.preamble)
        if !head.isEmpty { pieces.append(Piece(other: head)) }
        for (index, provision) in law.provisions.enumerated() {
            switch provision.kind {
            case .part, .subpart, .chapter, .section, .annex:
                let line = law.text(provision.range).split(separator: "\n").first.map(String.init) ?? ""
                pieces.append(Piece(other: provision.kind == .annex ? law.text(provision.range) : line))
            case .article, .clause:
                let paragraphs = Self.paragraphs(law.words(of: index).split(separator: "\n").map { String($0).trimmed })
                let number = law.articleNumber(of: index)
                pieces.append(
                    Piece(
                        old: number,
                        new: number,
                        paragraphs: paragraphs.enumerated().map { .init(old: $0.offset + 1, lines: $0.element) }
                    )
                )
            case .paragraph, .item, .subitem, .table: continue
            }
        }
    }

    /// Lines as paragraphs: an item stands with the paragraph above it.
    static func paragraphs(_ lines: [String]) -> [[String]] {
        var paragraphs: [[String]] = []
        for line in lines where !line.isEmpty {
            if itemOrdinal(line) != nil, !paragraphs.isEmpty {
                paragraphs[paragraphs.count - 1].append(line)
            } else {
                paragraphs.append([line])
            }
        }
        return paragraphs
    }

    static func itemOrdinal(_ line: String) -> Int? {
        Array(line.utf8.prefix(40)).withUnsafeBufferPointer { bytes in
            guard let open = bytes.pastOne(["（", "("], 0), let (value, end) = bytes.number(open) else { return nil }
            return bytes.pastOne(["）", ")"], end) == nil ? nil : value
        }
    }

    mutating func apply(_ instruction: AmendingDecision.Instruction) -> Consolidation.Outcome {
        let reason = apply(instruction.order)
        return .init(number: instruction.number, text: instruction.text, isApplied: reason == nil, reason: reason)
    }

    /// Applies one order; gives the reason where it can not be.
    private mutating func apply(_ order: AmendingDecision.Order) -> String? {
        switch order {
        case .replace(let place, let text): return replace(place, text)
        case .insertArticle(let number, let after, let text): return insert(number, after: after, text)
        case .insertParagraphs(let article, let at, let text): return insertParagraphs(article, at, text)
        case .insertItem(let article, let paragraph, let at, let text): return insertItem(article, paragraph, at, text)
        case .strike(let place): return strike(place)
        case .replaceWords(let places, let old, let new): return changeWords(places, old) { $0.replacing(old, with: new) }
        case .strikeWords(let places, let words): return changeWords(places, words) { $0.replacing(words, with: "") }
        case .addWords(let places, let base, let isAfter, let added):
            return changeWords(places, base) { $0.replacing(base, with: isAfter ? base + added : added + base) }
        case .renumber(let number, let new):
            guard let index = piece(number) else { return "the text has no \(number.printed)" }
            (pieces[index].new, pieces[index].isPinned) = (new, true)
            return nil
        case .merge(let places, let number, let text): return merge(places, number, text)
        case .moveParagraph(let place, let number): return move(place, number)
        case .putInOrder:
            isOrdered = true
            return nil
        case .unread(let reason): return reason
        }
    }

    func piece(_ number: ArticleNumber) -> Int? { pieces.firstIndex { $0.old == number && $0.other == nil && !$0.isStruck } }

    private mutating func replace(_ place: AmendingDecision.Place, _ text: [String]) -> String? {
        if let moved = pieces.firstIndex(where: { $0.from == place && $0.other == nil }) {
            pieces[moved].paragraphs = Self.paragraphs(text).map { Paragraph(old: nil, lines: $0) }
            return nil
        }
        guard let index = piece(place.article) else { return "the text has no \(place.article.printed)" }
        guard place.paragraph != nil || place.item != nil else {
            pieces[index].paragraphs = Self.paragraphs(Self.unnumbered(text)).map { Paragraph(old: nil, lines: $0) }
            return nil
        }
        guard let paragraph = paragraph(place, in: index) else { return "the text has no \(place.printed)" }
        guard let item = place.item else {
            let new = Self.paragraphs(text)
            pieces[index].paragraphs[paragraph].lines = new[0]
            for (step, lines) in new.dropFirst().enumerated() {
                pieces[index].paragraphs.insert(Paragraph(old: nil, lines: lines), at: paragraph + 1 + step)
            }
            return nil
        }
        guard let line = pieces[index].paragraphs[paragraph].lines.firstIndex(where: { Self.itemOrdinal($0) == item }) else {
            return "the text has no \(place.printed)"
        }
        guard let wording = text.first, text.count == 1 else { return "one item gets several lines" }
        pieces[index].paragraphs[paragraph].lines[line] =
            Self.itemOrdinal(wording) == nil ? "（\(ChineseNumeral.text(of: item))）\(wording)" : wording
        return nil
    }

    /// New wording may begin with its own number: “第五条 …”.
    static func unnumbered(_ text: [String]) -> [String] {
        guard let first = text.first else { return text }
        let law = LawText.read(first)
        guard let article = law.articles.first, law.provisions[article].kind == .article, law.provisions[article].range.lowerBound == 0
        else { return text }
        return [law.words(of: article)] + text.dropFirst()
    }

    func paragraph(_ place: AmendingDecision.Place, in index: Int) -> Int? {
        if let number = place.paragraph { return pieces[index].paragraphs.firstIndex { $0.old == number } }
        // 第三项 of an article means its only paragraph with items.
        let holding = pieces[index].paragraphs.indices.filter { pieces[index].paragraphs[$0].lines.count > 1 }
        return holding.count == 1 ? holding[0] : nil
    }
}
