/// Proofs of the numbers of persons and organisations.
enum IdentityChecks {
    /// - Parameter day: with it an ID of someone under 14 is told as a minor's.
    static func residentID(_ range: Range<Int>, _ bytes: [UInt8], _ kind: Kind, _ day: Int?) -> Proof? {
        let value = Numbers.compact(range, bytes)
        guard value.count == 18, Numbers.isWhole(range, bytes) else { return nil }
        var proof = Proof(range: range, value: Numbers.string(value))
        let isSpread = bytes[range].contains(UInt8(ascii: "\n"))
        if CheckDigit.isResidentID(value) {
            proof.reason = Bilingual("校验码、出生日期和地区均成立", "Check digit, birth date and region hold")
            if let day, day - birth(value) < 140_000 {
                proof.reason = Bilingual("校验码成立，持证人不满十四周岁", "The check digit holds; the holder is under fourteen")
            }
            return proof
        }
        guard !isSpread, !CheckDigit.isCreditCode(value) else { return nil }
        proof.severity = .suspect
        if CheckDigit.looksLikeResidentID(value) {
            // A card number may begin like a region; a card that holds is a card.
            guard !(value.allSatisfy(\.isDigit) && CheckDigit.isLuhn(value) && value.starts(with: Array("62".utf8))) else { return nil }
            proof.reason = Bilingual("地区和出生日期成立，校验码不符", "Region and birth date hold, the check digit does not")
            return proof
        }
        proof.reason = Bilingual("称为身份证号，但号码不成立", "Called an ID number, but it does not hold")
        proof.factor = 0.5
        guard called.first(near: range, in: bytes) != nil else { return nil }
        return proof
    }

    private static let called = ContextWords(["身份证", "公民身份号码"])

    private static func birth(_ value: [UInt8]) -> Int { value[6..<14].reduce(0) { $0 * 10 + Int($1) - 48 } }

    static func residentIDOf15(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let value = Numbers.digits(range, bytes)
        guard value.count == 15, Numbers.isWhole(range, bytes), CheckDigit.looksLikeResidentID(value) else { return nil }
        return Proof(
            range: range,
            value: Numbers.string(value),
            reason: Bilingual("十五位旧号码，地区和出生日期成立", "Old number of 15 places: region and birth date hold")
        )
    }

    static func creditCode(_ range: Range<Int>, _ bytes: [UInt8], _ kind: Kind) -> Proof? {
        let value = Numbers.compact(range, bytes)
        guard value.count == 18, Numbers.isWhole(range, bytes), !CheckDigit.isResidentID(value) else { return nil }
        var proof = Proof(range: range, value: Numbers.string(value))
        if CheckDigit.isCreditCode(value) {
            proof.reason = Bilingual("校验码成立", "The check digit holds")
            if value.allSatisfy(\.isDigit), !isArea(value) { proof.factor = 0.5 }
            return proof
        }
        let read = value.map { confused[$0] ?? $0 }
        if read != value, CheckDigit.isCreditCode(read) {
            proof.value = Numbers.string(read)
            proof.reason = Bilingual("将形近字母改为数字后校验码成立", "The check digit holds once letters that look like digits are read as digits")
            proof.severity = .suspect
            return proof
        }
        guard looksLikeCreditCode(value) else { return nil }
        proof.severity = .suspect
        proof.reason = Bilingual("形式相符，校验码不符；早期赋码确有例外", "Has the form; the check digit does not hold (early codes exist that break it)")
        return proof
    }

    /// Letters that the alphabet leaves out because they look like digits.
    private static let confused: [UInt8: UInt8] = [
        UInt8(ascii: "O"): UInt8(ascii: "0"), UInt8(ascii: "I"): UInt8(ascii: "1"), UInt8(ascii: "Z"): UInt8(ascii: "2"),
        UInt8(ascii: "S"): UInt8(ascii: "5"), UInt8(ascii: "V"): UInt8(ascii: "U"),
    ]

    private static func isArea(_ value: [UInt8]) -> Bool {
        (11...91).contains((Int(value[2]) - 48) * 10 + Int(value[3]) - 48) || value[2] == 49
    }

    /// A letter or more among 18 places of the code's alphabet, the region's six digits in place.
    static func looksLikeCreditCode(_ value: [UInt8]) -> Bool {
        value.contains(where: \.isLetter) && !value.contains { confused[$0] != nil } && value[2..<8].allSatisfy(\.isDigit)
            && Set("1235679ANY".utf8).contains(value[0]) && (value[1].isDigit || value[0] == UInt8(ascii: "N"))
            && (value[2] != 48 || value[3] != 48)
            && value[8...].count(where: \.isDigit) >= 3
    }

    static func organisationCode(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let value = Numbers.compact(range, bytes)
        guard value.count == 9, Numbers.isWhole(range, bytes), CheckDigit.isOrganisationCode(value) else { return nil }
        if range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: "-") { return nil }
        if range.upperBound < bytes.count, bytes[range.upperBound] == UInt8(ascii: "-") { return nil }
        return Proof(
            range: range,
            value: Numbers.string(value.prefix(8)) + "-" + Numbers.string(value.suffix(1)),
            reason: Bilingual("校验码成立", "The check digit holds"),
            needsContext: true
        )
    }

    /// Hong Kong: letters count 10 to 35, a blank before a single letter 36, weights 9 to 1, the sum divides by 11.
    static func hongKongID(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let value = Numbers.compact(range, bytes)
        guard Numbers.isIsolated(range, bytes), (8...9).contains(value.count) else { return nil }
        var places = value.map { $0.isDigit ? Int($0) - 48 : Int($0) - 55 }
        if places.count == 8 { places.insert(36, at: 0) }
        let sum = zip(places, [9, 8, 7, 6, 5, 4, 3, 2, 1]).map { $0 * $1 }.reduce(0, +)
        guard sum % 11 == 0 else { return nil }
        return Proof(range: range, value: Numbers.string(value), reason: Bilingual("校验码成立", "The check digit holds"))
    }

    /// Taiwan: the letter stands for two digits; weights 1 9 8 … 1 1, the sum divides by 10.
    static func taiwanID(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let value = Numbers.compact(range, bytes)
        guard value.count == 10, Numbers.isIsolated(range, bytes) else { return nil }
        let order = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)
        guard let letter = order.firstIndex(of: value[0]).map({ $0 + 10 }) else { return nil }
        var sum = letter / 10 + letter % 10 * 9
        for (digit, weight) in zip(value.dropFirst(), [8, 7, 6, 5, 4, 3, 2, 1, 1]) { sum += (Int(digit) - 48) * weight }
        guard sum % 10 == 0 else { return nil }
        return Proof(range: range, value: Numbers.string(value), reason: Bilingual("校验码成立", "The check digit holds"))
    }
}
