import Core
import Foundation
import Storage
import WorkCalendar

/// What pages and software read of the library: only works of which a text is public.
extension Library {
    public struct Work: Decodable, Equatable, Sendable {
        public let id, title: String
        public let issuer, topic, documentNumber: String?
        public let promulgated: Day?
        public let isOwn: Int
        /// The release of its newest public text.
        public let release: String
        public let unit: String
        public let leaf: Int
    }

    /// One text of a work and the days it counts.
    public struct Text: Decodable, Equatable, Sendable {
        public let version: Int
        public let promulgated, effective: Day?
        /// From this day until the day before `untilDay` it is the newest text in force.
        public let fromDay, untilDay: Day
        public let hash: String
        public let articles: Int
        let note: String

        /// What is odd about its days.
        public var remark: Core.Text? {
            get throws { try Library.value(Core.Text?.self, note) }
        }
        public var isLast: Bool { untilDay == NormSpan.never }
    }

    /// How a work stands between two days.
    public struct Force: Decodable, Equatable, Sendable {
        public let fromDay, untilDay: Day
        /// The first day of this status and this text.
        public let sinceDay: Day
        public let status: NormStatus
        /// Its text in force then; nil where that is not held.
        public let version: Int?
        let json: String

        public var standing: NormStanding {
            get throws { try Library.value(NormStanding.self, json) }
        }
    }

    /// The text to be read on a day: the one in force; where no text's day is known, the last that was promulgated by then.
    public static func version(_ force: Force?, _ texts: [Text], at day: Day) -> Int? {
        if let version = force?.version { return version }
        guard force?.status != .notYetInForce else { return nil }
        return texts.last { $0.effective == nil && ($0.promulgated ?? NormSpan.firstDay) <= day }?.version
    }

    public struct Part: Decodable, Equatable, Sendable {
        public let version, position: Int
        public let kind: NormPart.Kind
        public let anchor, number, numberKey, body: String
        let headings: String
        public let thread, article: Int?

        public var path: [String] { headings.split(separator: "\n").map(String.init) }
    }

    /// A text that was withdrawn is not read in the moment before the library knows of it.
    private static let isPublic = SQL(
        trusted: """
            \(Visibility.conditionOnEachDay) AND NOT EXISTS (
                SELECT 1 FROM job WHERE job.kind = 'library' AND job.payload = norm_work.id AND job.state <> 'done'
                    AND job.key LIKE 'library % withdrawn')
            """
    )

    /// `FROM … WHERE …` of all works that are public.
    static let works: SQL = "norm_work JOIN release ON release.key = norm_work.release"
    static var publicly: SQL { isPublic }

    public var isEmpty: Bool {
        get async throws { try await database.read { try $0.scalar(String.self, "SELECT id FROM norm_work LIMIT 1") } == nil }
    }

    /// - Throws: `Refusal.notFound` where there is no such work, or nothing of it is public.
    public func work(_ id: String) async throws -> Work {
        let work = try await database.read { db in
            try db.first(
                Work.self,
                """
                SELECT norm_work.*, release.leaf FROM \(Self.works) WHERE norm_work.id = \(id) AND \(Self.publicly)
                """
            )
        }
        guard let work else { throw Refusal.notFound }
        return work
    }

