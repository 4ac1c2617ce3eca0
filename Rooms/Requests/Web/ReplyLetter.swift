import Core
import Foundation
import Hummingbird
import Records
import WorkCalendar

/// The letter of reply: number, addressee, text, remedy, agency, day, and the place of the seal.
enum ReplyLetter {
    static func html(
        _ letter: DisclosureRequests.Letter,
        _ request: DisclosureRequest,
        to name: String,
        files: [DisclosureRequests.ReplyFile] = [],
        agency: Text
    ) -> String {
        let outcome = request.outcome ?? .other
        let remedy = Remedy.text(for: outcome, on: letter.at.beijingDay, reviewer: agency).text.zh
        let title = outcome.group == .refused ? "政府信息不予公开告知书" : "政府信息公开申请答复书"
        return self.letter(
            title,
            number: letter.number,
            to: name,
            letter.body + list(files) + "\n" + remedy,
            on: letter.at.beijingDay,
            agency: agency
        )
    }

    /// The files that go with it, with the articles by which something in them is withheld (art. 37).
    private static func list(_ files: [DisclosureRequests.ReplyFile]) -> String {
        guard !files.isEmpty else { return "" }
        let lines = files.enumerated().map { place, file in
            "\(place + 1). \(file.name)" + (file.places > 0 ? "（部分内容依据\(file.articles)不予公开）" : "")
        }
        return "\n附件：\n" + lines.joined(separator: "\n")
    }

    /// A letter of the agency, each line of its body a paragraph.
    static func letter(_ title: String, number: String, to name: String, _ body: String, on written: Day, agency: Text) -> String {
        let paragraphs = body.split(separator: "\n").map { "<p>\(HTML.escape(String($0)))</p>" }
        return """
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>\(title) \(number)</title>
            <style>body{font:14pt/2 "Noto Serif CJK SC",serif;max-width:38em;margin:2em auto}h1{text-align:center;font-size:20pt}
            .number{text-align:center}p{text-indent:2em;margin:0}.to,.number{text-indent:0}.end{text-align:right;text-indent:0;position:relative}
            svg{position:absolute;right:1em;top:-2.4em;opacity:.75}@page{size:A4;margin:2.8cm 2.6cm}</style></head><body>
            <h1>\(title)</h1><p class="number">\(HTML.escape(number))</p>
            <p class="to">\(HTML.escape(name))：</p>
            \(paragraphs.joined(separator: "\n"))
            <p class="end">\(agency.zh)<br>\(day(written.description))
            <svg width="120" height="120" viewBox="0 0 120 120" role="img" aria-label="印章（样章）"><circle cx="60" cy="60" r="56" fill="none" stroke="#c00" stroke-width="3"/>
            <text x="60" y="68" text-anchor="middle" font-size="30" fill="#c00">★</text><text x="60" y="96" text-anchor="middle" font-size="12" fill="#c00">样章</text></svg></p>
            </body></html>
            """
    }

    /// 2022年5月26日.
    private static func day(_ text: String) -> String {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? "\(parts[0])年\(parts[1])月\(parts[2])日" : text
    }
}

extension Response {
    /// A letter as a page, PDF or DOCX.
    static func letter(_ html: String, as kind: String?, name: String) async throws -> Response {
        switch kind {
        case "pdf": return .file(try await Printer.pdf(of: html), type: "application/pdf", name: "\(name).pdf")
        case "docx": return .file(try await Printer.docx(of: html), type: Enclosure.Kind.docx.type, name: "\(name).docx")
        default: return .standing(html)
        }
    }

    /// A file that an applicant sent: only ever a download, under a name of ours.
    static func file(_ about: Enclosure, _ bytes: [UInt8], of number: String) -> Response {
        .file(Data(bytes), type: about.kind.type, name: "\(number)-\(about.hash.prefix(8)).\(about.kind.ending)")
    }
}
