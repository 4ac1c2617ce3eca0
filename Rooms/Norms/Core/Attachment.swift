/// A file that goes out with a document: its hash stands in the content that reviewers sign.
public struct Attachment: Codable, Equatable, Sendable {
    public let name: String
    /// The media type that it is served with.
    public let type: String
    /// In bytes.
    public let size: Int
    /// The file's SHA-256, in hex.
    public let hash: String

    public init(name: String, type: String, size: Int, hash: String) {
        (self.name, self.type, self.size, self.hash) = (name, type, size, hash)
    }

    /// The most bytes of one file, and of all files of a document.
    public static let mostBytes = 20 << 20
    public static let mostBytesInAll = 100 << 20
    public static let most = 20

    /// A file's name without folders and signs that no file system takes.
    public static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var safe = String(
            last.unicodeScalars.filter { $0.properties.generalCategory != .control && !"\"<>:|?*".unicodeScalars.contains($0) }
        )
        while safe.utf8.count > 180 { safe.removeFirst() }
        return safe.allSatisfy { $0 == "." || $0.isWhitespace } ? "file" : safe
    }
}

extension [Piece] {
    /// The beginning of what can be recovered from a file, hidden parts too, each with its place.
    public var recovered: String {
        String(map { $0.place.isEmpty ? $0.text : "[\($0.place)] \($0.text)" }.joined(separator: "\n").prefix(6000))
    }
}

/// A piece of what somebody who gets an attachment could recover from it, and where it stands.
public struct Piece: Codable, Equatable, Sendable {
    /// Inside which file, and where: `inner.docx, comment, paragraph 3`; empty for the text that is shown.
    public let place: String
    public let text: String
    /// Whether a reader who opens the file sees it.
    public let isShown: Bool

    public init(place: String, text: String, isShown: Bool) {
        (self.place, self.text, self.isShown) = (place, text, isShown)
    }
}
