import Core
import Hummingbird
import Records

/// The desk's page of a release: what is public, by whom, and how to take it back.
struct ReleasePages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key/release") { request, visit in try await signing(request, visit, fault: nil) }
            pages.post("office/reviews/:key/release", use: release)
            pages.get("office/releases/:key") { request, visit in try await show(request, visit, fault: nil) }
            pages.post("office/releases/:key/withdraw", use: withdraw)
        }
    }

    private struct SigningView {
        let title, hash, back, method, methodHref, fault: String
        let hasFault, hasMethod, maySign: Bool
        let form: FormView
    }

    /// The leader's page: the text's hash, the method that the questions led to, the attribute and its reason.
    private func signing(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let (review, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        if review.state == .released, let release = try await house.releases.release(ofDocument: document.key) {
            return .redirect(to: "/\(language.rawValue)/office/releases/\(release.key)", type: .normal)
        }
        let open = Review.lifecycle.open(from: review.state, to: actor, taken: try await house.reviews.taken(review.key))
        let base = "/\(language.rawValue)/office/reviews/\(review.key)"
        let attributes = Release.Attribute.allCases.map { (value: $0.rawValue, label: $0.text) }
        let typed = fault == nil ? nil : visit.form
        let fields = [
            FieldView(
                "attribute",
                Text("公开属性（国办发〔2016〕80号）", "Disclosure attribute (国办发〔2016〕80号)"),
                .choice(attributes),
                typed: typed,
                in: language
            ),
            FieldView("reason", Text("理由", "Reason"), typed: typed, fault: fault?.faults["reason"], in: language),
        ]
        let method = try await house.releases.choice(for: review.key)?.outcome.method
        // Limited scope is signed on its own page; where it was, that page leads on.
        if method == .limitedScope { return .redirect(to: "\(base)/limited", type: .normal) }
        let it = SigningView(
            title: document.title,
            hash: review.hash,
            back: base,
            method: (method?.text ?? Text("尚未选择", "Not chosen yet")).in(language),
            methodHref: "\(base)/method",
            fault: fault?.text.in(language) ?? "",
            hasFault: fault != nil,
            hasMethod: method != nil,
            maySign: open.contains { $0.step == .release },
            form: FormView(fields, to: "\(base)/release", fault: fault, in: language)
        )
        return try house.desk("signing", it, title: document.title, words: .release, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            guard let attribute = Release.Attribute(rawValue: form.text("attribute")) else {
                throw Refusal.invalid("attribute", "请选择公开属性。", "Choose the disclosure attribute.")
            }
            let released = try await house.releases.release(
                review: try visit.parameters.require("key"),
                seeing: form.text("hash"),
                attribute: attribute,
                reason: form.text("reason"),
                method: .internet,
                by: try visit.actor
            )
            house.forgetPages()
            return .redirect(to: "/\(visit.language.rawValue)/office/releases/\(released)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await signing(request, visit, fault: refusal) }
    }

    private struct View {
        let title, state, publicHref, proofHref, published, attribute, reason, action, fault, hash, typed: String
        let leaf: Int
        let mayWithdraw, hasFault: Bool
        let steps: [StepLine]
    }

    private func show(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let actor = try visit.actor
        let language = visit.language
        let (release, _) = try await house.releases.release(try visit.parameters.require("key"))
        if !Visibility.isPublic(release) { try actor.open(unit: release.unit) }
        let it = View(
            title: release.title,
            state: (release.isWithdrawn ? Text("已撤回", "Withdrawn") : Text("已公开", "Public")).in(language),
            publicHref: "/\(language.rawValue)/releases/\(release.key)",
            proofHref: "/\(language.rawValue)/releases/\(release.key)/proof",
            published: release.releasedAt.beijingMinute,
            attribute: release.attribute.text.in(language),
            reason: release.reason,
            action: "/\(language.rawValue)/office/releases/\(release.key)/withdraw",
            fault: fault?.text.in(language) ?? "",
            hash: release.content,
            typed: visit.form.text("reason"),
            leaf: release.leaf,
            mayWithdraw: !Release.lifecycle.open(from: release.state, to: actor, taken: []).isEmpty,
            hasFault: fault != nil,
            steps: try await house.releases.steps(of: release.key).map { StepLine($0, in: language) }
        )
        return try house.desk("release", it, title: release.title, words: .release, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func withdraw(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        do { try await house.releases.withdraw(key, reason: visit.form.text("reason"), by: try visit.actor) } catch let refusal as Refusal
            where refusal.status == .unprocessableContent && !refusal.isQuarantine
        { return try await show(request, visit, fault: refusal) }
        house.forgetPages()
        return .redirect(to: "/\(visit.language.rawValue)/office/releases/\(key)", type: .normal)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let release: Words = [
        "back":      Text("返回审查",   "Back to the review"),
        "sign":      Text("签发公开",   "Sign and release"),
        "method":    Text("公开方式",   "Method"),
        "choose":    Text("选择公开方式", "Choose how to disclose"),
        "notYours":  Text("现在不由您签发。", "It is not yours to sign now."),
        "see":       Text("公开页面",   "The public page"),
        "proof":     Text("验证",       "Verify"),
        "published": Text("公开时间",   "Released"),
        "attribute": Text("公开属性",   "Disclosure attribute"),
        "reason":    Text("理由",       "Reason"),
        "leaf":      Text("日志叶子",   "Leaf of the log"),
        "hash":      Text("内容哈希",   "Content hash"),
        "withdraw":  Text("撤回",       "Withdraw"),
        "withdrawHint": Text("理由将公开；日志中的原记录不会删除。", "The reason is made public; the record in the log stays."),
        "trail":     Text("办理经过",   "What has been done"),
    ]
}
