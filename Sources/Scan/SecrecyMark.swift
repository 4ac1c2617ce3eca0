import Foundation

/// A mark of state secrecy: 密级★期限, its spaced, full-width and star variants, and a level alone on a line at the head.
public struct SecrecyMark: Hashable, Sendable {
    public let level: String
    /// Where it stands, in UTF-8 bytes.
    public let range: Range<Int>

    /// The marks of a text. A sentence that speaks of 绝密、机密、秘密 bears none.
    public static func marks(in text: String) -> [SecrecyMark] {
        var marks: [SecrecyMark] = []
        let scalars = Array(text.unicodeScalars)
        var offsets: [Int] = [0]
        offsets.reserveCapacity(scalars.count + 1)
        for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
        // The levels' second character is one scalar in all three, so one test finds a candidate.
        for place in scalars.indices where scalars[place] == "密" {
            guard let start = start(of: place, in: scalars) else { continue }
            let level = String(String.UnicodeScalarView([scalars[start], "密"]))
            var next = place + 1
            while next < scalars.count, isBlank(scalars[next]), next - place < 40 { next += 1 }
            if next < scalars.count, stars.contains(scalars[next]) {
                marks.append(SecrecyMark(level: level, range: offsets[start]..<offsets[next + 1]))
            } else if isLabelled(start, place, in: scalars) || standsAlone(start, place, in: scalars) {
                marks.append(SecrecyMark(level: level, range: offsets[start]..<offsets[place + 1]))
            }
        }
        return marks
    }

    static func findings(in text: String) -> [Finding] {
        let inChinese = marks(in: text).map { mark in
            let from = mark.range.lowerBound
            return Finding(
                rule: .secrecyMark,
                range: mark.range,
                line: Scan.line(of: from, in: text),
                printed: mark.level,
                severity: .refuse
            )
        }
        return inChinese + englishMarks(in: text)
    }

    private static let stars: Set<Unicode.Scalar> = [
        "★", "☆", "*", "＊", "✩", "✭", "⭐", "⋆", "✶", "✦", "✧", "✰", "✪", "✫", "✬", "✮", "✯", "٭", "⁎", "∗",
    ]

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        // Blanks, and what is not seen at all: soft hyphens, joiners, marks of direction.
        scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0xFEFF
    }

    /// Where 绝密, 机密 or 秘密 begins whose second character is at `place`; blanks may stand between the two.
    private static func start(of place: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var before = place - 1
        while before >= 0, isBlank(scalars[before]), place - before < 40 { before -= 1 }
        guard before >= 0, ["绝", "机", "秘", "絕", "機", "祕"].contains(scalars[before]) else { return nil }
        return before
    }

    /// 密级：机密, 【机密】, 机密（20年）, 机密 5年: a level that stands as a mark on a line of its own, with its term or its label.
    private static func isLabelled(_ start: Int, _ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        var (left, right) = (start - 1, place + 1)
        while left >= 0, scalars[left] != "\n", start - left < 40 { left -= 1 }
        while right < scalars.count, scalars[right] != "\n", right - place < 40 { right += 1 }
        func text(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(scalars[range].filter { !isBlank($0) && !"【】[]（）()〔〕：:".unicodeScalars.contains($0) }))
        }
        let (before, after) = (text((left + 1)..<start), text((place + 1)..<right))
        let hasLabel = ["密级", "密級", "保密等级", "保密级别"].contains(before)
        let term = after.replacing("保密期限", with: "")
        let isTerm =
            term.isEmpty || term == "长期"
            || (term.first?.isNumber == true && ["年", "个月", "月", "天", "日"].contains { term.hasSuffix($0) } && term.count < 8)
        let hasMarks = place + 1 < scalars.count && start > 0 && "【[".unicodeScalars.contains(scalars[start - 1])
        return (hasLabel && isTerm) || (before.isEmpty && isTerm && (!term.isEmpty || hasMarks))
    }

    /// Whether the level is all there is on one of the first ten lines that are not empty.
    private static func standsAlone(_ start: Int, _ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        var left = start - 1
        while left >= 0, scalars[left] != "\n" {
            guard isBlank(scalars[left]) else { return false }
            left -= 1
        }
        var right = place + 1
        while right < scalars.count, scalars[right] != "\n" {
            guard isBlank(scalars[right]) else { return false }
            right += 1
        }
        var lines = 0
        var empty = true
        for scalar in scalars[..<start] {
            if scalar == "\n" {
                lines += empty ? 0 : 1
                empty = true
            } else if !isBlank(scalar) {
                empty = false
            }
        }
        return lines < 10
    }

    /// TOP SECRET, SECRET or CONFIDENTIAL as a line of its own.
    private static func englishMarks(in text: String) -> [Finding] {
        var place = 0
        var found: [Finding] = []
        for (number, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            defer { place += line.count + 1 }
            guard line.count < 40, number < 400 else { continue }
            let folded = String.UnicodeScalarView(
                String(decoding: line, as: UTF8.self).unicodeScalars.map { scalar in
                    (0xFF21...0xFF5A).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
                }
            )
            let head = String(folded).uppercased().components(separatedBy: "//")[0]
            let words = head.filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: " ")
            if ["TOP SECRET", "SECRET", "CONFIDENTIAL"].contains(words) {
                found.append(
                    Finding(
                        rule: .secrecyMark,
                        range: place..<(place + line.count),
                        line: number + 1,
                        printed: words,
                        severity: .refuse
                    )
                )
            }
        }
        return found
    }
}
