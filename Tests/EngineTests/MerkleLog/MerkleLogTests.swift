import MerkleLog
import Testing

/// A log in memory, for the tests alone.
private final class Nodes {
    var stored: [MerkleTree.Place: Hash] = [:]
    var size = 0

    func append(_ leaves: [Hash]) throws {
        for (place, hash) in try tree(size).nodesCompleted(byAppending: leaves) { stored[place] = hash }
        size += leaves.count
    }

    func tree(_ size: Int) -> MerkleTree {
        MerkleTree(size: size) { [self] place in try #require(stored[place], "node \(place) was never completed") }
    }
}

@Suite("The transparency log")
struct MerkleLogTests {
    private let leaves = (0..<130).map { MerkleTree.leaf(Array("leaf \($0)".utf8)) }

    private func full() throws -> Nodes {
        let nodes = Nodes()
        try nodes.append(leaves)
        return nodes
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("has the roots of the published test vectors", arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func vectors(size: Int, root: String) throws {
        let data: [[UInt8]] = [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
            Array(0x60...0x6f),
        ]
        let nodes = Nodes()
        try nodes.append(data.prefix(size).map(MerkleTree.leaf))
        #expect(try nodes.tree(size).root().hex == root)
    }

    @Test("grows the same leaf by leaf as at once")
    func batches() throws {
        let single = Nodes()
        for leaf in leaves { try single.append([leaf]) }
        #expect(try single.stored == full().stored)
    }

    @Test("proves each leaf of each size, and nothing else", arguments: 1...130)
    func inclusion(size: Int) throws {
        let tree = try full().tree(size)
        let root = try tree.root()
        for index in 0..<size {
            let proof = try tree.inclusionProof(of: index)
            #expect(Proof.verifyInclusion(of: leaves[index], at: index, size: size, proof: proof, root: root))
            #expect(!Proof.verifyInclusion(of: leaves[(index + 1) % 130], at: index, size: size, proof: proof, root: root))
            #expect(!Proof.verifyInclusion(of: leaves[index], at: index + 1, size: size, proof: proof, root: root) || size == 1)
            for broken in proof.indices {
                var bytes = proof[broken].bytes
                bytes[index % 32] ^= 1
                var other = proof
                other[broken] = try #require(Hash(bytes: bytes))
                #expect(!Proof.verifyInclusion(of: leaves[index], at: index, size: size, proof: other, root: root))
            }
        }
    }

    @Test("proves that it only grew, between every two sizes", arguments: Array(stride(from: 0, through: 130, by: 7)))
    func consistency(newer: Int) throws {
        let nodes = try full()
        let newRoot = try nodes.tree(newer).root()
        for older in 0...newer {
            let oldRoot = try nodes.tree(older).root()
            let proof = try nodes.tree(newer).consistencyProof(from: older)
            #expect(Proof.verifyConsistency(from: older, oldRoot: oldRoot, to: newer, newRoot: newRoot, proof: proof))
            #expect(!Proof.verifyConsistency(from: older, oldRoot: leaves[0], to: newer, newRoot: newRoot, proof: proof) || older == 1)
        }
    }
}

@Suite("A signed head")
struct SignedHeadTests {
    private let key = SigningKey(seed: Array(0..<32))

    @Test("is read back from its note, and its signature holds")
    func roundTrip() throws {
        let key = try #require(key)
        let head = key.sign(origin: "gongkai.example/log", size: 3, root: Hash(of: "x"), at: "2022-05-30T08:00:00.000Z")
        let read = try SignedHead(note: head.note(signedBy: key.verifyingKey))
        #expect(read == head)
        #expect(read.isSigned(by: key.verifyingKey))
    }

    @Test("does not hold with one digit changed")
    func tampered() throws {
        let key = try #require(key)
        let head = key.sign(origin: "gongkai.example/log", size: 13, root: Hash(of: "x"), at: "2022-05-30T08:00:00.000Z")
        let note = head.note(signedBy: key.verifyingKey)
        #expect(try !SignedHead(note: note.replacing("\n13\n", with: "\n14\n")).isSigned(by: key.verifyingKey))
    }

    @Test("refuses whatever is no note, and never falls over", arguments: 0..<300)
    func mutated(seed: Int) throws {
        let key = try #require(key)
        let head = key.sign(origin: "o", size: 1, root: Hash(of: "x"), at: "2022-05-30T08:00:00.000Z")
        var bytes = Array(head.note(signedBy: key.verifyingKey).utf8)
        let place = seed * 7919 % bytes.count
        bytes[place] = bytes[place] &+ UInt8(seed % 255 + 1)
        let read: SignedHead?
        do { read = try SignedHead(note: String(decoding: bytes, as: UTF8.self)) } catch { read = nil }
        #expect(read == nil || read != head || read?.isSigned(by: key.verifyingKey) == true)
        #expect(read.map { $0 == head || !$0.isSigned(by: key.verifyingKey) } ?? true)
    }
}
