import Core
import Hummingbird
import Records

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
                ground: decision == .redact ? Ground(rawValue: form.text("ground")) : nil,
                remembering: form.filled("remember") != nil,
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
