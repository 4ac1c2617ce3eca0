import LegalText
import WorkCalendar

/// What has happened to a basis since it was chosen: it lapsed, changed, moved to another number, or is about to.
public struct BasisFlag: Codable, Equatable, Sendable {
    public let kind: Kind
    /// The basis as the matter cites it.
    public let basis: String
    /// What happened, with its evidence.
    public let zh: String
    public let en: String

    public var text: Text { Text(zh, en) }

    init(_ kind: Kind, _ basis: Basis, _ zh: String, _ en: String) {
        (self.kind, self.basis, self.zh, self.en) = (kind, basis.citation, zh, en)
    }

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case lapsed
        case withdrawn
        case notInForce
        case changed
        case drifted
        case gone
        case newer
        case unproven
        case coming
    }
}

/// A text of the same work that is, or will be, in force in place of the one that a matter rests on.
public struct OtherText: Equatable, Sendable {
    public let versionDay: Day?
    public let begins: Day
    public let articles: [Article]

    public init(versionDay: Day?, begins: Day, articles: [Article]) {
        (self.versionDay, self.begins, self.articles) = (versionDay, begins, articles)
    }
}

extension Basis {
    /// What is to be said of this basis on a day.
    /// - Parameters:
    ///   - standing: how its text stands on that day.
    ///   - current: the work's text in force on that day, where it is another one.
    ///   - coming: a published text of the work that takes effect later.
    public func flags(_ standing: BasisStanding, current: OtherText?, coming: OtherText?) -> [BasisFlag] {
        var flags: [BasisFlag] = []
        switch standing.status {
        case .inForce: break
        case .noEvidence where confirmedBy != nil: break
        case .noEvidence:
            flags.append(flag(.unproven, "时效没有依据：\(standing.evidence.zh)", "there is no evidence of its force: \(standing.evidence.en)"))
        case .notYetInForce: flags.append(flag(.notInForce, "尚未施行：\(standing.evidence.zh)", "not yet in force: \(standing.evidence.en)"))
        case .expired: flags.append(flag(.lapsed, "已失效：\(standing.evidence.zh)", "it has expired: \(standing.evidence.en)"))
        case .repealed: flags.append(flag(.lapsed, "已废止：\(standing.evidence.zh)", "it was repealed: \(standing.evidence.en)"))
        case .unpublished: flags.append(flag(.withdrawn, standing.evidence.zh, standing.evidence.en))
        case .amended:
            guard let current else {
                flags.append(flag(.changed, "已修改：\(standing.evidence.zh)", "it was amended: \(standing.evidence.en)"))
                break
            }
            flags.append(compared(with: current))
        }
        if let coming { flags.append(announced(coming)) }
        return flags
    }

    private func flag(_ kind: BasisFlag.Kind, _ zh: String, _ en: String) -> BasisFlag { BasisFlag(kind, self, zh, en) }

    /// The article beside the newer text: the same words, other words, the same words elsewhere, or nowhere.
    private func compared(with text: OtherText) -> BasisFlag {
        let (zh, en) = ("新文本自\(text.begins)起施行", "a newer text is in force since \(text.begins)")
        switch fate(in: text.articles) {
        case .same: return flag(.newer, "\(zh)，\(article)文字未变", "\(en); the words of \(article) are the same")
        case .moved(let number): return flag(.drifted, "\(zh)，原\(article)现为\(number)", "\(en); what was \(article) is now \(number)")
        case .changed: return flag(.changed, "\(zh)，\(article)文字已变", "\(en); the words of \(article) have changed")
        case .gone: return flag(.gone, "\(zh)，其中没有\(article)", "\(en), which has no \(article)")
        }
    }

    private func announced(_ text: OtherText) -> BasisFlag {
        let (zh, en) = ("新文本将自\(text.begins)起施行", "a newer text takes effect on \(text.begins)")
        switch fate(in: text.articles) {
        case .same: return flag(.coming, "\(zh)，\(article)文字不变", "\(en); the words of \(article) stay")
        case .moved(let number): return flag(.coming, "\(zh)，\(article)将为\(number)", "\(en); \(article) becomes \(number)")
        case .changed: return flag(.coming, "\(zh)，\(article)文字将变", "\(en); the words of \(article) change")
        case .gone: return flag(.coming, "\(zh)，其中没有\(article)", "\(en), which has no \(article)")
        }
    }

    enum Fate: Equatable {
        case same
        case moved(String)
        case changed
        case gone
    }

    /// What became of the article in another text; punctuation and blanks make no difference.
    func fate(in articles: [Article]) -> Fate {
        let words = Self.words(of: quote)
        let same = articles.first { $0.number == article }
        if let same, Self.words(of: same.text) == words { return .same }
        // Words that are too few may stand in many places.
        let elsewhere = words.count < 12 ? [] : articles.filter { Self.words(of: $0.text) == words }
        if elsewhere.count == 1 { return .moved(elsewhere[0].number) }
        return same == nil ? .gone : .changed
    }

    static func words(of text: String) -> String { String(text.filter { $0.isLetter || $0.isNumber }) }
}

// The columns are the point.
// swift-format-ignore
extension BasisFlag.Kind {
    public var text: Text {
        switch self {
        case .lapsed:     Text("依据失效",     "Basis lapsed")
        case .withdrawn:  Text("依据撤回",     "Basis withdrawn")
        case .notInForce: Text("依据未施行",   "Basis not in force yet")
        case .changed:    Text("依据已修改",   "Basis changed")
        case .drifted:    Text("条号已变",     "Article renumbered")
        case .gone:       Text("条文已删除",   "Article gone")
        case .newer:      Text("有新文本",     "Newer text")
        case .unproven:   Text("时效无依据",   "No evidence of status")
        case .coming:     Text("将有新文本",   "Newer text to come")
        }
    }

    /// Whether the matter can not stand on it today.
    public var isGrave: Bool { self != .newer && self != .coming }
}
