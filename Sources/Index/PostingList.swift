/// Where the postings of one token lie in a segment.
struct TermEntry {
    /// How many passages hold the token.
    var count: UInt32
    /// The first of its blocks in the segment's directory; not used by a list of less than one block.
    var firstBlock: UInt32
    /// Where its bytes begin.
    var offset: UInt32
}

/// What is known of 128 postings without unpacking them.
struct BlockEntry {
    /// The last passage in the block.
    var last: UInt32
    /// Where the block begins, from the beginning of its list.
    var offset: UInt32
    /// Bits of each gap between passages.
    var bits: UInt8
    /// The highest impact in the block: what can not lift a hit into the answer is skipped unread.
    var most: UInt8
    var reserved: UInt16 = 0
}

/// The passages that hold one token, ascending, each with its impact; mapped from a file or made in memory.
///
/// Blocks of 128: the gaps less one, bit-packed, then a byte of impact each. A list shorter than a block carries bits
/// and highest impact in its own first two bytes in place of a directory entry.
struct PostingList {
    static let block = 128

    let count: Int
    let bytes: UnsafePointer<UInt8>
    /// Nil for a list shorter than a block.
    let blocks: UnsafePointer<BlockEntry>?

    var blockCount: Int { (count + Self.block - 1) / Self.block }

    /// Unpacks a block.
    ///
    /// - Parameter before: the passage that ends the block before; `UInt32.max` before the first.
    @inline(__always)
    static func unpack(
        _ bytes: UnsafePointer<UInt8>,
        bits: UInt8,
        count: Int,
        before: UInt32,
        to passages: UnsafeMutablePointer<UInt32>
    ) {
        var passage = before
        guard bits > 0 else {
            for place in 0..<count {
                passage &+= 1
                passages[place] = passage
            }
            return
        }
        let raw = UnsafeRawPointer(bytes)
        let width = Int(bits)
        let mask: UInt64 = (1 << UInt64(bits)) &- 1
        var position = 0
        for place in 0..<count {
            let word = raw.loadUnaligned(fromByteOffset: position >> 3, as: UInt64.self)
            let gap = word >> UInt64(position & 7) & mask
            passage = passage &+ UInt32(truncatingIfNeeded: gap) &+ 1
            passages[place] = passage
            position &+= width
        }
    }

    @inline(__always)
    static func packedBytes(bits: UInt8, count: Int) -> Int {
        (Int(bits) * count + 7) >> 3
    }

    /// Unpacks the whole list behind what the stores hold, moving the passages up and leaving out those without a place.
    ///
    /// - Parameter places: the new place of each passage, `UInt32.max` for none; nil where all move by `shift`.
    func appendAll(
        to passages: inout Store<UInt32>,
        _ impacts: inout Store<UInt8>,
        shift: UInt32,
        places: UnsafePointer<UInt32>?
    ) {
        var before = UInt32.max
        for index in 0..<blockCount {
            let size = min(Self.block, count - index * Self.block)
            let start = passages.count
            passages.resize(start + size)
            let target = passages.pointer + start
            let entry = blocks.map { $0[index] } ?? BlockEntry(last: 0, offset: 2, bits: bytes[0], most: bytes[1])
            let packed = bytes + Int(entry.offset)
            Self.unpack(packed, bits: entry.bits, count: size, before: before, to: target)
            before = target[size - 1]
            let impact = packed + Self.packedBytes(bits: entry.bits, count: size)
            guard let places else {
                for place in 0..<size { target[place] &+= shift }
                impacts.append(contentsOf: UnsafeBufferPointer(start: impact, count: size))
                continue
            }
            var kept = 0
            for place in 0..<size {
                let moved = places[Int(target[place])]
                guard moved != .max else { continue }
                target[kept] = moved
                kept += 1
                impacts.append(impact[place])
            }
            passages.resize(start + kept)
        }
    }
}

/// Packs posting lists one after another.
struct PostingPacker: ~Copyable {
    private(set) var bytes = Store<UInt8>(capacity: 1 << 16)
    private(set) var blocks = Store<BlockEntry>()
    /// Bytes that were handed on already.
    private var passed = 0

