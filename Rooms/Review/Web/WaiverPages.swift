import Core
import Hummingbird
import Records
import Scan

/// The waivers that hold by content type: who gave them, why, and the button that ends them.
struct WaiverPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/waivers", use: list)
            pages.post("office/waivers/:key/end", use: end)
        }
    }

    private struct ListView {
        let lines: [Line]
        let isEmpty: Bool

        struct Line {
            let kind, rule, reason, who, at, ended, reviewHref, action: String
            let mayEnd, hasEnded, holds: Bool
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        let ends = !actor.roles.isDisjoint(with: [.confidentialityReviewer, .leader])
        let lines = try await house.waivers.all().map { waiver in
            ListView.Line(
                kind: waiver.kind.text.in(language),
                rule: house.reviews.rule(waiver.rule).map { Text($0.zh, $0.en).in(language) } ?? waiver.rule,
                reason: waiver.reason,
                who: waiver.name.in(language),
                at: waiver.at.beijingMinute,
                ended: waiver.endedAt?.beijingMinute ?? "",
                reviewHref: "/\(language.rawValue)/office/reviews/\(waiver.review)",
                action: "/\(language.rawValue)/office/waivers/\(waiver.key)/end",
                mayEnd: ends && waiver.endedAt == nil,
                hasEnded: waiver.endedAt != nil,
                holds: waiver.endedAt == nil
            )
        }
        let title = Text("按内容类型豁免", "Waivers by content type").in(language)
        return try house.desk("waivers", ListView(lines: lines, isEmpty: lines.isEmpty), title: title, words: .waivers, request, visit)
    }

    @Sendable private func end(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.waivers.end(try visit.parameters.require("key"), by: try visit.actor)
        return .redirect(to: "/\(visit.language.rawValue)/office/waivers", type: .normal)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let waivers: Words = [
        "waivers":   Text("按内容类型豁免", "Waivers by content type"),
        "hint":      Text("这些规则在该类内容中不再要求逐项处理。终止后，今后的审查重新逐项处理；已签字的审查不变。", "In content of that type these rules ask for no decision. Once a waiver is ended, later reviews decide item by item again; what was signed stays signed."),
        "none":      Text("没有豁免。",     "There is no waiver."),
        "kind":      Text("内容类型",       "Content type"),
        "rule":      Text("规则",           "Rule"),
        "reason":    Text("理由",           "Reason"),
        "who":       Text("人员",           "Who"),
        "when":      Text("时间",           "When"),
        "review":    Text("审查",           "Review"),
        "ended":     Text("已终止",         "Ended"),
        "holds":     Text("有效",           "Holds"),
        "end":       Text("终止",           "End it"),
        "state":     Text("状态",           "State"),
    ]
}
