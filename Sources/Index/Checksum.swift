/// A 64-bit sum over bytes that changes when any of them does: for files, against decay and half-written pages.
///
/// Four lanes of multiply and rotate, as in XXH64; not a signature, it does not hold against somebody who means it.
struct Checksum {
    private var lanes: (UInt64, UInt64, UInt64, UInt64) = (0x60EA_27EE, 0xC2B2_AE3D_27D4_EB4F, 0, 0x61C8_864E_7A14_3579)
    private var length = 0

    /// Adds bytes; all pieces but the last hold a multiple of 32.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        var place = 0
        while place + 32 <= bytes.count {
            lanes.0 = Self.round(lanes.0, start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            lanes.1 = Self.round(lanes.1, start.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
            lanes.2 = Self.round(lanes.2, start.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self))
            lanes.3 = Self.round(lanes.3, start.loadUnaligned(fromByteOffset: place + 24, as: UInt64.self))
            place += 32
        }
        while place < bytes.count {
            lanes.0 = Self.round(lanes.0, UInt64(bytes[place]) | 0x100)
            place += 1
        }
        length += bytes.count
    }

    var value: UInt64 {
        var sum = UInt64(length) &* Self.prime
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
            sum = Self.round(sum, lane)
            sum ^= sum >> 29
        }
        return sum
    }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var sum = Checksum()
        sum.add(bytes)
        return sum.value
    }

    private static let prime: UInt64 = 0x9E37_79B1_85EB_CA87

    @inline(__always)
    private static func round(_ lane: UInt64, _ value: UInt64) -> UInt64 {
        let sum = lane &+ value &* 0xC2B2_AE3D_27D4_EB4F
        return (sum << 31 | sum >> 33) &* prime
    }
}
