/// What a posting list is filed under: a pair of Chinese characters, a last single one, or the stem of a word.
///
/// A run 专利法 is filed under 专利 · 利法 · 法, so that every character begins exactly one token: any substring is a
/// chain of pairs, and one character alone is the range of all tokens that it begins.
enum TokenKey {
    private static let wordBit: UInt64 = 1 << 63

    @inline(__always)
    static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 21 | UInt64(second)
    }

    @inline(__always)
    static func single(_ scalar: UInt32) -> UInt64 {
        UInt64(scalar) << 21
    }

    /// All tokens that begin with a character.
    static func range(of scalar: UInt32) -> Range<UInt64> {
        single(scalar)..<single(scalar + 1)
    }

    static func isWord(_ key: UInt64) -> Bool {
        key & wordBit != 0
    }

    /// The key of a word by its stem, whose letters it ends in.
    static func word(_ scalars: UnsafeBufferPointer<UInt32>) -> UInt64 {
        guard scalars.allSatisfy({ $0 < 0x80 }) else { return surface(scalars) }
        let stem = EnglishStem.of(scalars.map { UInt8(truncatingIfNeeded: $0) }).map { UInt32($0) }
        return stem.withUnsafeBufferPointer(surface)
    }

    static func word(_ scalars: [UInt32]) -> UInt64 {
        scalars.withUnsafeBufferPointer { word($0) }
    }

    /// The hash of a word as written: 63 bits, so that of a million words no two meet but once in some ten million indexes.
    @inline(__always)
    static func surface(_ scalars: UnsafeBufferPointer<UInt32>) -> UInt64 {
        var sum: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(scalars.count)
        for scalar in scalars { sum = mix(sum ^ UInt64(scalar)) }
        return sum | wordBit
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
