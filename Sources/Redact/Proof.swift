import Extract
import Foundation

/// Proves that nothing withheld occurs in a file that is about to be handed out.
struct Proof {
    /// One way of looking, and what it found.
    struct Check {
        let name: String
        /// How much was looked at, in words.
        let looked: String
        /// Numbers of the withheld texts, from 1, that were found; never the texts.
        let found: [Int]
    }

    let needles: [Needle]
    /// What every file of the kind holds, whatever its text: words in it prove nothing.
    let furniture: [UInt8]

    private(set) var checks: [Check] = []

    init(_ needles: [Needle], furniture: [UInt8] = []) { (self.needles, self.furniture) = (needles, furniture) }

    private mutating func note(_ name: String, _ looked: String, _ isFound: (Int, Needle) -> Bool) {
        checks.append(Check(name: name, looked: looked, found: needles.enumerated().filter(isFound).map { $0.offset + 1 }))
    }

    mutating func fileName(_ name: String) {
        let haystack = Haystack(name)
        note("file name", "1 name") { haystack.contains($1) }
    }

    /// By taking the file apart as any reader could.
    mutating func extraction(_ bytes: [UInt8], isPage: Bool) throws {
        let parts = try Extract.parts(in: bytes, name: "", effort: Extract.Effort(recognises: false))
        let each = parts.map { Haystack($0.text, isPage: isPage) }
        let whole = Haystack(parts.map(\.text).joined(separator: "\n"), isPage: isPage)
        note("extraction", "\(parts.count) parts") { _, needle in
            each.contains { $0.contains(needle) } || needle.folded.scalars.count >= 6 && whole.contains(needle)
        }
    }

    mutating func text(_ text: String, byLines: Bool) {
        let pieces = byLines ? text.split(whereSeparator: \.isNewline).map { Haystack(String($0)) } : [Haystack(text)]
        note("text", "\(text.unicodeScalars.count) letters") { _, needle in pieces.contains { $0.contains(needle) } }
    }

    /// The bytes as they are, in each encoding of Chinese papers.
    /// - Parameter isPlain: the file is text, in which no letters stand by chance.
    mutating func bytes(_ bytes: [UInt8], isPlain: Bool = false) {
        let furniture = furniture
        note("bytes", "\(bytes.count) bytes") { _, needle in
            let forms = Forms(needle)
            return (isPlain ? forms.plain : forms.all).contains { form in
                (isPlain || form.count >= (form.allSatisfy { $0 < 128 } ? 8 : 6)) && !Forms.find(form, in: furniture)
                    && Forms.find(form, in: bytes)
            }
        }
    }

    /// Every packed piece of the file, unpacked.
    /// - Parameter isXML: texts stand in them as UTF-8 only.
    mutating func streams(_ streams: [[UInt8]], isXML: Bool) {
        let furniture = furniture
        note("unpacked streams", "\(streams.count) streams, \(streams.reduce(0) { $0 + $1.count }) bytes") { _, needle in
            let forms = Forms(needle)
            return (isXML ? forms.plain : forms.all + forms.hexadecimal).contains { form in
                form.count >= (form.allSatisfy { $0 < 128 } ? 8 : 4) && !Forms.find(form, in: furniture)
                    && streams.contains { Forms.find(form, in: $0) }
            }
        }
    }

    /// What optical recognition reads on pictures.
    mutating func recognition(_ pages: [String], looked: String) {
        let haystacks = pages.map { Haystack($0, isPage: true) }
        note("recognition", looked) { _, needle in haystacks.contains { $0.contains(needle) } }
    }
}

/// A text as bytes, in the encodings and widths in which it could stand in a file.
struct Forms {
    /// As UTF-8.
    let plain: [[UInt8]]
    let all: [[UInt8]]
    let hexadecimal: [[UInt8]]

    init(_ needle: Needle) {
        let text = needle.text
        var widths = Set([
            text, Self.map(text, 0x21...0x7E, 0xFEE0), Self.map(text, 0xFF01...0xFF5E, -0xFEE0), text.filter { !$0.isWhitespace },
        ])
        // Where spacing is set aside, the text may stand without it.
        if needle.way == .loose, !text.contains(where: \.isASCIILetter) { widths.insert(text.filter { !$0.isWhitespace }) }
        plain = widths.filter { !$0.isEmpty }.map { Array($0.utf8) }
        var all: Set<[UInt8]> = []
        for each in widths where !each.isEmpty {
            let units = Array(each.utf16)
            all.insert(Array(each.utf8))
            all.insert(units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
            all.insert(units.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
            if let older = Encoding.gb18030(of: each) { all.insert(older) }
        }
        self.all = Array(all)
        let hex = text.utf16.map(PageWriter.hex).joined()
        hexadecimal = [Array(hex.utf8), Array(hex.lowercased().utf8)]
    }

    private static func map(_ text: String, _ range: ClosedRange<UInt32>, _ by: Int) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let moved = range.contains(scalar.value) ? UInt32(Int(scalar.value) + by) : scalar.value
            view.append(Unicode.Scalar(moved) ?? scalar)
        }
        return String(view)
    }

    static func find(_ wanted: [UInt8], in bytes: [UInt8]) -> Bool {
        guard !wanted.isEmpty, wanted.count <= bytes.count else { return false }
        return bytes.withUnsafeBytes { all in
            wanted.withUnsafeBytes { some in
                guard var from = all.baseAddress, let what = some.baseAddress else { return false }
                var left = all.count - some.count + 1
                while left > 0, let hit = memchr(from, Int32(some[0]), left) {
                    let next = UnsafeRawPointer(hit)
                    if memcmp(next, what, some.count) == 0 { return true }
                    left -= next - from + 1
                    from = next + 1
                }
                return false
            }
        }
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
