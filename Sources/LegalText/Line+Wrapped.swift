extension Line {
    /// Puts paragraphs together again that a PDF or a mail broke at the width of its page. A text counts as broken
    /// where it has ten lines or more, none wider than 140 columns, and two in five end near the widest. In it a line
    /// goes on in the next where the next one's first word had no room, unless that line is numbered, a date, or stands
    /// apart by an empty line. A paragraph that by chance ends at the full width is joined to the next: seen by a person.
    static func joined(_ lines: [Line]) -> [Line] {
        let widths = lines.map(\.columns)
        guard lines.count >= 10, let widest = widths.max(), (50...140).contains(widest) else { return lines }
        let near = widest * 4 / 5
        guard widths.count(where: { $0 >= near }) * 5 >= lines.count * 2 else { return lines }
        var joined: [Line] = []
        var pieces: [Line] = []
        for (index, line) in lines.enumerated() {
            if index > 0, !goesOn(lines[index - 1], widest - widths[index - 1], line) {
                joined.append(together(pieces))
                pieces = []
            }
            pieces.append(line)
        }
        return joined + [together(pieces)]
    }

    /// How wide a line prints: a Chinese character takes two columns.
    private var columns: Int {
        bytes.reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 >= 0xE2 ? 2 : 0) }
    }

    /// The columns of what stands before the first place where the line could be broken.
    private var firstWord: Int {
        bytes[0] >= 0x80 ? 2 : bytes.prefix { $0 != 0x20 && $0 < 0x80 }.count
    }

    private static func goesOn(_ line: Line, _ room: Int, _ next: Line) -> Bool {
        guard next.firstWord >= room, next.number == line.number + 1 else { return false }
        let isClosed = [")", "）", ":", "："].contains { line.text.hasSuffix($0) } || DocumentNumber(line.text) != nil
        return !isClosed && next.mark == nil && WrittenDate(next.text) == nil
    }

    /// One line of several: with a blank between Latin words, without one between Chinese characters.
    private static func together(_ pieces: [Line]) -> Line {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return pieces[0] }
        var bytes: [UInt8] = []
        for piece in pieces {
            if let end = bytes.last, let start = piece.bytes.first, isSpaced(end, start) { bytes.append(0x20) }
            bytes += piece.bytes
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return Line(number: first.number, lastNumber: last.lastNumber, text: text, bytes: bytes)
    }

    /// Figures on both sides are one number broken in two (202|3年).
    private static func isSpaced(_ end: UInt8, _ start: UInt8) -> Bool {
        let figures: ClosedRange<UInt8> = 0x30...0x39
        return end < 0x80 && start < 0x80 && !(figures.contains(end) && figures.contains(start))
    }
}
