import Core
import Storage
import WorkCalendar

/// The archive of replies: answered requests without who asked, what several ask for, and how many needed not ask at all.
extension DisclosureRequests {
    public static let replySchema = Migration(
        "2026-11-28 61 replies",
        """
        CREATE TABLE reply_entry (
            request TEXT PRIMARY KEY REFERENCES request (number),
            state TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            document TEXT,
            at TEXT NOT NULL
        );
        CREATE INDEX reply_entry_document ON reply_entry (document);
        CREATE TABLE reply_suggestion (request TEXT PRIMARY KEY REFERENCES request (number), at TEXT NOT NULL);
        CREATE TABLE filing_offer (day TEXT NOT NULL, kind TEXT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (day, kind));
        """
    )

    /// An answered request that may be of interest to others.
    public struct Candidate: Equatable, Sendable {
        public let request: DisclosureRequest
        /// How many applicants asked nearly the same, this one among them.
        public let applicants: Int
        /// Whether its applicant suggested it (art. 44(2)).
        public let isSuggested: Bool
        public let entry: ReplyEntry?
    }

    /// The newest answered requests, those that several ask for or that were suggested first.
    /// - Parameter limit: how many answered requests are looked at.
    public func candidates(limit: Int = 200) async throws -> [Candidate] {
        struct Pair: Decodable {
            let own, other: String
        }
        struct Person: Decodable {
            let request, person: String
        }
        return try await database.read { db in
            let newest = try db.all(
                Stored.self,
                """
                SELECT * FROM request WHERE state = \(DisclosureRequest.State.answered)
                ORDER BY closed_on DESC, year DESC, serial DESC LIMIT \(limit)
                """
            )
            guard !newest.isEmpty else { return [] }
            let numbers = SQL.joined(newest.map { "\($0.number)" as SQL }, by: ", ")
            let entries = try db.all(ReplyEntry.self, "SELECT * FROM reply_entry WHERE request IN (\(numbers))")
            let suggested = Set(try db.all(String.self, "SELECT request FROM reply_suggestion WHERE request IN (\(numbers))"))
            let pairs = try db.all(
                Pair.self,
                """
                SELECT DISTINCT own.request AS own, other.request AS other FROM request_likeness AS own
                JOIN request_likeness AS other ON other.piece = own.piece AND other.request <> own.request
                WHERE own.request IN (\(numbers)) LIMIT 5000
                """
            )
            let others = Set(pairs.map(\.other)).union(newest.map(\.number)).sorted()
            var (texts, persons): ([String: Likeness], [String: String]) = ([:], [:])
            for start in stride(from: 0, to: others.count, by: 500) {
                let some = SQL.joined(others[start..<min(start + 500, others.count)].map { "\($0)" as SQL }, by: ", ")
                for near in try db.all(Stored.self, "SELECT * FROM request WHERE number IN (\(some))") {
                    texts[near.number] = Likeness(near.subject + near.description)
                }
                for party in try db.all(Person.self, "SELECT request, person FROM request_party WHERE request IN (\(some))") {
                    persons[party.request] = party.person
                }
            }
            let byOwn = Dictionary(grouping: pairs, by: \.own)
            let byRequest = Dictionary(uniqueKeysWithValues: entries.map { ($0.request, $0) })
            let all = newest.map { stored in
                let near = (byOwn[stored.number] ?? []).filter { pair in
                    guard let one = texts[stored.number], let two = texts[pair.other] else { return false }
                    return one.share(with: two) >= Likeness.alike
                }
                let applicants = Set((near.map(\.other) + [stored.number]).compactMap { persons[$0] })
                return Candidate(
                    request: stored.request,
                    applicants: max(1, applicants.count),
                    isSuggested: suggested.contains(stored.number),
                    entry: byRequest[stored.number]
                )
            }
            return all.filter(\.isProposed) + all.filter { !$0.isProposed }
        }
    }

    /// What the applicant may be known by: to be taken out of the public text. Empty once who asked is deleted.
    func hidden(_ number: String, in db: any Connection) throws -> [String] {
        guard let sealed = try db.scalar(String.self, "SELECT sealed FROM request_party WHERE request = \(number)") else { return [] }
        let party = try Self.party(try vault.open(sealed, at: number))
        return [party.name, party.identity, party.contact].filter { !$0.isEmpty }
    }

    /// The text that is proposed for the archive, or what was written of it before.
    public func proposal(_ number: String, by actor: Actor) async throws -> (title: String, body: String, blotted: Int) {
        _ = try Self.archivist(actor)
        return try await database.read { db in
            if let entry = try db.first(ReplyEntry.self, "SELECT * FROM reply_entry WHERE request = \(number)"), !entry.body.isEmpty {
                return (entry.title, entry.body, 0)
            }
            guard let letter = try db.first(Letter.self, "SELECT * FROM request_letter WHERE request = \(number)") else {
                throw Refusal.outOfTurn
            }
            return ReplyEntry.proposal(of: try stored(number, in: db).request, letter: letter.body, hiding: try hidden(number, in: db))
        }
    }

