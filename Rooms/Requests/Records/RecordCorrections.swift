import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// The register of record corrections (art. 41): each with its files; who asks is sealed and kept apart.
public struct RecordCorrections: Sendable {
    let requests: DisclosureRequests
    var database: any Database { requests.database }
    var world: World { requests.world }

    public init(_ requests: DisclosureRequests) { self.requests = requests }

    public static let schema = Migration(
        "2026-11-28 62 record corrections",
        """
        CREATE TABLE record_correction (
            number TEXT PRIMARY KEY,
            year BIGINT NOT NULL,
            serial BIGINT NOT NULL,
            filed_on TEXT NOT NULL,
            record TEXT NOT NULL,
            fault TEXT NOT NULL,
            proper TEXT NOT NULL,
            evidence TEXT NOT NULL,
            unit TEXT,
            state TEXT NOT NULL,
            opinion TEXT NOT NULL,
            decision TEXT NOT NULL,
            decided_on TEXT,
            sealed TEXT,
            word TEXT NOT NULL,
            version BIGINT NOT NULL
        );
        CREATE INDEX record_correction_year ON record_correction (year, serial);
        CREATE INDEX record_correction_state ON record_correction (state, filed_on);
        ALTER TABLE request_attachment ADD COLUMN correction TEXT;
        CREATE INDEX request_attachment_correction ON request_attachment (correction);
        """
    )

    private static let columns: SQL =
        "number, filed_on, record, fault, proper, evidence, unit, state, opinion, decision, decided_on, version"

    /// Takes one in from the portal.
    public func file(_ filing: RecordFiling, basket: String?) async throws -> DisclosureRequests.Receipt {
        try filing.check()
        let now = world.now()
        try await Incidents(database, world: world).refuseMarked(
            [filing.record, filing.fault, filing.proper, filing.evidence],
            unit: People.office,
            by: .applicant
        )
        let word = requests.freshWord()
        let number = try await database.write { db in
            let year = now.beijingDay.year
            let serial = (try db.scalar(Int.self, "SELECT max(serial) FROM record_correction WHERE year = \(year)") ?? 0) + 1
            let matter = RecordCorrection(number: "G\(year)-\(serial)", filing: filing, on: now.beijingDay)
            let party = String(
                decoding: try JSONEncoder().encode(
                    DisclosureRequests.Party(name: filing.name, identity: filing.identity, contact: filing.contact)
                ),
                as: UTF8.self
            )
            try db.run(
                """
                INSERT INTO record_correction (number, year, serial, filed_on, record, fault, proper, evidence, state, opinion, decision,
                    sealed, word, version)
                VALUES (\(matter.number), \(year), \(serial), \(matter.filedOn), \(matter.record), \(matter.fault), \(matter.proper),
                    \(matter.evidence), \(matter.state), '', '', \(requests.vault.seal(party, at: matter.number)), \(Hash(of: word)), 0)
                """
            )
            try requests.hand(basket, toCorrection: matter.number, in: db)
            try StepLog.write("file", on: "record/\(matter.number)", by: .applicant, as: "applicant", at: now, in: db)
            return matter.number
        }
        return .init(number: number, word: word)
    }

    public func take(
        _ step: RecordCorrection.Step,
        on number: String,
        version: Int,
        text: String = "",
        unit: String? = nil,
        by actor: Actor
    ) async throws {
        let now = world.now()
        try await Incidents(database, world: world).refuseMarked([text], unit: actor.unit, by: actor)
        try await database.write { db in
            var matter = try matter(number, in: db)
            guard matter.version == version else { throw Refusal.stale }
            let unit = step == .assign ? try DisclosureRequests.assigned(unit) : nil
            let row = try matter.take(step, text: text, unit: unit, on: now.beijingDay, by: actor, taken: try taken(number, in: db))
            let saved = try db.run(
                """
                UPDATE record_correction SET unit = \(matter.unit), state = \(matter.state), opinion = \(matter.opinion),
                    decision = \(matter.decision), decided_on = \(matter.decidedOn), version = version + 1
                WHERE number = \(number) AND version = \(version)
                """
            )
            guard saved == 1 else { throw Refusal.stale }
            try StepLog.write(step.rawValue, on: "record/\(number)", by: actor, as: row.by, at: now, detail: matter.unit ?? "", in: db)
        }
    }

    func matter(_ number: String, in db: any Connection) throws -> RecordCorrection {
        let found = try db.first(
            RecordCorrection.self,
            "SELECT \(Self.columns) FROM record_correction WHERE number = \(number)"
        )
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// A matter at the desk: the office's people see all, a unit its own.
    public func matter(_ number: String, for actor: Actor) async throws -> RecordCorrection {
        let found = try await database.read { try matter(number, in: $0) }
        if actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) { try actor.open(unit: found.unit ?? "") }
        return found
    }

    /// The applicant's own view; the same answer for a wrong word and for a number that does not exist.
    public func matter(_ number: String, word: String) async throws -> RecordCorrection {
        let hash = Hash(of: word.lowercased().filter { !$0.isWhitespace })
        let found = try await database.read { db in
            try db.first(
                RecordCorrection.self,
                "SELECT \(Self.columns) FROM record_correction WHERE number = \(number) AND word = \(hash)"
            )
        }
        guard let found else {
            throw Refusal.invalid("number", "登记号或者查询密码不对，请核对回执。", "The number or the word is not right; check your receipt.")
        }
        return found
    }

    /// Open ones, the oldest first, then the newest decided.
    public func matters(for actor: Actor, limit: Int = 200) async throws -> [RecordCorrection] {
        let seesAll = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader])
        let condition: SQL = seesAll ? "number <> ''" : "unit = \(actor.unit)"
        return try await database.read { db in
            let all = try db.all(
                RecordCorrection.self,
                "SELECT \(Self.columns) FROM record_correction WHERE \(condition) ORDER BY year DESC, serial DESC LIMIT \(limit)"
            )
            return all.filter(\.state.isOpen).reversed() + all.filter { !$0.state.isOpen }
        }
    }

    /// Who asks, for those who deal with it; that it was opened is the page's to audit.
    public func party(_ number: String, for actor: Actor) async throws -> DisclosureRequests.Party? {
        _ = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            .leader,
            or: Text("申请人信息只供信息公开办使用。", "Who asks is for the disclosure office only.")
        )
        return try await database.read { db in
            guard let sealed = try db.scalar(String.self, "SELECT sealed FROM record_correction WHERE number = \(number)") else {
                return nil
            }
            return try DisclosureRequests.party(try requests.vault.open(sealed, at: number))
        }
    }

    public func steps(of number: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("record/\(number)", in: $0) }
    }

    public func taken(_ number: String) async throws -> [Lifecycle<RecordCorrection.State, RecordCorrection.Step>.Taken] {
        try await database.read { try taken(number, in: $0) }
    }

    private func taken(
        _ number: String,
        in db: any Connection
    ) throws -> [Lifecycle<RecordCorrection.State, RecordCorrection.Step>.Taken] {
        try StepLog.of("record/\(number)", in: db).compactMap { entry in
            RecordCorrection.Step(rawValue: entry.step).map { .init($0, by: entry.person) }
        }
    }
}

extension RecordCorrection.State: SQLConvertible {}
