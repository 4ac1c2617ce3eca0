import CSodium

/// The state of a log at an instant, signed: how many leaves, and their root. Written as a C2SP checkpoint.
public struct SignedHead: Hashable, Sendable {
    /// The log's name: the first line of the signed text.
    public let origin: String
    public let size: Int
    public let root: Hash
    /// UTC, `2022-05-30T08:00:00.000Z`.
    public let at: String
    public let signature: [UInt8]
    /// The four bytes by which the note names the key that signed (C2SP signed-note).
    public let keyHash: [UInt8]

    /// What the key signs: the note's text, each line ended by a newline.
    static func text(origin: String, size: Int, root: Hash, at: String) -> String {
        "\(origin)\n\(size)\n\(root.base64)\nat \(at)\n"
    }

    /// Whether the note names this key, and the key's signature holds.
    public func isSigned(by key: VerifyingKey) -> Bool {
        keyHash == key.hash(origin: origin)
            && key.verify(signature, of: Array(Self.text(origin: origin, size: size, root: root, at: at).utf8))
    }

    /// The note as served: its text, a blank line, and the signature line.
    public func note(signedBy key: VerifyingKey) -> String {
        let text = Self.text(origin: origin, size: size, root: root, at: at)
        return "\(text)\n— \(origin) \(Base64.text(of: key.hash(origin: origin) + signature))\n"
    }

    public enum Fault: Error, Equatable {
        case malformed(String)
    }

    /// Reads a note; whether its signature holds is asked afterwards by `isSigned`.
    public init(note: String) throws(Fault) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 7, lines[4].isEmpty, lines[6].isEmpty else {
            throw .malformed("a head has four lines of text, a blank line and a signature line")
        }
        guard Self.isName(lines[0]) else { throw .malformed("the first line names the log, without spaces or plus") }
        guard let size = Int(lines[1]), size >= 0, String(size) == lines[1] else {
            throw .malformed("the second line is the number of leaves")
        }
        guard let bytes = Base64.bytes(of: lines[2]), let root = Hash(bytes: bytes) else {
            throw .malformed("the third line is the root in base64")
        }
        guard Self.isInstant(lines[3].dropFirst(3)), lines[3].utf8.starts(with: "at ".utf8) else {
            throw .malformed("the fourth line is `at` and the instant, as in 2022-05-30T08:00:00.000Z")
        }
        let start = "— \(lines[0]) "
        guard lines[5].hasPrefix(start), let signed = Base64.bytes(of: String(lines[5].dropFirst(start.count))),
            signed.count == 68
        else { throw .malformed("the signature line does not fit") }
        (self.origin, self.size, self.root) = (lines[0], size, root)
        at = String(lines[3].dropFirst(3))
        signature = Array(signed.dropFirst(4))
        keyHash = Array(signed.prefix(4))
    }

    /// A name that can stand in a signature line (C2SP signed-note).
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 32 && $0 != "+" && !$0.properties.isWhitespace }
    }

    /// The shape `2022-05-30T08:00:00.000Z`, each part within its bounds.
    private static func isInstant(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        let shape = Array("0000-00-00T00:00:00.000Z".utf8)
        guard bytes.count == shape.count else { return false }
        for (byte, form) in zip(bytes, shape) where form == 48 ? !(48...57).contains(byte) : byte != form { return false }
        func two(_ place: Int) -> Int { Int(bytes[place] - 48) * 10 + Int(bytes[place + 1] - 48) }
        return (1...12).contains(two(5)) && (1...31).contains(two(8)) && two(11) < 24 && two(14) < 60 && two(17) < 60
    }

    init(origin: String, size: Int, root: Hash, at: String, signature: [UInt8], keyHash: [UInt8]) {
        (self.origin, self.size, self.root, self.at) = (origin, size, root, at)
        (self.signature, self.keyHash) = (signature, keyHash)
    }
}

/// The log's secret: signs its heads with Ed25519.
public struct SigningKey: Sendable {
    private let secret: [UInt8]
    public let verifyingKey: VerifyingKey

    /// Nil unless the seed has 32 bytes.
    public init?(seed: [UInt8]) {
        guard seed.count == 32 else { return nil }
        _ = Sodium.isReady
        var open = [UInt8](repeating: 0, count: 32)
        var secret = [UInt8](repeating: 0, count: 64)
        crypto_sign_seed_keypair(&open, &secret, seed)
        self.secret = secret
        verifyingKey = VerifyingKey(checked: open)
    }

    public func sign(origin: String, size: Int, root: Hash, at: String) -> SignedHead {
        let text = Array(SignedHead.text(origin: origin, size: size, root: root, at: at).utf8)
        var signature = [UInt8](repeating: 0, count: 64)
        crypto_sign_detached(&signature, nil, text, UInt64(text.count), secret)
        let keyHash = verifyingKey.hash(origin: origin)
        return SignedHead(origin: origin, size: size, root: root, at: at, signature: signature, keyHash: keyHash)
    }
}

/// A key that is printed, dumped or logged shows its open half alone.
extension SigningKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "signing key of \(verifyingKey.base64)" }

    public var customMirror: Mirror { Mirror(self, children: ["verifyingKey": verifyingKey.base64]) }
}

/// The open half: anyone checks a head with it.
public struct VerifyingKey: Hashable, Sendable {
    public let bytes: [UInt8]

    init(checked bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 32 bytes in base64.
    public init?(base64: String) {
        guard let bytes = Base64.bytes(of: base64), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    public var base64: String { Base64.text(of: bytes) }

    public func verify(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard signature.count == 64 else { return false }
        _ = Sodium.isReady
        return crypto_sign_verify_detached(signature, text, UInt64(text.count), bytes) == 0
    }

    /// The first four bytes by which a note names its key (C2SP signed-note).
    func hash(origin: String) -> [UInt8] {
        Array(Hash(of: Array("\(origin)\n".utf8) + [1] + bytes).bytes.prefix(4))
    }
}
