import Foundation
import Glibc

/// Writes an index in a folder: one writer at a time, any number of readers beside it.
///
/// What is added and removed is seen by readers after `commit`, all of it or nothing. A process that dies in between
/// leaves the former commit. Not for use from several threads at once.
public final class IndexWriter {
    public let folder: String
    private var manifest: Manifest
    private var parts: [Part]
    private var builder = SegmentBuilder()
    private let lock: Int32

    private struct Part {
        let segment: Segment
        var deletions: Deletions?
        /// The file that holds these deletions; nil while none does.
        var deletionsFile: String?
        var live: Int { segment.count - (deletions?.count ?? 0) }
    }

    /// Opens the index of a folder, or begins one.
    ///
    /// - Throws: `IndexError.locked` while another writer has it open, `.damaged` when its bytes changed: then delete
    ///   the folder's files and rebuild.
    public init(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw IndexError.system(call: "open", file: "\(folder)/lock", code: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw IndexError.locked(folder: folder)
        }
        self.folder = folder
        do {
            let manifest = try Manifest.read(folder)
            self.manifest = manifest
            parts = try manifest.segments.map { entry in
                Part(
                    segment: try Segment(folder: folder, name: entry.name),
                    deletions: try entry.deletions.map { try Deletions("\(folder)/\($0)") },
                    deletionsFile: entry.deletions
                )
            }
        } catch {
            close(lock)
            throw error
        }
        removeLeftovers()
    }

    deinit {
        close(lock)
    }

    /// Makes a folder's index an empty one, whatever state its files are in.
    public static func forget(_ folder: String) throws {
        guard unlink("\(folder)/\(Manifest.fileName)") != 0, errno != ENOENT else { return }
        throw IndexError.system(call: "unlink", file: "\(folder)/\(Manifest.fileName)", code: errno)
    }

    /// How far the caller's change log was taken in at the last commit.
    public var position: Int { manifest.position }

    /// The name that the caller gave the state taken in; empty before the first.
    public var mark: String { manifest.mark }

    /// Passages that the next commit will hold, those waiting in memory counted.
    public var count: Int {
        parts.reduce(builder.count - builder.deleted.count) { $0 + $1.live }
    }

    /// Adds a passage, in place of the one of the same key.
    public func add(_ passage: Passage) throws {
        try builder.add(passage)
        if builder.isFull { try flush() }
    }

    /// Removes a passage; a key that is not there changes nothing.
    public func remove(_ key: String) {
        builder.remove(key)
    }

    /// Forgets all passages, to rebuild the index; readers keep the former ones until the commit.
    public func removeAll() {
        builder = SegmentBuilder()
        parts = []
    }

    /// Makes what was added and removed durable and visible to readers.
    ///
    /// - Parameters:
    ///   - position: how far the change log is taken in with this commit.
    ///   - mark: a name for that state, by which another log of the same length is told apart.
    public func commit(position: Int? = nil, mark: String? = nil) throws {
        try flush()
        var next = manifest
        next.generation += 1
        next.position = position ?? manifest.position
        next.mark = mark ?? manifest.mark
        for index in parts.indices where parts[index].deletionsFile == nil {
            guard let deletions = parts[index].deletions, deletions.count > 0 else { continue }
            let name = "\(parts[index].segment.name).\(next.generation).deleted"
            try deletions.write(to: "\(folder)/\(name)")
            parts[index].deletionsFile = name
        }
        parts.removeAll { $0.live == 0 }
        next.segments = parts.map { Manifest.Entry(name: $0.segment.name, deletions: $0.deletionsFile) }
        try next.write(folder)
        manifest = next
        removeLeftovers()
    }

    /// Writes what waits in memory as a segment, which the next commit takes in.
    private func flush() throws {
        guard !builder.isEmpty else { return }
        strike(builder.removed)
        if builder.count > builder.deleted.count {
            let name = nextName()
            try builder.write(to: "\(folder)/\(name)")
            let segment = try Segment(folder: folder, name: name)
            var deletions: Deletions?
            if !builder.deleted.isEmpty {
                var gone = Deletions(of: segment.count)
                for passage in builder.deleted { gone.insert(Int(passage)) }
                deletions = gone
            }
            parts.append(Part(segment: segment, deletions: deletions, deletionsFile: nil))
        }
        builder = SegmentBuilder()
    }

    private func nextName() -> String {
        defer { manifest.next += 1 }
        let digits = String(manifest.next)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".segment"
    }

