/// What a deciding text orders to be changed in another, instruction by instruction: 将第一条修改为：“…”.
public struct AmendingDecision: Sendable {
    /// One order; those that can not be read say so and change nothing.
    public enum Order: Hashable, Sendable {
        case replace(Place, text: [String])
        case insertArticle(as: ArticleNumber, after: ArticleNumber?, text: [String])
        /// New paragraphs (款) of an article, from a number on.
        case insertParagraphs(ArticleNumber, at: Int, text: [String])
        case insertItem(ArticleNumber, paragraph: Int?, at: Int, text: [String])
        case strike(Place)
        /// 将“A”修改为“B”; where no place is given, in the whole text.
        case replaceWords([Place], String, by: String)
        case strikeWords([Place], String)
        case addWords([Place], String, isAfter: Bool, added: String)
        case renumber(ArticleNumber, as: ArticleNumber)
        case merge([Place], as: ArticleNumber?, text: [String])
        /// 将第三十七条第一款改为第四十三条: a paragraph becomes an article.
        case moveParagraph(Place, as: ArticleNumber)
        /// 条文顺序作相应调整.
        case putInOrder
        case unread(String)
    }

    /// A place in the text as it stood before: an article, and perhaps a paragraph and an item of it.
    public struct Place: Hashable, Sendable {
        public var article: ArticleNumber
        public var paragraph: Int?
        public var item: Int?

        public init(_ article: ArticleNumber, paragraph: Int? = nil, item: Int? = nil) {
            (self.article, self.paragraph, self.item) = (article, paragraph, item)
        }

        /// 第二条第一款第三项
        public var printed: String {
            article.printed + (paragraph.map { "第\(ChineseNumeral.text(of: $0))款" } ?? "")
                + (item.map { "第\(ChineseNumeral.text(of: $0))项" } ?? "")
        }
    }

    public struct Instruction: Hashable, Sendable {
        /// The number it stands under: 一, 条目三; empty where none.
        public let number: String
        /// As printed, new wording shortened.
        public let text: String
        public let order: Order
    }

    public let instructions: [Instruction]

    /// Reads a deciding text. What orders nothing (who decided, when it commences) is left out.
    public init(_ text: String) {
        var instructions: [Instruction] = []
        for block in DecisionBlock.read(text) {
            var reader = OrderReader(block)
            instructions += reader.read()
        }
        self.instructions = instructions
    }
}

/// One numbered part of a decision: its words with each quotation taken out and numbered.
struct DecisionBlock {
    var number = ""
    /// The words; a quotation stands in them as `\u{1}3\u{2}`.
    var words = ""
    /// The quotations, paragraph by paragraph.
    var quotes: [[String]] = []

    static func read(_ text: String) -> [DecisionBlock] {
        var blocks: [DecisionBlock] = []
        var current = DecisionBlock()
        let lines = text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        var index = 0
        while index < lines.count {
            var line = lines[index]
            if let (number, rest) = mark(line) {
                if !current.words.isEmpty { blocks.append(current) }
                current = DecisionBlock()
                (current.number, line) = (number, rest)
            }
            index = current.take(line, lines, index)
            current.words += "\n"
        }
        if !current.words.isEmpty { blocks.append(current) }
        return blocks
    }

    /// 一、 or 条目三 or （一） at the start of a line, and what follows.
    private static func mark(_ line: String) -> (String, String)? {
        let all = Array(line.utf8)
        return all.withUnsafeBufferPointer { bytes in
            var at = bytes.past("条目", 0) ?? 0
            let isEntry = at > 0
            let open = bytes.pastOne(["（", "("], at)
            at = open ?? at
            guard let (_, end) = bytes.numeral(at) ?? (isEntry || open != nil ? bytes.number(at) : nil) else { return nil }
            var rest = end
            if open != nil {
                guard let close = bytes.pastOne(["）", ")"], end) else { return nil }
                rest = close
            } else if !isEntry {
                guard let after = bytes.pastOne(["、", "．"], end) else { return nil }
                rest = after
            }
            return (
                bytes.string(0..<end).replacing("（", with: "").replacing("(", with: ""), bytes.string(bytes.pastBlanks(rest)..<bytes.count)
            )
        }
    }

    /// Takes a line, and the lines that its quotations run over; gives the index of the next.
    private mutating func take(_ first: String, _ lines: [String], _ start: Int) -> Int {
        var index = start
        var rest = Substring(first)
        while let open = rest.firstIndex(where: Self.opens) {
            words += rest[..<open]
            let sign = rest[open]
            rest = rest[rest.index(after: open)...]
            var paragraphs: [String] = []
            while true {
                if let close = Self.closing(rest, sign) {
                    paragraphs.append(String(rest[..<close]))
                    rest = rest[rest.index(after: close)...]
                    break
                }
                paragraphs.append(String(rest))
                index += 1
                guard index < lines.count else {
                    rest = ""
                    break
                }
                rest = Substring(lines[index])
                if let again = rest.first, Self.opens(again) { rest = rest.dropFirst() }
            }
            words += "\u{1}\(quotes.count)\u{2}"
            quotes.append(paragraphs.map(\.trimmed).filter { !$0.isEmpty })
        }
        words += rest
        return index + 1
    }

    private static func opens(_ sign: Character) -> Bool { sign == "“" || sign == "\"" || sign == "「" || sign == "＂" }

    /// Where the quotation ends on this line; quotations within it count.
    private static func closing(_ rest: Substring, _ sign: Character) -> String.Index? {
        if sign == "\"" || sign == "＂" { return rest.firstIndex(of: sign) }
        let close: Character = sign == "「" ? "」" : "”"
        var depth = 1
        var at = rest.startIndex
        while at < rest.endIndex {
            if rest[at] == sign { depth += 1 }
            if rest[at] == close {
                depth -= 1
                if depth == 0 { return at }
            }
            at = rest.index(after: at)
        }
        return nil
    }
}

extension String {
    /// Without blanks of any width around it.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(self[first...last])
    }
}
