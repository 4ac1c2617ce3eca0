/// The elements of a service guide and of a power, beside name, unit and basis: a row each, with the article that asks for it.
public enum MatterField: String, Codable, CaseIterable, Sendable {
    case conditions
    case materials
    case process
    case limit
    case fee
    case place
    case way
    case contact
    case body
    case responsibilities
    case accountability
    case supervision

    public struct Row: Sendable {
        public let field: MatterField
        public let sort: Matter.Sort
        public let text: Text
        public let law: Law

        init(_ field: MatterField, _ sort: Matter.Sort, _ zh: String, _ en: String, _ law: Law) {
            (self.field, self.sort, self.text, self.law) = (field, sort, Text(zh, en), law)
        }
    }

    // The columns are the point.
    // swift-format-ignore
    public static let rows: [Row] = [
        .init(.conditions,       .guide, "申请条件", "Conditions",            .onlineServices(6)),
        .init(.materials,        .guide, "办理材料", "Documents to submit",   .onlineServices(6)),
        .init(.process,          .guide, "办理流程", "Procedure",             .onlineServices(6)),
        .init(.limit,            .guide, "办理时限", "Time limit",            .businessEnvironment(36)),
        .init(.fee,              .guide, "收费",     "Fees",                  .openness(20)),
        .init(.place,            .guide, "办理地点", "Place",                 .openness(20)),
        .init(.way,              .guide, "办理方式", "Ways to apply",         .businessEnvironment(36)),
        .init(.contact,          .guide, "咨询监督", "Enquiries, complaints", .openness(20)),
        .init(.body,             .power, "行使主体", "Exercised by",          .openness(20)),
        .init(.responsibilities, .power, "责任事项", "Responsibilities",      .openness(20)),
        .init(.accountability,   .power, "追责情形", "Accountability",        .openness(20)),
        .init(.supervision,      .power, "监督方式", "Supervision",           .openness(51)),
    ]

    public static func of(_ sort: Matter.Sort) -> [MatterField] { rows.filter { $0.sort == sort }.map(\.field) }

    public var row: Row { Self.rows[Self.allCases.firstIndex(of: self) ?? 0] }
    public var text: Text { row.text }
}

extension MatterText {
    /// Refuses what can not be signed: an element that is missing, a type that is, or no basis that may establish it.
    public func check(as sort: Matter.Sort) throws(Refusal) {
        var faults = missing(as: sort)
        if faults["bases"] == nil, let fault = levelFault { faults["bases"] = fault }
        guard faults.isEmpty else { throw .invalidForm(faults) }
    }

    /// What is missing, each with its sentence and its article.
    public func missing(as sort: Matter.Sort) -> [String: Text] {
        var faults: [String: Text] = [:]
        if name.allSatisfy(\.isWhitespace) { faults["name"] = Text("请填写事项名称。", "Write the matter's name.") }
        if sort == .power, type == nil { faults["type"] = Text("请选择职权类型（十类之一）。", "Choose one of the ten types.") }
        for row in MatterField.rows where row.sort == sort && self[row.field].allSatisfy(\.isWhitespace) {
            let law = row.law.citation
            faults[row.field.rawValue] = Text("请填写“\(row.text.zh)”（\(law.zh)）。", "Fill in “\(row.text.en)” (\(law.en)).")
        }
        if bases.isEmpty {
            let law = (type.map(\.rule.basis) ?? .businessEnvironment(35)).citation
            faults["bases"] = Text("请选择设定依据（\(law.zh)）。", "Choose the basis (\(law.en)).")
        }
        return faults
    }

    /// Why none of the bases may establish a power of this type; nil where one may.
    private var levelFault: Text? {
        guard let rule = type?.rule, !rule.kinds.isEmpty, !bases.contains(where: { rule.kinds.contains($0.kind) }) else { return nil }
        let kinds = Content.Kind.allCases.filter(rule.kinds.contains)
        return Text(
            "\(rule.type.text.zh)应由\(kinds.map(\.text.zh).joined(separator: "、"))设定，所选依据均不是（\(rule.level.citation.zh)）。",
            "\(rule.type.text.en) is established by: \(kinds.map { $0.text.en.lowercased() }.joined(separator: ", ")); none of the bases is (\(rule.level.citation.en))."
        )
    }
}
