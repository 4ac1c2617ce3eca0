import Core
import Foundation
import Index
import Storage
import Synchronization
import WorkCalendar

/// A node's own copy of the search index over everything public; it follows the log of changes.
public actor PublicIndex {
    private let releases: Releases
    private let folder: String
    private nonisolated let reader: IndexReader
    private nonisolated let ready = Mutex(false)
    private var writer: IndexWriter?
    private var isMerging = false
    private var isRebuilding = false

    /// Stands in the index for a state without any change yet.
    private static let beforeChanges = "-"

    /// - Parameter folder: of this node alone; one that is damaged is emptied, and made anew by `follow`.
    public init(_ releases: Releases, folder: String) throws {
        (self.releases, self.folder) = (releases, folder)
        do {
            reader = try IndexReader(folder)
        } catch IndexError.damaged, IndexError.tooNew {
            try IndexWriter.forget(folder)
            reader = try IndexReader(folder)
        }
    }

    /// Whether it was as far as the log of changes at the last look.
    public nonisolated var isReady: Bool { ready.withLock { $0 } }

    /// Whether it holds every change there is at this moment.
    public nonisolated func isUpToDate() async throws -> Bool {
        guard isReady else { return false }
        return try await releases.lastChange()?.number ?? 0 == reader.position
    }

    public nonisolated var count: Int { reader.count }

    /// Takes in what changed since the last time; where another process of this node does so, turns to what that one wrote.
    public func follow() async throws {
        do {
            try await takeInAll()
            ready.withLock { $0 = true }
        } catch {
            ready.withLock { $0 = false }
            writer = nil
            throw error
        }
    }

    private func takeInAll() async throws {
        let writer: IndexWriter
        do {
            writer = try opened()
        } catch IndexError.locked {
            try reader.refresh()
            return
        }
        if try await !continues(writer) { try await rebuild() }
        while true {
            let changes = try await releases.changes(after: writer.position)
            guard let last = changes.last else { break }
            for change in changes { try await takeIn(change.lowest...change.highest, to: writer) }
            try writer.commit(position: last.number, mark: last.mark)
            try reader.refresh()
        }
        mergeBeside(writer)
    }

    private func opened() throws -> IndexWriter {
        if let writer { return writer }
        let opened: IndexWriter
        do {
            opened = try IndexWriter(folder)
        } catch IndexError.damaged, IndexError.tooNew {
            try IndexWriter.forget(folder)
            opened = try IndexWriter(folder)
        }
        writer = opened
        return opened
    }

    /// Whether the index goes on where this log of changes does.
    private func continues(_ writer: IndexWriter) async throws -> Bool {
        let (position, mark) = (writer.position, writer.mark)
        guard position > 0 else { return mark == Self.beforeChanges }
        return try await releases.holds(change: position, mark: mark)
    }

    /// Makes the index anew from all passages. - Returns: how many there are.
    @discardableResult
    public func rebuild() async throws -> Int {
        let writer = try opened()
        // What changes meanwhile is taken in once more.
        let last = try await releases.lastChange()
        isRebuilding = true
        defer { isRebuilding = false }
        writer.removeAll()
        var id = 0
        while true {
            let lines = try await releases.passages(in: (id + 1)...Int(Int32.max), limit: 2000)
            guard let end = lines.last else { break }
            for line in lines { try writer.add(line.indexed) }
            id = end.id
        }
        try writer.commit(position: last?.number ?? 0, mark: last?.mark ?? Self.beforeChanges)
        try reader.refresh()
        return writer.count
    }

    private func takeIn(_ range: ClosedRange<Int>, to writer: IndexWriter) async throws {
        var from = range.lowerBound
        while from <= range.upperBound {
            let part = from...min(from + 1999, range.upperBound)
            let lines = try await releases.passages(in: part, limit: part.count)
            let there = Set(lines.map(\.id))
            for id in part where !there.contains(id) { writer.remove("\(id)") }
            for line in lines { try writer.add(line.indexed) }
            from = part.upperBound + 1
        }
    }

    /// Segments are merged on a thread of their own: what changes meanwhile is not kept waiting.
    private func mergeBeside(_ writer: IndexWriter) {
        guard !isMerging, let plan = writer.planMerge() else { return }
        isMerging = true
        Task.detached(priority: .background) {
            let isDone = (try? plan.run()) != nil
            await self.take(plan, isDone: isDone)
        }
    }

    private func take(_ plan: Merge, isDone: Bool) {
        isMerging = false
        // A merge that failed costs nothing but its gain: the segments it was to replace are still there.
        guard isDone, !isRebuilding, let writer, (try? writer.adopt(plan)) != nil, (try? writer.commit()) != nil else { return }
        _ = try? reader.refresh()
    }

    // MARK: Searching

    /// Finds passages that are public now and were the newest text on the day.
    ///
    /// What the index finds is read again by the rule of visibility, so that nothing withdrawn is shown in the moment
    /// before the index knows.
    public nonisolated func search(
        _ question: String,
        at day: Day,
        filter: Releases.Filter = .init(),
        limit: Int = 10,
        offset: Int = 0,
        countsFacets: Bool = false
    ) async throws -> Findings {
        // Parts are enough for a whole question alone: two words of which none holds both find nothing.
        let mode: Query.Mode = TextQuery.parse(question).isQuestion ? .automatic : .all
        var query = Query(question, at: day.ordinal, filters: filter.facets, mode: mode, limit: limit, offset: offset)
        query.counting = countsFacets ? .facets : .total
        let answer = reader.search(query)
        var findings = Findings(
            results: try await releases.found(answer.hits.compactMap { Int($0.passage.key) }),
            total: answer.total ?? 0
        )
        findings.isAny = answer.isAny
        if countsFacets {
            for facet in Findings.Facet.allCases {
                findings.facets[facet] = (answer.facets[facet.rawValue] ?? []).map { .init(value: $0.value, count: $0.count) }
            }
        }
        if findings.total == 0 || findings.isAny { findings.didYouMean = reader.didYouMean(query) }
        return findings
    }

    /// The passages that hold most of some words, nothing in them read as a sign.
    public nonisolated func nearest(to words: String, at day: Day, limit: Int) async throws -> [Releases.Found] {
        let answer = reader.search(Query(Releases.plain(words), at: day.ordinal, mode: .any, counting: .nothing, limit: limit))
        return try await releases.found(answer.hits.compactMap { Int($0.passage.key) })
    }

    /// Titles and numbers that complete what is being typed.
    public nonisolated func suggestions(_ typed: String, at day: Day) -> [Releases.Suggestion] {
        reader.suggestions(for: Query(typed, at: day.ordinal, limit: 8)).map { .init(title: $0.title, number: $0.number) }
    }
}

