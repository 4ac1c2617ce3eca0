/// What a check makes of a match: its true extent, its value without disguise, and whether it is sure.
struct Proof {
    var range: Range<Int>
    var value: String
    /// Multiplied with the row's confidence.
    var factor = 1.0
    /// In place of the row's severity.
    var severity: Finding.Severity?
    var reason: Bilingual?
    /// Dropped unless a context word stands near.
    var needsContext = false
}

extension Check {
    /// nil when the match is not what the row means.
    func proof(of range: Range<Int>, in bytes: [UInt8], _ kind: Kind, _ reading: Reading) -> Proof? {
        switch self {
        case .asIs: Proof(range: range, value: text(bytes, range))
        case .isolated: Numbers.isIsolated(range, bytes) ? Proof(range: range, value: text(bytes, range)) : nil
        case .afterCue: Numbers.afterCue(range, bytes)
        case .residentID: IdentityChecks.residentID(range, bytes, kind, reading.day)
        case .residentIDOf15: IdentityChecks.residentIDOf15(range, bytes)
        case .creditCode: IdentityChecks.creditCode(range, bytes, kind)
        case .organisationCode: IdentityChecks.organisationCode(range, bytes)
        case .hongKongID: IdentityChecks.hongKongID(range, bytes)
        case .taiwanID: IdentityChecks.taiwanID(range, bytes)
        case .luhn: MoneyChecks.card(range, bytes, kind)
        case .bankAccount: MoneyChecks.account(range, bytes)
        case .mobile: ContactChecks.mobile(range, bytes)
        case .landline: ContactChecks.landline(range, bytes)
        case .foreignPhone: ContactChecks.foreignPhone(range, bytes)
        case .email: EmailCheck.proof(range, bytes)
        case .plate: ContactChecks.plate(range, bytes)
        case .ipv4: NetworkChecks.ipv4(range, bytes)
        case .ipv6: NetworkChecks.ipv6(range, bytes)
        case .mac: NetworkChecks.mac(range, bytes)
        case .coordinates: NetworkChecks.coordinates(range, bytes)
        case .birthDate: PersonChecks.birthDate(range, bytes, reading.day)
        case .minor: PersonChecks.minor(range, bytes)
        case .secrecyMark: SecrecyChecks.mark(range, bytes)
        case .englishMark: SecrecyChecks.english(range, bytes)
        case .declassified: SecrecyChecks.declassified(range, bytes)
        case .personCue, .personTitle: nil
        case .foreignName: PersonChecks.foreignName(range, bytes)
        case .address: Addresses.proof(range, bytes)
        case .password: KeyChecks.password(range, bytes)
        case .documentNumber: BusinessChecks.documentNumber(range, bytes, reading.published)
        case .mapCaption: BusinessChecks.mapCaption(range, bytes)
        }
    }

    private func text(_ bytes: [UInt8], _ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// Rows of digits and letters with blanks and dashes between.
enum Numbers {
    /// The digits and letters of a range, letters large.
    static func compact(_ range: Range<Int>, _ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { room, count in
            for place in range where bytes[place].isAlphanumeric {
                room[count] = bytes[place].upper
                count += 1
            }
        }
    }

    static func digits(_ range: Range<Int>, _ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { room, count in
            for place in range where bytes[place].isDigit {
                room[count] = bytes[place]
                count += 1
            }
        }
    }

    /// How many different digits and letters there are.
    static func kinds(_ value: some Sequence<UInt8>) -> Int {
        var seen: UInt64 = 0
        for byte in value { seen |= 1 << UInt64(byte & 63) }
        return seen.nonzeroBitCount
    }

    static func string(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    static func isIsolated(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        !(range.lowerBound > 0 && bytes[range.lowerBound - 1].isWord && bytes[range.lowerBound].isWord)
            && !(range.upperBound < bytes.count && bytes[range.upperBound].isWord && bytes[range.upperBound - 1].isWord)
    }

    /// Whether the match is the whole of a number: no digit touches it, and the separator that groups it does not go on.
    static func isWhole(_ range: Range<Int>, _ bytes: [UInt8], letters: Bool = true) -> Bool {
        let (start, end) = (range.lowerBound, range.upperBound)
        func touches(_ byte: UInt8) -> Bool { letters ? byte.isAlphanumeric : byte.isDigit }
        if start > 0, touches(bytes[start - 1]) { return false }
        if end < bytes.count, touches(bytes[end]) { return false }
        // 0.13912345678 and 13912345678.5 are quantities.
        if start > 1, bytes[start - 1] == UInt8(ascii: "."), bytes[start - 2].isDigit { return false }
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), bytes[end + 1].isDigit { return false }
        guard let inner = bytes[range].first(where: \.isSeparator) else { return true }
        if start > 1, bytes[start - 1] == inner, bytes[start - 2].isDigit, inner != 32 || !isGroup(before: start - 1, bytes) {
            return false
        }
        if end + 1 < bytes.count, bytes[end] == inner, bytes[end + 1].isDigit, inner != 10 { return false }
        return true
    }

    /// Whether the digits before a blank are a number of their own (eight and more).
    private static func isGroup(before end: Int, _ bytes: [UInt8]) -> Bool {
        var start = end
        while start > 0, bytes[start - 1].isDigit { start -= 1 }
        return end - start >= 8
    }

    /// How the digits are grouped: 138-1234-5678 gives [3, 4, 4].
    static func groups(_ range: Range<Int>, _ bytes: [UInt8]) -> [Int] {
        bytes[range].split { !$0.isAlphanumeric }.map(\.count)
    }

    static func afterCue(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        guard isIsolated(range, bytes) else { return nil }
        var start = range.upperBound
        while start > range.lowerBound, bytes[start - 1] < 0x80, bytes[start - 1] != 32, bytes[start - 1] != UInt8(ascii: ":"),
            bytes[start - 1] != UInt8(ascii: "=")
        { start -= 1 }
        guard start < range.upperBound else { return nil }
        return Proof(range: start..<range.upperBound, value: string(bytes[start..<range.upperBound]))
    }
}