    /// Adds a list; passages ascend, and there is at least one.
    mutating func add(_ passages: UnsafePointer<UInt32>, _ impacts: UnsafePointer<UInt8>, count: Int) throws -> TermEntry {
        let start = bytes.count
        guard passed + start < Int(UInt32.max) - count * 5 else { throw IndexError.tooLarge }
        let entry = TermEntry(
            count: UInt32(count),
            firstBlock: UInt32(blocks.count),
            offset: UInt32(passed + start)
        )
        var before = UInt32.max
        var place = 0
        while place < count {
            let size = min(PostingList.block, count - place)
            let (bits, most) = Self.measure(passages + place, impacts + place, size, before)
            if count < PostingList.block {
                bytes.append(bits)
                bytes.append(most)
            } else {
                let offset = UInt32(bytes.count - start)
                blocks.append(BlockEntry(last: passages[place + size - 1], offset: offset, bits: bits, most: most))
            }
            pack(passages + place, size, bits, before)
            bytes.append(contentsOf: UnsafeBufferPointer(start: impacts + place, count: size))
            before = passages[place + size - 1]
            place += size
        }
        return entry
    }

    /// Hands on the packed bytes; the directory stays.
    mutating func pass(to file: inout SectionFileWriter) throws {
        try file.append(bytes.buffer)
        passed += bytes.count
        bytes.removeAll()
    }

    private static func measure(
        _ passages: UnsafePointer<UInt32>,
        _ impacts: UnsafePointer<UInt8>,
        _ count: Int,
        _ before: UInt32
    ) -> (bits: UInt8, most: UInt8) {
        var all: UInt32 = 0
        var most: UInt8 = 0
        var before = before
        for place in 0..<count {
            all |= passages[place] &- before &- 1
            before = passages[place]
            most = max(most, impacts[place])
        }
        return (UInt8(32 - all.leadingZeroBitCount), most)
    }

    private mutating func pack(_ passages: UnsafePointer<UInt32>, _ count: Int, _ bits: UInt8, _ before: UInt32) {
        guard bits > 0 else { return }
        let end = bytes.count + PostingList.packedBytes(bits: bits, count: count)
        bytes.reserve(end + 8)
        var target = UnsafeMutableRawPointer(bytes.pointer + bytes.count)
        var word: UInt64 = 0
        var used: UInt64 = 0
        var before = before
        for place in 0..<count {
            let gap = UInt64(passages[place] &- before &- 1)
            before = passages[place]
            word |= gap << used
            used += UInt64(bits)
            if used >= 32 {
                target.storeBytes(of: UInt32(truncatingIfNeeded: word), as: UInt32.self)
                target += 4
                word >>= 32
                used -= 32
            }
        }
        target.storeBytes(of: UInt32(truncatingIfNeeded: word), as: UInt32.self)
        bytes.resize(end)
    }
}

/// A posting list made in memory, out of others: what an alternative or a verified phrase comes to.
final class MadeList: @unchecked Sendable {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let blocks: UnsafeMutablePointer<BlockEntry>?
    private let count: Int

    /// - Parameter passages: ascending, each once.
    init(_ passages: UnsafeBufferPointer<UInt32>, _ impacts: UnsafeBufferPointer<UInt8>) throws {
        var packer = PostingPacker()
        count = passages.count
        if let first = passages.baseAddress, let impact = impacts.baseAddress, count > 0 {
            _ = try packer.add(first, impact, count: count)
        }
        bytes = .allocate(capacity: packer.bytes.count + 16)
        bytes.update(from: packer.bytes.pointer, count: packer.bytes.count)
        if packer.blocks.count > 0 {
            let copied = UnsafeMutablePointer<BlockEntry>.allocate(capacity: packer.blocks.count)
            copied.update(from: packer.blocks.pointer, count: packer.blocks.count)
            blocks = copied
        } else {
            blocks = nil
        }
    }

    deinit {
        bytes.deallocate()
        blocks?.deallocate()
    }

    /// Valid as long as this object lives.
    var list: PostingList { PostingList(count: count, bytes: bytes, blocks: blocks.map { UnsafePointer($0) }) }
}
