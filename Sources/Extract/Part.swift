/// One piece of what somebody who gets a file could recover from it, with the place where it stands.
public struct Part: Codable, Hashable, Sendable {
    /// The path through archives and attachments, outermost first: `a.zip/b.docx/word/embeddings/c.xlsx`.
    public let file: String
    /// `page 2`, `page 3 · under a rectangle`, `paragraph 3`, `sheet 2 · hidden row 14 · B14`, `box 10,20,30,40`; empty for the whole file.
    public let place: String
    public let kind: Kind
    public let text: String

    public init(file: String, place: String, kind: Kind, text: String) {
        self.file = file
        self.place = place
        self.kind = kind
        self.text = text
    }

    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// What a reader sees on opening the file.
        case visible
        /// There, but not shown: hidden text, rows, sheets, slides, layers, caches.
        case hidden
        /// Taken out under tracked changes.
        case deleted
        case comment
        /// Metadata: authors, titles, EXIF, GPS, names of fields.
        case property
        /// That another file is inside: its name; what it holds follows under its own path.
        case attachment
        /// In an earlier state of the file that is still inside it.
        case earlierRevision
        /// Read from a picture by optical recognition.
        case image
        /// Addresses that the file points to.
        case link
        /// Programs: scripts and macros.
        case script
        /// Could not be read, and why: somebody has to look before it goes out.
        case unread
    }
}
