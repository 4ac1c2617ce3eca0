/// A line of the text read, without blanks around it; several, where a paragraph was broken at a page's width.
struct Line {
    /// From 1.
    let number: Int
    /// The last line of a paragraph put together again; else the same.
    var lastNumber: Int
    let text: String
    let bytes: [UInt8]

    /// Splits at line ends of every system; empty lines are left out, their numbers are not.
    static func all(of source: String) -> [Line] {
        let bytes = Array(source.utf8)
        var lines: [Line] = []
        var start = 0
        var number = 1
        func add(_ end: Int) {
            let text = trimmed(bytes, start..<end)
            if !text.isEmpty {
                lines.append(Line(number: number, lastNumber: number, text: text, bytes: Array(text.utf8)))
            }
        }
        for at in bytes.indices where bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x0C {
            add(at)
            start = at + 1
            let isHalfOfTwo = bytes[at] == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A
            if bytes[at] != 0x0C, !isHalfOfTwo { number += 1 }
        }
        add(bytes.count)
        return lines
    }

    var endsSentence: Bool { LegalText.endsSentence(bytes, 0..<bytes.count) }
    var mark: Mark? { Mark.read(bytes, 0..<bytes.count) }

    func opens(with word: String) -> Bool {
        var cursor = Cursor(bytes)
        return cursor.take(Array(word.utf8))
    }

    func holds(_ word: String) -> Bool {
        let word = Array(word.utf8)
        guard let first = word.first, bytes.count <= 4000 else { return false }
        return bytes.indices.contains { at in
            guard lowered(bytes[at]) == first else { return false }
            var cursor = Cursor(bytes, at: at)
            return cursor.take(word)
        }
    }
}
