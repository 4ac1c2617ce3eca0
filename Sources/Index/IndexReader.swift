import Foundation
import Synchronization

/// Searches an index in a folder; any number of readers beside one writer, in this process or another.
public final class IndexReader: Sendable {
    public let folder: String
    private let current: Mutex<Snapshot>

    /// Opens the last commit of a folder; a folder without one is an empty index.
    ///
    /// - Throws: `IndexError.damaged` when a byte of it changed: rebuild it then.
    public init(_ folder: String) throws {
        self.folder = folder
        current = Mutex(try Self.read(folder, former: nil))
    }

    /// Turns to the last commit.
    ///
    /// - Returns: Whether there was a later one.
    @discardableResult
    public func refresh() throws -> Bool {
        let former = snapshot
        guard try Manifest.read(folder).generation != former.generation else { return false }
        let next = try Self.read(folder, former: former)
        current.withLock { $0 = next }
        return true
    }

    /// How far the caller's change log is taken in.
    public var position: Int { snapshot.position }

    /// Passages in the index, whoever may read them.
    public var count: Int { snapshot.count }

    /// Finds passages.
    public func search(_ query: Query) -> Answer {
        snapshot.answer(query)
    }

    /// The passage of a key, whoever may read it; nil where there is none.
    public func passage(_ key: String) -> Passage? {
        for part in snapshot.parts {
            if let place = part.segment.passages(of: key).first(where: part.contains) { return part.segment.passage(place) }
        }
        return nil
    }

    var snapshot: Snapshot { current.withLock { $0 } }

    /// Between reading the list and opening what it names a writer may have replaced both: then once more.
    private static func read(_ folder: String, former: Snapshot?) throws -> Snapshot {
        for _ in 0..<8 {
            do {
                return try Snapshot(folder, former: former)
            } catch IndexError.system(call: "open", file: _, code: ENOENT) {
                continue
            }
        }
        return try Snapshot(folder, former: former)
    }
}
