/// Reads a text for what must not become public unseen: secrecy marks, personal data, cues of work secrets.
public enum Scan {
    /// All findings, the first in the text first; one a place, the surest of the gravest.
    ///
    /// - Parameters:
    ///   - table: the rows to look by; an office's own through `Table.init(extending:with:)`.
    ///   - floor: what is less sure than this is left out.
    ///   - day: the day of the scan as 20260131; with it, an ID or birth date of a child under 14 is told as such (PIPL art. 28).
    ///   - published: document numbers known to be public; given, all others are told.
    public static func findings(
        in text: String,
        by table: Table = .house,
        floor: Double = 0.4,
        on day: Int? = nil,
        published: Set<String>? = nil
    ) -> [Finding] {
        var text = text
        return text.withUTF8 { bytes in
            let reading = Reading(table: table, day: day, published: published)
            var found = reading.verdicts(in: bytes, spelled: false)
            if reading.hasSpelled { found += reading.verdicts(in: bytes, spelled: true) }
            return settle(found.filter { $0.confidence >= floor }, in: bytes)
        }
    }

    /// Without the parameters, for `map(Scan.findings)`.
    public static func findings(in text: String) -> [Finding] { findings(in: text, by: .house) }

    /// A place holds one thing: the gravest first, then the surest, then the longest; a suspicion yields to a proof.
    private static func settle(_ found: [Verdict], in text: UnsafeBufferPointer<UInt8>) -> [Finding] {
        var taken: [Range<Int>] = []
        var kept: [Verdict] = []
        // What is sorted is the ranks: verdicts are large.
        let ranks = found.enumerated().map { number, verdict in
            let (grave, sure, long) = verdict.rank
            return (rank: (UInt64(grave) << 40 | UInt64(sure)) << 20 | UInt64(min(long, 0xFFFFF)), verdict.range.lowerBound, number)
        }
        for (_, _, number) in ranks.sorted(by: { ($1.0, $0.1, $0.2) < ($0.0, $1.1, $1.2) }) {
            let verdict = found[number]
            // `taken` is sorted, so a neighbour overlaps or none does.
            let place = taken.partitioningIndex { $0.lowerBound >= verdict.range.upperBound }
            if place > 0, taken[place - 1].upperBound > verdict.range.lowerBound { continue }
            taken.insert(verdict.range, at: place)
            kept.append(verdict)
        }
        var (line, counted) = (1, 0)
        let order = kept.indices.map { (kept[$0].range.lowerBound, $0) }.sorted { $0 < $1 }
        return order.map { _, number in
            let verdict = kept[number]
            let range = verdict.range
            for place in counted..<range.lowerBound where text[place] == UInt8(ascii: "\n") { line += 1 }
            counted = range.lowerBound
            return Finding(
                rule: verdict.rule,
                range: range,
                line: line,
                printed: verdict.printed ?? String(decoding: text[range], as: UTF8.self),
                severity: verdict.severity,
                confidence: verdict.confidence,
                reason: verdict.reason,
                value: verdict.value
            )
        }
    }

    /// What vectorscan alone finds in bytes as they are, without folding and verification: the measure's other side.
    public static func rawHits(in text: UnsafeBufferPointer<UInt8>, by table: Table = .house) -> Int {
        table.firstPass.count(in: text)
    }
}

/// What a check says of a match.
struct Verdict {
    var rule: Finding.Rule
    /// In bytes of the shadow, and of the original once it is mapped.
    var range: Range<Int>
    var value: String
    var confidence: Double
    var severity: Finding.Severity
    var reason: Bilingual
    var printed: String?

    var rank: (Int, Double, Int) {
        // A suspicion never hides a proof, not even one that is worth a look only; what is refused hides all.
        let grave = severity == .refuse ? 2 : severity == .suspect ? 0 : 1
        return (grave, (confidence * 20).rounded(), range.count)
    }
}

extension Array {
    /// The first index at which `belongs` holds, when it holds for all that follow.
    func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
