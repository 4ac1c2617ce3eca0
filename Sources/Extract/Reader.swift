import Foundation

/// Runs a reader of files in a process of its own: ten seconds, one gigabyte of data, eight megabytes of text, and out.
enum Reader {
    private static let queue = DispatchQueue(label: "extract", attributes: .concurrent)
    private static let places = DispatchSemaphore(value: 2)

    static func run(_ command: [String], on bytes: [UInt8], output: String? = nil) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                places.wait()
                defer { places.signal() }
                continuation.resume(with: Result { try read(command, bytes, output) })
            }
        }
    }

    private static func read(_ command: [String], _ bytes: [UInt8], _ output: String?) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gongkai-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let file = folder.appendingPathComponent("file")
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        // Pandoc reserves a terabyte of addresses, so it is the data segment that is limited, and its own heap.
        let heap = command[0] == "pandoc" ? ["+RTS", "-M512M", "-RTS"] : []
        process.arguments =
            ["-k", "1", "10", "prlimit", "--data=1073741824", "--fsize=67108864", "--"] + [command[0]] + heap + command.dropFirst() + [
                file.path
            ]
            + [output].compactMap { $0 }
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path]
        process.currentDirectoryURL = folder
        let (out, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (out, errors, FileHandle.nullDevice)
        do { try process.run() } catch { throw Extract.Refused.unknownFormat }
        let complaint = Complaint()
        queue.async { complaint.text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
        var text = Data()
        while true {
            let piece = out.fileHandleForReading.availableData
            if piece.isEmpty { break }
            text += piece
            if text.count > Extract.mostText {
                process.terminate()
                process.waitUntilExit()
                throw Extract.Refused.bomb
            }
        }
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: break
        case 124, 137: throw Extract.Refused.tooSlow
        case 251: throw Extract.Refused.bomb
        default: throw complaint.text.localizedCaseInsensitiveContains("password") ? Extract.Refused.encrypted : Extract.Refused.broken
        }
        guard let read = String(data: text, encoding: .utf8) else { throw Extract.Refused.notText }
        return read
    }

    /// What the reader said of its trouble; written on one queue, read after the process has ended.
    private final class Complaint: @unchecked Sendable {
        private let lock = NSLock()
        private var said = ""
        var text: String {
            get { lock.withLock { said } }
            set { lock.withLock { said = newValue } }
        }
    }
}
