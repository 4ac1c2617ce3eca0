import Foundation
import Index

/// Finds passages by reading every one of them: slow, plain, and written apart from the index it is compared with.
struct PlainScan {
    static let han = Array("专利法实施细则条例信息公开权人")
    static let traditional: [Character: Character] = ["專": "专", "則": "则", "條": "条", "開": "开", "權": "权", "實": "实"]
    static let stems = [
        "patent": "patent", "patents": "patent", "disclosure": "disclosur", "disclosing": "disclos", "fee": "fee",
        "fees": "fee", "2019": "2019", "5": "5", "3g": "3g",
    ]
    static let gaps = Array("，。《》 、")

    /// The runs of a text, folded, a bar between them: 专利|法|patents.
    static func canonical(_ text: String) -> String {
        var runs: [String] = []
        var last: Character?
        for character in text.lowercased() {
            let folded = traditional[character] ?? character
            let isHan = han.contains(folded) || folded == "号"
            let isGap = gaps.contains(folded) || "〔〕".contains(folded)
            let kind: Character? = isGap ? nil : isHan ? "h" : "w"
            if let kind {
                if kind == last { runs[runs.count - 1].append(folded) } else { runs.append(String(folded)) }
            }
            last = kind
        }
        return runs.joined(separator: "|")
    }

    enum Term {
        /// Exact characters, or one word by its stem.
        case plain(String, Field?)
        /// Quoted: words as written.
        case phrase(String)

        func stands(in page: Page) -> Bool {
            page.fields.contains { field, text in
                switch self {
                case .plain(let sought, let only): (only == nil || only == field) && Self.holds(text, sought, exact: false)
                case .phrase(let sought): Self.holds(text, sought, exact: true)
                }
            }
        }

        private static func holds(_ text: String, _ sought: String, exact: Bool) -> Bool {
            let wanted = canonical(sought)
            if !exact, let stem = stems[wanted] { return text.split(separator: "|").contains { stems[String($0)] == stem } }
            // Words stand whole, characters anywhere.
            let isWord = { (byte: UInt8?) in byte.map { $0 < 0x80 && $0 != 0x7C } ?? false }
            let bytes = Array(text.utf8)
            let needle = Array(wanted.utf8)
            return bytes.indices.contains { place in
                let end = place + needle.count
                guard end <= bytes.count, bytes[place] == needle[0], bytes[place..<end].elementsEqual(needle) else { return false }
                let before = place > 0 ? bytes[place - 1] : nil
                let after = end < bytes.count ? bytes[end] : nil
                return !(isWord(needle.first) && isWord(before)) && !(isWord(needle.last) && isWord(after))
            }
        }
    }

    /// A passage with its fields as they are compared.
    struct Page {
        let passage: Passage
        let fields: [(Field, String)]

        init(_ passage: Passage) {
            self.passage = passage
            fields = [
                (.title, canonical(passage.title)), (.number, canonical(passage.number)),
                (.head, canonical(passage.head)), (.text, canonical(passage.text)),
            ]
        }
    }

    static func isShown(_ passage: Passage, _ query: Query) -> Bool {
        guard query.visible.contains(passage.visibility) else { return false }
        if let day = query.at, day < passage.from ?? .min || day >= passage.to ?? .max { return false }
        return query.filters.allSatisfy { name, values in !values.isDisjoint(with: passage.facets[name] ?? []) }
    }
}

/// Random passages and questions over few characters, so that everything meets.
struct RandomTexts {
    var random: SystemlessRandom

    mutating func text(_ pieces: ClosedRange<Int>) -> String {
        (0..<Int.random(in: pieces, using: &random)).map { _ in piece() }.joined()
    }

    private mutating func piece() -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return String(PlainScan.gaps.randomElement(using: &random) ?? "，")
        case 1:
            return [" patent ", " Patents ", "disclosure ", " disclosing", " fee。", " FEES ", "2019", " 5 ", "３Ｇ".lowercased()][
                Int.random(in: 0..<8, using: &random)
            ]
        case 2: return String(PlainScan.traditional.keys.sorted().randomElement(using: &random) ?? "則")
        default: return han(1...4)
        }
    }

    mutating func han(_ sizes: ClosedRange<Int>) -> String {
        // Few characters are frequent, as in language.
        String(
            (0..<Int.random(in: sizes, using: &random)).map { _ in
                let draw = Double.random(in: 0..<1, using: &random)
                return PlainScan.han[Int(draw * draw * Double(PlainScan.han.count))]
            }
        )
    }

    mutating func passage(_ key: String) -> Passage {
        let title = han(2...5) + (Bool.random(using: &random) ? "條例" : "Patents Fee")
        let from = Bool.random(using: &random) ? Int.random(in: 0..<1000, using: &random) : nil
        let to = Bool.random(using: &random) ? (from ?? 0) + Int.random(in: 0..<1000, using: &random) : nil
        return Passage(
            key: key,
            title: title,
            number: "国\(han(1...1))〔2019〕\(Int.random(in: 1...9, using: &random))号",
            head: han(1...3),
            text: text(1...40),
            from: from,
            to: to,
            visibility: UInt8.random(in: 0..<3, using: &random),
            facets: [
                "kind": [["law", "rule", "notice"][Int.random(in: 0..<3, using: &random)]],
                "year": ["\(Int.random(in: 2018...2021, using: &random))", "all"],
            ]
        )
    }

    /// What is asked, as the index reads it and as the plain scan does: all groups, none of the excluded.
    mutating func question() -> (text: String, groups: [[PlainScan.Term]], excluded: [PlainScan.Term]) {
        var texts: [String] = []
        var groups: [[PlainScan.Term]] = []
        for place in 0..<Int.random(in: 1...3, using: &random) {
            let (text, term) = term()
            if place > 0, Int.random(in: 0..<4, using: &random) == 0 {
                texts += ["OR", text]
                groups[groups.count - 1].append(term)
            } else {
                texts.append(text)
                groups.append([term])
            }
        }
        guard Int.random(in: 0..<4, using: &random) == 0 else { return (texts.joined(separator: " "), groups, []) }
        let sought = han(1...2)
        return ((texts + ["-" + sought]).joined(separator: " "), groups, [.plain(sought, nil)])
    }

    private mutating func term() -> (String, PlainScan.Term) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            let word = PlainScan.stems.keys.sorted().randomElement(using: &random) ?? "fee"
            return (word, .plain(word, nil))
        case 1:
            let field = [("title", Field.title), ("head", .head), ("text", .text)][Int.random(in: 0..<3, using: &random)]
            let sought = han(1...3)
            return ("\(field.0):\(sought)", .plain(sought, field.1))
        case 2, 3:
            let phrase = han(1...2) + ["，", " ", "patents", " fees "][Int.random(in: 0..<4, using: &random)] + han(1...2)
            return ("\"\(phrase)\"", .phrase(phrase))
        default:
            let sought = han(1...5)
            return (sought, .plain(sought, nil))
        }
    }
}

/// The same numbers at each run of a test.
struct SystemlessRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
