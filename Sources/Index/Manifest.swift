import Foundation

/// The one list of what an index holds: written last at a commit, so that a commit is whole or never was.
struct Manifest: Codable, Hashable, Sendable {
    /// How texts are cut and filed; an index of another form is rebuilt.
    static let form = 1
    static let fileName = "manifest"

    var form = Manifest.form
    /// Grows with each commit.
    var generation = 0
    /// How far the caller's change log is taken in.
    var position = 0
    /// The caller's name for the state that it is taken in to; empty before the first.
    var mark = ""
    /// The number of the next file.
    var next = 1
    var segments: [Entry] = []

    struct Entry: Codable, Hashable, Sendable {
        var name: String
        /// The file of deletions, if any passage is gone.
        var deletions: String?
    }

    var files: Set<String> {
        Set(segments.flatMap { [$0.name] + ($0.deletions.map { [$0] } ?? []) })
    }

    /// The manifest of a folder; an empty one where there is none.
    ///
    /// - Throws: `IndexError.damaged` when its sum does not fit, `.tooNew` when a later program wrote it.
    static func read(_ folder: String) throws -> Manifest {
        let path = "\(folder)/\(fileName)"
        guard FileManager.default.fileExists(atPath: path) else { return Manifest() }
        guard let bytes = FileManager.default.contents(atPath: path), let end = bytes.firstIndex(of: 0x0A) else {
            throw IndexError.damaged(file: path)
        }
        let body = [UInt8](bytes[..<end])
        let sum = String(decoding: bytes[(end + 1)...], as: UTF8.self)
        guard sum == Self.sum(of: body) + "\n", let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(body)) else {
            throw IndexError.damaged(file: path)
        }
        guard manifest.form <= form else { throw IndexError.tooNew(file: path) }
        return manifest
    }

    func write(_ folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = [UInt8](try encoder.encode(self))
        try File.replace("\(folder)/\(Self.fileName)", with: body + [0x0A] + Array(Self.sum(of: body).utf8) + [0x0A])
        try File.syncFolder(folder)
    }

    private static func sum(of body: [UInt8]) -> String {
        String(body.withUnsafeBytes { Checksum.of($0) }, radix: 16)
    }
}
