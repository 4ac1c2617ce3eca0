/// The check digits that tell a number from a row of digits.
public enum CheckDigit {
    /// Resident ID of 18 places: weights, region and a birth date that exists (GB 11643-1999).
    public static func isResidentID(_ text: [UInt8]) -> Bool {
        guard text.count == 18, text.prefix(17).allSatisfy(\.isDigit) else { return false }
        var sum = 0
        for place in 0..<17 { sum += (Int(text[place]) - 48) * idWeights[place] }
        let last = text[17] == UInt8(ascii: "x") ? UInt8(ascii: "X") : text[17]
        guard last == idChecks[sum % 11] else { return false }
        let digits = text.prefix(17).map { Int($0) - 48 }
        return isRegion(digits) && isDate(digits[6..<14])
    }

    private static let idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let idChecks = Array("10X98765432".utf8)

    /// Whether a row of digits has the region and the birth date of a resident ID, of 18 or of 15 places.
    static func looksLikeResidentID(_ text: [UInt8]) -> Bool {
        guard text.dropLast().allSatisfy(\.isDigit), text.count == 18 || text[14].isDigit else { return false }
        let digits = text.prefix(17).map { Int($0) - 48 }
        guard isRegion(digits) else { return false }
        return text.count == 18 ? isDate(digits[6..<14]) : isDate([1, 9] + digits[6..<12])
    }

    private static func isRegion(_ digits: [Int]) -> Bool {
        provinces.contains(digits[0] * 10 + digits[1])
    }

    private static let provinces: Set = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65,
        71, 81, 82, 83, 91,
    ]

    private static func isDate(_ digits: some Collection<Int>) -> Bool {
        let digits = Array(digits)
        let year = digits[0..<4].reduce(0) { $0 * 10 + $1 }
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        guard (1850...2099).contains(year), (1...12).contains(month), day > 0 else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Unified social credit code (GB 32100-2015).
    public static func isCreditCode(_ text: [UInt8]) -> Bool {
        guard text.count == 18 else { return false }
        var (sum, last) = (0, 0)
        for place in 0..<18 {
            let value = codeValues[Int(text[place])]
            guard value >= 0 else { return false }
            if place < 17 { sum += value * codeWeights[place] } else { last = value }
        }
        return last == (31 - sum % 31) % 31
    }

    private static let codeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    /// The value of each byte in the code's alphabet, -1 for one that is not in it.
    private static let codeValues: [Int] = {
        var values = [Int](repeating: -1, count: 256)
        for (value, byte) in "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8.enumerated() { values[Int(byte)] = value }
        return values
    }()

    /// The Luhn sum of a bank card.
    public static func isLuhn(_ text: [UInt8]) -> Bool {
        var sum = 0
        for place in 0..<text.count {
            var value = Int(text[text.count - 1 - place]) - 48
            if place % 2 == 1 { value = value > 4 ? value * 2 - 9 : value * 2 }
            sum += value
        }
        return sum % 10 == 0
    }

    /// Organisation code of nine places (GB 11714-1997).
    public static func isOrganisationCode(_ text: [UInt8]) -> Bool {
        guard text.count == 9, text.dropLast().allSatisfy(\.isAlphanumeric) else { return false }
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(text, weights).map { (($0.isDigit ? Int($0) - 48 : Int($0.upper) - 55)) * $1 }.reduce(0, +)
        let check = 11 - sum % 11
        return text[8] == (check == 10 ? UInt8(ascii: "X") : check == 11 ? UInt8(ascii: "0") : UInt8(48 + check))
    }
}
