import WorkCalendar

/// A provision of a released document that a review ordered no longer to be carried out (行政复议法第五十九条), until it is lifted.
public struct SuspendedProvision: Codable, Equatable, Sendable {
    public let key: String
    /// The review in which it was ordered.
    public let appeal: String
    public let release: String
    /// As printed: 第三条; empty for the whole document.
    public let provision: String
    public let reason: String
    public let since: Day
    public let endedOn: Day?
    /// Why it was lifted; empty while it stands.
    public let endReason: String

    public var stands: Bool { endedOn == nil }

    /// Refuses what the public could not understand, or the law does not know.
    /// - Parameter appeal: only a review orders it; a court does not.
    public static func check(_ appeal: Appeal, provision: String, reason: String, since: Day, today: Day) throws(Refusal) {
        guard appeal.kind == .review || appeal.kind == .heard else {
            throw .invalid("appeal", "停止执行由行政复议机关决定。", "Only a review body orders it.")
        }
        var faults: [String: Text] = [:]
        if reason.allSatisfy(\.isWhitespace) { faults["reason"] = Text("请写明理由，理由将公开。", "Say why; the reason is made public.") }
        if reason.count > 1000 { faults["reason"] = Text("理由至多1000字。", "The reason is at most 1,000 characters.") }
        if provision.count > 100 { faults["provision"] = Text("条款名称过长。", "The provision's name is too long.") }
        if since < appeal.servedOn || since > today {
            faults["since"] = Text("日期不能早于收到复议之日，也不能晚于今天。", "Not before the review was served, and not in the future.")
        }
        guard faults.isEmpty else { throw .invalidForm(faults) }
    }
}
