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
        let hits = bytes.withUnsafeBufferPointer(table.firstPass.hits)
        guard !hits.isEmpty else { return [] }
        let spelledRow = Int32(table.kinds.count)
        // Row by row, each end once.
        var keys: [UInt64] = []
        keys.reserveCapacity(hits.count)
        for hit in hits {
            if hit.kind == spelledRow {
                hasSpelled = true
            } else {
                keys.append(UInt64(hit.kind) << 32 | UInt64(hit.end))
            }
        }
        keys.sort()
        var found: [Verdict] = []
        var rules: [Int] = []
        // Places around which names are looked for: cues, and whatever identifies a person.
        var spots: [Range<Int>] = []
        let desk = BackwardDesk()
        var place = 0
        while place < keys.count {
            let number = Int(keys[place] >> 32)
            let (kind, facts, backward) = (table.kinds[number], table.facts[number], table.backward[number])
            let isCue = kind.check == .personCue || kind.check == .personTitle
            while place < keys.count, Int(keys[place] >> 32) == number {
                let end = Int(keys[place] & 0xFFFF_FFFF)
                repeat { place += 1 } while place < keys.count && keys[place] == keys[place - 1]
                guard let start = bytes.withUnsafeBufferPointer({ backward.start(in: $0, endingAt: end, desk) }) else { continue }
                if isCue {
                    spots.append(start..<end)
                } else if let verdict = verify(kind, facts, start..<end, bytes), !kind.allowed.contains(verdict.value) {
                    if facts.identifies { spots.append(verdict.range) }
                    found.append(verdict)
                    rules.append(facts.rule)
                }
            }
        }
        found = longest(found, rules)
        if !spots.isEmpty, let row = table.kinds.first(where: { $0.check == .personCue }) {
            found += Names.verdicts(row, in: bytes, around: spots, beside: found)
        }
        found = accompanied(found, in: bytes)
        if shadow.isFolded { for place in found.indices { found[place].range = shadow.original(found[place].range) } }
        return found
    }

    private func verify(_ kind: Kind, _ facts: KindFacts, _ range: Range<Int>, _ bytes: [UInt8]) -> Verdict? {
        guard let proof = kind.check.proof(of: range, in: bytes, kind, self) else { return nil }
        let context = facts.words.first(near: proof.range, in: bytes)
        var confidence = (context == nil ? kind.alone : kind.inContext) * proof.factor
        if proof.severity == .suspect { confidence = min(confidence, 0.6) }
        if kind.alone == 0, context == nil { return nil }
        if context == nil, proof.needsContext { return nil }
        confidence = (confidence * 100).rounded() / 100
        var reason = proof.reason ?? facts.form
        if let context { reason = said(reason, beside: context) }
        return Verdict(
            rule: kind.rule,
            range: proof.range,
            value: proof.value,
            confidence: confidence,
            severity: proof.severity ?? kind.severity,
            reason: reason
        )
    }

    /// The sentences that were already put together: there are few, however many findings have them.
    private var sentences: [String: [(before: String, whole: Bilingual)]] = [:]

    private func said(_ reason: Bilingual, beside context: String) -> Bilingual {
        if let known = sentences[context]?.first(where: { $0.before == reason.zh }) { return known.whole }
        let whole = Bilingual("\(reason.zh)；附近有“\(context)”", "\(reason.en); “\(context)” stands near")
        sentences[context, default: []].append((reason.zh, whole))
        return whole
    }

    /// Of one rule's matches that begin at one place, the longest.
    private func longest(_ found: [Verdict], _ rules: [Int]) -> [Verdict] {
        let order = found.indices.sorted {
            (rules[$0], found[$0].range.lowerBound, $0) < (rules[$1], found[$1].range.lowerBound, $1)
        }
        var best: [Verdict] = []
        best.reserveCapacity(found.count)
        var place = 0
        while place < order.count {
            let first = order[place]
            var chosen = first
            place += 1
            while place < order.count, rules[order[place]] == rules[first],
                found[order[place]].range.lowerBound == found[first].range.lowerBound
            {
                if found[order[place]].rank > found[chosen].rank { chosen = order[place] }
                place += 1
            }
            best.append(found[chosen])
        }
        return best
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

/// Words that make a match surer where they stand near it.
struct ContextWords: Sendable {
    private let words: [String]
    private let bytes: [[UInt8]]
    /// The words that begin with each byte, by number.
    private let beginning: [[Int]]

    init(_ words: [String]) {
        self.words = words
        bytes = words.map { Array($0.utf8) }
        var beginning = [[Int]](repeating: [], count: 256)
        for (number, word) in bytes.enumerated() { if let first = word.first { beginning[Int(first)].append(number) } }
        self.beginning = beginning
    }

    /// The first of the words within 60 bytes before the match or 24 behind it, in the same or the preceding line.
    func first(near range: Range<Int>, in text: [UInt8]) -> String? {
        guard !words.isEmpty else { return nil }
        var best = words.count
        text.withUnsafeBufferPointer { text in
            look(text, max(0, range.lowerBound - 60)..<range.lowerBound, &best)
            var end = range.upperBound
            while end < min(text.count, range.upperBound + 24), text[end] != 10 { end += 1 }
            look(text, range.upperBound..<end, &best)
            look(text, range, &best)
        }
        return best < words.count ? words[best] : nil
    }

    private func look(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ best: inout Int) {
        for place in range {
            let numbers = beginning[Int(Self.lowered(text[place]))]
            for number in numbers where number < best && stands(number, text, place, range) { best = number }
        }
    }

    private func stands(_ number: Int, _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ range: Range<Int>) -> Bool {
        let word = bytes[number]
        let next = place + word.count
        guard next <= range.upperBound else { return false }
        for offset in 1..<max(word.count, 1) where Self.lowered(text[place + offset]) != word[offset] { return false }
        // A word of letters must not be part of another.
        if place > range.lowerBound, text[place - 1].isLetter, word[0].isLetter { return false }
        return !(next < range.upperBound && text[next].isLetter && word[word.count - 1].isLetter)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }
}