    /// Strikes keys out of the segments already written.
    private func strike(_ keys: Set<String>) {
        guard !parts.isEmpty, !keys.isEmpty else { return }
        let sought = keys.map { (hash: UInt64(Segment.hash(of: $0)), key: $0) }.sorted { $0.hash < $1.hash }
        for index in parts.indices {
            for passage in Self.find(sought, in: parts[index].segment) {
                var gone = parts[index].deletions ?? Deletions(of: parts[index].segment.count)
                parts[index].deletions = nil
                if gone.insert(passage) { parts[index].deletionsFile = nil }
                parts[index].deletions = gone
            }
        }
    }

    private static func find(_ sought: [(hash: UInt64, key: String)], in segment: Segment) -> [Int] {
        if sought.count * 24 < segment.count { return sought.flatMap { segment.passages(of: $0.key) } }
        // Both are in the order of the hashes: one walk finds all.
        let hashes = segment.hashes
        var found: [Int] = []
        var place = 0
        for (hash, key) in sought {
            while place < hashes.count, hashes[place] >> 32 < hash { place += 1 }
            var same = place
            while same < hashes.count, hashes[same] >> 32 == hash {
                let passage = Int(hashes[same] & 0xFFFF_FFFF)
                if segment.record(passage).key.elementsEqual(key.utf8) { found.append(passage) }
                same += 1
            }
        }
        return found
    }

    /// Deletes files that no commit names: a crash left them, or this commit replaced them. Who reads them keeps them.
    private func removeLeftovers() {
        let kept = manifest.files.union(parts.map(\.segment.name)).union([Manifest.fileName, "lock"])
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where !kept.contains(name) {
            let isOurs = name.hasSuffix(".segment") || name.hasSuffix(".deleted") || name.hasSuffix(".part")
            if isOurs, !merging.contains(where: { name.hasPrefix($0) }) { unlink("\(folder)/\(name)") }
        }
    }

    // MARK: Merging

    private var merging: Set<String> = []

    /// What should be merged by now: eight segments of about one size, or one of which a third is gone; nil for nothing.
    ///
    /// Run it anywhere, then hand it to `adopt`.
    public func planMerge() -> Merge? {
        if let worn = parts.first(where: { $0.live > 0 && $0.live * 3 < $0.segment.count * 2 }) { return merge([worn]) }
        let tiers = Dictionary(grouping: parts) { part in
            var size = max(part.live / 1024, 1)
            var tier = 0
            while size >= 8 {
                size /= 8
                tier += 1
            }
            return tier
        }
        let full = tiers.filter { $0.value.count >= 8 }.min { $0.key < $1.key }
        return full.flatMap { merge($0.value) }
    }

    /// All segments into one.
    public func planFullMerge() -> Merge? {
        parts.count > 1 || parts.contains { ($0.deletions?.count ?? 0) > 0 } ? merge(parts) : nil
    }

    private func merge(_ parts: [Part]) -> Merge? {
        let chosen = parts.filter { $0.live > 0 }
        // A file addresses its text by 32 bits.
        guard !chosen.isEmpty, chosen.reduce(0, { $0 + $1.segment.textBytes }) < 3 << 30 else { return nil }
        let plan = Merge(folder: folder, name: nextName(), inputs: chosen.map { .init(segment: $0.segment, deletions: $0.deletions) })
        merging.insert(plan.name)
        return plan
    }

    /// Puts a merged segment in place of those it was made of, without what has gone from them since; the next commit
    /// shows it.
    public func adopt(_ merge: Merge) throws {
        merging.remove(merge.name)
        let places = merge.inputs.map { input in parts.firstIndex { $0.segment === input.segment } }
        guard !places.contains(nil), let first = places.compactMap(\.self).min() else {
            unlink("\(folder)/\(merge.name)")
            return
        }
        let segment = try Segment(folder: folder, name: merge.name)
        var gone = Deletions(of: segment.count)
        for (index, base) in zip(merge.inputs.indices, merge.bases) {
            let input = merge.inputs[index]
            guard let place = places[index], let now = parts[place].deletions, now != input.deletions else { continue }
            let moved = (input.deletions ?? Deletions(of: input.segment.count)).places(of: input.segment.count, from: base)
            for passage in 0..<input.segment.count where now.contains(passage) && moved[passage] != .max {
                gone.insert(Int(moved[passage]))
            }
        }
        let names = Set(merge.inputs.map(\.segment.name))
        parts[first] = Part(segment: segment, deletions: gone.count > 0 ? gone : nil, deletionsFile: nil)
        parts.removeAll { names.contains($0.segment.name) }
    }

    /// Merges what should be merged, here and now, and commits it.
    public func merge(all: Bool = false) throws {
        try flush()
        while let plan = all ? planFullMerge() : planMerge() {
            try plan.run()
            try adopt(plan)
            try commit()
        }
    }
}
