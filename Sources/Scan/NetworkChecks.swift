/// Proofs of network addresses and places on the map.
enum NetworkChecks {
    static func ipv4(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let octets = bytes[range].split(separator: UInt8(ascii: ".")).map { $0.reduce(0) { $0 * 10 + Int($1) - 48 } }
        guard octets.count == 4, octets.allSatisfy({ $0 < 256 }), Numbers.isIsolated(range, bytes) else { return nil }
        if range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: ".") { return nil }
        if range.upperBound + 1 < bytes.count, bytes[range.upperBound] == UInt8(ascii: "."), bytes[range.upperBound + 1].isDigit {
            return nil
        }
        // 1.2.3.4 numbers a section or a version.
        return Proof(
            range: range,
            value: Numbers.string(bytes[range]),
            reason: Bilingual("四段均不大于 255", "Four parts of at most 255"),
            needsContext: octets.allSatisfy { $0 < 20 }
        )
    }

    static func ipv6(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var (start, end) = (range.lowerBound, range.upperBound)
        func belongs(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: ":") || byte.isDigit || byte.isLetter && byte.upper <= UInt8(ascii: "F")
        }
        while start > 0, belongs(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, belongs(bytes[end]) { end += 1 }
        let groups = bytes[start..<end].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let gaps = zip(groups, groups.dropFirst()).count { $0.isEmpty && $1.isEmpty }
        let isShort = Array(bytes[start..<end]).firstRange(of: [58, 58]) != nil
        guard groups.allSatisfy({ $0.count <= 4 }), isShort ? groups.count <= 9 && gaps <= 1 : groups.count == 8 else { return nil }
        guard groups.count(where: { !$0.isEmpty }) >= 2, groups.contains(where: { $0.count >= 3 }), Numbers.isIsolated(start..<end, bytes)
        else { return nil }
        return Proof(
            range: start..<end,
            value: Numbers.string(bytes[start..<end]),
            reason: Bilingual("IPv6 地址格式", "Has the form of an IPv6 address")
        )
    }

    static func mac(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let value = Numbers.compact(range, bytes)
        let marks = Set(bytes[range].filter { !$0.isAlphanumeric })
        guard value.count == 12, Numbers.isIsolated(range, bytes), marks.count <= 3, Numbers.kinds(value) > 1 else { return nil }
        for edge in [range.lowerBound - 1, range.upperBound] where bytes.indices.contains(edge) {
            if bytes[edge] == UInt8(ascii: "-") || bytes[edge] == UInt8(ascii: ":") && edge > range.lowerBound { return nil }
        }
        let pairs = stride(from: 0, to: 12, by: 2).map { Numbers.string(value[$0..<($0 + 2)]) }
        return Proof(
            range: range,
            value: pairs.joined(separator: ":"),
            reason: Bilingual("六组十六进制数", "Six pairs of hexadecimal digits"),
            needsContext: value.allSatisfy(\.isDigit) && !marks.contains(UInt8(ascii: ":"))
        )
    }

    /// Degrees inside China and its seas, as decimals or with minutes.
    static func coordinates(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let text = String(decoding: bytes[range], as: UTF8.self)
        let numbers = bytes[range].split { !$0.isDigit && $0 != UInt8(ascii: ".") }.compactMap { part -> Double? in
            let halves = part.split(separator: UInt8(ascii: "."))
            guard let whole = halves.first, halves.count <= 2 else { return nil }
            var value = whole.reduce(0.0) { $0 * 10 + Double($1 - 48) }
            if halves.count == 2 {
                var scale = 0.1
                for digit in halves[1] {
                    value += Double(digit - 48) * scale
                    scale /= 10
                }
            }
            return value
        }
        guard Numbers.isIsolated(range, bytes), let first = numbers.first else { return nil }
        if text.contains("°") || text.contains("度") {
            guard first <= 180, numbers.dropFirst().allSatisfy({ $0 < 60 }) || numbers.count > 3 else { return nil }
            return Proof(range: range, value: text, reason: Bilingual("以度分秒写出的位置", "A place in degrees, minutes and seconds"))
        }
        guard numbers.count == 2 else { return nil }
        let (longitude, latitude) = (max(numbers[0], numbers[1]), min(numbers[0], numbers[1]))
        guard (73...136).contains(longitude), (3...54).contains(latitude) else { return nil }
        return Proof(range: range, value: text, reason: Bilingual("中国境内的经纬度", "Longitude and latitude inside China"))
    }
}
