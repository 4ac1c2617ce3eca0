/// A row of the table: what a kind of finding looks like, what proves it, how grave it is, and by which article.
public struct Kind: Sendable {
    public var rule: Finding.Rule
    /// What vectorscan looks for in the folded shadow; its end is the finding's end unless the check grows it.
    public let pattern: String
    public let isCaseless: Bool
    public let check: Check
    /// Words that make it surer when they stand before it, or just behind it.
    public var context: [String]
    /// How sure a match is without such a word, from 0 to 1; at 0 it is dropped.
    public var alone: Double
    public var inContext: Double
    public var severity: Finding.Severity
    /// Texts in which the rule must find, and in which it must not.
    public let seen: [String]
    public let unseen: [String]
    /// Values that are never reported by this rule, without blanks and dashes.
    public var allowed: Set<String>

    init(
        _ rule: String,
        _ kind: String,
        _ zh: String,
        _ en: String,
        pattern: String,
        isCaseless: Bool = false,
        check: Check = .isolated,
        context: String = "",
        alone: Double,
        inContext: Double = 0,
        _ severity: Finding.Severity,
        _ basis: String,
        seen: [String],
        unseen: [String],
        allowed: Set<String> = []
    ) {
        self.rule = Finding.Rule(rawValue: rule, kind: kind, zh: zh, en: en, basis: basis)
        (self.pattern, self.isCaseless, self.check) = (pattern, isCaseless, check)
        self.context = context.split(separator: " ").map { $0.replacing("_", with: " ").lowercased() }
        (self.alone, self.inContext, self.severity) = (alone, max(alone, inContext), severity)
        (self.seen, self.unseen, self.allowed) = (seen, unseen, allowed)
    }
}

/// What proves a match, by the name that the table writes.
public enum Check: String, CaseIterable, Sendable {
    /// The match as it is, wherever it stands.
    case asIs
    /// No digit or letter of ASCII touches the match.
    case isolated
    /// `isolated`, and the reported value is what follows the last colon, equals sign or blank.
    case afterCue
    case residentID, residentIDOf15, creditCode, organisationCode, hongKongID, taiwanID
    case luhn, bankAccount
    case mobile, landline, foreignPhone, email, plate, ipv4, ipv6, mac, coordinates
    case birthDate, minor
    case secrecyMark, englishMark, declassified
    case personCue, personTitle, foreignName
    case address
    case password
    case documentNumber, mapCaption
}

/// The rows that a scan works with, compiled once for vectorscan.
public final class Table: Sendable {
    public let kinds: [Kind]
    /// The house's own rows.
    public static let house = Table(
        SecrecyKinds.rows + IdentityKinds.rows + MoneyKinds.rows + ContactKinds.rows + PersonKinds.rows + PlaceKinds.rows
            + BusinessKinds.rows + KeyKinds.rows
    )

    let firstPass: FirstPass
    let backward: [Backward]
    /// What a reading needs of each row, in the order of the rows.
    let facts: [KindFacts]

    private init(_ kinds: [Kind]) {
        self.kinds = kinds
        // The house's own rows compile, or the tests fail.
        let patterns = kinds.map { try! Pattern($0.pattern, isCaseless: $0.isCaseless) }
        firstPass = try! FirstPass(kinds, nodes: patterns.map(\.node))
        backward = patterns.map { try! Backward($0) }
        facts = KindFacts.all(kinds)
    }

    /// The table's rows of these rules alone.
    public func only(_ rules: Set<String>) -> Table { Table(kinds.filter { rules.contains($0.rule.rawValue) }) }

    /// A table of rows that an office wrote: compiled, or refused.
    init(checking kinds: [Kind]) throws(OfficeTable.Refused) {
        self.kinds = kinds
        var (patterns, ways): ([Pattern], [Backward]) = ([], [])
        for kind in kinds {
            do throws(Pattern.Refused) {
                let pattern = try Pattern(kind.pattern, isCaseless: kind.isCaseless)
                ways.append(try Backward(pattern))
                patterns.append(pattern)
            } catch { throw OfficeTable.Refused(rule: kind.rule.rawValue, error.words) }
        }
        do throws(FirstPass.Refused) { firstPass = try FirstPass(kinds, nodes: patterns.map(\.node)) } catch {
            throw OfficeTable.Refused(
                rule: error.rule,
                Bilingual("扫描引擎不接受该表达式：\(error.message)", "The scanner does not take the pattern: \(error.message)")
            )
        }
        backward = ways
        facts = KindFacts.all(kinds)
    }
}

/// What is worked out of a row once, so that no match pays for it.
struct KindFacts: Sendable {
    let words: ContextWords
    /// The reason of a match whose check gives none.
    let form: Bilingual
    /// Whether a name is likely to stand beside it.
    let identifies: Bool
    /// Rows of one rule have one number.
    let rule: Int

    static func all(_ kinds: [Kind]) -> [KindFacts] {
        var numbers: [String: Int] = [:]
        return kinds.map { kind in
            let number = numbers[kind.rule.rawValue] ?? numbers.count
            numbers[kind.rule.rawValue] = number
            return KindFacts(
                words: ContextWords(kind.context),
                form: Bilingual("符合“\(kind.rule.zh)”的格式", "Has the form of: \(kind.rule.en)"),
                identifies: kind.identifies,
                rule: number
            )
        }
    }
}
