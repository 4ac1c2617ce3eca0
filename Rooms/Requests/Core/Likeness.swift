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

    /// Twenty keys for an index: texts that share at least one are worth comparing. Of two texts half of whose pieces are common, thirteen
    /// in fourteen pairs share a key; of those with four fifths in common, all but one in a million. (MinHash: twenty bands of three.)
    public var keys: [UInt64] {
        guard !pieces.isEmpty else { return [] }
        return (0..<20).map { band in
            (0..<3).reduce(UInt64(band)) { key, row in
                let least = pieces.reduce(UInt64.max) { min($0, Self.mixed($1 ^ Self.mixed(UInt64(band * 3 + row + 1)))) }
                return Self.mixed(key ^ least)
            }
        }
    }

    /// Scatters the bits, the same in every process (the finaliser of SplitMix64).
    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// From here on two requests are shown beside each other. Nothing is ever refused for it by itself.
    public static let alike = 0.5
}
