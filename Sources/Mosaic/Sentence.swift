/// One statement for a person, in the two languages of the house.
public struct Sentence: Sendable, Hashable, Codable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// Why a table or a question about it is turned away.
public struct MosaicRefused: Error, Sendable, Hashable {
    public let reason: Sentence

    public init(zh: String, en: String) { reason = Sentence(zh: zh, en: en) }
}

extension MosaicRefused: CustomStringConvertible {
    public var description: String { reason.en }
}
