import Core
import Storage
import WorkCalendar

/// Requests that are another agency's to answer: which one, how it is reached, and the letter to it (art. 36(5)).
extension DisclosureRequests {
    public static let transferSchema = Migration(
        "2026-11-28 64 transfers",
        """
        CREATE TABLE request_transfer (
            request TEXT NOT NULL REFERENCES request (number),
            serial BIGINT NOT NULL,
            agency TEXT NOT NULL,
            contact TEXT NOT NULL,
            reason TEXT NOT NULL,
            person TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (request, serial)
        );
        """
    )

    /// One agency that was named as the one in charge.
    public struct Transfer: Codable, Equatable, Sendable {
        public let request: String
        public let serial: Int
        public let agency, contact, reason: String
        public let at: Moment
    }

    /// Names the agency in charge, and leaves the trace; the letter to it is made from this row. The applicant is told in the reply.
    public func transfer(_ number: String, to agency: String, contact: String, reason: String, by actor: Actor) async throws {
        let role = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            or: Text("由信息公开办函告其他机关。", "The disclosure office writes to other agencies.")
        )
        var faults: [String: Text] = [:]
        if agency.allSatisfy(\.isWhitespace) { faults["agency"] = Text("请填写机关名称。", "Name the agency.") }
        if contact.allSatisfy(\.isWhitespace) { faults["contact"] = Text("请填写联系方式。", "Say how it is reached.") }
        if reason.allSatisfy(\.isWhitespace) { faults["reason"] = Text("请写明理由。", "Say why.") }
        guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        try await Incidents(database, world: world).refuseMarked([agency, contact, reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            guard try stored(number, in: db).state.isOpen else { throw Refusal.outOfTurn }
            let hidden = try hidden(number, in: db)
            guard !hidden.contains(where: { $0.count > 1 && reason.contains($0) }) else {
                throw Refusal.invalid("reason", "理由里不能写申请人的个人信息。", "The reason must not name the applicant.")
            }
            let serial = (try db.scalar(Int.self, "SELECT max(serial) FROM request_transfer WHERE request = \(number)") ?? 0) + 1
            try db.run(
                """
                INSERT INTO request_transfer (request, serial, agency, contact, reason, person, at)
                VALUES (\(number), \(serial), \(agency), \(contact), \(reason), \(actor.person), \(now))
                """
            )
            try StepLog.write("transfer", on: "request/\(number)", by: actor, as: role, at: now, detail: agency, in: db)
        }
    }

    public func transfers(of number: String) async throws -> [Transfer] {
        try await database.read { db in
            try db.all(Transfer.self, "SELECT * FROM request_transfer WHERE request = \(number) ORDER BY serial")
        }
    }
}
