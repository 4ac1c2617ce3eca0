import Core
import Storage
import WorkCalendar

/// The lists: for the desk with drafts, for everyone only what a unit head has signed.
extension Matters {
    public enum Reader: Sendable {
        case desk
        case everyone
    }

    public struct Filter: Equatable, Sendable {
        public var sort: Matter.Sort?
        public var type: PowerType?
        public var unit: String?
        public var isFlagged = false

        public init() {}
    }

    /// The matters that a reader may see, in the order of their codes.
    public func entries(_ filter: Filter = Filter(), for reader: Reader) async throws -> [Entry] {
        try await database.read { db in
            var parts: [SQL] = ["true"]
            if reader == .everyone { parts.append("published IS NOT NULL") }
            if let sort = filter.sort { parts.append("sort = \(sort)") }
            let rows = try db.all(Stored.self, "SELECT * FROM matter WHERE \(SQL.joined(parts, by: " AND ")) ORDER BY sort DESC, code")
            return try rows.map { Entry(matter: try $0.matter(), flags: try flags(of: $0.key, in: db)) }.filter { entry in
                let text = reader == .desk ? entry.matter.draft : entry.matter.watched
                return (filter.type == nil || text.type == filter.type) && (filter.unit == nil || text.unit == filter.unit)
                    && (!filter.isFlagged || !entry.flags.isEmpty)
            }
        }
    }

    public func entry(_ key: String) async throws -> Entry {
        try await database.read { db in Entry(matter: try matter(key, in: db), flags: try flags(of: key, in: db)) }
    }

    /// A public matter by its code.
    public func published(_ code: String) async throws -> Entry {
        try await database.read { db in
            guard let stored = try db.first(Stored.self, "SELECT * FROM matter WHERE code = \(code) AND published IS NOT NULL") else {
                throw Refusal.notFound
            }
            return Entry(matter: try stored.matter(), flags: try flags(of: stored.key, in: db))
        }
    }

    public func steps(of key: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("matter/\(key)", in: $0) }
    }
}
