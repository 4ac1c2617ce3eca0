/// Cuts text into what is searched for: pairs of Chinese characters and figures, and whole words of other scripts.
///
/// Text is folded (full width to half width, capitals to small letters) and falls into *runs* of one kind; punctuation
/// and white space part them, and so does the change from Chinese to Latin. A Chinese run 专利法 gives the tokens
/// 专利 · 利法 · 法, so that every character begins a token and any substring is a phrase of pairs; figures are cut like
/// characters (2022年 · 22年 · 2年 are all found), a Latin run is one token. Both engines use this one cutter.
enum Bigrams {
    /// The longest word, in scalars; a longer one is cut, in texts and questions alike.
    static let longestWord = 64

    /// The runs of a text, folded.
    static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var text = text
        text.withUTF8 { bytes in
            forEachRun(in: bytes) { scalars, paired, _, _ in
                runs.append(Run(scalars: Array(scalars), isPaired: paired))
            }
        }
        return runs
    }

    /// The words of a text that are not cut into pairs, each once.
    static func words(_ text: String) -> Set<String> {
        var words: Set<String> = []
        var text = text
        text.withUTF8 { bytes in
            forEachRun(in: bytes) { scalars, paired, _, _ in
                if !paired { words.insert(String(String.UnicodeScalarView(scalars))) }
            }
        }
        return words
    }

    struct Run: Sendable, Hashable {
        let scalars: [Unicode.Scalar]
        let isPaired: Bool

        var text: String { String(String.UnicodeScalarView(scalars)) }
    }

    /// Hands over each token with its place in the text, in bytes.
    ///
    /// - Parameter question: a run of a question needs no last single character, unless it is one.
    static func forEachToken(
        in bytes: UnsafeBufferPointer<UInt8>,
        question: Bool,
        _ body: (_ token: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool
    ) {
        var token: [UInt8] = []
        var stopped = false
        forEachRun(in: bytes) { scalars, paired, starts, end in
            guard !stopped else { return }
            guard paired else {
                token.removeAll(keepingCapacity: true)
                for scalar in scalars { append(scalar, to: &token) }
                stopped = !token.withUnsafeBufferPointer { body($0, starts[0], end) }
                return
            }
            let last = scalars.count - 1
            for place in 0...last where place < last || !question || last == 0 {
                token.removeAll(keepingCapacity: true)
                append(scalars[place], to: &token)
                if place < last { append(scalars[place + 1], to: &token) }
                let close = place + 2 <= last ? starts[place + 2] : end
                stopped = !token.withUnsafeBufferPointer { body($0, starts[place], close) }
                if stopped { return }
            }
        }
    }

    /// The folded scalars of each run, their places in the text, and the end of the run, in bytes.
    private static func forEachRun(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ body: (_ scalars: [Unicode.Scalar], _ paired: Bool, _ starts: [Int], _ end: Int) -> Void
    ) {
        var scalars: [Unicode.Scalar] = []
        var starts: [Int] = []
        var last = Kind.gap
        var place = 0
        var end = 0
        func close() {
            if !scalars.isEmpty { body(scalars, last != .word, starts, end) }
            scalars.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
        }
        while place < bytes.count {
            let start = place
            let folded = fold(next(in: bytes, at: &place))
            let kind = Kind(folded)
            if kind == .gap {
                close()
                continue
            }
            if kind != last || (kind == .word && scalars.count == longestWord) {
                close()
                last = kind
            }
            scalars.append(folded)
            starts.append(start)
            end = place
        }
        close()
    }

    /// The scalar at a place of UTF-8, which moves on; a broken byte is U+FFFD, which parts words.
    private static func next(in bytes: UnsafeBufferPointer<UInt8>, at place: inout Int) -> Unicode.Scalar {
        let lead = bytes[place]
        place += 1
        if lead < 0x80 { return Unicode.Scalar(lead) }
        let more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
        guard lead >= 0xC2, lead < 0xF5, place + more <= bytes.count else { return "\u{FFFD}" }
        var value = UInt32(lead) & (0x3F >> UInt32(more))
        for offset in 0..<more {
            guard bytes[place + offset] & 0xC0 == 0x80 else { return "\u{FFFD}" }
            value = value << 6 | UInt32(bytes[place + offset] & 0x3F)
        }
        place += more
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private static func append(_ scalar: Unicode.Scalar, to token: inout [UInt8]) {
        guard let units = UTF8.encode(scalar) else { return }
        token.append(contentsOf: units)
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: return Unicode.Scalar(scalar.value + 0x20) ?? scalar
        case ..<0x80, 0x3400...0x9FFF: return scalar
        // ○ and ◯ are typed for the zero 〇 of a document number.
        case 0x25CB, 0x25EF: return "〇"
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map(fold) ?? scalar
        default:
            let small = scalar.properties.lowercaseMapping.unicodeScalars
            return small.count == 1 ? small.first ?? scalar : scalar
        }
    }

    private enum Kind {
        case gap
        case word
        case figures
        case chinese

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x30...0x39: self = .figures
            case 0x61...0x7A: self = .word
            case ..<0x80, 0x3000...0x3004, 0x3008...0x3020, 0x30FB, 0xFFFD: self = .gap
            // Han with its extensions, kana, bopomofo and hangul: scripts that write no spaces between words.
            case 0x3005...0x3007, 0x3021...0x3029, 0x3041...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF: self = .chinese
            case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .chinese
            case 0x1100...0x11FF, 0xAC00...0xD7A3, 0xFF66...0xFF9F: self = .chinese
            default:
                let properties = scalar.properties
                let counts = properties.isAlphabetic || properties.numericType != nil || properties.isGraphemeExtend
                self = counts ? .word : .gap
            }
        }
    }
}
