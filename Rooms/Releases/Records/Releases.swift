import Core
import Foundation
import LegalText
import MerkleLog
import Storage
import WorkCalendar

/// The one gate: nothing becomes public but by a row here, with its leaf in the log, in one transaction.
public struct Releases: Sendable {
    public let log: TransparencyLog
    public var database: any Database { log.database }
    public var world: World { log.world }

    public init(_ log: TransparencyLog) {
        self.log = log
    }

    static let passages = TextIndex("passage")

    /// The leader signs a reviewed document, and it is public.
    /// - Parameters:
    ///   - hash: the content hash that the leader had before the eyes.
    ///   - reason: why this disclosure attribute (国办发〔2016〕80号).
    public func release(
        review key: String,
        seeing hash: String,
        attribute: Release.Attribute,
        reason: String,
        method: Release.Method,
        by actor: Actor
    ) async throws -> String {
        guard attribute == .proactive else {
            throw Refusal.invalid(
                "attribute",
                "只有“主动公开”的文件可以在互联网公开；其他属性请退回。",
                "Only a document for proactive disclosure can go on the internet; send others back."
            )
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明公开属性的理由。", "Give the reason for the disclosure attribute.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let (now, releaseKey) = (world.now(), world.key())
        return try await database.write { db in
            try requireMethod(key, in: db)
            try Reviews.take(.release, on: key, seeing: hash, detail: hash, by: actor, at: now, in: db)
            let document = try Documents(database, world: world).document(
                try db.scalar(String.self, "SELECT document FROM review WHERE key = \(key)") ?? "",
                in: db
            )
            // The signatures are for exactly these bytes.
            guard document.content.hash.hex == hash else { throw Refusal.stale }
            try publish(document, as: releaseKey, reason: reason, method: method, at: now, in: db)
            try StepLog.write("release", on: "release/\(releaseKey)", by: actor, as: .leader, at: now, detail: hash, in: db)
            return releaseKey
        }
    }

    /// Takes a release back: its leaf stays, a second one says why, and a tombstone stands at its address.
    public func withdraw(_ key: String, reason: String, by actor: Actor) async throws {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalid("reason", "请写明撤回的理由，理由将公开。", "Say why it is withdrawn; the reason is made public.")
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            let row = try Release.lifecycle.row(.withdraw, from: try release(key, in: db).state, by: actor, taken: [])
            try take(back: key, reason: reason, by: actor, as: row.by, at: now, in: db)
        }
    }

    /// Writes the release, its content and its passages.
    func insert(
        _ content: Content,
        hash: Hash,
        key: String,
        document: String?,
        batch: String?,
        reason: String,
        method: Release.Method,
        at now: Moment,
        leaf: Int,
        in db: any Connection
    ) throws {
        try db.run("INSERT INTO content (hash, json) VALUES (\(hash), \(content.canonical)) ON CONFLICT (hash) DO NOTHING")
        try db.run(
            """
            INSERT INTO release (key, content, document, batch, col, unit, kind, language, title, document_number, written_on,
                status, attribute, reason, method, published_on, released_at, leaf, state, work)
            VALUES (\(key), \(hash), \(document), \(batch), \(content.column), \(content.unit), \(content.kind), \(content.language),
                \(content.title), \(content.documentNumber), \(content.writtenOn), \(content.status),
                \(Release.Attribute.proactive), \(reason), \(method), \(now.beijingDay), \(now), \(leaf), \(Release.State.released),
                \(content.work(document: document, key: key)))
            """
        )
        let first = (try db.scalar(Int.self, "SELECT max(id) FROM passage") ?? 0) + 1
        var id = first
        for (position, passage) in Passage.of(content).enumerated() {
            try db.run(
                """
                INSERT INTO passage (id, release, position, anchor, number, body)
                VALUES (\(id), \(key), \(position), \(passage.anchor), \(passage.number), \(passage.text))
                """
            )
            try Self.passages.put(id, position == 0 ? content.title + "\n" + passage.text : passage.text, in: db)
            id += 1
        }
        if id > first { try noteChange(of: first...(id - 1), in: db) }
    }

    func release(_ key: String, in db: any Connection) throws -> Release {
        guard let release = try db.first(Release.self, "SELECT * FROM release WHERE key = \(key)") else { throw Refusal.notFound }
        return release
    }
}

/// What search finds: an article, a clause or a paragraph of a content.
struct Passage: Equatable, Sendable {
    let anchor: String
    /// As printed: 第二十八条; empty for a text without articles.
    let number: String
    let text: String

    /// A text with articles is cut by them, any other by its blocks; what stands before the first article is one passage.
    static func of(_ content: Content) -> [Passage] {
        let articles = Article.read(content.body)
        if !articles.isEmpty {
            let head = content.body.range(of: articles[0].number).map { String(content.body[..<$0.lowerBound]) } ?? ""
            let opening = head.allSatisfy(\.isWhitespace) ? [] : [Passage(anchor: "", number: "", text: head)]
            return opening + articles.map { Passage(anchor: $0.anchor, number: $0.number, text: $0.text) }
        }
        let blocks = DocumentText.read(content.body).blocks
        let passages = blocks.filter { !$0.text.isEmpty }.map { Passage(anchor: $0.anchor, number: $0.number ?? "", text: $0.text) }
        return passages.isEmpty ? [Passage(anchor: "", number: "", text: content.body)] : passages
    }
}

extension Release.Attribute: SQLConvertible {}
extension Release.Method: SQLConvertible {}
extension Release.State: SQLConvertible {}
