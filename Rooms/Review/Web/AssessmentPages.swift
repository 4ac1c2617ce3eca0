import Core
import Hummingbird
import Records
import WorkCalendar

/// The desk's pages of assessments: of personal information before it is published, and of what was refused.
struct AssessmentPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key/assessment") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/reviews/:key/assessment", use: assess)
            pages.post("office/reviews/:key/reassessment", use: set)
            pages.post("office/reviews/:key/reassessment/done", use: conclude)
            pages.get("office/assessments", use: list)
        }
    }

    private struct View {
        let title, back, fault, action, keepUntil, at, dueAction, doneAction, due, dueReason, result: String
        let hasFault, hasAssessment, mayAssess, maySet, hasDue, isOpen: Bool
        let answers: [Cited]
        let form, dueForm: FormView
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let (review, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let assessment = try await house.assessments.assessment(of: review.key)
        let again = try await house.assessments.reassessment(of: review.key)
        let base = "/\(language.rawValue)/office/reviews/\(review.key)"
        let kept = ["purpose": assessment?.purpose, "impact": assessment?.impact, "measures": assessment?.measures]
        let typed = fault == nil ? nil : visit.form
        let fields = ImpactAssessment.questions.map { question in
            FieldView(
                question.name,
                question.text,
                .area(4),
                hint: question.law.citation,
                value: kept[question.name].flatMap { $0 } ?? "",
                typed: typed?.fields[question.name] == nil ? nil : typed,
                fault: fault?.faults[question.name],
                in: language
            )
        }
        let dueFields = [
            FieldView("due", Text("再评估日", "The day on which to look again"), .day, typed: typed, fault: fault?.faults["due"], in: language),
            FieldView(
                "reason",
                Text("现在不予公开的理由", "Why it is not disclosed now"),
                typed: typed,
                fault: fault?.faults["reason"],
                in: language
            ),
        ]
        let roles: Set<Role> = [.confidentialityReviewer, .leader, .disclosureOfficer]
        let it = View(
            title: document.title,
            back: base,
            fault: fault?.text.in(language) ?? "",
            action: "\(base)/assessment",
            keepUntil: assessment.map { "\($0.keepUntil)" } ?? "",
            at: assessment?.at.beijingMinute ?? "",
            dueAction: "\(base)/reassessment",
            doneAction: "\(base)/reassessment/done",
            due: again.map { "\($0.due)" } ?? "",
            dueReason: again?.reason ?? "",
            result: again?.result ?? "",
            hasFault: fault != nil,
            hasAssessment: assessment != nil,
            mayAssess: review.state == .atConfidentiality && actor.roles.contains(.confidentialityReviewer),
            maySet: review.state != .released && !actor.roles.isDisjoint(with: roles),
            hasDue: again != nil,
            isOpen: again != nil && again?.doneAt == nil,
            answers: ImpactAssessment.questions.map { question in
                Cited(
                    day: question.text.in(language),
                    text: kept[question.name].flatMap { $0 } ?? "",
                    article: question.law.citation.in(language)
                )
            },
            form: FormView(fields, to: "\(base)/assessment", fault: fault, in: language),
            dueForm: FormView(dueFields, to: "\(base)/reassessment", fault: fault, in: language)
        )
        let status = fault?.status ?? .ok
        return try house.desk("assessment", it, title: document.title, words: .assessment, request, visit, status: status)
    }

    @Sendable private func assess(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        return try await take(request, visit) { key, actor in
            try await house.assessments.assess(
                key,
                purpose: form.text("purpose"),
                impact: form.text("impact"),
                measures: form.text("measures"),
                by: actor
            )
        }
    }

    @Sendable private func set(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit) { key, actor in
            guard let day = try visit.form.day("due") else { throw Refusal.invalid("due", "请填写再评估日。", "Give the day.") }
            try await house.assessments.set(day, reason: visit.form.text("reason"), for: key, by: actor)
        }
    }

    @Sendable private func conclude(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit) { key, actor in
            try await house.assessments.conclude(visit.form.text("result"), for: key, by: actor)
        }
    }

    private func take(_ request: Request, _ visit: Visit, _ step: (String, Actor) async throws -> Void) async throws -> Response {
        let key = try visit.parameters.require("key")
        do { try await step(key, try visit.actor) } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await page(request, visit, fault: refusal)
        }
        return .redirect(to: "/\(visit.language.rawValue)/office/reviews/\(key)/assessment", type: .normal)
    }

    private struct ListView {
        let kept, due: [Line]
        let hasKept, hasDue: Bool

        struct Line {
            let href, title, day, text: String
            let isOver: Bool
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, base) = (try visit.actor, "/\(visit.language.rawValue)/office/reviews")
        let kept = try await house.assessments.assessments(for: actor).map { assessment, title in
            let (href, day) = ("\(base)/\(assessment.review)/assessment", "\(assessment.keepUntil)")
            return ListView.Line(href: href, title: title, day: day, text: assessment.at.beijingMinute, isOver: false)
        }
        let today = house.world.now().beijingDay
        let due = try await house.assessments.reassessments(by: Day(9999, 12, 31), for: actor).map { each in
            let href = "\(base)/\(each.review)/assessment"
            return ListView.Line(href: href, title: each.title, day: "\(each.due)", text: each.reason, isOver: each.due <= today)
        }
        let it = ListView(kept: kept, due: due, hasKept: !kept.isEmpty, hasDue: !due.isEmpty)
        let title = Text("评估", "Assessments").in(visit.language)
        return try house.desk("assessments", it, title: title, words: .assessment, request, visit)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let assessment: Words = [
        "assessments": Text("评估",         "Assessments"),
        "assessment": Text("个人信息保护影响评估", "Assessment of personal information"),
        "back":      Text("返回审查",       "Back to the review"),
        "none":      Text("没有评估。",     "There is no assessment."),
        "when":      Text("评估时间",       "Assessed"),
        "keepUntil": Text("保存至",         "Kept until"),
        "save":      Text("保存评估",       "Save the assessment"),
        "hint":      Text("决定公开的内容含有个人信息时，须在保密审核签字前完成。", "Where personal information is to be published, it is made before the confidentiality review is signed."),
        "again":     Text("定期再评估",     "Looking again"),
        "againHint": Text("不予公开的，定期评估；因情势变化可以公开的应当公开（《政府信息公开条例》第十八条）。", "What is withheld is looked at from time to time, and disclosed when circumstances no longer forbid it (Regulation on Open Government Information, art. 18)."),
        "due":       Text("再评估日",       "Day"),
        "setDay":    Text("设定再评估日",   "Set the day"),
        "result":    Text("结论",           "Result"),
        "done":      Text("完成再评估",     "Conclude"),
        "over":      Text("已到期",         "Due"),
        "kept":      Text("保存的影响评估（到期次日删除）", "Assessments kept (deleted the day after)"),
        "open":      Text("待再评估",       "To be looked at again"),
    ]
}
