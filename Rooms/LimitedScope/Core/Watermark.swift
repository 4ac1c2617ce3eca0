/// A recipient's invisible mark: sixty-four bits that go round through a text, a bit a character, in signs that take no room.
///
/// The signs are ZERO WIDTH NON-JOINER (0) and ZERO WIDTH JOINER (1): neither lets a line break, nor changes a Han or Latin letter.
/// An excerpt of some forty Han characters or English words is enough to know it again. Who retypes a text carries no mark over.
public struct Watermark: Hashable, Sendable {
    public let code: UInt64

    public init(code: UInt64) { self.code = code }

    /// - Parameter bytes: eight unpredictable bytes.
    public init(bytes: [UInt8]) { code = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    static let zero: Unicode.Scalar = "\u{200C}"
    static let one: Unicode.Scalar = "\u{200D}"

    /// The bit at a place of the round.
    private func bit(_ place: Int) -> Bool { code >> UInt64(63 - place % 64) & 1 == 1 }

    /// A text with the mark in it; of HTML only what is read is marked: no tag, no entity.
    public func marked(_ text: String, isHTML: Bool = false) -> String {
        let scalars = Array(text.unicodeScalars)
        var out = String.UnicodeScalarView()
        out.reserveCapacity(scalars.count * 2)
        var (place, isInside) = (0, false)
        for (at, scalar) in scalars.enumerated() {
            out.append(scalar)
            if isHTML {
                // What was written as HTML escapes each of these in its text.
                if scalar == "<" || scalar == "&" { isInside = true }
                if isInside {
                    if scalar == ">" || scalar == ";" && !Self.isInTag(scalars, at) { isInside = false }
                    continue
                }
            }
            let next = at + 1 < scalars.count ? scalars[at + 1] : " "
            guard Self.carries(scalar, before: next) else { continue }
            out.append(bit(place) ? Self.one : Self.zero)
            place += 1
        }
        return String(out)
    }

    private static func isInTag(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
        for scalar in scalars[..<at].reversed() where scalar == "<" || scalar == ">" || scalar == "&" { return scalar == "<" }
        return false
    }

    /// Each Han character carries a bit, and each word of letters or figures its last sign.
    private static func carries(_ scalar: Unicode.Scalar, before next: Unicode.Scalar) -> Bool {
        if scalar.properties.isIdeographic { return true }
        guard isOfWord(scalar) else { return false }
        return !isOfWord(next) || next.properties.isIdeographic
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// A text without any such sign, as what comes in should be before it is marked.
    public static func cleaned(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != zero && scalar != one { out.append(scalar) }
        return String(out)
    }
}

/// The marks in a text that came back, to be held against each recipient's.
public struct MarkedText: Sendable {
    /// Every run of thirty-two bits.
    private let runs: Set<UInt32>

    public init(_ text: String) {
        var (run, count) = (UInt32(0), 0)
        var runs: Set<UInt32> = []
        for scalar in text.unicodeScalars where scalar == Watermark.zero || scalar == Watermark.one {
            run = run << 1 | (scalar == Watermark.one ? 1 : 0)
            count += 1
            if count >= 32 { runs.insert(run) }
        }
        self.runs = runs
    }

    /// Whether there is enough of a mark to tell anything.
    public var isMarked: Bool { !runs.isEmpty }

    /// How many of the sixty-four runs of a mark stand in the text: 64 for a whole round, 0 for another's text.
    public func agreement(with mark: Watermark) -> Int {
        (0..<64).count { turn in
            let turned = mark.code << UInt64(turn) | (turn == 0 ? 0 : mark.code >> UInt64(64 - turn))
            return runs.contains(UInt32(truncatingIfNeeded: turned >> 32))
        }
    }

    /// So many runs, that is thirty-five bits in a row, do not agree by chance among a million recipients.
    public static let enough = 4
}
