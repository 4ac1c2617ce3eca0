/// Reads one posting list forwards, by blocks that it unpacks only when it must.
struct PostingCursor {
    /// What one point of impact of this token scores: its rarity.
    let weight: UInt32
    let blockCount: Int
    private let count: Int
    private let bytes: UnsafePointer<UInt8>
    private let blocks: UnsafePointer<BlockEntry>
    /// The passages of the block that is unpacked.
    private let passages: UnsafeMutablePointer<UInt32>
    private(set) var block = 0
    private var unpacked = -1
    private var position = 0

    /// - Parameters:
    ///   - passages: room for one block, owned by the caller.
    ///   - entry: room for a directory entry, of which a list shorter than a block has none of its own.
    init(_ list: PostingList, weight: UInt32, passages: UnsafeMutablePointer<UInt32>, entry: UnsafeMutablePointer<BlockEntry>) {
        self.weight = weight
        self.passages = passages
        count = list.count
        blockCount = list.blockCount
        bytes = list.bytes
        if let blocks = list.blocks {
            self.blocks = blocks
        } else {
            entry.initialize(to: BlockEntry(last: 0, offset: 2, bits: list.bytes[0], most: list.bytes[1]))
            blocks = UnsafePointer(entry)
            guard count > 0 else { return }
            PostingList.unpack(bytes + 2, bits: entry.pointee.bits, count: count, before: .max, to: passages)
            entry.pointee.last = passages[count - 1]
            unpacked = 0
        }
    }

    var isAtEnd: Bool { block >= blockCount }

    @inline(__always)
    func last(of block: Int) -> UInt32 { blocks[block].last }

    @inline(__always)
    func most(of block: Int) -> UInt32 { UInt32(blocks[block].most) &* weight }

    /// No passage of the block comes before it.
    @inline(__always)
    func lowest(of block: Int) -> UInt32 { block == 0 ? 0 : blocks[block - 1].last &+ 1 }

    @inline(__always)
    func size(of block: Int) -> Int { min(PostingList.block, count - block * PostingList.block) }

    /// Moves to the block that may hold a passage, without unpacking it.
    @inline(__always)
    mutating func approach(_ passage: UInt32) {
        guard block < blockCount, blocks[block].last < passage else { return }
        var step = 1
        var low = block
        while low + step < blockCount, blocks[low + step].last < passage {
            low += step
            step <<= 1
        }
        var high = min(low + step, blockCount)
        while low + 1 < high {
            let middle = (low + high) / 2
            if blocks[middle].last < passage { low = middle } else { high = middle }
        }
        block = high
    }

    @inline(__always)
    mutating func skipBlock() { block += 1 }

    /// Unpacks the block it stands at.
    @inline(__always)
    mutating func unpack() {
        guard unpacked != block else { return }
        let entry = blocks[block]
        let before = block == 0 ? UInt32.max : blocks[block - 1].last
        PostingList.unpack(bytes + Int(entry.offset), bits: entry.bits, count: size(of: block), before: before, to: passages)
        unpacked = block
        position = 0
    }

    /// The unpacked passages of the block, and their impacts.
    @inline(__always)
    var contents: (passages: UnsafePointer<UInt32>, impacts: UnsafePointer<UInt8>) {
        let entry = blocks[block]
        let impacts = bytes + Int(entry.offset) + PostingList.packedBytes(bits: entry.bits, count: size(of: block))
        return (UnsafePointer(passages), impacts)
    }

    /// Moves to the first passage not before the one given; `UInt32.max` where there is none.
    @inline(__always)
    mutating func seek(_ passage: UInt32) -> UInt32 {
        approach(passage)
        guard block < blockCount else { return .max }
        unpack()
        let size = size(of: block)
        if passages[position] < passage {
            // What is sought is mostly near: a few steps, then halving.
            var low = position
            var step = 1
            while low + step < size, passages[low + step] < passage {
                low += step
                step <<= 1
            }
            var high = min(low + step, size)
            while low + 1 < high {
                let middle = (low + high) >> 1
                if passages[middle] < passage { low = middle } else { high = middle }
            }
            position = high
        }
        return position < size ? passages[position] : .max
    }

    /// The passage it stands at moves on by one; `UInt32.max` at the end.
    @inline(__always)
    mutating func next() -> UInt32 {
        position += 1
        if position < size(of: block) { return passages[position] }
        block += 1
        guard block < blockCount else { return .max }
        unpack()
        return passages[0]
    }

    /// The score of the token in the passage it stands at.
    @inline(__always)
    var score: UInt32 {
        let entry = blocks[block]
        let impacts = bytes + Int(entry.offset) + PostingList.packedBytes(bits: entry.bits, count: size(of: block))
        return UInt32(impacts[position]) &* weight
    }
}

/// The cursors of one question over one segment, with the memory they work in.
struct Cursors: ~Copyable {
    let pointer: UnsafeMutablePointer<PostingCursor>
    let count: Int
    private let passages: UnsafeMutablePointer<UInt32>
    private let entries: UnsafeMutablePointer<BlockEntry>

    init(_ lists: [(list: PostingList, weight: UInt32)]) {
        count = lists.count
        pointer = .allocate(capacity: max(count, 1))
        passages = .allocate(capacity: max(count, 1) * PostingList.block)
        entries = .allocate(capacity: max(count, 1))
        for (index, item) in lists.enumerated() {
            let room = passages + index * PostingList.block
            let cursor = PostingCursor(item.list, weight: item.weight, passages: room, entry: entries + index)
            (pointer + index).initialize(to: cursor)
        }
    }

    deinit {
        pointer.deallocate()
        passages.deallocate()
        entries.deallocate()
    }
}
