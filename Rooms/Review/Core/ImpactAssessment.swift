import WorkCalendar

/// The assessment of what publishing personal information does to the persons concerned, made before it is published.
public struct ImpactAssessment: Codable, Equatable, Sendable {
    public let review: String
    /// Whether purpose and way are lawful, just and necessary (art. 56, no. 1).
    public let purpose: String
    /// The effect on the persons' rights and the risks (no. 2).
    public let impact: String
    /// Whether the safeguards are lawful, effective and fit the risk (no. 3).
    public let measures: String
    public let person: String
    public let at: Moment
    /// Kept until then at least; the sweep of the next day deletes it.
    public let keepUntil: Day

    /// The report is kept at least three years.
    public static let years = 3

    // The columns are the point.
    // swift-format-ignore
    public static let questions: [(name: String, text: Text, law: Law)] = [
        ("purpose",  Text("公开的目的、方式是否合法、正当、必要", "Are the purpose and the way of publishing lawful, just and necessary?"), Law(.personalInformation, 56)),
        ("impact",   Text("对个人权益的影响及安全风险", "The effect on the persons' rights, and the risks"), Law(.personalInformation, 56)),
        ("measures", Text("所采取的保护措施是否合法、有效并与风险程度相适应", "Are the safeguards lawful, effective and fit for the risk?"), Law(.personalInformation, 56)),
    ]
}

/// A day on which what was not disclosed is looked at again.
public struct Reassessment: Codable, Equatable, Sendable {
    public let review: String
    public let document: String
    public let title: String
    public let unit: String
    public let due: Day
    public let reason: String
    public let doneAt: Moment?
    public let result: String?
}
