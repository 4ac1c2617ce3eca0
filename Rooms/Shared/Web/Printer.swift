import Core
import Foundation
import MerkleLog

/// Makes files that people print from a page: PDF by Chromium, tagged and with bookmarks; DOCX by pandoc. Each in a limited subprocess.
public enum Printer {
    public static func pdf(of html: String) async throws -> Data {
        try await made(from: html, "pdf") { page, out in
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline",
                "--user-data-dir=\(page).profile", "--print-to-pdf=\(out)", "file://\(page)",
            ]
        }
    }

    public static func docx(of html: String) async throws -> Data {
        try await made(from: html, "docx") { page, out in ["pandoc", "-f", "html", "-t", "docx", "-o", out, page] }
    }

    /// The same, made once: kept by the page's hash as long as this process lives.
    /// - Parameter name: what the page is of: the file is forgotten under it.
    static func kept(_ html: String, as kind: String, under name: String) async throws -> Data {
        let folder = shelf.appendingPathComponent(name)
        let file = folder.appendingPathComponent("\(Hash(of: html).hex).\(kind)")
        if let data = FileManager.default.contents(atPath: file.path) { return data }
        let data = kind == "pdf" ? try await pdf(of: html) : try await docx(of: html)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Two may print the same page at once: each writes the whole file under its name in one step.
        try data.write(to: file, options: .atomic)
        return data
    }

    /// Drops what was printed under a name.
    static func forget(under name: String) throws {
        let folder = shelf.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        try FileManager.default.removeItem(at: folder)
    }

    /// This process's own: nobody else can know its name, nor put a file in it.
    private static let shelf = FileManager.default.temporaryDirectory.appendingPathComponent("gongkai-print-\(UUID().uuidString)")

    private static func made(from html: String, _ kind: String, _ command: (String, String) -> [String]) async throws -> Data {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("gongkai-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { do { try files.removeItem(at: folder) } catch {} }
        let (page, out) = (folder.appendingPathComponent("page.html"), folder.appendingPathComponent("page.\(kind)"))
        try html.write(to: page, atomically: false, encoding: .utf8)
        let status = await run(["-k", "2", "60"] + command(page.path, out.path))
        guard status == 0, let data = files.contents(atPath: out.path) else {
            throw Refusal.unavailable(
                because: Text(
                    "现在无法生成\(kind.uppercased())，请下载HTML后打印。",
                    "The \(kind.uppercased()) can not be made now. Download the HTML and print it."
                )
            )
        }
        return data
    }

    /// Two at a time, whoever asks: the rest wait in a row.
    private static let presses: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 2
        return queue
    }()

    private static func run(_ arguments: [String]) async -> Int32 {
        await withCheckedContinuation { continuation in
            presses.addOperation {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
                process.arguments = arguments
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                do {
                    try process.run()
                    process.waitUntilExit()
                    continuation.resume(returning: process.terminationStatus)
                } catch { continuation.resume(returning: -1) }
            }
        }
    }
}
