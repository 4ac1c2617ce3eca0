/// What a person may be in a procedure; a person may hold several, in one unit each, between two days.
public enum Role: String, CaseIterable, Codable, Sendable {
    case drafter
    case unitHead
    case confidentialityReviewer
    case leader
    case disclosureOfficer
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
