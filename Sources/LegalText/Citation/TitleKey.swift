/// A title as it is compared: without 中华人民共和国, title marks, blanks and version notes, in simplified characters.
public struct TitleKey: Hashable, Sendable {
    /// 专利法 for 《中华人民共和国专利法（2020年修正）》.
    public let key: String
    /// The note in the last brackets that names a version: 2020年修正.
    public let version: String?

    public init(_ title: some StringProtocol) {
        var folded: [UInt32] = []
        folded.reserveCapacity(title.utf8.count / 3 + 4)
        for scalar in title.unicodeScalars {
            if let value = Self.folded(scalar.value) { folded.append(value) }
        }
        var version: String?
        if let note = Self.versionNote(folded) {
            version = Self.text(folded[(note + 1)..<(folded.count - 1)])
            folded.removeSubrange(note...)
        }
        let whole = Self.text(folded[...])
        let short = whole.replacing("中华人民共和国", with: "")
        key = short.isEmpty ? whole : short
        self.version = version
    }

    /// The year of the version note (2020 of 2020年修正), if it names one.
    public var versionYear: Int? {
        guard let version else { return nil }
        let digits = version.utf8.drop { $0 < 0x30 || $0 > 0x39 }.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard digits.count == 4 else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Where a bracket at the end opens that names a version: (2020年修正), (2013), (修订), (2019-04-23修正).
    private static func versionNote(_ folded: [UInt32]) -> Int? {
        guard folded.last == 0x29, let open = folded.lastIndex(of: 0x28), open > 0 else { return nil }
        let inside = folded[(open + 1)..<(folded.count - 1)]
        let text = text(inside)
        let isYear = inside.count >= 4 && inside.prefix(4).allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        let says = ["修正", "修订", "修改", "修正本", "修订本", "修正文本", "最新"].contains { text.hasSuffix($0) }
        let bare = inside.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D || $0 == 0x5E74 || $0 == 0x7248 }
        return says && (isYear || inside.count <= 4) || isYear && bare ? open : nil
    }

    private static func text(_ scalars: ArraySlice<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        for value in scalars { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
        return String(text)
    }

    /// The scalar a scalar is compared as; nil for what titles are compared without.
    static func folded(_ value: UInt32) -> UInt32? {
        switch value {
        case 0x61...0x7A, 0x30...0x39: value
        case 0x41...0x5A: value + 0x20
        case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x2000...0x200F, 0xFEFF: nil
        case 0x3008...0x300F, 0x3C, 0x3E, 0x22, 0x27, 0x2018...0x201D, 0xFE3D...0xFE44, 0x2A: nil
        case 0xFF01...0xFF5E: folded(value - 0xFEE0)
        case 0x3014, 0xFF3B, 0x3010, 0x5B: 0x28
        case 0x3015, 0xFF3D, 0x3011, 0x5D: 0x29
        case 0xB7, 0x30FB, 0x2022: nil
        default: simplified[value] ?? value
        }
    }

    private static let simplified: [UInt32: UInt32] = {
        var pairs: [UInt32: UInt32] = [:]
        var first: UInt32?
        for scalar in traditionalPairs.unicodeScalars {
            if let traditional = first {
                pairs[traditional] = scalar.value
                first = nil
            } else {
                first = scalar.value
            }
        }
        return pairs
    }()
}
