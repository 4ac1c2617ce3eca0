import WorkCalendar

/// A document as read from pasted or extracted text: what it says about itself, its structure, and what was left out.
public struct DocumentText: Equatable, Sendable {
    public enum Language: String, Equatable, Sendable { case zh, en }

    /// A value and where it was read, so that a page can show it "as read".
    public struct Field<Value: Equatable & Sendable>: Equatable, Sendable {
        public let value: Value
        /// Line of the text read, from 1.
        public let line: Int
        /// As it stood there.
        public let printed: String
    }

    public let language: Language
    public let title: Field<String>?
    public let documentNumber: Field<DocumentNumber>?
    public let issuer: Field<String>?
    /// The date of the signature (成文日期).
    public let written: Field<WrittenDate>?
    public let addressees: Field<[String]>?
    /// Only where the page states it ("Release Time: 2022-05-30").
    public let published: Field<WrittenDate>?
    /// Every paragraph that is no furniture, in order, each once.
    public let blocks: [Block]
    public let furniture: [Furniture]

    /// Reads any text; what has no recognisable place stays a paragraph. Never refuses.
    public static func read(_ source: String) -> DocumentText {
        let lines = Line.joined(Line.all(of: source))
        let left = Furniture.find(in: lines)
        let kept = lines.indices.filter { left[$0] == nil }.map { lines[$0] }
        var face = Face(kept)
        let language = language(of: kept)
        let title = face.takeTitle()
        let number = face.takeNumber()
        let addressees = face.takeAddressees()
        let signature = face.takeSignature()
        return DocumentText(
            language: language,
            title: title,
            documentNumber: number,
            issuer: signature.issuer ?? title.flatMap { face.issuer(in: $0) },
            written: signature.written,
            addressees: addressees,
            published: published(lines, left),
            blocks: Structure.blocks(of: kept, roles: face.roles, language: language),
            furniture: Furniture.listed(left, lines)
        )
    }

    private static func published(_ lines: [Line], _ left: [Int: Furniture.Reason]) -> Field<WrittenDate>? {
        for index in lines.indices where left[index] == .dateline {
            let line = lines[index]
            let value = line.text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? line.text
            let zhValue = line.text.split(separator: "：", maxSplits: 1).last.map(String.init) ?? line.text
            for printed in [line.text, value, zhValue] {
                if let date = WrittenDate(printed) { return Field(value: date, line: line.number, printed: printed) }
            }
        }
        return nil
    }

    /// Chinese where a seventh of the letters are: Chinese texts quote English, English ones hardly Chinese.
    private static func language(of lines: [Line]) -> Language {
        var (han, latin) = (0, 0)
        for line in lines {
            for byte in line.bytes {
                if byte >= 0xE4 && byte <= 0xE9 { han += 1 } else if isLatin(byte) { latin += 1 }
            }
        }
        return han * 7 > han + latin ? .zh : .en
    }
}
