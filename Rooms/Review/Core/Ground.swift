/// On which ground something is withheld from a text or a file that goes out, as the reader is told beside the ▇.
public enum Ground: String, Codable, CaseIterable, Sendable {
    case privacy
    case tradeSecret
    case internalAffairs
    case processInfo
    case enforcementFile
    case security

    // The columns are the point.
    // swift-format-ignore
    private var row: (text: Text, law: Law, printed: String) {
        switch self {
        case .privacy:         (Text("个人隐私",     "Personal privacy"),     .openness(15), "条例第十五条")
        case .tradeSecret:     (Text("商业秘密",     "Trade secret"),         .openness(15), "条例第十五条")
        case .internalAffairs: (Text("内部事务信息", "Internal affairs"),     .openness(16), "条例第十六条")
        case .processInfo:     (Text("过程性信息",   "Of the process"),       .openness(16), "条例第十六条")
        case .enforcementFile: (Text("执法案卷信息", "Enforcement file"),     .openness(16), "条例第十六条")
        case .security:        (Text("三安全一稳定", "Security and stability"), .openness(14), "条例第十四条")
        }
    }

    public var text: Text { row.text }
    public var law: Law { row.law }
    /// As it is printed behind the ▇.
    public var printed: String { row.printed }
}

/// The places of a text that are made unreadable.
public enum Blackening {
    /// A text with ▇ in place of each range of its UTF-8 bytes, and the article behind it.
    /// - Parameter fixedWidth: five marks for each place, so that nobody can count the letters.
    public static func apply(_ places: [(range: Range<Int>, ground: Ground)], to text: String, fixedWidth: Bool = false) -> String {
        let bytes = Array(text.utf8)
        var (out, at) = ("", 0)
        for (range, ground) in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            // What another place covers already is not printed again.
            guard range.upperBound > at, range.upperBound <= bytes.count else { continue }
            let start = max(range.lowerBound, at)
            out += String(decoding: bytes[at..<start], as: UTF8.self)
            let count = String(decoding: bytes[start..<range.upperBound], as: UTF8.self).count
            out += String(repeating: "▇", count: fixedWidth ? 5 : count) + "（\(ground.printed)）"
            at = range.upperBound
        }
        return out + String(decoding: bytes[at...], as: UTF8.self)
    }
}
