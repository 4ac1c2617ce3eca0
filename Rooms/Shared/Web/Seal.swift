import Core
import MerkleLog

/// The seal of a form: it shows that the form was shown to this very visitor, and lets it be sent once.
enum Seal {
    /// A fresh value for the hidden field `csrf`.
    static func value(_ secret: String, world: World) -> String {
        let nonce = Hash(of: world.bytes(16)).hex.prefix(32)
        return "\(nonce).\(mark(String(nonce), secret))"
    }

    /// The nonce of a value that this secret made; nil for any other.
    static func nonce(of value: String, _ secret: String) -> String? {
        let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[1] == mark(parts[0], secret) else { return nil }
        return parts[0]
    }

    private static func mark(_ nonce: String, _ secret: String) -> String {
        Hash(of: Hash(of: "\(secret)|\(nonce)").hex + secret).hex
    }
}
