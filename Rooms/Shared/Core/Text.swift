/// Words in both languages of the site, side by side: one without the other does not compile.
public struct Text: Hashable, Codable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    public func `in`(_ language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

public enum Language: String, CaseIterable, Codable, Sendable {
    case zh
    case en

    /// The language tag of a page's root element.
    public var tag: String { self == .zh ? "zh-CN" : "en" }

    public var other: Language { self == .zh ? .en : .zh }
}