    /// Which of some works have a page.
    public func known(_ ids: [String]) async throws -> Set<String> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try await database.read { db in
                try db.all(
                    String.self,
                    "SELECT norm_work.id FROM \(Self.works) WHERE norm_work.id IN (\(SQL.list(ids))) AND \(Self.publicly)"
                )
            }
        )
    }

    /// The work that a release is a text of; nil where the library does not hold it.
    public func work(ofRelease key: String) async throws -> Work? {
        guard let id = try await database.read({ try $0.scalar(String.self, "SELECT work FROM release WHERE key = \(key)") }) else {
            return nil
        }
        do { return try await work(id) } catch Refusal.notFound { return nil }
    }

    /// From the oldest text to the newest.
    public func texts(of id: String) async throws -> [Text] {
        try await database.read { try $0.all(Text.self, "SELECT * FROM norm_text WHERE work = \(id) ORDER BY version") }
    }

    /// How a work stands on each day, span after span.
    public func forces(of id: String) async throws -> [Force] {
        try await database.read { try $0.all(Force.self, "SELECT * FROM norm_force WHERE work = \(id) ORDER BY from_day") }
    }

    public func force(of id: String, at day: Day) async throws -> Force? {
        try await database.read { db in
            try db.first(
                Force.self,
                "SELECT * FROM norm_force WHERE work = \(id) AND from_day <= \(day) ORDER BY from_day DESC LIMIT 1"
            )
        }
    }

    public func parts(of id: String, version: Int) async throws -> [Part] {
        try await database.read { db in
            try db.all(Part.self, "SELECT * FROM norm_part WHERE work = \(id) AND version = \(version) ORDER BY position")
        }
    }

    /// One piece by its address.
    public func part(of id: String, version: Int, anchor: String) async throws -> Part? {
        try await database.read { db in
            try db.first(
                Part.self,
                "SELECT * FROM norm_part WHERE work = \(id) AND version = \(version) AND anchor = \(anchor) ORDER BY position LIMIT 1"
            )
        }
    }

    /// An article through all texts that hold it, renumbered or reworded.
    public func thread(_ thread: Int, of id: String) async throws -> [Part] {
        try await database.read { db in
            try db.all(Part.self, "SELECT * FROM norm_part WHERE work = \(id) AND thread = \(thread) ORDER BY version, position")
        }
    }

    public func events(of id: String) async throws -> [NormEvent] {
        let rows = try await database.read { db in
            try db.all(String.self, "SELECT json FROM norm_event WHERE work = \(id) ORDER BY position")
        }
        return try rows.map { try Self.value(NormEvent.self, $0) }
    }

    /// A work with all its texts read, for what is written out of it.
    public func norm(_ id: String) async throws -> Norm? {
        guard let record = try await records.records([id]).first else { return nil }
        let days = try await texts(of: id)
        return Norm(record).settled { promulgated in
            guard let text = days.first(where: { $0.promulgated == promulgated && $0.effective != nil }), let day = text.effective else {
                return nil
            }
            return (day, .init(document: record.title, id: id, sentence: "施行日期 \(day)", date: day))
        }
    }

    /// Every public work one after another, in bounded memory.
    public func eachPublic(on day: Day, _ body: (Norm, NormStanding, [NormEvent]) throws -> Void) async throws {
        var last = ""
        while true {
            let after = last
            let ids = try await database.read { db in
                try db.all(
                    String.self,
                    """
                    SELECT norm_work.id FROM \(Self.works) WHERE norm_work.id > \(after) AND \(Self.publicly)
                    ORDER BY norm_work.id LIMIT 100
                    """
                )
            }
            guard let end = ids.last else { return }
            for id in ids {
                guard let norm = try await norm(id), let force = try await force(of: id, at: day) else { continue }
                try body(norm, try force.standing, try await events(of: id))
            }
            last = end
        }
    }

    /// Whether anything was withdrawn by a leaf of the log at or after a number.
    public func hasWithdrawal(since leaf: Int) async throws -> Bool {
        try await database.read { try $0.scalar(Int.self, "SELECT 1 FROM release WHERE withdrawal_leaf >= \(leaf) LIMIT 1") } != nil
    }

    /// A work with what it is on a day, as lists show it.
    public struct Line: Decodable, Equatable, Sendable {
        public let id, title: String
        public let issuer, topic, documentNumber: String?
        public let promulgated: Day?
        public let isOwn: Int
        public let unit: String
        public let status: NormStatus
        public let sinceDay: Day
        public let version: Int?
    }

    /// The works that a day's status changed: what began, changed and ended, the newest first.
    public struct Change: Decodable, Equatable, Sendable {
        public let id, title: String
        public let fromDay: Day
        public let status: NormStatus
        public let before: NormStatus?
        public let version: Int?
        let json: String

        public var standing: NormStanding {
            get throws { try Library.value(NormStanding.self, json) }
        }
    }

    /// Changes of status or of text that took effect between two days, both included.
    public func changes(from first: Day, to last: Day, limit: Int = 200) async throws -> [Change] {
        try await database.read { db in
            try db.all(
                Change.self,
                """
                SELECT norm_work.id, norm_work.title, norm_force.from_day, norm_force.status, norm_force.version, norm_force.json,
                    (SELECT earlier.status FROM norm_force AS earlier
                        WHERE earlier.work = norm_force.work AND earlier.until_day = norm_force.from_day) AS before
                FROM norm_force JOIN norm_work ON norm_work.id = norm_force.work JOIN release ON release.key = norm_work.release
                WHERE norm_force.from_day BETWEEN \(first) AND \(last) AND norm_force.from_day = norm_force.since_day
                    AND norm_force.status <> \(NormStatus.noEvidence)
                    AND \(Self.publicly)
                ORDER BY norm_force.from_day DESC, norm_work.id LIMIT \(limit)
                """
            )
        }
    }
}
