/// Proofs of secrecy marks, in Chinese and English, and of marks that say that a secret has ended.
enum SecrecyChecks {
    static func mark(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        guard let read = MarkReader(bytes).mark(at: range.lowerBound) else { return nil }
        let mark = SecrecyMark(level: read.level, range: read.range, term: read.term)
        if read.hasStar {
            guard !isExplained(read.range, bytes) else { return nil }
            if read.isDeclassified {
                return Proof(
                    range: read.range,
                    value: mark.written + "（已解密）",
                    severity: .suspect,
                    reason: Bilingual("标志注明已解密，请核对解密决定", "The mark says that the secret has ended: check the decision")
                )
            }
            let value = mark.term == .standard ? mark.level + "★" : mark.written
            return Proof(
                range: read.range,
                value: value,
                reason: Bilingual("国家秘密标志：\(mark.written)", "Mark of a state secret: \(mark.written)")
            )
        }
        if let labelled = labelled(read, bytes) { return labelled }
        guard let alone = alone(read, bytes) else { return nil }
        let whole = SecrecyMark(level: read.level, range: alone.0, term: alone.1)
        return Proof(
            range: alone.0,
            value: whole.written,
            factor: 0.9,
            reason: Bilingual("文首单独成行的密级", "A level alone on a line at the head")
        )
    }

    /// “密级★保密期限” in a sentence that explains marks: quoted, and named as a form.
    private static func isExplained(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let line = Context.line(around: range, in: bytes, reach: 90)
        let quotes = ["“", "‘", "「", "『", "《"].map { Array($0.utf8) }
        let isQuoted = range.lowerBound >= 3 && quotes.contains(Array(bytes[(range.lowerBound - 3)..<range.lowerBound]))
        guard isQuoted else { return false }
        let text = Array(bytes[line])
        return ["标志形式", "应当标注", "标注为", "标识为", "样式", "格式", "例如"].contains { Context.contains(text, Array($0.utf8)) }
    }

    /// 密级：机密, 保密期限 may follow.
    private static func labelled(_ read: MarkReader.Read, _ bytes: [UInt8]) -> Proof? {
        let before = String(decoding: bytes[max(0, read.range.lowerBound - 24)..<read.range.lowerBound], as: UTF8.self).filter { $0 != " " }
        let tail = before.last.map { "：:[【（(".contains($0) } ?? false
        guard tail, ["密级", "秘密等级", "定密"].contains(where: { before.dropLast().hasSuffix($0) }) else { return nil }
        let after = Array(bytes[read.range.upperBound..<min(bytes.count, read.range.upperBound + 3)])
        guard after != Array("、".utf8), after != Array("级".utf8) else { return nil }
        return Proof(
            range: read.range,
            value: read.level,
            factor: 0.95,
            reason: Bilingual("密级栏写明“\(read.level)”", "The field for the level says \(read.level)")
        )
    }

    /// Whether the level, with brackets and a term at most, is all there is on one of the first ten lines that are not empty.
    private static func alone(_ read: MarkReader.Read, _ bytes: [UInt8]) -> (Range<Int>, SecrecyTerm)? {
        let reader = MarkReader(bytes)
        var left = read.range.lowerBound
        while left > 0, bytes[left - 1] != 10 {
            let bracket = ["【", "（", "〔", "「"].first { left >= 3 && bytes[(left - 3)..<left].elementsEqual($0.utf8) }
            if bracket != nil {
                left -= 3
            } else if [32, 13, UInt8(ascii: "["), UInt8(ascii: "(")].contains(bytes[left - 1]) {
                left -= 1
            } else {
                return nil
            }
        }
        var right = read.range.upperBound
        var term = SecrecyTerm.standard
        while right < bytes.count, bytes[right] != 10 {
            if [32, 13, UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "[")].contains(bytes[right]) {
                right += 1
            } else if let (found, end) = reader.term(at: right, isSure: false), term == .standard {
                (term, right) = (found, end)
            } else if ["【", "】", "（", "）", "〔", "〕", "」", "："].contains(where: {
                right + 3 <= bytes.count && bytes[right..<(right + 3)].elementsEqual($0.utf8)
            }) {
                right += 3
            } else {
                return nil
            }
        }
        var lines = 0
        var isEmpty = true
        for byte in bytes[..<read.range.lowerBound] {
            if byte == 10 {
                lines += isEmpty ? 0 : 1
                isEmpty = true
                if lines >= 10 { return nil }
            } else if byte != 32, byte != 13 {
                isEmpty = false
            }
        }
        return (read.range, term)
    }

    /// TOP SECRET, SECRET or CONFIDENTIAL as a line of its own, with its handling words at most.
    static func english(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let line = Context.line(around: range, in: bytes, reach: 60)
        guard line.count < 60 else { return nil }
        let letters = bytes[line].map { $0.isLetter ? $0 : 32 }
        let level = String(decoding: bytes[range].map(\.upper), as: UTF8.self)
        let own = level.split { $0 == " " || $0 == "-" }.map(String.init)
        guard !bytes[line].contains(where: { $0 >= 0x80 && $0 != 0xE2 }) || hasStar(line, bytes) else { return nil }
        // What follows two slashes says who may read it: TOP SECRET//SI//NOFORN.
        let head = String(decoding: letters, as: UTF8.self).split(separator: " ").map(String.init)
        let isWritten = bytes[range].allSatisfy { !$0.isLetter || $0 == $0.upper }
        let handling: Set = [
            "NOFORN", "EYES", "ONLY", "CLASSIFIED", "REL", "TO", "LEVEL", "YEARS", "COPY", "NO", "STATE", "STRICTLY", "FOR",
        ]
        let hasSlashes = bytes[range.upperBound...].starts(with: [47, 47]) && range.lowerBound == line.lowerBound
        guard hasSlashes || head.allSatisfy({ own.contains($0.uppercased()) || isWritten && handling.contains($0) }) else { return nil }
        return Proof(range: range, value: level, reason: Bilingual("单独成行的英文密级", "A level in English alone on its line"))
    }

    private static func hasStar(_ line: Range<Int>, _ bytes: [UInt8]) -> Bool { Array(bytes[line]).firstRange(of: Array("★".utf8)) != nil }

    /// 解密 as a mark: alone on its line, or 已解密 with a date or a seal's brackets.
    static func declassified(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let line = Context.line(around: range, in: bytes, reach: 60)
        let text = String(decoding: bytes[line], as: UTF8.self).filter { !" \r【】[]（）()：:".contains($0) }
        let printed = String(decoding: bytes[range], as: UTF8.self)
        guard
            text == printed
                || text.hasPrefix(printed) && text.count < 24
                    && text.dropFirst(printed.count).allSatisfy({ $0.isNumber || "年月日-.".contains($0) })
        else { return nil }
        return Proof(range: range, value: printed, reason: Bilingual("解密标志，请核对解密决定", "A mark of declassification: check the decision"))
    }
}
