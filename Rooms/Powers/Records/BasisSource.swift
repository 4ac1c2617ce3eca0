import Core
import Foundation
import LegalText
import Storage
import WorkCalendar

/// The seam to the documents: which published texts a work has, and how each stands on a day.
///
/// Everything the Powers room knows of validity is asked here. The library's computed status decides; where it does not hold
/// the work, what is published does: the source's claim, the day of commencement, the sentence on the term of validity, newer
/// texts, withdrawals.
struct BasisSource {
    let db: any Connection

    /// One published text of a work, with its words.
    struct Published {
        let release: Release
        let content: Content
        let begins: Day
    }

    /// All texts of the works that a title names, 中华人民共和国 before it or not, the newest first; withdrawn ones too.
    func texts(titled title: String) throws -> [Published] {
        let short = title.hasPrefix(Self.nation) ? String(title.dropFirst(Self.nation.count)) : title
        return try published("title IN (\(title), \(short), \(Self.nation + short))")
    }

    /// All texts of the work that a release belongs to: those of its document, and those of its title.
    func texts(ofWorkOf release: Release) throws -> [Published] {
        let own = try text(release.key)?.content.issuer
        return try published("title = \(release.title) OR document = \(release.document)").filter { other in
            // Two works of one title are told apart by kind and issuer.
            let isSame = other.release.document != nil && other.release.document == release.document
            return isSame
                || other.release.kind == release.kind && (own == nil || other.content.issuer == nil || other.content.issuer == own)
        }
    }

    func text(_ release: String) throws -> Published? { try published("key = \(release)").first }

    private func published(_ condition: SQL) throws -> [Published] {
        try db.all(Release.self, "SELECT * FROM release WHERE \(condition) ORDER BY key DESC").map { release in
            guard let json = try db.scalar(String.self, "SELECT json FROM content WHERE hash = \(release.content)") else {
                throw StorageError(.corrupt, "the content of release \(release.key) is missing")
            }
            let content = try JSONDecoder().decode(Content.self, from: Data(json.utf8))
            return Published(release: release, content: content, begins: Self.begins(release, content))
        }
    }

    /// The text of a work that is in force on a day: the public one that began last.
    func current(of texts: [Published], on day: Day) -> Published? {
        texts.filter { Visibility.isPublic($0.release) && $0.begins <= day && !Self.hasEnded($0, by: day) }
            .max { ($0.begins.ordinal, $0.release.key) < ($1.begins.ordinal, $1.release.key) }
    }

    /// The next text of a work that is published and not yet in force.
    func coming(of texts: [Published], after day: Day) -> Published? {
        texts.filter { Visibility.isPublic($0.release) && $0.begins > day }.min { $0.begins < $1.begins }
    }

    /// How one text of a work stands on a day, with the proof.
    func standing(of text: Published, among texts: [Published], on day: Day) throws -> BasisStanding {
        let release = text.release
        guard Visibility.isPublic(release) else {
            let reason = release.withdrawnReason ?? ""
            return .init(.unpublished, Text("已撤回：\(reason)", "it was withdrawn: \(reason)"))
        }
        if let computed = try computed(text, on: day) { return computed }
        if let ended = Self.ending(of: text, by: day) { return ended }
        guard text.begins <= day else {
            return .init(.notYetInForce, Text("自\(text.begins)起施行", "in force from \(text.begins)"))
        }
        if let current = current(of: texts, on: day), current.release.key != release.key, current.release.content != release.content {
            return .init(.amended, Text("新文本自\(current.begins)起施行", "a newer text is in force since \(current.begins)"))
        }
        if Self.inForce.contains(text.content.status ?? "") {
            return .init(.inForce, Text("来源注明现行有效", "its source says that it is in force"))
        }
        // What the office itself published stands until it, or the office, says otherwise.
        if release.document != nil { return .init(.inForce, Text("自\(text.begins)起施行", "in force since \(text.begins)")) }
        return .init(
            .noEvidence,
            Text("自\(text.begins)起施行，此后是否有效来源没有注明", "in force from \(text.begins); its source does not say how it stands since")
        )
    }

    private struct Force: Decodable {
        let status: NormStatus
        let version: Int?
        let json: String
    }

    private struct Dated: Decodable {
        let version: Int
        let promulgated: Day?
        let fromDay: Day
    }

