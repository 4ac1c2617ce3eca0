import Core
import Foundation
import Records
import WorkCalendar

/// Everything in the library as one file a night: JSON lines, CSV, Akoma Ntoso, with checksums, in bounded memory.
public struct NormBulk: Sendable {
    let house: House

    public init(house: House) { self.house = house }

    /// The newest bulk file of this node; nil where none was made, or something in it was withdrawn since.
    func newest() async throws -> URL? {
        guard let file = try Self.newest(in: house.openFolder), let size = Self.size(file) else { return nil }
        return try await house.library.hasWithdrawal(since: size) ? nil : file
    }

    /// How many leaves the log had when a file was made: its name says so.
    private static func size(_ file: URL) -> Int? {
        file.deletingPathExtension().lastPathComponent.split(separator: "-").last.flatMap { Int($0) }
    }

    private static func newest(in folder: String) throws -> URL? {
        // Before the first night there is no folder.
        guard FileManager.default.fileExists(atPath: folder) else { return nil }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return names.filter { $0.hasPrefix("norms-") && $0.hasSuffix(".zip") }.max().map {
            URL(fileURLWithPath: folder).appendingPathComponent($0)
        }
    }

    /// Writes the file of a day; one that stands already is left. Older ones but the last are removed.
    public func write(on day: Day) async throws {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: house.openFolder)
        if let known = try await newest(), known.lastPathComponent.hasPrefix("norms-\(day)-") { return }
        let target = folder.appendingPathComponent("norms-\(day)-\(try await house.log.size()).zip")
        let work = folder.appendingPathComponent(".norms-\(day)")
        // What a night that was cut short left behind.
        if files.fileExists(atPath: work.path) { try files.removeItem(at: work) }
        try files.createDirectory(at: work, withIntermediateDirectories: true)
        defer { do { try files.removeItem(at: work) } catch {} }
        let names = ["norms.jsonl", "norms.csv", "norms.akn.xml", "norms.md"]
        let formats = ["json", "csv", "akn", "markdown"]
        var handles: [FileHandle] = []
        for (name, format) in zip(names, formats) {
            let url = work.appendingPathComponent(name)
            guard files.createFile(atPath: url.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forWritingTo: url)
            try handle.write(contentsOf: Data(NormExport.opening(format).utf8))
            handles.append(handle)
        }
        try await house.library.eachPublic(on: day) { norm, standing, events in
            for (handle, format) in zip(handles, formats) {
                let text =
                    format == "json"
                    ? try NormExport.json(of: norm, standing, events, on: day) : NormExport.text(of: norm, standing, on: day, as: format)
                try handle.write(contentsOf: Data(text.utf8))
            }
        }
        for (handle, format) in zip(handles, formats) {
            try handle.write(contentsOf: Data(NormExport.closing(format).utf8))
            try handle.close()
        }
        try Data((try await house.log.head()).utf8).write(to: work.appendingPathComponent("log-head.txt"))
        let sums = try Self.run("sha256sum", names + ["log-head.txt"], in: work)
        try Data(sums.utf8).write(to: work.appendingPathComponent("SHA256SUMS"))
        _ = try Self.run("zip", ["-q", "-X", target.lastPathComponent] + names + ["log-head.txt", "SHA256SUMS"], in: work)
        let sum = try Self.run("sha256sum", [target.lastPathComponent], in: work)
        try Data(sum.utf8).write(to: target.appendingPathExtension("sha256"), options: .atomic)
        try files.moveItem(at: work.appendingPathComponent(target.lastPathComponent), to: target)
        let older = try files.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasPrefix("norms-") && !$0.hasPrefix(target.lastPathComponent)
        }
        for name in older {
            try files.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    /// Runs a tool of the system in a folder. - Returns: what it printed.
    private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = output
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refusal.unavailable(because: Text("\(tool)没有完成。", "\(tool) did not finish."))
        }
        return String(decoding: printed, as: UTF8.self)
    }
}
