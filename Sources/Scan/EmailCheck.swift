/// Grows an e-mail address around its `x@x`, written plainly or with 点, at and 艾特.
enum EmailCheck {
    static func proof(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var start = range.lowerBound
        while start > 0, range.upperBound - start < 72 {
            if isName(bytes[start - 1]) { start -= 1 } else if let dot = dot(endingAt: start, bytes) { start -= dot } else { break }
        }
        while start < range.lowerBound, !bytes[start].isAlphanumeric { start += 1 }
        var end = range.upperBound - 1
        var host: [UInt8] = []
        while end < bytes.count, host.count < 255 {
            if bytes[end].isAlphanumeric || bytes[end] == UInt8(ascii: "-") {
                host.append(bytes[end])
                end += 1
            } else if let dot = dot(at: end, bytes) {
                host.append(UInt8(ascii: "."))
                end += dot
            } else {
                break
            }
        }
        // Back to the last label that can be a top one: letters, two and more, or xn--.
        let cut = topped(host)
        guard let cut else { return nil }
        var left = host.count - cut
        while left > 0 {
            // A spelled dot is longer than what it stands for.
            let byte = bytes[end - 1]
            if byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
                end -= 1
            } else {
                end -= back(from: end, bytes)
            }
            left -= 1
        }
        let anchor = range.lowerBound..<range.upperBound
        var local: [UInt8] = []
        var place = start
        while place <= anchor.lowerBound {
            if let dot = dot(at: place, bytes), bytes[place] != UInt8(ascii: ".") {
                local.append(UInt8(ascii: "."))
                place += dot
            } else {
                local.append(bytes[place])
                place += 1
            }
        }
        guard (1...64).contains(local.count), local.contains(where: \.isAlphanumeric) else { return nil }
        let isPlain = bytes[anchor].contains(UInt8(ascii: "@"))
        // Bilingual stand for an @ in prose too (look at the.end): only a domain that everyone knows makes it an address.
        let top = host[..<cut].split(separator: UInt8(ascii: ".")).last.map { Numbers.string(Context.lowered($0)) } ?? ""
        guard isPlain || commonTops.contains(top) else { return nil }
        return Proof(
            range: start..<end,
            value: Numbers.string(local) + "@" + Numbers.string(host[..<cut]),
            factor: isPlain ? 1 : 0.9,
            reason: isPlain
                ? Bilingual("@ 前后为用户名和域名", "A name and a host around @")
                : Bilingual("以文字代替 @ 或点的电子邮箱", "An address whose @ or dot is written out")
        )
    }

    private static let commonTops: Set = [
        "com", "cn", "net", "org", "edu", "gov", "mil", "int", "info", "io", "co", "me", "cc", "tv", "biz", "name", "top", "xyz", "vip",
        "hk",
        "mo", "tw", "sg", "jp", "kr", "uk", "us", "eu", "de", "fr", "it", "es", "ru", "ca", "au", "in", "ch",
    ]

    /// How many bytes of the host make a whole one; nil if none does.
    private static func topped(_ host: [UInt8]) -> Int? {
        var labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        while labels.count > 1 {
            let last = labels[labels.count - 1]
            let before = labels.dropLast().reduce(0) { $0 + $1.count + 1 }
            guard labels.dropLast().allSatisfy({ !$0.isEmpty && $0.first != UInt8(ascii: "-") }) else {
                labels.removeLast()
                continue
            }
            if last.starts(with: Array("xn--".utf8)) { return before + last.count }
            let letters = last.prefix(while: \.isLetter)
            if (2...18).contains(letters.count) { return before + letters.count }
            labels.removeLast()
        }
        return nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isWord || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    private static let dots = ["点", " 点 ", "點", "(点)", "（点）", "[.]", "(.)", "(dot)", "[dot]", " dot ", "（dot）", "{dot}", " . "].map {
        Array($0.utf8)
    }

    /// The bytes with which a spelled dot can begin and end; (DOT) is one too.
    private static let firsts = flags(dots.compactMap(\.first))
    private static let lasts = flags(dots.compactMap(\.last))

    private static func flags(_ bytes: [UInt8]) -> [Bool] {
        var flags = [Bool](repeating: false, count: 256)
        for byte in bytes {
            flags[Int(byte)] = true
            flags[Int(byte.upper)] = true
        }
        return flags
    }

    private static func stands(_ word: [UInt8], at place: Int, _ bytes: [UInt8]) -> Bool {
        for (offset, byte) in word.enumerated() {
            let other = bytes[place + offset]
            if (other &- 65 < 26 ? other | 32 : other) != byte { return false }
        }
        return true
    }

    /// The length of a dot, plain or spelled, that begins here and has a letter or digit behind it.
    private static func dot(at place: Int, _ bytes: [UInt8]) -> Int? {
        func isFollowed(_ next: Int) -> Bool { next < bytes.count && bytes[next].isAlphanumeric }
        if bytes[place] == UInt8(ascii: ".") { return isFollowed(place + 1) ? 1 : nil }
        guard firsts[Int(bytes[place])] else { return nil }
        for dot in dots where place + dot.count < bytes.count && stands(dot, at: place, bytes) {
            if isFollowed(place + dot.count) { return dot.count }
        }
        return nil
    }

    private static func dot(endingAt end: Int, _ bytes: [UInt8]) -> Int? {
        guard end > 0, lasts[Int(bytes[end - 1])] else { return nil }
        for dot in dots where end - dot.count > 0 && stands(dot, at: end - dot.count, bytes) {
            if bytes[end - dot.count - 1].isAlphanumeric { return dot.count }
        }
        return nil
    }

    private static func back(from end: Int, _ bytes: [UInt8]) -> Int { dot(endingAt: end, bytes) ?? 1 }
}
