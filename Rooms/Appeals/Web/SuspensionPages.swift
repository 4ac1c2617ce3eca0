import Core
import Hummingbird
import Records
import WorkCalendar

/// The desk's page of provisions that a review suspends.
struct SuspensionPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/suspensions/:number") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/suspensions/:number", use: suspend)
            pages.post("office/suspensions/:number/:key", use: lift)
        }
    }

    private struct View {
        let number, appealHref, action, fault: String
        let hasFault, hasLines, mayOrder: Bool
        let fields: [FieldView]
        let lines: [Line]

        struct Line {
            let key, href, provision, reason, since, ended, endReason: String
            let stands: Bool
        }
    }

    private func number(_ visit: Visit) throws -> String { try visit.parameters.require("number").replacing("_", with: "/") }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let number = try number(visit)
        let appeal = try await house.appeals.appeal(number)
        let (typed, faults) = (fault == nil ? nil : visit.form, fault?.faults ?? [:])
        func field(
            _ name: String,
            _ zh: String,
            _ en: String,
            _ kind: FieldView.Kind = .line,
            value: String = "",
            hint: Text? = nil,
            isRequired: Bool = true
        )
            -> FieldView
        {
            FieldView(
                name,
                Text(zh, en),
                kind,
                hint: hint,
                value: value,
                typed: typed,
                fault: faults[name],
                isRequired: isRequired,
                in: language
            )
        }
        let release = appeal.about.hasPrefix("release/") ? String(appeal.about.dropFirst("release/".count)) : ""
        let path = number.replacing("/", with: "_")
        let action = "/\(language.rawValue)/office/suspensions/\(path)"
        let lines = try await house.appeals.suspensions(in: number).map {
            View.Line(
                key: $0.key,
                href: "/\(language.rawValue)/releases/\($0.release)",
                provision: $0.provision.isEmpty ? Text("全文", "The whole document").in(language) : $0.provision,
                reason: $0.reason,
                since: "\($0.since)",
                ended: $0.endedOn?.description ?? "",
                endReason: $0.endReason,
                stands: $0.stands
            )
        }
        let it = View(
            number: number,
            appealHref: "/\(language.rawValue)/office/appeals/\(path)",
            action: action,
            fault: fault?.text.in(language) ?? "",
            hasFault: fault != nil,
            hasLines: !lines.isEmpty,
            mayOrder: !actor.roles.isDisjoint(with: [.hearingOfficer, .disclosureOfficer, .officeHead])
                && [.review, .heard].contains(appeal.kind),
            fields: [
                field(
                    "release",
                    "公开文件的编号",
                    "The released document's key",
                    value: release,
                    hint: Text("文件网址的最后一段", "The last part of its address")
                ),
                field("provision", "条款", "Provision", hint: Text("形如 第三条；空白为全文", "Such as 第三条; empty for all"), isRequired: false),
                field("since", "停止执行之日", "Suspended since", .day),
                field("reason", "理由（公开）", "Reason (made public)", .area(3)),
            ],
            lines: lines
        )
        let title = Text("停止执行的条款", "Suspended provisions").in(language)
        return try house.desk("suspensions", it, title: title, words: .suspensions, request, visit, status: fault?.status ?? .ok)
    }

    private func doing(_ request: Request, _ visit: Visit, _ work: (String) async throws -> Void) async throws -> Response {
        do {
            try await work(try number(visit))
            house.forgetPages()
            let path = try visit.parameters.require("number")
            return .redirect(to: "/\(visit.language.rawValue)/office/suspensions/\(path)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func suspend(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { number in
            let form = visit.form
            guard let since = try form.day("since") else { throw Refusal.invalid("since", "请填写日期。", "Write the day.") }
            try await house.appeals.suspend(
                form.text("provision"),
                of: form.text("release"),
                in: number,
                reason: form.text("reason"),
                since: since,
                by: try visit.actor
            )
        }
    }

    @Sendable private func lift(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { number in
            let key = try visit.parameters.require("key")
            try await house.appeals.lift(key, of: number, reason: visit.form.text("endReason"), by: try visit.actor)
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let suspensions: Words = [
        "title":   Text("停止执行的条款", "Suspended provisions"),
        "lead":    Text("附带审查认为规范性文件的条款超越权限或者违反上位法的，决定停止该条款的执行（行政复议法第五十九条）。公开页面随即标明，解除后去掉。", "Where the review of a document finds a provision beyond its maker's power or against higher law, the provision is suspended (Administrative Review Law, art. 59). The public page says so at once, until it is lifted."),
        "none":    Text("没有停止执行的条款。", "No provision is suspended."),
        "since":   Text("自", "Since"),
        "ended":   Text("解除", "Lifted"),
        "reason":  Text("解除的理由", "Why it is lifted"),
        "lift":    Text("解除", "Lift"),
        "order":   Text("标明停止执行", "Mark as suspended"),
        "appeal":  Text("返回复议", "Back to the review"),
    ]
}
