import Foundation
import Glibc

/// Writes one file of checksummed sections: under another name first, made durable, then renamed into place.
///
/// A process that dies at any moment leaves either the whole file or none of that name.
struct SectionFileWriter: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var waiting = Store<UInt8>(capacity: Self.chunk + 64)
    private var sections: [SectionEntry] = []
    private var sum = Checksum()
    private var written = 0

    private static let chunk = 1 << 20

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw IndexError.system(call: "open", file: path, code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Opens the next section; what is appended until the next call belongs to it.
    mutating func begin(_ section: UInt32) throws {
        try end()
        sections.append(SectionEntry(name: section, reserved: 0, offset: UInt64(written), length: 0, checksum: 0))
        sum = Checksum()
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let taken = min(rest.count, Self.chunk - waiting.count)
            waiting.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<taken]).assumingMemoryBound(to: UInt8.self))
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            if waiting.count == Self.chunk { try flush() }
        }
    }

    mutating func append<Element: BitwiseCopyable>(_ elements: UnsafeBufferPointer<Element>) throws {
        try append(UnsafeRawBufferPointer(elements))
    }

    /// Ends the file, makes it durable and gives it its name.
    mutating func finish() throws {
        try end()
        var footer = Store<UInt8>()
        for section in sections { withUnsafeBytes(of: section) { footer.append(contentsOf: $0.assumingMemoryBound(to: UInt8.self)) } }
        let tail = FileTail(
            checksum: Checksum.of(UnsafeRawBufferPointer(footer.buffer)),
            sections: UInt32(sections.count),
            version: FileTail.version,
            mark: FileTail.mark
        )
        withUnsafeBytes(of: tail) { footer.append(contentsOf: $0.assumingMemoryBound(to: UInt8.self)) }
        try write(UnsafeRawBufferPointer(footer.buffer))
        try File.sync(descriptor, path)
        guard rename(path + ".part", path) == 0 else { throw IndexError.system(call: "rename", file: path, code: errno) }
    }

    private mutating func end() throws {
        guard !sections.isEmpty else { return }
        try flush()
        let last = sections.count - 1
        sections[last].length = UInt64(written) - sections[last].offset
        sections[last].checksum = sum.value
        // Readers load eight bytes at a time and may look past the end of a section.
        let padding = [UInt8](repeating: 0, count: 128 - written % 64)
        try padding.withUnsafeBytes { try write($0) }
    }

    private mutating func flush() throws {
        let bytes = UnsafeRawBufferPointer(waiting.buffer)
        sum.add(bytes)
        try write(bytes)
        waiting.removeAll()
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        try File.write(bytes, to: descriptor, path)
        written += bytes.count
    }
}

/// A mapped file whose sections were proved whole when it was opened.
final class SectionFile: @unchecked Sendable {
    let path: String
    let size: Int
    private let start: UnsafeRawPointer
    private let sections: [SectionEntry]

    /// - Throws: `IndexError.damaged` when a byte differs from what was written.
    init(_ path: String) throws {
        let (start, size) = try File.map(path)
        self.path = path
        self.size = size
        self.start = start
        do {
            sections = try Self.check(start, size, path)
        } catch {
            munmap(UnsafeMutableRawPointer(mutating: start), size)
            throw error
        }
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: start), size)
    }

    /// The elements of a section; empty where the file has none of that name. Valid as long as this object lives.
    func section<Element: BitwiseCopyable>(_ name: UInt32, of type: Element.Type) -> UnsafeBufferPointer<Element> {
        guard let entry = sections.first(where: { $0.name == name }) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let count = Int(entry.length) / MemoryLayout<Element>.stride
        let place = (start + Int(entry.offset)).assumingMemoryBound(to: Element.self)
        return UnsafeBufferPointer(start: place, count: count)
    }

    /// The pages of these bytes need not stay in memory.
    func letGo(of bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.baseAddress else { return }
        let page = 4096
        let from = (Int(bitPattern: first) + page - 1) / page * page
        let end = (Int(bitPattern: first) + bytes.count) / page * page
        guard end > from, let place = UnsafeMutableRawPointer(bitPattern: from) else { return }
        madvise(place, end - from, MADV_DONTNEED)
    }

    private static func check(_ start: UnsafeRawPointer, _ size: Int, _ path: String) throws -> [SectionEntry] {
        let damaged = IndexError.damaged(file: path)
        let tailSize = MemoryLayout<FileTail>.size
        guard size >= tailSize else { throw damaged }
        let tail = (start + (size - tailSize)).loadUnaligned(as: FileTail.self)
        guard tail.mark == FileTail.mark else { throw damaged }
        guard tail.version == FileTail.version else { throw IndexError.tooNew(file: path) }
        let length = Int(tail.sections) * MemoryLayout<SectionEntry>.size
        guard tail.sections < 1000, length <= size - tailSize else { throw damaged }
        let directory = UnsafeRawBufferPointer(start: start + (size - tailSize - length), count: length)
        guard Checksum.of(directory) == tail.checksum else { throw damaged }
        return try (0..<Int(tail.sections)).map { index in
            let entry = directory.loadUnaligned(fromByteOffset: index * MemoryLayout<SectionEntry>.size, as: SectionEntry.self)
            let bytes = UnsafeRawBufferPointer(start: start + Int(entry.offset), count: Int(entry.length))
            guard Checksum.of(bytes) == entry.checksum else { throw damaged }
            return entry
        }
    }
}

private struct SectionEntry {
    let name: UInt32
    let reserved: UInt32
    let offset: UInt64
    var length: UInt64
    var checksum: UInt64
}

private struct FileTail {
    static let version: UInt32 = 1
    static let mark: UInt64 = 0x676E_6F67_6B61_6978

    let checksum: UInt64
    let sections: UInt32
    let version: UInt32
    let mark: UInt64
}

/// The calls of the system that an index rests on, with their refusals thrown.
enum File {
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let taken = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if taken < 0, errno == EINTR { continue }
            guard taken > 0 else { throw IndexError.system(call: "write", file: path, code: errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        }
    }

    static func sync(_ descriptor: Int32, _ path: String) throws {
        guard fsync(descriptor) == 0 else { throw IndexError.system(call: "fsync", file: path, code: errno) }
    }

    /// Makes the names in a folder durable.
    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw IndexError.system(call: "open", file: path, code: errno) }
        defer { close(descriptor) }
        try sync(descriptor, path)
    }

    /// Puts bytes under a name so that the name holds the old ones or the new ones, never parts.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw IndexError.system(call: "open", file: path, code: errno) }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { try write($0, to: descriptor, path) }
        try sync(descriptor, path)
        guard rename(path + ".part", path) == 0 else { throw IndexError.system(call: "rename", file: path, code: errno) }
    }

    static func map(_ path: String) throws -> (UnsafeRawPointer, Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw IndexError.system(call: "open", file: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw IndexError.system(call: "fstat", file: path, code: errno) }
        let size = Int(status.st_size)
        guard size > 0 else { throw IndexError.damaged(file: path) }
        let mapped = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { throw IndexError.system(call: "mmap", file: path, code: errno) }
        return (UnsafeRawPointer(mapped), size)
    }
}
