import CSodium
import Core
import MerkleLog
import Storage

/// Personal data at rest: sealed with a key that lies beside the database and not in it (XChaCha20-Poly1305).
public struct Vault: Sendable {
    private let key: [UInt8]
    private let world: World

    /// - Parameter secret: the house's secret; the vault's key is derived from it.
    public init(secret: String, world: World) {
        key = Hash(of: "\(secret)|personal data").bytes
        self.world = world
    }

    /// A name by which the same identity is known again, and from which it can not be read without the key.
    public func name(of identity: String) -> String {
        Hash(of: key + Array(identity.uppercased().filter { !$0.isWhitespace }.utf8)).hex
    }

    /// - Parameter place: what the text belongs to; sealed text that is moved to another place does not open.
    public func seal(_ text: String, at place: String) -> String { seal(Array(text.utf8), at: place) }

    /// The same for a file.
    public func seal(_ plain: [UInt8], at place: String) -> String {
        let nonce = world.bytes(Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES))
        let about = Array(place.utf8)
        var sealed = [UInt8](repeating: 0, count: plain.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
        var length: UInt64 = 0
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed,
            &length,
            plain,
            UInt64(plain.count),
            about,
            UInt64(about.count),
            nil,
            nonce,
            key
        )
        return Base64.text(of: nonce + sealed.prefix(Int(length)))
    }

    /// - Throws: `StorageError` of kind `.corrupt` where the text was changed, moved, or sealed with another key.
    public func open(_ text: String, at place: String) throws -> String {
        String(decoding: try openFile(text, at: place), as: UTF8.self)
    }

    /// The same for a file.
    /// - Throws: `StorageError` of kind `.corrupt` where it was changed, moved, or sealed with another key.
    public func openFile(_ text: String, at place: String) throws -> [UInt8] {
        let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
        let tagLength = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
        guard let bytes = Base64.bytes(of: text), bytes.count >= nonceLength + tagLength else {
            throw StorageError(.corrupt, "sealed personal data can not be read")
        }
        let (nonce, sealed, about) = (Array(bytes.prefix(nonceLength)), Array(bytes.dropFirst(nonceLength)), Array(place.utf8))
        var plain = [UInt8](repeating: 0, count: sealed.count - tagLength)
        var length: UInt64 = 0
        let opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plain,
            &length,
            nil,
            sealed,
            UInt64(sealed.count),
            about,
            UInt64(about.count),
            nonce,
            key
        )
        guard opened == 0 else { throw StorageError(.corrupt, "sealed personal data does not open with this key") }
        return Array(plain.prefix(Int(length)))
    }
}
