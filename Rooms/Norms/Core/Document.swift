import WorkCalendar

/// A text on its way to the public: drafted by a unit, with the elements of its table, in versions that are all kept.
public struct Document: Codable, Equatable, Sendable {
    public let key: String
    public var unit: String
    public var column: String
    public var kind: Content.Kind
    public var language: Language
    public var title: String
    public var documentNumber: String?
    public var indexNumber: String?
    public var issuer: String?
    public var topic: String?
    public var writtenOn: Day?
    public var body: String
    public let drafter: String
    /// Counts the saved changes, from 1.
    public let version: Int
    /// The files that go out with it, in their order.
    public var attachments: [Attachment]

    public init(key: String, drafter: String, fields: Fields, version: Int = 1, attachments: [Attachment] = []) {
        (self.key, self.drafter, self.version, self.attachments) = (key, drafter, version, attachments)
        (unit, column, kind, language) = (fields.unit, fields.column, fields.kind, fields.language)
        (title, documentNumber, indexNumber) = (fields.title, fields.documentNumber, fields.indexNumber)
        (issuer, topic, writtenOn, body) = (fields.issuer, fields.topic, fields.writtenOn, fields.body)
    }

    /// What the desk asks for.
    public struct Fields: Codable, Equatable, Sendable {
        public var unit: String
        public var column = "notices"
        public var kind = Content.Kind.notice
        public var language = Language.zh
        public var title = ""
        public var documentNumber: String?
        public var indexNumber: String?
        public var issuer: String?
        public var topic: String?
        public var writtenOn: Day?
        public var body = ""

        public init(unit: String) { self.unit = unit }

        /// Refuses what can not stand, each field with its sentence.
        public func check() throws(Refusal) {
            var faults: [String: Text] = [:]
            if title.allSatisfy(\.isWhitespace) { faults["title"] = Text("请填写标题。", "Write the title.") }
            if title.utf8.count > 1000 { faults["title"] = Text("标题过长（至多约300字）。", "The title is too long (about 300 characters at most).") }
            if title.turnsDirection {
                faults["title"] = Text("标题含有改变文字方向的控制字符，请去除。", "The title holds marks that turn its direction; remove them.")
            }
            if body.allSatisfy(\.isWhitespace) { faults["body"] = Text("请粘贴正文或者上传文件。", "Paste the text, or upload a file.") }
            if body.utf8.contains(0) {
                faults["body"] = Text("正文含有不可见的空字符，请去除后再提交。", "The text holds NUL characters. Remove them and send again.")
            }
            guard faults.isEmpty else { throw .invalidForm(faults) }
        }
    }

    public var fields: Fields {
        var fields = Fields(unit: unit)
        (fields.column, fields.kind, fields.language, fields.title) = (column, kind, language, title)
        (fields.documentNumber, fields.indexNumber, fields.issuer) = (documentNumber, indexNumber, issuer)
        (fields.topic, fields.writtenOn, fields.body) = (topic, writtenOn, body)
        return fields
    }

    /// All that a reader would see of it, for the scan: the text first, so that its lines count as printed, then the elements.
    public var everything: String { content.everything }

    /// What would be made public of it: its hash is what reviewers sign.
    public var content: Content {
        Content(
            kind: kind,
            language: language,
            title: title,
            documentNumber: documentNumber,
            indexNumber: indexNumber,
            issuer: issuer,
            topic: topic,
            writtenOn: writtenOn,
            unit: unit,
            column: column,
            body: body,
            attachments: attachments
        )
    }
}
