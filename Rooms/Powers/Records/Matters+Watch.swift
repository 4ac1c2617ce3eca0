import Core
import LegalText
import Storage
import WorkCalendar

/// The watch over what matters rest on: flags are raised and taken away on the day, and the unit is told.
extension Matters {
    /// What is to be said of one matter on a day.
    public struct Finding: Equatable, Sendable {
        public let matter: Matter
        public let flags: [BasisFlag]
    }

    /// Looks at every basis of every matter that is not taken down. Nothing is written.
    /// - Parameters:
    ///   - day: as which day the law is looked at; a later day shows what is to come.
    ///   - key: only this matter.
    public func findings(on day: Day, only key: String? = nil) async throws -> [Finding] {
        try await database.read { db in
            let condition: SQL = key.map { "key = \($0)" } ?? "state <> \(Matter.State.withdrawn)"
            let matters = try db.all(Stored.self, "SELECT * FROM matter WHERE \(condition) ORDER BY code").map { try $0.matter() }
            let source = BasisSource(db: db)
            var works: [String: Work] = [:]
            return try matters.map { matter in
                var flags: [BasisFlag] = []
                for basis in matter.watched.bases {
                    if works[basis.release] == nil { works[basis.release] = try work(of: basis, source, on: day) }
                    guard let work = works[basis.release] else { continue }
                    flags += basis.flags(work.standing, current: work.current, coming: work.coming)
                }
                return Finding(matter: matter, flags: flags)
            }
        }
    }

    private struct Work {
        let standing: BasisStanding
        let current, coming: OtherText?
    }

    private func work(of basis: Basis, _ source: BasisSource, on day: Day) throws -> Work? {
        guard let text = try source.text(basis.release) else { return nil }
        let texts = try source.texts(ofWorkOf: text.release)
        let current = source.current(of: texts, on: day)
        return Work(
            standing: try source.standing(of: text, among: texts, on: day),
            current: current.flatMap { $0.release.key == basis.release ? nil : $0.other },
            coming: source.coming(of: texts, after: day).flatMap { $0.release.key == basis.release ? nil : $0.other }
        )
    }

    /// Raises the day's flags, takes away those that are true no longer, and tells the units of new ones.
    /// - Returns: how many flags are new.
    @discardableResult
    public func watch(on day: Day, only key: String? = nil) async throws -> Int {
        let findings = try await findings(on: day, only: key)
        return try await database.write { db in
            var count = 0
            for finding in findings {
                let matter = finding.matter
                let known = try flags(of: matter.key, in: db)
                let kept = Set(finding.flags.map { "\($0.kind) \($0.basis)" })
                for flag in known where !kept.contains("\(flag.kind) \(flag.basis)") {
                    try db.run("DELETE FROM matter_flag WHERE matter = \(matter.key) AND kind = \(flag.kind) AND basis = \(flag.basis)")
                }
                for flag in finding.flags where !known.contains(where: { $0.kind == flag.kind && $0.basis == flag.basis }) {
                    try raise(flag, of: matter, on: day, in: db)
                    count += 1
                }
            }
            return count
        }
    }

    private func raise(_ flag: BasisFlag, of matter: Matter, on day: Day, in db: any Connection) throws {
        try db.run(
            """
            INSERT INTO matter_flag (matter, kind, basis, zh, en, since)
            VALUES (\(matter.key), \(flag.kind), \(flag.basis), \(flag.zh), \(flag.en), \(day))
            ON CONFLICT (matter, kind, basis) DO NOTHING
            """
        )
        let name = matter.watched.name
        try db.run(
            """
            INSERT INTO matter_notice (day, matter, kind, basis, unit, zh, en)
            VALUES (\(day), \(matter.key), \(flag.kind), \(flag.basis), \(matter.unit),
                \("\(matter.code)“\(name)”的依据\(flag.basis)\(flag.zh)"),
                \("\(matter.code) “\(matter.watched.name(in: .en))” rests on \(flag.basis): \(flag.en)"))
            ON CONFLICT (day, matter, kind, basis) DO NOTHING
            """
        )
    }

    func flags(of key: String, in db: any Connection) throws -> [Flagged] {
        try db.all(Flagged.self, "SELECT kind, basis, zh, en, since FROM matter_flag WHERE matter = \(key) ORDER BY since, basis, kind")
    }

    /// A line in the inbox of the unit.
    public struct Notice: Codable, Equatable, Sendable {
        public let matter: String
        public let zh: String
        public let en: String
        public let day: Day

        public var text: Text { Text(zh, en) }
    }

    /// What this person's unit was told in the last two weeks, while it is still so; the disclosure office is told of all.
    public func notices(for actor: Actor, on day: Day) async throws -> [Notice] {
        let isOffice = actor.roles.contains(.disclosureOfficer)
        guard isOffice || !actor.roles.isDisjoint(with: [.drafter, .unitHead]) else { return [] }
        let mine: SQL = isOffice ? "" : "AND unit = \(actor.unit)"
        return try await database.read { db in
            try db.all(
                Notice.self,
                """
                SELECT matter, zh, en, day FROM matter_notice
                WHERE day > \(day.adding(-14)) AND day <= \(day) \(mine)
                    AND EXISTS (SELECT 1 FROM matter_flag WHERE matter_flag.matter = matter_notice.matter
                        AND matter_flag.kind = matter_notice.kind AND matter_flag.basis = matter_notice.basis)
                ORDER BY day DESC, matter LIMIT 50
                """
            )
        }
    }

    /// How many public matters of each list rest on a release: what a change of it would touch.
    public func resting(on release: String) async throws -> [Matter.Sort: Int] {
        struct Count: Decodable {
            let sort: Matter.Sort
            let count: Int
        }
        return try await database.read { db in
            let rows = try db.all(
                Count.self,
                """
                SELECT sort, count(DISTINCT matter.key) AS count FROM matter JOIN matter_basis ON matter_basis.matter = matter.key
                WHERE matter_basis.release = \(release) AND published IS NOT NULL GROUP BY sort
                """
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.sort, $0.count) })
        }
    }
}
