import Core
import Records
import Scan

/// A review as its page shows it.
struct ReviewView {
    let title, number, hash, state, action, documentHref, waiversHref, fault, source, back, attachmentsHref, attachments: String
    let hasAttachments, hasFault, hasFindings, mayRelease, maySendBack, isReleased, decides: Bool
    let findings: [Line]
    let grounds: [Choice]
    let hasRedactions, needsAssessment: Bool
    let signs: [Sign]
    let steps: [StepLine]

    struct Line {
        let kind, printed, severity, tone, sure, why, basis, decided, rule, spot: String
        let place: Int
        let isOpen, mayBeRemembered: Bool
        let typed: String
    }

    struct Sign {
        let step, label, law: String
    }

    init(
        _ review: Review,
        _ document: Document,
        findings: [Reviews.Found],
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
        waiversHref = "/\(language.rawValue)/office/waivers"
        self.fault = fault?.text.in(language) ?? ""
        hasFault = fault != nil
        self.decides = decides
        self.findings = findings.map { found in
            let finding = found.finding
            return Line(
                kind: Text(finding.rule.zh, finding.rule.en).in(language),
                printed: finding.printed,
                severity: finding.severity.text.in(language),
                tone: finding.severity > .notice ? "bad" : "warn",
                sure: "\(Int((finding.confidence * 100).rounded()))%",
                why: finding.reason.text.in(language),
                basis: finding.rule.basisWords.text.in(language),
                decided: Self.decided(found, in: language),
                rule: finding.rule.rawValue,
                spot: found.place ?? Text("第\(finding.line)行", "line \(finding.line)").in(language),
                place: finding.range.lowerBound,
                isOpen: decides && found.decided == nil,
                mayBeRemembered: finding.severity != .suspect,
                typed: typed.text("place") == "\(finding.range.lowerBound)" && typed.text("rule") == finding.rule.rawValue
                    ? typed.text("reason") : ""
            )
        }
        hasFindings = !findings.isEmpty
        grounds = Ground.allCases.map { .init(value: $0.rawValue, label: "\($0.text.in(language)) · \($0.printed)", selected: false) }
        hasRedactions = decides && (findings.contains { $0.decided?.decision == .redact } || !document.attachments.isEmpty)
        needsAssessment = decides && findings.contains(where: \.publishesPersonalInformation)
        source = Self.marked(document.everything, findings.filter { $0.place == nil }.map(\.finding))
        (attachmentsHref, attachments) = ("\(documentHref)/attachments", "\(document.attachments.count)")
        hasAttachments = !document.attachments.isEmpty
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

    private static func decided(_ found: Reviews.Found, in language: Language) -> String {
        if let decided = found.decided, let ground = decided.ground {
            return "\(decided.decision.text.in(language)) (\(ground.law.citation.in(language))): \(decided.reason)"
        }
        if let decided = found.decided { return "\(decided.decision.text.in(language)): \(decided.reason)" }
        guard let waiver = found.waiver else { return "" }
        let remembered = Text("同类内容已豁免", "Waived for this content type").in(language)
        return "\(remembered): \(waiver.reason) (\(waiver.name.in(language)), \(waiver.at.beijingDay))"
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
    var text: Text {
        switch self {
        case .accept: Text("属实，可以公开", "True, and may be public")
        case .redact: Text("须删改", "To be redacted")
        case .waive: Text("不适用", "Does not apply")
        }
    }
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

extension Bilingual {
    /// The scan's sentence as the pages write sentences.
    var text: Text { Text(zh, en) }
}
