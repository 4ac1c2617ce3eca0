/// Names of persons: a surname, one or two characters behind it, and what stands around them; the confidence says how much that was.
enum Names {
    /// - Parameters:
    ///   - spots: cues and whatever identifies a person; names are looked for around them only.
    ///   - beside: what else was found; a name never lies inside it.
    static func verdicts(_ row: Kind, in bytes: [UInt8], around spots: [Range<Int>], beside found: [Verdict]) -> [Verdict] {
        let taken = found.filter { $0.rule.kind != "sensitive" }.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        // A neighbourhood is part of a line: 150 bytes to each side.
        var regions: [Range<Int>] = []
        for spot in spots.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let line = Context.line(around: spot, in: bytes, reach: 150)
            if let last = regions.last, last.upperBound >= line.lowerBound {
                regions[regions.count - 1] = last.lowerBound..<max(last.upperBound, line.upperBound)
            } else {
                regions.append(line)
            }
        }
        let hard = found.filter { isHard($0) }.map(\.range.lowerBound).sorted()
        return regions.flatMap { region in
            let text = String(decoding: bytes[region], as: UTF8.self)
            var scalars = Array(text.unicodeScalars)
            var offsets: [Int] = []
            offsets.reserveCapacity(scalars.count + 1)
            var offset = region.lowerBound
            for scalar in scalars {
                offsets.append(offset)
                offset += UTF8.width(scalar)
            }
            offsets.append(offset)
            // What is found already becomes its kind's sign, so that a name beside it sees what it stands beside.
            var place = taken.partitioningIndex { $0.upperBound > region.lowerBound }
            while place < taken.count, taken[place].lowerBound < region.upperBound {
                let start = offsets.partitioningIndex { $0 >= taken[place].lowerBound }
                let end = offsets.partitioningIndex { $0 >= taken[place].upperBound }
                for index in start..<min(end, scalars.count) { scalars[index] = Sentence.taken }
                place += 1
            }
            let first = hard.partitioningIndex { $0 >= region.lowerBound }
            let isBesideHard = first < hard.count && hard[first] < region.upperBound
            return Sentence(scalars: scalars, isBesideHard: isBesideHard).names().map { name in
                let range = offsets[name.range.lowerBound]..<offsets[name.range.upperBound]
                return Verdict(
                    rule: row.rule,
                    range: range,
                    value: String(decoding: bytes[range].filter { $0 != 32 }, as: UTF8.self),
                    confidence: name.confidence,
                    severity: row.severity,
                    reason: name.reason
                )
            }
        }
    }

    private static func isHard(_ verdict: Verdict) -> Bool {
        ["id_number", "phone", "bank_card", "license_plate", "passport", "email", "address", "birth_date"].contains(verdict.rule.kind)
    }
}

/// A piece of a line, read for names.
struct Sentence {
    let scalars: [Unicode.Scalar]
    /// Whether a number or address of a person stands in it: without one and without a cue nothing is a name.
    let isBesideHard: Bool

    static let taken = Unicode.Scalar(0xE000 as UInt32)!

    struct Name {
        let range: Range<Int>
        let confidence: Double
        let reason: Bilingual
    }

    func names() -> [Name] {
        var names: [Name] = []
        var place = 0
        while place < scalars.count {
            guard let name = name(at: place, after: names.last) else {
                place += 1
                continue
            }
            names.append(name)
            place = name.range.upperBound
        }
        return names
    }

    /// How strongly what stands on one side speaks for a name.
    private enum Side: Int, Comparable {
        case none, weak, medium, strong
        static func < (one: Side, other: Side) -> Bool { one.rawValue < other.rawValue }
    }

    private func name(at place: Int, after last: Name?) -> Name? {
        let (surname, isRare) = surname(at: place)
        guard surname > 0, end(of: 1, from: place + surname) != nil else { return nil }
        let left = left(of: place, after: last)
        guard left > .none || isBesideHard else { return nil }
        if isRare, left < .medium { return nil }
        var best: Name?
        // Two characters behind the surname first, then one; a blank may stand between (王 芳).
        for given in [2, 1] {
            guard let end = end(of: given, from: place + surname), isNameLike(place, place + surname, end) else { continue }
            let right = right(of: end)
            guard right > .none else { continue }
            let commonness = commonness(place + surname..<end)
            let score = score(left, right, commonness, surname: surname, given: given)
            guard score > 0, !(isRare && score < 0.8) else { continue }
            if best.map({ score > $0.confidence + 0.01 }) ?? true {
                best = Name(range: place..<end, confidence: score, reason: reason(left, right))
            }
        }
        return best
    }

    private func score(_ left: Side, _ right: Side, _ commonness: Double, surname: Int, given: Int) -> Double {
        let base: Double
        switch (left, right) {
        case (.strong, .strong): base = 0.97
        case (.strong, .medium): base = 0.93
        case (.strong, .weak), (.medium, .strong), (.weak, .strong): base = 0.88
        case (.medium, .medium), (.medium, .weak), (.weak, .medium), (.weak, .weak):
            guard isBesideHard else { return 0 }
            base = (left, right) == (.weak, .weak) ? 0.7 : 0.75
        case (.none, .strong), (.none, .weak), (.none, .medium):
            // Glued to a word that is not known to introduce names: only common characters are believed.
            guard isBesideHard, commonness == 1 else { return 0 }
            base = right == .strong ? 0.65 : right == .weak ? 0.55 : 0
        default: return 0
        }
        // Characters that names rarely hold make a name of a weak place doubtful.
        let doubt = commonness < 0.5 ? (left == .strong && right >= .medium ? 0.1 : 0.4) : commonness < 1 ? 0.05 : 0
        return ((base - doubt + (surname == 2 ? 0.02 : 0)) * 100).rounded() / 100
    }

