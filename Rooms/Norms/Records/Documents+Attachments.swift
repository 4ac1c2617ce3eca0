import Core
import Foundation
import MerkleLog
import Storage

/// The files of documents: each is kept once by its hash, with what can be recovered from it.
extension Documents {
    struct StoredAttachment: Decodable {
        let number, size: Int
        let name, type, hash, pieces: String
        let original: String?

        var attachment: Attachment { Attachment(name: name, type: type, size: size, hash: hash) }

        func read() throws -> [Piece] { try JSONDecoder().decode([Piece].self, from: Data(pieces.utf8)) }
    }

    /// An attachment as the desk knows it.
    public struct Held: Sendable {
        /// Its number in the document; numbers of files that were removed are not given again.
        public let number: Int
        public let attachment: Attachment
        public let pieces: [Piece]
        /// The hash of the file that it was redacted from; it stays inside.
        public let original: String?
    }

    public func attachments(of document: String) async throws -> [Held] {
        try await database.read { db in
            try stored(of: document, in: db).map {
                Held(number: $0.number, attachment: $0.attachment, pieces: try $0.read(), original: $0.original)
            }
        }
    }

    func stored(of document: String, in db: any Connection) throws -> [StoredAttachment] {
        try db.all(StoredAttachment.self, "SELECT * FROM document_attachment WHERE document = \(document) ORDER BY number")
    }

    /// The bytes of a file by its hash.
    public func file(_ hash: String) async throws -> [UInt8] {
        try await database.read { db in
            guard let bytes = try db.scalar([UInt8].self, "SELECT bytes FROM attachment_file WHERE hash = \(hash)") else {
                throw Refusal.notFound
            }
            return bytes
        }
    }

    func keep(_ bytes: [UInt8], in db: any Connection) throws -> Hash {
        let hash = Hash(of: bytes)
        try db.run("INSERT INTO attachment_file (hash, bytes) VALUES (\(hash), \(bytes)) ON CONFLICT (hash) DO NOTHING")
        return hash
    }

    static func json(_ pieces: [Piece]) throws -> String { String(decoding: try JSONEncoder().encode(pieces), as: UTF8.self) }

    public static let attachmentSchema = Migration(
        "2026-11-28 51 attachments",
        """
        CREATE TABLE attachment_file (hash TEXT PRIMARY KEY, bytes BYTEA NOT NULL);
        CREATE TABLE document_attachment (
            document TEXT NOT NULL REFERENCES document (key),
            number BIGINT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            size BIGINT NOT NULL,
            hash TEXT NOT NULL REFERENCES attachment_file (hash),
            pieces TEXT NOT NULL,
            original TEXT REFERENCES attachment_file (hash),
            PRIMARY KEY (document, number)
        );
        """
    )
}

/// All that a reviewer must look through: the text, then what can be recovered from each attachment.
struct Inspected {
    private(set) var text: String
    private var marks: [(from: Int, number: Int, label: String)] = []

    init(_ document: Document, _ attachments: [Documents.StoredAttachment]) throws {
        text = document.everything
        for held in attachments {
            // The name is public too.
            add(held.name, held.number, held.name)
            for piece in try held.read() { add(piece.text, held.number, piece.place.isEmpty ? held.name : "\(held.name), \(piece.place)") }
        }
    }

    private mutating func add(_ piece: String, _ number: Int, _ label: String) {
        text += "\n\n"
        marks.append((text.utf8.count, number, label))
        text += piece
    }

    /// In which attachment a place counted in bytes stands; nil in the text itself.
    func attachment(at place: Int) -> Int? { marks.last { $0.from <= place }?.number }

    /// Where a place counted in bytes stands; nil in the text itself.
    func label(at place: Int) -> String? { marks.last { $0.from <= place }?.label }
}
