/// What a document says about itself: title, number, addressees, signature, date. Each line is taken for one thing.
struct Face {
    private let lines: [Line]
    /// What lines of the document were taken for, by place.
    private(set) var roles: [Int: Block.Kind] = [:]
    /// The first line with structure: the face stands above it.
    private let limit: Int

    init(_ lines: [Line]) {
        self.lines = lines
        self.limit = lines.firstIndex { $0.mark != nil } ?? min(lines.count, 40)
    }

    /// The first short line that is no sentence, number or date, preferring one that names a kind of document; a
    /// Chinese title broken in two lines is joined.
    mutating func takeTitle() -> DocumentText.Field<String>? {
        let candidates = (0..<min(limit, 15)).filter { isTitleLike(lines[$0]) }
        let named = candidates.first { names(lines[$0], Self.kinds) }
        guard let index = named ?? candidates.first else { return nil }
        roles[index] = .title
        var title = lines[index].text
        let next = index + 1
        if next < limit, !ends(lines[index], Self.kinds), isTitleLike(lines[next]), ends(lines[next], Self.kinds),
            lines[index].bytes[0] >= 0xE4
        {
            title += lines[next].text
            roles[next] = .title
        }
        return .init(value: title, line: lines[index].number, printed: lines[index].text)
    }

    /// A line that is a document number and nothing else, or follows the label 文号.
    mutating func takeNumber() -> DocumentText.Field<DocumentNumber>? {
        for index in 0..<min(lines.count, max(limit, 15)) where roles[index] == nil && lines[index].bytes.count <= 200 {
            let text = lines[index].text
            let label = Self.numberLabels.first { lines[index].opens(with: $0) }
            let bare = label.map { String(text.dropFirst($0.count).drop { "：: 　".contains($0) }) } ?? text
            let unbracketed = bare.hasPrefix("（") && bare.hasSuffix("）") ? String(bare.dropFirst().dropLast()) : bare
            if let number = DocumentNumber(bare) ?? DocumentNumber(unbracketed) {
                roles[index] = .documentNumber
                return .init(value: number, line: lines[index].number, printed: text)
            }
        }
        return nil
    }

    /// The first line above the body that ends in a colon: 各司（部），…：
    mutating func takeAddressees() -> DocumentText.Field<[String]>? {
        for index in 0..<min(limit, 20) where roles[index] == nil && lines[index].bytes.count <= 900 {
            let text = lines[index].text
            guard text.hasSuffix("：") || text.hasSuffix(":"), !text.contains("。") else { continue }
            roles[index] = .addressees
            let names = text.dropLast().split { ",，、;；".contains($0) }.map { name in
                let name = trimmed(Array(name.utf8), 0..<name.utf8.count)
                return name.hasPrefix("and ") ? String(name.dropFirst(4)) : name
            }
            return .init(value: names.filter { !$0.isEmpty }, line: lines[index].number, printed: text)
        }
        return nil
    }

    /// The last line that is a date, and the short line above it that signs.
    mutating func takeSignature() -> (issuer: DocumentText.Field<String>?, written: DocumentText.Field<WrittenDate>?) {
        let place = lines.indices.last { roles[$0] == nil && WrittenDate(lines[$0].text) != nil }
        guard let place, let date = WrittenDate(lines[place].text) else { return (nil, nil) }
        roles[place] = .date
        let written = DocumentText.Field(value: date, line: lines[place].number, printed: lines[place].text)
        guard place > 0, roles[place - 1] == nil, lines[place - 1].mark == nil, isTitleLike(lines[place - 1]),
            lines[place - 1].bytes.count <= 120
        else { return (nil, written) }
        roles[place - 1] = .signature
        let signed = lines[place - 1]
        return (.init(value: signed.text, line: signed.number, printed: signed.text), written)
    }

    /// Who speaks in a title: 国家知识产权局办公室关于…, "Notice from the Office of … on Issuing …".
    func issuer(in title: DocumentText.Field<String>) -> DocumentText.Field<String>? {
        let text = title.value
        if let about = text.firstRange(of: "关于"), about.lowerBound > text.startIndex {
            return .init(value: String(text[..<about.lowerBound]), line: title.line, printed: title.printed)
        }
        for from in [" from the ", " of the ", " by the "] {
            guard let start = text.firstRange(of: from) else { continue }
            guard let end = text[start.upperBound...].firstRange(of: " on ") else { continue }
            let name = String(text[start.upperBound..<end.lowerBound])
            return .init(value: name, line: title.line, printed: title.printed)
        }
        return nil
    }

    private func isTitleLike(_ line: Line) -> Bool {
        line.bytes.count <= 400 && !line.endsSentence && line.mark == nil && !":：，,、".contains(line.text.last ?? ":")
            && WrittenDate(line.text) == nil && DocumentNumber(line.text) == nil && !line.text.hasSuffix("文件")
    }

    private func names(_ line: Line, _ words: [String]) -> Bool {
        words.contains { line.holds($0) }
    }

    private func ends(_ line: Line, _ words: [String]) -> Bool {
        words.contains { line.text.hasSuffix($0) } || line.text.hasSuffix("）")
    }

    private static let numberLabels = ["发文字号", "文号", "document no", "document number"]

    /// What documents are called, in small letters.
    private static let kinds = [
        "通知", "意见", "办法", "条例", "规定", "决定", "公告", "通告", "要点", "细则", "方案", "批复", "函", "命令", "规则", "章程", "解释",
        "notice", "opinions", "measures", "regulations", "provisions", "decision", "announcement", "key points",
        "rules", "reply", "order", "plan",
    ]
}