    /// How the library says that the work stands, and whether this is its text in force; nil where it does not hold the work.
    private func computed(_ text: Published, on day: Day) throws -> BasisStanding? {
        guard let work = try db.scalar(String.self, "SELECT work FROM release WHERE key = \(text.release.key)"),
            let force = try db.first(
                Force.self,
                "SELECT * FROM norm_force WHERE work = \(work) AND from_day <= \(day) AND until_day > \(day)"
            )
        else { return nil }
        let standing = try Library.value(NormStanding.self, force.json)
        let proof = standing.evidence.last.map { "《\($0.document)》\($0.article ?? "")：\($0.sentence)" } ?? ""
        let said = Text(proof, proof)
        switch force.status {
        case .repealed: return .init(.repealed, said)
        case .expired: return .init(.expired, said)
        case .amended: return .init(.amended, said)
        case .notYetInForce: return .init(.notYetInForce, said)
        case .inForce, .noEvidence: break
        }
        let texts = try db.all(Dated.self, "SELECT version, promulgated, from_day FROM norm_text WHERE work = \(work) ORDER BY version")
        let own = texts.last { $0.promulgated == text.content.writtenOn } ?? texts.last
        let now = texts.first { $0.version == force.version }
        if let own, let now, now.version > own.version {
            return .init(.amended, Text("新文本自\(now.fromDay)起施行", "a newer text is in force since \(now.fromDay)"))
        }
        if let own, own.fromDay > day { return .init(.notYetInForce, Text("自\(own.fromDay)起施行", "in force from \(own.fromDay)")) }
        if force.status == .inForce { return .init(.inForce, said) }
        let note = standing.notes.first ?? Text("没有依据表明其效力", "nothing shows how it stands")
        return .init(.noEvidence, note)
    }

    private static func hasEnded(_ text: Published, by day: Day) -> Bool { ending(of: text, by: day) != nil }

    /// What ended a text: its source's claim, or its own sentence on its term of validity.
    private static func ending(of text: Published, by day: Day) -> BasisStanding? {
        let claim = text.content.status ?? ""
        let said = Text("来源注明“\(claim)”", "its source says “\(claim)”")
        if repealed.contains(claim) { return .init(.repealed, said) }
        if expired.contains(claim) { return .init(.expired, said) }
        if amended.contains(claim) { return .init(.amended, said) }
        guard let (last, sentence) = lastDay(of: text), last < day else { return nil }
        return .init(.expired, Text("“\(sentence)”，至\(last)", "“\(sentence)”, until \(last)"))
    }

    private static let nation = "中华人民共和国"
    // As collections write them.
    private static let inForce: Set = ["现行有效", "有效", "in_force", "current", "effective"]
    private static let repealed: Set = ["已废止", "废止", "repealed"]
    private static let expired: Set = ["失效", "已失效", "expired"]
    private static let amended: Set = ["已修改", "已被修改", "amended"]

    /// The day a text takes effect: as its source says, or its own sentence 自…起施行; else the day it was written.
    private static func begins(_ release: Release, _ content: Content) -> Day {
        let written = content.writtenOn ?? release.publishedOn
        if let day = content.inForceFrom { return day }
        // An older day is that of the work's first text: 本法自1985年4月1日起施行 in a text of 2020.
        for end in ["起施行", "起实施", "起执行"] {
            guard let mark = content.body.range(of: end, options: .backwards),
                let start = content.body[..<mark.lowerBound].range(of: "自", options: .backwards),
                case .day(let day)? = WrittenDate(content.body[start.upperBound..<mark.lowerBound]), day >= written
            else { continue }
            return day
        }
        return written
    }

    /// The last day by the text's own sentence: 有效期五年, 有效期至2027年12月31日.
    private static func lastDay(of text: Published) -> (day: Day, sentence: String)? {
        guard let mark = text.content.body.range(of: "有效期", options: .backwards) else { return nil }
        let before = text.content.body[..<mark.lowerBound]
        let start = before.lastIndex { "。；\n".contains($0) }.map { before.index(after: $0) } ?? before.startIndex
        let sentence = text.content.body[start...].prefix { !"。；\n".contains($0) }
        // Only of itself: a licence's or a patent's term of validity is no sunset of the text.
        guard ["本办法", "本规定", "本通知", "本细则", "本意见", "本规则", "本公告", "起施行"].contains(where: sentence.contains) else { return nil }
        let rest = text.content.body[mark.upperBound...].drop { "为限是：".contains($0) }.prefix { !"。；，\n（".contains($0) }
        if rest.first == "至", case .day(let day)? = WrittenDate(rest.dropFirst().prefix { $0 != "止" }) { return (day, String(sentence)) }
        guard let unit = rest.firstIndex(of: "年") else { return nil }
        let number = String(rest[..<unit])
        guard let years = Int(number) ?? ChineseNumeral.value(of: number), (1...50).contains(years) else { return nil }
        let begins = text.begins
        guard
            let end = Day(year: begins.year + years, month: begins.month, day: begins.day)
                ?? Day(year: begins.year + years, month: 3, day: 1)
        else { return nil }
        return (end.adding(-1), String(sentence))
    }
}

extension BasisSource.Published {
    /// The text's articles.
    var articles: [Article] { Article.read(content.body) }

    var other: OtherText { OtherText(versionDay: content.writtenOn, begins: begins, articles: articles) }
}
