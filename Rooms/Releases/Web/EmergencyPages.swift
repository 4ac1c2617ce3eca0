import Core
import Hummingbird
import MerkleLog
import Records

/// The desk's pages of a release in an emergency: one leader makes it, another person confirms or refuses it.
struct EmergencyPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/documents/:key/urgent") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/documents/:key/urgent", use: release)
            pages.get("office/emergencies/:key") { request, visit in try await decision(request, visit, fault: nil) }
            pages.post("office/emergencies/:key/:step", use: decide)
        }
    }

    private struct View {
        let title, back, hash, body, fault: String
        let hours: Int
        let hasFault, mayRelease, hasFiles: Bool
        let files: [Going]
        let form: FormView
    }

    /// A file that goes out with the text, with what a recipient could recover from it.
    private struct Going {
        let name, href, text: String

        static func all(of document: String, in house: House, _ language: Language) async throws -> [Going] {
            try await house.documents.attachments(of: document).map { held in
                Going(
                    name: held.attachment.name,
                    href: "/\(language.rawValue)/office/documents/\(document)/attachments/\(held.number)",
                    text: held.pieces.recovered
                )
            }
        }
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        let back = "/\(language.rawValue)/office/documents/\(document.key)"
        let field = FieldView(
            "reason",
            Text("紧急情况", "What the emergency is"),
            typed: fault == nil ? nil : visit.form,
            fault: fault?.faults["reason"],
            in: language
        )
        let files = try await Going.all(of: document.key, in: house, language)
        let it = View(
            title: document.title,
            back: back,
            hash: document.content.hash.hex,
            body: document.everything,
            fault: fault?.text.in(language) ?? "",
            hours: house.emergencyHours,
            hasFault: fault != nil,
            mayRelease: actor.roles.contains(.leader),
            hasFiles: !files.isEmpty,
            files: files,
            form: FormView([field], to: "\(back)/urgent", fault: fault, in: language)
        )
        let status = fault?.status ?? .ok
        return try house.desk("urgent", it, title: document.title, words: .emergency, request, visit, status: status)
    }

    @Sendable private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let key = try await house.releases.releaseUrgently(
                try visit.parameters.require("key"),
                seeing: visit.form.text("hash"),
                reason: visit.form.text("reason"),
                hours: house.emergencyHours,
                by: try visit.actor
            )
            house.forgetPages()
            return .redirect(to: "/\(visit.language.rawValue)/office/emergencies/\(key)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    private struct DecisionView {
        let title, releaseHref, due, action, fault, typed, state, body: String
        let hasFault, mayDecide, isOverdue, hasFiles: Bool
        let files: [Going]
        let steps: [StepLine]
    }

    private func decision(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        guard let found = try await house.releases.emergency(try visit.parameters.require("key")) else { throw Refusal.notFound }
        let open = EmergencyRelease.lifecycle.open(from: found.state, to: actor, taken: [.init(.releaseUrgently, by: found.person)])
        let base = "/\(language.rawValue)/office"
        let (release, content) = try await house.releases.release(found.release)
        let files = try await release.document.mapAsync { try await Going.all(of: $0, in: house, language) } ?? []
        let it = DecisionView(
            title: found.title,
            releaseHref: "\(base)/releases/\(found.release)",
            due: found.due.beijingMinute,
            action: "\(base)/emergencies/\(found.release)",
            fault: fault?.text.in(language) ?? "",
            typed: visit.form.text("reason"),
            state: found.state.text.in(language),
            body: content.everything,
            hasFault: fault != nil,
            mayDecide: open.contains { $0.step == .confirm },
            isOverdue: found.isOverdue(at: house.world.now()),
            hasFiles: !files.isEmpty,
            files: files,
            steps: try await house.releases.steps(of: found.release).map { StepLine($0, in: language) }
        )
        let status = fault?.status ?? .ok
        return try house.desk("emergency", it, title: found.title, words: .emergency, request, visit, status: status)
    }

    @Sendable private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        guard let step = EmergencyRelease.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        do { try await house.releases.decide(step, on: key, reason: visit.form.text("reason"), by: try visit.actor) } catch let refusal
            as Refusal where refusal.keepsTheForm
        { return try await decision(request, visit, fault: refusal) }
        house.forgetPages()
        return .redirect(to: "/\(visit.language.rawValue)/office/emergencies/\(key)", type: .normal)
    }
}

// The columns are the point.
// swift-format-ignore
extension EmergencyRelease.State {
    var text: Text {
        switch self {
        case .waiting:   Text("待他人确认", "Awaits another person's confirmation")
        case .confirmed: Text("已确认",     "Confirmed")
        case .refused:   Text("未予确认，已撤回", "Refused and withdrawn")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let emergency: Words = [
        "urgent":    Text("紧急公开",       "Release in an emergency"),
        "back":      Text("返回文件",       "Back to the document"),
        "hint":      Text("由您一人立即公开；须由另一人在规定小时数内确认，不予确认的即行撤回。小时数：", "You alone make it public at once; another person must confirm it within so many hours, or it is withdrawn on refusal. Hours: "),
        "hash":      Text("内容哈希",       "Content hash"),
        "text":      Text("将要公开的内容", "What is made public"),
        "files":     Text("附件：可恢复的全部内容", "Attachments: all that can be recovered from them"),
        "notYours":  Text("紧急公开由局领导决定。", "A leader decides on it."),
        "release":   Text("立即公开",       "Make it public now"),
        "see":       Text("公开记录",       "The release"),
        "due":       Text("确认时限",       "To be confirmed by"),
        "over":      Text("已超过时限",     "Overdue"),
        "confirm":   Text("确认公开",       "Confirm it"),
        "refuse":    Text("不予确认并撤回", "Refuse and withdraw"),
        "reason":    Text("不予确认的理由（将公开）", "Why it is refused (made public)"),
        "trail":     Text("办理经过",       "What has been done"),
    ]
}
