/// A text as one compares it: full-width letters as half-width, case and spacing set aside, with the way back to the original.
struct Folded: Sendable {
    private(set) var scalars: [Unicode.Scalar] = []
    /// For each scalar kept, its place in the original, in scalars.
    private(set) var places: [Int] = []

    /// - Parameter exactly: keeps spacing and strokes, for what is too short to be told apart without them.
    /// - Parameter keepsLines: what stands on two lines does not stand together.
    /// - Parameter joined: takes words of Latin letters together too: where letters are set wide, nobody knows where words end.
    init(_ text: String, exactly: Bool = false, joined: Bool = false, keepsLines: Bool = false) {
        let all = Array(text.unicodeScalars)
        scalars.reserveCapacity(all.count)
        places.reserveCapacity(all.count)
        var gap: Int?
        for (place, scalar) in all.enumerated() {
            if !exactly {
                if keepsLines, scalar == "\n" || scalar == "\r" {
                    gap = nil
                    scalars.append("\n")
                    places.append(place)
                    continue
                }
                if scalar.properties.isWhitespace {
                    gap = gap ?? place
                    continue
                }
                if Self.isNothing(scalar) { continue }
            }
            let folded = exactly ? Self.narrow(scalar) : Self.fold(scalar)
            // A space between two Latin words tells them apart; any other is a matter of layout.
            if let from = gap, !joined, Self.isLetter(scalars.last), Self.isLetter(folded) {
                scalars.append(" ")
                places.append(from)
            }
            gap = nil
            scalars.append(folded)
            places.append(place)
        }
        if !exactly { dropStrokesInNumbers() }
    }

    /// The places of a text in this one, in scalars of the original.
    func ranges(of other: Self) -> [Range<Int>] {
        let wanted = other.scalars
        guard let first = wanted.first, wanted.count <= scalars.count else { return [] }
        var found: [Range<Int>] = []
        for start in 0...(scalars.count - wanted.count) where scalars[start] == first {
            guard scalars[start..<(start + wanted.count)].elementsEqual(wanted) else { continue }
            found.append(places[start]..<(places[start + wanted.count - 1] + 1))
        }
        return found
    }

    func contains(_ other: Self) -> Bool {
        let wanted = other.scalars
        guard let first = wanted.first, wanted.count <= scalars.count else { return false }
        return (0...(scalars.count - wanted.count)).contains { start in
            scalars[start] == first && scalars[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
        guard let value = scalar?.value else { return false }
        return (97...122).contains(value)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

    /// Marks without width, and the soft hyphen.
    private static func isNothing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }

    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 65...90: Unicode.Scalar(scalar.value + 32) ?? scalar
        case 0xFF21...0xFF3A: Unicode.Scalar(scalar.value - 0xFF21 + 97) ?? scalar
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000, 0xA0: " "
        case 0x2010...0x2015, 0x2212: "-"
        case 0x30FB, 0x2022, 0xFF65: "·"
        default: scalar
        }
    }

    /// 138-1234-5678 is 13812345678.
    private mutating func dropStrokesInNumbers() {
        var (kept, keptPlaces): ([Unicode.Scalar], [Int]) = ([], [])
        for at in scalars.indices {
            let scalar = scalars[at]
            if scalar == "-" || scalar == "." || scalar == "·", let last = kept.last, Self.isDigit(last), at + 1 < scalars.count,
                Self.isDigit(scalars[at + 1])
            {
                continue
            }
            kept.append(scalar)
            keptPlaces.append(places[at])
        }
        (scalars, places) = (kept, keptPlaces)
    }
}
