import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// The register of requests: each with its clock events; who asks is sealed and kept apart.
public struct DisclosureRequests: Sendable {
    public let database: any Database
    public let world: World
    let vault: Vault

    public init(_ database: any Database, world: World, vault: Vault) {
        (self.database, self.world, self.vault) = (database, world, vault)
    }

    /// A request with its clock.
    public struct Entry: Sendable {
        public let request: DisclosureRequest
        public let clock: ReplyClock
    }

    /// The receipt that an applicant keeps.
    public struct Receipt: Equatable, Sendable {
        public let number: String
        /// Opens the applicant's page together with the number; only its hash is stored.
        public let word: String
    }

    /// Who asks: opened only for those who need it, and deleted on schedule.
    public struct Party: Codable, Equatable, Sendable {
        public let name, identity, contact: String
    }

    /// Takes a request into the register.
    /// - Parameters:
    ///   - arrived: the day it came in; today where nil.
    ///   - message: the e-mail that it came as.
    ///   - basket: where the files wait that came with it.
    ///   - actor: the officer who writes it down; nil where the applicant files on the web.
    public func file(
        _ filing: Filing,
        arrived: Day? = nil,
        basket: String? = nil,
        message: Message? = nil,
        calendar: WorkCalendar,
        by actor: Actor? = nil
    ) async throws -> Receipt {
        try filing.check()
        let now = world.now()
        let day = arrived ?? now.beijingDay
        guard day <= now.beijingDay else {
            throw Refusal.invalid("arrived", "收到日期不能晚于今天。", "The day it came in can not lie in the future.")
        }
        if let actor {
            _ = try actor.acting(as: .disclosureOfficer, .officeHead, or: Text("由信息公开办登记申请。", "The disclosure office registers requests."))
        } else {
            guard filing.channel == .web else { throw Refusal.outOfTurn }
        }
        try await Incidents(database, world: world).refuseMarked(
            [filing.subject, filing.description],
            unit: People.office,
            by: actor ?? .applicant
        )
        let word = freshWord()
        let number = try await database.write { db in
            let number = try nextNumber(day.year, in: db)
            var request = DisclosureRequest(number: number, filing: filing, arrived: day)
            let clock = try ReplyClock.run(arrived: day, by: filing.channel, [], calendar: calendar)
            (request.due, request.isProvisional) = (clock.due, clock.isProvisional)
            try insert(request, events: [], word: word, in: db)
            try putLikeness(request, in: db)
            let party = String(
                decoding: try JSONEncoder().encode(Party(name: filing.name, identity: filing.identity, contact: filing.contact)),
                as: UTF8.self
            )
            let person = vault.name(of: filing.identity)
            try db.run(
                "INSERT INTO request_party (request, sealed, person) VALUES (\(number), \(vault.seal(party, at: number)), \(person))"
            )
            try hand(basket, to: number, in: db)
            try keep(message, of: number, at: now, in: db)
            let role = actor.map { $0.roles.contains(.disclosureOfficer) ? Role.disclosureOfficer.rawValue : Role.officeHead.rawValue }
            try StepLog.write("file", on: "request/\(number)", by: actor ?? .applicant, as: role ?? "applicant", at: now, in: db)
            return number
        }
        return Receipt(number: number, word: word)
    }

    func nextNumber(_ year: Int, in db: any Connection) throws -> String {
        let serial = (try db.scalar(Int.self, "SELECT max(serial) FROM request WHERE year = \(year)") ?? 0) + 1
        return "\(year)-\(serial)"
    }

    func freshWord() -> String { Self.word(world.bytes(16)) }

    /// Sixteen letters and figures that are not mistaken for one another, in fours: about 78 bits.
    private static func word(_ bytes: [UInt8]) -> String {
        let letters = Array("23456789abcdefghjkmnpqrstuvwxyz")
        let fours = stride(from: 0, to: bytes.count, by: 4).map { start in
            String(bytes[start..<min(start + 4, bytes.count)].map { letters[Int($0) % letters.count] })
        }
        return fours.joined(separator: "-")
    }

