/// Reduces an English word to its stem by the Porter2 rules, so that "patents" finds "patent".
///
/// Source: the algorithm "English" of the Snowball project, as published. Letters must be small and ASCII; other words
/// keep their form.
struct EnglishStem {
    private var word: [UInt8]
    private var r1 = 0
    private var r2 = 0

    /// The stem of a word in small letters.
    static func of(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 2, word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
        if let exception = exceptions[word] { return exception }
        var stem = EnglishStem(word: word)
        stem.markConsonantY()
        stem.findRegions()
        stem.step1a()
        if invariantAfterStep1a.contains(stem.word) { return stem.word }
        stem.step1b()
        stem.step1c()
        stem.step2()
        stem.step3()
        stem.step4()
        stem.step5()
        return stem.word.map { $0 == consonantY ? letterY : $0 }
    }

    private init(word: [UInt8]) {
        self.word = word
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case 0x61, 0x65, 0x69, 0x6F, 0x75, letterY: true
        default: false
        }
    }

    /// A y that begins the word or follows a vowel counts as a consonant; it is written Y meanwhile.
    private mutating func markConsonantY() {
        for place in word.indices where word[place] == letterY {
            if place == 0 || Self.isVowel(word[place - 1]) { word[place] = consonantY }
        }
    }

    private mutating func findRegions() {
        r1 = Self.beginnings.first { word.starts(with: $0) }?.count ?? region(after: 0)
        r2 = region(after: r1)
    }

    /// The part after the first consonant that follows a vowel.
    private func region(after start: Int) -> Int {
        var place = start
        while place < word.count, !Self.isVowel(word[place]) { place += 1 }
        while place < word.count, Self.isVowel(word[place]) { place += 1 }
        return min(place + 1, word.count)
    }

    private func ends(in suffix: [UInt8]) -> Bool {
        word.count >= suffix.count && word[(word.count - suffix.count)...].elementsEqual(suffix)
    }

    private mutating func replaceLast(_ count: Int, by letters: [UInt8]) {
        word.replaceSubrange((word.count - count)..., with: letters)
    }

    private func hasVowel(before end: Int) -> Bool {
        word[..<max(end, 0)].contains(where: Self.isVowel)
    }

    private mutating func step1a() {
        if ends(in: "sses".ascii) {
            word.removeLast(2)
        } else if ends(in: "ied".ascii) || ends(in: "ies".ascii) {
            word.removeLast(word.count > 4 ? 2 : 1)
        } else if ends(in: "us".ascii) || ends(in: "ss".ascii) {
            return
        } else if ends(in: "s".ascii), hasVowel(before: word.count - 2) {
            word.removeLast()
        }
    }

    private mutating func step1b() {
        if let suffix = ["eedly", "eed"].map(\.ascii).first(where: ends) {
            if word.count - suffix.count >= r1 { replaceLast(suffix.count, by: "ee".ascii) }
            return
        }
        guard let suffix = ["ingly", "edly", "ing", "ed"].map(\.ascii).first(where: ends) else { return }
        guard hasVowel(before: word.count - suffix.count) else { return }
        word.removeLast(suffix.count)
        if ["at", "bl", "iz"].map(\.ascii).contains(where: ends) {
            word.append(letterE)
        } else if ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"].map(\.ascii).contains(where: ends) {
            word.removeLast()
        } else if isShort {
            word.append(letterE)
        }
    }

    private mutating func step1c() {
        guard word.count > 2, let last = word.last, last == letterY || last == consonantY else { return }
        if !Self.isVowel(word[word.count - 2]) { word[word.count - 1] = 0x69 }
    }

    private mutating func step2() {
        guard let (suffix, by) = Self.longest(Self.second, in: self) else { return }
        guard word.count - suffix.count >= r1 else { return }
        let before = word.dropLast(suffix.count).last
        if suffix == "ogi".ascii, before != 0x6C { return }
        if suffix == "li".ascii, !(before.map("cdeghkmnrt".ascii.contains) ?? false) { return }
        replaceLast(suffix.count, by: by)
    }

    private mutating func step3() {
        guard let (suffix, by) = Self.longest(Self.third, in: self) else { return }
        guard word.count - suffix.count >= (suffix == "ative".ascii ? r2 : r1) else { return }
        replaceLast(suffix.count, by: by)
    }

    private mutating func step4() {
        guard let suffix = Self.fourth.first(where: ends) else { return }
        guard word.count - suffix.count >= r2 else { return }
        if suffix == "ion".ascii {
            let before = word.dropLast(3).last
            guard before == 0x73 || before == 0x74 else { return }
        }
        word.removeLast(suffix.count)
    }

    private mutating func step5() {
        guard let last = word.last else { return }
        if last == letterE {
            let end = word.count - 1
            if end >= r2 || (end >= r1 && !endsInShortSyllable(at: end)) { word.removeLast() }
        } else if last == 0x6C, word.count - 1 >= r2, word.dropLast().last == 0x6C {
            word.removeLast()
        }
    }

    /// The word is short: it ends in a short syllable and has no first region.
    private var isShort: Bool {
        r1 >= word.count && endsInShortSyllable(at: word.count)
    }

    private func endsInShortSyllable(at end: Int) -> Bool {
        if end == 2 { return Self.isVowel(word[0]) && !Self.isVowel(word[1]) }
        guard end > 2 else { return false }
        let last = word[end - 1]
        return !Self.isVowel(word[end - 3]) && Self.isVowel(word[end - 2]) && !Self.isVowel(last)
            && last != 0x77 && last != 0x78 && last != consonantY
    }

    private static func longest(_ table: [([UInt8], [UInt8])], in stem: EnglishStem) -> ([UInt8], [UInt8])? {
        table.first { stem.ends(in: $0.0) }
    }

    /// Longest first, so that the first that fits is the one to take.
    private static let second: [([UInt8], [UInt8])] = sorted([
        "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize", "ization": "ize",
        "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful",
        "ousli": "ous", "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble", "ogi": "og",
        "fulli": "ful", "lessli": "less", "li": "",
    ])
    private static let third: [([UInt8], [UInt8])] = sorted([
        "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
        "ative": "",
    ])
    private static let fourth: [[UInt8]] = [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al",
        "er", "ic",
    ].map(\.ascii)
    private static let beginnings: [[UInt8]] = ["gener", "commun", "arsen"].map(\.ascii)
    private static let exceptions: [[UInt8]: [UInt8]] = Dictionary(
        uniqueKeysWithValues: [
            ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"), ("idly", "idl"),
            ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"),
            ("news", "news"), ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
        ].map { ($0.0.ascii, $0.1.ascii) }
    )
    private static let invariantAfterStep1a: Set<[UInt8]> = Set(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"].map(\.ascii)
    )

    private static func sorted(_ table: [String: String]) -> [([UInt8], [UInt8])] {
        table.map { ($0.key.ascii, $0.value.ascii) }.sorted { $0.0.count > $1.0.count }
    }
}

private let letterE: UInt8 = 0x65
private let letterY: UInt8 = 0x79
private let consonantY: UInt8 = 0x59

extension String {
    fileprivate var ascii: [UInt8] { Array(utf8) }
}
