/// A finding as the command line prints it, in Unicode scalars of the original text.
public struct ScanResult: Hashable, Sendable {
    public let kind: String
    /// Without disguise, as the rule reads it.
    public let value: String
    /// As it stands in the text, so that it can be found there again.
    public let printed: String
    /// In Unicode scalars from the text's beginning.
    public let start: Int
    public let end: Int
    /// The line, behind the caller's own place (page, cell, image box).
    public let place: String
    public let severity: String
    public let confidence: Double
    public let rule: String
    public let zh: String
    public let en: String
    public let reason: Bilingual
    public let basis: Bilingual
}

extension Scan {
    /// The findings of a text with their places in Unicode scalars.
    ///
    /// - Parameter place: where the text itself stands in a file, such as `page 2`; empty for a plain text.
    public static func results(
        in text: String,
        at place: String = "",
        by table: Table = .house,
        floor: Double = 0.4,
        on day: Int? = nil,
        published: Set<String>? = nil
    ) -> [ScanResult] {
        let findings = findings(in: text, by: table, floor: floor, on: day, published: published)
        var text = text
        return text.withUTF8 { bytes in
            var (counted, scalars) = (0, 0)
            func scalar(_ offset: Int) -> Int {
                for place in counted..<max(counted, offset) where !bytes[place].isContinuation { scalars += 1 }
                counted = max(counted, offset)
                return scalars
            }
            return findings.map { finding in
                let start = scalar(finding.range.lowerBound)
                let line = "line \(finding.line)"
                return ScanResult(
                    kind: finding.rule.kind,
                    value: finding.value,
                    printed: finding.printed,
                    start: start,
                    end: scalar(finding.range.upperBound),
                    place: place.isEmpty ? line : "\(place), \(line)",
                    severity: finding.severity.name,
                    confidence: finding.confidence,
                    rule: finding.rule.rawValue,
                    zh: finding.rule.zh,
                    en: finding.rule.en,
                    reason: finding.reason,
                    basis: finding.rule.basisWords
                )
            }
        }
    }
}
