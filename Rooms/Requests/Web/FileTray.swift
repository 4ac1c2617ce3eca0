import Core
import Extract
import Records

/// Files that came with a form: checked, read in a subprocess with limits, and kept in the basket that the form carries.
struct FileTray: Sendable {
    let house: House

    /// The form's fields of files, and what each is for.
    static let filing: [(field: String, purpose: Enclosure.Purpose)] = [("identityFile", .identity), ("supportFile", .support)]
    static let correcting: [(field: String, purpose: Enclosure.Purpose)] = [("correctionFile", .correction)]

    /// Puts the files of a form into its basket. A file that is refused is named; those that are good are kept all the same.
    /// - Returns: what is wrong with the others, by field.
    func take(_ form: inout Form, _ fields: [(field: String, purpose: Enclosure.Purpose)], by actor: Actor) async throws -> [String: Text] {
        var basket = form.filled("basket").flatMap { $0.utf8.count == 64 ? $0 : nil }
        if let basket { try await house.requests.drop(form.fields["drop"] ?? [], from: basket) }
        form.fields["drop"] = nil
        var faults: [String: Text] = [:]
        // Before any of them is opened: what is too much costs nothing.
        let count = fields.reduce(0) { $0 + (form.uploads[$1.field]?.count ?? 0) }
        guard count <= Enclosure.mostFiles else {
            form.fields["basket"] = basket.map { [$0] }
            return [fields[0].field: Text("附件至多\(Enclosure.mostFiles)个。", "At most \(Enclosure.mostFiles) files.")]
        }
        for (field, purpose) in fields {
            for file in form.uploads[field] ?? [] {
                let name = basket ?? house.requests.basketName()
                let already = basket == nil ? [] : try await house.requests.attachments(in: name)
                do {
                    let sent = try await read(file, for: purpose, field: field, after: already, by: actor)
                    try await house.requests.keep([sent], in: name)
                    basket = name
                } catch let refusal as Refusal where !refusal.isQuarantine { faults[field] = faults[field] ?? refusal.text }
            }
        }
        form.fields["basket"] = basket.map { [$0] }
        return faults
    }

    func read(
        _ file: Form.File,
        for purpose: Enclosure.Purpose,
        field: String,
        after already: [Enclosure],
        by actor: Actor
    ) async throws -> DisclosureRequests.Sent {
        let (name, kind) = try Enclosure.check(file.name, file.bytes, after: already, field: field)
        let parts: [Part]
        do {
            parts = try await Extract.everything(in: file.bytes, name: name, effort: .init(recognises: false, seconds: 20, pictures: 0))
        } catch {
            // A picture, or a scan without text, is taken as it is: a person looks at it.
            guard error == .empty else { throw Refusal.invalid(field, "“\(name)”：\(error.zh)", "“\(name)”: \(error.en)") }
            return .init(name: name, kind: kind, purpose: purpose, bytes: file.bytes, unread: "")
        }
        guard !parts.contains(where: { $0.kind == .script }) else {
            throw Refusal.invalid(field, "“\(name)”含有宏或者脚本，请另存为不含宏的文件。", "“\(name)” holds macros or scripts; save it without them.")
        }
        try await house.incidents.refuseMarked(parts.map(\.text), unit: People.office, by: actor)
        let unread = parts.filter { $0.kind == .unread }.map { "\($0.file) \($0.place) \($0.text)" }.joined(separator: "; ")
        return .init(name: name, kind: kind, purpose: purpose, bytes: file.bytes, unread: String(unread.prefix(500)))
    }

    /// The tray of a form that is shown, with what its basket holds.
    func view(
        _ form: Form?,
        _ fields: [(field: String, purpose: Enclosure.Purpose)],
        faults: [String: Text] = [:],
        in language: Language
    ) async throws -> FileTrayView {
        let basket = form?.filled("basket")
        let kept = if let basket { try await house.requests.attachments(in: basket) } else { [Enclosure]() }
        return FileTrayView(fields, basket: basket ?? "", kept: kept, faults: faults, in: language)
    }
}

/// The part of a form that takes files, and shows those it holds already.
struct FileTrayView {
    let basket: String
    let inputs: [Input]
    let kept: [EnclosureLine]
    let hasKept: Bool

    struct Input {
        let name, label, hint, fault: String
        let hasFault: Bool
    }

    init(
        _ fields: [(field: String, purpose: Enclosure.Purpose)],
        basket: String,
        kept: [Enclosure],
        faults: [String: Text],
        in language: Language
    ) {
        let hint = Text(
            "可选；PDF、DOCX、XLSX、ODT、PNG、JPEG或者文本，每个至多\(Enclosure.mostBytes >> 20) MB，共至多\(Enclosure.mostFiles)个",
            "Optional; PDF, DOCX, XLSX, ODT, PNG, JPEG or text, each up to \(Enclosure.mostBytes >> 20) MB, at most \(Enclosure.mostFiles) files"
        )
        inputs = fields.map { field, purpose in
            Input(
                name: field,
                label: purpose.text.in(language),
                hint: hint.in(language),
                fault: faults[field]?.in(language) ?? "",
                hasFault: faults[field] != nil
            )
        }
        (self.basket, self.kept, hasKept) = (basket, kept.map { EnclosureLine($0, base: "", in: language) }, !kept.isEmpty)
    }
}

/// One file in a list.
struct EnclosureLine {
    let key, name, purpose, size, at, unread, href: String
    let hasUnread: Bool

    /// - Parameter base: the address of the request's page; the file lies below it.
    init(_ attachment: Enclosure, base: String, in language: Language) {
        (key, name, purpose) = (attachment.key, attachment.name, attachment.purpose.text.in(language))
        size = attachment.size < 1 << 20 ? "\(max(1, attachment.size >> 10)) KB" : "\(attachment.size >> 20) MB"
        (at, unread, hasUnread) = (attachment.at.beijingMinute, attachment.unread, !attachment.unread.isEmpty)
        href = "\(base)/files/\(attachment.key)"
    }
}

/// The form of a filing: its fields and its tray.
struct FilingView {
    let fields: [FieldView]
    let tray: FileTrayView
    let action, fault: String
    let hasFault: Bool

    init(_ fields: [FieldView], _ tray: FileTrayView, to action: String, fault: Refusal?, in language: Language) {
        (self.fields, self.tray, self.action) = (fields, tray, action)
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
    }
}
