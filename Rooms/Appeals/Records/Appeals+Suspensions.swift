import Core
import Storage
import WorkCalendar

/// Provisions that are suspended: marked on the public page of their document as long as they are.
extension Appeals {
    public static let suspensionSchema = Migration(
        "2026-11-28 66 suspensions",
        """
        CREATE TABLE appeal_suspension (
            key TEXT PRIMARY KEY,
            appeal TEXT NOT NULL REFERENCES appeal (number),
            release TEXT NOT NULL REFERENCES release (key),
            provision TEXT NOT NULL,
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            ended_on TEXT,
            end_reason TEXT NOT NULL
        );
        CREATE INDEX appeal_suspension_release ON appeal_suspension (release, ended_on);
        CREATE INDEX appeal_suspension_appeal ON appeal_suspension (appeal);
        """
    )

    private static func orderer(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(
            as: .hearingOfficer,
            .disclosureOfficer,
            .officeHead,
            or: Text("由复议人员或者信息公开办登记。", "A hearing officer or the disclosure office registers it.")
        )
    }

    /// Marks a provision of a released document.
    /// - Parameter provision: as printed, such as 第三条, which the document must have; empty for the whole document.
    public func suspend(
        _ provision: String,
        of release: String,
        in number: String,
        reason: String,
        since: Day,
        by actor: Actor
    ) async throws {
        let role = try Self.orderer(actor)
        let now = world.now()
        try await Incidents(database, world: world).refuseMarked([reason, provision], unit: actor.unit, by: actor)
        try await database.write { db in
            let appeal = try appeal(number, in: db)
            try SuspendedProvision.check(appeal, provision: provision, reason: reason, since: since, today: now.beijingDay)
            guard try db.scalar(Int.self, "SELECT 1 FROM release WHERE key = \(release) AND state = 'released'") != nil else {
                throw Refusal.invalid("release", "没有找到该公开文件，请填写网址里的编号。", "No such released document; give the key in its address.")
            }
            if !provision.isEmpty,
                try db.scalar(Int.self, "SELECT 1 FROM passage WHERE release = \(release) AND number = \(provision) LIMIT 1") == nil
            {
                throw Refusal.invalid("provision", "该文件没有“\(provision)”。", "The document has no “\(provision)”.")
            }
            let standing = try db.scalar(
                Int.self,
                """
                SELECT 1 FROM appeal_suspension WHERE release = \(release) AND provision = \(provision) AND ended_on IS NULL LIMIT 1
                """
            )
            guard standing == nil else {
                throw Refusal.invalid("provision", "该条款已经停止执行。", "The provision is suspended already.")
            }
            try db.run(
                """
                INSERT INTO appeal_suspension (key, appeal, release, provision, reason, since, end_reason)
                VALUES (\(world.key()), \(number), \(release), \(provision), \(reason), \(since), '')
                """
            )
            let detail = "\(release) \(provision) \(since)"
            try StepLog.write("suspendProvision", on: "appeal/\(number)", by: actor, as: role, at: now, detail: detail, in: db)
        }
    }

    /// The provision is carried out again, or stands no longer: the mark is taken off, its row stays.
    public func lift(_ key: String, of number: String, reason: String, by actor: Actor) async throws {
        let role = try Self.orderer(actor)
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.invalid("endReason", "请写明恢复的理由。", "Say why it is lifted.") }
        let now = world.now()
        try await database.write { db in
            let done = try db.run(
                """
                UPDATE appeal_suspension SET ended_on = \(now.beijingDay), end_reason = \(reason)
                WHERE key = \(key) AND appeal = \(number) AND ended_on IS NULL
                """
            )
            guard done == 1 else { throw Refusal.outOfTurn }
            try StepLog.write("liftSuspension", on: "appeal/\(number)", by: actor, as: role, at: now, detail: reason, in: db)
        }
    }

    public func suspensions(in number: String) async throws -> [SuspendedProvision] {
        try await database.read { db in
            try db.all(SuspendedProvision.self, "SELECT * FROM appeal_suspension WHERE appeal = \(number) ORDER BY key")
        }
    }

    /// What stands of a document: its public page shows these.
    public func suspensions(of release: String) async throws -> [SuspendedProvision] {
        try await database.read { db in
            try db.all(
                SuspendedProvision.self,
                "SELECT * FROM appeal_suspension WHERE release = \(release) AND ended_on IS NULL ORDER BY since, key"
            )
        }
    }

    /// Changes whenever a mark is put or taken off: kept pages are made anew then.
    public func suspensionState() async throws -> String {
        try await database.read { db in
            let all = try db.scalar(Int.self, "SELECT count(*) FROM appeal_suspension") ?? 0
            let ended = try db.scalar(Int.self, "SELECT count(*) FROM appeal_suspension WHERE ended_on IS NOT NULL") ?? 0
            return "\(all) \(ended)"
        }
    }
}
