/// Reads a text for what must not become public unseen: secrecy marks, personal data, cues of work secrets.
public enum Scan {
    /// All findings, the first in the text first; one a place, the gravest.
    public static func findings(in text: String) -> [Finding] {
        let bytes = Array(text.utf8)
        var found = SecrecyMark.findings(in: text) + workSecrets(in: text)
        found += numbers(in: bytes)
        found += emails(in: bytes)
        var kept: [Finding] = []
        for finding in found.sorted(by: { ($0.severity.rawValue, $0.range.count) > ($1.severity.rawValue, $1.range.count) })
        where !kept.contains(where: { $0.range.overlaps(finding.range) }) {
            kept.append(finding)
        }
        return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Numbers: runs of digits in the folded shadow, told apart by length, check digit and first places.
    private static func numbers(in text: [UInt8]) -> [Finding] {
        let folded = FoldedText(text, closesNumbers: true)
        let bytes = folded.bytes
        var found: [Finding] = []
        var place = 0
        while place < bytes.count {
            guard FoldedText.isDigit(bytes[place]) || FoldedText.isLetter(bytes[place]) else {
                place += 1
                continue
            }
            var end = place
            while end < bytes.count, FoldedText.isDigit(bytes[end]) || FoldedText.isLetter(bytes[end]) { end += 1 }
            if end - place >= 10, end - place <= 40 {
                let country = place > 0 && bytes[place - 1] == UInt8(ascii: "+")
                if let (rule, severity) = kind(of: Array(bytes[place..<end]), country: country) {
                    found.append(finding(rule, severity, folded, place..<end, text))
                }
            }
            place = end
        }
        return found
    }

    private static func kind(of run: [UInt8], country: Bool) -> (Finding.Rule, Finding.Severity)? {
        let upper = run.map { FoldedText.isLetter($0) ? $0 & 0xDF : $0 }
        let digits = upper.allSatisfy(FoldedText.isDigit)
        if run.count == 18 {
            if CheckDigit.isResidentID(upper) { return (.residentID, .serious) }
            if CheckDigit.isCreditCode(upper) { return (.creditCode, .notice) }
            if CheckDigit.looksLikeResidentID(upper) { return (.residentID, .suspect) }
            if looksLikeCreditCode(upper) { return (.creditCode, .suspect) }
        }
        guard digits else { return nil }
        if run.count == 15, CheckDigit.looksLikeResidentID(upper) { return (.residentID, .serious) }
        let abroad = run.count == 15 && run.starts(with: Array("0086".utf8))
        let local = abroad ? Array(run.dropFirst(4)) : country && run.starts(with: Array("86".utf8)) ? Array(run.dropFirst(2)) : run
        if local.count == 11, local[0] == 49, (51...57).contains(local[1]) { return (.mobile, .serious) }
        if (12...19).contains(run.count), CheckDigit.isLuhn(run), run[0] != 48, Set(run).count > 1,
            run.count >= 15 || run.starts(with: Array("62".utf8))
        {
            return (.bankCard, .serious)
        }
        if (10...12).contains(run.count), run[0] == 48, run[1] != 48 { return (.landline, .notice) }
        if country, (10...12).contains(local.count), local.count < run.count { return (.landline, .notice) }
        return nil
    }

    /// One letter or more among 18 places of the code's alphabet, and the region's six digits in place.
    private static func looksLikeCreditCode(_ run: [UInt8]) -> Bool {
        let forbidden = Set("IOSVZ".utf8)
        return run.contains(where: FoldedText.isLetter) && !run.contains(where: forbidden.contains)
            && run[2..<8].allSatisfy(FoldedText.isDigit) && Set("1235679ANY".utf8).contains(run[0])
            && FoldedText.isDigit(run[1])
    }

    /// E-mail: an `@` between a name and a host with a dot.
    private static func emails(in text: [UInt8]) -> [Finding] {
        let folded = FoldedText(text, closesNumbers: false)
        let bytes = folded.bytes
        func isName(_ byte: UInt8) -> Bool {
            FoldedText.isDigit(byte) || FoldedText.isLetter(byte) || Set("._%+-".utf8).contains(byte)
        }
        var found: [Finding] = []
        for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
            var start = at
            while start > 0, at - start < 64, isName(bytes[start - 1]) { start -= 1 }
            var end = at + 1
            while end < bytes.count, end - at < 255, isName(bytes[end]) { end += 1 }
            while end > at + 1, !FoldedText.isLetter(bytes[end - 1]) { end -= 1 }
            let host = bytes[(at + 1)..<end]
            guard start < at, let dot = host.lastIndex(of: UInt8(ascii: ".")), end - dot > 2, dot > at + 1 else { continue }
            found.append(finding(.email, .notice, folded, start..<end, text))
        }
        return found
    }

    // A text that speaks of state secrets is no secret; these cues stand at the head of papers that are for the house.
    private static let cues = ["内部资料", "内部文件", "不得外传", "仅供内部", "注意保存", "工作秘密", "敏感信息", "work secrets", "internal use only"]

    private static func workSecrets(in text: String) -> [Finding] {
        cues.flatMap { cue in
            text.ranges(of: cue).map { range in
                let bytes = text.utf8
                let from = bytes.distance(from: bytes.startIndex, to: range.lowerBound)
                let place = from..<(from + cue.utf8.count)
                return Finding(rule: .workSecret, range: place, line: line(of: from, in: text), printed: cue, severity: .notice)
            }
        }
    }

    private static func finding(
        _ rule: Finding.Rule,
        _ severity: Finding.Severity,
        _ folded: FoldedText,
        _ place: Range<Int>,
        _ text: [UInt8]
    ) -> Finding {
        let range = Int(folded.starts[place.lowerBound])..<Int(folded.ends[place.upperBound - 1])
        let line = text[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
        let printed = String(decoding: text[range], as: UTF8.self)
        return Finding(rule: rule, range: range, line: line, printed: printed, severity: severity)
    }

    static func line(of place: Int, in text: String) -> Int {
        text.utf8.prefix(place).count { $0 == UInt8(ascii: "\n") } + 1
    }
}
