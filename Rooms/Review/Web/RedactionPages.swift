import Core
import Foundation
import Hummingbird
import Records
import Redact

/// The reviewer's page on which places are withheld: the text's own, and those of each attachment, with what they look like afterwards.
struct RedactionPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/reviews/:key/redact") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/reviews/:key/redact/text", use: blackOut)
            pages.post("office/reviews/:key/redact/:number", use: make)
            pages.post("office/reviews/:key/redact/:number/adopt", use: adopt)
            pages.get("office/reviews/:key/redact/:number/made", use: made)
        }
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let (review, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let it = try RedactionView(
            review,
            document,
            findings: try await house.reviews.findings(of: review),
            held: try await house.documents.attachments(of: document.key),
            proposals: try await house.reviews.proposals(of: document.key),
            mayRedact: review.state == .atConfidentiality && actor.roles.contains(.confidentialityReviewer),
            fault: fault,
            typed: visit.form,
            in: language
        )
        let status = fault?.status ?? .ok
        return try house.desk("redact", it, title: document.title, words: .redaction, request, visit, status: status)
    }

    @Sendable private func blackOut(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit) { key, actor in
            _ = try await house.reviews.blackOut(key, fixedWidth: visit.form.filled("fixedWidth") != nil, by: actor)
        }
    }

    @Sendable private func adopt(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try visit.parameters.require("number", as: Int.self)
        return try await take(request, visit) { key, actor in try await house.reviews.adopt(number, on: key, by: actor) }
    }

    private func take(_ request: Request, _ visit: Visit, _ step: (String, Actor) async throws -> Void) async throws -> Response {
        let key = try visit.parameters.require("key")
        do { try await step(key, try visit.actor) } catch let refusal as Refusal where refusal.keepsTheForm {
            return try await page(request, visit, fault: refusal)
        }
        return .redirect(to: "/\(visit.language.rawValue)/office/reviews/\(key)/redact", type: .normal)
    }

    /// Builds the rendition and proves it; nothing that is not proved is kept.
    @Sendable private func make(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try visit.parameters.require("number", as: Int.self)
        return try await take(request, visit) { key, actor in
            let (review, document, _) = try await house.reviews.review(key)
            guard review.state == .atConfidentiality, actor.roles.contains(.confidentialityReviewer) else { throw Refusal.outOfTurn }
            guard let held = try await house.documents.attachments(of: document.key).first(where: { $0.number == number }) else {
                throw Refusal.notFound
            }
            let name = held.attachment.name
            let withheld = try self.withheld(visit.form, in: held)
            let bytes = try await house.documents.file(held.attachment.hash)
            let out = Self.outName(name)
            let rendition: Redaction.Rendition
            do {
                let fixed = visit.form.filled("fixedWidth") != nil
                rendition = try await Redaction.rendition(of: bytes, name: name, as: out, withholding: withheld, fixedWidth: fixed)
            } catch let fault as Redaction.Fault { throw Refusal.invalid("file", fault.zh, fault.en) }
            guard rendition.withheld > 0 else {
                throw Refusal.invalid("file", "文件里没有找到要遮盖的内容。", "What is to be withheld was not found in the file.")
            }
            let file = Form.File(name: out, bytes: rendition.bytes)
            let upload = try Upload(try await Upload.parts(of: file), of: file)
            let checks = rendition.checks.map { "\($0.name): \($0.looked), \($0.found)" }.joined(separator: "; ")
            try await house.reviews.propose(
                rendition.bytes,
                named: out,
                upload.type,
                upload.pieces,
                places: rendition.withheld,
                how: "\(rendition.how). \(checks)",
                for: number,
                on: key,
                by: actor
            )
        }
    }

    /// What a file can become by its name's end, the picture's and page's own kind where there is one.
    private static func outName(_ name: String) -> String {
        let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let stem = name.contains(".") ? String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]) : name
        if ["pdf", "docx", "txt", "csv", "tsv", "png", "jpg", "jpeg"].contains(end) { return name }
        return end == "xlsx" ? "\(stem).csv" : "\(stem).txt"
    }

    /// The findings that were picked, the strings typed a line each, and the areas.
    private func withheld(_ form: Form, in held: Documents.Held) throws(Refusal) -> [Withheld] {
        let reason = form.text("reason")
        guard !reason.isEmpty else { throw .invalid("reason", "请写明理由。", "Give the reason.") }
        func ground(_ field: String) throws(Refusal) -> Ground {
            guard let ground = Ground(rawValue: form.text(field)) else { throw .invalid("ground", "请选择依据。", "Choose the ground.") }
            return ground
        }
        var withheld: [Withheld] = []
        for printed in form.fields["pick"] ?? [] {
            withheld.append(Withheld(text: printed, reason: reason, article: try ground("ground").printed))
        }
        let more = (form.fields["more"]?.first ?? "").split(whereSeparator: \.isNewline)
        for line in more where !line.allSatisfy(\.isWhitespace) {
            // A line may name its own ground behind a stroke: 甲公司 | tradeSecret
            let parts = line.split(separator: "|", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            var own = try ground("ground")
            if parts.count == 2 {
                guard
                    let named = Ground.allCases.first(where: { $0.rawValue == parts[1] || $0.text.zh == parts[1] || $0.text.en == parts[1] }
                    )
                else { throw .invalid("more", "没有“\(parts[1])”这种依据。", "There is no ground “\(parts[1])”.") }
                own = named
            }
            withheld.append(Withheld(text: parts[0], reason: reason, article: own.printed))
        }
        for line in (form.fields["areas"]?.first ?? "").split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            let numbers = line.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "，" }).compactMap { Double($0) }
            guard numbers.count == 5, numbers[0] >= 1, numbers[0] == numbers[0].rounded(), numbers[3] > 0, numbers[4] > 0 else {
                throw .invalid("areas", "区域每行写五个数：页 左 上 宽 高（磅）。", "Write five numbers a line: page, left, top, width, height (points).")
            }
            let box = Withheld.Box(x: numbers[1], y: numbers[2], width: numbers[3], height: numbers[4])
            withheld.append(Withheld(page: Int(numbers[0]), box: box, reason: reason, article: try ground("ground").printed))
        }
        guard !withheld.isEmpty else { throw .invalid("pick", "请选择或者填写要遮盖的内容。", "Pick or type what is to be withheld.") }
        return withheld
    }

    /// The rendition that waits, for the reviewer to look at.
    @Sendable private func made(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let (_, document, _) = try await house.reviews.review(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let number = try visit.parameters.require("number", as: Int.self)
        guard let made = try await house.reviews.proposals(of: document.key).first(where: { $0.number == number }) else {
            throw Refusal.notFound
        }
        return .attachment(made.name, made.type, try await house.documents.file(made.hash))
    }
}
