import Core
import Hummingbird
import Records
import Scan

/// The review: the text with its findings in place, the decisions on them, and the signatures for exactly these bytes.
struct ReviewPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key", use: show)
            pages.post("office/reviews/:key/decide", use: decide)
            pages.post("office/reviews/:key/:step", use: take)
            pages.post("office/incidents/:number", use: report)
        }
    }

    @Sendable private func show(_ request: Request, _ visit: Visit) async throws -> Response {
        try await page(request, visit, fault: nil)
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let (review, document, steps) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        if request.method == .get { try await house.audit.write(.see, on: "review/\(review.key)", by: actor) }
        let findings = try await house.reviews.findings(of: review)
        let open = Review.lifecycle.open(from: review.state, to: actor, taken: try await house.reviews.taken(review.key))
        let it = ReviewView(
            review,
            document,
            findings: findings,
            open: open,
            steps: steps,
            fault: fault,
            typed: visit.form,
            decides: review.state == .atConfidentiality && actor.roles.contains(.confidentialityReviewer),
            in: visit.language
        )
        return try house.desk("review", it, title: document.title, words: .review, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        let form = visit.form
        do {
            guard let place = Int(form.text("place")), let decision = Reviews.Decision(rawValue: form.text("decision")) else {
                throw Refusal.invalid("decision", "请选择处理方式。", "Choose what to do with the finding.")
            }
            try await house.reviews.decide(
                place,
                form.text("rule"),
                decision,
                reason: form.text("reason"),
                on: key,
                by: try visit.actor
            )
        } catch let refusal as Refusal where refusal.status == .unprocessableContent && !refusal.isQuarantine {
            return try await page(request, visit, fault: refusal)
        }
        return back(key, visit)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        guard let step = Review.Step(rawValue: try visit.parameters.require("step")), step != .release else { throw Refusal.notFound }
        let form = visit.form
        do {
            try await house.reviews.take(
                step,
                on: key,
                seeing: form.text("hash"),
                reason: form.text("reason"),
                by: try visit.actor
            )
        } catch let refusal as Refusal
            where [.unprocessableContent, .forbidden, .conflict].contains(refusal.status) && !refusal.isQuarantine
        {
            return try await page(request, visit, fault: refusal)
        }
        return back(key, visit)
    }

    private func back(_ key: String, _ visit: Visit) -> Response {
        .redirect(to: "/\(visit.language.rawValue)/office/reviews/\(key)", type: .normal)
    }

    @Sendable private func report(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.incidents.report(try visit.parameters.require("number"), by: try visit.actor)
        return .redirect(to: "/\(visit.language.rawValue)/office", type: .normal)
    }
}

/// A review as its page shows it.
struct ReviewView {
    let title, number, hash, state, action, documentHref, fault, source, back: String
    let hasFault, hasFindings, mayRelease, maySendBack, isReleased, decides: Bool
    let findings: [Line]
    let signs: [Sign]
    let steps: [StepLine]

    struct Line {
        let kind, printed, severity, tone, basis, decided, rule: String
        let line, place: Int
        let isOpen: Bool
        let typed: String
    }

    struct Sign {
        let step, label, law: String
    }

    init(
        _ review: Review,
        _ document: Document,
        findings: [(finding: Finding, decided: Reviews.Decided?)],
        open: [Lifecycle<Review.State, Review.Step>.Row],
        steps: [StepLog.Entry],
        fault: Refusal?,
        typed: Form,
        decides: Bool,
        in language: Language
    ) {
        title = document.title
        number = document.documentNumber ?? "—"
        hash = review.hash
        state = review.state.text.in(language)
        action = "/\(language.rawValue)/office/reviews/\(review.key)"
        documentHref = "/\(language.rawValue)/office/documents/\(document.key)"
        self.fault = fault?.text.in(language) ?? ""
        hasFault = fault != nil
        self.decides = decides
        self.findings = findings.map { finding, decided in
            Line(
                kind: Text(finding.rule.zh, finding.rule.en).in(language),
                printed: finding.printed,
                severity: finding.severity.text.in(language),
                tone: finding.severity > .notice ? "bad" : "warn",
                basis: finding.rule.basis,
                decided: decided.map { "\($0.decision.text.in(language)): \($0.reason)" } ?? "",
                rule: finding.rule.rawValue,
                line: finding.line,
                place: finding.range.lowerBound,
                isOpen: decides && decided == nil,
                typed: typed.text("place") == "\(finding.range.lowerBound)" && typed.text("rule") == finding.rule.rawValue
                    ? typed.text("reason") : ""
            )
        }
        hasFindings = !findings.isEmpty
        source = Self.marked(document.everything, findings.map(\.finding))
        signs = open.filter { [.signAsUnit, .signAsReviewer].contains($0.step) }.map {
            Sign(step: $0.step.rawValue, label: $0.step.text.in(language), law: $0.law.citation.in(language))
        }
        mayRelease = open.contains { $0.step == .release }
        maySendBack = open.contains { $0.step == .sendBack }
        isReleased = review.state == .released
        let isDecision = typed.filled("place") != nil
        back = isDecision ? "" : typed.text("reason")
        self.steps = steps.map { StepLine($0, in: language) }
    }

    /// The text with each finding marked where it stands, escaped.
    private static func marked(_ text: String, _ findings: [Finding]) -> String {
        let bytes = Array(text.utf8)
        var html = ""
        var place = 0
        func piece(_ range: Range<Int>) -> String { HTML.escape(String(decoding: bytes[range], as: UTF8.self)) }
        for finding in findings where finding.range.lowerBound >= place {
            html += piece(place..<finding.range.lowerBound) + "<mark>" + piece(finding.range) + "</mark>"
            place = finding.range.upperBound
        }
        return html + piece(place..<bytes.count)
    }
}

extension Reviews.Decision {
    var text: Text { self == .waive ? Text("保留", "Let it stand") : Text("须删改", "To be redacted") }
}

// The columns are the point.
// swift-format-ignore
extension Finding.Severity {
    var text: Text {
        switch self {
        case .notice:  Text("提示", "Notice")
        case .suspect: Text("可疑", "Suspect")
        case .serious: Text("重要", "Serious")
        case .refuse:  Text("拦截", "Stopped")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let review: Words = [
        "review":    Text("审查",           "Review"),
        "document":  Text("查看文件",       "See the document"),
        "hash":      Text("签字所对应的内容哈希", "The content hash that is signed"),
        "findings":  Text("扫描结果",       "Findings of the scan"),
        "noFindings": Text("没有发现需要处理的内容。", "The scan found nothing."),
        "line":      Text("行",             "line"),
        "basis":     Text("依据",           "Basis"),
        "kind":      Text("类别",           "Kind"),
        "printed":   Text("原文",           "As printed"),
        "severity":  Text("程度",           "Severity"),
        "decision":  Text("处理",           "Decision"),
        "reason":    Text("理由",           "Reason"),
        "waive":     Text("保留",           "Let it stand"),
        "redact":    Text("须删改",         "To be redacted"),
        "sendBack":  Text("退回修改",       "Send back"),
        "chooseMethod": Text("选择公开方式",   "Choose how to disclose"),
        "text":      Text("全文",           "The text"),
        "release":   Text("签发公开",       "Sign and release"),
        "trail":     Text("办理经过",       "What has been done"),
        "seeRelease": Text("查看公开记录",  "See the release"),
    ]
}
