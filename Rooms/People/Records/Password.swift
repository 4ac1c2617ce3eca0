import CSodium
import Dispatch
import MerkleLog

/// Passwords are kept as Argon2id (RFC 9106), 64 MiB and two passes; checking one takes about a tenth of a second.
enum Password {
    static func sealed(_ password: String) async -> String {
        await offThePool {
            var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
            let status = crypto_pwhash_str(
                &text,
                password,
                UInt64(password.utf8.count),
                UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE),
                Int(crypto_pwhash_MEMLIMIT_INTERACTIVE)
            )
            precondition(status == 0, "no memory for Argon2id")
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    static func holds(_ password: String, _ sealed: String) async -> Bool {
        await offThePool { crypto_pwhash_str_verify(sealed, password, UInt64(password.utf8.count)) == 0 }
    }

    /// Runs slow arithmetic away from the threads that serve pages.
    private static func offThePool<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
