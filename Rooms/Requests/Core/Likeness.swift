/// How alike two texts are, for recognising repeated and mass requests: shared three-character pieces, punctuation left out.
public struct Likeness: Equatable, Sendable {
    private let pieces: Set<UInt64>

    public init(_ text: String) {
        let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }.map { UInt64($0.value) }
        guard letters.count >= 3 else {
            pieces = letters.isEmpty ? [] : [letters.reduce(0) { $0 << 21 | $1 }]
            return
        }
        pieces = Set((0...letters.count - 3).map { letters[$0] << 42 | letters[$0 + 1] << 21 | letters[$0 + 2] })
    }

    /// 0 nothing in common, 1 the same words (Jaccard).
    public func share(with other: Likeness) -> Double {
        guard !pieces.isEmpty, !other.pieces.isEmpty else { return 0 }
        let common = pieces.intersection(other.pieces).count
        return Double(common) / Double(pieces.count + other.pieces.count - common)
    }

    /// From here on two requests are shown beside each other. Nothing is ever refused for it by itself.
    public static let alike = 0.5
}
