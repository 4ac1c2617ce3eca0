import Core
import Foundation
import MerkleLog
import Mosaic
import Scan
import Storage

/// The ledger of who is already spoken of: facts about subjects in all that was ever released, as digests under a kept key.
///
/// Nothing is taken out of it when a release is withdrawn: what was out stays known. Without the key nobody learns a value from it.
public struct DossierLedger: Sendable {
    public let database: any Database
    public let world: World
    private let key: DossierKey
    private let table: Table

    /// - Parameters:
    ///   - secret: the house's secret; the ledger's key is derived from it.
    ///   - table: the rules by which texts are read for facts.
    /// - Throws: never for a secret of any length; the signature is the engine's.
    public init(_ database: any Database, world: World, secret: String, table: Table? = nil) throws(MosaicRefused) {
        (self.database, self.world, self.table) = (database, world, table ?? .house)
        key = try DossierKey(Hash(of: "\(secret)|dossiers").bytes)
    }

    /// Reads what was released since the last time.
    /// - Returns: how many releases were read.
    @discardableResult
    public func catchUp() async throws -> Int {
        var done = 0
        while true {
            let waiting = try await database.read { db in
                try db.all(
                    Waiting.self,
                    """
                    SELECT r.key, r.title, c.json AS body, 'text' AS form FROM release r JOIN content c ON c.hash = r.content
                    WHERE r.key NOT IN (SELECT release FROM dossier_release)
                    UNION ALL
                    SELECT d.key, d.title, d.body, 'table' AS form FROM dataset d
                    WHERE d.released_at IS NOT NULL AND d.key NOT IN (SELECT release FROM dossier_release)
                    ORDER BY key LIMIT 50
                    """
                )
            }
            if waiting.isEmpty { return done }
            for release in waiting {
                let mentions = try release.form == "table" ? rows(of: try CSV.read(release.body), name: release.title) : lines(of: release)
                let now = world.now()
                try await database.write { try put(mentions, release.key, at: now, in: $0) }
                done += 1
            }
        }
    }

    private struct Waiting: Decodable {
        let key, title, body, form: String
    }

    /// Begins anew from the releases.
    public func rebuild() async throws -> (releases: Int, mentions: Int) {
        try await database.write { db in
            try db.run("DELETE FROM dossier_fact")
            try db.run("DELETE FROM dossier_mention")
            try db.run("DELETE FROM dossier_release")
        }
        return (try await catchUp(), try await size())
    }

    /// How many mentions the ledger holds.
    public func size() async throws -> Int {
        try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM dossier_mention") ?? 0 }
    }

    /// The combinations that these mentions complete, alone or beside the ledger.
    public func check(_ mentions: [Mention]) async throws -> [Dossiers.Finding] {
        guard !mentions.isEmpty else { return [] }
        return Dossiers(try await neighbours(of: mentions)).check(mentions)
    }

    // MARK: what speaks of whom

    /// One mention for each row of a table whose columns say something of a subject.
    public func rows(of table: Microdata, name: String) -> [Mention] {
        let columns = table.columns.compactMap { column in FactKind.of(column: column.name).map { (kind: $0, column: column) } }
        guard columns.count > 1 else { return [] }
        return (0..<table.rows).map { row in
            let facts = columns.compactMap { kind, column in
                column.codes[row] == column.missing ? nil : (kind, column.text(row))
            }
            return Mention(release: name, source: .table, place: "#\(row + 1)", facts: facts, key: key)
        }
    }

    /// One mention for each paragraph of a text in which the scan finds facts.
    private func lines(of release: Waiting) throws -> [Mention] {
        struct Body: Decodable { let body: String }
        let body = try JSONDecoder().decode(Body.self, from: Data(release.body.utf8)).body
        return mentions(in: body, name: release.title)
    }

    public func mentions(in text: String, name: String) -> [Mention] {
        var facts: [Int: [(FactKind, String)]] = [:]
        for finding in Scan.findings(in: text, by: table) {
            guard let kind = Self.kinds[finding.rule.rawValue] else { continue }
            facts[finding.line, default: []].append((kind, finding.value))
        }
        return facts.sorted { $0.key < $1.key }.map { line, facts in
            Mention(release: name, source: .document, place: "¶\(line)", facts: facts, key: key)
        }
    }

    // The columns are the point: what a rule of the scan says of a subject.
    // swift-format-ignore
    private static let kinds: [String: FactKind] = [
        "person": .name,            "personWithTitle": .name,     "foreignName": .name,
        "residentID": .residentID,  "passport": .passport,        "passportAlone": .passport,
        "mobile": .phone,           "landline": .phone,           "localLandline": .phone,    "foreignPhone": .phone,
        "email": .email,            "address": .address,          "foreignAddress": .address,
        "birthDate": .birthDate,    "bankCard": .bankAccount,     "bankAccount": .bankAccount,
        "health": .health,          "medicalRecord": .health,     "belief": .religion,        "biometrics": .biometric,
        "livelihood": .specialIdentity, "minor": .minor,          "creditCode": .creditCode,  "coordinates": .coordinates,
    ]

