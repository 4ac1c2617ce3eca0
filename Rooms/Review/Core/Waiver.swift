/// A rule of the scan that the reviewer waived for a content type, with the reason and the review in which it was given.
public struct Waiver: Codable, Equatable, Sendable {
    public let key: String
    public let kind: Content.Kind
    /// The rule's name in the scan's table.
    public let rule: String
    public let reason: String
    public let review: String
    public let person: String
    public let nameZh: String
    public let nameEn: String
    public let at: Moment
    public let endedBy: String?
    public let endedAt: Moment?

    public var name: Text { Text(nameZh, nameEn) }
}
