import CSodium

/// Thirty-two bytes of SHA-256: the name of a content, a leaf or a whole log.
public struct Hash: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    init(checked bytes: [UInt8]) { self.bytes = bytes }

    /// The hash of some bytes.
    public init(of data: [UInt8]) {
        _ = Sodium.isReady
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&digest, data, UInt64(data.count))
        bytes = digest
    }

    public init(of text: String) { self.init(of: Array(text.utf8)) }

    public var hex: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    public var base64: String { Base64.text(of: bytes) }
}

extension Hash: LosslessStringConvertible, Codable {
    /// Reads 64 lowercase hexadecimal digits.
    public init?(_ hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case 48...57: digit - 48
            case 97...102: digit - 87
            default: nil
            }
        }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = value(digits[place]), let low = value(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    public var description: String { hex }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let hash = Hash(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no hash: \(text)"))
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

enum Sodium {
    /// libsodium asks to be set up once before any use.
    static let isReady: Bool = {
        precondition(sodium_init() >= 0, "libsodium could not be set up")
        return true
    }()
}

/// The standard alphabet with padding (RFC 4648 §4).
public enum Base64 {
    public static func text(of bytes: [UInt8]) -> String {
        let size = sodium_base64_encoded_len(bytes.count, sodium_base64_VARIANT_ORIGINAL)
        var text = [CChar](repeating: 0, count: size)
        sodium_bin2base64(&text, size, bytes, bytes.count, sodium_base64_VARIANT_ORIGINAL)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Nil for anything that is not base64.
    public static func bytes(of text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: text.utf8.count)
        var count = 0
        let status = text.withCString {
            sodium_base642bin(
                &bytes,
                bytes.count,
                $0,
                text.utf8.count,
                nil,
                &count,
                nil,
                sodium_base64_VARIANT_ORIGINAL
            )
        }
        return status == 0 ? Array(bytes.prefix(count)) : nil
    }
}
