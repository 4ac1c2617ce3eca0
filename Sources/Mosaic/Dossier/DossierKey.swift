import CSodium

/// The key under which values are hashed: with it equal values are known again, without it nothing is learned from the ledger.
public struct DossierKey: Sendable {
    private let secret: [UInt8]

    /// - Throws: `MosaicRefused` for a key of fewer than 32 or more than 64 bytes.
    public init(_ secret: [UInt8]) throws(MosaicRefused) {
        guard (32...64).contains(secret.count) else {
            throw MosaicRefused(zh: "密钥须为 32 至 64 字节。", en: "The key has 32 to 64 bytes.")
        }
        self.secret = secret
    }

    /// BLAKE2b of kind and value under the key, 16 bytes.
    func digest(_ kind: FactKind, _ value: String) -> Digest {
        let text = Array("\(kind.rawValue)\u{1F}\(Self.plain(kind, value))".utf8)
        var hash = [UInt8](repeating: 0, count: 16)
        _ = crypto_generichash(&hash, hash.count, text, UInt64(text.count), secret, secret.count)
        return Digest(bytes: hash)
    }

    /// Spellings of one value become one: +86 138-0013-8000 and 13800138000.
    private static func plain(_ kind: FactKind, _ value: String) -> String {
        let folded = Canonical.text(value)
        switch kind {
        case .phone:
            var digits = folded.filter { $0.isNumber }
            if digits.count > 11, digits.hasPrefix("0086") { digits.removeFirst(4) }
            if digits.count > 11, digits.hasPrefix("86") { digits.removeFirst(2) }
            return digits
        case .residentID, .passport, .creditCode, .bankAccount: return folded.filter { $0.isNumber || $0.isLetter }
        case .birthDate: return birthday(folded)
        default: return folded.filter { !$0.isWhitespace && $0 != "·" }
        }
    }

    /// 1990年1月2日, 1990/1/2 and 19900102 are 1990-1-2.
    private static func birthday(_ text: String) -> String {
        let parts = text.split { !$0.isNumber }.map { Int($0).map(String.init) ?? String($0) }
        guard parts.count == 1, parts[0].count == 8 else { return parts.joined(separator: "-") }
        let digits = Array(parts[0])
        return [String(digits[0..<4]), String(digits[4..<6]), String(digits[6..<8])].map { Int($0).map(String.init) ?? $0 }.joined(
            separator: "-"
        )
    }
}

/// What is kept of a value.
public struct Digest: Sendable, Hashable, Codable {
    public let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Nil for what is not 32 digits of base 16.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap { digit -> UInt8? in
            switch digit {
            case 48...57: digit - 48
            case 97...102: digit - 87
            default: nil
            }
        }
        guard digits.count == 32, hex.utf8.count == 32 else { return nil }
        bytes = (0..<16).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }

    public var hex: String {
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
