import Core
import Foundation
import HTTPTypes
import Hummingbird
import LegalText
import MerkleLog
import NIOCore
import Records
import WorkCalendar

/// A release as a file: text, JSON, HTML that stands alone, or PDF.
struct Downloads: Sendable {
    let house: House

    func file(_ name: String, _ release: Release, _ content: Content) async throws -> Response {
        guard Visibility.isPublic(release) else { throw Refusal.notFound }
        switch name.split(separator: ".").dropFirst().joined(separator: ".") {
        case "txt": return .text(text(content, release), type: "text/plain; charset=utf-8")
        case "json": return try .json(ReleaseJSON(release, content, leaf: release.leaf))
        case "html": return .standing(html(content, release))
        case "pdf": return try await pdf(content, release)
        default: throw Refusal.notFound
        }
    }

    /// How the text stands today: a repealed original is marked in every download too.
    private func standing(_ content: Content, _ release: Release) -> String {
        let label = Text("有效性", "Validity").in(content.language)
        return "\(label): \(Validity.text(of: release.status).in(content.language)) (\(house.world.now().beijingDay))"
    }

    private func text(_ content: Content, _ release: Release) -> String {
        let head = [
            content.title, content.documentNumber ?? "", content.issuer ?? "", content.writtenOn?.description ?? "",
            standing(content, release),
        ]
        return head.filter { !$0.isEmpty }.joined(separator: "\n") + "\n\n" + content.body + "\n"
    }

    private func html(_ content: Content, _ release: Release) -> String {
        let title = HTML.escape(content.title)
        let number = HTML.escape(content.documentNumber ?? "")
        let body = BodyHTML.write(DocumentText.read(content.body).blocks, title: content.title)
        return """
            <!doctype html><html lang="\(content.language.tag)"><head><meta charset="utf-8"><title>\(title)</title>
            <style>body{font:12pt/1.8 Georgia,"Noto Serif CJK SC",serif;max-width:40em;margin:2em auto;padding:0 1em}
            h1{text-align:center;font-size:18pt}h2{text-align:center;font-size:14pt}.number,.sign{text-align:center}.sign{text-align:right}
            a{color:inherit;text-decoration:none;font-weight:600}@page{size:A4;margin:2.2cm}</style></head>
            <body><h1>\(title)</h1><p class="number">\(number)</p><p class="number">\(HTML.escape(standing(content, release)))</p>
            \(body)</body></html>
            """
    }

    /// Prints a release ahead, so that the first reader need not wait for it.
    func prepare(_ key: String) async throws {
        let (release, content) = try await house.releases.release(key)
        if Visibility.isPublic(release) { _ = try await Printer.kept(html(content, release), as: "pdf", under: release.content) }
    }

    private func pdf(_ content: Content, _ release: Release) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/pdf", .contentDisposition: "inline; filename=\"\(content.hash.hex.prefix(16)).pdf\""],
            body: .init(byteBuffer: ByteBuffer(bytes: try await Printer.kept(html(content, release), as: "pdf", under: release.content)))
        )
    }

    /// What was printed of a text that is no longer public does not stay.
    func forget(_ key: String) async throws {
        let (release, _) = try await house.releases.release(key)
        guard !Visibility.isPublic(release) else { return }
        try Printer.forget(under: release.content)
        try Printer.forget(under: key)
    }
}

/// A release for software.
struct ReleaseJSON: Encodable {
    let key, url, contentHash, attribute, method: String
    let publishedOn: String
    let leaf: Int
    let content: Content

    init(_ release: Release, _ content: Content, leaf: Int) {
        (key, contentHash, self.leaf, self.content) = (release.key, release.content, leaf, content)
        url = "/zh/releases/\(release.key)"
        (attribute, method, publishedOn) = (release.attribute.rawValue, release.method.rawValue, release.publishedOn.description)
    }
}
