/// One article of a law (第二十八条), with the headings it stands under: the reading for whole corpora.
public struct Article: Hashable, Sendable {
    /// As printed: 第二十八条, 第二十八条之一.
    public let number: String
    public let ordinal: Int
    /// The 一 of 之一, where an article was inserted later.
    public let suffix: Int?
    /// The head lines above it, outermost first: 第二章 …, 第一节 ….
    public let headings: [String]
    /// The text after the number, paragraphs kept as lines.
    public let text: String
    /// Stable address: `art-28`, `art-28-1` for 之一; a number that comes again adds `.2`, `.3`.
    public let anchor: String

    /// All articles of a text, in order. One pass over its bytes. A line opens an article where it begins with 第X条,
    /// a heading where it begins with 第X编, 章 or 节 and is no sentence, an annex where it begins with 附件.
    public static func read(_ source: String) -> [Article] {
        let bytes = Array(source.utf8)
        var articles: [Article] = []
        var anchors = Anchors()
        var headings: [(level: Int, text: String)] = []
        var open: (mark: Mark, number: String, from: Int)?

        func close(at end: Int) {
            guard let (mark, number, from) = open else { return }
            articles.append(
                Article(
                    number: number,
                    ordinal: mark.ordinal,
                    suffix: mark.suffix,
                    headings: headings.map(\.text),
                    text: trimmed(bytes, from..<end),
                    anchor: anchors.claim(mark.anchor)
                )
            )
            open = nil
        }

        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if let mark = Mark.numbered(bytes, start..<end) {
                if mark.kind == .article {
                    close(at: start)
                    open = (mark, trimmed(bytes, start..<mark.end), mark.end)
                } else if let level = mark.kind.depth, isHeading(bytes, start..<end) {
                    close(at: start)
                    headings.removeAll { $0.level >= level }
                    headings.append((level, trimmed(bytes, start..<end)))
                }
            } else if isAnnex(bytes, start..<end) {
                close(at: start)
                headings = [(0, trimmed(bytes, start..<end))]
            }
            start = end + 1
        }
        close(at: bytes.count)
        return articles
    }

    /// A head line is short and ends without a full stop.
    private static func isHeading(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        line.count <= 180 && !endsSentence(bytes, line)
    }

    private static func isAnnex(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard line.count >= 6, line.count <= 60, bytes[line.lowerBound] == 0xE9 else { return false }
        return Array(bytes[line.lowerBound..<line.lowerBound + 6]) == annex && !endsSentence(bytes, line)
    }

    private static let annex = Array("附件".utf8)
}

/// Hands out each address once: the second `art-1` of a text becomes `art-1.2`.
struct Anchors {
    private var seen: [String: Int] = [:]

    mutating func claim(_ wanted: String) -> String {
        let times = (seen[wanted] ?? 0) + 1
        seen[wanted] = times
        return times == 1 ? wanted : "\(wanted).\(times)"
    }
}

/// The text of a range without blanks and line ends around it.
func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    var cursor = Cursor(bytes, at: range.lowerBound)
    while cursor.at < range.upperBound {
        let before = cursor.at
        cursor.takeBlanks()
        if cursor.at < range.upperBound, bytes[cursor.at] == 0x0A { cursor.at += 1 }
        if cursor.at == before { break }
    }
    var end = range.upperBound
    while end > cursor.at {
        let width = [1, 2, 3].first { end - $0 >= cursor.at && blankWidth(bytes, at: end - $0) == $0 }
        guard let width = bytes[end - 1] == 0x0A ? 1 : width else { break }
        end -= width
    }
    return cursor.at < end ? text(bytes, cursor.at..<end) : ""
}

/// Whether a line ends like a sentence or a limb of one: 。；; . in either script (a colon does not end one).
func endsSentence(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var end = line.upperBound
    while end > line.lowerBound, blankWidth(bytes, at: end - 1) == 1 { end -= 1 }
    guard end > line.lowerBound else { return false }
    if bytes[end - 1] == 0x2E || bytes[end - 1] == 0x3B { return true }
    guard end - line.lowerBound >= 3 else { return false }
    let last = (bytes[end - 3], bytes[end - 2], bytes[end - 1])
    return last == (0xE3, 0x80, 0x82) || last == (0xEF, 0xBC, 0x9B)
}
