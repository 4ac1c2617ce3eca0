/// The articles put in their order, numbered, and written out.
extension Draft {
    /// Numbers what stays; gives what must be said of orders, by their place in the list.
    mutating func settle(_ orders: [AmendingDecision.Order]) -> [(Int, Remark)] {
        var remarks: [(Int, Remark)] = []
        let renumbers = isOrdered || pieces.contains { $0.isPinned && !$0.isStruck }
        let edges = renumbers ? number() : []
        if !renumbers { pieces.removeAll { $0.isStruck } }
        for (place, order) in orders.enumerated() {
            switch order {
            case .renumber(let old, let new):
                guard let piece = pieces.first(where: { $0.old == old && $0.other == nil }) else {
                    remarks.append((place, Remark(sentence: "\(old.printed) is struck by another instruction", isFailure: true)))
                    continue
                }
                if piece.new != new {
                    let sentence = "the numbers do not come out: \(old.printed) becomes \(piece.new?.printed ?? "—"), not \(new.printed)"
                    remarks.append((place, Remark(sentence: sentence, isFailure: true)))
                }
            case .insertArticle(let number, _, _) where edges.contains(number):
                remarks.append((place, Remark(sentence: "it stands where a chapter ends: check in which it belongs", isFailure: false)))
            default: continue
            }
        }
        return remarks
    }

    /// Gives each article its number, those the decision names first; the numbers of new articles that stand at a chapter's edge.
    private mutating func number() -> Set<ArticleNumber> {
        var heads: [Piece] = []
        var kept: [(heads: [Piece], piece: Piece)] = []
        var loose: [Int: Piece] = [:]
        for piece in pieces {
            if piece.other != nil { heads.append(piece) }
            guard piece.other == nil, !piece.isStruck else { continue }
            if piece.isLoose, let number = piece.new?.ordinal {
                loose[number] = piece
            } else {
                kept.append((heads, piece))
                heads = []
            }
        }
        var (result, edges): ([Piece], Set<ArticleNumber>) = ([], [])
        var (number, next) = (kept.first?.piece.old?.ordinal ?? 1, 0)
        while next < kept.count || !loose.isEmpty {
            if var piece = loose.removeValue(forKey: number) {
                piece.new = ArticleNumber(number)
                if next < kept.count, !kept[next].heads.isEmpty { edges.insert(ArticleNumber(number)) }
                result.append(piece)
                number += 1
            } else if next < kept.count {
                var (above, piece) = kept[next]
                result += above
                next += 1
                above = []
                // 第十七条之一 follows its article.
                if let suffix = piece.new?.suffix, suffix > 0 {
                    piece.new = ArticleNumber(number - 1, suffix)
                } else {
                    piece.new = ArticleNumber(number)
                    number += 1
                }
                result.append(piece)
            } else if let last = loose.keys.min(), var piece = loose.removeValue(forKey: last) {
                piece.new = ArticleNumber(last)
                result.append(piece)
                number = last + 1
            }
        }
        pieces = result + heads
        return edges
    }

    /// Places in words the decision left alone that name an article by the number it had.
    var crossReferences: [Consolidation.CrossReference] {
        var moved: [ArticleNumber: ArticleNumber] = [:]
        for piece in pieces where piece.other == nil && !piece.isStruck {
            if let old = piece.old, let new = piece.new, old != new { moved[old] = new }
        }
        guard !moved.isEmpty else { return [] }
        var found: [Consolidation.CrossReference] = []
        for piece in pieces where piece.other == nil && !piece.isStruck {
            for paragraph in piece.paragraphs where paragraph.old != nil && !paragraph.isTouched {
                for citation in LawReading.read("第一条 " + paragraph.lines.joined(separator: "\n")).citations where citation.kind == .internal
                {
                    guard let was = citation.reference?.article, let now = moved[was], citation.text.contains("条") else { continue }
                    if citation.text.hasPrefix("本条") || citation.text.hasPrefix("前") { continue }
                    found.append(.init(article: piece.new?.printed ?? "", text: citation.text, was: was.printed, now: now.printed))
                }
            }
        }
        return found
    }

    /// The whole text, an article a line with its paragraphs below.
    var text: String {
        pieces.filter { !$0.isStruck }.map { piece in
            if let other = piece.other { return other }
            let lines = piece.paragraphs.flatMap(\.lines)
            return ([(piece.new?.printed ?? "") + "　" + (lines.first ?? "")] + lines.dropFirst()).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