    // MARK: rows

    private func put(_ mentions: [Mention], _ release: String, at now: Moment, in db: any Connection) throws {
        let said = mentions.filter { !$0.facts.isEmpty }
        let taken = try db.run(
            """
            INSERT INTO dossier_release (release, mentions, at) VALUES (\(release), \(said.count), \(now))
            ON CONFLICT (release) DO NOTHING
            """
        )
        // Another process has read it.
        guard taken == 1 else { return }
        let first = (try db.scalar(Int.self, "SELECT max(number) FROM dossier_mention") ?? 0) + 1
        let numbered = Array(zip(first..., said))
        for chunk in numbered.inPieces(of: 100) {
            let rows = chunk.map { number, mention -> SQL in
                "(\(number), \(release), \(mention.release), \(mention.source.rawValue), \(mention.place))"
            }
            try db.run("INSERT INTO dossier_mention (number, release, name, source, place) VALUES " + SQL.joined(rows, by: ", "))
        }
        let facts = numbered.flatMap { number, mention in Set(mention.facts).map { (number, $0) } }
        for chunk in facts.inPieces(of: 200) {
            let rows = chunk.map { number, fact -> SQL in "(\(number), \(fact.kind.rawValue), \(fact.digest.hex))" }
            try db.run("INSERT INTO dossier_fact (mention, kind, digest) VALUES " + SQL.joined(rows, by: ", "))
        }
    }

    /// How many mentions are looked at beside a new table at most.
    private static let mostNeighbours = 300_000

    /// What the ledger holds of the same subjects, through one value after another.
    private func neighbours(of mentions: [Mention]) async throws -> [Mention] {
        try await database.read { db in
            var known: [Int: Mention] = [:]
            var asked: Set<String> = []
            var asking = Set(mentions.flatMap(\.facts).filter(\.kind.tells).map(\.digest.hex))
            while !asking.isEmpty, known.count < Self.mostNeighbours {
                asked.formUnion(asking)
                var numbers: Set<Int> = []
                for chunk in Array(asking).inPieces(of: 400) {
                    numbers.formUnion(
                        try db.all(Int.self, "SELECT DISTINCT mention FROM dossier_fact WHERE digest IN (\(SQL.list(chunk)))")
                    )
                }
                let fresh = try self.mentions(numbers.subtracting(known.keys).sorted(), in: db)
                known.merge(fresh) { first, _ in first }
                asking = Set(fresh.values.flatMap(\.facts).filter(\.kind.tells).map(\.digest.hex)).subtracting(asked)
            }
            return known.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private struct Line: Decodable {
        let number: Int
        let name, source, place: String
    }

    private struct FactLine: Decodable {
        let mention: Int
        let kind, digest: String
    }

    private func mentions(_ numbers: [Int], in db: any Connection) throws -> [Int: Mention] {
        var found: [Int: Mention] = [:]
        for chunk in numbers.inPieces(of: 400) {
            let lines = try db.all(
                Line.self,
                "SELECT number, name, source, place FROM dossier_mention WHERE number IN (\(SQL.list(chunk)))"
            )
            var facts: [Int: [Mention.Fact]] = [:]
            for line in try db.all(FactLine.self, "SELECT mention, kind, digest FROM dossier_fact WHERE mention IN (\(SQL.list(chunk)))") {
                guard let kind = FactKind(rawValue: line.kind), let digest = Digest(hex: line.digest) else {
                    throw StorageError(.corrupt, "the dossier ledger holds a fact that can not be read: \(line.kind)")
                }
                facts[line.mention, default: []].append(.init(kind: kind, digest: digest))
            }
            for line in lines {
                found[line.number] = Mention(
                    release: line.name,
                    source: Mention.Source(rawValue: line.source) ?? .document,
                    place: line.place,
                    facts: facts[line.number] ?? []
                )
            }
        }
        return found
    }

    public static let schema = [
        Migration(
            "2026-11-28 81 dossiers",
            """
            CREATE TABLE dossier_release (
                release TEXT PRIMARY KEY,
                mentions BIGINT NOT NULL,
                at TEXT NOT NULL
            );
            CREATE TABLE dossier_mention (
                number BIGINT PRIMARY KEY,
                release TEXT NOT NULL,
                name TEXT NOT NULL,
                source TEXT NOT NULL,
                place TEXT NOT NULL
            );
            CREATE TABLE dossier_fact (
                mention BIGINT NOT NULL REFERENCES dossier_mention (number),
                kind TEXT NOT NULL,
                digest TEXT NOT NULL,
                PRIMARY KEY (mention, kind, digest)
            );
            CREATE INDEX dossier_fact_digest ON dossier_fact (digest);
            """
        )
    ]
}

extension Array {
    /// One after another, at most `size` long.
    fileprivate func inPieces(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
