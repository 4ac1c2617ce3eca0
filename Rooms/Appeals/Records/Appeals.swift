import Core
import Storage
import WorkCalendar

/// Reviews and lawsuits: what each is about, what is owed, how it ended, and what was learnt.
public struct Appeals: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    /// Registers one.
    /// - Parameter about: `request/NUMBER`, `release/KEY` or `document/KEY`, which must exist.
    public func file(
        _ kind: Appeal.Kind,
        about: String,
        filedOn: Day,
        servedOn: Day,
        isSimplified: Bool,
        by actor: Actor
    ) async throws -> String {
        let role = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            .hearingOfficer,
            or: Text("由信息公开办或者复议人员登记。", "The disclosure office or a hearing officer registers it.")
        )
        let now = world.now()
        guard filedOn <= servedOn, servedOn <= now.beijingDay else {
            throw Refusal.invalid(
                "servedOn",
                "收到之日不能早于提出之日，也不能晚于今天。",
                "It is served on or after the day it was filed, and not in the future."
            )
        }
        return try await database.write { db in
            try Self.requireSubject(about, in: db)
            let year = servedOn.year
            let count = try db.scalar(Int.self, "SELECT count(*) FROM appeal WHERE number LIKE \("A\(year)-%")") ?? 0
            let appeal = Appeal(
                number: "A\(year)-\(count + 1)",
                kind: kind,
                about: about,
                filedOn: filedOn,
                servedOn: servedOn,
                isSimplified: isSimplified
            )
            try db.run(
                """
                INSERT INTO appeal (number, kind, about, filed_on, served_on, simplified, state, lesson, version)
                VALUES (\(appeal.number), \(kind), \(about), \(filedOn), \(servedOn), \(isSimplified ? 1 : 0), \(appeal.state), '', 0)
                """
            )
            try StepLog.write("file", on: "appeal/\(appeal.number)", by: actor, as: role, at: now, detail: about, in: db)
            return appeal.number
        }
    }

    private static func requireSubject(_ about: String, in db: any Connection) throws {
        let parts = about.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw Refusal.invalid("about", "请写明所涉申请、公开信息或者文件的编号。", "Say which request, release or document it is about.")
        }
        let found: Int? =
            switch parts[0] {
            case "request": try db.scalar(Int.self, "SELECT 1 FROM request WHERE number = \(parts[1])")
            case "release": try db.scalar(Int.self, "SELECT 1 FROM release WHERE key = \(parts[1])")
            case "document": try db.scalar(Int.self, "SELECT 1 FROM document WHERE key = \(parts[1])")
            // A subordinate body's act stands in no register of ours.
            case "act": 1
            default: nil
            }
        guard found != nil else { throw Refusal.invalid("about", "没有找到“\(about)”，请核对编号。", "“\(about)” was not found; check its number.") }
    }

    public func take(
        _ step: Appeal.Step,
        on number: String,
        version: Int,
        day: Day? = nil,
        result: RemedyTable.Result? = nil,
        lesson: String = "",
        by actor: Actor
    ) async throws {
        let now = world.now()
        let day = day ?? now.beijingDay
        guard day <= now.beijingDay else { throw Refusal.invalid("on", "日期不能晚于今天。", "The day can not lie in the future.") }
        try await database.write { db in
            var appeal = try appeal(number, in: db)
            guard appeal.version == version else { throw Refusal.stale }
            if appeal.kind == .heard { try requireApart(actor, from: appeal.about, in: db) }
            let taken = try StepLog.of("appeal/\(number)", in: db).compactMap { entry in
                Appeal.Step(rawValue: entry.step).map { Lifecycle<Appeal.State, Appeal.Step>.Taken($0, by: entry.person) }
            }
            let row = try appeal.take(step, result: result, on: day, by: actor, taken: taken)
            let saved = try db.run(
                """
                UPDATE appeal SET state = \(appeal.state), result = \(appeal.result), decided_on = \(appeal.decidedOn),
                    lesson = CASE WHEN \(lesson) = '' THEN lesson ELSE \(lesson) END, version = version + 1
                WHERE number = \(number) AND version = \(version)
                """
            )
            guard saved == 1 else { throw Refusal.stale }
            try StepLog.write(step.rawValue, on: "appeal/\(number)", by: actor, as: row.by, at: now, detail: "\(day)", in: db)
        }
    }

    /// Whoever handled the request does not hear the review of it.
    private func requireApart(_ actor: Actor, from about: String, in db: any Connection) throws {
        guard try StepLog.of(about, in: db).contains(where: { $0.person == actor.person }) else { return }
        throw Refusal.forbidden(
            because: Text("您办理过该事项，不得审理对它的复议。", "You handled this matter; another person hears the review of it.")
        )
    }

    public func appeal(_ number: String) async throws -> Appeal { try await database.read { try appeal(number, in: $0) } }

    func appeal(_ number: String, in db: any Connection) throws -> Appeal {
        guard let appeal = try db.first(Appeal.self, "SELECT * FROM appeal WHERE number = \(number)") else { throw Refusal.notFound }
        return appeal
    }

    /// Those not closed, the oldest first; or all about one matter.
    public func appeals(about: String? = nil, limit: Int = 200) async throws -> [Appeal] {
        try await database.read { db in
            let condition: SQL = about.map { "about = \($0)" } ?? "state <> \(Appeal.State.closed)"
            return try db.all(Appeal.self, "SELECT * FROM appeal WHERE \(condition) ORDER BY served_on, number LIMIT \(limit)")
        }
    }

    /// The day a heard review was accepted, and whether its term was lengthened: from the step log.
    public func progress(of number: String) async throws -> (acceptedOn: Day?, isExtended: Bool) {
        let steps = try await steps(of: number)
        let accepted = steps.last { $0.step == Appeal.Step.accept.rawValue }.flatMap { Day($0.detail) }
        return (accepted, steps.contains { $0.step == Appeal.Step.extend.rawValue })
    }

    public func steps(of number: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("appeal/\(number)", in: $0) }
    }

    public static let schema = [
        Migration(
            "2026-11-27 21 appeals",
            """
            CREATE TABLE appeal (
                number TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                about TEXT NOT NULL,
                filed_on TEXT NOT NULL,
                served_on TEXT NOT NULL,
                simplified BIGINT NOT NULL,
                state TEXT NOT NULL,
                result TEXT,
                decided_on TEXT,
                lesson TEXT NOT NULL,
                version BIGINT NOT NULL
            );
            CREATE INDEX appeal_about ON appeal (about);
            CREATE INDEX appeal_year ON appeal (filed_on, decided_on);
            """
        )
    ]
}

extension Appeal.Kind: SQLConvertible {}
extension Appeal.State: SQLConvertible {}
extension RemedyTable.Result: SQLConvertible {}
