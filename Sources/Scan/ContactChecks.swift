/// Proofs of telephone numbers and plates.
enum ContactChecks {
    static func mobile(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let digits = Numbers.digits(range, bytes)
        guard digits.count >= 11 else { return nil }
        let start = range.lowerBound
        let local = Array(digits.suffix(11))
        guard Numbers.isWhole(range, bytes, letters: false) else { return nil }
        if range.upperBound < bytes.count, bytes[range.upperBound].isLetter { return nil }
        if start > 0, bytes[start - 1].isLetter, !isCalled(start, bytes) { return nil }
        if start > 0, bytes[start - 1] == UInt8(ascii: "+"), digits.count == 11 { return nil }
        guard Numbers.kinds(local) > 2 else { return nil }
        var proof = Proof(range: range, value: Numbers.string(local), reason: Bilingual("十一位移动电话号段", "Eleven digits of a mobile range"))
        // 2019-1391-2345… is not grouped like a number that someone dictates.
        if range.count == 11 { return proof }
        var groups = Numbers.groups(range, bytes)
        if digits.count > 11, let first = groups.first, first <= 4, digits.count - first == 11 { groups.removeFirst() }
        let isDictated = groups.count >= 8 || usual.contains(groups) || groups.count == 1
        proof.needsContext = !isDictated
        return proof
    }

    private static let usual = [
        [11], [3, 4, 4], [3, 8], [4, 4, 3], [3, 3, 5], [7, 4], [4, 3, 4], [3, 2, 2, 2, 2], [3, 4, 2, 2], [5, 6], [6, 5], [3, 3, 2, 3],
    ]

    private static let callers = ["tel", "phone", "mobile", "mob", "cell", "wechat", "wx", "vx", "m", "t", "qq", "sim", "no"].map {
        Array($0.utf8)
    }

    /// Whether the letters that touch a number say that it is one to call.
    private static func isCalled(_ end: Int, _ bytes: [UInt8]) -> Bool {
        var start = end
        while start > 0, bytes[start - 1].isLetter, end - start < 12 { start -= 1 }
        return callers.contains(Array(Context.lowered(bytes[start..<end])))
    }

    /// Area codes: 010, 02x of eight digits; 03xx to 09xx of seven or eight.
    static func landline(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var digits = Numbers.digits(range, bytes)
        guard Numbers.isWhole(range, bytes) else { return nil }
        if digits.starts(with: Array("0086".utf8)) { digits.removeFirst(4) }
        if bytes[range.lowerBound] == UInt8(ascii: "+") { digits.removeFirst(2) }
        if digits.first != 48 { digits.insert(48, at: 0) }
        let extensionLess = digits.prefix(12)
        let isShort = extensionLess.count > 2 && (extensionLess[1] == 49 || extensionLess[1] == 50)
        guard extensionLess[1] != 48, extensionLess[1] != 49 || extensionLess[2] == 48 else { return nil }
        guard isShort ? digits.count >= 10 : digits.count >= 10 else { return nil }
        let number = Array(digits.dropFirst(isShort ? 3 : 4))
        guard let first = number.first, first != 48, first != 49 || number.count == 8, Numbers.kinds(number) > 1 || digits[0] == 48 else {
            return nil
        }
        let hasMark = bytes[range].contains { !$0.isDigit }
        return Proof(
            range: range,
            value: Numbers.string(digits),
            factor: hasMark ? 1 : 0.8,
            reason: Bilingual("区号和七至八位号码", "An area code and seven or eight digits")
        )
    }

    static func foreignPhone(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let digits = Numbers.digits(range, bytes)
        guard (8...15).contains(digits.count), Numbers.isWhole(range, bytes, letters: false) else { return nil }
        if range.upperBound < bytes.count, bytes[range.upperBound].isLetter { return nil }
        return Proof(
            range: range,
            value: "+" + Numbers.string(digits),
            reason: Bilingual("带国家代码的电话号码", "A telephone number with its country's code")
        )
    }

    /// GA 36: no I and no O behind the letter of the office; a new-energy car has six places.
    static func plate(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        guard range.upperBound >= bytes.count || !bytes[range.upperBound].isWord else { return nil }
        let first = bytes[range].firstIndex { $0.isAlphanumeric } ?? range.upperBound
        let province = String(decoding: bytes[range.lowerBound..<first].filter { $0 >= 0x80 }, as: UTF8.self)
        let letters = Numbers.compact(first..<range.upperBound, bytes)
        let last = bytes[range].lastIndex { $0.isAlphanumeric } ?? first
        let suffix = String(decoding: bytes[min(last + 1, range.upperBound)..<range.upperBound], as: UTF8.self)
        let places = letters.dropFirst()
        var proof = Proof(range: range, value: province + Numbers.string(letters) + suffix)
        let digits = places.count(where: \.isDigit)
        guard places.count + suffix.unicodeScalars.count >= 5, places.count <= 6 else { return nil }
        let isForbidden = letters.contains(UInt8(ascii: "I")) || letters.contains(UInt8(ascii: "O"))
        let isNewEnergy = places.count == 6
        let holds = !isForbidden && (isNewEnergy ? digits >= 4 : digits >= (suffix.isEmpty ? 3 : 2))
        if holds {
            proof.reason = Bilingual("符合机动车号牌格式", "Has the form of a plate")
            return proof
        }
        proof.severity = .suspect
        proof.reason = Bilingual("近似号牌，含不使用的字母或字母过多", "Nearly a plate: a letter that plates do not use, or too many letters")
        proof.needsContext = digits < 1 && !isForbidden
        if digits == 0 { proof.needsContext = true }
        return proof
    }
}
