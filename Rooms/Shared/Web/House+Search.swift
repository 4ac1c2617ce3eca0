import Core
import Foundation
import Records
import WorkCalendar

/// The house searches with this node's index, and with the database itself while the index is behind.
extension House {
    /// Finds what is public, the newest texts of today.
    ///
    /// An index that has not taken in every change yet is not asked: what was withdrawn is neither found nor counted.
    public func search(
        _ question: String,
        filter: Releases.Filter = .init(),
        limit: Int = 20,
        offset: Int = 0
    ) async throws -> (results: [Releases.Found], total: Int) {
        guard let index, try await index.isUpToDate() else {
            return try await releases.search(question, filter: filter, limit: limit, offset: offset)
        }
        return try await index.search(question, at: world.now().beijingDay, filter: filter, limit: limit, offset: offset)
    }

    /// Takes what changed into the search index, four times a second.
    public func followChanges() async throws {
        guard let index else { return }
        var wasWell = true
        while !Task.isCancelled {
            do {
                try await index.follow()
                wasWell = true
            } catch is CancellationError {
                return
            } catch {
                if wasWell { FileHandle.standardError.write(Data("gongkai: the search index is not followed: \(error)\n".utf8)) }
                wasWell = false
            }
            try await Task.sleep(for: .milliseconds(wasWell ? 250 : 5000))
        }
    }
}
