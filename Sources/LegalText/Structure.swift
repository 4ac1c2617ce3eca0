/// Turns the lines of a document into blocks: what is a heading, a clause, an item, and where each is addressed.
struct Structure {
    private let language: DocumentText.Language
    private var blocks: [Block] = []
    private var anchors = Anchors()
    /// The article or clause that items stand under.
    private var article: String?
    private var clause: String?
    private var hasHeading = false
    private var paragraphs = 0
    /// Paragraphs (款) of the open article so far.
    private var limbs = 0

    /// One block a line, in order. `roles` says what the face of the document has taken already.
    static func blocks(of lines: [Line], roles: [Int: Block.Kind], language: DocumentText.Language) -> [Block] {
        var structure = Structure(language: language)
        for (index, line) in lines.enumerated() {
            if let kind = roles[index] {
                structure.add(kind, line, nil, anchor: structure.faceAnchor(kind))
            } else if let mark = line.mark {
                structure.take(mark, line)
            } else if structure.isIssuedTitle(index, lines, roles) {
                structure.add(.title, line, nil, anchor: "title")
            } else {
                structure.takeParagraph(line)
            }
        }
        return structure.blocks
    }

    private init(language: DocumentText.Language) {
        self.language = language
    }

    private mutating func take(_ mark: Mark, _ line: Line) {
        switch mark.kind {
        case .part: head(.part, mark, line)
        case .chapter: head(.chapter, mark, line)
        case .section: head(.section, mark, line)
        case .article:
            article = mark.anchor
            clause = nil
            limbs = 1
            add(.article, line, mark, anchor: mark.anchor)
        case .heading: takeTopLevel(mark, line)
        case .dotted:
            // English numbers its headings `1.`; in Chinese 1. stands below （一） or 一、.
            if article == nil, clause == nil, language == .en || !hasHeading {
                takeTopLevel(mark, line)
            } else if language == .en, article == nil, !line.endsSentence {
                takeTopLevel(mark, line)
            } else {
                let above = clause ?? article ?? "s"
                add(.subitem, line, mark, anchor: "\(above)-\(mark.ordinal)")
            }
        case .bracketed:
            if let article {
                clause = "\(article)-item-\(mark.ordinal)"
                add(.item, line, mark, anchor: "\(article)-item-\(mark.ordinal)")
            } else {
                clause = mark.anchor
                add(isSaid(line) ? .clause : .heading(level: 2), line, mark, anchor: mark.anchor)
            }
        }
    }

    private mutating func head(_ kind: Block.Kind, _ mark: Mark, _ line: Line) {
        // 第三章规定的… at the start of a sentence is a citation.
        guard !line.endsSentence, line.bytes.count <= 300 else { return takeParagraph(line) }
        (article, clause) = (nil, nil)
        add(kind, line, mark, anchor: mark.anchor)
    }

    private mutating func takeTopLevel(_ mark: Mark, _ line: Line) {
        (article, clause) = (nil, nil)
        hasHeading = true
        add(isSaid(line) ? .clause : .heading(level: 1), line, mark, anchor: "s-\(mark.ordinal)")
    }

    /// A numbered line that says something, where a head line only names.
    private func isSaid(_ line: Line) -> Bool {
        line.endsSentence || line.text.hasSuffix("）") || line.text.hasSuffix(")") || line.bytes.count > 300
    }

    private mutating func takeParagraph(_ line: Line) {
        if let article {
            limbs += 1
            add(.paragraph, line, nil, anchor: "\(article)-p-\(limbs)")
        } else {
            paragraphs += 1
            add(.paragraph, line, nil, anchor: "p-\(paragraphs)")
        }
    }

    /// The title of the text that a notice issues: a short line below the signature, with the text below it.
    private func isIssuedTitle(_ index: Int, _ lines: [Line], _ roles: [Int: Block.Kind]) -> Bool {
        guard index > 0, roles[index - 1] == .date, index + 1 < lines.count else { return false }
        return !lines[index].endsSentence && lines[index].bytes.count <= 300
    }

    private func faceAnchor(_ kind: Block.Kind) -> String {
        switch kind {
        case .title: "title"
        case .documentNumber: "number"
        case .addressees: "to"
        case .signature: "signature"
        default: "date"
        }
    }

    private mutating func add(_ kind: Block.Kind, _ line: Line, _ mark: Mark?, anchor: String) {
        blocks.append(
            Block(
                kind: kind,
                number: mark.map { trimmed(line.bytes, 0..<$0.end) },
                ordinal: mark?.ordinal,
                suffix: mark?.suffix,
                anchor: anchors.claim(anchor),
                text: mark.map { trimmed(line.bytes, $0.end..<line.bytes.count) } ?? line.text,
                lines: line.number...line.lastNumber
            )
        )
    }
}
