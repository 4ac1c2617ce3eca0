import Core
import Foundation
import Hummingbird
import Records
import WorkCalendar

/// The desk's pages of reviews and lawsuits: what is owed, the evidence bundle, the result and the lesson.
struct AppealPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/appeals", use: list)
            pages.get("office/appeals/new") { request, visit in try form(request, visit, fault: nil) }
            pages.post("office/appeals", use: file)
            pages.get("office/appeals/:number") { request, visit in try await page(request, visit, fault: nil) }
            pages.get("office/appeals/:number/bundle", use: bundle)
            pages.post("office/appeals/:number/:step", use: take)
        }
    }

    private struct ListView {
        let lines: [Line]
        let isEmpty: Bool

        struct Line {
            let href, number, kind, about, state, due, tone: String
        }
    }

    /// Numbers of imported cases hold a stroke, which an address can not.
    private static func path(_ number: String) -> String { number.replacing("/", with: "_") }
    private static func number(_ visit: Visit) throws -> String {
        try visit.parameters.require("number").replacing("_", with: "/")
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try visit.actor
        let today = house.world.now().beijingDay
        let about = request.uri.queryParameters["about"].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        let lines = try await house.appeals.appeals(about: about).map { appeal in
            let term = appeal.terms(house.calendar).first
            let isOwed = appeal.state == .served && term != nil
            return ListView.Line(
                href: "/\(visit.language.rawValue)/office/appeals/\(Self.path(appeal.number))",
                number: appeal.number,
                kind: appeal.kind.text.in(visit.language),
                about: appeal.about,
                state: appeal.state.text.in(visit.language),
                due: isOwed ? term.map { "\($0.due)" } ?? "" : "—",
                tone: isOwed && (term?.due ?? today) < today ? "bad" : "warn"
            )
        }
        let title = Text("复议和诉讼", "Reviews and lawsuits").in(visit.language)
        return try house.desk("appeals", ListView(lines: lines, isEmpty: lines.isEmpty), title: title, words: .appeals, request, visit)
    }

    private func form(_ request: Request, _ visit: Visit, fault: Refusal?) throws -> Response {
        _ = try visit.actor
        let typed = fault == nil ? nil : visit.form
        let faults = fault?.faults ?? [:]
        let about = request.uri.queryParameters["about"].map(String.init) ?? ""
        func field(_ name: String, _ zh: String, _ en: String, _ kind: FieldView.Kind, value: String = "", hint: Text? = nil) -> FieldView {
            FieldView(name, Text(zh, en), kind, hint: hint, value: value, typed: typed, fault: faults[name], in: visit.language)
        }
        let procedure = [(value: "yes", label: Text("简易程序", "Simplified")), (value: "no", label: Text("普通程序", "Ordinary"))]
        let fields = [
            field("kind", "种类", "Kind", .choice(Appeal.Kind.allCases.map { (value: $0.rawValue, label: $0.text) })),
            field(
                "about",
                "所涉事项",
                "What it is about",
                .line,
                value: about,
                hint: Text("形如 request/2022-17", "Such as request/2022-17")
            ),
            field("filedOn", "提出之日", "Filed on", .day),
            field("servedOn", "收到副本之日", "Served on", .day),
            field("simplified", "程序（行政复议法第五十三条）", "Procedure (Review Law, art. 53)", .choice(procedure)),
        ]
        let it = FormView(fields, to: "/\(visit.language.rawValue)/office/appeals", fault: fault, in: visit.language)
        let title = Text("登记复议或者诉讼", "Register a review or lawsuit").in(visit.language)
        return try house.desk("appealform", it, title: title, words: .appeals, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let form = visit.form
            guard let kind = Appeal.Kind(rawValue: form.text("kind")) else { throw Refusal.invalid("kind", "请选择种类。", "Choose the kind.") }
            guard let filed = try form.day("filedOn") else {
                throw Refusal.invalid("filedOn", "请填写提出之日。", "Write the day it was filed.")
            }
            guard let served = try form.day("servedOn") else {
                throw Refusal.invalid("servedOn", "请填写收到副本之日。", "Write the day it was served.")
            }
            let number = try await house.appeals.file(
                kind,
                about: form.text("about"),
                filedOn: filed,
                servedOn: served,
                isSimplified: form.text("simplified") == "yes",
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/appeals/\(Self.path(number))", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try self.form(request, visit, fault: refusal) }
    }

    private struct View {
        let number, kind, about, aboutHref, filed, served, state, result, lesson, action, fault, version, suspensions: String
        let mayBeAttached, hasFault, hasResult, hasSteps: Bool
        let terms: [Cited]
        let steps: [Step]
        let trail: [StepLine]

        struct Step {
            let label, law, action: String
            let fields: [FieldView]
        }
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let appeal = try await house.appeals.appeal(try Self.number(visit))
        let action = "/\(language.rawValue)/office/appeals/\(Self.path(appeal.number))"
        let progress = try await house.appeals.progress(of: appeal.number)
        let hears: Set<Appeal.Step> =
            appeal.kind == .heard ? [.accept, .refuseAcceptance, .extend, .decide, .close] : [.answer, .decide, .close]
        let steps = Appeal.lifecycle.open(from: appeal.state, to: actor, taken: []).filter { hears.contains($0.step) }.map { row in
            var fields = [
                FieldView(
                    "on",
                    Text("日期（空白为今天）", "Day (today where empty)"),
                    .day,
                    form: row.step.rawValue,
                    isRequired: false,
                    in: language
                )
            ]
            if row.step == .decide {
                let results = RemedyTable.Result.allCases.filter { $0 != .pending }.map { (value: $0.rawValue, label: $0.text) }
                fields.append(FieldView("result", Text("结果", "Result"), .choice(results), form: row.step.rawValue, in: language))
            }
            if row.step == .close {
                fields.append(
                    FieldView(
                        "lesson",
                        Text("经验教训（为什么被纠正）", "Lesson: why it was corrected"),
                        .area(3),
                        form: row.step.rawValue,
                        isRequired: false,
                        in: language
                    )
                )
            }
            return View.Step(
                label: row.step.text.in(language),
                law: row.law.citation.in(language),
                action: "\(action)/\(row.step.rawValue)",
                fields: fields
            )
        }
        let it = View(
            number: appeal.number,
            kind: appeal.kind.text.in(language),
            about: appeal.about,
            aboutHref:
                "/\(language.rawValue)/office/\(appeal.about.replacing("request/", with: "requests/").replacing("release/", with: "releases/").replacing("document/", with: "documents/"))",
            filed: "\(appeal.filedOn)",
            served: "\(appeal.servedOn)",
            state: appeal.state.text.in(language),
            result: appeal.result?.text.in(language) ?? "",
            lesson: appeal.lesson,
            action: action,
            fault: fault?.text.in(language) ?? "",
            version: "\(appeal.version)",
            suspensions: "/\(language.rawValue)/office/suspensions/\(Self.path(appeal.number))",
            mayBeAttached: [.review, .heard].contains(appeal.kind),
            hasFault: fault != nil,
            hasResult: appeal.result != nil,
            hasSteps: !steps.isEmpty,
            terms: appeal.terms(house.calendar, acceptedOn: progress.acceptedOn, isExtended: progress.isExtended).map {
                .init(day: "\($0.due)", text: $0.what.in(language), article: language == .zh ? $0.article : $0.articleEn)
            },
            steps: steps,
            trail: try await house.appeals.steps(of: appeal.number).map { StepLine($0, in: language) }
        )
        return try house.desk("appeal", it, title: appeal.number, words: .appeals, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let step = Appeal.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        let form = visit.form
        do {
            try await house.appeals.take(
                step,
                on: try Self.number(visit),
                version: Int(form.text("version")) ?? -1,
                day: try form.day("on"),
                result: RemedyTable.Result(rawValue: form.text("result")),
                lesson: form.text("lesson"),
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/appeals/\(try visit.parameters.require("number"))", type: .normal)
    }

    /// The evidence as one PDF with an index: what was asked, the clock, the searches, the letter, the step log.
    @Sendable private func bundle(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        _ = try actor.acting(as: .disclosureOfficer, .officeHead, or: Text("由信息公开办制作证据卷。", "The disclosure office makes the bundle."))
        let appeal = try await house.appeals.appeal(try Self.number(visit))
        guard appeal.about.hasPrefix("request/") else { throw Refusal.outOfTurn }
        let number = String(appeal.about.dropFirst("request/".count))
        let entry = try await house.requests.entry(number, calendar: house.calendar)
        let html = EvidenceBundle.html(
            appeal,
            entry,
            letter: try await house.requests.letter(number),
            searches: try await house.requests.searches(of: number),
            steps: try await house.requests.steps(of: number).map { StepLine($0, in: .zh) },
            agency: Agency.name
        )
        try await house.audit.write(.take, on: "appeal/\(appeal.number)/bundle", by: actor)
        return Response.file(try await Printer.pdf(of: html), type: "application/pdf", name: "\(Self.path(appeal.number)).pdf")
    }
}

// The columns are the point.
// swift-format-ignore
extension Appeal.State {
    var text: Text {
        switch self {
        case .served:   Text("待答复或者受理", "To be answered or accepted")
        case .answered: Text("已答复，待裁决", "Answered, awaiting the decision")
        case .accepted: Text("审理中",         "Being heard")
        case .decided:  Text("已裁决，待结案", "Decided, to be closed")
        case .closed:   Text("已结案",         "Closed")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Appeal.Step {
    var text: Text {
        switch self {
        case .answer:           Text("登记已提交答复（答辩）", "Answer handed in")
        case .accept:           Text("受理",                   "Accept")
        case .refuseAcceptance: Text("不予受理",               "Refuse to accept")
        case .extend:           Text("延长审理期限",           "Extend the term of the decision")
        case .decide:           Text("登记结果",               "Register the result")
        case .close:            Text("结案",                   "Close")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let appeals: Words = [
        "title":   Text("复议和诉讼", "Reviews and lawsuits"),
        "new":     Text("登记复议或者诉讼", "Register a review or lawsuit"),
        "none":    Text("没有未结的复议或者诉讼。", "No review or lawsuit is open."),
        "number":  Text("编号", "Number"),
        "kind":    Text("种类", "Kind"),
        "about":   Text("所涉事项", "About"),
        "state":   Text("状态", "State"),
        "due":     Text("期限", "Due"),
        "filed":   Text("提出之日", "Filed on"),
        "served":  Text("收到副本之日", "Served on"),
        "result":  Text("结果", "Result"),
        "lesson":  Text("经验教训", "Lesson"),
        "terms":   Text("期限", "What is owed"),
        "steps":   Text("办理", "Next steps"),
        "bundle":  Text("证据卷（PDF）", "Evidence bundle (PDF)"),
        "suspensions": Text("停止执行的条款（附带审查）", "Suspended provisions (attached review)"),
        "save":    Text("登记", "Register"),
        "trail":   Text("办理经过", "What has been done"),
    ]
}
