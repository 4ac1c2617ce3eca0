/// Proofs of document numbers that are not public and of maps without an approval number.
enum BusinessChecks {
    /// A number is told when the office's list of published ones lacks it, or when it belongs to secret papers.
    static func documentNumber(_ range: Range<Int>, _ bytes: [UInt8], _ published: Set<String>?) -> Proof? {
        let printed = String(decoding: bytes[range], as: UTF8.self).filter { $0 != " " }
        let value = String(printed.map { "[［(（".contains($0) ? "〔" : "]］)）".contains($0) ? "〕" : $0 })
        let head = value.prefix { $0 != "〔" }
        if head.hasSuffix("密") || head.hasSuffix("密发") || head.hasSuffix("密函") || head.hasSuffix("密电") || head.hasSuffix("明电") {
            return Proof(
                range: range,
                value: value,
                severity: .serious,
                reason: Bilingual("涉密或内部明电文件的字号", "The number of a secret paper or an internal telegram")
            )
        }
        guard let published, !published.contains(value) else { return nil }
        return Proof(range: range, value: value, reason: Bilingual("已公开目录中没有此文号", "The catalogue of what is public lacks this number"))
    }

    /// A caption of a map, in a text that nowhere gives an approval number (审图号).
    static func mapCaption(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        guard bytes.firstRange(of: Array("审图号".utf8)) == nil else { return nil }
        // A caption begins its line; a sentence that speaks of a map does not.
        let start = range.lowerBound
        let line = Context.line(around: range, in: bytes, reach: 60)
        guard bytes[line.lowerBound..<start].allSatisfy({ $0 == 32 || $0 == 13 }) else { return nil }
        return Proof(
            range: start..<range.upperBound,
            value: String(decoding: bytes[start..<range.upperBound], as: UTF8.self),
            reason: Bilingual("有地图而无审图号", "A map without an approval number")
        )
    }
}

/// Proofs of passwords, keys and tokens that are named as such.
enum KeyChecks {
    private static let plain: Set = [
        "null", "none", "true", "false", "password", "required", "string", "xxxxxx", "your", "changeme", "optional", "undefined", "secret",
        "example", "must", "should",
    ]

    /// The value behind 密码： or password=; a word of prose is none.
    static func password(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var start = range.upperBound
        while start > range.lowerBound, bytes[start - 1] > 32, bytes[start - 1] < 0x7F, bytes[start - 1] != UInt8(ascii: ":"),
            bytes[start - 1] != UInt8(ascii: "=")
        {
            start -= 1
        }
        while start < range.upperBound, [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(bytes[start]) { start += 1 }
        var end = range.upperBound
        while end < bytes.count, bytes[end] > 32, bytes[end] < 0x7F, !"\"'`,;)}]<".utf8.contains(bytes[end]), end - start < 128 { end += 1 }
        while end > start, ".,;\"'".utf8.contains(bytes[end - 1]) { end -= 1 }
        guard end - start >= 4 else { return nil }
        let value = String(decoding: bytes[start..<end], as: UTF8.self)
        let isWord = bytes[start..<end].allSatisfy(\.isLetter)
        if plain.contains(value.lowercased()) || value.allSatisfy({ "*xX.•-_#".contains($0) }) || value.hasPrefix("${")
            || value.hasPrefix("{{")
        {
            return nil
        }
        // A word of prose behind "password is"; a value has digits or signs, or stands behind = or :.
        return Proof(
            range: start..<end,
            value: value,
            factor: isWord ? 0.5 : 1,
            reason: Bilingual("密码或密钥字样之后的值", "The value behind the word for a password or key")
        )
    }
}
