import Foundation
import Index

/// Words that someone says stand in a text: found word for word whatever the punctuation, or compared with what is nearest.
public struct Quotation: Sendable {
    public let text: String
    private let folded: FoldedText
    private let pairs: Set<UInt64>

    /// The longest quotation, in characters.
    public static let longest = 2000

    /// - Returns: nil for what holds fewer than four characters beside punctuation: it stands everywhere.
    public init?(_ text: String) {
        folded = FoldedText(text)
        guard folded.count >= 4 else { return nil }
        self.text = text
        pairs = folded.pairs
    }

    /// One piece of a text: an article with its number, a heading, a preamble.
    public struct Piece: Sendable {
        public let text: String
        let folded: FoldedText

        public init(_ text: String) {
            self.text = text
            folded = FoldedText(text)
        }
    }

    public struct Place: Equatable, Sendable {
        /// The pieces it stands in; more than one where it goes over a boundary.
        public let pieces: ClosedRange<Int>
        /// As the text has it, with its punctuation.
        public let printed: String
        /// Whether punctuation and white space are the same too.
        public let isExact: Bool
    }

    /// Where it stands in pieces that follow one another.
    public func place(in pieces: [Piece]) -> Place? {
        for (number, piece) in pieces.enumerated() {
            guard let range = piece.folded.firstRange(of: folded) else { continue }
            return place(number...number, Self.cut(piece.text, piece.folded.bytes(of: range)))
        }
        // Over a boundary: as many pieces as could hold it.
        for first in pieces.indices.dropLast() {
            guard let lead = folded.scalars.first, pieces[first].folded.scalars.contains(lead) else { continue }
            var (last, size) = (first, 0)
            while last + 1 < pieces.count, size < folded.count, last - first < 12 {
                last += 1
                size += pieces[last].folded.count
            }
            let joined = Piece(pieces[first...last].map(\.text).joined(separator: "\n"))
            guard let range = joined.folded.firstRange(of: folded) else { continue }
            let bytes = joined.folded.bytes(of: range)
            var (end, begin, place) = (0, first, first)
            var reached: [Int] = []
            while place <= last {
                let next = end + pieces[place].text.utf8.count
                if next > bytes.lowerBound, end < bytes.upperBound { reached.append(place) }
                (end, place) = (next + 1, place + 1)
            }
            begin = reached.first ?? first
            return self.place(begin...(reached.last ?? begin), Self.cut(joined.text, bytes))
        }
        return nil
    }

    private func place(_ pieces: ClosedRange<Int>, _ printed: String) -> Place {
        let isExact = printed == text || printed == text.trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters))
        return Place(pieces: pieces, printed: printed, isExact: isExact)
    }

    private static func cut(_ text: String, _ bytes: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[bytes], as: UTF8.self)
    }

    public struct Nearest: Equatable, Sendable {
        public let piece: Int
        /// The sentences of it that are most like the quotation.
        public let text: String
        /// 1 for the same words in the same neighbourhood, 0 for none in common.
        public let likeness: Double
    }

    /// The sentences most like it; nil where nothing has a fifth of its pairs of characters.
    public func nearest(in pieces: [Piece]) -> Nearest? {
        let ranked = pieces.indices.map { place in (place, pieces[place].folded.pairs.intersection(pairs).count) }
            .filter { $0.1 * 5 >= pairs.count }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        return ranked.prefix(5).compactMap { nearest(in: pieces[$0.0].text, piece: $0.0) }.max { $0.likeness < $1.likeness }
    }

    private func nearest(in text: String, piece: Int) -> Nearest? {
        let sentences = Self.sentences(of: text)
        var best: Nearest?
        for first in sentences.indices {
            var window: Set<UInt64> = []
            for last in first..<min(first + 12, sentences.count) {
                window.formUnion(FoldedText(sentences[last]).pairs)
                let shared = window.intersection(pairs).count
                guard shared > 0 else { continue }
                let likeness = Double(2 * shared) / Double(window.count + pairs.count)
                if likeness > best?.likeness ?? 0 {
                    let words = sentences[first...last].joined().trimmingCharacters(in: .whitespacesAndNewlines)
                    best = Nearest(piece: piece, text: words, likeness: likeness)
                }
            }
        }
        return best
    }

    /// Sentences with what ends them: 。；！？ a line, and the full stop of Latin script before a blank.
    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var sentence = ""
        var isEnd = false
        for character in text {
            if isEnd, character != "”", character != "\"", character.isWhitespace || !".;!?".contains(sentence.last ?? " ") {
                sentences.append(sentence)
                sentence = ""
            }
            isEnd = "。；！？\n.;!?".contains(character)
            sentence.append(character)
        }
        return sentence.isEmpty ? sentences : sentences + [sentence]
    }
}
