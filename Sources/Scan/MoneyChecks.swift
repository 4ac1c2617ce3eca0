/// Proofs of card and account numbers.
enum MoneyChecks {
    /// A card: 12 to 19 digits, Luhn; short ones and unusual beginnings only where a word calls them a card.
    static func card(_ range: Range<Int>, _ bytes: [UInt8], _ kind: Kind) -> Proof? {
        let value = Numbers.digits(range, bytes)
        guard (12...19).contains(value.count), Numbers.isWhole(range, bytes), Numbers.kinds(value) > 1, value[0] != 48 else { return nil }
        guard !CheckDigit.isResidentID(value), !CheckDigit.isCreditCode(value) || value[0] == 54 else { return nil }
        var proof = Proof(range: range, value: Numbers.string(value))
        if CheckDigit.isLuhn(value) {
            proof.reason = Bilingual("Luhn 校验成立", "The Luhn check holds")
            let isUsual = value.count >= 15 && isGrouped(range, bytes) || value.starts(with: Array("62".utf8)) && value.count >= 14
            proof.needsContext = !isUsual
            if ![51, 52, 53, 54].contains(value[0]) { proof.factor = 0.8 }
            return proof
        }
        // Called a card though the sum is wrong: a typist's slip is a leak all the same.
        guard value.count >= 15, value[0] != 49, called.first(near: range, in: bytes) != nil
        else { return nil }
        proof.severity = .suspect
        proof.reason = Bilingual("称为卡号，Luhn 校验不符", "Called a card number, but the Luhn check does not hold")
        return proof
    }

    private static let called = ContextWords(["卡号", "银行卡", "储蓄卡", "信用卡", "card"])

    /// One row, groups of four, or digits one by one: not a date and a time beside each other.
    private static func isGrouped(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let groups = Numbers.groups(range, bytes)
        return groups.count == 1 || groups.dropLast().allSatisfy { $0 == 4 } || groups.allSatisfy { $0 == 1 }
            || groups == [6, 13] || groups == [4, 6, 5]
    }

    /// The number behind 账号 or a bank's name; the cue is not part of it.
    static func account(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var start = range.upperBound
        while start > range.lowerBound, bytes[start - 1].isDigit || bytes[start - 1] == 32 || bytes[start - 1] == UInt8(ascii: "-") {
            start -= 1
        }
        while start < range.upperBound, !bytes[start].isDigit { start += 1 }
        let number = start..<range.upperBound
        let value = Numbers.digits(number, bytes)
        guard (8...30).contains(value.count), Numbers.isWhole(number, bytes), Numbers.kinds(value) > 1 else { return nil }
        guard !CheckDigit.isResidentID(value) else { return nil }
        return Proof(
            range: number,
            value: Numbers.string(value),
            reason: Bilingual("账号字样之后的号码", "The number behind the word for an account")
        )
    }
}
