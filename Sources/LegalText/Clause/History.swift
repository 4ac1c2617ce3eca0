import WorkCalendar

/// One line of a law's history as its preamble tells it: 根据2019年4月23日…《关于修改…的决定》第四次修正.
public struct HistoryLine: Hashable, Sendable {
    public enum Action: String, Codable, Sendable {
        case adopted, promulgated, approved, amended, revised, commenced, repealed
    }

    public let action: Action
    public let day: Day
    /// The deciding text it names, without 《》.
    public let by: String?
    /// The number of an order it names, normalised.
    public let number: String?
    public let sentence: String

    /// All lines of a preamble, in order of the text: one for each day that an action follows.
    public static func read(_ preamble: String) -> [HistoryLine] {
        Array(preamble.utf8).withUnsafeBufferPointer { bytes in
            var marks: [(day: Day, at: Int, end: Int)] = []
            var at = 0
            while at < bytes.count {
                if let (day, end) = bytes.day(at) {
                    marks.append((day, at, end))
                    at = end
                } else {
                    at += 1
                }
            }
            return marks.indices.compactMap { index in
                let end = index + 1 < marks.count ? marks[index + 1].at : bytes.count
                return line(bytes, marks[index].day, marks[index].at, marks[index].end..<end)
            }
        }
    }

    private static func line(_ bytes: Bytes, _ day: Day, _ start: Int, _ words: Range<Int>) -> HistoryLine? {
        var at = words.lowerBound
        var depth = 0
        var found: (Action, Int)?
        var by: Range<Int>?
        var open = 0
        while at < words.upperBound {
            let sign = bytes.three(at)
            if sign == 0xE3808A {
                if depth == 0 { open = at + 3 }
                depth += 1
            } else if sign == 0xE3808B {
                depth = max(0, depth - 1)
                if depth == 0 { by = open..<at }
            } else if depth == 0, found == nil || !isChange(found?.0) {
                for (word, action) in actions where bytes.has(word, at) { found = (action, at + word.utf8CodeUnitCount) }
            }
            at += bytes[at] < 0x80 ? 1 : bytes[at] < 0xE0 ? 2 : 3
        }
        guard let (action, end) = found else { return nil }
        if action == .commenced, !bytes.has("起", words.lowerBound), !bytes.has(" ", words.lowerBound), !bytes.has("施行", words.lowerBound) {
            return nil
        }
        var number: String?
        if let sign = bytes.find("号", words) {
            let reader = CitationReader(bytes, LawText.read(""), nil, ownTitle: nil)
            number = reader.documentNumber(endingAt: sign + 3, downTo: words.lowerBound)?.number
        }
        return HistoryLine(action: action, day: day, by: by.map { bytes.string($0) }, number: number, sentence: bytes.string(start..<end))
    }

    private static func isChange(_ action: Action?) -> Bool { action == .amended || action == .revised }

    private static let actions: [(StaticString, Action)] = [
        ("通过", .adopted), ("公布", .promulgated), ("发布", .promulgated), ("颁布", .promulgated), ("印发", .promulgated), ("批准", .approved),
        ("修正", .amended), ("修改", .amended), ("修订", .revised), ("施行", .commenced), ("实施", .commenced), ("废止", .repealed),
    ]
}
