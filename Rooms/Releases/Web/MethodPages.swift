import Core
import Hummingbird
import Records

/// The desk's page of the questions on how to disclose: printable, each answer with its article.
struct MethodPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key/method") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/reviews/:key/method", use: choose)
        }
    }

    private struct View {
        let title, back, action, fault, method: String
        let hasFault, hasMethod, isOpen, hasChoice, mayChoose: Bool
        let fields: [FieldView]
        let path: [Cited]
        let duties: [Cited]
        let open: String
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let (review, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let choice = try await house.releases.choice(for: review.key)
        let words = [(value: "", label: Text("—", "—")), (value: "yes", label: Text("是", "Yes")), (value: "no", label: Text("否", "No"))]
        let fields = MethodQuestions.rows.map { row in
            let choices = row.unsure == nil ? words : words + [(value: "unsure", label: Text("不能确定", "Can not tell"))]
            let label = Text("\(row.text.zh)（\(row.law.citation.zh)）", "\(row.text.en) (\(row.law.citation.en))")
            return FieldView(
                row.question.rawValue,
                label,
                .choice(choices),
                value: choice?.answers[row.question]?.rawValue ?? "",
                typed: fault == nil ? nil : visit.form,
                fault: fault?.faults[row.question.rawValue],
                isRequired: false,
                in: language
            )
        }
        let outcome = choice?.outcome
        let openRow = outcome?.open.flatMap { open in MethodQuestions.rows.first { $0.question == open } }
        let it = View(
            title: document.title,
            back: "/\(language.rawValue)/office/reviews/\(review.key)",
            action: "/\(language.rawValue)/office/reviews/\(review.key)/method",
            fault: fault?.text.in(language) ?? "",
            method: outcome?.method?.text.in(language) ?? "",
            hasFault: fault != nil,
            hasMethod: outcome?.method != nil,
            isOpen: openRow != nil,
            hasChoice: choice != nil,
            mayChoose: [.atUnit, .atConfidentiality, .atLeader].contains(review.state)
                && !actor.roles.isDisjoint(with: [.confidentialityReviewer, .leader, .unitHead]),
            fields: fields,
            path: (outcome?.path ?? []).map { step in
                let answer = fieldsWord(step.answer, language)
                return .init(day: answer, text: language == .zh ? step.zh : step.en, article: step.article)
            },
            duties: (outcome?.duties ?? []).map { .init(day: "", text: language == .zh ? $0.zh : $0.en, article: $0.article) },
            open: openRow?.text.in(language) ?? ""
        )
        return try house.desk("method", it, title: document.title, words: .method, request, visit, status: fault?.status ?? .ok)
    }

    private func fieldsWord(_ answer: MethodQuestions.Answer, _ language: Language) -> String {
        switch answer {
        case .yes: Text("是", "Yes").in(language)
        case .no: Text("否", "No").in(language)
        case .unsure: Text("不能确定", "Can not tell").in(language)
        }
    }

    @Sendable private func choose(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        let answers = MethodQuestions.Question.allCases.reduce(into: [MethodQuestions.Question: MethodQuestions.Answer]()) {
            answers,
            question in
            answers[question] = MethodQuestions.Answer(rawValue: visit.form.text(question.rawValue))
        }
        do { try await house.releases.choose(answers, for: key, by: try visit.actor) } catch let refusal as Refusal
            where refusal.keepsTheForm
        {
            return try await page(request, visit, fault: refusal)
        }
        return .redirect(to: "/\(visit.language.rawValue)/office/reviews/\(key)/method", type: .normal)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let method: Words = [
        "title":    Text("公开方式",       "How to disclose"),
        "back":     Text("返回审查",       "Back to the review"),
        "assessment": Text("影响评估和再评估", "Assessments"),
        "result":   Text("结论",           "Result"),
        "next":     Text("还要回答",       "Still to be answered"),
        "path":     Text("判断经过",       "How it was reached"),
        "duties":   Text("随之的义务",     "What must happen besides"),
        "answer":   Text("回答",           "Answers"),
        "save":     Text("保存回答",       "Save the answers"),
        "hint":     Text("从上往下回答；与结论无关的问题可以空着。", "Answer from the top; what the result does not need may stay empty."),
    ]
}
