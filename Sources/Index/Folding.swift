import Foundation

/// Says of each character as what it is compared, whatever its width, case, accent or script variant.
///
/// One table for the basic plane: full width becomes half width, capitals small letters, é becomes e, traditional
/// characters their simplified form, ○ the zero 〇 of document numbers.
struct Folding: @unchecked Sendable {
    enum Kind: UInt32 {
        /// Parts what stands on its sides: punctuation, white space, symbols.
        case gap = 0
        /// Letters and figures of scripts that write spaces.
        case word = 1
        /// Characters of scripts that write none: Han, kana, bopomofo, hangul.
        case dense = 2
    }

    static let shared = Folding()

    /// For each scalar below 0x10000 the folded scalar, and its kind from bit 24 upwards.
    ///
    /// Written once before it is shared, never freed.
    private let cells: UnsafePointer<UInt32>

    private init() {
        let cells = UnsafeMutablePointer<UInt32>.allocate(capacity: 0x10000)
        let simplified = Self.simplified()
        for value in 0..<0x10000 as Range<UInt32> {
            let folded = Unicode.Scalar(value).map { Self.fold($0, simplified) } ?? "\u{FFFD}"
            cells[Int(value)] = folded.value | Self.kind(of: folded).rawValue << 24
        }
        self.cells = UnsafePointer(cells)
    }

    /// The folded scalar, and its kind from bit 24 upwards.
    @inline(__always)
    func cell(of scalar: UInt32) -> UInt32 {
        scalar < 0x10000 ? cells[Int(scalar)] : Self.cell(ofRare: scalar)
    }

    @inline(never)
    private static func cell(ofRare value: UInt32) -> UInt32 {
        guard let scalar = Unicode.Scalar(value) else { return 0xFFFD }
        let small = scalar.properties.lowercaseMapping.unicodeScalars
        let folded = small.count == 1 ? small.first ?? scalar : scalar
        return folded.value | kind(of: folded).rawValue << 24
    }

    private static func simplified() -> [UInt32: Unicode.Scalar] {
        var pairs: [UInt32: Unicode.Scalar] = [:]
        var traditional: Unicode.Scalar?
        for scalar in traditionalAndSimplified.unicodeScalars {
            if let first = traditional {
                pairs[first.value] = scalar
                traditional = nil
            } else {
                traditional = scalar
            }
        }
        return pairs
    }

    private static func fold(_ scalar: Unicode.Scalar, _ simplified: [UInt32: Unicode.Scalar]) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: return Unicode.Scalar(scalar.value + 0x20) ?? scalar
        case ..<0x80: return scalar
        case 0x3400...0x9FFF: return simplified[scalar.value] ?? scalar
        case 0x25CB, 0x25EF: return "〇"
        case 0xAC00...0xD7A3: return scalar
        default: break
        }
        let plain = String(Character(scalar)).precomposedStringWithCompatibilityMapping.unicodeScalars
        guard plain.count == 1, var folded = plain.first else { return scalar }
        let small = folded.properties.lowercaseMapping.unicodeScalars
        if small.count == 1, let first = small.first { folded = first }
        if (0xC0...0x24F).contains(folded.value) || (0x1E00...0x1EFF).contains(folded.value) {
            folded = String(Character(folded)).decomposedStringWithCanonicalMapping.unicodeScalars.first ?? folded
        }
        return simplified[folded.value] ?? folded
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: return .word
        case ..<0x80, 0x3000...0x3004, 0x3008...0x3020, 0x30FB, 0xFFFD: return .gap
        case 0x3005...0x3007, 0x3021...0x3029, 0x3041...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF: return .dense
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return .dense
        case 0x1100...0x11FF, 0xAC00...0xD7A3: return .dense
        default:
            let properties = scalar.properties
            let counts = properties.isAlphabetic || properties.numericType != nil || properties.isGraphemeExtend
            return counts ? .word : .gap
        }
    }
}
