/// A text as search compares it: without punctuation and white space, in one width, case and script.
///
/// Words of letters keep one blank between them, or "now here" would be "nowhere".
public struct FoldedText: Sendable {
    /// The characters that are compared; a blank stands between two words.
    public let scalars: [UInt32]
    /// For each the byte of the text at which it begins, and at which it ends.
    private let starts: [Int]
    private let ends: [Int]

    private static let blank: UInt32 = 0x20

    public init(_ text: String) {
        var (scalars, starts, ends): ([UInt32], [Int], [Int]) = ([], [], [])
        var text = text
        text.withUTF8 { bytes in
            var runs = Runs()
            var wasWord = false
            while runs.next(in: bytes) {
                if wasWord, !runs.isDense, let end = ends.last {
                    scalars.append(Self.blank)
                    starts.append(end)
                    ends.append(end)
                }
                for place in 0..<runs.count {
                    scalars.append(runs.scalars[place])
                    starts.append(Int(runs.starts[place]))
                    ends.append(Int(runs.starts[place + 1]))
                }
                wasWord = !runs.isDense
            }
        }
        (self.scalars, self.starts, self.ends) = (scalars, starts, ends)
    }

    public var isEmpty: Bool { scalars.isEmpty }
    public var count: Int { scalars.count }

    /// Where another text stands in this one word for word, as a range of ``scalars``; it neither begins nor ends inside a word or a figure.
    public func firstRange(of other: FoldedText) -> Range<Int>? {
        guard let first = other.scalars.first, count >= other.count else { return nil }
        var place = 0
        let last = count - other.count
        while place <= last {
            guard scalars[place] == first, scalars[place..<(place + other.count)].elementsEqual(other.scalars) else {
                place += 1
                continue
            }
            if parts(before: place), parts(before: place + other.count) { return place..<(place + other.count) }
            place += 1
        }
        return nil
    }

    /// Whether a text may be cut here: not between two letters or two figures.
    private func parts(before place: Int) -> Bool {
        guard place > 0, place < count else { return true }
        return !(Self.isWord(scalars[place - 1]) && Self.isWord(scalars[place]))
    }

    private static func isWord(_ scalar: UInt32) -> Bool {
        Folding.shared.cell(of: scalar) >> 24 == Folding.Kind.word.rawValue
    }

    /// The bytes of the text in which a range of ``scalars`` stands.
    public func bytes(of range: Range<Int>) -> Range<Int> {
        guard let last = range.last else { return 0..<0 }
        return starts[range.lowerBound]..<ends[last]
    }

    /// Its pairs of neighbouring characters, by which texts are likened.
    public var pairs: Set<UInt64> {
        Set(zip(scalars, scalars.dropFirst()).map { UInt64($0) << 32 | UInt64($1) })
    }
}
