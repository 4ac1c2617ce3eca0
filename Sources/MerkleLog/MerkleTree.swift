/// The tree over a log's leaves (RFC 6962 §2.1): every complete subtree is a stored node, read through a closure, so
/// that a log of millions of leaves grows and proves in a handful of reads.
public struct MerkleTree {
    /// Where a complete subtree stands: `level` 0 are the leaves; it covers leaves `index << level` and on.
    public struct Place: Hashable, Sendable {
        public let level: Int
        public let index: Int

        public init(level: Int, index: Int) {
            (self.level, self.index) = (level, index)
        }
    }

    public let size: Int
    private let node: (Place) throws -> Hash

    /// A tree of `size` leaves whose complete subtrees `node` can read.
    public init(size: Int, node: @escaping (Place) throws -> Hash) {
        self.size = size
        self.node = node
    }
}

extension MerkleTree {
    /// The root of no leaves at all.
    public static let emptyRoot = Hash(of: [] as [UInt8])

    public static func leaf(_ data: [UInt8]) -> Hash { Hash(of: [0] + data) }

    static func parent(_ left: Hash, _ right: Hash) -> Hash { Hash(of: [1] + left.bytes + right.bytes) }

    /// The subtrees that become complete as `leaves` are added behind the first `size`, in the order they are made.
    public func nodesCompleted(byAppending leaves: [Hash]) throws -> [(place: Place, hash: Hash)] {
        var made: [(place: Place, hash: Hash)] = []
        // The roots of the complete subtrees that cover the log so far, the largest first.
        var edge = try Self.cover(0..<size).map { (place: $0, hash: try node($0)) }
        for (offset, leaf) in leaves.enumerated() {
            edge.append((Place(level: 0, index: size + offset), leaf))
            made.append((Place(level: 0, index: size + offset), leaf))
            while edge.count > 1, edge[edge.count - 2].place.level == edge[edge.count - 1].place.level {
                let right = edge.removeLast()
                let left = edge.removeLast()
                let place = Place(level: left.place.level + 1, index: left.place.index / 2)
                let hash = Self.parent(left.hash, right.hash)
                edge.append((place, hash))
                made.append((place, hash))
            }
        }
        return made
    }

    public func root() throws -> Hash { try root(of: 0..<size) }

    /// The neighbours from leaf to root that prove the leaf stands in the tree (RFC 6962 §2.1.1).
    public func inclusionProof(of index: Int) throws -> [Hash] {
        precondition((0..<size).contains(index), "no such leaf")
        return try path(index, in: 0..<size)
    }

    /// What proves that the tree of the first `older` leaves is the beginning of this one (RFC 6962 §2.1.2).
    public func consistencyProof(from older: Int) throws -> [Hash] {
        precondition((0...size).contains(older), "an older log is no longer than this one")
        guard older > 0, older < size else { return [] }
        return try subproof(older, in: 0..<size, isWhole: true)
    }

    private func root(of leaves: Range<Int>) throws -> Hash {
        let subtrees = try Self.cover(leaves).map(node)
        guard var hash = subtrees.last else { return Self.emptyRoot }
        for left in subtrees.dropLast().reversed() { hash = Self.parent(left, hash) }
        return hash
    }

    private func path(_ index: Int, in leaves: Range<Int>) throws -> [Hash] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.lowerBound + Self.split(leaves.count)
        return index < middle
            ? try path(index, in: leaves.lowerBound..<middle) + [root(of: middle..<leaves.upperBound)]
            : try path(index, in: middle..<leaves.upperBound) + [root(of: leaves.lowerBound..<middle)]
    }

    private func subproof(_ older: Int, in leaves: Range<Int>, isWhole: Bool) throws -> [Hash] {
        if older == leaves.upperBound { return isWhole ? [] : [try root(of: leaves)] }
        let middle = leaves.lowerBound + Self.split(leaves.count)
        return older <= middle
            ? try subproof(older, in: leaves.lowerBound..<middle, isWhole: isWhole) + [root(of: middle..<leaves.upperBound)]
            : try subproof(older, in: middle..<leaves.upperBound, isWhole: false) + [root(of: leaves.lowerBound..<middle)]
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }

    /// The complete subtrees that cover an aligned range, the largest first.
    private static func cover(_ leaves: Range<Int>) -> [Place] {
        var places: [Place] = []
        var start = leaves.lowerBound
        while start < leaves.upperBound {
            var level = 0
            while start & (1 << level) == 0, start + (2 << level) <= leaves.upperBound { level += 1 }
            places.append(Place(level: level, index: start >> level))
            start += 1 << level
        }
        return places
    }
}
