import WorkCalendar

/// Something made public: bound to a content hash, a review, a method and a responsible unit.
public struct Release: Codable, Equatable, Sendable {
    public let key: String
    public let content: String
    /// The document it came from; nil for a work of a batch.
    public let document: String?
    public let batch: String?
    public let column: String
    public let unit: String
    public let kind: Content.Kind
    public let language: Language
    public let title: String
    public let documentNumber: String?
    public let writtenOn: Day?
    public let status: String?
    public let attribute: Attribute
    public let reason: String
    public let method: Method
    public let publishedOn: Day
    public let releasedAt: Moment
    public let leaf: Int
    public let state: State
    public let withdrawnAt: Moment?
    public let withdrawnReason: String?
    public let withdrawalLeaf: Int?
    /// The release of a newer text of the same document, which lists and search show instead.
    public let supersededBy: String?

    public var isWithdrawn: Bool { state == .withdrawn }

    /// `column` is a word of SQL, so the table says `col`.
    private enum CodingKeys: String, CodingKey {
        case key, content, document, batch, unit, kind, language, title, documentNumber, writtenOn, status, attribute, reason, method
        case publishedOn, releasedAt, leaf, state, withdrawnAt, withdrawnReason, withdrawalLeaf, supersededBy
        case column = "col"
    }

    public enum State: String, Codable, CaseIterable, Sendable {
        case released
        case withdrawn
    }

    public enum Step: String, CaseIterable, Sendable {
        case withdraw
    }

    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .released, [
        .init(.withdraw, from: [.released], to: .withdrawn, by: .leader, .openness(6)),
    ])

    /// Stated while a document is drafted and approved with it (国办发〔2016〕80号).
    public enum Attribute: String, Codable, CaseIterable, Sendable {
        case proactive
        case onApplication
        case notDisclosed
    }

    /// By which way it becomes public (Regulation on Open Government Information, art. 23).
    public enum Method: String, Codable, CaseIterable, Sendable {
        case internet
    }
}

/// The one function that decides who sees a release: pages, files, search, feeds, counts and API all ask it.
public enum Visibility {
    public static func isPublic(_ release: Release) -> Bool {
        release.state == .released && release.attribute == .proactive
    }

    /// The same in SQL, for lists and search; of the texts of one document only the newest, older ones stay at their addresses.
    public static let condition = "\(conditionOnEachDay) AND release.superseded_by IS NULL"

    /// Without regard to newer texts: for what tells itself on which days a text was the newest.
    public static let conditionOnEachDay = "release.state = 'released' AND release.attribute = 'proactive'"
}

// The columns are the point.
// swift-format-ignore
extension Release.Attribute {
    public var text: Text {
        switch self {
        case .proactive:     Text("主动公开",   "Proactive disclosure")
        case .onApplication: Text("依申请公开", "On application")
        case .notDisclosed:  Text("不予公开",   "Not disclosed")
        }
    }
}

/// The portal's columns.
public struct Column: Hashable, Sendable {
    public let slug: String
    public let name: Text

    public static let all = [
        Column(slug: "notices", name: Text("通知公告", "Notices")),
        Column(slug: "laws", name: Text("法律法规", "Laws and regulations")),
        Column(slug: "replies", name: Text("申请答复选登", "Replies to requests")),
    ]
}
