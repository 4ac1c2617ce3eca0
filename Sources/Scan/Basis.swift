/// The basis of a rule in both languages: 《个人信息保护法》第二十五条 is art. 25 of the Personal Information Protection Law.
extension Finding.Rule {
    public var basisWords: Bilingual { Bilingual(basis, Basis.english(basis)) }
}

enum Basis {
    // The columns are the point.
    // swift-format-ignore
    private static let acts: [(zh: String, en: String)] = [
        ("个人信息保护法",     "Personal Information Protection Law"),
        ("保守国家秘密法",     "Law on Guarding State Secrets"),
        ("政府信息公开条例",   "Regulation on Open Government Information"),
        ("反不正当竞争法",     "Anti-Unfair Competition Law"),
        ("网络安全法",         "Cybersecurity Law"),
        ("数据安全法",         "Data Security Law"),
        ("未成年人保护法",     "Law on the Protection of Minors"),
        ("测绘法",             "Surveying and Mapping Law"),
        ("地图管理条例",       "Regulation on the Administration of Maps"),
    ]

    /// An act that is not in the table keeps its Chinese name.
    static func english(_ basis: String) -> String {
        let acts = basis.split(separator: "《").map { part -> String in
            let halves = part.split(separator: "》", maxSplits: 1)
            guard halves.count == 2 else { return String(part) }
            let articles = halves[1].split { "第条、".contains($0) }.compactMap { number(String($0)) }
            let name = Self.acts.first { $0.zh == halves[0] }?.en ?? "《\(halves[0])》"
            guard !articles.isEmpty else { return name }
            return "\(name), \(articles.count == 1 ? "art." : "arts") \(articles.map(String.init).joined(separator: ", "))"
        }
        return acts.joined(separator: "; ")
    }

    /// 二十五 is 25, 一百零三 is 103; nil for what is no number.
    private static func number(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let digits: [Character: Int] = ["零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9]
        var (total, digit) = (0, 0)
        for character in text {
            switch character {
            case "百", "十":
                total += max(digit, 1) * (character == "百" ? 100 : 10)
                digit = 0
            default:
                guard let next = digits[character] else { return nil }
                digit = next
            }
        }
        return total + digit
    }
}
