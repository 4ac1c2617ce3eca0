import Core
import Foundation

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
