/// One reading of a text: fold, first pass, verify backwards, weigh by context.
final class Reading {
    let table: Table
    let day: Int?
    let published: Set<String>?
    private(set) var hasSpelled = false

    init(table: Table, day: Int?, published: Set<String>?) {
        (self.table, self.day, self.published) = (table, day, published)
    }

    /// What the checks say, in places of the original.
    func verdicts(in text: UnsafeBufferPointer<UInt8>, spelled: Bool) -> [Verdict] {
        let shadow = Shadow(text, spelled: spelled)
        let bytes = shadow.bytes
        var hits = bytes.withUnsafeBufferPointer(table.firstPass.hits)
        guard !hits.isEmpty else { return [] }
        let spelledRow = Int32(table.kinds.count)
        if hits.contains(where: { $0.kind == spelledRow }) {
            hasSpelled = true
            hits.removeAll { $0.kind == spelledRow }
        }
        hits.sort { ($0.kind, $0.end) < ($1.kind, $1.end) }
        var found: [Verdict] = []
        // Places around which names are looked for: cues, and whatever identifies a person.
        var spots: [Range<Int>] = []
        for (place, hit) in hits.enumerated() {
            let kind = table.kinds[Int(hit.kind)]
            let end = Int(hit.end)
            if place > 0, hits[place - 1].kind == hit.kind, hits[place - 1].end == hit.end { continue }
            guard let start = table.backward[Int(hit.kind)].start(in: bytes, endingAt: end) else { continue }
            switch kind.check {
            case .personCue, .personTitle: spots.append(start..<end)
            default:
                for verdict in verify(kind, start..<end, bytes) where !kind.allowed.contains(verdict.value) {
                    found.append(verdict)
                    if kind.identifies { spots.append(verdict.range) }
                }
            }
        }
        found = longest(found)
        if !spots.isEmpty, let row = table.kinds.first(where: { $0.check == .personCue }) {
            found += Names.verdicts(row, in: bytes, around: spots, beside: found)
        }
        found = accompanied(found, in: bytes)
        for place in found.indices { found[place].range = shadow.original(found[place].range) }
        return found
    }

    private func verify(_ kind: Kind, _ range: Range<Int>, _ bytes: [UInt8]) -> [Verdict] {
        guard let proof = kind.check.proof(of: range, in: bytes, kind, self) else { return [] }
        let context = Context.word(of: kind.context, near: proof.range, in: bytes)
        var confidence = (context == nil ? kind.alone : kind.inContext) * proof.factor
        if proof.severity == .suspect { confidence = min(confidence, 0.6) }
        if kind.alone == 0, context == nil { return [] }
        if context == nil, proof.needsContext { return [] }
        confidence = (confidence * 100).rounded() / 100
        var reason = proof.reason ?? Bilingual("符合“\(kind.rule.zh)”的格式", "Has the form of: \(kind.rule.en)")
        if let context {
            reason = Bilingual("\(reason.zh)；附近有“\(context)”", "\(reason.en); “\(context)” stands near")
        }
        return [
            Verdict(
                rule: kind.rule,
                range: proof.range,
                value: proof.value,
                confidence: confidence,
                severity: proof.severity ?? kind.severity,
                reason: reason
            )
        ]
    }

    /// Of one rule's matches that begin at one place, the longest.
    private func longest(_ found: [Verdict]) -> [Verdict] {
        var best: [String: [Int: Verdict]] = [:]
        for verdict in found {
            let known = best[verdict.rule.rawValue]?[verdict.range.lowerBound]
            if known.map({ verdict.rank > $0.rank }) ?? true {
                best[verdict.rule.rawValue, default: [:]][verdict.range.lowerBound] = verdict
            }
        }
        return best.values.flatMap(\.values)
    }

    /// Terms of a sensitive class count only in the line of someone who can be told.
    private func accompanied(_ found: [Verdict], in bytes: [UInt8]) -> [Verdict] {
        guard found.contains(where: { $0.rule.kind.hasPrefix("sensitive") }) else { return found }
        let people = found.filter { ["person", "id_number", "passport"].contains($0.rule.kind) }
        return found.filter { verdict in
            guard verdict.rule.kind.hasPrefix("sensitive") else { return true }
            let line = Context.line(around: verdict.range, in: bytes, reach: 180)
            return people.contains { line.overlaps($0.range) }
        }
    }
}

extension Kind {
    /// Whether a name is likely to stand beside it.
    var identifies: Bool {
        [
            "id_number", "phone", "bank_card", "email", "license_plate", "passport", "address", "birth_date", "bank_account",
            "hk_macau_permit",
            "taiwan_permit", "officer_card", "driving_licence", "social_account", "minor",
        ].contains(rule.kind) && rule.rawValue != "hotline"
    }
}

/// What stands around a match.
enum Context {
    /// The first of the words within 60 bytes before the match or 24 behind it, in the same or the preceding line.
    static func word(of words: [String], near range: Range<Int>, in bytes: [UInt8]) -> String? {
        guard !words.isEmpty else { return nil }
        let before = lowered(bytes[max(0, range.lowerBound - 60)..<range.lowerBound])
        let after = lowered(bytes[range.upperBound..<min(bytes.count, range.upperBound + 24)].prefix { $0 != 10 })
        let within = lowered(bytes[range])
        return words.first { word in
            let word = Array(word.utf8)
            return contains(before, word) || contains(after, word) || contains(within, word)
        }
    }

    /// The line around a range, at most `reach` bytes to each side.
    static func line(around range: Range<Int>, in bytes: [UInt8], reach: Int) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, range.lowerBound - start < reach, bytes[start - 1] != 10 { start -= 1 }
        while end < bytes.count, end - range.upperBound < reach, bytes[end] != 10 { end += 1 }
        while start < range.lowerBound, bytes[start].isContinuation { start += 1 }
        while end > range.upperBound, end < bytes.count, bytes[end].isContinuation { end -= 1 }
        return start..<end
    }

    static func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.map { $0 &- 65 < 26 ? $0 | 32 : $0 } }

    static func contains(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, bytes.count >= word.count else { return false }
        var place = 0
        while place <= bytes.count - word.count {
            if bytes[place] == first, bytes[place..<(place + word.count)].elementsEqual(word) {
                // A word of letters must not be part of another.
                let before = place > 0 && bytes[place - 1].isLetter && first.isLetter
                let next = place + word.count
                let after = next < bytes.count && bytes[next].isLetter && word[word.count - 1].isLetter
                if !before, !after { return true }
            }
            place += 1
        }
        return false
    }
}
