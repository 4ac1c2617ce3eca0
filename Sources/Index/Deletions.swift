/// Which passages of a segment are gone, a bit each.
struct Deletions: Sendable, Hashable {
    private(set) var words: [UInt64]
    private(set) var count: Int

    init(of passages: Int) {
        words = [UInt64](repeating: 0, count: (passages + 63) / 64)
        count = 0
    }

    /// Reads what `write` wrote.
    init(_ path: String) throws {
        let file = try SectionFile(path)
        words = Array(file.section(Section.deleted, of: UInt64.self))
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    func write(to path: String) throws {
        var file = try SectionFileWriter(path)
        try file.begin(Section.deleted)
        try words.withUnsafeBufferPointer { try file.append($0) }
        try file.finish()
    }

    func contains(_ passage: Int) -> Bool {
        words[passage >> 6] >> UInt64(passage & 63) & 1 == 1
    }

    /// Whether it was not gone before.
    @discardableResult
    mutating func insert(_ passage: Int) -> Bool {
        guard !contains(passage) else { return false }
        words[passage >> 6] |= 1 << UInt64(passage & 63)
        count += 1
        return true
    }

    /// The new place of each passage when those that are gone are left out, `UInt32.max` for those.
    func places(of passages: Int, from base: Int) -> [UInt32] {
        var next = UInt32(base)
        return (0..<passages).map { passage in
            guard !contains(passage) else { return .max }
            defer { next += 1 }
            return next
        }
    }
}
