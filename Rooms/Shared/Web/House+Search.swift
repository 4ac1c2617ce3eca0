import Core
import Foundation
import Records
import WorkCalendar

/// The house searches with this node's index, and with the database itself while the index is behind.
extension House {
    /// Finds what is public and was the newest text on a day, today where none is given; with counts of every facet.
    ///
    /// An index that has not taken in every change yet is not asked: what was withdrawn is neither found nor counted.
    public func search(
        _ question: String,
        at day: Day? = nil,
        filter: Releases.Filter = .init(),
        limit: Int = 20,
        offset: Int = 0
    ) async throws -> Findings {
        guard let index = try await current() else {
            return try await releases.search(question, at: day, filter: filter, limit: limit, offset: offset, countsFacets: true)
        }
        let day = day ?? world.now().beijingDay
        return try await index.search(question, at: day, filter: filter, limit: limit, offset: offset, countsFacets: true)
    }

    /// Titles and numbers of public documents that complete what is being typed.
    public func suggestions(_ typed: String, at day: Day? = nil) async throws -> [Releases.Suggestion] {
        guard let index = try await current() else { return try await releases.suggestions(typed, at: day) }
        return index.suggestions(typed, at: day ?? world.now().beijingDay)
    }

    /// The passages that hold most of some words, in whatever order: what may be meant where the words stand nowhere.
    public func nearest(to words: String, limit: Int) async throws -> [Releases.Found] {
        guard let index = try await current() else { return try await releases.nearest(to: words, limit: limit) }
        return try await index.nearest(to: words, at: world.now().beijingDay, limit: limit)
    }

    private func current() async throws -> PublicIndex? {
        guard let index, try await index.isUpToDate() else { return nil }
        return index
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
