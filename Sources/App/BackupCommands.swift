import ArgumentParser
import Core
import Foundation
import MerkleLog
import Records
import Storage

/// `gongkai backup FILE`: everything, from one snapshot, while the house goes on.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write everything into one file, while the house goes on.",
        discussion: "Lines of JSON and, last, a seal made with the log's key. The key itself is not in it: keep it apart."
    )

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String
    @OptionGroup var store: Store

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: file) else { throw Refused("\(file) is there already; choose another name.") }
        let log = try await store.log()
        let part = file + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: part)
        else { throw Refused("\(file) can not be written.") }
        let chain = Chain()
        let rows = try await log.database.export(HouseSchema.tables) { line in
            chain.add(line)
            try handle.write(contentsOf: Data((line + "\n").utf8))
        }
        let seal = log.key.sign(origin: "gongkai.backup/1", size: rows, root: chain.hash, at: log.world.now().description)
        let note = seal.note(signedBy: log.key.verifyingKey)
        try handle.write(contentsOf: Data("#\(Base64.text(of: Array(note.utf8)))\n".utf8))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(atPath: part, toPath: file)
        print("\(rows) rows")
    }
}

/// `gongkai restore FILE`: into an empty store, after the seal has been checked.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Restore a backup into an empty store; a file that was changed is refused.",
        discussion: "Needs the key that the backup was sealed with: put it into the new data folder, or name it by --key."
    )

    @Argument(help: "The backup.")
    var file: String
    @OptionGroup var store: Store

    func run() async throws {
        let log = try await store.log()
        let chain = Chain()
        var seal = ""
        let reader = try GzipLines(path: file)
        while let line = try reader.next() {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("#") { seal = String(text.dropFirst()) } else { chain.add(text) }
        }
        guard let bytes = Base64.bytes(of: seal), !seal.isEmpty else { throw Refused("The backup has no seal: it is not complete.") }
        let head: SignedHead
        do { head = try SignedHead(note: String(decoding: bytes, as: UTF8.self)) } catch {
            throw Refused("The backup's seal can not be read.")
        }
        guard head.isSigned(by: log.key.verifyingKey) else { throw Refused("The backup was not sealed with this house's key.") }
        guard head.root == chain.hash else { throw Refused("The backup was changed after it was sealed; nothing was restored.") }
        guard try await log.database.read({ try $0.scalar(Int.self, "SELECT count(*) FROM person") }) == 0 else {
            throw Refused("The store is not empty; restore into a new one.")
        }
        let lines = try BackupLines(path: file)
        let rows = try await log.database.fill(HouseSchema.tables, from: { try lines.next() }, rewind: { try lines.rewind() })
        try await Releases(log).indexAgain()
        let verdict = try await log.verify()
        guard verdict.faults.isEmpty else { throw Refused(verdict.faults.joined(separator: "\n")) }
        print("\(rows) rows, \(verdict.size) leaves; the log agrees with what it holds")
    }
}

/// The hash of all lines so far: each line is hashed with the hash before it.
private final class Chain: @unchecked Sendable {
    // Lines come one after another, from one transaction.
    private(set) var hash = Hash(of: "")

    func add(_ line: String) { hash = Hash(of: hash.bytes + Array(line.utf8)) }
}

/// The lines of a backup without its seal, from the beginning as often as asked.
private final class BackupLines: @unchecked Sendable {
    // Read by one transaction at a time.
    private let path: String
    private var reader: GzipLines

    init(path: String) throws {
        self.path = path
        reader = try GzipLines(path: path)
    }

    func next() throws -> String? {
        guard let line = try reader.next() else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        return text.hasPrefix("#") ? nil : text
    }

    func rewind() throws { reader = try GzipLines(path: path) }
}
