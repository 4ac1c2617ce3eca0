import Core
import Foundation
import Records
import WorkCalendar

/// The tools that assistants call: what each is for, what it takes, and what carries it out.
struct McpTools: Sendable {
    private let law: LawAnswers

    init(_ house: House) { law = LawAnswers(house) }

    /// What every tool takes, each by its name in ``parameters``.
    private static let takes: [(tool: String, title: String, required: [String], optional: [String], description: String)] = [
        (
            "search", "Search 检索", ["question"], ["at", "limit"],
            """
            Search everything the office has made public (laws, normative documents, notices), in Chinese or English. Words are all \
            asked for; "a phrase" stands as it is; a whole question finds the nearest passages; a document number is found in any \
            spelling. Each result is an article or passage with its url and how the document stands in law on that day.
            """
        ),
        (
            "fetch_article", "Fetch an article as of a day 取条文", ["title"], ["article", "at"],
            """
            The text of a law or document in force on a day: one article, or all of a short text and the list of articles of a long \
            one. With its status on that day (inForce, amended, repealed, expired, notYetInForce, noEvidence), the sentences that \
            prove it, the days the text counts, and a later text that is already known.
            """
        ),
        (
            "verify_quotation", "Verify a quotation 核对引文", ["quotation"], ["title", "at"],
            """
            Whether words stand word for word in a text (punctuation and white space aside) in force on a day, and where. Where they \
            do not: the nearest sentences with the differences, and other texts of the same work in which they do stand.
            """
        ),
        (
            "cited_by", "Cited by 被引用", ["title"], ["article", "at", "limit"],
            "The places in texts in force on a day that cite a law or document, or one of its articles, with their words and urls."
        ),
    ]

    /// The parameters of all tools, with what is asked of their values.
    private static let parameters: [String: JSONValue] = [
        "question": ["type": "string", "minLength": 1, "maxLength": 200, "description": "Words, a \"phrase\", a number, or a question."],
        "title": [
            "type": "string", "minLength": 1, "maxLength": 200,
            "description": "Full title, short title (商标法), or document number in any spelling.",
        ],
        "article": ["type": "string", "minLength": 1, "maxLength": 40, "description": "第二十八条, 28, 第二十八条之一, section 5."],
        "quotation": [
            "type": "string", "minLength": 4, "maxLength": .int(Quotation.longest), "description": "The words as they were quoted.",
        ],
        "at": ["type": "string", "format": "date", "description": "The day, YYYY-MM-DD; today by default."],
        "limit": ["type": "integer", "minimum": 1, "maximum": 50, "description": "At most so many; 10 by default."],
    ]

    /// What `tools/list` says of them.
    static let described: [JSONValue] = takes.map { tool in
        [
            "name": .string(tool.tool),
            "title": .string(tool.title),
            "description": .string(tool.description),
            "inputSchema": [
                "type": "object",
                "properties": .object(parameters.filter { (tool.required + tool.optional).contains($0.key) }),
                "required": .array(tool.required.map { .string($0) }),
                "additionalProperties": false,
            ],
            "outputSchema": outputs[tool.tool] ?? ["type": "object"],
            "annotations": ["readOnlyHint": true, "idempotentHint": true, "destructiveHint": false, "openWorldHint": false],
        ]
    }

    private static let outputs: [String: JSONValue] = [
        "search": [
            "type": "object", "required": ["results", "total", "at"],
            "properties": [
                "results": ["type": "array", "items": ["type": "object", "required": ["title", "url", "excerpt", "proof"]]],
                "total": ["type": "integer"], "at": ["type": "string"], "didYouMean": ["type": "string"],
            ],
        ],
        "fetch_article": [
            "type": "object", "required": ["title", "at", "status", "evidence", "articles", "url", "proof"],
            "properties": [
                "title": ["type": "string"], "at": ["type": "string"], "status": ["type": "string"],
                "evidence": ["type": "array", "items": ["type": "object"]],
                "articles": ["type": "array", "items": ["type": "object"]],
                "url": ["type": "string"], "proof": ["type": "object"],
            ],
        ],
        "verify_quotation": [
            "type": "object", "required": ["occurs", "at", "places", "elsewhere"],
            "properties": [
                "occurs": ["type": "boolean"], "at": ["type": "string"],
                "places": ["type": "array", "items": ["type": "object"]],
                "elsewhere": ["type": "array", "items": ["type": "object"]],
                "nearest": ["type": "object"],
            ],
        ],
        "cited_by": [
            "type": "object", "required": ["title", "at", "total", "works", "places"],
            "properties": [
                "title": ["type": "string"], "at": ["type": "string"], "total": ["type": "integer"], "works": ["type": "integer"],
                "places": ["type": "array", "items": ["type": "object"]],
            ],
        ],
    ]