    private func reason(_ left: Side, _ right: Side) -> Bilingual {
        switch (left, right) {
        case (.strong, _): Bilingual("姓氏，前有人员称谓", "A surname behind a word that introduces a person")
        case (_, .strong): Bilingual("姓氏，后有人员称谓或个人信息", "A surname before a title or personal data")
        default: Bilingual("姓氏，同句有个人信息", "A surname in a sentence with personal data")
        }
    }

    /// The length of the surname here, and whether it is more often another word.
    private func surname(at place: Int) -> (Int, Bool) {
        if place + 1 < scalars.count, isHan(scalars[place]), Lexicon.doubleSurnames.contains(scalars[place..<(place + 2)]) {
            return (2, false)
        }
        if Lexicon.surnames.contains(scalars[place]) { return (1, false) }
        return Lexicon.rareSurnames.contains(scalars[place]) ? (1, true) : (0, false)
    }

    private func end(of given: Int, from start: Int) -> Int? {
        var place = start
        for number in 0..<given {
            // A blank only before the first, as tables set names of two characters.
            if number == 0, place < scalars.count, scalars[place] == " ", given == 1 {
                while place < scalars.count, scalars[place] == " ", place - start < 2 { place += 1 }
            }
            guard place < scalars.count, isHan(scalars[place]), !Lexicon.never.contains(scalars[place]) else { return nil }
            place += 1
        }
        return place
    }

    private func isNameLike(_ start: Int, _ given: Int, _ end: Int) -> Bool {
        if Lexicon.words.contains(scalars[start..<end]) || Lexicon.words.contains(scalars[start..<end].prefix(2)) { return false }
        // 路, 市… behind it: a place; 有限公司: a firm.
        if end < scalars.count, Lexicon.placeEndings.contains(scalars[end]) { return false }
        if end - start == 3, Lexicon.placeEndings.contains(scalars[end - 1]) { return false }
        guard Lexicon.firmEndings.fit(scalars, end..<min(scalars.count, end + 2)) else { return true }
        return Lexicon.bankNumbers.fit(scalars, end..<min(scalars.count, end + 3))
    }

    private func commonness(_ range: Range<Int>) -> Double {
        let given = scalars[range].filter(isHan)
        return Double(given.count { Lexicon.givenNames.contains($0) }) / Double(max(1, given.count))
    }

    private func left(of place: Int, after last: Name?) -> Side {
        var before = place
        var hasBreak = false
        while before > 0, Self.openers.contains(scalars[before - 1]), place - before < 6 {
            before -= 1
            hasBreak = true
        }
        if before == 0 { return .medium }
        let previous = scalars[before - 1]
        if previous == Self.taken { return .medium }
        // 张三、李四和王五: each vouches for the next.
        if let last {
            let between = last.range.upperBound..<place
            let gap = between.count <= 4 && last.confidence >= 0.8 ? text(between) : ""
            if !between.isEmpty, Self.joiners.contains(gap.filter { $0 != " " }) || gap == " " {
                return ["、", "和", "与", "及"].contains(gap) ? .strong : .medium
            }
        }
        let words = max(0, before - 6)..<before
        if Lexicon.cues.fit(scalars, words) { return .strong }
        if Self.enders.contains(previous) { return .medium }
        if hasBreak { return .medium }
        if !isHan(previous) { return previous.value < 128 && UInt8(previous.value).isAlphanumeric ? .weak : .medium }
        return Lexicon.leaders.fit(scalars, words) ? .weak : .none
    }

    private func right(of end: Int) -> Side {
        if end >= scalars.count { return .medium }
        var next = end
        while next < scalars.count, scalars[next] == " ", next - end < 3 { next += 1 }
        if next >= scalars.count { return .medium }
        let words = next..<min(scalars.count, next + 6)
        if Lexicon.titles.fit(scalars, words) { return .strong }
        if scalars[next] == Self.taken { return .strong }
        if Self.commas.contains(scalars[next]) {
            let following = scalars[(next + 1)..<min(scalars.count, next + 7)].filter { $0 != " " }
            if following.first == Self.taken || Lexicon.particulars.fit(following, 0..<following.count) { return .strong }
            return .medium
        }
        if Lexicon.followers.fit(scalars, words) { return .weak }
        return isHan(scalars[next]) ? .none : scalars[next].value < 128 && UInt8(scalars[next].value).isAlphanumeric ? .weak : .medium
    }

    private static let joiners: Set = ["、", "，", ",", ";", "；", "/", "和", "与", "及", "以及"]
    private static let openers = ScalarSet(" :：\"“‘('（【[*|".unicodeScalars)
    private static let enders = ScalarSet("，,。；;、！!？?）)】]”’…\t|/\u{3000} ".unicodeScalars)
    private static let commas = ScalarSet("，,、（(；;:：\t".unicodeScalars)

    private func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) || scalar == "·" }

    private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
}
