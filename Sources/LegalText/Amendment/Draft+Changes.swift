/// What is added, struck and exchanged within articles.
extension Draft {
    mutating func insert(_ number: ArticleNumber, after: ArticleNumber?, _ text: [String]) -> String? {
        let new = Piece(old: nil, new: number, paragraphs: Self.paragraphs(Self.unnumbered(text)).map { Paragraph(old: nil, lines: $0) })
        if number.suffix > 0 || after != nil {
            let before = after ?? (number.suffix > 1 ? ArticleNumber(number.ordinal, number.suffix - 1) : ArticleNumber(number.ordinal))
            guard let index = pieces.lastIndex(where: { ($0.old == before || $0.new == before) && $0.other == nil }) else {
                return "the text has no \(before.printed)"
            }
            pieces.insert(new, at: index + 1)
            return nil
        }
        var loose = new
        (loose.isPinned, loose.isLoose) = (true, true)
        pieces.append(loose)
        return nil
    }

    mutating func insertParagraphs(_ article: ArticleNumber, _ at: Int, _ text: [String]) -> String? {
        guard let index = piece(article) else { return "the text has no \(article.printed)" }
        let new = Self.paragraphs(text).map { Paragraph(old: nil, lines: $0) }
        guard at >= 1, at <= pieces[index].paragraphs.count + 1 else {
            return "\(article.printed) has only \(pieces[index].paragraphs.count) paragraphs"
        }
        pieces[index].paragraphs.insert(contentsOf: new, at: at - 1)
        return nil
    }

    mutating func insertItem(_ article: ArticleNumber, _ paragraph: Int?, _ at: Int, _ text: [String]) -> String? {
        guard let index = piece(article) else { return "the text has no \(article.printed)" }
        guard let place = self.paragraph(.init(article, paragraph: paragraph), in: index), text.count == 1 else {
            return "which paragraph of \(article.printed) gets the item is not clear"
        }
        var items = Array(pieces[index].paragraphs[place].lines.dropFirst())
        guard at >= 1, at <= items.count + 1 else { return "\(article.printed) has only \(items.count) items" }
        items.insert(text[0], at: at - 1)
        let numbered = items.enumerated().map { step, line in "（\(ChineseNumeral.text(of: step + 1))）" + Self.withoutItem(line) }
        pieces[index].paragraphs[place].lines = [pieces[index].paragraphs[place].lines[0]] + numbered
        return nil
    }

    private static func withoutItem(_ line: String) -> String {
        guard itemOrdinal(line) != nil, let close = line.firstIndex(where: { $0 == "）" || $0 == ")" }) else { return line }
        return String(line[line.index(after: close)...])
    }

    mutating func strike(_ place: AmendingDecision.Place) -> String? {
        guard let index = piece(place.article) else { return "the text has no \(place.article.printed)" }
        guard place.paragraph != nil || place.item != nil else {
            pieces[index].isStruck = true
            return nil
        }
        guard let paragraph = paragraph(place, in: index) else { return "the text has no \(place.printed)" }
        guard let item = place.item else {
            pieces[index].paragraphs.remove(at: paragraph)
            return nil
        }
        guard let line = pieces[index].paragraphs[paragraph].lines.firstIndex(where: { Self.itemOrdinal($0) == item }) else {
            return "the text has no \(place.printed)"
        }
        pieces[index].paragraphs[paragraph].lines.remove(at: line)
        return nil
    }

    mutating func changeWords(_ places: [AmendingDecision.Place], _ words: String, _ change: (String) -> String) -> String? {
        guard !words.isEmpty else { return "it quotes nothing" }
        var missing: [String] = []
        let indices = places.isEmpty ? pieces.indices.filter { pieces[$0].other == nil && !pieces[$0].isStruck } : []
        var count = 0
        for index in indices { count += changeWords(in: index, nil, nil, words, change) }
        for place in places {
            guard let index = piece(place.article) else {
                missing.append(place.printed)
                continue
            }
            let changed = changeWords(in: index, place.paragraph, place.item, words, change)
            if changed == 0 { missing.append(place.printed) }
            count += changed
        }
        if count == 0 { return "the words “\(words.prefix(30))” do not stand there" }
        return missing.isEmpty ? nil : "the words do not stand in \(missing.joined(separator: "、")); elsewhere they were changed"
    }

    private mutating func changeWords(in index: Int, _ paragraph: Int?, _ item: Int?, _ words: String, _ change: (String) -> String) -> Int
    {
        var count = 0
        for place in pieces[index].paragraphs.indices where paragraph == nil || pieces[index].paragraphs[place].old == paragraph {
            for line in pieces[index].paragraphs[place].lines.indices
            where item == nil || Self.itemOrdinal(pieces[index].paragraphs[place].lines[line]) == item {
                let old = pieces[index].paragraphs[place].lines[line]
                guard old.contains(words) else { continue }
                pieces[index].paragraphs[place].lines[line] = change(old)
                pieces[index].paragraphs[place].isTouched = true
                count += 1
            }
        }
        return count
    }

    /// A paragraph leaves its article and becomes one of its own.
    mutating func move(_ place: AmendingDecision.Place, _ number: ArticleNumber) -> String? {
        guard let index = piece(place.article), let paragraph = paragraph(place, in: index) else {
            return "the text has no \(place.printed)"
        }
        var new = Piece(old: nil, new: number, paragraphs: [pieces[index].paragraphs.remove(at: paragraph)])
        (new.isPinned, new.isLoose, new.from) = (true, true, place)
        if pieces[index].paragraphs.isEmpty { pieces[index].isStruck = true }
        pieces.append(new)
        return nil
    }

    mutating func merge(_ places: [AmendingDecision.Place], _ number: ArticleNumber?, _ text: [String]) -> String? {
        let whole = places.filter { $0.paragraph == nil && $0.item == nil }
        let indices = places.compactMap { piece($0.article) }
        guard indices.count == places.count else { return "not all of what is merged stands in the text" }
        guard let first = whole.compactMap({ piece($0.article) }).first else {
            guard let number else { return "the merged article has no number" }
            for place in places { if let reason = strike(place) { return reason } }
            for place in places { if let index = piece(place.article), pieces[index].paragraphs.isEmpty { pieces[index].isStruck = true } }
            return insert(number, after: nil, text)
        }
        for place in places where place.paragraph != nil || place.item != nil {
            if let reason = strike(place) { return reason }
        }
        for index in whole.compactMap({ piece($0.article) }) where index != first { pieces[index].isStruck = true }
        pieces[first].paragraphs = Self.paragraphs(Self.unnumbered(text)).map { Paragraph(old: nil, lines: $0) }
        if let number { (pieces[first].new, pieces[first].isPinned, pieces[first].isLoose) = (number, true, true) }
        return nil
    }
}
