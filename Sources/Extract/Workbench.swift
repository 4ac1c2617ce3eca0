import Foundation

/// A folder of its own for one file, in which outside readers work under limits; it is gone when the work is done.
package final class Workbench {
    package let folder: URL
    /// The readers' time, memory and output.
    package struct Limits: Sendable {
        /// Seconds of computing; of waiting on a busy machine four times as many.
        package var time = 10
        /// Bytes of the data segment.
        package var memory = 1 << 30
        /// Bytes of one written file.
        package var file = 64 << 20
        /// Bytes on the standard output.
        package var output = 8 << 20

        package init(time: Int = 10, memory: Int = 1 << 30, file: Int = 64 << 20, output: Int = 8 << 20) {
            (self.time, self.memory, self.file, self.output) = (time, memory, file, output)
        }
    }

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gongkai-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { do { try FileManager.default.removeItem(at: folder) } catch {} }

    package func put(_ bytes: [UInt8], as name: String) throws { try Data(bytes).write(to: folder.appendingPathComponent(name)) }

    package func take(_ name: String, most: Int = 256 << 20) throws -> [UInt8] {
        let file = folder.appendingPathComponent(name)
        guard let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int, size <= most else {
            throw Extract.Refused.bomb
        }
        return [UInt8](try Data(contentsOf: file))
    }

    package func remove(_ name: String) { do { try FileManager.default.removeItem(at: folder.appendingPathComponent(name)) } catch {} }

    package var names: [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch { return [] }
    }

    /// Runs a command in the folder and gives its standard output. Exit codes in `fine` count as success.
    /// - Throws: `Refused`: too slow, a bomb, encrypted, broken.
    @discardableResult
    package func run(_ command: [String], _ limits: Limits = Limits(), fine: Set<Int32> = [0]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        // Pandoc reserves a terabyte of addresses, so it is the data segment that is limited, and its own heap.
        let heap = command[0] == "pandoc" ? ["+RTS", "-M512M", "-RTS"] : []
        process.arguments =
            ["-k", "1", "\(4 * limits.time)", "prlimit", "--cpu=\(limits.time)", "--data=\(limits.memory)", "--fsize=\(limits.file)", "--"]
            + [command[0]] + heap
            + command.dropFirst()
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "OMP_THREAD_LIMIT": "1"]
        process.currentDirectoryURL = folder
        let (out, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (out, errors, FileHandle.nullDevice)
        do { try process.run() } catch { throw Extract.Refused.unknownFormat }
        let complaint = Complaint()
        let heard = DispatchGroup()
        DispatchQueue.global().async(group: heard) {
            complaint.text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile().prefix(65_536), as: UTF8.self)
        }
        var text: [UInt8] = []
        while true {
            let piece = out.fileHandleForReading.availableData
            if piece.isEmpty { break }
            text += piece
            if text.count > limits.output {
                process.terminate()
                process.waitUntilExit()
                throw Extract.Refused.bomb
            }
        }
        process.waitUntilExit()
        heard.wait()
        let status = process.terminationStatus
        if process.terminationReason == .exit, fine.contains(status) { return text }
        switch status {
        case 124, 137, 152, 24: throw Extract.Refused.tooSlow
        // Pandoc's heap is full; a file grew beyond its limit.
        case 251, 153: throw Extract.Refused.bomb
        default: throw complaint.text.localizedCaseInsensitiveContains("password") ? Extract.Refused.encrypted : Extract.Refused.broken
        }
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
