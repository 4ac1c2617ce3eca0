import Extract

/// The files of an office document by name, unfolded one by one within limits.
struct Archive {
    private let archive: ZipArchive
    private let entries: [String: ZipArchive.Entry]

    /// - Throws: `Extract.Refused`.
    init(_ bytes: [UInt8]) throws {
        archive = try ZipArchive(bytes)
        entries = Dictionary(archive.entries.map { ($0.name, $0) }) { first, _ in first }
    }

    var names: [String] { archive.entries.map(\.name) }

    /// Files between the others that no directory lists.
    var hidesFiles: Bool { archive.entries.contains { !$0.isListed } }

    func holds(_ name: String) -> Bool { entries[name] != nil }

    /// - Throws: `Extract.Refused`, or `Sheet.Unreadable.broken` where there is no such file.
    func file(_ name: String) throws -> [UInt8] {
        guard let entry = entries[name] else { throw Sheet.Unreadable.broken }
        return try archive.read(entry, most: Sheet.mostUnfolded)
    }
}

extension Sheet.Unreadable {
    /// What the reading of archives and XML says, in the words of tables.
    init(_ error: any Error) {
        switch error {
        case let known as Sheet.Unreadable: self = known
        case Extract.Refused.encrypted: self = .encrypted
        case Extract.Refused.bomb, Extract.Refused.tooLarge: self = .tooLarge
        default: self = .broken
        }
    }
}

extension ZipWriter {
    mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }
}
