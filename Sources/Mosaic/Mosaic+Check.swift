import Foundation

extension Mosaic {
    /// A new table attacked with everything that is already out.
    ///
    /// - Parameters:
    ///   - new: the table to be released.
    ///   - earlier: every table already released; a release withdrawn since is still known.
    ///   - quasi: columns that outsiders may know, of the new table or of earlier ones.
    ///   - sensitive: columns of which no value may become certain; nil for all that are neither quasi-identifiers nor identifiers.
    ///   - k: the smallest crowd that is large enough.
    ///   - cures: also look for changes that help; each runs all attacks again.
    /// - Throws: `MosaicRefused` for quasi-identifiers that no table has, unknown sensitive columns, or an empty table.
    public static func check(
        _ new: Microdata,
        against earlier: [EarlierRelease],
        quasi: [String],
        sensitive: [String]? = nil,
        k: Int = 5,
        cures: Bool = true
    ) throws(MosaicRefused) -> ReleaseCheck {
        guard new.rows > 0 else { throw MosaicRefused(zh: "表中没有数据行。", en: "The table has no rows.") }
        guard !quasi.isEmpty else { throw MosaicRefused(zh: "请指明准标识符列。", en: "Name the quasi-identifiers.") }
        guard k >= 2 else { throw MosaicRefused(zh: "k 至少为 2。", en: "k is at least 2.") }
        for name in quasi where new[name] == nil && !earlier.contains(where: { $0.table[name] != nil }) {
            throw MosaicRefused(zh: "各表中都没有“\(name)”列。", en: "No table has a column “\(name)”.")
        }
        let told: [String]
        if let sensitive {
            told = try new.columns(sensitive).map(\.name).filter { !quasi.contains($0) }
        } else {
            let roles = proposeRoles(new)
            told = roles.filter { $0.role != .identifier && !quasi.contains($0.column) }.map(\.column)
        }
        let translations = Translations()
        var attack = Attack(AlignedTable(new), quasi: once(quasi), sensitive: told, k: k)
        let alone = attack.alone()
        let counts = attack.run(earlier, translations)
        let findings = attack.findings.sorted { left, right in
            (left.unique, left.certain, left.belowK) > (right.unique, right.certain, right.belowK)
        }
        let named = Set(findings.flatMap(\.with))
        var check = ReleaseCheck(
            rows: new.rows,
            k: k,
            unique: counts.unique,
            belowK: counts.belowK,
            certain: counts.certain,
            with: earlier.map(\.name).filter(named.contains),
            findings: findings,
            cures: [],
            alone: alone,
            sentence: Wording.summary(counts, findings, rows: new.rows, k: k),
            limits: attack.limits.sorted { $0.en < $1.en }
        )
        if cures, !counts.isSafe { check.cures = Cures(attack, new, earlier, before: counts, translations).all() }
        return check
    }

    /// The new table after a cure that `check` proposed; the other parameters are those of that check.
    ///
    /// - Throws: `MosaicRefused` where the table is no longer the one that the cure was proposed for.
    public static func cured(
        _ new: Microdata,
        by cure: ReleaseCheck.Cure,
        against earlier: [EarlierRelease],
        quasi: [String],
        sensitive: [String],
        k: Int
    ) throws(MosaicRefused) -> Microdata {
        if let name = cure.column { _ = try new.columns([name]) }
        let translations = Translations()
        let told = try new.columns(sensitive).map(\.name).filter { !quasi.contains($0) }
        var attack = Attack(AlignedTable(new), quasi: once(quasi), sensitive: told, k: k)
        let counts = attack.run(earlier, translations)
        guard let cured = Cures(attack, new, earlier, before: counts, translations).table(after: cure) else {
            throw MosaicRefused(zh: "这项处理对现在的表不适用，请重新检查。", en: "The change does not fit the table as it is now: check it again.")
        }
        return cured
    }

    private static func once(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// Sorted keys, numbers that JSON lacks as words: what the commands print with `--json`.
    public static func json(_ result: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinite",
            negativeInfinity: "-infinite",
            nan: "none"
        )
        return String(decoding: try encoder.encode(result), as: UTF8.self)
    }
}
