/// Gives each new value of a column the next code, and each row its code.
struct ColumnBuilder {
    private let codes: UnsafeMutablePointer<UInt32>
    private var values = Microdata.Values()
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Open addressing: the upper half is the upper half of the hash, the lower the code plus one; zero is free.
    private var slots: [UInt64]
    private var mask: Int
    private var last: UInt32 = 0

    init(expecting rows: Int) {
        codes = .allocate(capacity: max(rows, 1))
        slots = [UInt64](repeating: 0, count: 64)
        mask = 63
    }

    func free() { codes.deallocate() }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, at row: Int) {
        let hash = Self.hash(text)
        let tag = hash & 0xFFFF_FFFF_0000_0000
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { break }
            if entry & 0xFFFF_FFFF_0000_0000 == tag {
                let code = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
                if equals(text, code) {
                    codes[row] = UInt32(truncatingIfNeeded: code)
                    return
                }
            }
            slot = (slot + 1) & mask
        }
        let code = ends.count
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = tag | UInt64(code + 1)
        codes[row] = UInt32(truncatingIfNeeded: code)
        if ends.count * 2 > mask { grow() }
    }

    mutating func column(_ name: String, rows: Int) -> Microdata.Column {
        slots = []
        let codes = Array(UnsafeBufferPointer(start: codes, count: rows))
        return Microdata.Column(name: name, raw: codes, values: Microdata.Values(bytes: bytes, ends: ends))
    }

    @inline(__always)
    private func equals(_ text: UnsafeBufferPointer<UInt8>, _ code: Int) -> Bool {
        let start = code == 0 ? 0 : ends[code - 1]
        guard ends[code] - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { stored in
            for offset in 0..<text.count where stored[start + offset] != text[offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        let size = (mask + 1) * 4
        var wider = [UInt64](repeating: 0, count: size)
        mask = size - 1
        for code in 0..<ends.count {
            let start = code == 0 ? 0 : ends[code - 1]
            let hash = bytes.withUnsafeBufferPointer { Self.hash(UnsafeBufferPointer(rebasing: $0[start..<ends[code]])) }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while wider[slot] != 0 { slot = (slot + 1) & mask }
            wider[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(code + 1)
        }
        slots = wider
    }

    /// Eight bytes a step; the constants are those of splitmix64.
    @inline(__always)
    static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(text)
        var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
        var place = 0
        while place + 8 <= text.count {
            hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while place < text.count {
            rest |= UInt64(text[place]) &<< shift
            shift &+= 8
            place += 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }
}
