import Core
import HTTPTypes

/// One of the values that a field offers.
struct Choice {
    let value, label: String
    let selected: Bool
}

/// A form that is all a page holds: its fields, where it goes, and why it came back.
struct FormView {
    let fields: [FieldView]
    let action, fault: String
    let hasFault: Bool

    init(_ fields: [FieldView], to action: String, fault: Refusal?, in language: Language) {
        (self.fields, self.action) = (fields, action)
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
    }
}

/// A sentence of law or reckoning with its day and its article.
struct Cited {
    let day, text, article: String
}

/// One field of a form: its label, what was typed, and what is wrong with it, beside it.
struct FieldView {
    let id, name, label, hint, value, fault, type: String
    let isArea, isSelect, isLine, hasHint, hasFault, isRequired: Bool
    let rows: Int
    let choices: [Choice]

    enum Kind {
        case line
        case day
        /// A password: never shown again.
        case secret
        case area(Int)
        /// Values with their labels; the first one is chosen where nothing was typed.
        case choice([(value: String, label: Text)])

        var isSecret: Bool {
            if case .secret = self { true } else { false }
        }
    }

    /// - Parameters:
    ///   - form: tells apart the same field of two forms on one page.
    ///   - typed: what was sent; nil shows `value`.
    init(
        _ name: String,
        _ label: Text,
        _ kind: Kind = .line,
        hint: Text? = nil,
        value: String = "",
        typed: Form? = nil,
        fault: Text? = nil,
        form: String = "f",
        isRequired: Bool = true,
        in language: Language
    ) {
        let current = kind.isSecret ? "" : typed?.fields[name]?.first ?? value
        (id, self.name, self.label) = ("\(form)-\(name)", name, label.in(language))
        (self.value, self.fault, self.isRequired) = (current, fault?.in(language) ?? "", isRequired)
        var (isArea, isSelect, rows, type): (Bool, Bool, Int, String) = (false, false, 0, "text")
        var (choices, hint): ([Choice], Text?) = ([], hint)
        switch kind {
        case .line: break
        case .secret: type = "password"
        case .day:
            type = "date"
            if hint == nil { hint = Text("形如 2022-05-26", "Such as 2022-05-26") }
        case .area(let count): (isArea, rows) = (true, count)
        case .choice(let all):
            isSelect = true
            choices = all.map { .init(value: $0.value, label: $0.label.in(language), selected: $0.value == current) }
        }
        (self.isArea, self.isSelect, self.rows, self.type, self.choices) = (isArea, isSelect, rows, type, choices)
        (isLine, hasFault) = (!isArea && !isSelect, fault != nil)
        (self.hint, hasHint) = (hint?.in(language) ?? "", hint != nil)
    }
}

extension Refusal {
    /// The sentence for each field of a form.
    var faults: [String: Text] {
        switch self {
        case .invalid(let field, let because): [field: because]
        case .invalidForm(let faults): faults
        default: [:]
        }
    }

    /// Whether the page with the form is shown again, with what was typed.
    var keepsTheForm: Bool { [.unprocessableContent, .conflict, .forbidden].contains(status) && !isQuarantine }
}
