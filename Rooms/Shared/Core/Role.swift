/// What a person may be in a procedure; a person may hold several, in one unit each, between two days.
public enum Role: String, CaseIterable, Codable, Sendable {
    case drafter
    case unitHead
    case confidentialityReviewer
    case leader
    case disclosureOfficer
    /// The head of the disclosure office (政府信息公开工作机构负责人).
    case officeHead
    /// Hears reviews of subordinate bodies' acts, apart from whoever handled the request.
    case hearingOfficer
    case administrator

    // The columns are the point.
    // swift-format-ignore
    public var text: Text {
        switch self {
        case .drafter:                 Text("承办人",     "Drafter")
        case .unitHead:                Text("处室负责人", "Unit head")
        case .confidentialityReviewer: Text("保密审核人", "Confidentiality reviewer")
        case .leader:                  Text("局领导",     "Leader")
        case .disclosureOfficer:       Text("信息公开办", "Disclosure office")
        case .officeHead:              Text("公开办负责人", "Head of the disclosure office")
        case .hearingOfficer:          Text("复议人员",   "Hearing officer")
        case .administrator:           Text("系统管理员", "Administrator")
        }
    }
}

/// Who takes a step: a person with the roles held on that day, delegated ones among them.
public struct Actor: Hashable, Codable, Sendable {
    public let person: String
    public let name: Text
    public let unit: String
    public let roles: Set<Role>

    public init(person: String, name: Text, unit: String, roles: Set<Role>) {
        (self.person, self.name, self.unit, self.roles) = (person, name, unit, roles)
    }
}

extension Actor {
    /// The first of these roles that the person holds: the one under which the step is logged.
    /// - Throws: `Refusal.forbidden` with the sentence, where the person holds none of them.
    public func acting(as roles: Role..., or sentence: Text) throws(Refusal) -> Role {
        guard let role = roles.first(where: self.roles.contains) else { throw .forbidden(because: sentence) }
        return role
    }

    /// Whether what a unit has not made public is this person's to see: its own people, and whoever reviews, signs or
    /// answers for all units.
    public func mayOpen(unit: String) -> Bool {
        unit == self.unit || !roles.isDisjoint(with: [.confidentialityReviewer, .leader, .disclosureOfficer])
    }

    /// - Throws: `Refusal.forbidden` where the unit's unpublished matters are not this person's to see.
    public func open(unit: String) throws(Refusal) {
        guard mayOpen(unit: unit) else {
            throw .forbidden(
                because: Text("这是其他单位尚未公开的内容，您无权查看。", "This belongs to another unit and is not public; it is not yours to open.")
            )
        }
    }
}
