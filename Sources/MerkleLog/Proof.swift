/// What a reader checks with nothing but hashes: that a leaf stands in a log, and that a log only ever grew.
public enum Proof {
    /// Whether `proof` leads from the leaf at `index` to the root of a log of `size` leaves (RFC 9162 §2.1.3.2).
    public static func verifyInclusion(of leaf: Hash, at index: Int, size: Int, proof: [Hash], root: Hash) -> Bool {
        guard (0..<max(size, 0)).contains(index) else { return false }
        var place = index
        var last = size - 1
        var hash = leaf
        for neighbour in proof {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleTree.parent(neighbour, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.parent(hash, neighbour)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether the log of `older` leaves with `oldRoot` is the beginning of that of `newer` leaves with `newRoot`
    /// (RFC 9162 §2.1.4.2).
    public static func verifyConsistency(from older: Int, oldRoot: Hash, to newer: Int, newRoot: Hash, proof: [Hash]) -> Bool {
        guard older >= 0, older <= newer else { return false }
        if older == newer { return proof.isEmpty && oldRoot == newRoot }
        if older == 0 { return proof.isEmpty && oldRoot == MerkleTree.emptyRoot }
        var path = proof[...]
        if older & (older - 1) == 0 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var place = older - 1
        var last = newer - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (old, new) = (first, first)
        for hash in path {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                old = MerkleTree.parent(hash, old)
                new = MerkleTree.parent(hash, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.parent(new, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