    private static func archivist(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            or: Text("由信息公开办去除个人信息。", "The disclosure office takes the personal data out.")
        )
    }

    /// Keeps the text without personal data; from here a drafter takes it to the gate.
    public func prepare(_ number: String, title: String, body: String, by actor: Actor) async throws {
        let role = try Self.archivist(actor)
        try await Incidents(database, world: world).refuseMarked([title, body], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            guard try stored(number, in: db).state == .answered else { throw Refusal.outOfTurn }
            try ReplyEntry.check(title: title, body: body, hiding: try hidden(number, in: db))
            try put(number, .prepared, title, body, at: now, in: db)
            try StepLog.write("prepareEntry", on: "request/\(number)", by: actor, as: role, at: now, in: db)
        }
    }

    /// Says that a reply is of no interest to others; it is offered no more.
    public func decline(_ number: String, by actor: Actor) async throws {
        let role = try Self.archivist(actor)
        let now = world.now()
        try await database.write { db in
            guard try stored(number, in: db).state == .answered else { throw Refusal.outOfTurn }
            try put(number, .declined, "", "", at: now, in: db)
            try StepLog.write("declineEntry", on: "request/\(number)", by: actor, as: role, at: now, in: db)
        }
    }

    private func put(
        _ number: String,
        _ state: ReplyEntry.State,
        _ title: String,
        _ body: String,
        at now: Moment,
        in db: any Connection
    ) throws {
        let done = try db.run(
            """
            INSERT INTO reply_entry (request, state, title, body, at) VALUES (\(number), \(state), \(title), \(body), \(now))
            ON CONFLICT (request) DO UPDATE SET state = excluded.state, title = excluded.title, body = excluded.body, at = excluded.at
                WHERE reply_entry.document IS NULL
            """
        )
        // What is at the gate is changed there.
        guard done == 1 else { throw Refusal.outOfTurn }
    }

    public func entry(of number: String) async throws -> ReplyEntry? {
        try await database.read { try $0.first(ReplyEntry.self, "SELECT * FROM reply_entry WHERE request = \(number)") }
    }

    /// The prepared text as a document of its own, which goes through the gate like any other.
    public func takeToGate(_ number: String, through documents: Documents, by actor: Actor) async throws -> Document {
        guard let entry = try await entry(of: number), entry.state == .prepared else { throw Refusal.outOfTurn }
        let outcome = try await database.read { try stored(number, in: $0).outcome } ?? .other
        var fields = Document.Fields(unit: actor.unit)
        (fields.title, fields.body, fields.column) = (entry.title, entry.body, ReplyEntry.column)
        (fields.kind, fields.issuer, fields.topic) = (.other, Agency.name.zh, "依申请公开答复：\(outcome.text.zh)")
        fields.writtenOn = entry.at.beijingDay
        let document = try await documents.add(fields, another: true, by: actor)
        let now = world.now()
        try await database.write { db in
            let done = try db.run(
                """
                UPDATE reply_entry SET state = \(ReplyEntry.State.atGate), document = \(document.key)
                WHERE request = \(number) AND document IS NULL AND state = \(ReplyEntry.State.prepared)
                """
            )
            guard done == 1 else { throw Refusal.stale }
            let role = Role.drafter
            try StepLog.write("entryToGate", on: "request/\(number)", by: actor, as: role, at: now, detail: document.key, in: db)
        }
        return document
    }

    /// The applicant suggests that everyone should have it (art. 44(2)).
    public func suggest(_ number: String, word: String, calendar: WorkCalendar) async throws {
        let entry = try await entry(number, word: word, calendar: calendar)
        guard let outcome = entry.request.outcome, [.disclosed, .partial].contains(outcome.group) else { throw Refusal.outOfTurn }
        let now = world.now()
        try await database.write { db in
            try db.run(
                "INSERT INTO reply_suggestion (request, at) VALUES (\(number), \(now)) ON CONFLICT (request) DO NOTHING"
            )
            try StepLog.write("suggest", on: "request/\(number)", by: .applicant, as: "applicant", at: now, in: db)
        }
    }

    /// What came of showing what is public before a request is filed.
    public enum Offer: String, Codable, CaseIterable, Sendable {
        /// Something was found and shown.
        case shown
        /// The visitor said that it was the answer.
        case helped
        /// The visitor filed all the same.
        case filed
    }

    public func count(_ offer: Offer) async throws {
        let day = world.now().beijingDay
        try await database.write { db in
            try db.run(
                """
                INSERT INTO filing_offer (day, kind, count) VALUES (\(day), \(offer), 1)
                ON CONFLICT (day, kind) DO UPDATE SET count = filing_offer.count + 1
                """
            )
        }
    }

    /// How often each happened between two days, both counted.
    public func offers(from day: Day, through last: Day) async throws -> [Offer: Int] {
        struct Count: Decodable {
            let kind: Offer
            let count: Int
        }
        return try await database.read { db in
            let rows = try db.all(
                Count.self,
                """
                SELECT kind, CAST(sum(count) AS BIGINT) AS count FROM filing_offer WHERE day BETWEEN \(day) AND \(last) GROUP BY kind
                """
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.kind, $0.count) })
        }
    }
}

extension DisclosureRequests.Candidate {
    /// Whether the law's reasons to disclose it to everyone stand: several ask the same (art. 44(1)), or its applicant suggests it.
    public var isProposed: Bool {
        guard entry == nil, let outcome = request.outcome else { return false }
        return [.disclosed, .partial].contains(outcome.group) && (applicants > 1 || isSuggested)
    }
}

extension ReplyEntry.State: SQLConvertible {}
extension DisclosureRequests.Offer: SQLConvertible {}
