/// A file that an applicant sends with a request or with its correction: what it is, what it is for, how large it may be.
public struct Enclosure: Codable, Equatable, Sendable {
    public let key: String
    public let name: String
    public let kind: Kind
    public let purpose: Purpose
    /// Bytes of the file as it was sent.
    public let size: Int
    /// SHA-256 of the file as it was sent.
    public let hash: String
    /// What the reading of the file could not open; empty where it was read whole.
    public let unread: String
    public let at: Moment

    public init(key: String, name: String, kind: Kind, purpose: Purpose, size: Int, hash: String, unread: String, at: Moment) {
        (self.key, self.name, self.kind, self.purpose) = (key, name, kind, purpose)
        (self.size, self.hash, self.unread, self.at) = (size, hash, unread, at)
    }

    /// What a file is for, and with it who may open it.
    public enum Purpose: String, Codable, CaseIterable, Sendable {
        /// A copy of the proof of identity (art. 29): for the disclosure office only.
        case identity
        /// What helps to find the information.
        case support
        /// Sent with a correction (art. 30).
        case correction
        /// What proves that a record is not right (art. 41).
        case evidence

        public var isForOfficeOnly: Bool { self == .identity }
    }

    /// What a file is, by its bytes and never by its name.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case pdf
        case docx
        case xlsx
        case odt
        case png
        case jpeg
        case text

        /// How the file is named when it is taken out again.
        public var ending: String { self == .jpeg ? "jpg" : self == .text ? "txt" : rawValue }

        // The columns are the point.
        // swift-format-ignore
        public var type: String {
            switch self {
            case .pdf:  "application/pdf"
            case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .odt:  "application/vnd.oasis.opendocument.text"
            case .png:  "image/png"
            case .jpeg: "image/jpeg"
            case .text: "text/plain; charset=utf-8"
            }
        }
    }

    /// Files of one request, or of one correction.
    public static let mostFiles = 6
    /// Bytes of one file, and of all together.
    public static let (mostBytes, mostTogether) = (10 << 20, 20 << 20)

    /// Nil for a file that is none of the kinds.
    public static func kind(of bytes: [UInt8]) -> Kind? {
        func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
        if begins(Array("%PDF-".utf8)) { return .pdf }
        if begins([0x89, 0x50, 0x4E, 0x47]) { return .png }
        if begins([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if begins([0x50, 0x4B, 0x03, 0x04]) {
            // The directory at the end of an archive names what is in it.
            let end = bytes.suffix(262_144)
            func names(_ name: String) -> Bool { end.firstRange(of: Array(name.utf8)) != nil }
            if names("word/document.xml") { return .docx }
            if names("xl/workbook.xml") { return .xlsx }
            return names("content.xml") ? .odt : nil
        }
        guard !bytes.isEmpty, !bytes.prefix(4096).contains(where: { $0 < 9 || ($0 > 13 && $0 < 32) }) else { return nil }
        return .text
    }

    /// Refuses a file that is too large, of no known kind, or whose name hides what it is.
    /// - Parameters:
    ///   - field: the form's field, for the sentence.
    ///   - already: the files that are there before this one.
    public static func check(
        _ name: String,
        _ bytes: [UInt8],
        after already: [Enclosure],
        field: String
    ) throws(Refusal) -> (name: String, kind: Kind) {
        let plain = String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
        let shown = String(plain.prefix(80))
        guard !plain.isEmpty, plain.count <= 120, !plain.unicodeScalars.contains(where: isHidden) else {
            throw .invalid(field, "文件名含有不可见的控制字符，或者过长，请改名后再上传。", "The file's name holds invisible characters or is too long; rename it.")
        }
        guard already.count < mostFiles else {
            throw .invalid(field, "附件至多\(mostFiles)个。", "At most \(mostFiles) files.")
        }
        guard !bytes.isEmpty else { throw .invalid(field, "“\(shown)”是空文件。", "“\(shown)” is empty.") }
        guard bytes.count <= mostBytes else {
            throw .invalid(
                field,
                "“\(shown)”超过\(mostBytes >> 20) MB，请压缩或者拆分。",
                "“\(shown)” is over \(mostBytes >> 20) MB; reduce or split it."
            )
        }
        guard already.map(\.size).reduce(bytes.count, +) <= mostTogether else {
            throw .invalid(field, "附件合计超过\(mostTogether >> 20) MB。", "The files together are over \(mostTogether >> 20) MB.")
        }
        guard let kind = kind(of: bytes) else {
            throw .invalid(
                field,
                "“\(shown)”不是PDF、DOCX、XLSX、ODT、PNG、JPEG或者文本文件。",
                "“\(shown)” is no PDF, DOCX, XLSX, ODT, PNG, JPEG or text file."
            )
        }
        return (plain, kind)
    }

    /// Control characters, and marks that turn the direction of a text: a name may not read as another.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || scalar.value == 127 || (0x200B...0x200F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }
}

// The columns are the point.
// swift-format-ignore
extension Enclosure.Purpose {
    public var text: Text {
        switch self {
        case .identity:   Text("身份证明",   "Proof of identity")
        case .support:    Text("申请附件",   "Sent with the request")
        case .correction: Text("补正附件",   "Sent with the correction")
        case .evidence:   Text("证据",       "Evidence")
        }
    }
}
