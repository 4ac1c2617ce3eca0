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
        case "txt": return .text(text(content), type: "text/plain; charset=utf-8")
        case "json": return try .json(ReleaseJSON(release, content, leaf: release.leaf))
        case "html": return .text(html(content), type: "text/html; charset=utf-8")
        case "pdf": return try await pdf(content)
        default: throw Refusal.notFound
        }
    }

    private func text(_ content: Content) -> String {
        let head = [content.title, content.documentNumber ?? "", content.issuer ?? "", content.writtenOn?.description ?? ""]
        return head.filter { !$0.isEmpty }.joined(separator: "\n") + "\n\n" + content.body + "\n"
    }

    private func html(_ content: Content) -> String {
        let title = BodyHTML.escape(content.title)
        let number = BodyHTML.escape(content.documentNumber ?? "")
        let body = BodyHTML.write(DocumentText.read(content.body).blocks, title: content.title)
        return """
            <!doctype html><html lang="\(content.language.tag)"><head><meta charset="utf-8"><title>\(title)</title>
            <style>body{font:12pt/1.8 Georgia,"Noto Serif CJK SC",serif;max-width:40em;margin:2em auto;padding:0 1em}
            h1{text-align:center;font-size:18pt}h2{text-align:center;font-size:14pt}.number,.sign{text-align:center}.sign{text-align:right}
            a{color:inherit;text-decoration:none;font-weight:600}@page{size:A4;margin:2.2cm}</style></head>
            <body><h1>\(title)</h1><p class="number">\(number)</p>
            \(body)</body></html>
            """
    }

    /// Prints a release ahead, so that the first reader need not wait for it.
    func prepare(_ key: String) async throws {
        let (release, content) = try await house.releases.release(key)
        if Visibility.isPublic(release) { _ = try await printed(content) }
    }

    private func pdf(_ content: Content) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/pdf", .contentDisposition: "inline; filename=\"\(content.hash.hex.prefix(16)).pdf\""],
            body: .init(byteBuffer: ByteBuffer(bytes: try await printed(content)))
        )
    }

    /// Printed by Chromium, tagged, and kept by the content's hash.
    private func printed(_ content: Content) async throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gongkai-pdf-\(getuid())")
        let file = folder.appendingPathComponent("\(content.hash.hex).pdf")
        if !FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try await print(html(content), to: file, in: folder)
        }
        return try Data(contentsOf: file)
    }

    private func print(_ html: String, to file: URL, in folder: URL) async throws {
        let page = folder.appendingPathComponent("\(UUID().uuidString).html")
        let made = page.deletingPathExtension().appendingPathExtension("pdf")
        try html.write(to: page, atomically: true, encoding: .utf8)
        defer { do { try FileManager.default.removeItem(at: page) } catch {} }
        let status = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
                process.arguments = [
                    "-k", "2", "20", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    "--user-data-dir=\(page.path).profile", "--print-to-pdf=\(made.path)", page.absoluteString,
                ]
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                do {
                    try process.run()
                    process.waitUntilExit()
                    continuation.resume(returning: process.terminationStatus)
                } catch {
                    continuation.resume(returning: Int32(-1))
                }
            }
        }
        do { try FileManager.default.removeItem(atPath: page.path + ".profile") } catch {}
        guard status == 0, FileManager.default.fileExists(atPath: made.path) else {
            throw Refusal.unavailable(
                because: Text("现在无法生成PDF，请下载HTML后打印。", "The PDF can not be made now. Download the HTML and print it.")
            )
        }
        // Two may print the same page at once: the later one takes the name, and the bytes say the same.
        guard rename(made.path, file.path) == 0 else {
            throw Refusal.unavailable(because: Text("现在无法保存PDF。", "The PDF can not be kept now."))
        }
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