    func insert(_ request: DisclosureRequest, events: [ClockEvent], word: String?, splitFrom: String? = nil, in db: any Connection) throws {
        let parts = request.number.split(separator: "-").compactMap { Int($0) }
        try db.run(
            """
            INSERT INTO request (number, year, serial, unit, channel, applicant_kind, arrived, subject, description, form, state, outcome,
                closed_on, due, provisional, events, word, split_from, version)
            VALUES (\(request.number), \(parts.first ?? request.arrived.year), \(parts.count > 1 ? parts[1] : 0), \(request.unit),
                \(request.channel), \(request.applicantKind), \(request.arrived), \(request.subject), \(request.description),
                \(request.form), \(request.state), \(request.outcome), \(request.closedOn), \(request.due),
                \(request.isProvisional ? 1 : 0), \(Self.json(events)), \(word.map { Hash(of: $0) }), \(splitFrom), \(request.version))
            """
        )
    }

    static func json(_ events: [ClockEvent]) -> String {
        if events.isEmpty { return "[]" }
        do { return String(decoding: try JSONEncoder().encode(events), as: UTF8.self) } catch {
            preconditionFailure("clock events are always JSON: \(error)")
        }
    }

    /// A row as it is stored.
    struct Stored: Decodable {
        let number: String
        let unit: String?
        let channel: Channel
        let applicantKind: ApplicantKind
        let arrived: Day
        let subject, description, form: String
        let state: DisclosureRequest.State
        let outcome: Outcome?
        let closedOn, due: Day?
        let provisional: Int
        let events: String
        let word, splitFrom: String?
        let version: Int

        var request: DisclosureRequest {
            DisclosureRequest(
                number: number,
                unit: unit,
                channel: channel,
                applicantKind: applicantKind,
                arrived: arrived,
                subject: subject,
                description: description,
                form: form,
                state: state,
                outcome: outcome,
                closedOn: closedOn,
                due: due,
                isProvisional: provisional != 0,
                version: version
            )
        }

        func clockEvents() throws -> [ClockEvent] { try JSONDecoder().decode([ClockEvent].self, from: Data(events.utf8)) }

        /// The clock of what stands in the register: a later calendar may make it late, but not unlawful.
        func recorded(_ calendar: WorkCalendar, arrived: Day) throws -> ReplyClock {
            try ReplyClock.run(arrived: arrived, by: channel, try clockEvents(), calendar: calendar, isRecorded: true)
        }

        func entry(_ calendar: WorkCalendar) throws -> Entry {
            Entry(request: request, clock: try recorded(calendar, arrived: arrived))
        }
    }

    func stored(_ number: String, in db: any Connection) throws -> Stored {
        guard let stored = try db.first(Stored.self, "SELECT * FROM request WHERE number = \(number)") else { throw Refusal.notFound }
        return stored
    }

    public func entry(_ number: String, calendar: WorkCalendar) async throws -> Entry {
        try await database.read { try stored(number, in: $0).entry(calendar) }
    }

    /// The applicant's own view: number and word together, or the same answer as for a number that does not exist.
    public func entry(_ number: String, word: String, calendar: WorkCalendar) async throws -> Entry {
        let hash = Hash(of: word.lowercased().filter { !$0.isWhitespace }).hex
        let found = try await database.read { db in
            try db.first(Stored.self, "SELECT * FROM request WHERE number = \(number) AND word = \(hash)")
        }
        guard let found else {
            throw Refusal.invalid("number", "登记号或者查询密码不对，请核对回执。", "The number or the word is not right; check your receipt.")
        }
        return try found.entry(calendar)
    }

    /// Who asks, for those who deal with it; the opening is audited by the page.
    public func party(_ number: String, for actor: Actor) async throws -> Party? {
        _ = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            .leader,
            or: Text("申请人信息只供信息公开办使用。", "Who asks is for the disclosure office only.")
        )
        return try await database.read { db in
            guard let sealed = try db.scalar(String.self, "SELECT sealed FROM request_party WHERE request = \(number)") else { return nil }
            return try Self.party(try vault.open(sealed, at: number))
        }
    }

    static func party(_ json: String) throws -> Party { try JSONDecoder().decode(Party.self, from: Data(json.utf8)) }

    public func steps(of number: String) async throws -> [StepLog.Entry] {
        try await database.read { try StepLog.of("request/\(number)", in: $0) }
    }
}

extension Actor {
    /// Someone at the portal, who is nobody at the desk.
    public static let applicant = Actor(person: "applicant", name: Text("申请人", "Applicant"), unit: "", roles: [])
}

extension Channel: SQLConvertible {}
extension ApplicantKind: SQLConvertible {}
extension Outcome: SQLConvertible {}
extension DisclosureRequest.State: SQLConvertible {}
