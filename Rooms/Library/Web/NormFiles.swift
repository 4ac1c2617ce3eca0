import Core
import Foundation
import HTTPTypes
import Hummingbird
import MerkleLog
import NIOCore
import Records
import WorkCalendar

/// A work's text on a day as a file: JSON, Markdown, Akoma Ntoso, plain text, CSV, DOCX and PDF, each with its status and proof.
struct NormFiles: Sendable {
    let house: House

    struct Format: Sendable {
        let name, type: String
        let label: Text
    }

    // The columns are the point.
    // swift-format-ignore
    static let formats = [
        Format(name: "pdf",  type: "application/pdf",                                    label: Text("PDF", "PDF")),
        Format(name: "docx", type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", label: Text("DOCX", "DOCX")),
        Format(name: "txt",  type: "text/plain; charset=utf-8",                          label: Text("纯文本", "Text")),
        Format(name: "md",   type: "text/markdown; charset=utf-8",                       label: Text("Markdown", "Markdown")),
        Format(name: "xml",  type: "application/akn+xml; charset=utf-8",                 label: Text("Akoma Ntoso", "Akoma Ntoso")),
        Format(name: "json", type: "application/json; charset=utf-8",                    label: Text("JSON", "JSON")),
        Format(name: "csv",  type: "text/csv; charset=utf-8",                            label: Text("CSV", "CSV")),
    ]

    func file(_ id: String, as name: String, _ request: Request, _ visit: Visit) async throws -> Response {
        guard let format = Self.formats.first(where: { $0.name == name }) else { throw Refusal.notFound }
        let asked = try request.day("at") ?? house.world.now().beijingDay
        let work = try await house.library.work(id)
        if name == "json" { return try .json(try await NormJSON(work, at: asked, in: house)) }
        guard let norm = try await house.library.norm(work.id), let force = try await house.library.force(of: work.id, at: asked) else {
            throw Refusal.notFound
        }
        let standing = try force.standing
        // A printed file is the same for every day of its span: it is made once.
        let day = name == "pdf" || name == "docx" ? force.fromDay : asked
        let note = Note(work, force, standing, at: day, site: house.site)
        switch name {
        case "csv": return .text(NormExport.opening("csv") + NormExport.text(of: norm, standing, on: day, as: "csv"), type: format.type)
        case "xml":
            let text = NormExport.opening("akn") + NormExport.text(of: norm, standing, on: day, as: "akn") + NormExport.closing("akn")
            return .text(text, type: format.type)
        case "md":
            let text = NormExport.text(of: norm, standing, on: day, as: "markdown")
            return .text(text + "\n---\n" + note.lines.map { "- \($0)" }.joined(separator: "\n") + "\n", type: format.type)
        case "txt":
            return .text(([work.title] + note.lines).joined(separator: "\n") + "\n\n" + Self.plain(norm, day) + "\n", type: format.type)
        default:
            let html = Self.html(work, note, Self.plain(norm, day))
            let data = try await Printer.kept(html, as: name, under: work.release)
            var response = Response.file(data, type: format.type, name: "\(work.id)-\(day).\(name)")
            if name == "pdf" { response.headers[.contentDisposition] = "inline; filename=\"\(work.id)-\(day).pdf\"" }
            return response
        }
    }

    private static func plain(_ norm: Norm, _ day: Day) -> String {
        (norm.version(at: day).map { norm.versions[$0] } ?? norm.versions.last)?.text ?? ""
    }

    /// What stands on every download: how the work stands, and where that can be verified (网站发展指引: a repealed original is marked).
    private struct Note {
        let lines: [String]

        init(_ work: Library.Work, _ force: Library.Force, _ standing: NormStanding, at day: Day, site: String) {
            var lines = ["\(day)：\(force.status.text.zh)（\(force.status.text.en)）"]
            lines += standing.evidence.map { "《\($0.document)》\($0.article ?? "")：\($0.sentence.replacing("\n", with: " "))" }
            lines += standing.notes.map(\.zh)
            lines.append("\(site)/zh/norms/\(work.id)?at=\(day)")
            lines.append("透明日志 \(site)/zh/releases/\(work.release)/proof（第\(work.leaf)片叶子）")
            self.lines = lines
        }
    }

    private static func html(_ work: Library.Work, _ note: Note, _ text: String) -> String {
        let title = HTML.escape(work.title)
        let body = text.split(separator: "\n").map { line in
            let line = HTML.escape(line.trimmingCharacters(in: .whitespaces))
            let isHeading = line.hasPrefix("第") && line.prefix(12).contains { "编章节".contains($0) } && line.count < 40
            return isHeading ? "<h2>\(line)</h2>" : "<p>\(line)</p>"
        }.joined(separator: "\n")
        let status = note.lines.map { "<p>\(HTML.escape($0))</p>" }.joined()
        return """
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>\(title)</title>
            <style>body{font:12pt/1.8 Georgia,"Noto Serif CJK SC",serif;max-width:40em;margin:2em auto;padding:0 1em}
            h1{text-align:center;font-size:18pt}h2{text-align:center;font-size:14pt}.status{font-size:9pt;line-height:1.5;border:1px solid;padding:.3em 1em}
            @page{size:A4;margin:2.2cm}</style></head><body><h1>\(title)</h1><div class="status">\(status)</div>
            \(body)</body></html>
            """
    }
}

/// A work on a day for software: status, proof, texts and articles.
struct NormJSON: Encodable {
    struct Version: Encodable {
        let number: Int
        let promulgated, effective, until: Day?
        let sha256: String

