import Core
import MerkleLog
import Storage

/// Attaching files to a document, and taking them away: either voids what was signed.
extension Reviews {
    /// Takes a file in with what was recovered from it; where any of that bears a secrecy mark, nothing is stored.
    public func attach(_ name: String, _ type: String, _ bytes: [UInt8], _ pieces: [Piece], to key: String, by actor: Actor) async throws {
        guard bytes.count <= Attachment.mostBytes else { throw Refusal.tooLarge(limit: Attachment.mostBytes) }
        let name = Attachment.safe(name)
        try await Incidents(database, world: world).refuseMarked([name] + pieces.map(\.text), unit: actor.unit, by: actor)
        let json = try Documents.json(pieces)
        try await change(key, by: actor) { documents, db in
            let held = try documents.stored(of: key, in: db)
            guard held.count < Attachment.most, held.reduce(bytes.count, { $0 + $1.size }) <= Attachment.mostBytesInAll else {
                throw Refusal.invalid("file", "附件至多20个，合计不超过100 MB。", "At most 20 attachments, 100 MB together.")
            }
            guard !held.contains(where: { $0.name == name }) else {
                throw Refusal.invalid(
                    "file",
                    "已有同名附件“\(name)”，请先移除或者改名。",
                    "There is an attachment “\(name)” already: remove it, or rename this one."
                )
            }
            let hash = try documents.keep(bytes, in: db)
            let number = (held.last?.number ?? 0) + 1
            try db.run(
                """
                INSERT INTO document_attachment (document, number, name, type, size, hash, pieces)
                VALUES (\(key), \(number), \(name), \(type), \(bytes.count), \(hash), \(json))
                """
            )
            return ("attachFile", hash.hex)
        }
    }

    public func detach(_ number: Int, from key: String, by actor: Actor) async throws {
        try await change(key, by: actor) { documents, db in
            guard let held = try documents.stored(of: key, in: db).first(where: { $0.number == number }) else { throw Refusal.notFound }
            try db.run("DELETE FROM document_attachment WHERE document = \(key) AND number = \(number)")
            // A rendition of it must not be taken for the next file of that number.
            try db.run("DELETE FROM attachment_redaction WHERE document = \(key) AND number = \(number)")
            return ("detachFile", held.hash)
        }
    }

    /// A change of the files is a change of the document: a new version, and the open review is void.
    private func change(
        _ key: String,
        by actor: Actor,
        _ work: @escaping @Sendable (Documents, any Connection) throws -> (step: String, detail: String)
    ) async throws {
        guard actor.roles.contains(.drafter) else {
            throw Refusal.forbidden(because: Text("只有承办人可以增减附件。", "Only a drafter adds or removes attachments."))
        }
        let (documents, now) = (Documents(database, world: world), world.now())
        try await database.write { db in
            let before = try documents.document(key, in: db)
            guard before.unit == actor.unit else {
                throw Refusal.forbidden(because: Text("只有起草单位可以修改。", "Only the drafting unit may change it."))
            }
            let (step, detail) = try work(documents, db)
            try StepLog.write(step, on: "document/\(key)", by: actor, as: .drafter, at: now, detail: detail, in: db)
            let after = try documents.save(key, version: before.version, before.fields, by: actor, at: now, in: db)
            try Self.void(document: key, unless: after.content.hash, by: actor, at: now, in: db)
        }
    }
}
