import Core
import WorkCalendar

/// The titles of all public works, kept in memory while nothing changes: a question does not read them all again.
public actor TitleShelf {
    private let library: Library
    private var mark = ""
    private var readAt = ContinuousClock.now
    private var titles = NormLibrary(heads: [])

    /// What no mark shows (a work that only changed its title) is seen after so long.
    private static let longest = Duration.seconds(60)

    public init(_ library: Library) { self.library = library }

    /// Finds works by full title, short title, or document number in any spelling.
    public func current() async throws -> NormLibrary {
        let now = try await library.mark()
        if now != mark || readAt.duration(to: .now) > Self.longest {
            titles = NormLibrary(heads: try await library.heads())
            (mark, readAt) = (now, .now)
        }
        return titles
    }
}