    /// What a tool answers: structured, the same as text, and whether it could not be done.
    func call(_ params: JSONValue) async throws -> JSONValue {
        guard let name = params["name"]?.string, let tool = Self.takes.first(where: { $0.tool == name }) else {
            throw RemoteFault(.params, "There is no tool of that name.")
        }
        let asked = try ToolArguments(params["arguments"] ?? .object([:]), required: tool.required, optional: tool.optional)
        let day = try asked.day("at")
        do {
            switch name {
            case "search": return try Self.answer(try await law.search(try asked.text("question"), at: day, limit: try asked.limit()))
            case "fetch_article":
                return try Self.answer(try await law.article(try asked.filled("article"), of: try asked.text("title"), at: day))
            case "verify_quotation":
                let quotation = try asked.text("quotation", longest: Quotation.longest)
                return try Self.answer(try await law.verify(quotation, title: try asked.filled("title"), at: day))
            default:
                let (title, article) = (try asked.text("title"), try asked.filled("article"))
                return try Self.answer(try await law.citing(title, article: article, at: day, limit: try asked.limit()))
            }
        } catch let refusal as ToolRefusal {
            return try Self.answer(refusal, isError: true)
        } catch let refusal as Refusal {
            return try Self.answer(ToolRefusal(refusal.text.en), isError: true)
        }
    }

    private static func answer(_ value: some Encodable, isError: Bool = false) throws -> JSONValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        return [
            "content": [["type": "text", "text": .string(String(decoding: data, as: UTF8.self))]],
            "structuredContent": try JSONDecoder().decode(JSONValue.self, from: data),
            "isError": .bool(isError),
        ]
    }
}

/// Why a tool could not do what it was asked, and what may have been meant.
struct ToolRefusal: Error, Encodable {
    struct Candidate: Encodable {
        let title: String
        let issuer, issued, documentNumber: String?
    }

    let error: String
    let candidates: [Candidate]

    init(_ error: String, _ candidates: [Candidate] = []) { (self.error, self.candidates) = (error, candidates) }
}

/// The parameters of one call, read one by one; what can not be read is a fault with the parameter's name in it.
struct ToolArguments {
    private let values: [String: JSONValue]

    init(_ arguments: JSONValue, required: [String], optional: [String]) throws(RemoteFault) {
        guard case .object(let values) = arguments else { throw RemoteFault(.params, "arguments is an object.") }
        for name in values.keys.sorted() where !(required + optional).contains(name) {
            throw RemoteFault(.params, "There is no parameter \(name.prefix(40)).")
        }
        for name in required where values[name] == nil { throw RemoteFault(.params, "\(name) is missing.") }
        self.values = values.filter { $0.value != .null }
    }

    func text(_ name: String, longest: Int = 200) throws(RemoteFault) -> String {
        guard let text = try filled(name, longest: longest) else { throw RemoteFault(.params, "\(name) is missing.") }
        return text
    }

    func filled(_ name: String, longest: Int = 200) throws(RemoteFault) -> String? {
        guard let value = values[name] else { return nil }
        guard let text = value.string.map(Asking.plain), !text.isEmpty else { throw RemoteFault(.params, "\(name) is a text, not empty.") }
        guard text.unicodeScalars.count <= longest else { throw RemoteFault(.params, "\(name) has at most \(longest) characters.") }
        return text
    }

    func day(_ name: String) throws(RemoteFault) -> Day? {
        guard let text = try filled(name) else { return nil }
        guard let day = Day(text) else { throw RemoteFault(.params, "\(name) is a day of the form 2022-05-26.") }
        return day
    }

    func limit() throws(RemoteFault) -> Int {
        guard let value = values["limit"] else { return 10 }
        let limit: Int
        switch value {
        case .int(let int): limit = int
        case .number(let number) where number == number.rounded() && abs(number) < 1e6: limit = Int(number)
        default: throw RemoteFault(.params, "limit is a whole number.")
        }
        guard (1...50).contains(limit) else { throw RemoteFault(.params, "limit is 1 to 50.") }
        return limit
    }

    private enum Asking {
        /// Control characters are blanks: no store takes them.
        static func plain(_ text: String) -> String {
            let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control && $0 != "\n" ? " " : $0 }
            return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
