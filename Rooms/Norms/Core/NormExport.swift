import Foundation
import LegalText
import WorkCalendar

/// One work after another written out, each with its status on a day.
public struct NormExport: Sendable {
    let library: NormLibrary
    let day: Day

    /// `library` must have collected every record, or repeals are missed.
    public init(library: NormLibrary, day: Day) {
        (self.library, self.day) = (library, day)
    }

    /// What stands before the first work.
    public static func opening(_ format: String) -> String {
        switch format {
        case "csv":
            "\u{FEFF}" + SpreadsheetRow.text(["id", "title", "issuer", "documentNumber", "promulgated", "effective", "status", "evidence"])
        case "akn": Akoma.opening
        default: ""
        }
    }

    public static func closing(_ format: String) -> String { format == "akn" ? Akoma.closing : "" }

    /// One work in one of the formats json, markdown, csv, akn.
    public func text(of record: NormRecord, as format: String) throws -> String {
        guard let norm = library.reading(record) else { return "" }
        let events = library.events(of: norm)
        let standing = NormForce.standing(of: norm, events: events, at: day)
        return format == "json" ? try Self.json(of: norm, standing, events, on: day) : Self.text(of: norm, standing, on: day, as: format)
    }

    /// A work that is read already, in one of the formats markdown, csv, akn.
    public static func text(of norm: Norm, _ standing: NormStanding, on day: Day, as format: String) -> String {
        let export = NormExport(library: NormLibrary(heads: []), day: day)
        return switch format {
        case "csv": export.csv(norm, standing)
        case "akn": Akoma.work(norm, standing, on: day)
        default: export.markdown(norm, standing)
        }
    }

    private func version(_ norm: Norm) -> Norm.Version? { norm.version(at: day).map { norm.versions[$0] } ?? norm.versions.last }

    private func csv(_ norm: Norm, _ standing: NormStanding) -> String {
        let version = version(norm)
        let proof = standing.evidence.last.map { "\($0.document) \($0.article ?? "") \($0.date?.description ?? "")" } ?? ""
        return SpreadsheetRow.text([
            norm.id, norm.title, norm.record.issuer ?? "", norm.record.docNumber ?? norm.record.numbers.first ?? "",
            version?.promulgated?.description ?? "", version?.effective?.description ?? "", standing.status.rawValue, proof,
        ])
    }

    private func markdown(_ norm: Norm, _ standing: NormStanding) -> String {
        guard let version = version(norm) else { return "" }
        let law = version.reading.text
        var lines = ["# \(norm.title)", "", "- \(day): \(standing.status.rawValue)"]
        if let number = norm.record.docNumber { lines.append("- \(number)") }
        if let effective = version.effective { lines.append("- in force from \(effective)") }
        lines += standing.evidence.map { "- 《\($0.document)》\($0.article ?? "")：\($0.sentence.replacing("\n", with: " "))" }
        lines.append("")
        let preamble = law.text(law.preamble)
        if !preamble.isEmpty { lines += [preamble.replacing("\n", with: "\n\n"), ""] }
        for (index, provision) in law.provisions.enumerated() {
            switch provision.kind {
            case .part, .subpart, .chapter, .annex: lines += ["## " + firstLine(law, provision.range), ""]
            case .section: lines += ["### " + firstLine(law, provision.range), ""]
            case .article, .clause:
                lines += ["**\(law.number(of: index))** " + law.words(of: index).replacing("\n", with: "\n\n"), ""]
            case .paragraph, .item, .subitem, .table: continue
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func firstLine(_ law: LawText, _ range: Range<Int>) -> String {
        law.text(range).split(separator: "\n").first.map(String.init) ?? ""
    }

    private struct Line: Encodable {
        struct Text: Encodable {
            let promulgated, effective: Day?
            let text: String
        }

        struct Event: Encodable {
            let kind: NormEvent.Kind
            let date: Day?
            let evidence: NormEvent.Evidence
            let articles: [String]
            let applies: Bool
            let note: String?
        }

        let id, title: String
        let issuer: String?
        let documentNumbers: [String]
        let at: Day
        let status: NormStatus
        let evidence: [NormEvent.Evidence]
        let versions: [Text]
        let events: [Event]
    }

    /// The same as JSON, with all its texts and events, a line.
    public static func json(of norm: Norm, _ standing: NormStanding, _ events: [NormEvent], on day: Day) throws -> String {
        let line = Line(
            id: norm.id,
            title: norm.title,
            issuer: norm.record.issuer,
            documentNumbers: norm.record.numbers,
            at: day,
            status: standing.status,
            evidence: standing.evidence,
            versions: norm.versions.map { .init(promulgated: $0.promulgated, effective: $0.effective, text: $0.text) },
            events: events.map {
                .init(kind: $0.kind, date: $0.day, evidence: $0.evidence, articles: $0.articles, applies: $0.applies, note: $0.note?.en)
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
    }
}

/// Rows of a list for spreadsheets (RFC 4180).
public enum SpreadsheetRow {
    public static func text(_ cells: [String]) -> String {
        cells.map { cell in
            // A cell that a spreadsheet would run as a formula is quoted as text.
            let safe = ["=", "+", "-", "@"].contains { cell.hasPrefix($0) } ? "'" + cell : cell
            return safe.contains { "\",\n\r".contains($0) } ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
        }.joined(separator: ",") + "\r\n"
    }
}
