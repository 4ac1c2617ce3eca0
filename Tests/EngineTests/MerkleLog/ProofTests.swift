import MerkleLog
import Testing

/// A seeded source of chance, so that a failing case comes again.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// The stored nodes of a log of 130 leaves.
private let leaves = (0..<130).map { MerkleTree.leaf(Array("leaf \($0)".utf8)) }

private func logTree(_ size: Int) throws -> MerkleTree {
    let made = try MerkleTree(size: 0) { _ in MerkleTree.emptyRoot }.nodesCompleted(byAppending: leaves)
    let nodes = Dictionary(uniqueKeysWithValues: made.map { ($0.place, $0.hash) })
    return MerkleTree(size: size) { try #require(nodes[$0]) }
}

/// The root as RFC 6962 §2.1 defines it, by splitting the leaves, without any stored node.
private func definedRoot(_ leaves: ArraySlice<Hash>) throws -> Hash {
    guard leaves.count > 1 else { return leaves.first ?? Hash(of: "") }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    let middle = leaves.startIndex + half
    return Hash(of: [1] + (try definedRoot(leaves[..<middle])).bytes + (try definedRoot(leaves[middle...])).bytes)
}

private func flipped(_ hash: Hash, _ bit: Int) throws -> Hash {
    var bytes = hash.bytes
    bytes[bit / 8] ^= 1 << (bit % 8)
    return try #require(Hash(bytes: bytes))
}

@Suite("A proof of the log")
struct ProofTests {
    @Test("leads to the root that the standard defines, at every size", arguments: 0...130)
    func roots(size: Int) throws {
        #expect(try logTree(size).root() == definedRoot(leaves[..<size]))
    }

    @Test("of a leaf fails with any single bit changed", arguments: 1...12)
    func everyBit(size: Int) throws {
        let tree = try logTree(size)
        let root = try tree.root()
        for index in 0..<size {
            let proof = try tree.inclusionProof(of: index)
            func holds(_ leaf: Hash, _ proof: [Hash], _ root: Hash) -> Bool {
                Proof.verifyInclusion(of: leaf, at: index, size: size, proof: proof, root: root)
            }
            #expect(holds(leaves[index], proof, root))
            var stillHolding = 0
            for bit in 0..<256 {
                if holds(try flipped(leaves[index], bit), proof, root) { stillHolding += 1 }
                if holds(leaves[index], proof, try flipped(root, bit)) { stillHolding += 1 }
                for place in proof.indices {
                    var other = proof
                    other[place] = try flipped(proof[place], bit)
                    if holds(leaves[index], other, root) { stillHolding += 1 }
                }
            }
            #expect(stillHolding == 0)
            #expect(!holds(leaves[index], proof + [root], root))
            #expect(proof.isEmpty || !holds(leaves[index], Array(proof.dropLast()), root))
        }
    }

    @Test("of growth holds between every two sizes, and for no changed root or path", arguments: 1...130)
    func growth(newer: Int) throws {
        var chance = Chance(state: UInt64(newer))
        let tree = try logTree(newer)
        let newRoot = try tree.root()
        for older in 1...newer {
            let oldRoot = Self.roots[older]
            let proof = try tree.consistencyProof(from: older)
            func holds(_ oldRoot: Hash, _ newRoot: Hash, _ proof: [Hash]) -> Bool {
                Proof.verifyConsistency(from: older, oldRoot: oldRoot, to: newer, newRoot: newRoot, proof: proof)
            }
            #expect(holds(oldRoot, newRoot, proof))
            let bit = Int.random(in: 0..<256, using: &chance)
            #expect(!holds(try flipped(oldRoot, bit), newRoot, proof))
            #expect(!holds(oldRoot, try flipped(newRoot, bit), proof))
            #expect(!holds(oldRoot, newRoot, proof + [oldRoot]))
            for place in proof.indices {
                var other = proof
                other[place] = try flipped(proof[place], bit)
                #expect(!holds(oldRoot, newRoot, other))
            }
        }
    }

    private static let roots: [Hash] = (0...130).map { size in
        do { return try definedRoot(leaves[..<size]) } catch { preconditionFailure("hashing does not fail: \(error)") }
    }

    @Test("refuses sizes and places that make no sense", arguments: [(-1, 5), (5, 5), (0, 0), (3, -2), (.max, .max)])
    func nonsense(index: Int, size: Int) {
        #expect(!Proof.verifyInclusion(of: leaves[0], at: index, size: size, proof: [leaves[1]], root: leaves[2]))
        #expect(!Proof.verifyConsistency(from: size, oldRoot: leaves[0], to: index, newRoot: leaves[1], proof: [leaves[2]]))
    }
}

@Suite("A signed head, read by others")
struct SignedHeadFormTests {
    private let at = "2022-05-30T08:00:00.000Z"

    private func key() throws -> SigningKey { try #require(SigningKey(seed: Array(0..<32))) }

    @Test("is signed as the Go implementation of signed notes signs")
    func foreignNote() throws {
        let published = try #require(Base64.bytes(of: "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        let key = try #require(VerifyingKey(base64: Base64.text(of: Array(published.dropFirst()))))
        let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let signed = try #require(
            Base64.bytes(
                of: "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
            )
        )
        #expect(key.verify(Array(signed.dropFirst(4)), of: Array(text.utf8)))
        #expect(!key.verify(Array(signed.dropFirst(4)), of: Array(text.uppercased().utf8)))
        #expect(Array(signed.prefix(4)) == Array(Hash(of: Array("PeterNeumann\n".utf8) + published).bytes.prefix(4)))
    }

    @Test("does not hold when it names another key, though the signature be right")
    func otherKeyNamed() throws {
        let key = try key()
        let head = key.sign(origin: "gongkai.example/log", size: 3, root: Hash(of: "x"), at: at)
        let note = head.note(signedBy: key.verifyingKey)
        let line = try #require(note.split(separator: "\n").last?.split(separator: " ").last)
        var bytes = try #require(Base64.bytes(of: String(line)))
        bytes[0] ^= 1
        let renamed = note.replacing(line, with: Base64.text(of: bytes))
        #expect(try !SignedHead(note: renamed).isSigned(by: key.verifyingKey))
        #expect(try SignedHead(note: note).isSigned(by: key.verifyingKey))
    }

    @Test(
        "refuses an instant that is none, and a name with spaces or plus",
        arguments: [
            ("at 2022-05-30T08:00:00.000Z", "at yesterday"), ("at 2022-05-30T08:00:00.000Z", "at "),
            ("at 2022-05-30T08:00:00.000Z", "at 2022-05-30T08:00:00Z"), ("at 2022-05-30", "at 2022-13-30"),
            ("T08:", "T24:"), ("gongkai.example/log", "gongkai example/log"), ("gongkai.example/log", "a+b"),
            ("\n3\n", "\n03\n"), ("\n3\n", "\n-3\n"), ("\n3\n", "\n99999999999999999999\n"),
        ]
    )
    func malformed(part: String, bad: String) throws {
        let key = try key()
        let note = key.sign(origin: "gongkai.example/log", size: 3, root: Hash(of: "x"), at: at)
            .note(signedBy: key.verifyingKey).replacing(part, with: bad)
        #expect(throws: SignedHead.Fault.self) { try SignedHead(note: note) }
    }

    @Test("does not hold after any damage to its note, and never falls over", arguments: 0..<200)
    func damaged(seed: UInt64) throws {
        var chance = Chance(state: seed)
        let key = try key()
        let head = key.sign(origin: "gongkai.example/log", size: 1234, root: Hash(of: "x"), at: at)
        let note = Array(head.note(signedBy: key.verifyingKey).utf8)
        for _ in 0..<20 {
            var bytes = note
            for _ in 0...Int.random(in: 0...3, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &chance)], at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let read: SignedHead
            do { read = try SignedHead(note: text) } catch { continue }
            #expect(Array(text.utf8) == note || !read.isSigned(by: key.verifyingKey))
        }
    }

    @Test("never shows the secret when a key is printed")
    func secret() throws {
        let key = try key()
        var shown = ""
        dump(key, to: &shown)
        #expect("\(key)" == "signing key of \(key.verifyingKey.base64)")
        #expect(!shown.contains("secret"))
    }
}