        init(_ text: Library.Text) {
            (number, promulgated, effective, sha256) = (text.version, text.promulgated, text.effective, text.hash)
            until = text.isLast ? nil : text.untilDay.adding(-1)
        }
    }

    struct Article: Encodable {
        let number, anchor, url: String
        let headings: [String]
        let text: String
    }

    struct Proof: Encodable {
        let leaf: Int
        let release, inclusion, key: String
    }

    let id, title, url: String
    let issuer, documentNumber, topic: String?
    let at: Day
    let status: NormStatus
    let evidence: [NormEvent.Evidence]
    let notes: [Text]
    let version: Version?
    let versions: [Version]
    let preamble: String?
    let articles: [Article]
    let proof: Proof

    init(_ work: Library.Work, at day: Day, article: String? = nil, in house: House) async throws {
        (id, title, issuer, documentNumber, topic, at) = (work.id, work.title, work.issuer, work.documentNumber, work.topic, day)
        let url = "\(house.site)/zh/norms/\(work.id)"
        self.url = url
        let force = try await house.library.force(of: work.id, at: day)
        status = force?.status ?? .noEvidence
        let standing = try force?.standing
        (evidence, notes) = (standing?.evidence ?? [], standing?.notes ?? [])
        let texts = try await house.library.texts(of: work.id)
        versions = texts.map(Version.init)
        let number = Library.version(force, texts, at: day)
        version = number.flatMap { number in texts.first { $0.version == number } }.map(Version.init)
        let parts = try await number.mapAsync { try await house.library.parts(of: work.id, version: $0) } ?? []
        preamble = parts.first { $0.kind == .preamble }?.body
        articles = parts.filter { $0.kind == .article && (article == nil || $0.anchor == article) }.map {
            Article(number: $0.number, anchor: $0.anchor, url: "\(url)/articles/\($0.anchor)?at=\(day)", headings: $0.path, text: $0.body)
        }
        proof = Proof(
            leaf: work.leaf,
            release: "\(house.site)/zh/releases/\(work.release)",
            inclusion: "\(house.site)/log/proof/inclusion?leaf=\(work.leaf)",
            key: house.log.key.verifyingKey.base64
        )
    }
}