extension Releases.Filter {
    /// The same as `condition`, for the index.
    fileprivate var facets: [String: Set<String>] {
        var facets: [String: Set<String>] = [:]
        if let column { facets["column"] = [column] }
        if let unit { facets["unit"] = [unit] }
        if let kind { facets["kind"] = [kind.rawValue] }
        if let year { facets["year"] = ["\(year)"] }
        return facets
    }
}

extension Releases {
    /// A passage with what of its release decides who finds it when.
    struct PassageLine: Decodable, Sendable {
        let id, position: Int
        let number, body, title: String
        let documentNumber: String?
        let col, unit, kind: String
        let writtenOn: Day?
        let publishedOn: Day
        let supersededOn: Day?

        /// The title and the document number stand with the first passage: a document is found by them once.
        var indexed: Index.Passage {
            Index.Passage(
                key: "\(id)",
                title: position == 0 ? title : "",
                number: position == 0 ? documentNumber ?? "" : "",
                text: body,
                from: publishedOn.ordinal,
                to: supersededOn?.ordinal,
                facets: ["column": [col], "unit": [unit], "kind": [kind], "year": ["\((writtenOn ?? publishedOn).year)"]]
            )
        }
    }

    fileprivate func passages(in range: ClosedRange<Int>, limit: Int) async throws -> [PassageLine] {
        try await database.read { db in
            try db.all(
                PassageLine.self,
                """
                SELECT passage.id, passage.position, passage.number, passage.body, release.title, release.document_number, release.col,
                    release.unit, release.kind, release.written_on, release.published_on, later.published_on AS superseded_on
                FROM passage JOIN release ON release.key = passage.release
                LEFT JOIN release AS later ON later.key = release.superseded_by
                WHERE passage.id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND \(SQL(trusted: Visibility.conditionOnEachDay))
                ORDER BY passage.id LIMIT \(limit)
                """
            )
        }
    }

    /// What search shows of passages, in the order of the keys, without those that are not public.
    fileprivate func found(_ ids: [Int]) async throws -> [Found] {
        struct Line: Decodable {
            let id: Int
            let release, title, article, anchor, body: String
            let status: String?
            let kind: Content.Kind
            let language: Language
            let documentNumber: String?
            let publishedOn: Day
        }
        guard !ids.isEmpty else { return [] }
        let lines = try await database.read { db in
            try db.all(
                Line.self,
                """
                SELECT passage.id, passage.release, release.title, passage.number AS article, passage.anchor, passage.body, release.status,
                    release.kind, release.language, release.document_number, release.published_on
                FROM passage JOIN release ON release.key = passage.release
                WHERE passage.id IN (\(SQL.joined(ids.map { "\($0)" }, by: ", "))) AND \(SQL(trusted: Visibility.conditionOnEachDay))
                """
            )
        }
        let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) })
        return ids.compactMap { byID[$0] }.map {
            Found(
                release: $0.release,
                title: $0.title,
                article: $0.article,
                anchor: $0.anchor,
                body: $0.body,
                status: $0.status,
                kind: $0.kind,
                language: $0.language,
                documentNumber: $0.documentNumber,
                publishedOn: $0.publishedOn
            )
        }
    }
}
